"""Points: weights add up, and no rule gives more or less than its item has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from workbook.check.subject import SpecPart, Subject, number, percentage
from workbook.findings import Finding
from workbook.load.yamltext import YamlPath
from workbook.rubric.fields import FieldKind
from workbook.rubric.headings import indicator_headings
from workbook.rubric.model import ALIKE, Indicator, Rubric
from workbook.rubric.parts import ByOption, Listed, Named, Stated, inner_rules, listed, parts_of, stated
from workbook.rubric.roles import Listing, Worth
from workbook.rubric.rules import Rule

_NOTHING = Decimal(0)
_SHORTEST = Decimal("0.0001")
"""A hundredth of a percentage point; a shorter step has no meaning that a rate of 9 decimals can tell."""


def totals(subject: Subject) -> Iterator[Finding]:
    """The indicators' points add up to what is printed for groups, dimensions and the whole."""
    rubric = subject.rubric
    whole = [one for one in rubric.indicators if one.id not in rubric.beside]
    printed: list[tuple[SpecPart, Decimal | None, list[Indicator]]] = [
        (SpecPart((), "百分制以内的三级指标" if rubric.beside else "全部三级指标"), rubric.points, whole)
    ]
    for place, dimension in subject.dimensions():
        inside = [indicator for group in dimension.groups for indicator in group.indicators]
        printed.append((place, dimension.points, inside))
    for place, _, group in subject.groups():
        printed.append((place, group.points, list(group.indicators)))
    for place, expected, indicators in printed:
        actual = _total(indicator.points for indicator in indicators)
        if expected is not None and actual != expected:
            yield subject.found(
                "SPEC_POINTS_TOTAL", place.at("points"), actual=number(actual), expected=number(expected)
            )


def items_totals(subject: Subject) -> Iterator[Finding]:
    """The items add up to their indicator, or the spec says that they do not."""
    for place, indicator in subject.indicators():
        if indicator.scored_as in ALIKE:
            continue
        actual = _total(item.points for item in indicator.items)
        known = indicator.items_total
        values = {
            "name": indicator_headings(subject.rubric)[indicator.id],
            "actual": number(actual),
            "expected": number(indicator.points),
        }
        acknowledged = place.at("items_total", "points")
        if actual == indicator.points:
            if known is not None:
                yield subject.found("SPEC_ITEMS_TOTAL_NEEDLESS", acknowledged, **values)
            continue
        if known is None and actual > indicator.points and indicator.scored_as == "capped_sum":
            continue  # the cap is what the clause says of them
        if known is None:
            yield subject.found("SPEC_ITEMS_TOTAL", place.at("points"), **values)
        elif known.points != actual:
            stated = number(known.points)
            yield subject.found("SPEC_ITEMS_TOTAL_WRONG", acknowledged, stated=stated, **values)
        elif actual > indicator.points and indicator.scored_as == "sum_of_items":
            yield subject.found("SPEC_ITEMS_EXCEED", acknowledged, **values)
        else:
            yield subject.found("SPEC_ITEMS_TOTAL_KNOWN", acknowledged, reason=known.reason, **values)


def alike(subject: Subject) -> Iterator[Finding]:
    """Items of which the lowest, the highest or the mean counts are worth as much as their indicator."""
    for place, indicator, item in subject.items():
        how = indicator.scored_as
        if how in ALIKE and item.points != indicator.points:
            yield subject.found(
                "SPEC_ITEM_ALIKE",
                place.at("points"),
                how=how,
                actual=number(item.points),
                expected=number(indicator.points),
            )
        if item.weight <= 0 or (item.weight != 1 and how != "mean_of_items"):
            yield subject.found("SPEC_ITEM_WEIGHT", place.at("weight"), weight=number(item.weight))


def positive(subject: Subject) -> Iterator[Finding]:
    """Indicators and items are worth something."""
    for place, worth in (
        *((place, indicator.points) for place, indicator in subject.indicators()),
        *((place, item.points) for place, _, item in subject.items()),
    ):
        if worth <= 0:
            yield subject.found("SPEC_POINTS_POSITIVE", place.at("points"), points=number(worth))


def within_item(subject: Subject) -> Iterator[Finding]:
    """Points that a rule or a settlement states lie between 0 and the item's points."""
    given = [
        (place.at(*path), points, item.points)
        for place, item, rule in subject.rules()
        for path, points in _given(rule, subject.rubric)
    ]
    given += [
        (place.at("points"), settlement.points, limit)
        for place, settlement, limit in subject.settlements()
        if settlement.points is not None
    ]
    given += [
        (place.at("zero_base"), item.zero_points, item.points)
        for place, _, item in subject.items()
        if item.zero_base is not None
    ]
    for place, points, limit in given:
        if not 0 <= points <= limit:
            yield subject.found("SPEC_BAND_POINTS", place, points=number(points), limit=number(limit))


def reachable(subject: Subject) -> Iterator[Finding]:
    """Some answer earns the full points of an item."""
    for place, _, item in subject.items():
        highest = _highest(item.rule, item.points, subject.rubric)
        if highest < item.points:
            yield subject.found(
                "SPEC_POINTS_UNREACHABLE",
                place.at("rule"),
                highest=number(highest),
                limit=number(item.points),
            )


def deductions(subject: Subject) -> Iterator[Finding]:
    """A deduction takes something away, what is earned for each is something, and a line leads somewhere."""
    for place, _, rule in subject.rules():
        for one in stated(rule, Worth.LOST, Worth.EARNED):
            if one.value <= 0:
                yield subject.found("SPEC_DEDUCTION", place.at(*one.path), each=number(one.value))
        for one in stated(rule, Worth.STEP):
            if not _SHORTEST <= one.value <= 1:
                yield subject.found("SPEC_STEP", place.at(*one.path), step=percentage(one.value))
        for line in listed(rule, Listing.LINE):
            if len(line.parts) < 2:
                yield subject.found("SPEC_KNOTS", place.at(*line.path), problem="至少要写两个点")
        for low, high in pairwise(stated(rule, Worth.BEND)):
            if low.value >= high.value:
                problem = f"{percentage(high.value)} 不大于前一点的 {percentage(low.value)}"
                yield subject.found("SPEC_KNOTS", place.at(*high.path[:-1]), problem=problem)


def _total(points: Iterable[Decimal]) -> Decimal:
    return sum(points, _NOTHING)


def _given(rule: Rule, rubric: Rubric) -> Iterator[tuple[YamlPath, Decimal]]:
    """Every number of points that the rule itself (not one inside it) can give, and where it says so."""
    added: list[Decimal] = []
    for part in parts_of(rule):
        match part:
            case Stated(path=path, value=value, worth=Worth.GIVEN):
                yield path, value
            case Stated(path=path, value=value, worth=Worth.ADDED):
                added.append(value)
                yield path, min(value, _NOTHING)
            case Listed(path=path, how=Listing.TOGETHER):
                yield path, _total(added)
            case ByOption(path=path, points=points):
                for option, value in points.items():
                    yield (*path, option), value
            case Named(path=path, role=role, name=name) if role.of_points:
                field = rubric.field.get(name)
                if field is not None and field.kind is FieldKind.POINTS and field.max is not None:
                    yield path, field.max


def _highest(rule: Rule, full: Decimal, rubric: Rubric) -> Decimal:
    """The most points that the rule can give to an item worth ``full``: all, where it states none."""
    points = [value for _, value in _given(rule, rubric)]
    points += [_highest(inner.rule, full, rubric) for inner in inner_rules(rule)]
    return max(points, default=full)
