"""A row of a detail table as a scope of figures, and what the rubric needs of each table."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from workbook.rubric.fields import Field
from workbook.rubric.model import Rate, Rubric
from workbook.rubric.once import once
from workbook.rubric.tables import Table


@dataclass(frozen=True, slots=True)
class RowScope:
    """The input columns of a table, as the figures that a row's expressions can name."""

    field: Mapping[str, Field]
    rate: Mapping[str, Rate] = dataclasses.field(default_factory=dict)


def row_scope(table: Table) -> RowScope:
    """The scope of a row."""
    return RowScope({one.id: one for one in table.inputs})


@once
def needed_columns(rubric: Rubric, table: Table, row: int) -> tuple[str, ...]:
    """The columns, input or computed, without which a field's count or sum stays open; rows from 1."""
    needed: set[str] = set()
    for source in rubric.sources.values():
        first, last = source.rows or (1, table.size)
        if source.table == table.id and first <= row <= last:
            needed.update(one for one in (source.column, source.where) if one is not None)
    return tuple(one.id for one in table.columns if one.id in needed)


@once
def excusing(rubric: Rubric, table: Table, row: int) -> dict[str, tuple[str, ...]]:
    """For a column that only sums over chosen rows need: the columns that choose.

    A row that all of these leave out may leave it blank.
    """
    choosing: dict[str, dict[str, None]] = {}
    wanted: set[str | None] = set()
    for source in rubric.sources.values():
        first, last = source.rows or (1, table.size)
        if source.table != table.id or not first <= row <= last:
            continue
        if source.where is None or source.column is None:
            wanted.add(source.column)
        else:
            wanted.add(source.where)
            choosing.setdefault(source.column, {})[source.where] = None
    return {column: tuple(ids) for column, ids in choosing.items() if column not in wanted}


def marked_inputs(rubric: Rubric, table: Table) -> frozenset[str]:
    """The input columns behind what some field needs, but for those that a condition finds blank as well."""
    needed = {one for row in range(1, table.size + 1) for one in needed_columns(rubric, table, row)}
    return frozenset(one for column in needed for one in table.inputs_behind(column))
