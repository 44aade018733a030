"""How each rule kind earns points, exactly. ``None`` means open: a figure it needs is blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import singledispatch
from itertools import pairwise
from math import ceil, floor
from typing import TypeVar

from workbook import rounding
from workbook.rubric.expr import unique_refs
from workbook.rubric.fields import YES, Field, FieldKind
from workbook.rubric.inputs import FieldValue
from workbook.rubric.model import TYPED, Rubric
from workbook.rubric.rates import counts_exactly, is_share
from workbook.rubric.rules import (
    Achievement,
    AllOrNothing,
    Bands,
    Cases,
    Checklist,
    ChoicePoints,
    Choose,
    DeductEach,
    DeductPerPoint,
    EarnEach,
    Edges,
    Fixed,
    Judgement,
    Linear,
    OwnIndicators,
    Proportional,
    RankPoints,
)
from workbook.rubric.states import Special
from workbook.rubric.values import Strict
from workbook.scorer.arithmetic import Figure, Ledger
from workbook.scorer.trace import Trace, percent, points, value_text

Interval = TypeVar("Interval", bound=Edges)


@singledispatch
def earn(rule: Strict, full: Fraction, trace: Trace) -> Fraction | None:
    """Points earned under ``rule`` by an item worth ``full``, unrounded; writes the trace."""
    raise NotImplementedError(type(rule).__name__)


@earn.register
def _(rule: Judgement, full: Fraction, trace: Trace) -> Fraction | None:
    trace.tell(rule.field)
    value = trace.ledger.inputs.number(rule.field)
    return None if value is None else Fraction(value)


@earn.register
def _(rule: AllOrNothing, full: Fraction, trace: Trace) -> Fraction | None:
    trace.tell(rule.field)
    answer = trace.ledger.inputs.word(rule.field)
    if answer is None:
        return None
    return full if answer == YES else Fraction(0)


@earn.register
def _(rule: Checklist, full: Fraction, trace: Trace) -> Fraction | None:
    total = Fraction(0)
    blank = False
    for line in rule.lines:
        trace.tell(line.field)
        answer = trace.ledger.inputs.word(line.field)
        blank = blank or answer is None
        total += Fraction(line.points) if answer == YES else 0
    return None if blank else total


@earn.register
def _(rule: DeductEach, full: Fraction, trace: Trace) -> Fraction | None:
    trace.tell(rule.count)
    count = trace.ledger.inputs.number(rule.count)
    if count is None:
        return None
    full = full if rule.start is None else Fraction(rule.start)
    trace.add("rule", f"每项扣 {rule.each} 分，扣完为止：{points(full)}－{rule.each}×{count}")
    return max(Fraction(0), full - Fraction(rule.each) * Fraction(count))


@earn.register
def _(rule: EarnEach, full: Fraction, trace: Trace) -> Fraction | None:
    trace.tell(rule.count)
    count = trace.ledger.inputs.number(rule.count)
    if count is None:
        return None
    trace.add("rule", f"每项得 {rule.each} 分，最多 {points(full)} 分：{rule.each}×{count}")
    return min(full, Fraction(rule.each) * Fraction(count))


@earn.register
def _(rule: Bands, full: Fraction, trace: Trace) -> Fraction | None:
    trace.tell(rule.on)
    value = trace.ledger.compared(rule.on)
    if value is None or value is Special.NOT_APPLICABLE:
        return _inapplicable(value, full, trace)
    band = interval_of(rule.bands, value)
    label = band.text(share=is_share(trace.ledger.rubric, rule.on))
    trace.add("rule", f"落入“{label}”档，得 {band.points} 分")
    return Fraction(band.points)


def interval_of(intervals: Sequence[Interval], value: Fraction | Special) -> Interval:
    """The interval that a compared value falls into; the lints see to it that there is one."""
    return next(one for one in intervals if within(value, one))


def _inapplicable(value: Figure, full: Fraction, trace: Trace) -> Fraction | None:
    """Open while a figure is blank; full points for 0/0."""
    if value is None:
        return None
    trace.add("rule", "分母与分子均为 0，不适用，得满分")
    return full


def within(value: Fraction | Special, band: Edges) -> bool:
    """Whether a compared value lies in an interval; what is 超限 lies in one without an upper end."""
    if not isinstance(value, Fraction):
        return band.unbounded
    return (
        (band.exactly is None or value == Fraction(band.exactly))
        and (band.at_least is None or value >= Fraction(band.at_least))
        and (band.above is None or value > Fraction(band.above))
        and (band.at_most is None or value <= Fraction(band.at_most))
        and (band.below is None or value < Fraction(band.below))
    )


@earn.register
def _(rule: Proportional, full: Fraction, trace: Trace) -> Fraction | None:
    trace.tell(rule.on)
    value = trace.ledger.raw(rule.on)
    if value is None or value is Special.NOT_APPLICABLE:
        return _inapplicable(value, full, trace)
    share = min(value, Fraction(1)) if isinstance(value, Fraction) else Fraction(1)
    if share != value:
        trace.add("rule", "比率高于 100%，按 100% 计")
    trace.add("rule", f"{percent(share)}×{points(full)} 分（按未舍入的比率计算）")
    return share * full


@earn.register
def _(rule: DeductPerPoint, full: Fraction, trace: Trace) -> Fraction | None:
    trace.tell(rule.on)
    start = full if rule.start is None else Fraction(rule.start)
    value = trace.ledger.compared(rule.on)
    if value is None or value is Special.NOT_APPLICABLE:
        return _inapplicable(value, full, trace)
    if not isinstance(value, Fraction):
        trace.add("rule", "基数为 0 而有发生额，视为超出全部限度")
        return Fraction(0) if rule.past == "above" else start
    steps = _steps(rule, value, trace.ledger)
    side = "超出" if rule.past == "above" else "低于"
    count = f"{_COUNTED[rule.counted]} {_number(steps)} 个{step_text(rule)}"
    limit = value_text(trace.ledger.rubric, rule.on, Fraction(rule.limit))
    begins = "" if rule.start is None else f"，从 {rule.start} 分扣起"
    trace.add("rule", f"{side} {limit} {count}，每个扣 {rule.each} 分{begins}，扣完为止")
    return max(Fraction(0), start - Fraction(rule.each) * steps)


_COUNTED = {"full": "满", "begun": "进位为", "exact": "共"}


def _steps(rule: DeductPerPoint, compared: Fraction, ledger: Ledger) -> Fraction:
    """How many steps a rate lies past the limit, counted as the rule says; 0 within it.

    Whole steps are counted from the quotient: one just short of 12 percentage points has 11 full ones, though
    it is 12 at 9 decimals. What officers' own arithmetic leaves of binary noise is no step.
    """
    sign = 1 if rule.past == "above" else -1
    distance = sign * (compared - Fraction(rule.limit))
    if distance <= 0:
        return Fraction(0)
    if rule.counted == "exact" or counts_exactly(ledger.rubric):
        raw = ledger.raw(rule.on)
        assert isinstance(raw, Fraction)
        distance = max(Fraction(0), sign * (raw - Fraction(rule.limit)))
    steps = distance / Fraction(rule.step)
    if rule.counted == "exact":
        return steps
    steps = rounding.half_up(steps, rounding.STEP_PLACES)
    return Fraction(ceil(steps) if rule.counted == "begun" else floor(steps))


def step_text(rule: DeductPerPoint) -> str:
    """A step in words: ``百分点``, ``5 个百分点``."""
    points_ = rounding.plain(Fraction(rule.step) * 100)
    return "百分点" if rule.step == Decimal("0.01") else f"“{points_} 个百分点”"


def _number(value: Fraction) -> str:
    return rounding.plain(rounding.half_up(value, rounding.ITEM_PLACES))


@earn.register
def _(rule: Linear, full: Fraction, trace: Trace) -> Fraction | None:
    trace.tell(rule.on)
    value = trace.ledger.raw(rule.on)
    if value is None or value is Special.NOT_APPLICABLE:
        return _inapplicable(value, full, trace)
    earned = _on_line(rule, value) if isinstance(value, Fraction) else Fraction(rule.knots[-1].points)
    scope = trace.ledger.rubric
    told = "；".join(
        f"{value_text(scope, rule.on, Fraction(one.at))} 得 {one.points} 分" for one in rule.knots
    )
    trace.add("rule", f"{told}，其间按直线计算（按未舍入的比率）")
    return earned


def _on_line(rule: Linear, value: Fraction) -> Fraction:
    """The points at a rate: on the line between the two knots around it."""
    for low, high in pairwise(rule.knots):
        start, end, points_ = Fraction(low.at), Fraction(high.at), Fraction(low.points)
        if value <= start:
            return points_
        if value <= end:
            return points_ + (value - start) * (Fraction(high.points) - points_) / (end - start)
    return Fraction(rule.knots[-1].points)


@earn.register
def _(rule: ChoicePoints, full: Fraction, trace: Trace) -> Fraction | None:
    trace.tell(rule.field)
    answer = trace.ledger.inputs.word(rule.field)
    return None if answer is None else Fraction(rule.points[answer])


@earn.register
def _(rule: RankPoints, full: Fraction, trace: Trace) -> Fraction | None:
    trace.tell(rule.field)
    rank = trace.ledger.inputs.number(rule.field)
    if rank is None:
        return None
    behind = max(Decimal(0), rank - rule.full_to)
    trace.add("rule", f"第 {rule.full_to} 位以后每位扣 {rule.each} 分，扣完即止：落后 {behind} 位")
    return max(Fraction(0), full - Fraction(rule.each) * Fraction(behind))


@earn.register
def _(rule: Achievement, full: Fraction, trace: Trace) -> Fraction | None:
    trace.tell(rule.level)
    trace.tell(rule.degree)
    degree = trace.ledger.inputs.number(rule.degree)
    if degree is None or trace.ledger.inputs.word(rule.level) is None:
        return None
    trace.add("rule", f"{percent(Fraction(degree))}×{points(full)} 分")
    return Fraction(degree) * full


@earn.register
def _(rule: OwnIndicators, full: Fraction, trace: Trace) -> Fraction | None:
    trace.tell(rule.points)
    trace.tell(rule.score)
    if not trace.silent:
        for line in _listed(rule.score, trace.ledger):
            trace.add("figure", line)
    weights, score = trace.ledger.inputs.number(rule.points), trace.ledger.inputs.number(rule.score)
    if weights is None or score is None:
        return None
    if rounding.half_up(Fraction(weights) - full, rounding.GUARD_PLACES) != 0:
        trace.add("rule", f"自定指标的分值合计 {weights}，不是 {points(full)} 分，暂不计分")
        return None
    trace.add("rule", f"自定指标的分值合计正好 {points(full)} 分，得分为各自定指标得分之和")
    return Fraction(score)


def _listed(field_id: str, ledger: Ledger) -> Iterator[str]:
    """The rows that a field is the sum of, as the officer filled them in; none when the sum was typed."""
    rubric = ledger.rubric
    source = rubric.sources.get(field_id) if isinstance(rubric, Rubric) else None
    if source is None or ledger.beside.get(field_id + TYPED) is not None:
        return
    assert isinstance(rubric, Rubric)
    table = rubric.table[source.table]
    for label, row in zip(table.labels, ledger.inputs.tables.get(table.id, ()), strict=False):
        cells = [f"{one.label}＝{_cell(one, row[one.id])}" for one in table.inputs if one.id in row]
        if cells:
            yield f"{table.title}第 {label} 行：{'；'.join(cells)}"


def _cell(field: Field, value: FieldValue) -> str:
    if field.kind is FieldKind.PERCENT and isinstance(value, Decimal):
        return percent(Fraction(value))
    return str(value)


@earn.register
def _(rule: Fixed, full: Fraction, trace: Trace) -> Fraction | None:
    return Fraction(rule.points)


@earn.register
def _(rule: Cases, full: Fraction, trace: Trace) -> Fraction | None:
    for number, case in enumerate(rule.cases, 1):
        for name in unique_refs(case.when):
            trace.tell(name)
        truth = trace.ledger.truth(case.when)
        if truth is None:
            return None
        if truth:
            told = f"（{case.clause}）" if case.clause else ""
            trace.add("rule", f"属于第 {number} 种情形{told}，得 {case.points} 分")
            return Fraction(case.points)
    trace.add("rule", f"不属于所列情形，得 {rule.otherwise} 分")
    return Fraction(rule.otherwise)


@earn.register
def _(rule: Choose, full: Fraction, trace: Trace) -> Fraction | None:
    for name in unique_refs(rule.when):
        trace.tell(name)
    truth = trace.ledger.truth(rule.when)
    if truth is None:
        return None
    return earn(rule.then if truth else rule.otherwise, full, trace)


def supports(kind: type[Strict]) -> bool:
    """Whether this back-end reads rules of ``kind``."""
    return earn.dispatch(kind) is not earn.dispatch(Strict)
