"""Detail tables, exactly: the state and computed columns of each row, and the fields taken from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from workbook import rounding
from workbook.rubric.aggregate import Aggregate
from workbook.rubric.expr import Condition, Operand, quotient
from workbook.rubric.fields import NO, YES
from workbook.rubric.inputs import FieldValue, Inputs, TableRow
from workbook.rubric.model import Rubric
from workbook.rubric.once import once
from workbook.rubric.row_scope import RowScope, excusing, needed_columns, row_scope
from workbook.rubric.states import RowState
from workbook.rubric.tables import Column, Table
from workbook.scorer.ledger import Ledger

_scope = once(row_scope)

Computed = Fraction | str | None
"""A computed cell: a number, 是 or 否, or None while it is empty."""


@dataclass(frozen=True, slots=True)
class RowResult:
    """A row in use: its state and its computed columns."""

    state: RowState
    computed: Mapping[str, Computed]


@dataclass(frozen=True, slots=True)
class TableResult:
    """A table: ``rows`` by number from 1, those in use only."""

    table: Table
    rows: Mapping[int, RowResult]

    def count(self, state: RowState) -> int:
        """Count the rows in a state."""
        return sum(1 for row in self.rows.values() if row.state is state)


def table_result(rubric: Rubric, table: Table, inputs: Inputs) -> TableResult:
    """The rows of ``table`` in use, with their states and computed columns."""
    scope = _scope(table)
    rows = {}
    for number in range(1, table.size + 1):
        row = inputs.row(table.id, number)
        if row:
            computed = {one.id: _computed(one, row, scope) for one in table.computed}
            known = {*row, *(key for key, value in computed.items() if value is not None)}
            answers = {**row, **computed}
            excuses = excusing(rubric, table, number).items()
            known |= {one for one, by in excuses if all(answers.get(column) == NO for column in by)}
            complete = known.issuperset(needed_columns(rubric, table, number))
            rows[number] = RowResult(RowState.FILLED if complete else RowState.PARTIAL, computed)
    return TableResult(table, rows)


def _computed(column: Column, row: TableRow, scope: RowScope) -> Computed:
    ledger = Ledger(scope, Inputs(row))
    if column.when is not None:
        return _answer(column.when, ledger)
    assert column.of is not None
    if column.given is not None and ledger.truth(column.given) is not True:
        return None
    return _number(column, column.of, ledger)


def _answer(condition: Condition, ledger: Ledger) -> str | None:
    truth = ledger.truth(condition)
    return None if truth is None else YES if truth else NO


def _number(column: Column, operand: Operand, ledger: Ledger) -> Fraction | None:
    """At 6 decimals; None while a figure is blank, or where the divisor is zero and nothing is said of that.

    Spreadsheets round the 15 digits that they show: the ninth decimal of a large quotient is not dependable.
    """
    parts = quotient(operand)
    if parts is not None:
        divisor = ledger.raw_operand(parts[1])
        above = ledger.raw_operand(parts[0])
        if divisor is not None and rounding.half_up(divisor, rounding.GUARD_PLACES) == 0:
            stated = None if above is None else _over_zero(column, above)
            if stated is None:
                return None
            operand = stated
    value = ledger.raw_operand(operand)
    return None if value is None else rounding.half_up(value, rounding.GUARD_PLACES)


def _over_zero(column: Column, above: Fraction) -> Operand | None:
    """What a column is stated to be where its divisor is zero."""
    above = rounding.half_up(above, rounding.GUARD_PLACES)
    if above < 0:
        return None
    return column.beyond_base if above > 0 else column.zero_base


def sourced(aggregate: Aggregate, result: TableResult, inputs: Inputs) -> Decimal | None:
    """What a field takes from a table; None while a row in use lacks a figure that it needs.

    A sum over chosen rows does without the figures of the others, once no row is incomplete.
    """
    table = result.table
    if aggregate.rows is not None:
        first, last = aggregate.rows
        cells = [_cell(table, result, inputs, number, aggregate.column) for number in range(first, last + 1)]
        return _sum(cells)
    if not result.rows:
        return None
    if aggregate.column is None:
        return Decimal(len(result.rows))
    cells = [_cell(table, result, inputs, number, aggregate.column) for number in result.rows]
    if aggregate.op == "count":
        return None if None in cells else Decimal(cells.count(YES))
    if aggregate.where is None:
        return _sum(cells)
    chosen = [_cell(table, result, inputs, number, aggregate.where) for number in result.rows]
    if None in chosen or (None in cells and result.count(RowState.FILLED) < len(result.rows)):
        return None
    return _sum([cell for cell, choice in zip(cells, chosen, strict=True) if choice == YES])


def lacking(rubric: Rubric, aggregate: Aggregate, inputs: Inputs) -> Iterator[str]:
    """Each row in use that keeps a field from being taken from its table, with the columns that it lacks."""
    table = rubric.table[aggregate.table]
    result = table_result(rubric, table, inputs)
    first, last = aggregate.rows or (1, table.size)
    for number, row in result.rows.items():
        columns = [one for one in (aggregate.column, aggregate.where) if one is not None]
        blank = [one for one in columns if _cell(table, result, inputs, number, one) is None]
        if blank and row.state is not RowState.FILLED and first <= number <= last:
            missing = "、".join(f"“{table.column[one].label}”" for one in blank)
            yield f"{table.title}第 {table.labels[number - 1]} 行缺{missing}"


def _cell(
    table: Table, result: TableResult, inputs: Inputs, number: int, column: str | None
) -> FieldValue | Computed:
    assert column is not None
    if table.column[column].computed is None:
        return inputs.row(table.id, number).get(column)
    row = result.rows.get(number)
    return None if row is None else row.computed[column]


def _sum(cells: list[FieldValue | Computed]) -> Decimal | None:
    numbers = [Fraction(cell) for cell in cells if isinstance(cell, Decimal | Fraction)]
    if len(numbers) < len(cells):
        return None
    total = rounding.half_up(sum(numbers, Fraction(0)), rounding.GUARD_PLACES)
    return Decimal(total.numerator) / Decimal(total.denominator)
