"""Values of cells that hold words: numbers as the sheet shows them, dates, pictures placed in a cell."""

from __future__ import annotations

import re

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import from_excel

from workbook.layout.names import Place
from workbook.template.model import Formula
from workbook.xlsx_reader.received import CellValue, Received
from workbook.xlsx_reader.rows import DAYS_1904

PICTURE = "（图片）"
"""Stands for a picture that the sheet itself has counted as a document's name."""

_PICTURE_FORMULA = re.compile(r"=\s*(_xlfn\.)?DISPIMG\(", re.I)
_PICTURE_VALUE = "#VALUE!"
"""The text that a program without pictures in cells shows for one, and so saves for it."""

_DATES = range(30_000, 60_001)
"""Serial numbers that are taken for dates where a date belongs: 1982 to 2064."""


def shown_text(value: CellValue) -> str:
    """A cell as the sheet shows it: 15 digits, TRUE for a truth value."""
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:.15g}" if isinstance(value, int | float) else value


def as_date(received: Received, serial: object) -> object:
    """The date, with or without a time, that a serial number stands for; the number itself if none."""
    if isinstance(serial, bool) or not isinstance(serial, int | float):
        return serial
    try:
        value = from_excel(serial + (DAYS_1904 if received.epoch_1904 else 0))
    except (ValueError, OverflowError):
        return serial
    return serial if value is None else value


def of_document(received: Received, place: Place, value: CellValue, *, dated: bool) -> str:
    """A cell of a document's line. What is formatted as a date is one, and so is in the column of dates
    (``dated``) a number that can hardly be anything else."""
    if not isinstance(value, str | bool):
        shift = DAYS_1904 if received.epoch_1904 else 0
        likely = dated and int(value) + shift in _DATES
        day = getattr(as_date(received, value), "date", None)  # a time alone has none
        if day is not None and (
            likely or is_date_format(received.sheets[place.sheet].look(place.cell).format)
        ):
            return str(day().isoformat())
    return shown_text(value)


def is_picture(
    received: Received, place: Place, content: CellValue | Formula | None, *, words: bool = False
) -> bool:
    """Whether a picture is placed in a cell: by WPS as a formula, by Excel as a value of its own kind.

    Where ``words`` belong, what Excel saves for it is enough: nobody types that error there.
    """
    if isinstance(content, Formula):
        return _PICTURE_FORMULA.match(content.text) is not None
    return place.cell in received.sheets[place.sheet].pictures or (words and content == _PICTURE_VALUE)
