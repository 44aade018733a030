"""Rows of a received sheet: each cell read once and in its own place."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import Element

from openpyxl.utils.datetime import from_ISO8601, to_excel

from workbook.addresses import LAST_COLUMN, LAST_ROW, column_of, letters_of
from workbook.template.model import Formula
from workbook.xlsx_reader.follower import Follower
from workbook.xlsx_reader.grammar import Checked, decimal, truth
from workbook.xlsx_reader.grammar_sheet import SHEET
from workbook.xlsx_reader.received import CellValue, Run
from workbook.xlsx_reader.strings import TextReader, decoded, is_plain_item
from workbook.xlsx_reader.xml import PartProblem

MAX_ROW, MAX_COL = 20_000, 512
"""Rows and columns within which blank cells are kept with their style, and columns with their width; beyond,
only what holds something.
"""

_PLACE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
"""Numbers as spreadsheets read them; Python's own reading takes more texts for one."""

_EXACT = 2**53
"""Spreadsheets hold binary doubles only."""

DAYS_1904 = 1462
"""Days between the two epochs of spreadsheets' dates."""

_TRUE = {"1", "true"}
_BLANK = " \t\r\n"
"""Blanks of XML; Python takes more characters for one."""
_PICTURE = "#VALUE!"
"""The value of a cell for programs that do not know the picture in it."""

_KNOWN_ROW = frozenset({"r", "spans"})
_ALWAYS_CALCULATED = {"aca": "false"}
_KNOWN_CELL = frozenset({"r", "s", "t"})


@dataclass(slots=True)
class SheetRow:
    """A row by A1 address. ``strings``: cells with the number of a shared string, and whether it is the saved
    value of a formula. ``styles``: the number of every cell's style, blank ones too. ``heights`` in points
    by row, where it says one.
    """

    line: int
    hidden: bool = False
    heights: dict[int, float] = field(default_factory=dict)
    collapsed: bool = False
    phonetic: bool = False
    styles: dict[str, str] = field(default_factory=dict)
    cells: dict[str, CellValue | Formula] = field(default_factory=dict)
    cached: dict[str, CellValue] = field(default_factory=dict)
    strings: list[tuple[str, int, bool]] = field(default_factory=list)
    used: frozenset[str] = frozenset()
    far: str = ""
    dates: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    rich: tuple[tuple[str, tuple[Run, ...]], ...] = ()


