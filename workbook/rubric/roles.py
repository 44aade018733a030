"""Roles: what each attribute of a rule kind is there for.

Every attribute of a kind in :mod:`workbook.rubric.rules` carries one of these beside its type. What the
loader, the lints, the needs of fields, the comparison of rubrics and the tests' made-up cases have to know of
a kind follows from them (:mod:`workbook.rubric.parts`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal, TypeAlias

from workbook.rubric.expr import Condition
from workbook.rubric.fields import FieldKind

GuardState: TypeAlias = Literal["holds", "fails", "not_holding", "open"]


@dataclass(frozen=True, slots=True)
class Guard:
    """``condition`` must be in ``state``; ``not_holding`` is failing or open."""

    condition: Condition
    state: GuardState


GuardPath: TypeAlias = tuple[Guard, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """A field or rate is named: the kinds of fields that serve, and whether a rate will do.

    ``measured``: points go by how large it is. ``alone``: no second item may name it.
    """

    meaning: str
    kinds: frozenset[FieldKind]
    rates: bool = False
    measured: bool = False
    alone: bool = False

    @property
    def wanted(self) -> str:
        """The role in words."""
        kinds = "、".join(kind.value for kind in FieldKind if kind in self.kinds)
        return f" {kinds} 字段" + ("或比率" if self.rates else "")

    @property
    def of_points(self) -> bool:
        """Whether it is a number of points, which those of the item bound."""
        return self.kinds == {FieldKind.POINTS}


def _role(meaning: str, *kinds: FieldKind, rates: bool = False, alone: bool = False) -> Role:
    return Role(meaning, frozenset(kinds), rates=rates, alone=alone)


def _measure(meaning: str, *kinds: FieldKind) -> Role:
    return Role(meaning, frozenset(kinds), rates=True, measured=True)


NUMBER = _role("a number in an expression", *(kind for kind in FieldKind if kind.numeric), rates=True)
ANY_FIELD = _role("asked whether it is filled", *FieldKind)
YES_NO = _role("a yes/no answer", FieldKind.YESNO)
OPTION = _role("what was chosen", FieldKind.CHOICE, FieldKind.YESNO)
COUNT = _role("how often, or at which place", FieldKind.COUNT)
LEVEL = _role("the level of a scale", FieldKind.CHOICE)
DEGREE = _role("how far the level is reached", FieldKind.PERCENT, alone=True)
JUDGED = _role("points that the officer judges", FieldKind.POINTS, alone=True)
ADDED_UP = _role("points that are added up elsewhere", FieldKind.POINTS, alone=True)
WHOLE = _role("points that must come to the item's", FieldKind.POINTS)
GRADUATED = _measure("a figure that intervals sort", FieldKind.PERCENT, FieldKind.COUNT, FieldKind.MONEY)
SHARE = _measure("a share that points follow", FieldKind.PERCENT)
PROPORTION = _measure("a share that points are in proportion to, none below zero", FieldKind.PERCENT)


class Worth(Enum):
    """The role of a number in a rule."""

    GIVEN = "points that it gives"
    ADDED = "points that are added up with those of the other lines"
    LOST = "points that are lost for each"
    EARNED = "points that are earned for each"
    LIMIT = "what the measured figure is compared with; points jump there"
    BEND = "what the measured figure is compared with; a line bends there"
    STEP = "how far past the limit the next points are lost"
    RANK = "a place in an order"

    @property
    def of_points(self) -> bool:
        """Whether it is a number of points."""
        return self in {Worth.GIVEN, Worth.ADDED, Worth.LOST, Worth.EARNED}


class Listing(Enum):
    """The relation between the parts of a list."""

    TOGETHER = "all of them count"
    IN_TURN = "each is looked at when those before it do not hold"
    PARTITION = "intervals, of which a figure lies in exactly one"
    LINE = "points of a line, upwards"


class Word(Enum):
    """The role of a text, or of a word of the spec language."""

    CONDITION = "a condition"
    REMARK = "a part of the clause, told to officers"
    SCALE = "the id of a scale, whose levels bound the degree"
    BY_OPTION = "points by each option of the chosen field"
    SIDE = "on which side of the limit points are lost"
    WAY = "one of the words that the kind knows"


@dataclass(frozen=True, slots=True)
class Branch:
    """A rule inside the rule, looked at when the condition in attribute ``of`` is in ``state``."""

    of: str
    state: Literal["holds", "fails"]


Mark: TypeAlias = Role | Worth | Listing | Word | Branch
