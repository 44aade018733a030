"""A received workbook as plain data: what its cells hold, and what anyone sees of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from workbook.addresses import letters_of
from workbook.template.model import Formula
from workbook.xlsx_reader.pages import Page

CellValue = float | int | bool | str


class Area(NamedTuple):
    """A rectangle of cells: columns and rows from 1, all included."""

    left: int
    top: int
    right: int
    bottom: int

    def meets(self, other: Area) -> bool:
        """Whether a cell lies in both."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def holds(self, other: Area) -> bool:
        """Whether all of ``other`` lies in this one."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True, slots=True)
class Look:
    """The look of the cells of a style: lock, number format, font, fill, alignment.

    Colours are ``RRGGBB``; ``fill`` is None for no fill, and ``pattern`` its kind. ``size`` in points.
    """

    locked: bool = True
    format: str = "General"
    font: str = "Calibri"
    size: float = 11.0
    bold: bool = False
    colour: str = "000000"
    struck: bool = False
    symbols: bool = False
    raised: str = ""
    fill: str | None = None
    pattern: str = "none"
    horizontal: str = "general"
    wrap: bool = False
    rotation: int = 0
    crossed: bool = False
    """A diagonal line goes through the cell."""
    indent: int = 0
    shrink: bool = False
    right_to_left: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """The font of a part of a text; None for what is as in the whole cell."""

    font: str | None = None
    size: float | None = None
    colour: str | None = None
    struck: bool = False
    symbols: bool = False
    raised: str = ""
    phonetic: bool = False
    """The cell shows the readings of its text, in small print above it."""
    reading: bool = False
    """The text has readings, which show where the cell, its row or its column says so."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: the cell on which it is, and what it says."""

    area: Area
    text: str

    @property
    def cell(self) -> str:
        """The cell's address."""
        return f"{letters_of(self.area.left)}{self.area.top}"


@dataclass(frozen=True, slots=True)
class Tint:
    """Changes that a conditional format makes; None for what it leaves."""

    format: str | None = None
    colour: str | None = None
    fill: str | None = None
    struck: bool = False
    font: str | None = None
    size: float | None = None
    odd: bool = False
    """Something beyond fonts, colours, weight and frames."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A conditional format: its condition, the cells it is for, what it changes.

    ``anchor`` is the cell from which relative references in ``formulas`` count.
    """

    kind: str
    operator: str
    formulas: tuple[str, ...]
    areas: tuple[Area, ...]
    anchor: str
    tint: Tint


