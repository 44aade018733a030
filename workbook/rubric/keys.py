"""Cell keys: what a cell of the workbook stands for, whom it belongs to, and how its values compare.

A key is written ``sort:owner:part`` for a quantity, ``reason.owner`` and the like for an input, and
``echo:<key>#<where>`` for a cell that repeats another. What is none of these raises: a key that is not known
here has no meaning anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache


class Kind(Enum):
    """How the values of a key compare."""

    POINTS = auto()
    """Rounded by the rubric: exact."""
    ITEM_POINTS = auto()
    """Points of one clause, at four decimals."""
    SHARE = auto()
    """A part of the whole: exact."""
    RATE = auto()
    """A rate at nine decimals, or what is compared with one."""
    QUOTIENT = auto()
    """Typed or divided and not rounded: it carries the noise of binary engines."""
    TYPED = auto()
    """What an officer typed: a number as quotients are, a text as it is."""
    COUNT = auto()
    """A whole number."""
    WORDS = auto()
    """A text that an officer or the rubric wrote."""
    STATE = auto()
    """One of a few words of ours."""


_SORTS: dict[str, Kind] = {
    "score": Kind.POINTS, "deduction": Kind.POINTS, "item": Kind.ITEM_POINTS,
    "state": Kind.STATE, "field": Kind.STATE, "band": Kind.WORDS, "basis": Kind.WORDS,
    **dict.fromkeys(("raw", "num", "den", "source", "used"), Kind.QUOTIENT),
    "rate": Kind.RATE, "figure": Kind.RATE, "cap": Kind.STATE, "light": Kind.STATE,
    "rank": Kind.COUNT, "evidence": Kind.COUNT, "count": Kind.COUNT,
}  # fmt: skip
"""Kinds of the sorts whose parts are all alike."""
_TALLIES = {"score": Kind.POINTS, "open": Kind.POINTS, "share": Kind.SHARE}
_PARTS: dict[str, dict[str, Kind]] = {
    "group": _TALLIES,
    "dimension": _TALLIES,
    "check": {"left": Kind.RATE, "right": Kind.RATE, "difference": Kind.RATE, "state": Kind.STATE},
    "table": {"used": Kind.COUNT, "partial": Kind.COUNT, "invalid": Kind.COUNT, "state": Kind.STATE},
    "todo": {"text": Kind.WORDS, "link": Kind.WORDS, "position": Kind.COUNT, "n": Kind.COUNT},
    "largest": {
        "name": Kind.WORDS, "reason": Kind.TYPED, "rank": Kind.COUNT,
        "points": Kind.POINTS, "score": Kind.POINTS, "deduction": Kind.POINTS,
    },
}  # fmt: skip
"""Kinds by the last part: ``sort:owner:part``."""
_WHOLE: dict[str, Kind] = {
    **dict.fromkeys(("total", "low", "high", "low:raw", "high:raw"), Kind.POINTS),
    **dict.fromkeys(("total:open", "total:scored", "total:void", "total:raw", "total:sum"), Kind.POINTS),
    "total:share": Kind.SHARE, "grade": Kind.STATE, "ready": Kind.STATE,
    "sum:difference": Kind.POINTS, "sum:state": Kind.STATE,
}  # fmt: skip
"""Keys of the workbook as a whole."""
_OF_INDICATORS = frozenset(("score", "deduction", "state", "evidence", "rank"))
_OF_ITEMS = frozenset(("item", "band", "basis", "figure"))
_ECHO = "echo:"


@dataclass(frozen=True, slots=True)
class Key:
    """A key taken apart. ``owner`` is the id of an indicator, an item, a rate, a field, a check …, or "".

    ``sort``: its first word; ``field`` is the state of a field, ``input`` a field itself. ``part``: which of
    its owner's values. ``text``: what is repeated, for an echo, else the key as written.
    """

    text: str
    sort: str
    owner: str
    part: str
    kind: Kind
    echo: bool = False

    @property
    def indicator(self) -> str | None:
        """The indicator to which a key belongs, if any."""
        if self.sort in _OF_INDICATORS or self.sort == "reason":
            return self.owner
        return self.owner.partition(".")[0] if self.sort in _OF_ITEMS else None


@cache
def key_of(text: str) -> Key:
    """The key written in a text; raises ValueError for one that is not known."""
    if text.startswith(_ECHO):
        source = key_of(text.removeprefix(_ECHO).partition("#")[0])
        return Key(source.text, source.sort, source.owner, source.part, source.kind, echo=True)
    if text in _WHOLE:
        return Key(text, text.partition(":")[0], "", text.partition(":")[2], _WHOLE[text])
    sort, colon, rest = text.partition(":")
    if not colon:
        return _input(text)
    if sort in _SORTS and rest:
        return Key(text, sort, rest, "", _SORTS[sort])
    owner, _, part = rest.rpartition(":")
    if owner and part in _PARTS.get(sort, {}):
        return Key(text, sort, owner, part, _PARTS[sort][part])
    if sort == "table" and owner:
        return Key(text, sort, owner, part, Kind.TYPED)  # the cells of a column
    if sort == "row" and ":" in owner:
        return Key(text, sort, owner, part, Kind.STATE if part == "state" else Kind.RATE)
    raise ValueError(f"no cell has the key {text}")


def _input(text: str) -> Key:
    match text.split("."):
        case ["reason", indicator]:
            return Key(text, "reason", indicator, "", Kind.TYPED)
        case ["evidence", indicator, *rest] if len(rest) in {0, 2}:
            return Key(text, "document", indicator, rest[-1] if rest else "", Kind.TYPED)
        case ["tables", table, row, column] if row.isdecimal():
            return Key(text, "cell", f"{table}.{row}", column, Kind.TYPED)
        case [field] if field:
            return Key(text, "input", field, "", Kind.TYPED)
    raise ValueError(f"no cell has the key {text}")
