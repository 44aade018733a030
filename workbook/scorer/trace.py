"""The trace of a score: figures → rate → band → points → clause, in Chinese."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

from workbook import rounding
from workbook.rubric.expr import unique_refs
from workbook.rubric.fields import FieldKind
from workbook.rubric.model import Rate, Rubric, Scope
from workbook.rubric.rates import is_share
from workbook.rubric.states import Special
from workbook.scorer.ledger import Figure, Ledger
from workbook.scorer.tables import lacking

StepKind: TypeAlias = Literal[
    "figure", "rate", "rule", "points", "clause", "interpretation", "origin", "open"
]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a trace."""

    step: StepKind
    text: str


@dataclass(slots=True)
class Trace:
    """Collects the steps of one item; each figure and rate is told once. A silent one collects nothing.

    ``zero_points`` are what the item earns where its rate is 不适用, if it says so.
    """

    ledger: Ledger
    silent: bool = False
    zero_points: Fraction | None = None
    steps: list[Step] = field(default_factory=list)
    _told: set[str] = field(default_factory=set)

    def add(self, kind: StepKind, text: str) -> None:
        """Add a step unless it is empty."""
        if text and not self.silent:
            self.steps.append(Step(kind, text))

    def tell(self, name: str) -> None:
        """Tell a field or a rate, with what it is computed from."""
        if self.silent or name in self._told:
            return
        self._told.add(name)
        rate = self.ledger.rubric.rate.get(name)
        if rate is None:
            self._tell_field(name)
        else:
            self._tell_rate(rate)

    def _tell_field(self, name: str) -> None:
        spec = self.ledger.rubric.field[name]
        value = self.ledger.inputs.values.get(name)
        if value is None:
            self.add("open", f"{spec.label}：待填")
            rubric = self.ledger.rubric
            source = rubric.sources.get(name) if isinstance(rubric, Rubric) else None
            if source is not None and isinstance(rubric, Rubric):
                for line in lacking(rubric, source, self.ledger.inputs):
                    self.add("open", line)
        elif spec.kind is FieldKind.PERCENT:
            self.add("figure", f"{spec.label}＝{percent(self.ledger.raw(name))}")
        else:
            unit = spec.unit if spec.kind.numeric else ""
            self.add("figure", f"{spec.label}＝{value}{unit}")

    def _tell_rate(self, rate: Rate) -> None:
        ledger = self.ledger
        for name in unique_refs(ledger.expression(rate)):
            self.tell(name)
        told = value_text(ledger.rubric, rate.id, ledger.compared(rate.id))
        self.add("rate", f"{rate.name}＝{told}（{rate.clause}）")
        self.add("interpretation", rate.reading)


def percent(value: Figure) -> str:
    """A rate as an officer reads it, at 9 decimals of the fraction without end zeros: ``90.47619%``."""
    if value is None:
        return "待填"
    if isinstance(value, Special):
        return value.value
    return rounding.plain(rounding.half_up(value, rounding.RATE_PLACES) * 100) + "%"


def value_text(scope: Scope, name: str, value: Figure) -> str:
    """A value of a rate or field as an officer reads it: a share as a percentage, else with its unit."""
    if not isinstance(value, Fraction) or is_share(scope, name):
        return percent(value)
    rate = scope.rate.get(name)
    unit = rate.unit if rate is not None else scope.field[name].unit
    return rounding.plain(rounding.half_up(value, rounding.RATE_PLACES)) + unit


def points(value: Fraction) -> str:
    """Points in a trace: at 4 decimals."""
    return rounding.plain(rounding.official(value, rounding.ITEM_PLACES))
