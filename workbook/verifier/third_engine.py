"""A third calculation engine, where it is installed: it calculates a received file as it stands.

The pristine template's formulas with the inputs as we read them give our recalculation; here the file's own
formulas and cells count, through another reader and another engine. It needs ``workbook[engines]``.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from workbook.addresses import position
from workbook.layout.names import Place
from workbook.rubric.keys import Key
from workbook.template.model import Result, Template
from workbook.xlsx_reader.gate import slashed
from workbook.xlsx_reader.received import Received
from workbook.xlsx_reader.sheet_bytes import without_blank_rows
from workbook.xlsx_reader.strings import unescaped

_MILLISECONDS = 5_000
"""For one file; an honest one takes 40. What an officer keeps on own sheets is calculated too."""

_MOST_BLANK = 2_000
"""Rows without cells that the engine reads in good time; a million take gigabytes."""

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(spreadsheetml|officeDocument|drawingml)/")
"""The standard's stricter namespaces, in which the engine sees no cell."""

_ERRORS = {
    "Div": "#DIV/0!", "Na": "#N/A", "Name": "#NAME?", "Null": "#NULL!", "Num": "#NUM!", "Ref": "#REF!",
    "Value": "#VALUE!",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unable:
    """The reason why the engine gave nothing for a file."""

    reason: str


@cache
def installed() -> bool:
    """Whether the engine is there."""
    try:
        import formualizer  # noqa: F401
    except ImportError:
        return False
    return True


def third_values(data: bytes, template: Template, received: Received) -> dict[Key, Result | None] | Unable:
    """Key → value of every quantity, as the engine calculates the file.

    It compares numbers to the last bit, where spreadsheets read 15 digits: inputs with more are given to it
    as they are read.
    """
    from formualizer import EvaluationConfig, Workbook, WorkbookConfig

    limits = EvaluationConfig()
    limits.max_eval_time_ms = _MILLISECONDS
    limits.enable_parallel = False  # the process is one of several already
    try:
        book = Workbook.from_bytes(_readable(data), config=WorkbookConfig(eval_config=limits))
        for place, value in _noisy(template, received):
            row, column = _position(place)
            book.set_value(place.sheet, row, column, value)
        book.evaluate_all()
        return {
            key: _plain(book.get_value(place.sheet, *_position(place)))
            for key, place in template.quantities.items()
        }
    except Exception as error:
        return Unable(f"{error}"[:200])
    except BaseException as error:  # its own faults come as a PanicException, which is no Exception
        if type(error).__name__ != "PanicException":
            raise
        return Unable(f"{error}"[:200])


def _readable(data: bytes) -> bytes:
    """The file as the engine can read it: no blank rows by the thousand, the usual namespaces and slashes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    names = slashed(list(parts))
    plain = {name: _plain_part(content) for name, content in zip(names, parts.values(), strict=True)}
    if plain == parts:
        return data
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in plain.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _plain_part(content: bytes) -> bytes:
    if b"<sheetData" in content and content.count(b"<row") > _MOST_BLANK:
        slim = without_blank_rows(content)
        if content.count(b"<row") - slim.count(b"<row") > _MOST_BLANK:
            content = slim
    if b"http://purl.oclc.org/ooxml/" in content:
        content = _STRICT.sub(_usual, content)
    return content


def _usual(match: re.Match[bytes]) -> bytes:
    """A strict namespace's beginning as the usual one: with the year of the first edition."""
    return b"http://schemas.openxmlformats.org/" + match[1] + b"/2006/"


def _noisy(template: Template, received: Received) -> Iterator[tuple[Place, float]]:
    """Inputs with more digits than spreadsheets read, and their value with so many."""
    for place in template.inputs.values():
        value = received.sheets[place.sheet].cells.get(place.cell)
        if isinstance(value, float) and (read := float(f"{value:.15g}")) != value:
            yield place, read


@cache
def _position(place: Place) -> tuple[int, int]:
    row, column = position(place.cell)
    return row + 1, column + 1


def _plain(value: Any) -> Result | None:
    """A value as the other engines give it: an error by its name, a number as a float."""
    if isinstance(value, dict):
        kind = str(value.get("kind"))
        return _ERRORS.get(kind, f"#{kind}")
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, str):
        return unescaped(value)
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) else str(value)
    return str(value)
