"""Inputs that an officer has filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias, TypeVar, get_args

from workbook.rubric.keys import EvidencePart, Key, Sort

T = TypeVar("T")

FieldValue: TypeAlias = Decimal | str | date
"""A number for the numeric kinds, 是/否 for yes/no, the chosen text, a text, or a date."""

TableRow: TypeAlias = Mapping[str, FieldValue]
"""A row of a detail table by column; a blank cell is absent."""

EPOCH = date(1899, 12, 30)
"""Day 0 of the spreadsheets' calendar."""
FIRST_DATE, LAST_DATE = date(2000, 1, 1), date(2100, 1, 1)
"""A date of filling lies from the first on and before the last."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One document behind a score: name, document number, date, file or page, all as written."""

    name: str = ""
    number: str = ""
    date: str = ""
    page: str = ""

    def __bool__(self) -> bool:
        return any((self.name, self.number, self.date, self.page))

    def text(self) -> str:
        """All of it in one line."""
        return "，".join(part for part in (self.name, self.number, self.date, self.page) if part)


EVIDENCE_PARTS: tuple[EvidencePart, ...] = get_args(EvidencePart)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Checked inputs. A blank field is absent, never None and never zero.

    ``reasons`` are texts by indicator id, ``evidence`` the lines of its documents (a blank line is an
    empty :class:`Evidence`), ``tables`` the rows of each detail table from the first (a blank row is empty).
    """

    values: Mapping[str, FieldValue]
    reasons: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    tables: Mapping[str, tuple[TableRow, ...]] = field(default_factory=dict)

    def number(self, field_id: str) -> Decimal | None:
        """The number in a numeric field, or None while it is blank."""
        value = self.values.get(field_id)
        return value if isinstance(value, Decimal) else None

    def word(self, field_id: str) -> str | None:
        """The text or choice in a field, or None while it is blank."""
        value = self.values.get(field_id)
        return value if isinstance(value, str) else None

    def row(self, table: str, number: int) -> TableRow:
        """A row of a table, from 1; empty where nothing was filled in."""
        rows = self.tables.get(table, ())
        return rows[number - 1] if number <= len(rows) else {}

    def at(self, key: Key) -> FieldValue | None:
        """The value of an input cell. Raises ValueError for a key that is no input."""
        match key.sort:
            case Sort.INPUT:
                return self.values.get(key.id)
            case Sort.REASON:
                return self.reasons.get(key.id)
            case Sort.DOCUMENTS:
                return "\n".join(one.text() for one in self.evidence.get(key.id, ()) if one) or None
            case Sort.DOCUMENT:
                lines = self.evidence.get(key.id, ())
                return (
                    (getattr(lines[key.number - 1], key.part) or None) if key.number <= len(lines) else None
                )
            case Sort.CELL:
                return self.row(key.id, key.number).get(key.part)
        raise ValueError(f"{key} is no input")

    def cells(self) -> Iterator[tuple[Key, FieldValue]]:
        """The values of the input cells, by key; all others are blank, and some of these."""
        for field_id, value in self.values.items():
            yield Key.input(field_id), value
        for indicator, reason in self.reasons.items():
            yield Key.reason(indicator), reason
        for indicator, lines in self.evidence.items():
            yield Key.documents(indicator), "\n".join(one.text() for one in lines if one)
            for number, line in enumerate(lines, 1):
                for part in EVIDENCE_PARTS:
                    yield Key.document(indicator, number, part), getattr(line, part)
        for table, rows in self.tables.items():
            for number, row in enumerate(rows, 1):
                for column, value in row.items():
                    yield Key.cell(table, number, column), value


def inputs_from(cells: Mapping[Key, FieldValue]) -> Inputs:
    """The inputs whose cells hold these values. Raises ValueError for a key that is no input."""
    values: dict[str, FieldValue] = {}
    reasons: dict[str, str] = {}
    evidence: dict[str, dict[int, dict[str, str]]] = {}
    tables: dict[str, dict[int, dict[str, FieldValue]]] = {}
    for key, value in cells.items():
        match key.sort:
            case Sort.INPUT:
                values[key.id] = value
            case Sort.REASON:
                reasons[key.id] = str(value)
            case Sort.DOCUMENTS:
                lines = {number: {"name": name} for number, name in enumerate(str(value).split("\n"), 1)}
                evidence[key.id] = lines
            case Sort.DOCUMENT:
                evidence.setdefault(key.id, {}).setdefault(key.number, {})[key.part] = str(value)
            case Sort.CELL:
                tables.setdefault(key.id, {}).setdefault(key.number, {})[key.part] = value
            case _:
                raise ValueError(f"{key} is no input")
    return Inputs(
        values,
        reasons,
        {one: tuple(Evidence(**parts) for parts in _in_order(lines)) for one, lines in evidence.items()},
        {one: _in_order(rows) for one, rows in tables.items()},
    )


def _in_order(lines: Mapping[int, dict[str, T]]) -> tuple[dict[str, T], ...]:
    """Lines by number from 1 as a sequence; those between that are missing are empty."""
    return tuple(lines.get(number, {}) for number in range(1, max(lines) + 1))


BLANK = Inputs({})
"""The rubric before anybody has filled in anything."""
