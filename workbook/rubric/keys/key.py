"""A cell key: a value by which places, templates, values and findings are known.

Each key is made once: the same arguments give the same object, which compares and hashes by identity, here
and in every process that it is sent to. How it is written is asked only where it is stored or shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal, ParamSpec, cast

from workbook.rubric.keys.sorts import (
    OWNERS,
    CheckPart,
    Count,
    EvidencePart,
    Kind,
    LargestPart,
    Owner,
    Sort,
    TablePart,
    Tally,
    TodoPart,
    TotalPart,
    kind_of,
)
from workbook.rubric.keys.written import EACH, written, written_echo

_P = ParamSpec("_P")


def _once(build: Callable[_P, Key]) -> Callable[_P, Key]:
    """A builder that looks up what it has built before, at the price of looking up a text."""
    return cast("Callable[_P, Key]", cache(build))


def _of(sort: Sort) -> staticmethod[[str], Key]:
    """The builder of the keys that need no more than the id of their owner."""

    @_once
    def build(id: str) -> Key:
        return made(sort, id)

    return staticmethod(build)


@dataclass(frozen=True, slots=True, eq=False)
class Key:
    """The meaning of one cell. Made by the builders below, never by itself.

    ``id`` is that of the owner: an indicator, an item (``indicator.item``), a rate, a field, a table, a
    check …; empty for the workbook as a whole and for lists. ``number``: the row of a table, the line of
    evidence or of a list, from 1; else 0. ``part``: which of its owner's values. ``repeats``: the key whose
    value the cell repeats, ``where`` the cell stands if more than one does so; all else is then said of
    that value.
    """

    sort: Sort
    id: str
    number: int
    part: str
    kind: Kind
    text: str
    repeats: Key | None = None
    where: str = ""

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Key {self.text}>"

    def __reduce__(self) -> tuple[Callable[..., Key], tuple[object, ...]]:
        if self.repeats is not None:
            return _echo, (self.repeats, self.where)
        return made, (self.sort, self.id, self.number, self.part)

    @property
    def owner(self) -> Owner:
        """The kind of owner of the value."""
        return OWNERS[self.sort]

    @property
    def indicator(self) -> str | None:
        """The id of the indicator to which it belongs, if any."""
        match self.owner:
            case Owner.INDICATOR:
                return self.id
            case Owner.ITEM:
                return self.id.partition(".")[0]
        return None

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the dimension, and of the group in it, whose value it is."""
        if self.owner is Owner.GROUP:
            return tuple(one.replace("~1", "/").replace("~0", "~") for one in self.id.split("/"))
        return (self.id,)

    @property
    def source(self) -> Key:
        """The key whose value the cell shows: what it repeats, or itself."""
        return self if self.repeats is None else self.repeats

    def echo(self, where: str = "") -> Key:
        """The key of a cell that repeats this one's value."""
        return _echo(self, where)

    # what an officer fills in

    input = _of(Sort.INPUT)
    """The value typed into a field."""
    reason = _of(Sort.REASON)
    """The reason for an indicator's deduction."""

    @staticmethod
    @_once
    def document(indicator: str, line: int, part: EvidencePart) -> Key:
        """A part (name, number, date, page) of one document behind an indicator; lines count from 1."""
        return made(Sort.DOCUMENT, indicator, line, part)

    documents = _of(Sort.DOCUMENTS)
    """All documents behind an indicator in one cell, a line each."""

    @staticmethod
    @_once
    def cell(table: str, row: int, column: str) -> Key:
        """The value typed into a column of a detail table's row; rows count from 1."""
        return made(Sort.CELL, table, row, column)

    @staticmethod
    @_once
    def column(table: str, column: str) -> Key:
        """A column of a detail table, whatever the row."""
        return made(Sort.COLUMN, table, 0, column)

    # rates and items

    raw = _of(Sort.RAW)
    """A rate as it comes from the division."""
    rate = _of(Sort.RATE)
    """A rate at the decimals at which it is compared."""
    numerator = _of(Sort.NUMERATOR)
    """The figure above a rate's line."""
    denominator = _of(Sort.DENOMINATOR)
    """The figure below a rate's line."""
    item = _of(Sort.ITEM)
    """The points of an item."""
    band = _of(Sort.BAND)
    """The band of its rule that applies to an item."""
    basis = _of(Sort.BASIS)
    """The name of the figure that decides an item with several."""
    figure = _of(Sort.FIGURE)
    """The figure that decides an item with several."""

    # indicators, fields, tables

    score = _of(Sort.SCORE)
    """The score of an indicator."""
    deduction = _of(Sort.DEDUCTION)
    """The points that an indicator loses."""
    state = _of(Sort.STATE)
    """The state of an indicator."""
    listed = _of(Sort.LISTED)
    """The number of documents that an indicator lists."""
    rank = _of(Sort.RANK)
    """The rank of an indicator by what it loses."""
    field_state = _of(Sort.FIELD)
    """The state of a field."""
    from_table = _of(Sort.SOURCE)
    """The figure that a field takes from its table."""
    used = _of(Sort.USED)
    """The figure that counts for a field with a table: the one typed, else the one from the table."""

    @staticmethod
    @_once
    def row_state(table: str, row: int) -> Key:
        """The state of a row of a detail table; rows count from 1."""
        return made(Sort.ROW, table, row, "state")

    @staticmethod
    @_once
    def computed(table: str, row: int, column: str) -> Key:
        """A computed column of a detail table's row; rows count from 1."""
        return made(Sort.ROW, table, row, column)

    @staticmethod
    @_once
    def rows(table: str, part: TablePart) -> Key:
        """The number of rows of a detail table that are in use, lack something, or are wrong."""
        return made(Sort.TABLE, table, 0, part)

    # what they come to

    @staticmethod
    @_once
    def group(dimension: str, group: str, part: Tally) -> Key:
        """A tally of a group."""
        return made(Sort.GROUP, f"{_level(dimension)}/{_level(group)}", 0, part)

    @staticmethod
    @_once
    def dimension(dimension: str, part: Tally) -> Key:
        """A tally of a dimension."""
        return made(Sort.DIMENSION, dimension, 0, part)

    @staticmethod
    @_once
    def total(part: TotalPart = "") -> Key:
        """The total, and the steps to it."""
        return made(Sort.TOTAL, "", 0, part)

    @staticmethod
    @_once
    def low(part: Literal["", "raw"] = "") -> Key:
        """The lowest total that can still come out, and (``raw``) the same without limits."""
        return made(Sort.LOW, "", 0, part)

    @staticmethod
    @_once
    def high(part: Literal["", "raw"] = "") -> Key:
        """The highest total that can still come out, and (``raw``) the same without limits."""
        return made(Sort.HIGH, "", 0, part)

    @staticmethod
    @_once
    def grade() -> Key:
        """The grade."""
        return made(Sort.GRADE)

    @staticmethod
    @_once
    def ready() -> Key:
        """Whether the workbook can be submitted."""
        return made(Sort.READY)

    @staticmethod
    @_once
    def count(of: Count) -> Key:
        """The number of things of one kind in the workbook."""
        return made(Sort.COUNT, "", 0, of)

    @staticmethod
    @_once
    def sum_check(part: Literal["difference", "state"]) -> Key:
        """The total against the sum of all scores."""
        return made(Sort.SUM, "", 0, part)

    @staticmethod
    @_once
    def check(check: str, part: CheckPart) -> Key:
        """A side of a cross-check, the difference of both, or its state."""
        return made(Sort.CHECK, check, 0, part)

    cap = _of(Sort.CAP)
    """Whether a limit on the total or the grade holds."""
    light = _of(Sort.LIGHT)
    """The word of a warning light."""

    @staticmethod
    @_once
    def todo(number: int, part: TodoPart) -> Key:
        """A thing that may be to do (``n``), or a line of the list of what is; both count from 1."""
        return made(Sort.TODO, "", number, part)

    @staticmethod
    @_once
    def largest(line: int, part: LargestPart) -> Key:
        """A line of the largest deductions, from 1."""
        return made(Sort.LARGEST, "", line, part)


def _level(heading: str) -> str:
    """A heading in the id of a group, which has a stroke between two (as JSON pointers write it)."""
    return heading.replace("~", "~0").replace("/", "~1")


_MADE: dict[tuple[Sort, str, int, str], Key] = {}
_ECHOES: dict[tuple[Key, str], Key] = {}


def made(sort: Sort, id: str = "", number: int = 0, part: str = "") -> Key:
    """The one key of these. Raises ValueError for a part that no cell of the sort has."""
    known = _MADE.get((sort, id, number, part))
    if known is not None:
        return known
    new = Key(sort, id, number, part, kind_of(sort, part), written(sort, id, number, part))
    return _MADE.setdefault((sort, id, number, part), new)


def _echo(key: Key, where: str) -> Key:
    known = _ECHOES.get((key, where))
    if known is not None:
        return known
    new = Key(key.sort, key.id, key.number, key.part, key.kind, written_echo(key.text, where), key, where)
    return _ECHOES.setdefault((key, where), new)


def each_row(key: Key) -> str | None:
    """The written form that a key shares with those of the other rows of its table; None for other keys."""
    return written(key.sort, key.id, EACH, key.part) if key.sort in (Sort.ROW, Sort.CELL) else None
