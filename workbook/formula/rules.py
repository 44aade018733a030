"""How each rule kind earns points, as Excel text. The text gives points, or empty while open."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import singledispatch

from workbook import rounding
from workbook.formula.text import Names, all_numbers, branch, literal, threshold
from workbook.spec.fields import NO, YES
from workbook.spec.rules import (
    Achievement,
    AllOrNothing,
    Band,
    Bands,
    Checklist,
    ChoicePoints,
    Choose,
    DeductEach,
    DeductPerPoint,
    Fixed,
    Judgement,
    OwnIndicators,
    Proportional,
    RankPoints,
)
from workbook.spec.states import Special
from workbook.spec.values import Strict


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
    count = names.compared(rule.count)
    return _guarded(count, _not_below_zero(f"{literal(full)}-{literal(rule.each)}*{count}"))


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


def band_ladder(bands: tuple[Band, ...], value: str, result: Callable[[Band], str]) -> str:
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
        assert edge is not None
        text = f"IF({value}{sign}{threshold(edge)},{result(band)},{text})"
    return text


def _lower_edge(band: Band) -> tuple[Decimal, int]:
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
    excess = f"INT(ROUND(({value}-{limit})*100,{rounding.PERCENT_POINT_PLACES}))"
    earned = _not_below_zero(f"{literal(full)}-{literal(rule.each)}*{excess}")
    text = f"IF({value}>{limit},{earned},{literal(full)})"
    if rule.on not in names.rubric.rate:
        return _guarded(value, text)
    return _with_specials(value, text, full, Decimal(0))


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
def _(rule: Choose, full: Decimal, names: Names) -> str:
    then, otherwise = (earn_text(one, full, names) for one in (rule.then, rule.otherwise))
    return branch(rule.when, then, otherwise, names)


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
