"""Detail tables as Excel text: row states, computed columns, and the counts and sums over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbook import rounding
from workbook.addresses import split
from workbook.formula.states import bounds_tests
from workbook.formula.text import Names, all_numbers, all_of, any_of, branch, holds, operand_text
from workbook.rubric.aggregate import Aggregate
from workbook.rubric.expr import Operand, quotient, source, unique_refs
from workbook.rubric.fields import NO, YES, Field, FieldKind
from workbook.rubric.keys import AreaKey, Key
from workbook.rubric.model import Rubric
from workbook.rubric.row_scope import excusing, needed_columns, row_scope
from workbook.rubric.states import RowState
from workbook.rubric.tables import Column, Table


def row_formulas(
    rubric: Rubric, table: Table, number: int, cells: Mapping[str, str]
) -> tuple[str, dict[str, str]]:
    """The formulas of the state and of the computed columns of row ``number``; ``cells`` are by column."""
    scope = row_scope(table)
    names = Names(scope, {Key.input(one.id): cells[one.id] for one in table.inputs})
    blank = all_of([f'{cells[one.id]}=""' for one in table.inputs])
    faults = "+".join(fault for field in scope.field.values() if (fault := _fault_text(field, names)))
    excuses = excusing(rubric, table, number)
    missing = any_of(
        [_missing_text(cells, one, excuses.get(one, ())) for one in needed_columns(rubric, table, number)]
    )
    complete = f'"{RowState.FILLED.value}"'
    if missing:
        complete = f'IF({missing},"{RowState.PARTIAL.value}",{complete})'
    if faults:
        complete = f'IF({faults}>0,"{RowState.INVALID.value}",{complete})'
    computed = {}
    for column in table.computed:
        text = _computed_text(column, names)
        asks_for_blanks = column.when is not None and "filled(" in source(column.when)
        computed[column.id] = f'IF({blank},"",{text})' if asks_for_blanks else text
    return f'IF({blank},"",{complete})', computed


def _missing_text(cells: Mapping[str, str], column: str, excused_by: Sequence[str]) -> str:
    """A test that a row lacks a figure: it is blank, and not all that choose rows leave this one out."""
    blank = f'{cells[column]}=""'
    if not excused_by:
        return blank
    left_out = "*".join(f'({cells[one]}="{NO}")' for one in excused_by)
    return f"({blank})*(1-{left_out})=1"


def _fault_text(field: Field, names: Names) -> str:
    """1 where a cell holds what its column may not, else 0; short, for it stands in every row."""
    name = names.typed(field.id)
    match field.kind:
        case FieldKind.TEXT:
            return ""
        case FieldKind.YESNO | FieldKind.CHOICE:
            options = (YES, NO) if field.kind is FieldKind.YESNO else field.choices
            return "*".join([f'({name}<>"")', *(f'({name}<>"{option}")' for option in options)])
    inside = "*".join(f"({test})" for test in bounds_tests(field, name))
    return f'IF(ISNUMBER({name}),1-{inside},({name}<>"")*1)'


def _computed_text(column: Column, names: Names) -> str:
    if column.when is not None:
        return branch(column.when, f'"{YES}"', f'"{NO}"', names)
    assert column.of is not None
    text = _number_text(column, column.of, names)
    return text if column.given is None else f'IF({holds(column.given, names)},{text},"")'


def _number_text(column: Column, operand: Operand, names: Names) -> str:
    text = _rounded(operand, names)
    parts = quotient(operand)
    if parts is not None:
        above, divisor = (_rounded(part, names) for part in parts)
        over_zero = '""'
        if column.zero_base is not None:
            over_zero = f"IF({above}=0,{_stated(column.zero_base, names)},{over_zero})"
        if column.beyond_base is not None:
            over_zero = f"IF({above}>0,{_stated(column.beyond_base, names)},{over_zero})"
        text = f"IF({divisor}=0,{over_zero},{text})"
    return f'IF({all_numbers(names.raw(name) for name in unique_refs(operand))},{text},"")'


def _rounded(operand: Operand, names: Names) -> str:
    return f"ROUND({operand_text(operand, names, raw=True)},{rounding.GUARD_PLACES})"


def _stated(operand: Operand, names: Names) -> str:
    """What a column is over a zero divisor; empty while a figure in that is blank."""
    used = [names.raw(name) for name in unique_refs(operand)]
    text = _rounded(operand, names)
    return f'IF({all_numbers(used)},{text},"")' if used else text


def count_text(table: Table, names: Names, *states: RowState) -> str:
    """The number of rows in one of these states."""
    cells = names.cells[AreaKey.row_states(table.id)]
    return "+".join(f'COUNTIF({cells},"{state.value}")' for state in states)


def source_text(aggregate: Aggregate, table: Table, areas: Mapping[AreaKey, str], names: Names) -> str:
    """The figure that a field takes from its table; empty while a row in use lacks a figure that it needs."""
    used = names.cells[Key.rows(table.id, "used")]
    if aggregate.column is None:
        return f'IF({used}>0,{used},"")'
    cells = names.cells[AreaKey.column(table.id, aggregate.column)]
    if aggregate.rows is not None:
        first, last = aggregate.rows
        if first == last:  # the engine takes a lone cell for a value, not for a range
            cell = _part(areas[AreaKey.column(table.id, aggregate.column)], first, last).partition(":")[0]
            return f'IF(ISNUMBER({cell}),{_sum(cell)},"")'
        part = _part(areas[AreaKey.column(table.id, aggregate.column)], first, last)
        return f'IF(COUNT({part})={last - first + 1},{_sum(f"SUM({part})")},"")'
    if aggregate.op == "count":
        answers = f'COUNTIF({cells},"{YES}")+COUNTIF({cells},"{NO}")'
        return f'IF({used}=0,"",IF({answers}={used},COUNTIF({cells},"{YES}"),""))'
    filled, total = f"COUNT({cells})={used}", f"SUM({cells})"
    if aggregate.where is not None:
        where = names.cells[AreaKey.column(table.id, aggregate.where)]
        answers = f'COUNTIF({where},"{YES}")+COUNTIF({where},"{NO}")'
        whole = count_text(table, names, RowState.FILLED)
        filled = all_of([f"({filled})+({whole}={used})>0", f"{answers}={used}"])
        total = f'SUMIF({where},"{YES}",{cells})'
    return f'IF({used}=0,"",IF({filled},{_sum(total)},""))'


def _sum(text: str) -> str:
    return f"ROUND({text},{rounding.GUARD_PLACES})"


def _part(area: str, first: int, last: int) -> str:
    """Rows ``first`` to ``last`` of a one-column range such as ``'季度明细'!C5:C8``."""
    sheet, _, cells = area.rpartition("!")
    top = cells.partition(":")[0]
    letters, start = split(top)
    return f"{sheet}!{letters}{start + first - 1}:{letters}{start + last - 1}"
