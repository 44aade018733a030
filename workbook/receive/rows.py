"""Rows of a received sheet: each cell read once and in its own place."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import Element

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_ISO8601, to_excel

from workbook.receive.received import CellValue
from workbook.receive.xml import RESAVE, PartProblem, Reading
from workbook.template import Formula

MAX_ROW = 20_000
MAX_COL = 512
MAX_SHARED = 1_000_000
"""Characters of shared formulas in a sheet, written out for each of their cells."""

_COLUMN = {get_column_letter(number): number for number in range(1, MAX_COL + 1)}
_PLACE = re.compile(r"([A-Za-z]{1,8})(\d{1,12})", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
"""What a number looks like to spreadsheets; Python's own reading takes more for one."""

_EXACT = 2**53
"""Spreadsheets hold binary doubles only."""

DAYS_1904 = 1462
"""Days between the two epochs of spreadsheets' dates."""

TRUE = {"1", "true"}


@dataclass(slots=True)
class Row:
    """A row by A1 address. ``strings``: cells with the number of a shared string, and whether it is the saved
    value of a formula. ``styles``: the number of every cell's style, blank ones too.
    """

    line: int
    hidden: bool
    styles: dict[str, str] = field(default_factory=dict)
    cells: dict[str, CellValue | Formula] = field(default_factory=dict)
    cached: dict[str, CellValue] = field(default_factory=dict)
    strings: list[tuple[str, int, bool]] = field(default_factory=list)
    used: frozenset[str] = frozenset()


