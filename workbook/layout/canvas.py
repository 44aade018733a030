"""A sheet on the drawing board: which cell holds which text, input or quantity, and how it looks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from workbook.addresses import address
from workbook.layout.letters import MAYBE_WIDE, width_of
from workbook.rubric.fields import Field
from workbook.rubric.keys import AreaKey, Key

PAGE_WIDTH, PAGE_HEIGHT = 784.0, 494.0
"""Points that A4 across has inside its margins."""

LINE_HEIGHT = 16.5
"""Points of one line of text at the body's size of 10.5."""


@dataclass(frozen=True, slots=True)
class Input:
    """A cell for the officer."""

    key: Key


@dataclass(frozen=True, slots=True)
class Quantity:
    """A cell with a formula."""

    key: Key


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a cell of another sheet, or to the cell of an input or a quantity."""

    text: str
    sheet: str = ""
    key: Key | None = None
    cell: str = "A1"


@dataclass(frozen=True, slots=True)
class Target:
    """A text: the address of the cell of an input or a quantity, as links write it."""

    key: Key


@dataclass(frozen=True, slots=True)
class IdentityCell:
    """A cell of the hidden sheet that holds one part of the workbook's identity."""

    part: str


Content: TypeAlias = str | Decimal | Input | Quantity | Link | Target | IdentityCell | None

Line: TypeAlias = Sequence[tuple[Content, str]]
"""Contents of the cells of a row, from the left, each with its style."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell from 0/0, possibly merged down to ``last_row``/``last_col``."""

    row: int
    col: int
    content: Content
    style: str
    last_row: int
    last_col: int

    @property
    def ref(self) -> str:
        """The A1 address of its first cell."""
        return address(self.row, self.col)

    @property
    def merged(self) -> bool:
        """Whether it spans more than one cell."""
        return (self.row, self.col) != (self.last_row, self.last_col)

    @property
    def range(self) -> str:
        """The A1 range that it covers."""
        return f"{self.ref}:{address(self.last_row, self.last_col)}"


@dataclass(frozen=True, slots=True)
class Area:
    """Cells of one column, rows and column from 0, both rows included."""

    first: int
    last: int
    col: int

    @property
    def range(self) -> str:
        """The A1 range."""
        return f"{address(self.first, self.col)}:{address(self.last, self.col)}"


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of a share by name, over the cells from ``row``/``col`` on; sizes in points."""

    title: str
    names: Area
    shares: Area
    row: int
    col: int
    height: float


@dataclass(slots=True)
class Sheet:
    """A sheet with its cells in writing order. Widths in characters, heights in points.

    ``areas`` are the ranges that formulas look at, by key; ``states`` those that light up by what they
    say; ``columns`` the inputs of detail tables with their fields. ``breaks`` are rows that begin a page.
    ``hidden_while_equal``: where two columns hold the same number, these other columns look empty.
    ``pages_wide``: more than one repeat the frozen columns on each page.
    """

    title: str
    widths: tuple[float, ...]
    hidden: bool = False
    landscape: bool = False
    one_page: bool = False
    pages_wide: int = 1
    freeze_rows: int = 0
    freeze_cols: int = 0
    repeat_rows: tuple[int, int] | None = None
    cells: list[Cell] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    areas: dict[AreaKey, Area] = field(default_factory=dict)
    states: list[Area] = field(default_factory=list)
    columns: list[tuple[Area, Field]] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    hidden_while_equal: tuple[Area, Area, tuple[int, ...]] | None = None
    default_height: float | None = None
    filtered: tuple[int, int, int, int] | None = None
    row: int = 0

    def put(
        self,
        row: int,
        col: int,
        content: Content,
        style: str,
        *,
        last_row: int | None = None,
        last_col: int | None = None,
    ) -> None:
        """Place ``content``, merged down and right to the given ends."""
        end_row = row if last_row is None else last_row
        end_col = col if last_col is None else last_col
        self.cells.append(Cell(row, col, content, style, end_row, end_col))

    def line(self, contents: Iterable[tuple[Content, str]], *, least: float = 20.0) -> int:
        """Place a row of single cells at the current row and move on; returns the row."""
        row, height = self.row, least
        for col, (content, style) in enumerate(contents):
            if style:
                self.put(row, col, content, style)
                if isinstance(content, str):
                    height = max(height, text_height(content, self.widths[col]))
        self.heights[row] = height
        self.row += 1
        return row

    def banner(self, content: Content, style: str, *, height: float, first_col: int = 0) -> int:
        """Place one cell over the whole width at the current row and move on; returns the row."""
        row = self.row
        self.put(row, first_col, content, style, last_col=len(self.widths) - 1)
        self.heights[row] = height
        self.row += 1
        return row


def page_breaks(sheet: Sheet, starts: list[int]) -> list[int]:
    """Rows that must begin a page so that no block is cut; ``starts`` are the blocks' first rows.

    Reckoned for A4 across, the sheet as wide as the page; the same rows fit on A3, which has the same shape.
    A block that is higher than a page begins one.
    """
    usual = sheet.default_height or 15.0
    width = sum(one * 7 + 5 for one in sheet.widths) * 0.75
    first, last = sheet.repeat_rows or (0, -1)
    repeated = sum(sheet.heights.get(row, usual) for row in range(first, last + 1))
    room = PAGE_HEIGHT / min(1.0, PAGE_WIDTH / width) * 0.96
    breaks = []
    filled = sum(sheet.heights.get(row, usual) for row in range(starts[0])) if starts else 0.0
    for start, end in zip(starts, [*starts[1:], sheet.row], strict=True):
        height = sum(sheet.heights.get(row, usual) for row in range(start, end))
        if filled + height > room and start != starts[0]:
            breaks.append(start)
            filled = repeated
        filled += height
    return breaks


def text_height(text: str, width: float) -> float:
    """Points that ``text`` needs when wrapped in a column ``width`` characters wide."""
    room = max(width - 3, 1)  # the indent and the cell's own margins
    lines = sum(max(1, math.ceil(text_width(part) / room)) for part in text.split("\n"))
    return lines * LINE_HEIGHT + 5


def text_width(text: str) -> float:
    """Width of ``text`` in characters of the default font; East Asian characters count about double."""
    return width_of(text, wide=21, narrow=11, classes=MAYBE_WIDE) / 10
