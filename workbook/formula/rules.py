"""Points of each rule kind, as Excel text. The text gives points, or empty while open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import TypeAlias, assert_never

from workbook import rounding
from workbook.formula import graduated
from workbook.formula.text import (
    Names,
    all_numbers,
    all_of,
    branch,
    guarded,
    literal,
    not_below_zero,
    void_text,
)
from workbook.rubric import rules
from workbook.rubric.fields import NO, YES
from workbook.rubric.model import Indicator
from workbook.rubric.rules import Rule

Writing: TypeAlias = Callable[[Decimal, Names], str]
"""From the points of an item and the names of cells to the text."""


def reading(rule: Rule) -> Writing:  # noqa: PLR0912 (one branch a kind)
    """The function that writes the formula of ``rule``."""
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


def earn_text(rule: Rule, full: Decimal, names: Names) -> str:
    """The formula (without ``=``) for the points of an item worth ``full`` under ``rule``."""
    return reading(rule)(full, names)


def _judgement(rule: rules.Judgement, full: Decimal, names: Names) -> str:
    field = names.compared(rule.field)
    return f'IF(ISNUMBER({field}),{field},"")'


def _all_or_nothing(rule: rules.AllOrNothing, full: Decimal, names: Names) -> str:
    field = names.compared(rule.field)
    return f'IF({field}="{YES}",{literal(full)},IF({field}="{NO}",0,""))'


def _checklist(rule: rules.Checklist, full: Decimal, names: Names) -> str:
    fields = [(names.compared(line.field), literal(line.points)) for line in rule.lines]
    answered = "*".join(f'(({field}="{YES}")+({field}="{NO}"))' for field, _ in fields)
    earned = "+".join(f'({field}="{YES}")*{points}' for field, points in fields)
    return f'IF({answered}=1,{earned},"")'


def _deduct_each(rule: rules.DeductEach, full: Decimal, names: Names) -> str:
    count, start = names.compared(rule.count), literal(full if rule.start is None else rule.start)
    return guarded(count, not_below_zero(f"{start}-{literal(rule.each)}*{count}"))


def _earn_each(rule: rules.EarnEach, full: Decimal, names: Names) -> str:
    count = names.compared(rule.count)
    earned = f"{literal(rule.each)}*{count}"
    return guarded(count, f"IF({earned}<{literal(full)},{earned},{literal(full)})")


def _choice(rule: rules.ChoicePoints, full: Decimal, names: Names) -> str:
    field = names.compared(rule.field)
    text = '""'
    for choice, points in reversed(rule.points.items()):
        text = f'IF({field}="{choice}",{literal(points)},{text})'
    return text


def _rank(rule: rules.RankPoints, full: Decimal, names: Names) -> str:
    rank = names.compared(rule.field)
    behind = f"{literal(full)}-{literal(rule.each)}*({rank}-{literal(rule.full_to)})"
    return guarded(rank, f"IF({rank}<={literal(rule.full_to)},{literal(full)},{not_below_zero(behind)})")


def _achievement(rule: rules.Achievement, full: Decimal, names: Names) -> str:
    level, degree = names.compared(rule.level), names.compared(rule.degree)
    return f'IF(ISNUMBER({degree})*({level}<>"")=1,{degree}*{literal(full)},"")'


def _own_indicators(rule: rules.OwnIndicators, full: Decimal, names: Names) -> str:
    weights, score = names.compared(rule.points), names.compared(rule.score)
    fits = f"ROUND({weights}-{literal(full)},{rounding.GUARD_PLACES})=0"
    return f'IF({all_numbers([weights, score])},IF({fits},{score},""),"")'


def _fixed(rule: rules.Fixed, full: Decimal, names: Names) -> str:
    return literal(rule.points)


def _cases(rule: rules.Cases, full: Decimal, names: Names) -> str:
    text = literal(rule.otherwise)
    voids = [one for case in rule.cases if (one := void_text(case.when, names))]
    if voids:
        points = full if names.zero_points is None else names.zero_points
        text = f"IF({'+'.join(voids)}>0,{literal(points)},{text})"
    for case in reversed(rule.cases):
        text = branch(case.when, literal(case.points), text, names)
    return text


def _choose(rule: rules.Choose, full: Decimal, names: Names) -> str:
    then, otherwise = (earn_text(one, full, names) for one in (rule.then, rule.otherwise))
    return branch(rule.when, then, otherwise, names)


def earned_text(indicator: Indicator, items: Sequence[str]) -> str:
    """The score from the items' points, unrounded; ``items`` are their names."""
    total = "+".join(items)
    match indicator.scored_as:
        case "sum_of_items":
            return total
        case "capped_sum":
            whole = literal(indicator.points)
            return f"IF({total}>{whole},{whole},{total})"
        case "weight_less_deductions":
            whole = literal(sum((item.points for item in indicator.items), Decimal(0)))
            return not_below_zero(f"{literal(indicator.points)}-({whole}-({total}))")
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
