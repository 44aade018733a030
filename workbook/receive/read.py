"""Read a received workbook into plain data: formulas, cached values, names, merges, protection."""

from __future__ import annotations

import io
import math
import re
import warnings
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet._reader import VALUE_TAG, WorkSheetParser
from openpyxl.worksheet.datavalidation import DataValidationList
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.protection import SheetProtection

from workbook.findings import Finding, Refused, found
from workbook.receive.gate import gate

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
"""What a number looks like to spreadsheets; Python's own reading takes more for one."""

_EXACT, _HUGE = 2**53, 10**300
"""Spreadsheets hold binary doubles only."""

CellValue = float | int | bool | str


@dataclass(frozen=True, slots=True)
class Formula:
    """The text of a formula, with ``=``."""

    text: str


@dataclass(slots=True)
class ReceivedSheet:
    """A sheet by A1 address. ``cells``: constants and formulas; ``cached``: the formulas' saved values.

    ``links``: where a cell leads to, inside the workbook; ``""`` for anywhere else.
    """

    title: str
    hidden: bool
    protected: bool = False
    cells: dict[str, CellValue | Formula] = field(default_factory=dict)
    cached: dict[str, CellValue] = field(default_factory=dict)
    merges: set[str] = field(default_factory=set)
    locked: dict[str, bool] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    validated: set[str] = field(default_factory=set)
    local_names: set[str] = field(default_factory=set)
    links: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Received:
    """A received workbook; sheets in their order, names with what they refer to."""

    sheets: dict[str, ReceivedSheet]
    names: dict[str, str]
    properties: dict[str, str]
    epoch_1904: bool = False


def read_workbook(data: bytes) -> Received:
    """Read a workbook that has passed the gate; raises Refused when it is none."""
    problem = gate(data)
    if problem is not None:
        raise Refused([problem])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = _Reader(io.BytesIO(data))
            reader.read()
        titles = [sheet.name.casefold() for sheet in reader.parser.sheets]
        if len(set(titles)) != len(titles):
            raise ValueError("two sheets of one name")
    except Exception as error:  # openpyxl raises almost anything on damaged parts
        raise Refused([_damaged(type(error).__name__)]) from error
    written: Workbook = reader.wb
    for number, sheet in enumerate(reader.parser.sheets):
        if sheet.name in reader.received:
            names = reader.parser.defined_names.definedName  # type: ignore[attr-defined]
            local = {one.name for one in names if one.localSheetId == number}
            reader.received[sheet.name].local_names = local
    properties = written.custom_doc_props.props  # type: ignore[attr-defined]
    return Received(
        sheets=reader.received,
        names=_names(reader.parser.defined_names.definedName, len(reader.parser.sheets)),  # type: ignore[attr-defined]
        properties={prop.name: str(prop.value) for prop in properties},
        epoch_1904=written.epoch == CALENDAR_MAC_1904,
    )


