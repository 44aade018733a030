"""What must hold of a file that passes: another reader sees its values, and the record made anew has them.

The comparison is written here anew and uses nothing of the verifier but its report.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import python_calamine
from openpyxl.utils import coordinate_to_tuple
from openpyxl.utils.datetime import from_excel

from tests.fuzzing.changes import Mutant
from workbook.api import new_workbook
from workbook.data.typed import shows
from workbook.rubric.inputs import Inputs
from workbook.rubric.model import Rubric
from workbook.template.model import Formula, Template
from workbook.verifier.verification import Verification
from workbook.xlsx_reader.memory import Memory
from workbook.xlsx_reader.read import read_workbook
from workbook.xlsx_reader.received import Received

Value = float | str | bool | None
Grid = dict[str, list[list[object]]]
_EPOCH = datetime(1899, 12, 30)
_MANY = re.compile(rb'[cC]ount="\s*\+?\d{6,}')
"""Counts of strings or styles for which calamine takes memory at once, whatever comes after."""


class Unseen(Exception):
    """The other reader could not open the file."""


def by_calamine(data: bytes) -> Grid:
    """All values by sheet, row and column, as calamine reads them; raises Unseen.

    It ends the whole process when it asks for more memory than there is: for counts of millions, and for
    cells far away, which ``is_far`` has to be asked for.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".XML")) and _MANY.search(archive.read(name)):
                raise Unseen("a count of millions")
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
        }  # type: ignore[misc]
    except BaseException as error:  # its panics are no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise Unseen(f"{type(error).__name__}: {error}") from error


def at(grid: Grid, sheet: str, cell: str) -> Value:
    """The value of a cell, None for a blank one, dates as their serial numbers."""
    rows = grid.get(sheet)
    if rows is None:
        return None
    row, column = coordinate_to_tuple(cell)
    value = rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else ""
    match value:
        case bool():
            return value
        case int() | float():
            return float(value)
        case datetime():
            return (value - _EPOCH) / timedelta(days=1)
        case date():
            return float((value - _EPOCH.date()).days)
        case time():
            return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
        case timedelta():
            return value / timedelta(days=1)
    return _plain(str(value)) or None


def _plain(text: str) -> str:
    decoded = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)
    return decoded.replace("\r\n", "\n").replace("\r", "\n")


def alike(one: Value, other: Value) -> bool:
    """Whether two values are the same but for the last digits of a binary number."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))
    return one == other


def is_far(received: Received) -> bool:
    """Whether a file has a cell so far away that calamine must not open it."""
    return any(sheet.far for sheet in received.sheets.values())


def readers_differ(mutant: Mutant, template: Template, received: Received, grid: Grid) -> str | None:
    """A cell of the template in which the other reader sees another value; None when there is none."""
    for sheet in template.sheets:
        got = received.sheets[sheet.title]
        for ref in template.used[sheet.title]:
            cell = got.cells.get(ref)
            value = got.cached.get(ref) if isinstance(cell, Formula) else cell
            ours: Value = (
                float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
            )
            if isinstance(ours, str):
                ours = _plain(ours) or None
            theirs = at(grid, sheet.title, ref)
            if not alike(ours, theirs) and not _error(ours, theirs):
                return f"{sheet.title}!{ref}: {ours!r}, calamine {theirs!r}"
    return None


def _error(ours: Value, theirs: Value) -> bool:
    return isinstance(ours, str) and ours.startswith("#") and isinstance(theirs, str | None)


@lru_cache(maxsize=400)
def _record(rubric_id: str, key: str) -> Grid:
    rubric, inputs, issue = _PENDING[rubric_id, key]
    return by_calamine(new_workbook(rubric, inputs=inputs, issue=issue))


_PENDING: dict[tuple[str, str], tuple[Rubric, Inputs, str]] = {}


def record_key(inputs: Inputs, issue: str) -> str:
    """What the record of some inputs depends on, as a text."""
    return repr((sorted(inputs.cells(), key=str), issue))


def record_differs(
    mutant: Mutant, template: Template, report: Verification, received: Received, grid: Grid
) -> str | None:
    """A cell of the received file that the record made anew from its inputs does not have; None without."""
    assert report.inputs is not None
    assert report.identity is not None
    rubric, issue = mutant.seed.rubric, report.identity.issue
    key = record_key(report.inputs, issue)
    _PENDING[rubric.id, key] = rubric, report.inputs, issue
    record = _record(rubric.id, key)
    _PENDING.pop((rubric.id, key), None)
    for sheet in template.sheets:
        got, inputs = received.sheets[sheet.title], template.keys[sheet.title].inputs
        for ref in template.used[sheet.title] - template.keys[sheet.title].identity.keys():
            saved, expected = at(grid, sheet.title, ref), at(record, sheet.title, ref)
            if alike(saved, expected):
                continue
            if (
                isinstance(got.cells.get(ref), Formula)
                and saved is None
                and (ref in inputs or ref in sheet.formulas)
            ):
                continue  # not calculated
            if ref in inputs and (_said(saved) == _said(expected) or _day(saved) == expected):
                continue  # written in another way, which findings tell
            return f"{sheet.title}!{ref}: {saved!r}, the record {expected!r}"
    return None


def _day(value: Value) -> str | None:
    """The day that a serial number stands for, which a document's date may be written as."""
    return from_excel(value).date().isoformat() if isinstance(value, float) and 366 < value < 80_000 else None


def _said(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case float():
            return f"{value:.15g}"
    return " ".join(value.split()) if shows(value) else ""


def memory_differs(data: bytes, received: Received) -> str | None:
    """Whether a reader that remembers nothing reads another workbook."""
    fresh = read_workbook(data, Memory())
    if (
        fresh.names != received.names
        or fresh.order != received.order
        or fresh.properties != received.properties
    ):
        return "names, order or properties"
    for title, sheet in fresh.sheets.items():
        other = received.sheets[title]
        for what in (
            "cells",
            "cached",
            "frame",
            "heights",
            "hidden_rows",
            "collapsed_rows",
            "dates",
            "pictures",
            "rich",
            "things",
            "local_names",
            "far",
            "hidden",
        ):
            one, two = getattr(sheet, what), getattr(other, what)
            if one != two:
                return f"{title} {what}"
        if any(sheet.look(ref) != other.look(ref) for ref in sheet.styles.keys() | other.styles.keys()):
            return f"{title} looks"
    return None
