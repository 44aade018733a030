"""A sheet of a received workbook: its cells, each read once and in its own place."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import Element

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import from_ISO8601, to_excel

from workbook.receive.received import CellValue, Formula, Look, ReceivedSheet
from workbook.receive.xml import RESAVE, PartProblem, Reading, parse

MAX_ROW = 20_000
MAX_COL = 512
MAX_CELLS = 300_000
"""Cells of one workbook, those of merged areas too."""

MAX_SHARED = 2_000_000
"""Characters of shared formulas in a sheet, written out for each of their cells."""

_COLUMN = {get_column_letter(number): number for number in range(1, MAX_COL + 1)}
_PLACE = re.compile(r"([A-Za-z]{1,8})(\d{1,12})", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
"""What a number looks like to spreadsheets; Python's own reading takes more for one."""

_EXACT = 2**53
"""Spreadsheets hold binary doubles only."""

DAYS_1904 = 1462
"""Days between the two epochs of spreadsheets' dates."""

_TRUE = {"1", "true"}
_LINK_IDS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


class Budget:
    """How many cells a workbook may still have; raises PartProblem when they are used up."""

    def __init__(self) -> None:
        self.left = MAX_CELLS

    def use(self, cells: int) -> None:
        """Take ``cells`` off."""
        self.left -= cells
        if self.left < 0:
            raise PartProblem(f"单元格多于 {MAX_CELLS} 个", "请删去与评分无关的大量内容。")


def read_sheet(
    sheet: ReceivedSheet,
    name: str,
    content: bytes,
    *,
    strings: Sequence[str],
    looks: Sequence[Look],
    budget: Budget,
    epoch_1904: bool,
) -> None:
    """Read the part ``name`` into ``sheet``; raises PartProblem."""
    part = Reading(name, parse(name, content), "worksheet")
    _Cells(part, sheet, strings, looks, budget, epoch_1904).read()
    protection = part.only("sheetProtection")
    sheet.protected = protection is not None and protection.get("sheet") in _TRUE
    for one in part.children(part.only("mergeCells"), "mergeCell"):
        ref = one.get("ref", "")
        budget.use(_area(part, ref))
        sheet.merges.add(ref)
    for one in part.children(part.only("hyperlinks"), "hyperlink"):
        inside = not any(key in one.attrib for key in _LINK_IDS)
        sheet.links[one.get("ref", "").partition(":")[0]] = one.get("location", "") if inside else ""
    sheet.validated = any(
        one.get("sqref") for one in part.children(part.only("dataValidations"), "dataValidation")
    )
    sheet.filtered = part.only("autoFilter") is not None
    for one in part.children(part.only("cols"), "col"):
        if one.get("hidden") in _TRUE or one.get("width") == "0":
            first, last = (_whole(part, one.get(key, "1")) for key in ("min", "max"))
            sheet.hidden_columns.update(range(first, min(last, MAX_COL) + 1))


def _whole(part: Reading, text: str) -> int:
    """A number of a row or column."""
    if not text.isdecimal() or not text.isascii() or len(text) > 7:
        raise PartProblem(f"工作簿内容无法读取：部件 {part.name} 中的行列号 {text[:20]}", RESAVE)
    return int(text)


def _area(part: Reading, ref: str) -> int:
    """How many cells an area has."""
    try:
        first, top, last, bottom = range_boundaries(ref)
        return (int(last or 0) - int(first or 0) + 1) * (int(bottom or 0) - int(top or 0) + 1)
    except (ValueError, TypeError) as error:
        raise PartProblem(f"部件 {part.name} 中的区域 {ref[:20]} 无法读取", RESAVE) from error


class _Cells:
    def __init__(
        self,
        part: Reading,
        sheet: ReceivedSheet,
        strings: Sequence[str],
        looks: Sequence[Look],
        budget: Budget,
        epoch_1904: bool,
    ) -> None:
        self.part = part
        self.sheet = sheet
        self.strings = strings
        self.looks = {str(number): look for number, look in enumerate(looks)}
        self.budget = budget
        self.epoch = DAYS_1904 if epoch_1904 else 0
        self.shared: dict[str, tuple[str, str]] = {}
        self.written_out = 0
        self.tags = {part.space + tag: tag for tag in ("f", "v", "is")}

    def read(self) -> None:
        """All rows; the position of a row or cell that has none follows from the one before."""
        part, looks, seen = self.part, self.looks, self.sheet.looks
        cell_tag = part.space + "c"
        line = 0
        for row in part.children(part.only("sheetData"), "row"):
            number = row.get("r")
            line = line + 1 if number is None else _whole(part, number)
            number = str(line)
            if row.get("hidden") in _TRUE or row.get("ht") == "0":
                self.sheet.hidden_rows.add(line)
            self.budget.use(len(row))
            column = 0
            for cell in row:
                if cell.tag != cell_tag:
                    raise part.misplaced(cell, row)
                get = cell.attrib.get
                ref = get("r")
                if ref is None:
                    column += 1
                    ref = f"{get_column_letter(column)}{number}"
                else:
                    column = _COLUMN.get(ref[: -len(number)], 0) if ref.endswith(number) else 0
                if not column or column > MAX_COL or line > MAX_ROW:
                    raise self._outside(ref, number)
                if ref in seen:
                    raise PartProblem(f"部件 {part.name} 中单元格 {ref} 出现两次", RESAVE)
                look = looks.get(get("s", "0"))
                if look is None:
                    raise self._unreadable(ref, "样式")
                seen[ref] = look
                if len(cell):
                    self._content(cell, ref)

    def _outside(self, ref: str, row: str) -> PartProblem:
        match = _PLACE.fullmatch(ref)
        if match is None:
            return self._unreadable(ref, "位置")
        letters, line = match[1].upper(), int(match[2])
        if str(line) != row and line <= MAX_ROW and letters in _COLUMN:
            return PartProblem(f"部件 {self.part.name} 第 {row} 行中单元格 {ref[:20]} 位置不对", RESAVE)
        return PartProblem(f"单元格 {ref[:20]} 超出允许范围", "请删去表格以外很远处的内容。")

    def _content(self, cell: Element, ref: str) -> None:
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
        if inline is not None:
            value: CellValue | None = self.part.text(inline) if kind == "inlineStr" else None
        else:
            value = None if not text else self._value(kind, text, ref)
        if formula is not None:
            self.sheet.cells[ref] = Formula(self._formula(formula, ref))
            if value is not None:
                self.sheet.cached[ref] = value
        elif value is not None:
            self.sheet.cells[ref] = value

    def _value(self, kind: str, text: str, ref: str) -> CellValue:
        match kind:
            case "n":
                return self._number(text.strip(), ref)
            case "s":
                if not text.strip().isdecimal() or int(text) >= len(self.strings):
                    raise self._unreadable(ref, "文字")
                return self.strings[int(text)]
            case "str" | "inlineStr" | "e":
                return text
            case "b":
                if text.strip() not in {"0", "1", "true", "false"}:
                    raise self._unreadable(ref, "逻辑值")
                return text.strip() in _TRUE
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
        return PartProblem(f"工作簿内容无法读取：部件 {self.part.name} 单元格 {ref[:20]} 的{what}", RESAVE)
