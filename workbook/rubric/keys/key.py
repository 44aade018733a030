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
    INPUTS,
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

EACH = "§"
"""Stands for the number of a row where all rows of a table are written at once."""


_P = ParamSpec("_P")


def _once(build: Callable[_P, Key]) -> Callable[_P, Key]:
    """A builder that looks up what it has built before, at the price of looking up a text."""
    return cast("Callable[_P, Key]", cache(build))


@dataclass(frozen=True, slots=True, eq=False)
class Key:
    """What one cell stands for. Made by the builders below, never by itself.

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
        """Whose value it is."""
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
    def source(self) -> Key:
        """The key whose value the cell shows: what it repeats, or itself."""
        return self if self.repeats is None else self.repeats

    def echo(self, where: str = "") -> Key:
        """The key of a cell that repeats this one's value."""
        return _echo(self, where)

    # what an officer fills in

    @staticmethod
    @_once
    def input(field: str) -> Key:
        """What is typed into a field."""
        return made(Sort.INPUT, field)

    @staticmethod
    @_once
    def reason(indicator: str) -> Key:
        """The reason for an indicator's deduction."""
        return made(Sort.REASON, indicator)

    @staticmethod
    @_once
    def document(indicator: str, line: int, part: EvidencePart) -> Key:
        """A part (name, number, date, page) of one document behind an indicator; lines count from 1."""
        return made(Sort.DOCUMENT, indicator, line, part)

    @staticmethod
    @_once
    def documents(indicator: str) -> Key:
        """All documents behind an indicator in one cell, a line each."""
        return made(Sort.DOCUMENTS, indicator)

    @staticmethod
    @_once
    def cell(table: str, row: int, column: str) -> Key:
        """What is typed into a column of a detail table's row; rows count from 1."""
        return made(Sort.CELL, table, row, column)

    @staticmethod
    @_once
    def column(table: str, column: str) -> Key:
        """A column of a detail table, whatever the row."""
        return made(Sort.COLUMN, table, 0, column)

    # rates and items

    @staticmethod
    @_once
    def raw(rate: str) -> Key:
        """A rate as it comes from the division."""
        return made(Sort.RAW, rate)

    @staticmethod
    @_once
    def rate(rate: str) -> Key:
        """A rate at the decimals at which it is compared."""
        return made(Sort.RATE, rate)

    @staticmethod
    @_once
    def numerator(rate: str) -> Key:
        """The figure above a rate's line."""
        return made(Sort.NUMERATOR, rate)

    @staticmethod
    @_once
    def denominator(rate: str) -> Key:
        """The figure below a rate's line."""
        return made(Sort.DENOMINATOR, rate)

    @staticmethod
    @_once
    def item(item: str) -> Key:
        """The points of an item."""
        return made(Sort.ITEM, item)

    @staticmethod
    @_once
    def band(item: str) -> Key:
        """The band of its rule that applies to an item."""
        return made(Sort.BAND, item)

    @staticmethod
    @_once
    def basis(item: str) -> Key:
        """The name of the figure that decides an item with several."""
        return made(Sort.BASIS, item)

    @staticmethod
    @_once
    def figure(item: str) -> Key:
        """The figure that decides an item with several."""
        return made(Sort.FIGURE, item)

    # indicators, fields, tables

    @staticmethod
    @_once
    def score(indicator: str) -> Key:
        """The score of an indicator."""
        return made(Sort.SCORE, indicator)

    @staticmethod
    @_once
    def deduction(indicator: str) -> Key:
        """The points that an indicator loses."""
        return made(Sort.DEDUCTION, indicator)

    @staticmethod
    @_once
    def state(indicator: str) -> Key:
        """The state of an indicator."""
        return made(Sort.STATE, indicator)

    @staticmethod
    @_once
    def listed(indicator: str) -> Key:
        """How many documents an indicator lists."""
        return made(Sort.LISTED, indicator)

    @staticmethod
    @_once
    def rank(indicator: str) -> Key:
        """The rank of an indicator by what it loses."""
        return made(Sort.RANK, indicator)

    @staticmethod
    @_once
    def field_state(field: str) -> Key:
        """The state of a field."""
        return made(Sort.FIELD, field)

    @staticmethod
    @_once
    def from_table(field: str) -> Key:
        """What a field takes from its table."""
        return made(Sort.SOURCE, field)

    @staticmethod
    @_once
    def used(field: str) -> Key:
        """What counts of a field that has a table: what is typed, else what the table gives."""
        return made(Sort.USED, field)

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
        """How many rows of a detail table are in use, lack something, or are wrong."""
        return made(Sort.TABLE, table, 0, part)

    # what they come to

    @staticmethod
    @_once
    def group(dimension: str, group: str, part: Tally) -> Key:
        """A tally of a group."""
        return made(Sort.GROUP, f"{dimension}/{group}", 0, part)

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
        """How many of something the workbook has."""
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

    @staticmethod
    @_once
    def cap(cap: str) -> Key:
        """Whether a limit on the total or the grade holds."""
        return made(Sort.CAP, cap)

    @staticmethod
    @_once
    def light(light: str) -> Key:
        """The word of a warning light."""
        return made(Sort.LIGHT, light)

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


_MADE: dict[tuple[Sort, str, int, str], Key] = {}
_ECHOES: dict[tuple[Key, str], Key] = {}


def made(sort: Sort, id: str = "", number: int = 0, part: str = "") -> Key:
    """The one key of these; raises ValueError for a part that no cell of the sort has."""
    known = _MADE.get((sort, id, number, part))
    if known is not None:
        return known
    new = Key(sort, id, number, part, kind_of(sort, part), _written(sort, id, number, part))
    return _MADE.setdefault((sort, id, number, part), new)


def _echo(key: Key, where: str) -> Key:
    known = _ECHOES.get((key, where))
    if known is not None:
        return known
    text = f"echo:{key.text}" + (f"#{where}" if where else "")
    new = Key(key.sort, key.id, key.number, key.part, key.kind, text, key, where)
    return _ECHOES.setdefault((key, where), new)


def each_row(key: Key) -> str | None:
    """The written form that a key shares with those of the other rows of its table; None for other keys."""
    return _written(key.sort, key.id, EACH, key.part) if key.sort in (Sort.ROW, Sort.CELL) else None


def _written(sort: Sort, id: str, number: int | str, part: str) -> str:
    word = {Sort.DOCUMENT: "evidence", Sort.DOCUMENTS: "evidence", Sort.CELL: "tables", Sort.COLUMN: "tables"}
    if sort is Sort.INPUT:
        return id
    parts = [word.get(sort, sort.value), id, str(number or ""), part]
    return ("." if sort in INPUTS else ":").join(one for one in parts if one)
