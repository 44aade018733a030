"""Detail tables: computed columns that a row can compute, sources that their table can give."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.check.names import name_problem
from workbook.check.subject import SpecPart, Subject
from workbook.check.uses import in_expression
from workbook.findings import Finding
from workbook.rubric.aggregate import Aggregate, aggregate_source
from workbook.rubric.expr import quotient
from workbook.rubric.fields import FieldKind
from workbook.rubric.tables import Column, Table, yes_no

MOST_ROWS = 500
"""More rows make a workbook slow to open."""

_SUMMED = {FieldKind.MONEY, FieldKind.COUNT, FieldKind.POINTS}


def columns(subject: Subject) -> Iterator[Finding]:
    """Every column can be an input of a row or be computed from the row's inputs."""
    for number, table in enumerate(subject.rubric.tables):
        place = SpecPart(("tables", number), f"明细表“{table.id}”", table.title)
        for problem in _table_problems(table):
            yield subject.found("SPEC_COLUMN", place, table=table.id, column="—", problem=problem)
        for index, column in enumerate(table.columns):
            at = place.at("columns", index)
            for problem in _column_problems(table, column):
                yield subject.found("SPEC_COLUMN", at, table=table.id, column=column.id, problem=problem)


def _table_problems(table: Table) -> Iterator[str]:
    if not 1 <= table.size <= MOST_ROWS:
        yield f"行数应为 1 至 {MOST_ROWS}"
    if len(set(table.labels)) < table.size:
        yield "行的名称有重复"
    if not table.inputs:
        yield "没有可填的列"
    ids, names = ([getattr(one, part) for one in table.columns] for part in ("id", "name"))
    if len(set(ids)) < len(ids) or len(set(names)) < len(names):
        yield "列的 id 或名称有重复"


def _column_problems(table: Table, column: Column) -> Iterator[str]:
    problem = name_problem(f"{table.name}_{column.name}")
    if problem is not None or not column.name:
        yield f"名称“{table.name}_{column.name}”{problem or '为空'}"
    if column.of is not None and column.when is not None:
        yield "of 与 when 只能写一个"
    if column.kind is FieldKind.CHOICE and len(column.choices) < 2:
        yield "choice 至少要两个选项"
    if (column.when is not None) != (column.computed is not None and yes_no(column)):
        yield "when 的列应为 yesno，of 的列应为数字"
    if column.of is not None and not column.kind.numeric:
        yield "of 的列应为数字"
    if column.given is not None and column.of is None:
        yield "given 只用于 of 的列"
    stated = (column.zero_base, column.beyond_base)
    if stated != (None, None) and (column.of is None or quotient(column.of) is None):
        yield "zero_base、beyond_base 只用于 of 的最外层是除法的列"
    if column.computed is None:
        return
    inputs = {one.id: one for one in table.inputs}
    parts = [one for one in (column.computed, column.given, *stated) if one is not None]
    for name, role in (use for part in parts for use in in_expression(part)):
        if name not in inputs:
            yield f"“{name}”不是本表的填报列"
        elif inputs[name].kind not in role.kinds:
            yield f"“{name}”应为{role.wanted}"


def sources(subject: Subject) -> Iterator[Finding]:
    """Every source names a field, a table and columns that fit each other."""
    for field_id, source in subject.rubric.sources.items():
        unknown = field_id not in subject.rubric.field
        place = SpecPart(("sources", field_id), f"来源“{field_id}”", key=unknown)
        for problem in _source_problems(subject, field_id, source):
            text = aggregate_source(source)
            yield subject.found("SPEC_SOURCE", place, field=field_id, source=text, problem=problem)


def _source_problems(subject: Subject, field_id: str, source: Aggregate) -> Iterator[str]:
    field = subject.rubric.field.get(field_id)
    table = subject.rubric.table.get(source.table)
    if field is None:
        yield "没有这个字段"
        return
    if table is None:
        yield f"本规格没有明细表“{source.table}”"
        return
    if source.op == "count" and field.kind is not FieldKind.COUNT:
        yield "count 只能填入 count 字段"
    if source.op == "sum" and field.kind not in _SUMMED:
        yield "sum 只能填入 money、count 或 points 字段"
    for name, wanted in ((source.column, source.op == "count"), (source.where, True)):
        column = table.column.get(name) if name is not None else None
        if name is not None and column is None:
            yield f"明细表“{table.id}”没有列“{name}”"
        elif column is not None and yes_no(column) != wanted:
            yield f"列“{name}”应为{'是/否' if wanted else '数字'}"
        elif column is not None and not wanted and column.kind is not field.kind:
            yield f"列“{name}”与字段的种类不同"
    if source.rows is not None:
        first, last = source.rows
        if not table.fixed or not 1 <= first <= last <= table.size:
            yield "rows 只用于固定行的明细表，且应在行数之内"
