"""Read a received workbook into plain data: formulas, cached values, names, merges, protection."""

from __future__ import annotations

import io
import math
import warnings
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from workbook.findings import Finding, Refused, found
from workbook.receive.gate import gate

_EXACT, _HUGE = 2**53, 10**300
"""Spreadsheets hold binary doubles only."""

CellValue = float | int | bool | str


@dataclass(frozen=True, slots=True)
class Formula:
    """The text of a formula, with ``=``."""

    text: str


@dataclass(slots=True)
class ReceivedSheet:
    """A sheet by A1 address. ``cells``: constants and formulas; ``cached``: the formulas' saved values."""

    title: str
    hidden: bool
    protected: bool
    cells: dict[str, CellValue | Formula] = field(default_factory=dict)
    cached: dict[str, CellValue] = field(default_factory=dict)
    merges: set[str] = field(default_factory=set)
    locked: dict[str, bool] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    validated: set[str] = field(default_factory=set)
    local_names: set[str] = field(default_factory=set)


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
            reader = _read(data)
            saved = _read(data, data_only=True).wb
        titles = [sheet.name.casefold() for sheet in reader.parser.sheets]
        if len(set(titles)) != len(titles):
            raise ValueError("two sheets of one name")
    except Exception as error:  # openpyxl raises almost anything on damaged parts
        raise Refused([_damaged(type(error).__name__)]) from error
    written: Workbook = reader.wb
    sheets = {}
    for sheet in written.worksheets:
        sheets[sheet.title] = _sheet(sheet, saved[sheet.title])
    properties = written.custom_doc_props.props  # type: ignore[attr-defined]
    return Received(
        sheets=sheets,
        names=_names(reader.parser.defined_names.definedName, len(reader.parser.sheets)),  # type: ignore[attr-defined]
        properties={prop.name: str(prop.value) for prop in properties},
        epoch_1904=written.epoch == CALENDAR_MAC_1904,
    )


class _Reader(ExcelReader):
    """openpyxl's reader, which leaves alone what the file says.

    It makes dates of numbers (60 would come back as 59), and it empties and frames the cells under merged
    ones, which hides what stands there and takes half of the time.
    """

    def read_worksheets(self) -> None:
        create = self.wb.create_sheet

        def create_sheet(title: str) -> Worksheet:
            sheet: Worksheet = create(title)
            sheet._clean_merge_range = lambda merged: None  # type: ignore[attr-defined]
            return sheet

        self.wb.create_sheet = create_sheet  # type: ignore[method-assign, assignment]
        self.wb._date_formats = set()  # type: ignore[attr-defined]
        self.wb._timedelta_formats = set()  # type: ignore[attr-defined]
        super().read_worksheets()


def _read(data: bytes, *, data_only: bool = False) -> _Reader:
    reader = _Reader(io.BytesIO(data), data_only=data_only)
    reader.read()
    return reader


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


def _sheet(written: Worksheet, saved: Worksheet) -> ReceivedSheet:
    result = ReceivedSheet(
        title=written.title,
        hidden=written.sheet_state != "visible",
        protected=bool(written.protection.sheet),
        merges={str(merged) for merged in written.merged_cells.ranges},
        local_names=set(written.defined_names),
    )
    for validation in written.data_validations.dataValidation:
        result.validated.update(str(part) for part in validation.sqref.ranges)
    for (row, column), cell in written._cells.items():  # only the cells that exist
        value = cell.value
        ref = cell.coordinate
        result.locked[ref] = bool(cell.protection.locked)
        result.formats[ref] = str(cell.number_format)
        if value is None:
            continue
        if cell.data_type == "f" or isinstance(value, ArrayFormula | DataTableFormula):
            result.cells[ref] = Formula(_formula_text(value, ref))
            cached = saved._cells.get((row, column))
            if cached is not None and cached.value is not None:
                result.cached[ref] = _plain(cached.value)
        else:
            result.cells[ref] = _plain(value)
    return result


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
