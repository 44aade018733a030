"""Two engines in Rust as further opinions: a workbook opened once, all its cells recalculated for each case.

Both read the file itself, its formulas and names; no value that it has saved counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import cellrune
import formualizer

from tests.engines.office import cell_value, from_zero
from tests.office.runs import runs
from workbook.addresses import address
from workbook.rubric.inputs import Inputs
from workbook.rubric.keys import Key
from workbook.template.model import Template

Column = list[float | str | None]


def by_formualizer(template: Template, data: bytes, batch: Sequence[Inputs]) -> list[dict[Key, object]]:
    """Key → value of every quantity for each of the inputs."""
    limits = formualizer.EvaluationConfig()
    limits.enable_parallel = False  # tests run side by side already
    book = formualizer.Workbook.from_bytes(data, config=formualizer.WorkbookConfig(eval_config=limits))
    book.set_changelog_enabled(False)
    places = {key: from_zero(place) for key, place in template.quantities.items()}
    results = []
    for changes in _changes(template, batch):
        for sheet, row, column, values in changes:
            book.set_values_batch(sheet, row + 1, column + 1, [[value] for value in values])
        book.evaluate_all()
        results.append(
            {
                key: _said(book.get_value(sheet, row + 1, column + 1))
                for key, (sheet, row, column) in places.items()
            }
        )
    return results


def by_cellrune(template: Template, data: bytes, batch: Sequence[Inputs]) -> list[dict[Key, object]]:
    """Key → value of every quantity for each of the inputs."""
    book = cellrune.Workbook.from_bytes(data)
    places = {key: from_zero(place) for key, place in template.quantities.items()}
    results = []
    for changes in _changes(template, batch):
        for sheet, row, column, values in changes:
            book.write_values(sheet, address(row, column), [[_written(value)] for value in values])
        book.recalculate()
        shown = {
            sheet: book.read_values(sheet, "A1", address(*_last(template, sheet)))
            for sheet in {sheet for sheet, _, _ in places.values()}
        }
        results.append(
            {key: _read(shown[sheet][row][column]) for key, (sheet, row, column) in places.items()}
        )
    return results


def _changes(template: Template, batch: Sequence[Inputs]) -> Iterator[list[tuple[str, int, int, Column]]]:
    """For each case the runs of inputs that differ from the case before: sheet, row, column, values."""
    blocks = runs([from_zero(place) for place in template.inputs.values()])
    written: dict[int, Column] = {}
    for inputs in batch:
        values = [cell_value(inputs.at(key)) for key in template.inputs]
        changed = []
        for number, (sheet, column, row, indexes) in enumerate(blocks):
            new = [values[index] for index in indexes]
            if written.get(number) != new:
                written[number] = new
                changed.append((sheet, row, column, new))
        yield changed


def _last(template: Template, sheet: str) -> tuple[int, int]:
    """The corner beyond which a sheet has no quantity."""
    cells = [from_zero(place) for place in template.quantities.values() if place.sheet == sheet]
    return max(row for _, row, _ in cells), max(column for _, _, column in cells)


def _written(value: float | str | None) -> Any:
    if value is None:
        return {"kind": "blank"}
    return {"kind": "text" if isinstance(value, str) else "number", "value": value}


def _said(value: object) -> object:
    """A value as it stands; an error as what it is said to be, which agrees with no quantity."""
    return str(value) if isinstance(value, dict) else value


def _read(value: Any) -> object:
    """A number, a text, nothing; anything else as what it is said to be, which agrees with no quantity."""
    if value["kind"] == "blank":
        return None
    return value["value"] if value["kind"] in {"number", "text", "logical"} else str(value)
