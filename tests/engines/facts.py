"""Facts about Excel: formulas with their cells, the value that Excel saved, and what the engines give."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import schedula as sh
from formulas.tokens.operand import Error
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from tests.engines.office import resave
from workbook.engine import compiled
from workbook.engine.tokens import NUMBER, shape

Value = float | int | bool | str | dict[str, str] | None
"""What a cell holds. ``{"text": …}`` is a text that looks like an error, or an empty one: the saved values do
not distinguish them, Excel's results do (COUNTIF finds two of three cells that read #DIV/0!)."""

Block = list[list[Value]]

_ERRORS: Mapping[object, object] = {str(error): error for error in Error.errors.values()}
_ROW = re.compile(r"(?<=[A-Z$])\d+")
_CELL = re.compile(r"(?<=!)[A-Z]+\d+$")
_FOR_EVER = 1e9
_KINDS = {
    "Div": "#DIV/0!",
    "Value": "#VALUE!",
    "Na": "#N/A",
    "Num": "#NUM!",
    "Name": "#NAME?",
    "Ref": "#REF!",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A formula, the cells that it looks at, the value that Excel saved, and where it is from."""

    formula: str
    cells: dict[str, Block]
    excel: Value
    source: str

    @property
    def told(self) -> bool:
        """Whether Excel's value is one: some cells only show the text of their formula, as a label."""
        return not str(self.excel).startswith("=")

    @property
    def functions(self) -> frozenset[str]:
        """The functions that the formula calls."""
        return frozenset(re.findall(r"([A-Z]+)\(", self.formula))

    @property
    def cell(self) -> str:
        """The cell in which the formula stands."""
        found = _CELL.search(self.source)
        assert found is not None, self.source
        return found[0]

    def agrees(self, value: Value) -> bool:
        """Whether a value is the one that Excel saved; numbers at the 15 digits that it keeps."""
        if isinstance(self.excel, bool) or isinstance(value, bool):
            return self.excel is value
        if isinstance(self.excel, int | float) and isinstance(value, int | float):
            return f"{self.excel:.14g}" == f"{value:.14g}"
        return self.excel == value


@cache
def facts() -> tuple[Fact, ...]:
    """All facts."""
    path = Path(__file__).with_name("excel_facts.json")
    return tuple(
        Fact(one["formula"], one["cells"], one["excel"], one["from"])
        for one in json.loads(path.read_text(encoding="utf-8"))
    )


@cache
def by_formulas() -> list[Value]:
    """The values of ``formulas``, with what stands beside its functions."""
    return [_by_formulas(fact) for fact in facts()]


def _by_formulas(fact: Fact) -> Value:
    form = shape(fact.formula)
    if "TRUNC(" in fact.formula and any(_endless(block) for block in fact.cells.values()):
        return "never ends"
    try:
        function, order = compiled(form.text)
        result = function(*(_operand(fact, form.references[index]) for index in order))
    except Exception as error:  # the engine raises almost anything
        return type(error).__name__
    value = np.asarray(result, dtype=object)
    single = value.reshape(-1)[0]
    if isinstance(single, np.generic):
        single = single.item()
    if single is sh.EMPTY:
        return 0
    return single if isinstance(single, bool | int | float) else str(single)


def _engine_value(value: Value) -> Any:
    if isinstance(value, dict):
        return value["text"]
    return sh.EMPTY if value is None else _ERRORS.get(value, value)


def _endless(block: Block) -> bool:
    """Whether a number is so large that the engine's TRUNC to so many digits writes them all out."""
    return any(isinstance(value, int | float) and value > _FOR_EVER for row in block for value in row)


def _operand(fact: Fact, reference: str) -> Any:
    if reference.startswith(NUMBER):
        block: Block = [[float(reference.removeprefix(NUMBER))]]
    else:
        block = fact.cells[reference]
    array = np.empty((len(block), len(block[0])), object)
    for row, values in enumerate(block):
        for column, value in enumerate(values):
            array[row, column] = _engine_value(value)
    return array


@cache
def by_formualizer() -> list[Value]:
    """The third engine's values."""
    import formualizer

    book = formualizer.load_workbook_bytes(_book())
    values = []
    for number, fact in enumerate(facts()):
        column, row, *_ = range_boundaries(fact.cell)
        values.append(_plain(book.evaluate_cell(_SHEET, row + number * _APART, column)))
    return values


def _plain(value: Any) -> Value:
    if isinstance(value, dict):
        return _KINDS.get(value["kind"], str(value))
    return 0 if value is None else value


@cache
def by_libreoffice() -> list[Value]:
    """LibreOffice's values, in one start."""
    (saved,) = resave([_book()])
    sheet = openpyxl.load_workbook(io.BytesIO(saved), data_only=True)[_SHEET]
    values = [sheet[_moved(fact.cell, number)].value for number, fact in enumerate(facts())]
    return ["" if value is None else value for value in values]


_SHEET = "Facts"
_APART = 100
"""Rows from one fact to the next; no fact looks further down."""


@cache
def _book() -> bytes:
    """A workbook of all facts, one below the other, each as it stands in Excel's file."""
    book = openpyxl.Workbook()
    sheets = {"": book.worksheets[0]}
    sheets[""].title = _SHEET
    for number, fact in enumerate(facts()):
        formula = fact.formula
        for reference, block in sorted(fact.cells.items(), key=lambda one: -len(one[0])):
            title, _, area = reference.rpartition("!")
            if title not in sheets:
                sheets[title] = book.create_sheet(title)
            _fill(sheets[title], _moved(area, number), block)
        form = shape(formula)
        text = form.text
        for index, reference in reversed(list(enumerate(form.references))):
            moved = reference[1:] if reference.startswith(NUMBER) else _moved(reference, number)
            text = text.replace(f"V_{index}", moved)
        sheets[""][_moved(fact.cell, number)] = text
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _moved(reference: str, number: int) -> str:
    """A reference of a fact where the fact stands among all."""
    return _ROW.sub(lambda row: str(int(row[0]) + number * _APART), reference)


def _fill(sheet: Worksheet, area: str, block: Sequence[Sequence[Value]]) -> None:
    first, top, *_ = range_boundaries(area)
    for row, values in enumerate(block, start=top or 1):
        for column, value in enumerate(values, start=first or 1):
            text = value["text"] if isinstance(value, dict) else None
            if value is None:
                continue
            cell = sheet[f"{get_column_letter(column)}{row}"]
            cell.value = value if text is None else text
            if isinstance(cell.value, str):
                cell.data_type = "e" if text is None and value in _ERRORS else "s"
