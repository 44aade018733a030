"""Points of the rules that grade by the size of one rate or figure, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import TypeVar

from workbook import rounding
from workbook.rubric import rules
from workbook.rubric.edges import Edges
from workbook.rubric.rates import counts_exactly, is_share
from workbook.rubric.states import Special
from workbook.scorer.ledger import Figure, Ledger
from workbook.scorer.trace import Trace, percent, points, value_text

Interval = TypeVar("Interval", bound=Edges)


def bands(rule: rules.Bands, full: Fraction, trace: Trace) -> Fraction | None:
    """Points of the band that the compared figure falls into."""
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
    """Open while a figure is blank; else what 不适用 earns."""
    return None if value is None else not_applicable(full, trace)


def not_applicable(full: Fraction, trace: Trace) -> Fraction:
    """The points where the rate that an item goes by is 不适用."""
    earned = full if trace.zero_points is None else trace.zero_points
    told = "满分" if earned == full else f" {points(earned)} 分"
    trace.add("rule", f"分母与分子均为 0，不适用，得{told}")
    return earned


def within(value: Fraction | Special, band: Edges) -> bool:
    """Whether a compared value lies in an interval; what is 超限 lies in one without an upper end."""
    if not isinstance(value, Fraction):
        return band.unbounded_below if value is Special.BELOW else band.unbounded
    return (
        (band.exactly is None or value == Fraction(band.exactly))
        and (band.at_least is None or value >= Fraction(band.at_least))
        and (band.above is None or value > Fraction(band.above))
        and (band.at_most is None or value <= Fraction(band.at_most))
        and (band.below is None or value < Fraction(band.below))
    )


def proportional(rule: rules.Proportional, full: Fraction, trace: Trace) -> Fraction | None:
    """The item's points times the unrounded rate, from 0 to 1."""
    trace.tell(rule.on)
    value = trace.ledger.raw(rule.on)
    if value is None or value is Special.NOT_APPLICABLE:
        return _inapplicable(value, full, trace)
    if not isinstance(value, Fraction):
        value = Fraction(2 if value is Special.BEYOND else -1)
    share = max(Fraction(0), min(value, Fraction(1)))
    if share < value:
        trace.add("rule", "比率高于 100%，按 100% 计")
    elif share > value:
        trace.add("rule", "比率低于 0，按 0 计")
    trace.add("rule", f"{percent(share)}×{points(full)} 分（按未舍入的比率计算）")
    return share * full


def deduct_per_point(rule: rules.DeductPerPoint, full: Fraction, trace: Trace) -> Fraction | None:
    """The points left after a deduction for each step past the limit; None while open."""
    trace.tell(rule.on)
    start = full if rule.start is None else Fraction(rule.start)
    value = trace.ledger.compared(rule.on)
    if value is None or value is Special.NOT_APPLICABLE:
        return _inapplicable(value, full, trace)
    if not isinstance(value, Fraction):
        beyond = value is Special.BEYOND
        side = "超出" if beyond else "低于"
        trace.add("rule", f"基数为 0 而有发生额，视为{side}全部限度")
        return Fraction(0) if beyond == (rule.past == "above") else start
    steps = _steps(rule, value, trace.ledger)
    side = "超出" if rule.past == "above" else "低于"
    count = f"{_COUNTED[rule.counted]} {_number(steps)} 个{step_text(rule)}"
    limit = value_text(trace.ledger.rubric, rule.on, Fraction(rule.limit))
    begins = "" if rule.start is None else f"，从 {rule.start} 分扣起"
    trace.add("rule", f"{side} {limit} {count}，每个扣 {rule.each} 分{begins}，扣完为止")
    return max(Fraction(0), start - Fraction(rule.each) * steps)


_COUNTED = {"full": "满", "begun": "进位为", "exact": "共"}


def _steps(rule: rules.DeductPerPoint, compared: Fraction, ledger: Ledger) -> Fraction:
    """The number of steps by which a rate lies past the limit, counted as the rule says; 0 within it.

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


def step_text(rule: rules.DeductPerPoint) -> str:
    """A step in words: ``百分点``, ``5 个百分点``."""
    points_ = rounding.plain(Fraction(rule.step) * 100)
    return "百分点" if rule.step == Decimal("0.01") else f"“{points_} 个百分点”"


def _number(value: Fraction) -> str:
    return rounding.plain(rounding.half_up(value, rounding.ITEM_PLACES))


def linear(rule: rules.Linear, full: Fraction, trace: Trace) -> Fraction | None:
    """Points on the line between the knots around the unrounded rate."""
    trace.tell(rule.on)
    value = trace.ledger.raw(rule.on)
    if value is None or value is Special.NOT_APPLICABLE:
        return _inapplicable(value, full, trace)
    if isinstance(value, Fraction):
        earned = _on_line(rule, value)
    else:
        earned = Fraction(rule.knots[-1 if value is Special.BEYOND else 0].points)
    scope = trace.ledger.rubric
    told = "；".join(
        f"{value_text(scope, rule.on, Fraction(one.at))} 得 {one.points} 分" for one in rule.knots
    )
    trace.add("rule", f"{told}，其间按直线计算（按未舍入的比率）")
    return earned


def _on_line(rule: rules.Linear, value: Fraction) -> Fraction:
    """The points at a rate: on the line between the two knots around it."""
    for low, high in pairwise(rule.knots):
        start, end, points_ = Fraction(low.at), Fraction(high.at), Fraction(low.points)
        if value <= start:
            return points_
        if value <= end:
            return points_ + (value - start) * (Fraction(high.points) - points_) / (end - start)
    return Fraction(rule.knots[-1].points)
