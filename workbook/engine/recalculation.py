"""Recalculate a template's quantities for many inputs.

Received files are never loaded into the engine. The pristine template's formulas are compiled, each
shape once, and evaluated over all that a shape meets at once: in a batch of workbooks the same formula with
the same operands gives the same value, so each distinct set of operands goes through the engine once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
import schedula as sh

from workbook.engine.engine import compiled, stacked
from workbook.engine.plan import Group, Plan
from workbook.engine.prepared import prepared
from workbook.engine.tokens import NUMBER, shape
from workbook.rubric.inputs import EPOCH, FieldValue, Inputs
from workbook.rubric.keys import Key
from workbook.template.model import Result, Template

Column = list[int]
"""A cell's value in each workbook of a batch, as numbers of a pool."""


class _ValuePool:
    """Every distinct value once, by its number, and what each formula gave for numbers of operands.

    1, 1.0 and TRUE are three values. Number 0 is an empty cell.
    """

    def __init__(self) -> None:
        self.values: list[Any] = [sh.EMPTY]
        self.results: list[Result] = [_result(sh.EMPTY)]
        self._numbers: dict[tuple[type, Any], int] = {(type(sh.EMPTY), sh.EMPTY): 0}
        self.known: dict[str, dict[tuple[Any, ...], int]] = {}

    def number_of(self, value: Any) -> int:
        """The number of a value."""
        if isinstance(value, np.generic):
            value = value.item()
        if isinstance(value, float) and value == 0:
            value = 0.0  # there is no negative zero in a spreadsheet
        key = (type(value), value)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.values)
            self.values.append(value)
            self.results.append(_result(value))
        return number

    def column(self, numbers: Iterable[int]) -> Any:
        """The values as the engine takes them."""
        return stacked([self.values[number] for number in numbers])


_MOST_VALUES = 400_000
"""Values after which a pool is made anew, so that a long run does not grow for ever."""


class Model:
    """A template's formulas, compiled when they are first needed; a batch has a column for each position."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self._pool = _ValuePool()

    @cached_property
    def _plan(self) -> Plan:
        return prepared(self.template)

    def recalculate(self, batch: Sequence[Inputs]) -> list[dict[Key, Result]]:
        """Key → value of every quantity, for each of the inputs."""
        if len(self._pool.values) > _MOST_VALUES:
            self._pool = _ValuePool()
        pool, plan = self._pool, self._plan
        blank = [0] * len(batch)
        columns: list[Column] = [blank] * plan.size
        for row, inputs in enumerate(batch):
            for key, value in inputs.cells():
                position = plan.inputs.get(key)
                if position is None:
                    continue
                if columns[position] is blank:
                    columns[position] = blank.copy()
                columns[position][row] = pool.number_of(_injected(value))
        for position, constant in plan.constants.items():
            columns[position] = [pool.number_of(constant)] * len(batch)
        for group in plan.groups:
            self._evaluate(group, columns)
        return [
            {key: pool.results[columns[position][row]] for key, position in plan.quantities.items()}
            for row in range(len(batch))
        ]

    def _evaluate(self, group: Group, columns: list[Column]) -> None:
        """Fill the columns of a group's targets; what is not known yet goes through the engine."""
        known = self._pool.known.setdefault(group.text, {})
        operands: list[list[tuple[Any, ...]]] = []
        for cells in group.cells:
            if group.ranges:
                ranges = (list(zip(*(columns[cell] for cell in one), strict=True)) for one in cells)
                operands.append(list(zip(*ranges, strict=True)))
            elif cells:
                operands.append(list(zip(*(columns[one[0]] for one in cells), strict=True)))
            else:
                operands.append([()] * len(columns[group.targets[0]]))
        missing = list({operand: None for column in operands for operand in column if operand not in known})
        if missing:
            results = self._through_ranges if group.ranges else self._through_cells
            known.update(zip(missing, map(self._pool.number_of, results(group.text, missing)), strict=True))
        for target, column in zip(group.targets, operands, strict=True):
            columns[target] = [known[operand] for operand in column]

    def _through_cells(self, text: str, operands: Sequence[tuple[int, ...]]) -> list[Any]:
        """The engine's values of an element-wise formula for many operands, in one call."""
        function, order = compiled(text)
        value = function(*(self._pool.column(operand[index] for operand in operands) for index in order))
        return _listed(value, len(operands))

    def _through_ranges(self, text: str, operands: Sequence[tuple[tuple[int, ...], ...]]) -> list[Any]:
        """The engine's values of a formula that looks at ranges, which would mix workbooks: one by one."""
        function, order = compiled(text)
        return [
            _scalar(function(*(self._pool.column(operand[index]) for index in order))) for operand in operands
        ]


def evaluate_formula(formula: str, values: Mapping[str, Any]) -> Result:
    """One formula with its references' values: a number, a text, or a list of them for a range."""
    form = shape(formula)
    function, order = compiled(form.text)
    arguments = []
    for index in order:
        name = form.references[index]
        value = float(name.removeprefix(NUMBER)) if name.startswith(NUMBER) else values[name]
        listed = value if isinstance(value, list) else [value]
        arguments.append(stacked([sh.EMPTY if one is None else one for one in listed]))
    return _result(_scalar(function(*arguments)))


def _injected(value: FieldValue | None) -> Any:
    match value:
        case None | "":
            return sh.EMPTY
        case Decimal():
            return float(value)
        case date():
            return float((value - EPOCH).days)
    return value


def _listed(value: Any, rows: int) -> list[Any]:
    array = np.asarray(value, dtype=object)
    if array.shape == (rows, 1):
        return list(array[:, 0])
    if array.size == 1:
        return [array.reshape(-1)[0]] * rows
    raise ValueError(f"a formula gave {array.shape} for {rows} sets of operands")


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
