"""How each rule kind earns points, as Excel text. The text gives points, or empty while open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import singledispatch
from itertools import pairwise
from typing import TypeVar

from workbook import rounding
from workbook.formula.text import Names, all_numbers, all_of, branch, literal, threshold
from workbook.rubric.fields import NO, YES
from workbook.rubric.model import Indicator
from workbook.rubric.rates import counts_exactly
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
    Knot,
    Linear,
    OwnIndicators,
    Proportional,
    RankPoints,
)
from workbook.rubric.states import Special
from workbook.rubric.values import Strict

Interval = TypeVar("Interval", bound=Edges)


@singledispatch
def earn_text(rule: Strict, full: Decimal, names: Names) -> str:
    """The formula (without ``=``) for the points of an item worth ``full`` under ``rule``."""
    raise NotImplementedError(type(rule).__name__)


def supports(kind: type[Strict]) -> bool:
    """Whether this back-end writes rules of ``kind``."""
    return earn_text.dispatch(kind) is not earn_text.dispatch(Strict)


@earn_text.register
def _(rule: Judgement, full: Decimal, names: Names) -> str:
    field = names.compared(rule.field)
    return f'IF(ISNUMBER({field}),{field},"")'


@earn_text.register
def _(rule: AllOrNothing, full: Decimal, names: Names) -> str:
    field = names.compared(rule.field)
    return f'IF({field}="{YES}",{literal(full)},IF({field}="{NO}",0,""))'


@earn_text.register
def _(rule: Checklist, full: Decimal, names: Names) -> str:
    fields = [(names.compared(line.field), literal(line.points)) for line in rule.lines]
    answered = "*".join(f'(({field}="{YES}")+({field}="{NO}"))' for field, _ in fields)
    earned = "+".join(f'({field}="{YES}")*{points}' for field, points in fields)
    return f'IF({answered}=1,{earned},"")'


@earn_text.register
def _(rule: DeductEach, full: Decimal, names: Names) -> str:
    count, start = names.compared(rule.count), literal(full if rule.start is None else rule.start)
    return _guarded(count, _not_below_zero(f"{start}-{literal(rule.each)}*{count}"))


@earn_text.register
def _(rule: EarnEach, full: Decimal, names: Names) -> str:
    count = names.compared(rule.count)
    earned = f"{literal(rule.each)}*{count}"
    return _guarded(count, f"IF({earned}<{literal(full)},{earned},{literal(full)})")


@earn_text.register
def _(rule: Bands, full: Decimal, names: Names) -> str:
    if rule.on in names.rubric.rate:
        value = names.compared(rule.on)
    else:
        value = f"ROUND({names.compared(rule.on)},{rounding.RATE_PLACES})"
    ladder = band_ladder(rule.bands, value, lambda band: literal(band.points))
    if rule.on not in names.rubric.rate:
        return _guarded(names.compared(rule.on), ladder)
    beyond = next(band.points for band in rule.bands if band.unbounded)
    return _with_specials(value, ladder, full, beyond)


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


@earn_text.register
def _(rule: Proportional, full: Decimal, names: Names) -> str:
    value = names.raw(rule.on)
    points = literal(full)
    earned = f"IF({value}>1,1,{value})*{points}"
    if rule.on not in names.rubric.rate:
        return _guarded(value, earned)
    return _with_specials(value, earned, full, full)


@earn_text.register
def _(rule: DeductPerPoint, full: Decimal, names: Names) -> str:
    value = names.compared(rule.on)
    limit = threshold(rule.limit)
    sign = ">" if rule.past == "above" else "<"
    start = full if rule.start is None else rule.start
    earned = _not_below_zero(f"{literal(start)}-{literal(rule.each)}*{_steps(rule, names)}")
    text = f"IF({value}{sign}{limit},{earned},{literal(start)})"
    if rule.on not in names.rubric.rate:
        return _guarded(value, text)
    return _with_specials(value, text, full, Decimal(0) if rule.past == "above" else start)


def _steps(rule: DeductPerPoint, names: Names) -> str:
    """How many steps a rate lies past the limit: a number of steps without binary noise, then whole ones."""
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


@earn_text.register
def _(rule: Linear, full: Decimal, names: Names) -> str:
    value, last = names.raw(rule.on), rule.knots[-1].points
    text = literal(last)
    for low, high in reversed(list(pairwise(rule.knots))):
        text = f"IF({value}<={threshold(high.at)},{_line(low, high, value)},{text})"
    first = rule.knots[0]
    text = f"IF({value}<={threshold(first.at)},{literal(first.points)},{text})"
    if rule.on not in names.rubric.rate:
        return _guarded(value, text)
    return _with_specials(value, text, full, last)


def _line(low: Knot, high: Knot, value: str) -> str:
    rise = high.points - low.points
    sign = "-" if rise < 0 else "+"
    slope = f"{literal(abs(rise))}/{literal(high.at - low.at)}"
    return f"{literal(low.points)}{sign}({value}-{threshold(low.at)})*{slope}"


@earn_text.register
def _(rule: ChoicePoints, full: Decimal, names: Names) -> str:
    field = names.compared(rule.field)
    text = '""'
    for choice, points in reversed(rule.points.items()):
        text = f'IF({field}="{choice}",{literal(points)},{text})'
    return text


@earn_text.register
def _(rule: RankPoints, full: Decimal, names: Names) -> str:
    rank = names.compared(rule.field)
    behind = f"{literal(full)}-{literal(rule.each)}*({rank}-{literal(rule.full_to)})"
    return _guarded(rank, f"IF({rank}<={literal(rule.full_to)},{literal(full)},{_not_below_zero(behind)})")


@earn_text.register
def _(rule: Achievement, full: Decimal, names: Names) -> str:
    level, degree = names.compared(rule.level), names.compared(rule.degree)
    return f'IF(ISNUMBER({degree})*({level}<>"")=1,{degree}*{literal(full)},"")'


@earn_text.register
def _(rule: OwnIndicators, full: Decimal, names: Names) -> str:
    weights, score = names.compared(rule.points), names.compared(rule.score)
    fits = f"ROUND({weights}-{literal(full)},{rounding.GUARD_PLACES})=0"
    return f'IF({all_numbers([weights, score])},IF({fits},{score},""),"")'


@earn_text.register
def _(rule: Fixed, full: Decimal, names: Names) -> str:
    return literal(rule.points)


@earn_text.register
def _(rule: Cases, full: Decimal, names: Names) -> str:
    text = literal(rule.otherwise)
    for case in reversed(rule.cases):
        text = branch(case.when, literal(case.points), text, names)
    return text


@earn_text.register
def _(rule: Choose, full: Decimal, names: Names) -> str:
    then, otherwise = (earn_text(one, full, names) for one in (rule.then, rule.otherwise))
    return branch(rule.when, then, otherwise, names)


def earned_text(indicator: Indicator, items: Sequence[str]) -> str:
    """What the items' points come to, unrounded; ``items`` are their names."""
    total = "+".join(items)
    match indicator.scored_as:
        case "sum_of_items":
            return total
        case "weight_less_deductions":
            whole = literal(sum((item.points for item in indicator.items), Decimal(0)))
            return _not_below_zero(f"{literal(indicator.points)}-({whole}-({total}))")
        case "lowest_item":
            return _first(items, "<=")
        case "highest_item":
            return _first(items, ">=")
        case "mean_of_items":
            weights = [item.weight for item in indicator.items]
            weighted = "+".join(
                f"{one}*{literal(weight)}" for one, weight in zip(items, weights, strict=True)
            )
            return f"({weighted})/{literal(sum(weights, Decimal(0)))}"


def _first(items: Sequence[str], sign: str) -> str:
    """The first of ``items`` that stands in this relation to all that follow it."""
    text = items[-1]
    for number in range(len(items) - 2, -1, -1):
        tests = [f"{items[number]}{sign}{other}" for other in items[number + 1 :]]
        text = f"IF({all_of(tests)},{items[number]},{text})"
    return text


def _guarded(value: str, text: str) -> str:
    return f'IF({all_numbers([value])},{text},"")'


def _not_below_zero(text: str) -> str:
    return f"IF({text}>0,{text},0)"


def _with_specials(value: str, text: str, full: Decimal, beyond: Decimal) -> str:
    """The rule for a number; full points where it does not apply, ``beyond`` where the base is zero."""
    not_applicable = f'IF({value}="{Special.NOT_APPLICABLE.value}",{literal(full)},'
    return (
        f"IF(ISNUMBER({value}),{text},"
        f'{not_applicable}IF({value}="{Special.BEYOND.value}",{literal(beyond)},"")))'
    )
