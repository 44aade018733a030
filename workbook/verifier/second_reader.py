"""A second reading of a received workbook, by a reader of another make: the two must see the same cells.

It is asked about files that would pass, after the gate, and only about the template's sheets: it reads a
sheet when it is asked for it, and takes a cell far out for a rectangle that no memory holds.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from workbook.addresses import letters_of, position
from workbook.findings import Finding, found
from workbook.rubric.inputs import EPOCH
from workbook.template.model import Formula, Template
from workbook.xlsx_reader.received import CellValue, Received, ReceivedSheet
from workbook.xlsx_reader.shelf import Shelf
from workbook.xlsx_reader.strings import unescaped

_EPOCH = datetime.combine(EPOCH, time())
_EPOCH_1904 = datetime(1904, 1, 1)
_DAY = timedelta(days=1)
_MILLISECOND = 1 / 86_400_000
_ERRORS = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!")
)
_BLANKS = " \t\r\n"
"""Characters that XML takes for blanks."""
_MOST = 20
"""Cells that are named one by one; a file that is read in two ways has one fault, not many."""


def reader_findings(
    data: bytes, template: Template, received: Received, alike: Shelf[bool] | None = None
) -> list[Finding]:
    """A finding for each cell, and each sheet, of which the second reader says something else.

    Sheets that lie on the shelf ``alike`` both have read before, and alike; those that they do now join them.
    What the second reader says of a sheet depends on the part to which the ``route`` leads, and of that part
    on what ``source`` stands for.
    """
    try:
        with CalamineWorkbook.from_object(io.BytesIO(data)) as book:
            return list(_sheets(book, received)) or list(
                _cells(book, template, received, Shelf(0) if alike is None else alike)
            )
    except Exception as error:
        return [_unread(error)]
    except BaseException as error:  # its own faults come as a PanicException, which is no Exception
        if type(error).__name__ != "PanicException":
            raise
        return [_unread(error)]


def _unread(error: BaseException) -> Finding:
    return found("READER_FAILED", reason=f"{error}"[:200])


def _sheets(book: CalamineWorkbook, received: Received) -> Iterator[Finding]:
    """The sheets' titles, their order, and whether they are hidden; sheets of charts hold no cells."""
    theirs = [
        (one.name, one.visible is not SheetVisibleEnum.Visible)
        for one in book.sheets_metadata
        if one.typ is not SheetTypeEnum.ChartSheet
    ]
    ours = [(sheet.title, sheet.hidden) for sheet in received.sheets.values()]
    if ours != theirs:
        yield found("READERS_DIFFER", first=_titles(ours), second=_titles(theirs))


def _titles(sheets: Iterable[tuple[str, bool]]) -> str:
    return "、".join(f"{title}（隐藏）" if hidden else title for title, hidden in sheets)[:300]


def _cells(
    book: CalamineWorkbook, template: Template, received: Received, alike: Shelf[bool]
) -> Iterator[Finding]:
    epoch = _EPOCH_1904 if received.epoch_1904 else _EPOCH
    differences = 0
    for one in template.sheets:
        sheet = received.sheets.get(one.title)
        if sheet is None:
            continue  # integrity says so
        known = (one.title, sheet.source, received.route) if sheet.source and received.route else None
        if known is not None and alike.get(known):
            continue
        before = differences
        rows = book.get_sheet_by_name(one.title).to_python(skip_empty_area=False)
        for ref, ours, theirs in _differences(sheet, rows, epoch):
            differences += 1
            if differences > _MOST:
                return
            yield found(
                "READERS_DIFFER", sheet=one.title, cell=ref, first=_shown(ours), second=_shown(theirs)
            )
        if known is not None and differences == before:
            alike.keep(known, True)


def _differences(
    sheet: ReceivedSheet, rows: Sequence[Sequence[Any]], epoch: datetime
) -> Iterator[tuple[str, CellValue | Formula, Any]]:
    """Cells on which the two differ: first those that we see, then those that only the other sees.

    A formula counts by its saved value: the other reader gives no formulas.
    """
    values: dict[str, CellValue | Formula] = {**sheet.cells, **sheet.cached}
    height, seen = len(rows), 0
    for ref, ours in values.items():
        row, column = _position(ref)
        theirs = rows[row][column] if row < height and column < len(rows[row]) else ""
        if theirs != "":
            seen += 1
        if ours == theirs and type(ours) is type(theirs):
            continue
        if type(ours) is int and type(theirs) is float and ours == theirs:
            continue  # it gives every number as a float
        if not _same(ours, theirs, epoch):
            yield ref, ours, theirs
    if seen != sum(len(row) - row.count("") for row in rows):
        yield from _unseen(values, rows)


def _unseen(
    values: Mapping[str, object], rows: Sequence[Sequence[Any]]
) -> Iterator[tuple[str, CellValue | Formula, Any]]:
    """Cells in which only the other reader sees something."""
    for row, cells in enumerate(rows, start=1):
        for column, theirs in enumerate(cells, start=1):
            ref = f"{letters_of(column)}{row}"
            if theirs != "" and ref not in values:
                yield ref, "", theirs


def _same(ours: CellValue | Formula, theirs: Any, epoch: datetime) -> bool:
    """Whether two values that are not equal mean the same; each case is a way of writing, not of reading."""
    if isinstance(ours, Formula):
        return bool(theirs == "")  # no saved value
    if isinstance(ours, str):
        if theirs == "":
            # it has no word for errors, and none for a text that is empty
            return ours in _ERRORS or ours.strip(_BLANKS) == ""
        if not isinstance(theirs, str):
            return False
        # it keeps the line ends as they are written, and may leave _x000D_ as it is; like Excel it drops
        # blanks at a text's edges that are not marked as kept (xml:space), which we and others keep
        return bool(ours in {unescaped(theirs), _line_ends(theirs)} or ours.strip(_BLANKS) == theirs)
    if isinstance(theirs, date | time | timedelta) and not isinstance(ours, bool):
        # it reads a number whose cell has the format of a date as one, to the millisecond
        return abs(_serial(theirs, epoch) - ours) <= _MILLISECOND
    return False


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _serial(value: date | time | timedelta, epoch: datetime) -> float:
    """The number that stands for a date, a time of day or a duration."""
    if isinstance(value, timedelta):
        return value / _DAY
    if isinstance(value, time):
        return (datetime.combine(date.min, value) - datetime.min) / _DAY
    if isinstance(value, datetime):
        return (value - epoch) / _DAY
    return float((value - epoch.date()).days)


_position = cache(position)


def _shown(value: object) -> str:
    """A value with its kind, for a message."""
    if isinstance(value, Formula) or value == "":
        return "空"
    if isinstance(value, bool):
        return str(value).upper()
    return f"“{value[:80]}”" if isinstance(value, str) else str(value)
