"""Recalculate with the ``formulas`` engine: the only importer of it.

Received files are never loaded into the engine. The pristine template's formulas are compiled, each
shape once, and evaluated over a column of workbooks at once: every value is an array with one row per
workbook. The counters, which alone look at ranges, are evaluated workbook by workbook.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

import formulas
import numpy as np
import schedula as sh
from formulas.functions import wrap_ufunc

from workbook.layout.names import Place
from workbook.spec.inputs import FieldValue, Inputs
from workbook.template import Template
from workbook.tokens import NUMBER, shape

Column = Any
"""A numpy object array of shape (workbooks, 1)."""

Result = float | str | bool
_CELL = re.compile(r"^(?:'?([^'!]+)'?!)?\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?$")
_EPOCH = date(1899, 12, 30)

formulas.get_functions()["HYPERLINK"] = wrap_ufunc(
    lambda target, text: text, input_parser=lambda *cells: cells, check_error=lambda *cells: None
)
"""A link's value is its text; the engine itself has no links."""


def _half_up(value: float, places: float) -> float:
    """ROUND as spreadsheets do it, on the 15 digits that they show; the engine's own loses exact ties."""
    step = Decimal(1).scaleb(-int(places))
    return float(Decimal(f"{value:.15g}").quantize(step, ROUND_HALF_UP, _WIDE))


_WIDE = Context(prec=400)
formulas.get_functions()["ROUND"] = wrap_ufunc(_half_up)

_PARSER = formulas.Parser()


@cache
def compiled(shape_text: str) -> tuple[Callable[..., Any], tuple[int, ...]]:
    """The engine's function for a shape, and the order in which it takes the shape's references."""
    function = _PARSER.ast(shape_text)[1].compile()
    order = tuple(int(name.removeprefix("V_")) for name in function.inputs)
    return function, order


@dataclass(frozen=True, slots=True)
class _Group:
    """Formulas of one shape that do not depend on each other; ``cells`` are each one's references."""

    text: str
    places: tuple[Place, ...]
    cells: tuple[tuple[tuple[Place, ...], ...], ...]
    aggregating: bool


class Model:
    """A template's formulas, compiled and in order of calculation."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self._keys = {place: key for key, place in template.quantities.items()}
        self._constants: dict[Place, str | float] = {}
        graph: dict[Place, set[Place]] = {}
        shapes: dict[Place, tuple[str, tuple[tuple[Place, ...], ...]]] = {}
        for place in self._keys:
            formula = template.sheet[place.sheet].formulas[place.cell]
            form = shape(formula, int(place.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
            references = tuple(self._cells(reference, place.sheet) for reference in form.references)
            shapes[place] = (form.text, references)
            used = [cell for cells in references for cell in cells]
            graph[place] = {cell for cell in used if cell in self._keys}
            for cell in used:
                if cell not in self._keys and (constant := self._constant(cell)) is not None:
                    self._constants[cell] = constant
        self._groups = list(_grouped(graph, shapes))

    def recalculate(self, batch: Sequence[Inputs]) -> list[dict[str, Result]]:
        """Key → value of every quantity, for each of the inputs."""
        rows = len(batch)
        values: dict[Place, Column] = {}
        for key, place in self.template.inputs.items():
            values[place] = _column([_injected(inputs.at(key)) for inputs in batch])
        for place, constant in self._constants.items():
            values[place] = _column([constant] * rows)
        blank = _column([sh.EMPTY] * rows)
        results: dict[str, list[Result]] = {}
        for group in self._groups:
            function, order = compiled(group.text)
            for place, column in self._evaluated(group, function, order, values, blank):
                values[place] = column
                results[self._keys[place]] = [_result(one) for one in column[:, 0]]
        return [{key: column[row] for key, column in results.items()} for row in range(rows)]

    def _evaluated(
        self,
        group: _Group,
        function: Callable[..., Any],
        order: tuple[int, ...],
        values: Mapping[Place, Column],
        blank: Column,
    ) -> Iterator[tuple[Place, Column]]:
        """The group's cells: element-wise formulas all at once, stacked below each other."""
        rows = len(blank)
        if group.aggregating:
            for place, cells in zip(group.places, group.cells, strict=True):
                ordered = [cells[index] for index in order]
                yield place, _column([self._aggregate(function, ordered, values, row) for row in range(rows)])
            return
        arguments = [
            np.concatenate([values.get(cells[index][0], blank) for cells in group.cells]) for index in order
        ]
        column = _broadcast(function(*arguments), rows * len(group.places))
        for number, place in enumerate(group.places):
            yield place, column[number * rows : (number + 1) * rows]

    def _constant(self, place: Place) -> str | float | None:
        """What the template itself says in a cell, or the number of a formula."""
        if place.sheet == NUMBER:
            return float(place.cell)
        sheet = self.template.sheet[place.sheet]
        number = sheet.numbers.get(place.cell)
        return sheet.texts.get(place.cell) if number is None else float(number)

    @staticmethod
    def _aggregate(
        function: Callable[..., Any], cells: list[tuple[Place, ...]], values: Mapping[Place, Column], row: int
    ) -> Any:
        arguments = []
        for group in cells:
            column = np.empty((len(group), 1), object)
            for index, place in enumerate(group):
                column[index, 0] = values[place][row, 0] if place in values else sh.EMPTY
            arguments.append(column)
        return _scalar(function(*arguments))

    def _cells(self, reference: str, sheet: str) -> tuple[Place, ...]:
        if reference.startswith(NUMBER):
            return (Place(NUMBER, reference.removeprefix(NUMBER)),)
        if reference in self.template.names:
            named = self.template.names[reference]
            reference, sheet = named.cell, named.sheet
        match = _CELL.match(reference)
        if match is None:
            raise ValueError(f"unknown reference in a template's formula: {reference}")
        title, column, first, last_column, last = match.groups()
        if last is None:
            return (Place(title or sheet, f"{column}{first}"),)
        if column != last_column:
            raise ValueError(f"a template's ranges are one column wide: {reference}")
        return tuple(Place(title or sheet, f"{column}{row}") for row in range(int(first), int(last) + 1))


