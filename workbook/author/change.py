"""Differences between two models of one thing, found by walking them.

A new rule kind or a new key is compared as it is: nothing here knows the spec language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel

from workbook.rubric.values import Reading

ChangeKind: TypeAlias = Literal["added", "removed", "moved", "renamed", "reordered", "changed"]

_NAMES = {"name", "label"}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``part`` is a path inside the object (``rule.bands``), empty for the whole of it.

    ``before`` and ``after`` are plain data, None where there is nothing; ``holders`` the models that hold
    the part, for telling what the data means.
    """

    kind: str
    id: str
    change: ChangeKind
    part: str = ""
    before: Any = None
    after: Any = None
    holders: tuple[BaseModel | None, BaseModel | None] = field(
        default=(None, None), compare=False, repr=False
    )

    def as_dict(self) -> dict[str, Any]:
        """The difference as plain data."""
        return {name: getattr(self, name) for name in ("kind", "id", "change", "part", "before", "after")}


def parts(
    kind: str,
    key: str,
    before: BaseModel,
    after: BaseModel,
    *,
    skip: set[str] | None = None,
    prefix: str = "",
    within: str | None = None,
) -> Iterator[Change]:
    """The differences of two models of one object; ``within`` begins the ids of objects inside it."""
    holders = (before, after)
    if type(before) is not type(after):
        yield Change(kind, key, "changed", prefix, plain(before), plain(after), holders)
        return
    old, new = (one.model_dump(mode="json", exclude=skip) for one in holders)
    for name in sorted(old, key=lambda one: one in Reading.model_fields):
        was, now = getattr(before, name), getattr(after, name)
        part = f"{prefix}.{name}" if prefix else name
        if was == now:
            continue
        if isinstance(was, BaseModel) and isinstance(now, BaseModel):
            yield from parts(kind, key, was, now, prefix=part)
        elif _with_ids(was) and _with_ids(now) and (was or now):
            inside = f"{key}." if within is None else within
            yield from entities(name.removesuffix("s"), was, now, inside)
            yield from order(kind, key, name, [one.id for one in was], [one.id for one in now])
        elif isinstance(was, dict) and isinstance(now, dict) and kind == "rubric":
            yield from _entries(name.removesuffix("s"), _short(was, old[name]), _short(now, new[name]))
        else:
            change: ChangeKind = "renamed" if name in _NAMES and not prefix else "changed"
            yield Change(kind, key, change, part, _short(was, old[name]), _short(now, new[name]), holders)


def _with_ids(value: object) -> bool:
    return isinstance(value, tuple) and all(
        isinstance(one, BaseModel) and "id" in type(one).model_fields for one in value
    )


def entities(kind: str, before: Sequence[Any], after: Sequence[Any], inside: str = "") -> Iterator[Change]:
    """The differences of two lists of objects with ids, their order aside; ``inside`` begins their ids."""
    old, new = ({one.id: one for one in some} for some in (before, after))
    for key, one in old.items():
        if key in new:
            yield from parts(kind, inside + key, one, new[key])
        else:
            yield Change(kind, inside + key, "removed", "", plain(one), None, (one, None))
    for key, one in new.items():
        if key not in old:
            yield Change(kind, inside + key, "added", "", None, plain(one), (None, one))


def _entries(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """The differences of two mappings of plain values."""
    for key in {**before, **after}:
        if key not in after:
            yield Change(kind, key, "removed", "", before[key], None)
        elif key not in before:
            yield Change(kind, key, "added", "", None, after[key])
        elif before[key] != after[key]:
            yield Change(kind, key, "changed", "", before[key], after[key])


def order(kind: str, key: str, part: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """The difference when those of ``part`` that stand in both stand in another order."""
    was, now = [one for one in before if one in after], [one for one in after if one in before]
    if was != now:
        yield Change(kind, key, "reordered", part, was, now)


def plain(model: BaseModel, exclude: set[str] | None = None) -> Any:
    """A model as plain data, without what is left at its default."""
    return model.model_dump(mode="json", exclude_defaults=True, exclude=exclude)


def _short(value: object, whole: Any) -> Any:
    """Plain data without what is left at its default."""
    if isinstance(value, BaseModel):
        return plain(value)
    if isinstance(value, tuple):
        return [_short(one, other) for one, other in zip(value, whole, strict=True)]
    if isinstance(value, dict):
        return {key: _short(one, whole[key]) for key, one in value.items()}
    return whole
