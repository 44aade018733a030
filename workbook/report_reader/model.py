"""The parts of a document, and what is read from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from workbook.report_reader.flow import Flow


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a passage or figure: the line or paragraph from 1, the page if known, a table's cell.

    ``mark`` is how the document's own format knows the paragraph again.
    """

    line: int
    page: int | None = None
    row: int | None = None
    column: int | None = None
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A line or a paragraph."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells; a cell that others are merged into is repeated or left blank."""

    rows: tuple[tuple[Passage, ...], ...]


Block: TypeAlias = Passage | Grid
Kind: TypeAlias = Literal["text", "docx", "pdf"]


@dataclass(frozen=True, slots=True)
class Document:
    """A report as text and tables in reading order."""

    kind: Kind
    blocks: tuple[Block, ...]

    def passages(self) -> Iterator[Passage]:
        """Every passage, those in tables as well."""
        for block in self.blocks:
            if isinstance(block, Passage):
                yield block
            else:
                for row in block.rows:
                    yield from row


class Unit(StrEnum):
    """The unit of a number."""

    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    COUNT = "count"
    NONE = "none"


Bound: TypeAlias = Literal["=", "about", ">", ">=", "<", "<="]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A printed number: ``text`` as it stands, ``value`` in 万元, as a fraction of one, or plain.

    ``start`` and ``end`` are its digits in the line of thought that it was found in, ``after`` is where its
    unit ends. ``places`` are the decimals of ``value`` that the print shows. ``value`` is None when the text
    is no number.
    """

    text: str
    value: Decimal | None
    unit: Unit
    unit_text: str
    places: int
    start: int
    end: int
    after: int
    bound: Bound = "="

    def within(self, unit: Unit, unit_text: str, value: Decimal | None, places: int) -> Numeral:
        """The same number with the unit that its list or its table gives it."""
        return replace(self, unit=unit, unit_text=unit_text, value=value, places=places)


TargetKind: TypeAlias = Literal[
    "field", "rate", "score", "points", "deduction", "table", "total", "total_points", "group_points"
]


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """The meaning of a figure: a field, rate or indicator by id, a table's cell by table, row and column."""

    kind: TargetKind
    id: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else self.kind


class Told(StrEnum):
    """The verdict on a statement."""

    AGREE = "agree"
    DIFFER = "differ"
    CONTRADICT = "contradict"
    ARITHMETIC = "arithmetic"
    UNDECIDED = "undecided"


@dataclass(slots=True)
class Statement:
    """A figure that means something of the rubric.

    ``start`` and ``end`` place its digits in the passage at ``place``; ``sentence`` numbers the sentence or
    the table that it stands in. ``year`` is the year that the sentence speaks of, when it is another one.
    """

    target: Target
    numeral: Numeral
    place: Place
    quote: str
    start: int
    end: int
    sentence: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A number that means nothing of the rubric, or nothing that could be told; ``why`` in short."""

    numeral: Numeral
    place: Place
    quote: str
    start: int
    end: int
    sentence: int
    why: str
    around: str = ""


@dataclass(slots=True)
class Reading:
    """All figures of a report."""

    document: Document
    statements: list[Statement] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    grids: list[ReadGrid] = field(default_factory=list)
    flows: list[tuple[Flow, list[Numeral]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReadGrid:
    """A table whose columns are figures: heads, the rows' heads, the number in each cell or None."""

    title: str
    heads: tuple[str, ...]
    names: tuple[str, ...]
    figures: tuple[tuple[Numeral | None, ...], ...]
    cells: tuple[tuple[Passage, ...], ...]
    sentence: int
