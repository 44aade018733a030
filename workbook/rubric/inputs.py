"""What an officer has filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")

FieldValue: TypeAlias = Decimal | str | date
"""A number for the numeric kinds, 是/否 for yes/no, the chosen text, a text, or a date."""

Row: TypeAlias = Mapping[str, FieldValue]
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


EVIDENCE_PARTS = ("name", "number", "date", "page")


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Inputs:
    """Checked inputs. A blank field is absent, never None and never zero.

    ``reasons`` are texts by indicator id, ``evidence`` the lines of its documents (a blank line is an
    empty :class:`Evidence`), ``tables`` the rows of each detail table from the first (a blank row is empty).
    """

    values: Mapping[str, FieldValue]
    reasons: Mapping[str, str] = field(default_factory=_nothing)
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=_nothing)
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=_nothing)

    def number(self, field_id: str) -> Decimal | None:
        """The number in a numeric field, or None while it is blank."""
        value = self.values.get(field_id)
        return value if isinstance(value, Decimal) else None

    def word(self, field_id: str) -> str | None:
        """The text or choice in a field, or None while it is blank."""
        value = self.values.get(field_id)
        return value if isinstance(value, str) else None

    def row(self, table: str, number: int) -> Row:
        """A row of a table, from 1; empty where nothing was filled in."""
        rows = self.tables.get(table, ())
        return rows[number - 1] if number <= len(rows) else {}

    def at(self, key: str) -> FieldValue | None:
        """What stands in the input cell ``key``.

        Keys: a field id, ``reason.<indicator>``, ``evidence.<indicator>.<line>.<part>`` (or, in the first
        templates, ``evidence.<indicator>`` with a document per line), ``tables.<table>.<row>.<column>``.
        """
        head, *rest = key.split(".")
        match head, rest:
            case "reason", [indicator]:
                return self.reasons.get(indicator)
            case "evidence", [indicator]:
                return "\n".join(one.text() for one in self.evidence.get(indicator, ()) if one) or None
            case "evidence", [indicator, line, part]:
                lines = self.evidence.get(indicator, ())
                return (getattr(lines[int(line) - 1], part) or None) if int(line) <= len(lines) else None
            case "tables", [table, number, column]:
                return self.row(table, int(number)).get(column)
        return self.values.get(key)

    def cells(self) -> Iterator[tuple[str, FieldValue]]:
        """What stands in the input cells by the keys of ``at``; all others are blank, and some of these."""
        yield from self.values.items()
        for indicator, reason in self.reasons.items():
            yield f"reason.{indicator}", reason
        for indicator, lines in self.evidence.items():
            yield f"evidence.{indicator}", "\n".join(one.text() for one in lines if one)
            for number, line in enumerate(lines, 1):
                for part in EVIDENCE_PARTS:
                    yield f"evidence.{indicator}.{number}.{part}", getattr(line, part)
        for table, rows in self.tables.items():
            for number, row in enumerate(rows, 1):
                for column, value in row.items():
                    yield f"tables.{table}.{number}.{column}", value


def inputs_from(cells: Mapping[str, FieldValue]) -> Inputs:
    """The inputs whose cells hold these values, by the keys of :meth:`Inputs.at`."""
    values: dict[str, FieldValue] = {}
    reasons: dict[str, str] = {}
    evidence: dict[str, dict[int, dict[str, str]]] = {}
    tables: dict[str, dict[int, dict[str, FieldValue]]] = {}
    for key, value in cells.items():
        match key.split("."):
            case ["reason", indicator]:
                reasons[indicator] = str(value)
            case ["evidence", indicator]:
                lines = {number: {"name": name} for number, name in enumerate(str(value).split("\n"), 1)}
                evidence[indicator] = lines
            case ["evidence", indicator, line, part]:
                evidence.setdefault(indicator, {}).setdefault(int(line), {})[part] = str(value)
            case ["tables", table, number, column]:
                tables.setdefault(table, {}).setdefault(int(number), {})[column] = value
            case _:
                values[key] = value
    return Inputs(
        values,
        reasons,
        {key: tuple(Evidence(**parts) for parts in _in_order(lines)) for key, lines in evidence.items()},
        {key: _in_order(rows) for key, rows in tables.items()},
    )


def _in_order(lines: Mapping[int, dict[str, T]]) -> tuple[dict[str, T], ...]:
    """Lines by number from 1 as a sequence; those between that are missing are empty."""
    return tuple(lines.get(number, {}) for number in range(1, max(lines) + 1))


BLANK = Inputs({})
"""The rubric before anybody has filled in anything."""
