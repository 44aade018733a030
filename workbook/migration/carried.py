"""Inputs that a migration has carried, dropped and found new."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from workbook.data.typed import shown
from workbook.rubric.fields import Field, FieldKind
from workbook.rubric.inputs import FieldValue, Inputs
from workbook.rubric.keys import Key
from workbook.rubric.model import Rubric


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts of a rubric beside a field; ``clause`` only where the officer judges by it."""

    label: str
    help: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value as it stood in the old workbook; ``row`` is the row's number or label in a detail table."""

    field: Field
    value: FieldValue
    row: str = ""

    @property
    def plain(self) -> str:
        """The value for programs: numbers as exact decimals, dates as ISO."""
        return f"{self.value.normalize():f}" if isinstance(self.value, Decimal) else str(self.value)

    @property
    def text(self) -> str:
        """The value as an officer reads it, with its unit."""
        if not isinstance(self.value, Decimal):
            return str(self.value)
        unit = "" if self.field.kind is FieldKind.PERCENT else self.field.unit
        return f"{shown(self.field, self.value)}{unit and f' {unit}'}"


def figures_text(figures: tuple[Figure, ...]) -> str:
    """All of them in one text; those of a detail table with their rows."""
    return "；".join(f"{_row_text(one.row)}{one.text}" for one in figures)


def _row_text(row: str) -> str:
    if row.isdigit():
        return f"第 {row} 行 "
    return f"{row} " if row else ""


@dataclass(frozen=True, slots=True)
class Carried:
    """A field, or a column of a detail table, that stands in the new workbook as it stood in the old one.

    ``key`` is a field's input or a column; a column has a figure for each row carried.
    """

    key: Key
    old: Wording
    new: Wording
    figures: tuple[Figure, ...]

    @property
    def reworded(self) -> bool:
        """Whether the two rubrics say different things beside it."""
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class Added:
    """A field, or a column of a detail table, that only the new rubric has."""

    key: Key
    label: str
    help: str
    required: bool | Literal["conditional"]


@dataclass(frozen=True, slots=True)
class Dropped:
    """An input not carried, and the reason in Chinese; ``figures`` is empty where nothing was filled in."""

    key: Key
    label: str
    figures: tuple[Figure, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Migration:
    """Inputs of the rubric ``old`` under the rubric ``new``.

    ``inputs`` are valid in ``new`` and hold nothing but what ``carried`` lists, and the new fiscal year.
    ``blank`` are ids of fields that both have and nobody filled in; ``from_tables`` are blank fields that
    the new workbook takes from the rows carried. ``reasons`` and ``evidence`` count what stays behind.
    """

    old: Rubric
    new: Rubric
    inputs: Inputs
    carried: tuple[Carried, ...]
    added: tuple[Added, ...]
    dropped: tuple[Dropped, ...]
    blank: tuple[str, ...]
    from_tables: tuple[Carried, ...]
    reasons: int
    evidence: int
