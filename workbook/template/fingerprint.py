"""The fingerprint file of a template: all of it, with the rows of detail tables told once.

Cells below each other that differ only by their own row stand as one entry, ``"D5:D204": "=IF(C¶…"`` with
``¶`` for the row; the keys of a table's rows stand as one, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from workbook.layout.names import Place
from workbook.load.released import released_path
from workbook.rubric.keys import Key, each_row, input_of, quantity_of, rows_of
from workbook.template.model import FIELDS, Template, TemplateSheet

FORMAT = 2
"""Version of the file's own form; in the first, every cell stood by itself."""

_ROW = "¶"
_FEWEST = 5
"""Cells that are worth one entry."""

_CELL = re.compile(r"([A-Z]+)(\d+)")
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
        packed = _packed_keys(data[part]) if part in {"inputs", "quantities"} else data[part].items()
        data[part] = {key: str(place) for key, place in packed}
    return data


def from_json(data: dict[str, Any]) -> Template:
    """A template from its fingerprint, of either form."""
    sheets = []
    for sheet in data["sheets"]:
        contents = {part: dict(_unpacked_cells(sheet[part])) for part in _CONTENTS}
        sheets.append(TemplateSheet(**{**sheet, **contents, "merges": tuple(sheet["merges"])}))
    return Template(
        rubric=data["rubric"],
        version=data["version"],
        spec=data["spec"],
        sheets=tuple(sheets),
        names={name: _place(text) for name, text in data["names"].items()},
        inputs=dict(_unpacked_keys(data["inputs"], input_of)),
        quantities=dict(_unpacked_keys(data["quantities"], quantity_of)),
        identity={part: _place(text) for part, text in data["identity"].items()},
    )


def _packed_cells(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    runs: dict[tuple[str, str], dict[int, str]] = {}
    for ref, text in cells.items():
        column, row = _split(ref)
        # a text that holds the sign itself is a run of its own
        common = ref if _ROW in text else re.sub(rf"(?<=[A-Z]){row}(?!\d)", _ROW, text)
        runs.setdefault((column, common), {})[row] = text
    for (column, common), texts in runs.items():
        rows = list(texts)
        if len(rows) >= _FEWEST and _ROW in common and rows == list(range(rows[0], rows[-1] + 1)):
            yield f"{column}{rows[0]}:{column}{rows[-1]}", common
        else:
            yield from ((f"{column}{row}", text) for row, text in texts.items())


def _unpacked_cells(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for ref, text in cells.items():
        first, _, last = ref.partition(":")
        column, top = _split(first)
        for row in range(top, (_split(last)[1] if last else top) + 1):
            yield f"{column}{row}", text.replace(_ROW, str(row)) if last else text


def _packed_keys(places: Mapping[Key, Place]) -> Iterator[tuple[str, Place]]:
    """Keys as they are written, with their places; the rows of a column of a table as one, with its range."""
    runs: dict[str, list[Place]] = {}
    for key, place in places.items():
        rows = each_row(key)
        if rows is None:
            yield str(key), place
        else:
            runs.setdefault(rows, []).append(place)
    for text, run in runs.items():
        yield text, Place(run[0].sheet, f"{run[0].cell}:{run[-1].cell}")


def _unpacked_keys(places: Mapping[str, str], key_of: Callable[[str], Key]) -> Iterator[tuple[Key, Place]]:
    for text, where in places.items():
        place = _place(where)
        first, _, last = place.cell.partition(":")
        if not last:
            yield key_of(text), place
            continue
        (column, top), (_, bottom) = _split(first), _split(last)
        rows = range(top, bottom + 1)
        for key, row in zip(rows_of(text, len(rows)), rows, strict=True):
            yield key, Place(place.sheet, f"{column}{row}")


def _place(text: str) -> Place:
    """The place that is written so."""
    sheet, _, cell = text.rpartition("!")
    return Place(sheet, cell)


def _split(ref: str) -> tuple[str, int]:
    match = _CELL.fullmatch(ref)
    assert match is not None, ref
    return match[1], int(match[2])