def _grouped(
    graph: Mapping[Place, set[Place]], shapes: Mapping[Place, tuple[str, tuple[tuple[Place, ...], ...]]]
) -> Iterator[_Group]:
    """The formulas in order of calculation; those that are ready together and share a shape together."""
    sorter = TopologicalSorter(graph)
    sorter.prepare()
    while sorter.is_active():
        ready: dict[tuple[str, bool], list[Place]] = {}
        for place in sorter.get_ready():
            text, references = shapes[place]
            aggregating = any(len(cells) > 1 for cells in references)
            ready.setdefault((text, aggregating), []).append(place)
            sorter.done(place)
        for (text, aggregating), places in ready.items():
            cells = tuple(shapes[place][1] for place in places)
            yield _Group(text, tuple(places), cells, aggregating)


def evaluate_formula(formula: str, values: Mapping[str, Any]) -> Result:
    """One formula with its references' values: a number, a text, or a list of them for a range."""
    form = shape(formula)
    function, order = compiled(form.text)
    arguments = []
    for index in order:
        name = form.references[index]
        value = float(name.removeprefix(NUMBER)) if name.startswith(NUMBER) else values[name]
        listed = value if isinstance(value, list) else [value]
        arguments.append(_column([sh.EMPTY if one is None else one for one in listed]))
    return _result(_scalar(function(*arguments)))


def _injected(value: FieldValue | None) -> Any:
    match value:
        case None | "":
            return sh.EMPTY
        case Decimal():
            return float(value)
        case date():
            return float((value - _EPOCH).days)
    return value


def _column(values: list[Any]) -> Column:
    column = np.empty((len(values), 1), object)
    for row, value in enumerate(values):
        column[row, 0] = value
    return column


def _broadcast(value: Any, rows: int) -> Column:
    array = np.asarray(value, dtype=object)
    if array.shape == (rows, 1):
        return array
    if array.size == 1:
        return _column([array.reshape(-1)[0]] * rows)
    raise ValueError(f"a formula gave {array.shape} for {rows} workbooks")


def _scalar(value: Any) -> Any:
    array = np.asarray(value, dtype=object)
    if array.size != 1:
        raise ValueError(f"a formula gave {array.shape} for one workbook")
    return array.reshape(-1)[0]


def _result(value: Any) -> Result:
    if value is sh.EMPTY:
        return ""
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | float | np.integer | np.floating):
        return float(value)
    return str(value)
