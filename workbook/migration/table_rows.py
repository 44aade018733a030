"""Rows of detail tables: a cell is carried to the same column of the same table, in the same row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from workbook.migration.carried import Added, Carried, Dropped, Figure, Wording
from workbook.migration.same import difference, misfit
from workbook.rubric.fields import Field
from workbook.rubric.inputs import FieldValue, Inputs, TableRow
from workbook.rubric.keys import Key
from workbook.rubric.model import Rubric
from workbook.rubric.tables import Table


@dataclass(slots=True)
class TablesMigration:
    """The rows carried by table, and what is said of each column."""

    rows: dict[str, tuple[TableRow, ...]] = field(default_factory=dict)
    carried: list[Carried] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)


def carry_tables(old: Rubric, inputs: Inputs, new: Rubric) -> TablesMigration:
    """Carry the rows of the detail tables of ``old`` to those of ``new``."""
    result = TablesMigration()
    for table in old.tables:
        rows: dict[int, dict[str, FieldValue]] = {}
        for column in table.inputs:
            _carry_column(
                table, column, inputs.tables.get(table.id, ()), new.table.get(table.id), rows, result
            )
        if rows:
            result.rows[table.id] = tuple(rows.get(number, {}) for number in range(1, max(rows) + 1))
    return result


def added_columns(old: Rubric, new: Rubric) -> Iterator[Added]:
    """The columns to fill in that only the new rubric has."""
    for table in new.tables:
        before = {one.id for one in old.table[table.id].inputs} if table.id in old.table else set()
        for column in table.inputs:
            if column.id not in before:
                wording = _wording(table, column)
                yield Added(Key.column(table.id, column.id), wording.label, wording.help, required=False)


def _carry_column(
    table: Table,
    column: Field,
    rows: tuple[TableRow, ...],
    target: Table | None,
    carried_rows: dict[int, dict[str, FieldValue]],
    result: TablesMigration,
) -> None:
    key, wording = Key.column(table.id, column.id), _wording(table, column)
    figures = tuple(
        Figure(column, row[column.id], table.labels[number - 1])
        for number, row in enumerate(rows, 1)
        if column.id in row
    )
    places = {table.labels[number - 1]: number for number in range(1, table.size + 1)}
    now = _same_column(table, column, target)
    if target is None or isinstance(now, str):
        if figures or target is None or column.id not in target.column:
            result.dropped.append(Dropped(key, wording.label, figures, str(now)))
        return
    kept: list[Figure] = []
    left: dict[str, list[Figure]] = {}
    for figure in figures:
        number = _row(target, figure.row, places[figure.row])
        obstacle = (
            _no_row(target)
            if number is None
            else misfit(column, target.row_input(number, now.id), figure.value)
        )
        if number is None or obstacle is not None:
            left.setdefault(obstacle or "", []).append(figure)
        else:
            carried_rows.setdefault(number, {})[column.id] = figure.value
            kept.append(figure)
    if kept:
        result.carried.append(Carried(key, wording, _wording(target, now), tuple(kept)))
    result.dropped += [Dropped(key, wording.label, tuple(some), reason) for reason, some in left.items()]


def _same_column(table: Table, column: Field, target: Table | None) -> Field | str:
    """The column of the new table, or why none is the same."""
    if target is None:
        return "新标准没有这张明细表"
    if table.fixed != target.fixed:
        return "新标准这张明细表的行不同"
    if column.id not in target.column:
        return "新标准的明细表没有这一列"
    now = next((one for one in target.inputs if one.id == column.id), None)
    if now is None:
        return "新标准的明细表自动计算这一列"
    return difference(column, now) or now


def _row(target: Table, label: str, number: int) -> int | None:
    """The row's number in the new table: by its label where rows have labels, else the same number."""
    if target.fixed:
        return target.labels.index(label) + 1 if label in target.labels else None
    return number if number <= target.size else None


def _no_row(target: Table) -> str:
    return "新标准的明细表没有这一行" if target.fixed else f"新标准的明细表只有 {target.size} 行"


def _wording(table: Table, column: Field) -> Wording:
    return Wording(f"{table.title}“{column.label}”", column.help)
