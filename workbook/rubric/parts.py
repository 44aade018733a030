"""The parts of a rule, told from the roles that its kind declares: nothing here knows a single kind.

:func:`described` says of a kind which attributes it has and what they are; :func:`parts_of` says of a rule
what stands in them, each with its path inside the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias, assert_never, get_args

from workbook.rubric.edges import Edges
from workbook.rubric.expr import Condition
from workbook.rubric.model import Item, Rubric
from workbook.rubric.roles import DEGREE, LEVEL, Branch, Guard, GuardPath, Listing, Mark, Role, Word, Worth
from workbook.rubric.rules import RULE_KINDS, Branching, Graduated, Rule, RuleKind
from workbook.rubric.values import Strict

RulePath: TypeAlias = tuple[str | int, ...]
"""The place of a part inside a rule: ``("cases", 0, "when")``."""


@dataclass(frozen=True, slots=True)
class Named:
    """A field or rate that the rule names."""

    path: RulePath
    guards: GuardPath
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition that the rule asks."""

    path: RulePath
    guards: GuardPath
    condition: Condition


@dataclass(frozen=True, slots=True)
class Inner:
    """A rule inside the rule."""

    path: RulePath
    guards: GuardPath
    rule: Rule


@dataclass(frozen=True, slots=True)
class Stated:
    """A number. ``place`` is where it is told of: that of its interval for an edge of one, else its own."""

    path: RulePath
    value: Decimal
    worth: Worth
    place: RulePath


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of parts, which come before it one by one."""

    path: RulePath
    parts: Sequence[Strict]
    how: Listing


@dataclass(frozen=True, slots=True)
class ByOption:
    """Points by option."""

    path: RulePath
    points: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Said:
    """A text or a word of the spec language."""

    path: RulePath
    text: str
    word: Word


Part: TypeAlias = Named | Asked | Inner | Stated | Listed | ByOption | Said


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a kind, or of the parts in its lists (``parts``), and its role."""

    name: str
    mark: Mark
    parts: type[Strict] | None = None


@cache
def described(kind: type[Strict]) -> tuple[Attribute, ...]:
    """The attributes of a rule kind, or of a part of one. Raises TypeError for one without a role."""
    return tuple(_attribute(kind, name) for name in kind.model_fields if name != "kind")


def _attribute(kind: type[Strict], name: str) -> Attribute:
    info = kind.model_fields[name]
    inside = [part for one in get_args(info.annotation) for part in getattr(one, "__metadata__", ())]
    marks = [one for one in (*info.metadata, *inside) if isinstance(one, Mark)]
    if len(marks) != 1:
        raise TypeError(f"{kind.__name__}.{name} must say in one role what it is, says {marks}")
    [mark] = marks
    return Attribute(name, mark, get_args(info.annotation)[0] if isinstance(mark, Listing) else None)


def attributes(kind: type[Strict]) -> Iterator[Attribute]:
    """The attributes of a kind and of the parts in its lists."""
    for attribute in described(kind):
        yield attribute
        if attribute.parts is not None:
            yield from attributes(attribute.parts)


@cache
def measures(kind: type[Strict]) -> bool:
    """Whether a kind gives points by how large a figure is."""
    return any(isinstance(one.mark, Role) and one.mark.measured for one in attributes(kind))


@cache
def holds_rules(kind: type[Strict]) -> bool:
    """Whether there are rules inside a rule of this kind."""
    return any(isinstance(one.mark, Branch) for one in attributes(kind))


@cache
def asks_nothing(kind: type[Strict]) -> bool:
    """Whether nothing that is filled in moves a rule of this kind."""
    marks = [one.mark for one in attributes(kind)]
    return not any(isinstance(mark, Role | Branch) or mark is Word.CONDITION for mark in marks)


def check_kinds(kinds: Iterable[type[RuleKind]]) -> None:
    """Raises TypeError for a kind that leaves a role out, or that its unions do not know for their own."""
    for kind in kinds:
        for union, says in ((Graduated, measures), (Branching, holds_rules)):
            if (kind in (get_args(union) or (union,))) != says(kind):
                raise TypeError(f"{kind.__name__}: its roles and the unions of kinds say different things")


