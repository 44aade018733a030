"""Points of each rule kind, exactly. ``None`` means open: a figure it needs is blank."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import TypeAlias, assert_never

from workbook import rounding
from workbook.rubric import rules
from workbook.rubric.expr import unique_refs
from workbook.rubric.fields import YES, Field, FieldKind
from workbook.rubric.inputs import FieldValue
from workbook.rubric.model import TYPED, Rubric
from workbook.rubric.rules import Rule
from workbook.scorer import graduated
from workbook.scorer.ledger import Ledger
from workbook.scorer.trace import Trace, percent, points

Earning: TypeAlias = Callable[[Fraction, Trace], Fraction | None]
"""From the points of an item and its trace to the points earned."""


def reading(rule: Rule) -> Earning:  # noqa: PLR0912 (one branch a kind)
    """The function that gives the points of ``rule``."""
    match rule:
        case rules.Judgement():
            return partial(_judgement, rule)
        case rules.AllOrNothing():
            return partial(_all_or_nothing, rule)
        case rules.Checklist():
            return partial(_checklist, rule)
        case rules.DeductEach():
            return partial(_deduct_each, rule)
        case rules.EarnEach():
            return partial(_earn_each, rule)
        case rules.Bands():
            return partial(graduated.bands, rule)
        case rules.Proportional():
            return partial(graduated.proportional, rule)
        case rules.DeductPerPoint():
            return partial(graduated.deduct_per_point, rule)
        case rules.Linear():
            return partial(graduated.linear, rule)
        case rules.ChoicePoints():
            return partial(_choice, rule)
        case rules.RankPoints():
            return partial(_rank, rule)
        case rules.Achievement():
            return partial(_achievement, rule)
        case rules.OwnIndicators():
            return partial(_own_indicators, rule)
        case rules.Fixed():
            return partial(_fixed, rule)
        case rules.Cases():
            return partial(_cases, rule)
        case rules.Choose():
            return partial(_choose, rule)
        case _:
            assert_never(rule)


def earn(rule: Rule, full: Fraction, trace: Trace) -> Fraction | None:
    """Points earned under ``rule`` by an item worth ``full``, unrounded; writes the trace."""
    return reading(rule)(full, trace)


def possible_points(rule: Rule, full: Fraction) -> set[Fraction] | None:
    """The points that a rule can give to an item worth ``full``, where they are few; else None."""
    match rule:
        case rules.Bands():
            return {Fraction(band.points) for band in rule.bands} | {full}  # 0 / 0 earns the full points
        case rules.ChoicePoints():
            return {Fraction(points) for points in rule.points.values()}
        case rules.AllOrNothing():
            return {Fraction(0), full}
        case rules.Fixed():
            return {Fraction(rule.points)}
        case rules.Cases():
            return {Fraction(points) for points in (*(case.points for case in rule.cases), rule.otherwise)}
        case rules.DeductEach():
            start, each = full if rule.start is None else Fraction(rule.start), Fraction(rule.each)
            return {max(Fraction(0), start - count * each) for count in range(int(start / each) + 2)}
        case rules.Choose():
            then, otherwise = possible_points(rule.then, full), possible_points(rule.otherwise, full)
            return None if then is None or otherwise is None else then | otherwise
        case (
            rules.Judgement()
            | rules.Checklist()
            | rules.EarnEach()
            | rules.Proportional()
            | rules.DeductPerPoint()
            | rules.Linear()
            | rules.RankPoints()
            | rules.Achievement()
            | rules.OwnIndicators()
        ):
            return None
        case _:
            assert_never(rule)


def _judgement(rule: rules.Judgement, full: Fraction, trace: Trace) -> Fraction | None:
    trace.tell(rule.field)
    value = trace.ledger.inputs.number(rule.field)
    return None if value is None else Fraction(value)


def _all_or_nothing(rule: rules.AllOrNothing, full: Fraction, trace: Trace) -> Fraction | None:
    trace.tell(rule.field)
    answer = trace.ledger.inputs.word(rule.field)
    if answer is None:
        return None
    return full if answer == YES else Fraction(0)


def _checklist(rule: rules.Checklist, full: Fraction, trace: Trace) -> Fraction | None:
    total = Fraction(0)
    blank = False
    for line in rule.lines:
        trace.tell(line.field)
        answer = trace.ledger.inputs.word(line.field)
        blank = blank or answer is None
        total += Fraction(line.points) if answer == YES else 0
    return None if blank else total


def _deduct_each(rule: rules.DeductEach, full: Fraction, trace: Trace) -> Fraction | None:
    trace.tell(rule.count)
    count = trace.ledger.inputs.number(rule.count)
    if count is None:
        return None
    full = full if rule.start is None else Fraction(rule.start)
    trace.add("rule", f"每项扣 {rule.each} 分，扣完为止：{points(full)}－{rule.each}×{count}")
    return max(Fraction(0), full - Fraction(rule.each) * Fraction(count))


def _earn_each(rule: rules.EarnEach, full: Fraction, trace: Trace) -> Fraction | None:
    trace.tell(rule.count)
    count = trace.ledger.inputs.number(rule.count)
    if count is None:
        return None
    trace.add("rule", f"每项得 {rule.each} 分，最多 {points(full)} 分：{rule.each}×{count}")
    return min(full, Fraction(rule.each) * Fraction(count))


def _choice(rule: rules.ChoicePoints, full: Fraction, trace: Trace) -> Fraction | None:
    trace.tell(rule.field)
    answer = trace.ledger.inputs.word(rule.field)
    return None if answer is None else Fraction(rule.points[answer])


def _rank(rule: rules.RankPoints, full: Fraction, trace: Trace) -> Fraction | None:
    trace.tell(rule.field)
    rank = trace.ledger.inputs.number(rule.field)
    if rank is None:
        return None
    behind = max(Decimal(0), rank - rule.full_to)
    trace.add("rule", f"第 {rule.full_to} 位以后每位扣 {rule.each} 分，扣完即止：落后 {behind} 位")
    return max(Fraction(0), full - Fraction(rule.each) * Fraction(behind))


def _achievement(rule: rules.Achievement, full: Fraction, trace: Trace) -> Fraction | None:
    trace.tell(rule.level)
    trace.tell(rule.degree)
    degree = trace.ledger.inputs.number(rule.degree)
    if degree is None or trace.ledger.inputs.word(rule.level) is None:
        return None
    trace.add("rule", f"{percent(Fraction(degree))}×{points(full)} 分")
    return Fraction(degree) * full


def _own_indicators(rule: rules.OwnIndicators, full: Fraction, trace: Trace) -> Fraction | None:
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


def _fixed(rule: rules.Fixed, full: Fraction, trace: Trace) -> Fraction | None:
    return Fraction(rule.points)


def _cases(rule: rules.Cases, full: Fraction, trace: Trace) -> Fraction | None:
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
    if any(trace.ledger.inapplicable(case.when) for case in rule.cases):
        return graduated.not_applicable(full, trace)
    trace.add("rule", f"不属于所列情形，得 {rule.otherwise} 分")
    return Fraction(rule.otherwise)


def _choose(rule: rules.Choose, full: Fraction, trace: Trace) -> Fraction | None:
    for name in unique_refs(rule.when):
        trace.tell(name)
    truth = trace.ledger.truth(rule.when)
    if truth is None:
        return None
    return earn(rule.then if truth else rule.otherwise, full, trace)
