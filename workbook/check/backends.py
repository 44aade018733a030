"""Both readings of a rule: a kind that one of them lacks fails here, not at the officer's desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from workbook.check.subject import Subject
from workbook.findings import Finding
from workbook.formula import rules as formula_rules
from workbook.rubric.rules import Rule
from workbook.scorer import rules as score_rules


def supported(subject: Subject) -> Iterator[Finding]:
    """The reference scorer and the formulas of the workbook both read every rule."""
    for place, _, rule in subject.rules():
        for backend, reading in (("标准算法", score_rules.reading), ("工作簿公式", formula_rules.reading)):
            if not _reads(reading, rule):
                yield subject.found(
                    "SPEC_RULE_UNSUPPORTED", place.at("kind"), kind=rule.kind, backend=backend
                )


def _reads(reading: Callable[[Rule], object], rule: Rule) -> bool:
    """Whether a back-end knows the kind: types say so first, and ``assert_never`` where none were checked."""
    try:
        reading(rule)
    except AssertionError:
        return False
    return True
