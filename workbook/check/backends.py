"""Both readings of a rule: a kind that one of them lacks fails here, not at the officer's desk."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.check.subject import Subject
from workbook.findings import Finding
from workbook.formula import rules as formula_rules
from workbook.scorer import rules as score_rules


def supported(subject: Subject) -> Iterator[Finding]:
    """The reference scorer and the formulas of the workbook both read every rule."""
    for place, _, rule in subject.rules():
        kind = type(rule)
        for backend, supports in (("标准算法", score_rules.supports), ("工作簿公式", formula_rules.supports)):
            if not supports(kind):
                yield subject.found(
                    "SPEC_RULE_UNSUPPORTED", place.at("kind"), kind=rule.kind, backend=backend
                )
