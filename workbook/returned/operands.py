"""The value of a cell without a formula in an officer's arithmetic: as in Excel, where all others agree."""

from __future__ import annotations

import re

from workbook.data.typed import ERROR_VALUES
from workbook.returned.cell_references import NotAllowed
from workbook.xlsx_reader.received import CellValue

_WHOLE = re.compile(r"\s*[+-]?\d{1,15}\s*", re.ASCII)
"""A text that every program takes for the same number where it calculates with a single cell."""


def single(value: CellValue | None, place: str) -> float:
    """The number of a lone cell: blank is 0, TRUE is 1, a whole number may be a text. Raises NotAllowed."""
    match value:
        case None:
            return 0.0
        case bool() | int() | float():
            return float(value)
        case str() if _WHOLE.fullmatch(value):
            return float(value)
    raise NotAllowed(f"引用的单元格 {place} 不是数字（{value[:40] or '空文字'}）")


def among_others(value: CellValue | None, place: str) -> float | None:
    """The number of a cell added up with others; None for cells that SUM and AVERAGE pass over.

    Raises NotAllowed for truth values and errors.
    """
    if isinstance(value, bool):
        raise NotAllowed(f"区域中的 {place} 是 {str(value).upper()}，各种软件求和的结果不同")
    if isinstance(value, int | float):
        return float(value)
    if value in ERROR_VALUES:
        raise NotAllowed(f"区域中的 {place} 是错误值 {value}")
    return None
