"""A row of a detail table as a scope of figures, and what the rubric needs of each table."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from workbook.spec.fields import Field
from workbook.spec.model import Rate, Rubric
from workbook.spec.tables import Table


@dataclass(frozen=True, slots=True)
class RowScope:
    """The input columns of a table, as the figures that a row's expressions can name."""

    field: Mapping[str, Field]
    rate: Mapping[str, Rate] = dataclasses.field(default_factory=dict)


def row_scope(table: Table, cells: Mapping[str, str] | None = None) -> RowScope:
    """The scope of a row; ``cells`` names each column by its cell, for formulas."""
    columns = {one.id: one for one in table.inputs}
    if cells is not None:
        columns = {key: one.model_copy(update={"name": cells[key]}) for key, one in columns.items()}
    return RowScope(columns)


def needed_columns(rubric: Rubric, table: Table) -> tuple[str, ...]:
    """The input columns without which some field's count or sum stays open, in the table's order."""
    needed: set[str] = set()
    for source in rubric.sources.values():
        if source.table == table.id:
            for column in (source.column, source.where):
                needed.update(table.inputs_behind(column) if column is not None else ())
    return tuple(one.id for one in table.inputs if one.id in needed)
