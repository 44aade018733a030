"""Areas of cells as received parts write them."""

from __future__ import annotations

import re

from workbook.addresses import LAST_COLUMN, LAST_ROW, column_of, split
from workbook.xlsx_reader.received import Area

EVERYWHERE = Area(1, 1, LAST_COLUMN, LAST_ROW)
_PART = re.compile(r"\$?([A-Za-z]{1,3})?\$?(\d{1,7})?")


def area_of(text: str) -> Area | None:
    """The area of a reference such as ``B2``, ``B2:D9``, ``B:D`` or ``2:9``; None for what is none."""
    first, colon, last = text.strip().partition(":")
    start, end = _PART.fullmatch(first), _PART.fullmatch(last if colon else first)
    if start is None or end is None or not first or not (end[1] or end[2]):
        return None
    if (start[1] is None) != (end[1] is None) or (start[2] is None) != (end[2] is None):
        return None
    if not colon and (start[1] is None or start[2] is None):
        return None
    left, right = sorted((_column(start[1], 1), _column(end[1], LAST_COLUMN)))
    top, bottom = sorted((_row(start[2], 1), _row(end[2], LAST_ROW)))
    return Area(left, top, right, bottom) if left and top else None


def areas_of(text: str) -> tuple[Area, ...]:
    """The areas of a list of references; what is none is left out."""
    found = (area_of(one) for one in text.split())
    return tuple(one for one in found if one is not None)


def _column(letters: str | None, whole: int) -> int:
    return whole if letters is None else column_of(letters)


def _row(digits: str | None, whole: int) -> int:
    return whole if digits is None else int(digits)


def of_cell(ref: str) -> Area:
    """The area of a single cell ``B2`` of a known form."""
    letters, row = split(ref)
    column = column_of(letters)
    return Area(column, row, column, row)
