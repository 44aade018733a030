"""When a field matters: derived from the rules, the same for both back-ends.

A field is *needed* along a path of guards: behind a veto it matters only while the veto does not
hold; in a branch only when that branch is taken. A field with an unguarded path is always required;
one with guarded paths only is required conditionally; one on no path is optional.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch
from typing import Literal, TypeAlias

from workbook.rubric.expr import AllOf, AnyOf, Condition, Filled, Not, unique_refs
from workbook.rubric.model import Indicator, Item, Rubric, Settlement
from workbook.rubric.once import once
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
    Fixed,
    GraduatedRule,
    Judgement,
    Linear,
    OwnIndicators,
    Proportional,
    RankPoints,
    Rule,
)
from workbook.rubric.values import Strict

GuardState: TypeAlias = Literal["holds", "fails", "not_holding", "open"]


@dataclass(frozen=True, slots=True)
class Guard:
    """``condition`` must be in ``state``; ``not_holding`` is failing or open."""

    condition: Condition
    state: GuardState


GuardPath: TypeAlias = tuple[Guard, ...]
Need: TypeAlias = tuple[str, GuardPath]


def settlements(
    indicator: Indicator, item: Item
) -> Iterator[tuple[Literal["not_applicable", "veto", "exempt", "default"], Settlement]]:
    """What can settle an item before its rule, in order: vetoes before everything else.

    An indicator's veto and exemption apply to each of its items. Where the indicator does not apply, its
    items have no points at all.
    """
    if indicator.not_applicable is not None:
        yield "not_applicable", indicator.not_applicable
    for veto in (indicator.veto, item.veto):
        if veto is not None:
            yield "veto", veto
    for exempt in (indicator.exempt, item.exempt):
        if exempt is not None:
            yield "exempt", exempt
    if item.default is not None:
        yield "default", item.default


@once
def needs(rubric: Rubric) -> dict[str, tuple[GuardPath, ...]]:
    """For each field that some item can need: its paths, without repeats. ``()`` is an unguarded path."""
    collected: dict[str, dict[GuardPath, None]] = {}
    for indicator in rubric.indicators:
        for item in indicator.items:
            for field_id, path in item_needs(rubric, indicator, item):
                collected.setdefault(field_id, {})[path] = None
    for cap in rubric.caps:
        for field_id, path in _condition_needs(rubric, cap.when, ()):
            collected.setdefault(field_id, {})[path] = None
    return {field_id: ((),) if () in paths else tuple(paths) for field_id, paths in collected.items()}


def required(rubric: Rubric, field_id: str) -> bool | Literal["conditional"]:
    """The ``required`` of the public map."""
    if rubric.field[field_id].cover:
        return field_id in COVER_REQUIRED
    paths = needs(rubric).get(field_id, ())
    if not paths:
        return False
    return True if () in paths else "conditional"


COVER_REQUIRED = frozenset({"department", "fiscal_year"})
"""Cover fields without which an evaluation cannot be submitted."""


def item_needs(rubric: Rubric, indicator: Indicator, item: Item) -> Iterator[Need]:
    """Every field that ``item`` can need, with its guards."""
    path: GuardPath = ()
    for _, settlement in settlements(indicator, item):
        yield from _condition_needs(rubric, settlement.when, path)
        path = (*path, Guard(settlement.when, "not_holding"))
    yield from _rule_needs(item.rule, rubric, path)


def _condition_needs(rubric: Rubric, condition: Condition, path: GuardPath) -> Iterator[Need]:
    if isinstance(condition, Filled):
        return
    compound = isinstance(condition, AllOf | AnyOf) or (
        isinstance(condition, Not) and isinstance(condition.inner, AllOf | AnyOf)
    )
    inner = (*path, Guard(condition, "open")) if compound else path
    for name in unique_refs(condition):
        yield from _figure_needs(rubric, name, inner)


def _figure_needs(rubric: Rubric, name: str, path: GuardPath) -> Iterator[Need]:
    """The fields behind a field or rate."""
    rate = rubric.rate.get(name)
    if rate is None:
        yield name, path
        return
    if rate.when_filled is None or rate.otherwise is None:
        for part in unique_refs(rate.of):
            yield from _figure_needs(rubric, part, path)
        return
    filled = Filled(rate.when_filled)
    for part in unique_refs(rate.of):
        if part != rate.when_filled:
            yield from _figure_needs(rubric, part, (*path, Guard(filled, "holds")))
    for part in unique_refs(rate.otherwise):
        yield from _figure_needs(rubric, part, (*path, Guard(filled, "fails")))


@singledispatch
def _rule_needs(rule: Strict, rubric: Rubric, path: GuardPath) -> Iterator[Need]:
    raise NotImplementedError(type(rule).__name__)


@_rule_needs.register(Judgement)
@_rule_needs.register(AllOrNothing)
@_rule_needs.register(ChoicePoints)
@_rule_needs.register(RankPoints)
def _(
    rule: Judgement | AllOrNothing | ChoicePoints | RankPoints, rubric: Rubric, path: GuardPath
) -> Iterator[Need]:
    yield rule.field, path


@_rule_needs.register
def _(rule: Checklist, rubric: Rubric, path: GuardPath) -> Iterator[Need]:
    for line in rule.lines:
        yield line.field, path


@_rule_needs.register(DeductEach)
@_rule_needs.register(EarnEach)
def _(rule: DeductEach | EarnEach, rubric: Rubric, path: GuardPath) -> Iterator[Need]:
    yield rule.count, path


@_rule_needs.register(Bands)
@_rule_needs.register(Proportional)
@_rule_needs.register(DeductPerPoint)
@_rule_needs.register(Linear)
def _(rule: GraduatedRule, rubric: Rubric, path: GuardPath) -> Iterator[Need]:
    yield from _figure_needs(rubric, rule.on, path)


@_rule_needs.register
def _(rule: Achievement, rubric: Rubric, path: GuardPath) -> Iterator[Need]:
    yield rule.level, path
    yield rule.degree, path


@_rule_needs.register
def _(rule: OwnIndicators, rubric: Rubric, path: GuardPath) -> Iterator[Need]:
    yield rule.points, path
    yield rule.score, path


@_rule_needs.register
def _(rule: Fixed, rubric: Rubric, path: GuardPath) -> Iterator[Need]:
    return iter(())


@_rule_needs.register
def _(rule: Cases, rubric: Rubric, path: GuardPath) -> Iterator[Need]:
    for case in rule.cases:
        yield from _condition_needs(rubric, case.when, path)
        path = (*path, Guard(case.when, "fails"))


@_rule_needs.register
def _(rule: Choose, rubric: Rubric, path: GuardPath) -> Iterator[Need]:
    yield from _condition_needs(rubric, rule.when, path)
    yield from _rule_needs(rule.then, rubric, (*path, Guard(rule.when, "holds")))
    yield from _rule_needs(rule.otherwise, rubric, (*path, Guard(rule.when, "fails")))


def served_indicators(rubric: Rubric) -> dict[str, tuple[str, ...]]:
    """For each field, the ids of the indicators that can need or use it, in the standard's order."""
    served: dict[str, dict[str, None]] = {}
    for indicator in rubric.indicators:
        for item in indicator.items:
            for field_id, path in item_needs(rubric, indicator, item):
                served.setdefault(field_id, {})[indicator.id] = None
                for guard in path:
                    for name in unique_refs(guard.condition):
                        if name in rubric.field:
                            served.setdefault(name, {})[indicator.id] = None
    return {field_id: tuple(ids) for field_id, ids in served.items()}


@once
def levels(rubric: Rubric) -> dict[str, Achievement]:
    """By degree field: the achievement rule whose level bounds it."""
    found: dict[str, Achievement] = {}
    for indicator in rubric.indicators:
        for item in indicator.items:
            for rule in walk_rules(item.rule):
                if isinstance(rule, Achievement):
                    found[rule.degree] = rule
    return found


def walk_rules(rule: Rule) -> Iterator[Rule]:
    """A rule and every rule inside it."""
    yield rule
    if isinstance(rule, Choose):
        yield from walk_rules(rule.then)
        yield from walk_rules(rule.otherwise)
