"""The fingerprint file of a template: all of it, with the rows of detail tables told once.

Cells below each other that differ only by their own row stand as one entry, ``"D5:D204": "=IF(C¶…"`` with
``¶`` for the row; keys of such cells have ``§`` for the number of the row within its table, from 1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from workbook.layout.names import Place
from workbook.load.released import released_path
from workbook.template.model import FIELDS, Template, TemplateSheet

FORMAT = 2
"""Version of the file's own form; in the first, every cell stood by itself."""

_ROW, _NUMBER = "¶", "§"
_FEWEST = 5
"""Cells that are worth one entry."""

_CELL = re.compile(r"([A-Z]+)(\d+)")
_KEY = re.compile(r"((?:row:|tables\.)\w+[:.])(\d+)([:.]\w+)")
_PLACES = ("names", "inputs", "quantities", "identity")
_CONTENTS = ("texts", "numbers", "formulas")


def load_released(rubric_id: str, version: str) -> Template:
    """Read the fingerprint of a released template."""
    return from_json(json.loads(released_path(rubric_id, version).read_text(encoding="utf-8")))


def to_json(template: Template) -> dict[str, Any]:
    """The fingerprint as plain data."""
    data: dict[str, Any] = {"format": FORMAT, **{name: getattr(template, name) for name in FIELDS}}
    data["sheets"] = [asdict(sheet) for sheet in template.sheets]
    for sheet in data["sheets"]:
        for part in _CONTENTS:
            sheet[part] = dict(_packed_cells(sheet[part]))
    for part in _PLACES:
        data[part] = dict(_packed_keys(data[part]))
    return data


def from_json(data: dict[str, Any]) -> Template:
    """A template from its fingerprint, of either form."""
    sheets = []
    for sheet in data["sheets"]:
        contents = {part: dict(_unpacked_cells(sheet[part])) for part in _CONTENTS}
        sheets.append(TemplateSheet(**{**sheet, **contents, "merges": tuple(sheet["merges"])}))
    places = {part: dict(_unpacked_keys(data[part])) for part in _PLACES}
    return Template(
        rubric=data["rubric"], version=data["version"], spec=data["spec"], sheets=tuple(sheets), **places
    )


def _packed_cells(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    runs: dict[tuple[str, str], list[int]] = {}
    for ref, text in cells.items():
        column, row = _split(ref)
        runs.setdefault((column, re.sub(rf"(?<=[A-Z]){row}(?!\d)", _ROW, text)), []).append(row)
    for (column, text), rows in runs.items():
        if len(rows) >= _FEWEST and _ROW in text and rows == list(range(rows[0], rows[-1] + 1)):
            yield f"{column}{rows[0]}:{column}{rows[-1]}", text
        else:
            yield from ((f"{column}{row}", text.replace(_ROW, str(row))) for row in rows)


def _unpacked_cells(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for ref, text in cells.items():
        first, _, last = ref.partition(":")
        column, top = _split(first)
        for row in range(top, (_split(last)[1] if last else top) + 1):
            yield f"{column}{row}", text.replace(_ROW, str(row)) if last else text


def _packed_keys(places: Mapping[str, Place]) -> Iterator[tuple[str, str]]:
    runs: dict[str, list[Place]] = {}
    for key, place in places.items():
        match = _KEY.fullmatch(key)
        if match is None:
            yield key, f"{place.sheet}!{place.cell}"
        else:
            runs.setdefault(f"{match[1]}{_NUMBER}{match[3]}", []).append(place)
    for key, run in runs.items():
        yield key, f"{run[0].sheet}!{run[0].cell}:{run[-1].cell}"


def _unpacked_keys(places: Mapping[str, str]) -> Iterator[tuple[str, Place]]:
    for key, text in places.items():
        sheet, _, cell = text.rpartition("!")
        if _NUMBER not in key:
            yield key, Place(sheet, cell)
            continue
        first, _, last = cell.partition(":")
        (column, top), (_, bottom) = _split(first), _split(last)
        for number, row in enumerate(range(top, bottom + 1), 1):
            yield key.replace(_NUMBER, str(number)), Place(sheet, f"{column}{row}")


def _split(ref: str) -> tuple[str, int]:
    match = _CELL.fullmatch(ref)
    assert match is not None, ref
    return match[1], int(match[2])
