"""Figures that a field can take from a detail table: counts and sums of a column.

The notation is a small subset of Python's, parsed by its parser and never evaluated::

    count(projects)                          rows in use
    count(projects.finished)                 rows that say 是 in a yes/no column
    sum(procurement.paid)                    the sum of a column
    sum(projects.budget, projects.new)       the sum over the rows that say 是 in another column
    sum(quarters.spent, rows=(1, 2))         the sum of some rows of a table with fixed rows
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Literal

from workbook.rubric.expr_parser import ExprError


@dataclass(frozen=True, slots=True)
class Aggregate:
    """``op`` over a column of a table. ``rows``: first and last, from 1, both included."""

    op: Literal["count", "sum"]
    table: str
    column: str | None = None
    where: str | None = None
    rows: tuple[int, int] | None = None


def parse_aggregate(source: str) -> Aggregate:
    """Parse the notation above. Raises ExprError."""
    try:
        node = ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError) as error:
        raise ExprError(f"明细汇总无法解析：{source!r}") from error
    match node:
        case ast.Call(func=ast.Name(id="count"), args=[ast.Name(id=table)], keywords=[]):
            return Aggregate("count", table)
        case ast.Call(func=ast.Name(id="count"), args=[ast.Attribute() as column], keywords=[]):
            return Aggregate("count", *_column(column))
        case ast.Call(func=ast.Name(id="sum"), args=[ast.Attribute() as column], keywords=[]):
            return Aggregate("sum", *_column(column))
        case ast.Call(
            func=ast.Name(id="sum"), args=[ast.Attribute() as column, ast.Attribute() as where], keywords=[]
        ):
            table, summed = _column(column)
            other, condition = _column(where)
            if other != table:
                raise ExprError(f"条件列应在同一明细表：{source!r}")
            return Aggregate("sum", table, summed, condition)
        case ast.Call(
            func=ast.Name(id="sum"),
            args=[ast.Attribute() as column],
            keywords=[
                ast.keyword(
                    arg="rows",
                    value=ast.Tuple(
                        elts=[ast.Constant(value=int() as first), ast.Constant(value=int() as last)]
                    ),
                )
            ],
        ):
            return Aggregate("sum", *_column(column), rows=(first, last))
    raise ExprError(f"明细汇总应为 count(…) 或 sum(…)：{source!r}")


def _column(node: ast.Attribute) -> tuple[str, str]:
    if not isinstance(node.value, ast.Name):
        raise ExprError(f"应为“明细表.列”：{ast.unparse(node)}")
    return node.value.id, node.attr


def aggregate_source(aggregate: Aggregate) -> str:
    """The notation of an aggregate: the same for the same one."""
    parts = [aggregate.table if aggregate.column is None else f"{aggregate.table}.{aggregate.column}"]
    if aggregate.where is not None:
        parts.append(f"{aggregate.table}.{aggregate.where}")
    if aggregate.rows is not None:
        parts.append(f"rows={aggregate.rows}")
    return f"{aggregate.op}({', '.join(parts)})"
