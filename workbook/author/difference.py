"""Differences between two rubrics, part by part: by ids, else by names where the standard has no ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pydantic import BaseModel

from workbook.author.change import Change, entities, order, parts, plain
from workbook.author.generated import without_generated
from workbook.author.pairing import Pairs, paired
from workbook.rubric.fields import DEFAULT_USUAL_MAX, Field, FieldKind, FieldText, settled
from workbook.rubric.model import Dimension, Group, Rubric
from workbook.rubric.parts import named, rules_of

_OF_KIND = ("unit", "decimals", "min", "max", "usual_min")
"""The settings that a field has from its kind unless the spec says otherwise."""


def difference(before: Rubric, after: Rubric) -> list[Change]:
    """Every difference, from the rubric down to its parts; empty when both say the same."""
    return list(without_generated(_rubrics(before, after), before, after))


def _rubrics(before: Rubric, after: Rubric) -> Iterator[Change]:
    structure = {"dimensions", "sections", "fields"}
    others = list(parts("rubric", before.id, before, after, skip=structure, within=""))
    yield from (one for one in others if one.kind == "rubric")
    dimensions = paired(_dimensions(before), _dimensions(after))
    groups = paired(_groups(before, dimensions.names), _groups(after))
    yield from _named(
        "dimension", _by_name(before), _by_name(after), dimensions, before.id, skip={"name", "groups"}
    )
    yield from _named(
        "group", _group_models(before, dimensions.names), _group_models(after), groups, before.id,
        skip={"name", "indicators"},
    )  # fmt: skip
    yield from _indicators(before, after, dimensions, groups)
    yield from (one for one in others if one.kind != "rubric")
    sections = paired(_sections(before), _sections(after))
    titles, other_titles = ({one.title: one for one in rubric.sections} for rubric in (before, after))
    yield from _named("section", titles, other_titles, sections, before.id, skip={"title", "fields"})
    yield from _fields(before, after, sections)


# what the standard tells by names


def _dimensions(rubric: Rubric) -> dict[str, set[str]]:
    return {
        dimension.name: {one.id for group in dimension.groups for one in group.indicators}
        for dimension in rubric.dimensions
    }


def _by_name(rubric: Rubric) -> dict[str, BaseModel]:
    return {dimension.name: dimension for dimension in rubric.dimensions}


def _walk_groups(rubric: Rubric, names: Mapping[str, str]) -> Iterator[tuple[str, Dimension, Group]]:
    """Every group with its key; ``names`` says how the other rubric calls a dimension."""
    for dimension in rubric.dimensions:
        for group in dimension.groups:
            above = names.get(dimension.name, dimension.name)
            yield f"{_step(above)}/{_step(group.name)}", dimension, group


def _step(heading: str) -> str:
    """A heading as a step of a group's key, which a stroke parts from the other."""
    return heading.replace("/", "／")


def _groups(rubric: Rubric, names: Mapping[str, str] | None = None) -> dict[str, set[str]]:
    walked = _walk_groups(rubric, names or {})
    return {key: {one.id for one in group.indicators} for key, _, group in walked}


def _group_models(rubric: Rubric, names: Mapping[str, str] | None = None) -> dict[str, BaseModel]:
    return {key: group for key, _, group in _walk_groups(rubric, names or {})}


def _sections(rubric: Rubric) -> dict[str, set[str]]:
    return {section.title: set(section.fields) for section in rubric.sections}


def _named(
    kind: str,
    before: Mapping[str, BaseModel],
    after: Mapping[str, BaseModel],
    pairs: Pairs,
    rubric: str,
    *,
    skip: set[str],
) -> Iterator[Change]:
    """The differences of two lists of objects that are known by name and by what stands in them."""
    for name, one in before.items():
        if name not in pairs.names:
            yield Change(kind, name, "removed", "", plain(one, skip - {"name", "title"}), None, (one, None))
            continue
        other = pairs.names[name]
        (above, last), (above_now, last_now) = _steps(kind, name), _steps(kind, other)
        if last != last_now:
            models = one, after[other]
            was, now = (str(getattr(model, "name", "")) for model in models)
            yield Change(kind, name, "renamed", "name", was or last, now or last_now, models)
        if above != above_now:
            yield Change(kind, name, "moved", "dimension", above, above_now, (one, after[other]))
        yield from parts(kind, name, one, after[other], skip=skip)
    for name, one in after.items():
        if name not in pairs.names.values():
            yield Change(kind, name, "added", "", None, plain(one, skip - {"name", "title"}), (None, one))
    kept = [other for name, other in pairs.names.items() if _steps(kind, name)[0] == _steps(kind, other)[0]]
    yield from order("rubric", rubric, f"{kind}s", kept, list(after))


def _steps(kind: str, name: str) -> tuple[str, str]:
    """The key of the dimension above, for a group, and the heading of the object itself."""
    above, _, last = name.rpartition("/") if kind == "group" else ("", "", name)
    return above, last


def _indicators(before: Rubric, after: Rubric, dimensions: Pairs, groups: Pairs) -> Iterator[Change]:
    old_group = {
        one.id: key for key, _, group in _walk_groups(before, dimensions.names) for one in group.indicators
    }
    new_group = {one.id: key for key, _, group in _walk_groups(after, {}) for one in group.indicators}
    for key, group in old_group.items():
        if key in new_group and groups.names.get(group) != new_group[key]:
            yield Change("indicator", key, "moved", "group", group, new_group[key])
    yield from entities("indicator", before.indicators, after.indicators)
    for group, other in groups.names.items():
        was, now = (
            [key for key, one in some.items() if one == name]
            for some, name in ((old_group, group), (new_group, other))
        )
        yield from order("group", group, "indicators", was, now)


# fields


def _fields(before: Rubric, after: Rubric, sections: Pairs) -> Iterator[Change]:
    """The differences of the fields; a field's section is the same when only its title was changed."""
    old, new = ({one.id: one for one in _own(rubric)} for rubric in (before, after))
    for key in old.keys() & new.keys():
        one, twin = old[key], new[key]
        if sections.names.get(one.section, one.section) == twin.section:
            old[key] = one.model_copy(update={"section": twin.section})
        if one.kind is not twin.kind:
            old[key], new[key] = _without_defaults(old[key]), _without_defaults(twin)
    for change in entities("field", [*old.values()], [*new.values()]):
        yield replace(change, change="moved") if change.part == "section" else change
    listed, other_listed = (
        {section.title: section.fields for section in rubric.sections} for rubric in (before, after)
    )
    for title, other in sections.names.items():
        yield from order("section", title, "fields", listed[title], other_listed[other])


def _own(rubric: Rubric) -> Iterator[Field]:
    """The fields without what follows from other parts of the rubric: its year, the points of the items."""
    judged = {
        one.name: item.points for item, rule in rules_of(rubric) for one in named(rule) if one.role.of_points
    }
    for one in rubric.fields:
        update: dict[str, None] = {}
        if one.cover and one.max == rubric.fiscal_year:
            update = dict.fromkeys(("min", "max", "usual_max"))
        elif one.kind is FieldKind.POINTS and one.max == judged.get(one.id):
            update = {"max": None}
        if one.usual_max == DEFAULT_USUAL_MAX.get(one.kind):
            update["usual_max"] = None
        yield one.model_copy(update=update) if update else one


def _without_defaults(one: Field) -> Field:
    usual = settled(one.id, FieldText(label=one.label, name=one.name, kind=one.kind))
    return one.model_copy(
        update={name: None for name in _OF_KIND if getattr(one, name) == getattr(usual, name)}
    )
