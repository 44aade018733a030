"""Rates that all but touch a threshold: whoever typed the figures may have meant the other side of it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from workbook import rounding
from workbook.findings import Finding, found
from workbook.rubric.model import Rubric
from workbook.rubric.parts import measured, stated, walk_rules
from workbook.rubric.roles import Worth
from workbook.scorer.ledger import Ledger

_NEAR = Fraction(1, 10**8)
"""A rate this near a threshold, and not equal to it, deserves a second look."""


def threshold_findings(rubric: Rubric, ledger: Ledger) -> Iterator[Finding]:
    """Rates within 1e-8 of a threshold of a rule without being equal to it."""
    for indicator in rubric.indicators:
        for item in indicator.items:
            for rule in walk_rules(item.rule):
                name, edges = measured(rule), {Fraction(one.value) for one in stated(rule, Worth.LIMIT)}
                value = ledger.raw(name) if name is not None and edges else None
                if name is None or not isinstance(value, Fraction):
                    continue
                for edge in edges:
                    if value != edge and abs(value - edge) < _NEAR:
                        rate = rubric.rate.get(name)
                        yield found(
                            "INPUT_THRESHOLD",
                            indicator=indicator.id,
                            name=rubric.field[name].label if rate is None else rate.name,
                            edge=rounding.plain(edge * 100) + "%",
                        )
