"""The need for a field: derived from the rules, the same for both back-ends.

A field is *needed* along a path of guards: behind a veto it matters only while the veto does not
hold; in a branch only when that branch is taken. A field with an unguarded path is always required;
one with guarded paths only is required conditionally; one on no path is optional.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from workbook.rubric.expr import AllOf, AnyOf, Condition, Filled, Not, unique_refs
from workbook.rubric.model import Indicator, Item, Rubric, Settlement
from workbook.rubric.once import once
from workbook.rubric.parts import Achieved, Asked, Inner, Named, achieved, parts_of, rules_of
from workbook.rubric.roles import Guard, GuardPath
from workbook.rubric.rules import Rule

Need: TypeAlias = tuple[str, GuardPath]


def settlements(
    indicator: Indicator, item: Item
) -> Iterator[tuple[Literal["not_applicable", "veto", "exempt", "default"], Settlement]]:
    """Settlements that can decide an item before its rule, in order: vetoes before everything else.

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


def _rule_needs(rule: Rule, rubric: Rubric, path: GuardPath) -> Iterator[Need]:
    for part in parts_of(rule):
        match part:
            case Named(name=name, role=role, guards=guards) if role.rates:
                yield from _figure_needs(rubric, name, (*path, *guards))
            case Named(name=name, guards=guards):
                yield name, (*path, *guards)
            case Asked(condition=condition, guards=guards):
                yield from _condition_needs(rubric, condition, (*path, *guards))
            case Inner(rule=inner, guards=guards):
                yield from _rule_needs(inner, rubric, (*path, *guards))


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
def levels(rubric: Rubric) -> dict[str, Achieved]:
    """By degree field: the degree of achievement that some item asks for."""
    found = (achieved(rule) for _, rule in rules_of(rubric))
    return {one.degree: one for one in found if one is not None}