class _Reader(ExcelReader):
    """openpyxl's reader, which leaves alone what the file says, and reads formulas with their saved values.

    By itself it makes dates of numbers (60 would come back as 59), empties the cells under merged ones,
    which hides what stands there, and gives either formulas or saved values.
    """

    def __init__(self, source: io.BytesIO) -> None:
        super().__init__(source)
        self.received: dict[str, ReceivedSheet] = {}
        self._looks: dict[int, tuple[bool, str]] = {}

    def read_worksheets(self) -> None:
        for sheet, relation in self.parser.find_sheets():
            if relation.target not in self.valid_files or "chartsheet" in relation.Type:
                continue
            self.wb.create_sheet(sheet.name)
            result = ReceivedSheet(title=sheet.name, hidden=sheet.state != "visible")
            self.received[sheet.name] = result
            with self.archive.open(relation.target) as part:
                parser = _SheetParser(part, self.shared_strings, epoch=self.wb.epoch)
                for _, row in parser.parse():
                    for cell in row:
                        self._keep(result, cell)
            result.protected = bool(parser.protection is not None and parser.protection.sheet)
            for link in parser.hyperlinks.hyperlink:
                inside = link.location if link.id is None else None
                result.links[str(link.ref).partition(":")[0]] = inside or ""
            if parser.merged_cells is not None:
                result.merges = {str(merged.ref) for merged in parser.merged_cells.mergeCell}
            if parser.data_validations is not None:
                for validation in parser.data_validations.dataValidation:
                    result.validated.update(str(part) for part in validation.sqref.ranges)

    def _keep(self, sheet: ReceivedSheet, cell: dict[str, Any]) -> None:
        ref = f"{get_column_letter(cell['column'])}{cell['row']}"
        style = int(cell["style_id"])
        if style not in self._looks:
            self._looks[style] = self._look(style)
        sheet.locked[ref], sheet.formats[ref] = self._looks[style]
        value = cell["value"]
        if value is None:
            return
        if cell["data_type"] == "f":
            sheet.cells[ref] = Formula(_formula_text(value, ref))
            if cell["cached"] is not None:
                sheet.cached[ref] = _plain(cell["cached"])
        else:
            sheet.cells[ref] = _plain(value)

    def _look(self, style: int) -> tuple[bool, str]:
        """Whether cells of a style are locked, and their number format."""
        array = self.wb._cell_styles[style]  # type: ignore[attr-defined]
        protection = self.wb._protections[array.protectionId]  # type: ignore[attr-defined]
        number = array.numFmtId
        if number < BUILTIN_FORMATS_MAX_SIZE:
            return bool(protection.locked), BUILTIN_FORMATS.get(number, "General")
        formats = self.wb._number_formats  # type: ignore[attr-defined]
        return bool(protection.locked), str(formats[number - BUILTIN_FORMATS_MAX_SIZE])


class _SheetParser(WorkSheetParser):
    """openpyxl's parser of a sheet, which also gives a formula's saved value."""

    protection: SheetProtection | None = None  # type: ignore[assignment]
    data_validations: DataValidationList | None = None

    def parse_cell(self, element: Any) -> dict[str, Any]:
        if element.get("t", "n") == "n":
            number = element.findtext(VALUE_TAG, None)
            if number and not _NUMBER.fullmatch(number.strip()):
                raise ValueError(f"no number: {number[:20]}")
        before = self.col_counter
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["data_type"] == "f":
            self.data_only, self.col_counter = True, before
            cell["cached"] = super().parse_cell(element)["value"]
            self.data_only = False
        return cell


def _names(defined: list[DefinedName], sheets: int) -> dict[str, str]:
    """The workbook's names; what stands twice, be it in other letters, refers to all that it stands for.

    A name of a sheet that does not exist counts too: LibreOffice takes it for the whole workbook.
    """
    texts: dict[str, list[str]] = {}
    everywhere = [one for one in defined if one.localSheetId is None or not 0 <= one.localSheetId < sheets]
    for one in everywhere:
        texts.setdefault(one.name.casefold(), []).append(one.attr_text or "")
    return {one.name: "、".join(texts[one.name.casefold()]) for one in everywhere}


def _damaged(reason: str) -> Finding:
    return found(
        "NOT_WORKBOOK",
        problem=f"工作簿内容无法读取（{reason}）",
        remedy="请在 Excel 或 WPS 中打开，另存为 .xlsx 后再报送。",
    )


def _formula_text(value: Any, ref: str) -> str:
    if isinstance(value, DataTableFormula):
        return "=TABLE()"
    if isinstance(value, ArrayFormula) and value.ref not in {ref, f"{ref}:{ref}"}:
        return f"={{{value.text}}}"  # an array over several cells
    text = str(value.text) if isinstance(value, ArrayFormula) else str(value)
    return text if text.startswith("=") else f"={text}"


def _plain(value: Any) -> CellValue:
    """A cell's value as the file has it: dates back to their serial numbers."""
    if isinstance(value, datetime | date | time | timedelta):
        serial = float(to_excel(value))  # type: ignore[no-untyped-call]
        return int(serial) if serial.is_integer() else serial
    if isinstance(value, int) and abs(value) > _EXACT:
        value = float(value) if abs(value) < _HUGE else math.inf
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, bool | int | float | str):
        return value
    return str(value)