class RowReader:
    """Reads the rows of one sheet, in their order. Raises PartProblem."""

    def __init__(self, part: Checked, texts: TextReader, *, epoch_1904: bool) -> None:
        self.part = part
        self.texts = texts
        self.epoch = DAYS_1904 if epoch_1904 else 0
        self.shared: dict[str, tuple[str, str]] = {}
        self.tags = {part.space + tag: tag for tag in ("f", "v", "is")}
        self.cell_tag, self.value_tag, self.formula_tag = (part.space + tag for tag in "cvf")
        self.line = 0
        self.columns: dict[str, int] = {}

    def read(self, element: Element) -> SheetRow:
        """Read a row; a row or cell without a position follows the one before.

        Raises PartProblem for unknown content and for a cell that stands twice.
        """
        if not element.attrib.keys() <= _KNOWN_ROW:
            SHEET.attributes(self.part, element, "row")
        told = element.get("r")
        self.line = self.line + 1 if told is None else self._line(told)
        row = SheetRow(
            self.line,
            hidden=truth(element, "hidden"),
            collapsed=truth(element, "collapsed"),
            phonetic=truth(element, "ph"),
        )
        height = decimal(element, "ht")
        if height is not None:
            row.heights[self.line] = height
            row.hidden = row.hidden or height <= 0
        number, column, styles = str(self.line), 0, row.styles
        # text between the cells, looked for in one string, as there is nearly never any
        if "".join([element.text or "", *(cell.tail or "" for cell in element)]).strip(_BLANK):
            raise self.part.unknown("row", "文字")
        for cell in element:
            if cell.tag != self.cell_tag:
                if self.part.local(cell) == "extLst":
                    continue
                raise self.part.unknown("row", str(cell.tag).rpartition("}")[2])
            if not cell.attrib.keys() <= _KNOWN_CELL:
                SHEET.element(self.part, cell, "c")
            get = cell.attrib.get
            ref = get("r") or f"{letters_of(column + 1)}{number}"
            column = self._column(ref, number)
            if ref in styles or ref in row.cells:
                raise PartProblem("CELL_TWICE", part=self.part.name, ref=ref)
            if cell.text and cell.text.strip(_BLANK):
                raise self.part.unknown("c", "文字")
            if len(cell):
                self._content(row, cell, ref)
            if column <= MAX_COL and self.line <= MAX_ROW:
                styles[ref] = get("s", "0").strip()
            else:
                row.far = row.far or ref
        row.used = frozenset(styles.values())
        return row

    def _line(self, text: str) -> int:
        text = text.strip().removeprefix("+")
        if not text.isdecimal() or not text.isascii() or not 0 < int(text[:9]) <= LAST_ROW:
            raise PartProblem("ROW_NUMBER", part=self.part.name, number=text[:20])
        return int(text)

    def _column(self, ref: str, row: str) -> int:
        letters = ref[: -len(row)]
        known = self.columns.get(letters)
        if known is not None and ref.endswith(row) and len(ref) == len(letters) + len(row):
            return known
        match = _PLACE.fullmatch(ref)
        if match is None:
            raise self._unreadable(ref, "位置")
        if match[2] != row or not ref[: len(match[1])].isupper():
            raise PartProblem("CELL_MISPLACED", part=self.part.name, row=row, ref=ref[:20])
        column = column_of(match[1])
        if column > LAST_COLUMN:
            raise PartProblem("CELL_BEYOND", ref=ref[:20])
        self.columns[match[1]] = column
        return column

    def _content(self, row: SheetRow, cell: Element, ref: str) -> None:
        """A cell's formula, saved value or constant. Raises PartProblem for one that cannot be read."""
        formula, inline, text = self._parts(cell, ref)
        kind = cell.get("t", "n").strip()
        if (inline is not None and (kind != "inlineStr" or text is not None)) or (
            kind == "inlineStr" and formula is not None
        ):
            raise self._unreadable(ref, "类型")
        value: CellValue | None = None
        if inline is not None:
            value, runs = self.texts.item(self.part, inline)
            if runs:
                row.rich = (*row.rich, (ref, runs))
        elif text and kind == "s":
            row.strings.append((ref, self._index(text.strip(_BLANK), ref), formula is not None))
        elif text:
            value = self._value(kind, text, ref)
        if "vm" in cell.attrib and kind != "e":  # programs that know rich values show them, and not this one
            raise self.part.unknown("c", "vm")
        if cell.get("ph", "0").strip() in _TRUE:
            row.rich = (*row.rich, (ref, (Run(phonetic=True),)))
        if kind == "d" and value is not None:
            row.dates = (*row.dates, ref)
        if kind == "e" and "vm" in cell.attrib and text == _PICTURE:
            row.pictures = (*row.pictures, ref)
        if formula is not None:
            row.cells[ref] = self._formula(formula, ref)
        if value is not None:
            (row.cells if formula is None else row.cached)[ref] = value

    def _parts(self, cell: Element, ref: str) -> tuple[Element | None, Element | None, str | None]:
        """A cell's formula, text in place and text of ``v``, each once and plain. Raises PartProblem."""
        first, last = cell[0], cell[-1]
        if last.tag == self.value_tag and not (last.attrib or last.tail or len(last)):  # as nearly all are
            if first is last:
                return None, None, last.text or ""
            formula = len(cell) == 2 and first.tag == self.formula_tag
            if formula and not (first.attrib or first.tail or len(first)):
                return first, None, last.text or ""
        found: dict[str, Element] = {}
        for child in cell:
            tag = self.tags.get(child.tag)
            if child.tail and child.tail.strip(_BLANK):
                raise self.part.unknown("c", "文字")
            if tag is None:
                if self.part.local(child) != "extLst":
                    raise self.part.unknown("c", str(child.tag).rpartition("}")[2])
                continue
            if tag in found or (tag == "f" and "v" in found):  # after its value, some programs miss a formula
                raise PartProblem("CELL_CONTENT_TWICE", part=self.part.name, ref=ref, what=tag)
            found[tag] = child
            if tag == "is" or child.attrib:
                if not self._is_plain(child, tag):
                    SHEET.element(self.part, child, tag)
            elif len(child):
                raise self.part.unknown(tag, str(child[0].tag).rpartition("}")[2])
        value = found.get("v")
        return found.get("f"), found.get("is"), None if value is None else value.text or ""

    def _is_plain(self, child: Element, tag: str) -> bool:
        """Whether an element is one of those that openpyxl and LibreOffice write for every cell."""
        if tag == "is":
            return is_plain_item(child, self.part.space + "t")
        return child.attrib == _ALWAYS_CALCULATED and not len(child)

    def _index(self, text: str, ref: str) -> int:
        if not text.isdecimal() or not text.isascii() or len(text) > 9:
            raise self._unreadable(ref, "文字")
        return int(text)

    def _value(self, kind: str, text: str, ref: str) -> CellValue:
        match kind:
            case "n":
                number = number_of(text.strip(_BLANK))
                if number is None:
                    raise self._unreadable(ref, "数字")
                return number
            case "str" | "inlineStr" | "e":
                return decoded(self.part.name, text)
            case "b":
                told = truth_of(text.strip(_BLANK))
                if told is None:
                    raise self._unreadable(ref, "逻辑值")
                return told
            case "d":
                return self._date(text, ref)
        raise self._unreadable(ref, "类型")

    def _date(self, text: str, ref: str) -> CellValue:
        """A date written as such, as the serial number that other programs write. Raises PartProblem."""
        try:
            value = from_ISO8601(text.strip())  # type: ignore[no-untyped-call]
        except (ValueError, TypeError) as error:
            raise self._unreadable(ref, "日期") from error
        if not isinstance(value, datetime | date | time | timedelta):
            raise self._unreadable(ref, "日期")
        serial = float(to_excel(value)) - self.epoch  # type: ignore[no-untyped-call]
        return int(serial) if serial.is_integer() else serial

    def _formula(self, element: Element, ref: str) -> Formula:
        text, kind = element.text or "", element.get("t", "normal").strip()
        match kind:
            case "normal":
                return Formula(f"={text}")
            case "dataTable":
                return Formula("=TABLE()")
            case "array":
                whole = element.get("ref") in {ref, f"{ref}:{ref}"}
                return Formula(f"={text}" if whole else f"={{={text}}}")
            case "shared":
                return self._shared(element.get("si", "").strip(), text, ref, first="ref" in element.attrib)
        raise self._unreadable(ref, "公式")

    def _shared(self, index: str, text: str, ref: str, *, first: bool) -> Formula:
        """The first cell of a shared formula has its text, the others shift it. Raises PartProblem."""
        if first == (index in self.shared) or (text and not first):
            raise PartProblem("SHARED_FORMULA", part=self.part.name, index=index[:20])
        if first:
            self.shared[index] = (f"={text}", ref)
            return Formula(f"={text}")
        return Follower.of(*self.shared[index], ref)

    def _unreadable(self, ref: str, what: str) -> PartProblem:
        return unreadable(self.part.name, ref, what)


def number_of(text: str) -> CellValue | None:
    """The number that a text without blanks around it is to spreadsheets; None for none."""
    if not _NUMBER.fullmatch(text):
        return None
    if text.lstrip("+-").isdecimal() and len(text) < 400:
        whole = int(text)
        if abs(whole) <= _EXACT:
            return whole
    number = float(text)
    return number if math.isfinite(number) else str(number)


def truth_of(text: str) -> bool | None:
    """The truth that a text without blanks around it is; None for none."""
    return text in _TRUE if text in {"0", "1", "true", "false"} else None


def unreadable(name: str, ref: str, what: str) -> PartProblem:
    """For a cell of which something cannot be read."""
    return PartProblem("CELL_UNREADABLE", part=name, ref=ref[:20], what=what)