class RowReader:
    """Reads the rows of one sheet, in their order; raises PartProblem."""

    def __init__(self, part: Reading, *, epoch_1904: bool) -> None:
        self.part = part
        self.epoch = DAYS_1904 if epoch_1904 else 0
        self.shared: dict[str, tuple[str, str]] = {}
        self.written_out = 0
        self.tags = {part.space + tag: tag for tag in ("f", "v", "is")}
        self.line = 0

    def read(self, element: Element) -> Row:
        """A row; the position of one, or of a cell, that tells none follows from the one before."""
        told = element.get("r")
        self.line = self.line + 1 if told is None else whole(self.part, told)
        row = Row(self.line, element.get("hidden") in TRUE or element.get("ht") == "0")
        number, column, styles = str(self.line), 0, row.styles
        cell_tag = self.part.space + "c"
        for cell in element:
            if cell.tag != cell_tag:
                raise self.part.misplaced(cell, element)
            get = cell.attrib.get
            ref = get("r")
            if ref is None:
                column += 1
                ref = f"{get_column_letter(column)}{number}"
            else:
                column = _COLUMN.get(ref[: -len(number)], 0) if ref.endswith(number) else 0
            if not column or column > MAX_COL or self.line > MAX_ROW:
                raise self._outside(ref, number)
            if ref in styles:
                raise PartProblem(f"部件 {self.part.name} 中单元格 {ref} 出现两次", RESAVE)
            styles[ref] = get("s", "0")
            if len(cell):
                self._content(row, cell, ref)
        row.used = frozenset(styles.values())
        return row

    def _outside(self, ref: str, row: str) -> PartProblem:
        match = _PLACE.fullmatch(ref)
        if match is None:
            return self._unreadable(ref, "位置")
        letters, line = match[1].upper(), int(match[2])
        if str(line) != row and line <= MAX_ROW and letters in _COLUMN:
            return PartProblem(f"部件 {self.part.name} 第 {row} 行中单元格 {ref[:20]} 位置不对", RESAVE)
        return PartProblem(f"单元格 {ref[:20]} 超出允许范围", "请删去表格以外很远处的内容。")

    def _content(self, row: Row, cell: Element, ref: str) -> None:
        """A cell's formula, saved value or constant; each stands once."""
        formula = inline = text = None
        for child in cell:
            tag = self.tags.get(child.tag)
            if tag == "v" and text is None:
                text = child.text or ""
            elif tag == "f" and formula is None:
                formula = child
            elif tag == "is" and inline is None:
                inline = child
            elif tag is not None:
                raise PartProblem(f"部件 {self.part.name} 单元格 {ref} 中 {tag} 出现两次", RESAVE)
            elif child.tag != self.part.space + "extLst":
                raise self.part.misplaced(child, cell)
        kind = cell.get("t", "n")
        value: CellValue | None = None
        if inline is not None:
            value = self.part.text(inline) if kind == "inlineStr" else None
        elif text and kind == "s":
            row.strings.append((ref, self._index(text.strip(), ref), formula is not None))
        elif text:
            value = self._value(kind, text, ref)
        if formula is not None:
            row.cells[ref] = Formula(self._formula(formula, ref))
        if value is not None:
            (row.cells if formula is None else row.cached)[ref] = value

    def _index(self, text: str, ref: str) -> int:
        if not text.isdecimal() or not text.isascii() or len(text) > 9:
            raise self._unreadable(ref, "文字")
        return int(text)

    def _value(self, kind: str, text: str, ref: str) -> CellValue:
        match kind:
            case "n":
                return self._number(text.strip(), ref)
            case "str" | "inlineStr" | "e":
                return text
            case "b":
                if text.strip() not in {"0", "1", "true", "false"}:
                    raise self._unreadable(ref, "逻辑值")
                return text.strip() in TRUE
            case "d":
                return self._date(text, ref)
        raise self._unreadable(ref, "类型")

    def _number(self, text: str, ref: str) -> CellValue:
        if not _NUMBER.fullmatch(text):
            raise self._unreadable(ref, "数字")
        if text.lstrip("+-").isdecimal() and len(text) < 400:
            whole = int(text)
            if abs(whole) <= _EXACT:
                return whole
        number = float(text)
        return number if math.isfinite(number) else str(number)

    def _date(self, text: str, ref: str) -> CellValue:
        """A date that is written as such, as the serial number that other programs write."""
        try:
            value = from_ISO8601(text.strip())  # type: ignore[no-untyped-call]
        except (ValueError, TypeError) as error:
            raise self._unreadable(ref, "日期") from error
        if not isinstance(value, datetime | date | time | timedelta):
            raise self._unreadable(ref, "日期")
        serial = float(to_excel(value)) - self.epoch  # type: ignore[no-untyped-call]
        return int(serial) if serial.is_integer() else serial

    def _formula(self, element: Element, ref: str) -> str:
        text, kind = element.text or "", element.get("t", "normal")
        match kind:
            case "normal":
                return f"={text}"
            case "dataTable":
                return "=TABLE()"
            case "array":
                return f"={text}" if element.get("ref") in {ref, f"{ref}:{ref}"} else f"={{={text}}}"
            case "shared":
                return self._shared(element.get("si", ""), text, ref, first="ref" in element.attrib)
        raise self._unreadable(ref, "公式")

    def _shared(self, index: str, text: str, ref: str, *, first: bool) -> str:
        """The first cell of a shared formula has its text, the others shift it."""
        if first == (index in self.shared) or (text and not first):
            raise PartProblem(f"部件 {self.part.name} 中共享公式 {index[:20]} 有歧义", RESAVE)
        if first:
            self.shared[index] = (f"={text}", ref)
            return f"={text}"
        formula, origin = self.shared[index]
        self.written_out += len(formula)
        if self.written_out > MAX_SHARED:
            raise PartProblem(f"部件 {self.part.name} 中共享公式过多", "请使用下发的原文件。")
        try:
            return str(Translator(formula, origin).translate_formula(ref))
        except (TokenizerError, TranslatorError, ValueError, IndexError) as error:
            raise self._unreadable(ref, "公式") from error

    def _unreadable(self, ref: str, what: str) -> PartProblem:
        return unreadable(self.part.name, ref, what)


def unreadable(name: str, ref: str, what: str) -> PartProblem:
    """For a cell of which something cannot be read."""
    return PartProblem(f"工作簿内容无法读取：部件 {name} 单元格 {ref[:20]} 的{what}", RESAVE)


def whole(part: Reading, text: str) -> int:
    """A number of a row or column; raises PartProblem."""
    if not text.isdecimal() or not text.isascii() or len(text) > 7:
        raise PartProblem(f"工作簿内容无法读取：部件 {part.name} 中的行列号 {text[:20]}", RESAVE)
    return int(text)
