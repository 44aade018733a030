"""Points of the rules that grade by the size of one rate or figure, as Excel text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from workbook import rounding
from workbook.formula.text import Names, guarded, literal, not_below_zero, threshold
from workbook.rubric import rules
from workbook.rubric.edges import Edges
from workbook.rubric.rates import counts_exactly
from workbook.rubric.signs import below, never_negative
from workbook.rubric.states import Special

Interval = TypeVar("Interval", bound=Edges)


def bands(rule: rules.Bands, full: Decimal, names: Names) -> str:
    """The points of the band that the compared figure falls into."""
    if rule.on in names.rubric.rate:
        value = names.compared(rule.on)
    else:
        value = f"ROUND({names.compared(rule.on)},{rounding.RATE_PLACES})"
    ladder = band_ladder(rule.bands, value, lambda band: literal(band.points))
    if rule.on not in names.rubric.rate:
        return guarded(names.compared(rule.on), ladder)
    beyond = next(band.points for band in rule.bands if band.unbounded)
    low = next((band.points for band in rule.bands if band.unbounded_below), Decimal(0))
    return _with_specials(rule.on, value, ladder, full, names, beyond=beyond, low=low)


def band_ladder(bands: Sequence[Interval], value: str, result: Callable[[Interval], str]) -> str:
    """The ``result`` of the band that ``value`` falls into: nested IFs in the order of the clause's bands."""
    first = bands[0]
    from_above = first.at_least is not None and first.at_most is None and first.below is None
    ordered = sorted(bands, key=_lower_edge, reverse=from_above)
    text = result(ordered[-1])
    for band in reversed(ordered[:-1]):
        if from_above:
            edge, sign = (band.at_least, ">=") if band.at_least is not None else (band.above, ">")
            if band.exactly is not None:
                edge, sign = band.exactly, ">="
        else:
            edge, sign = (band.at_most, "<=") if band.at_most is not None else (band.below, "<")
            if band.exactly is not None:
                edge, sign = band.exactly, "<="
        # without an edge, what lies further out is beyond the bounds of the field
        text = result(band) if edge is None else f"IF({value}{sign}{threshold(edge)},{result(band)},{text})"
    return text


def _lower_edge(band: Edges) -> tuple[Decimal, int]:
    """Sorts bands upwards; an open lower end comes first, an edge that is excluded after one included."""
    if band.exactly is not None:
        return band.exactly, 0
    if band.at_least is not None:
        return band.at_least, 0
    if band.above is not None:
        return band.above, 1
    return Decimal("-Infinity"), 0


def proportional(rule: rules.Proportional, full: Decimal, names: Names) -> str:
    """The item's points times the unrounded rate, from 0 to 1."""
    value = names.raw(rule.on)
    points = literal(full)
    share = value if rule.on in never_negative(names.rubric) else not_below_zero(value)
    earned = f"IF({value}>1,1,{share})*{points}"
    if rule.on not in names.rubric.rate:
        return guarded(value, earned)
    return _with_specials(rule.on, value, earned, full, names, beyond=full, low=Decimal(0))


def deduct_per_point(rule: rules.DeductPerPoint, full: Decimal, names: Names) -> str:
    """The points left after a deduction for each step past the limit."""
    value = names.compared(rule.on)
    limit = threshold(rule.limit)
    sign = ">" if rule.past == "above" else "<"
    start = full if rule.start is None else rule.start
    earned = not_below_zero(f"{literal(start)}-{literal(rule.each)}*{_steps(rule, names)}")
    text = f"IF({value}{sign}{limit},{earned},{literal(start)})"
    if rule.on not in names.rubric.rate:
        return guarded(value, text)
    beyond, low = (Decimal(0), start) if rule.past == "above" else (start, Decimal(0))
    return _with_specials(rule.on, value, text, full, names, beyond=beyond, low=low)


def _steps(rule: rules.DeductPerPoint, names: Names) -> str:
    """Number of steps from the limit to a rate: rounded against binary noise, then cut to whole ones."""
    exactly = counts_exactly(names.rubric)
    value = names.raw(rule.on) if rule.counted == "exact" or exactly else names.compared(rule.on)
    limit = threshold(rule.limit)
    distance = f"({value}-{limit})" if rule.past == "above" else f"({limit}-{value})"
    if rule.counted == "exact":
        return f"{distance}/{literal(rule.step)}"
    per_step = f"/{literal(rule.step * 100)}" if rule.step != Decimal("0.01") else ""
    # a distance of compared rates has 7 decimals, and a step is no longer than 100 percentage points
    places = rounding.STEP_PLACES if per_step or exactly else rounding.PERCENT_POINT_PLACES
    steps = f"ROUND({distance}*100{per_step},{places})"
    return f"INT({steps})" if rule.counted == "full" else f"-INT(-{steps})"


def linear(rule: rules.Linear, full: Decimal, names: Names) -> str:
    """The points on the line between the knots around the unrounded rate."""
    value, last = names.raw(rule.on), rule.knots[-1].points
    text = literal(last)
    for low, high in reversed(list(pairwise(rule.knots))):
        text = f"IF({value}<={threshold(high.at)},{_line(low, high, value)},{text})"
    first = rule.knots[0]
    text = f"IF({value}<={threshold(first.at)},{literal(first.points)},{text})"
    if rule.on not in names.rubric.rate:
        return guarded(value, text)
    return _with_specials(rule.on, value, text, full, names, beyond=last, low=first.points)


def _line(low: rules.Knot, high: rules.Knot, value: str) -> str:
    rise = high.points - low.points
    sign = "-" if rise < 0 else "+"
    slope = f"{literal(abs(rise))}/{literal(high.at - low.at)}"
    return f"{literal(low.points)}{sign}({value}-{threshold(low.at)})*{slope}"


def _with_specials(
    on: str, value: str, text: str, full: Decimal, names: Names, *, beyond: Decimal, low: Decimal
) -> str:
    """The rule for a number; else what 不适用 earns, and over zero ``beyond`` or ``low``."""
    zero = full if names.zero_points is None else names.zero_points
    otherwise = '""'
    if on in below(names.rubric):
        otherwise = f'IF({value}="{Special.BELOW.value}",{literal(low)},{otherwise})'
    return (
        f"IF(ISNUMBER({value}),{text},"
        f'IF({value}="{Special.NOT_APPLICABLE.value}",{literal(zero)},'
        f'IF({value}="{Special.BEYOND.value}",{literal(beyond)},{otherwise})))'
    )