check_kinds(RULE_KINDS)


def parts_of(rule: Strict) -> Iterator[Part]:
    """The parts of a rule, in the order of its kind; of a rule inside it only its place.

    ``guards`` say what must hold or fail inside the rule before the part is looked at.
    """
    return _parts(rule, (), ())


def _parts(whole: Strict, path: RulePath, guards: GuardPath) -> Iterator[Part]:
    for attribute in described(type(whole)):
        value: Any = getattr(whole, attribute.name)
        at = (*path, attribute.name)
        if value is None:
            continue
        match attribute.mark:
            case Role():
                yield Named(at, guards, value, attribute.mark)
            case Branch(of=of, state=state):
                yield Inner(at, (*guards, Guard(getattr(whole, of), state)), value)
            case Worth():
                edge = isinstance(whole, Edges) and attribute.mark is Worth.LIMIT
                yield Stated(at, value, attribute.mark, path if edge else at)
            case Listing():
                yield from _listed(value, at, guards, attribute.mark)
            case Word.CONDITION:
                yield Asked(at, guards, value)
            case Word.BY_OPTION:
                yield ByOption(at, value)
            case Word.REMARK | Word.SCALE | Word.SIDE | Word.WAY:
                yield Said(at, value, attribute.mark)
            case _:
                assert_never(attribute.mark)


def _listed(listed: Sequence[Strict], path: RulePath, guards: GuardPath, how: Listing) -> Iterator[Part]:
    for number, one in enumerate(listed):
        failed: GuardPath = ()
        for part in _parts(one, (*path, number), guards):
            yield part
            if how is Listing.IN_TURN and isinstance(part, Asked):
                failed = (*failed, Guard(part.condition, "fails"))
        guards = (*guards, *failed)
    yield Listed(path, listed, how)


def named(rule: Strict, *roles: Role) -> Iterator[Named]:
    """The fields and rates that a rule itself names, in one of these roles or in any."""
    for part in parts_of(rule):
        if isinstance(part, Named) and (not roles or part.role in roles):
            yield part


def asked(rule: Strict) -> Iterator[Asked]:
    """The conditions that a rule itself asks."""
    return (part for part in parts_of(rule) if isinstance(part, Asked))


def inner_rules(rule: Strict) -> Iterator[Inner]:
    """The rules right inside a rule."""
    if holds_rules(type(rule)):
        yield from (part for part in parts_of(rule) if isinstance(part, Inner))


def stated(rule: Strict, *worths: Worth) -> Iterator[Stated]:
    """The numbers of these sorts that a rule itself states."""
    return (part for part in parts_of(rule) if isinstance(part, Stated) and part.worth in worths)


def listed(rule: Strict, *how: Listing) -> Iterator[Listed]:
    """The lists of these sorts in a rule."""
    return (part for part in parts_of(rule) if isinstance(part, Listed) and part.how in how)


def measured(rule: Strict) -> str | None:
    """The rate or field by how large which the rule itself gives points."""
    if not measures(type(rule)):
        return None
    return next((one.name for one in named(rule) if one.role.measured), None)


def walk_rules(rule: Rule) -> Iterator[Rule]:
    """A rule and every rule inside it."""
    yield rule
    for inner in inner_rules(rule):
        yield from walk_rules(inner.rule)


def rules_of(rubric: Rubric) -> Iterator[tuple[Item, Rule]]:
    """Every rule of a rubric with the item that it serves, the rules inside a rule included."""
    for indicator in rubric.indicators:
        for item in indicator.items:
            for rule in walk_rules(item.rule):
                yield item, rule


@dataclass(frozen=True, slots=True)
class Achieved:
    """A degree of achievement: its field, and the level's field and scale (at ``path``) that bound it."""

    path: RulePath
    level: str
    degree: str
    scale: str


def achieved(rule: Strict) -> Achieved | None:
    """The degree of achievement that a rule asks for, if it does."""
    names = {one.role: one.name for one in named(rule)}
    scales = (one for one in parts_of(rule) if isinstance(one, Said) and one.word is Word.SCALE)
    return next((Achieved(one.path, names[LEVEL], names[DEGREE], one.text) for one in scales), None)
