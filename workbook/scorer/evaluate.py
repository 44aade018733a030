"""The whole evaluation: items, indicators, groups, total, grade, attainable range, readiness."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from workbook import rounding
from workbook.rubric.expr import Filled
from workbook.rubric.fields import Field
from workbook.rubric.inputs import FieldValue, Inputs
from workbook.rubric.model import FROM_TABLE, TYPED, Check, Rubric
from workbook.rubric.needs import COVER_REQUIRED, needs
from workbook.rubric.roles import Guard
from workbook.rubric.states import CheckState, FieldState, IndicatorState, RowState
from workbook.scorer.indicators import IndicatorScore, indicator_score
from workbook.scorer.ledger import Figure, Ledger, related
from workbook.scorer.tables import TableResult, sourced, table_result
from workbook.scorer.total import Tally, Total, add, grade_of, light_of, total_of


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A cross-check with its two sides at 9 decimals; None where a figure is blank."""

    check: Check
    left: Fraction | None
    right: Fraction | None
    difference: Fraction | None
    state: CheckState


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that the rubric says of one set of checked inputs.

    ``typed`` is what the officer filled in; ``ledger`` works with the figures that count, which for a
    blank field with a detail table come from there (``sourced``).
    """

    rubric: Rubric
    ledger: Ledger
    typed: Inputs
    tables: dict[str, TableResult]
    sourced: dict[str, Decimal | None]
    fields: dict[str, FieldState]
    indicators: tuple[IndicatorScore, ...]
    groups: dict[tuple[str, str], Tally]
    dimensions: dict[str, Tally]
    outcome: Total
    caps: dict[str, bool | None]
    lights: dict[str, str]
    checks: tuple[CheckResult, ...]
    grade: str | None

    @property
    def total(self) -> Fraction:
        """The points scored so far."""
        return self.outcome.total

    @property
    def attainable(self) -> tuple[Fraction, Fraction]:
        """Every open indicator at 0, and every open one at full."""
        return self.outcome.low, self.outcome.high

    @property
    def field_counts(self) -> Counter[FieldState]:
        """The number of fields in each state."""
        return Counter(self.fields.values())

    @property
    def indicator_counts(self) -> Counter[IndicatorState]:
        """The number of indicators in each state."""
        return Counter(one.state for one in self.indicators)

    @property
    def check_counts(self) -> Counter[CheckState]:
        """The number of cross-checks in each state."""
        return Counter(one.state for one in self.checks)

    @property
    def ready(self) -> bool:
        """可报送: nothing open or invalid, reasons for deductions, no blocking check failed, some score."""
        return (
            self.field_counts[FieldState.OPEN] == 0
            and self.field_counts[FieldState.INVALID] == 0
            and not any(table.count(RowState.INVALID) for table in self.tables.values())
            and self.indicator_counts[IndicatorState.OPEN] == 0
            and self.indicator_counts[IndicatorState.REASON_OPEN] == 0
            and self.check_counts[CheckState.BLOCKS] == 0
            and not self.outcome.vanished
        )


def evaluate(rubric: Rubric, inputs: Inputs, *, traced: bool = True) -> Evaluation:
    """Score ``inputs``, which must have passed the input checks, under ``rubric``. Pure.

    Without ``traced`` the items have no steps, which take a third of the time.
    """
    tables = {table.id: table_result(rubric, table, inputs) for table in rubric.tables}
    taken = {key: sourced(one, tables[one.table], inputs) for key, one in rubric.sources.items()}
    ledger = _ledger(rubric, inputs, taken)
    places = rubric.places
    indicators = tuple(indicator_score(rubric, one, ledger, traced=traced) for one in rubric.indicators)
    scores = {one.indicator.id: one for one in indicators}
    groups: dict[tuple[str, str], Tally] = {}
    dimensions: dict[str, Tally] = {}
    for dimension in rubric.dimensions:
        inner = []
        for group in dimension.groups:
            tally = add((_tally(scores[one.id]) for one in group.indicators), places)
            groups[dimension.name, group.name] = tally
            inner.append(tally)
        dimensions[dimension.name] = add(inner, places)
    caps = {cap.id: ledger.truth(cap.when) for cap in rubric.caps}
    outcome = total_of(rubric, dimensions, caps)
    complete = all(one.state is not IndicatorState.OPEN for one in indicators) and not outcome.vanished
    return Evaluation(
        rubric=rubric,
        ledger=ledger,
        typed=inputs,
        tables=tables,
        sourced=taken,
        fields=_field_states(rubric, ledger, inputs),
        indicators=indicators,
        groups=groups,
        dimensions=dimensions,
        outcome=outcome,
        caps=caps,
        lights={one.id: light_of(one, ledger) for one in rubric.lights},
        checks=tuple(_check(check, ledger) for check in rubric.all_checks),
        grade=grade_of(rubric, outcome.total, caps) if complete else None,
    )


def _ledger(rubric: Rubric, inputs: Inputs, taken: dict[str, Decimal | None]) -> Ledger:
    """The figures that count, and beside them what was typed and what the tables give."""
    values = {key: value for key, value in taken.items() if value is not None}
    beside: dict[str, Figure] = {}
    for key, value in taken.items():
        typed = inputs.number(key)
        beside[key + TYPED] = None if typed is None else Fraction(typed)
        beside[key + FROM_TABLE] = None if value is None else Fraction(value)
    counting = replace(inputs, values={**values, **inputs.values})
    return Ledger(rubric, counting, beside)


def _tally(score: IndicatorScore) -> Tally:
    full, nothing = Fraction(score.indicator.points), Fraction(0)
    match score.state:
        case IndicatorState.OPEN:
            return Tally(full, nothing, full)
        case IndicatorState.NOT_APPLICABLE:
            return Tally(full, nothing, nothing, full)
    assert score.score is not None
    return Tally(full, score.score, nothing)


def _field_states(rubric: Rubric, ledger: Ledger, typed: Inputs) -> dict[str, FieldState]:
    paths = needs(rubric)
    states: dict[str, FieldState] = {}
    for field in rubric.fields:
        ways = paths.get(field.id, ())
        if field.id in typed.values:
            unusual = not _usual(field, typed.values[field.id])
            states[field.id] = FieldState.UNUSUAL if unusual else FieldState.FILLED
        elif field.id in ledger.inputs.values:
            states[field.id] = FieldState.FROM_TABLE
        elif field.cover:
            states[field.id] = FieldState.OPEN if field.id in COVER_REQUIRED else FieldState.OPTIONAL
        elif not ways:
            states[field.id] = FieldState.OPTIONAL
        elif any(all(_passes(guard, ledger) for guard in way) for way in ways):
            states[field.id] = FieldState.OPEN
        elif rubric.tells_pending and any(not any(_rules_out(one, ledger) for one in way) for way in ways):
            states[field.id] = FieldState.PENDING
        else:
            states[field.id] = FieldState.NOT_NEEDED
    return states


def _usual(field: Field, value: FieldValue) -> bool:
    return not isinstance(value, Decimal) or (
        (field.usual_min is None or value >= field.usual_min)
        and (field.usual_max is None or value <= field.usual_max)
    )


def _rules_out(guard: Guard, ledger: Ledger) -> bool:
    """Whether the guard can no longer be passed, whatever is still blank."""
    truth = ledger.truth(guard.condition)
    match guard.state:
        case "holds":  # what is not filled yet can still be
            return truth is False and not isinstance(guard.condition, Filled)
        case "open":
            return truth is not None
    return truth is True


def _passes(guard: Guard, ledger: Ledger) -> bool:
    truth = ledger.truth(guard.condition)
    match guard.state:
        case "holds":
            return truth is True
        case "fails":
            return truth is False
        case "not_holding":
            return truth is not True
        case "open":
            return truth is None


def _check(check: Check, ledger: Ledger) -> CheckResult:
    left, right = ledger.compared_operand(check.left), ledger.compared_operand(check.right)
    if left is not None:
        left = rounding.half_up(left, rounding.RATE_PLACES)
    if right is not None:
        right = rounding.half_up(right, rounding.RATE_PLACES)
    if left is None or right is None:
        return CheckResult(check, left, right, None, CheckState.UNCHECKED)
    difference = ledger.difference(left, right, check.left, check.right)
    within = Fraction(check.within)
    match check.relation:
        case "=":
            holds = abs(difference) <= within
        case "<=" | "<":
            holds = related(check.relation, difference - within)
        case ">=" | ">":
            holds = related(check.relation, difference + within)
    failed = CheckState.BLOCKS if check.blocking else CheckState.FAILS
    return CheckResult(check, left, right, difference, CheckState.HOLDS if holds else failed)