@dataclass(frozen=True, slots=True)
class Chart:
    """The content of a chart: facts by their place in it, and the values it has saved of the cells it draws.

    ``unknown`` names elements that no chart of ours has and that are not known to be mere looks.
    """

    facts: frozenset[tuple[str, str]]
    saved: tuple[tuple[str, tuple[str, ...]], ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """Something drawn over a sheet: ``kind`` in Chinese, where it may lie (None: nowhere to be seen).

    ``area`` is generous: all cells that it could touch.
    """

    kind: str
    area: Area | None
    name: str = ""
    chart: Chart | None = None
    text: str = ""
    note: str = ""
    """The cell whose comment it is and looks like."""


@dataclass(frozen=True, slots=True)
class View:
    """The first view of a sheet, as far as it decides what can be seen."""

    zeros: bool = True
    formulas: bool = False
    right_to_left: bool = False
    frozen: tuple[int, int] = (0, 0)
    """Columns and rows that do not scroll."""
    scrolled: tuple[int, int] = (0, 0)
    """Columns and rows that lie before the frozen ones, and can never be scrolled to."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts of a sheet beside its rows; see the fields' own comments.

    ``links``: where a cell leads to, inside the workbook; ``""`` for anywhere else. ``hidden_columns`` by
    number from 1; ``widths`` in characters by column. ``added``: what only an own sheet may have, in Chinese.
    """

    protected: bool = False
    validated: tuple[Area, ...] = ()
    prompts: frozenset[tuple[str, str, tuple[Area, ...]]] = frozenset()
    """Title and text that appear beside a cell of the areas when it is chosen."""
    filter: Area | None = None
    criteria: bool = False
    """Whether a filter has conditions, which programs may apply again."""
    merges: frozenset[str] = frozenset()
    merged_cells: int = 0
    links: Mapping[str, str] = field(default_factory=dict)
    hidden_columns: frozenset[int] = frozenset()
    collapsed: bool = False
    """Groups that are closed, which some programs hide by themselves."""
    widths: Mapping[int, float] = field(default_factory=dict)
    default_width: float | None = None
    default_height: float | None = None
    zero_height: bool = False
    """Rows that say nothing are hidden."""
    views: tuple[View, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    drawings: frozenset[str] = frozenset()
    """The ids under which the sheet names its drawings."""
    header: Mapping[str, str] = field(default_factory=dict)
    """Headers and footers by their element's name, as they are written."""
    page: Page = field(default_factory=Page)
    calls: tuple[tuple[str, str], ...] = ()
    """Formulas beside the rows: the place, the text."""
    added: tuple[str, ...] = ()
    lotus: bool = False
    phonetic: bool = False
    """Some columns show the readings of their texts."""


@dataclass(slots=True)
class ReceivedSheet:
    """A sheet by A1 address. ``cells``: constants and formulas; ``cached``: the formulas' saved values.

    ``styles``: the style of every cell that the file holds, blank ones too, and ``by_style`` what it says.
    ``heights`` in points by row; ``hidden_rows`` by number from 1. ``dates``: cells written as dates;
    ``pictures``: cells that hold a picture; ``rich``: the fonts of the parts of a text, by cell.
    """

    title: str
    hidden: bool
    cells: dict[str, CellValue | Formula] = field(default_factory=dict)
    cached: dict[str, CellValue] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)
    by_style: Mapping[str, Look] = field(default_factory=dict)
    frame: Frame = field(default_factory=Frame)
    heights: dict[int, float] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    collapsed_rows: set[int] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    pictures: set[str] = field(default_factory=set)
    rich: dict[str, tuple[Run, ...]] = field(default_factory=dict)
    phonetic_rows: bool = False
    """Whether some row shows the readings of its texts."""
    things: tuple[Thing, ...] = ()
    comments: tuple[Comment, ...] = ()
    local_names: dict[str, str] = field(default_factory=dict)
    table_formulas: tuple[str, ...] = ()
    far: str = ""
    """A cell beyond the rows and columns that any template has, be it blank."""
    source: bytes = field(default=b"", compare=False)
    """A stand-in for all bytes that these cells and the frame, its headers apart, were read from; sheets of
    one source say the same. b"" where that is not known."""

    def look(self, ref: str) -> Look:
        """The look of a cell; one that the file does not hold looks like all."""
        style = self.styles.get(ref)
        return _PLAIN if style is None else self.by_style[style]

    @property
    def protected(self) -> bool:
        """Whether the sheet is protected."""
        return self.frame.protected


_PLAIN = Look()


@dataclass(slots=True)
class Received:
    """A received workbook; worksheets in their order, names with what they refer to.

    ``order``: the titles of all sheets, charts on sheets of their own too. ``calculation`` and ``windows``:
    what the file says of them, by attribute.
    """

    sheets: dict[str, ReceivedSheet]
    names: dict[str, str]
    properties: dict[str, str]
    order: tuple[str, ...] = ()
    epoch_1904: bool = False
    objects: str = ""
    """The things on sheets that are shown; "" for all of them."""
    calculation: dict[str, str] = field(default_factory=dict)
    windows: tuple[dict[str, str], ...] = ()
    digit: float = 5.25
    """Points of a digit in the font of the usual style: the unit of columns' widths."""
    route: bytes = field(default=b"", compare=False)
    """A stand-in for all by which readers find the sheets' parts; b"" where they might differ in it."""
    commands: tuple[str, ...] = ()
    """Names that run something when the file is opened, or that are functions of their own."""
