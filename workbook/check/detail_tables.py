"""Detail tables: computed columns that a row can compute, sources that their table can give."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.check.subject import SpecPart, Subject
from workbook.check.uses import in_expression
from workbook.findings import Finding
from workbook.layout import names
from workbook.rubric.aggregate import Aggregate, aggregate_source
from workbook.rubric.expr import quotient
from workbook.rubric.fields import FieldKind
from workbook.rubric.headings import answer, figure_headings, ids_by_heading, plain_heading
from workbook.rubric.tables import Column, Table, yes_no

MOST_ROWS = 500
"""More rows make a workbook slow to open."""

_LONGEST_TITLE = 31
_OWN_TITLES = {value for name, value in vars(names).items() if name.startswith("TITLE_")} | {"history"}
"""Titles that sheets of every workbook have, and one that Excel keeps for itself."""

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
    if problem := _sheet_problem(table.sheet):
        yield f"工作表名称“{table.sheet}”{problem}"
    if not table.inputs:
        yield "没有可填的列"
    ids, called = ([getattr(one, part) for one in table.columns] for part in ("id", "called"))
    if len(set(ids)) < len(ids) or len(set(called)) < len(called):
        yield "列的 id 或名称有重复"


def _sheet_problem(title: str) -> str:
    """Why a text cannot be the title of a sheet of our own; empty where it can."""
    if not title.strip() or len(title) > _LONGEST_TITLE:
        return f"为空或超过 {_LONGEST_TITLE} 个字符"
    if set(title) & set("[]:*?/\\'") or not title.isprintable():
        return "含 [ ] : * ? / \\ 或单引号"
    return "与固有的工作表同名" if title.casefold() in _OWN_TITLES else ""


def _column_problems(table: Table, column: Column) -> Iterator[str]:
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
            yield f"“{name}”不是本表的填报列" + _meant(name, table, set(inputs))
        elif inputs[name].kind not in role.kinds:
            yield f"“{name}”应为{role.wanted}"


def _meant(heading: str, table: Table, ids: set[str]) -> str:
    """The id of the column whose heading stands where an id is wanted; empty where there is none."""
    named = [(text, one.id) for one in table.columns if one.id in ids for text in (one.label, one.name)]
    found = ids_by_heading(named).get(plain_heading(heading))
    return f"，{answer(heading, found)}" if found else ""


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
        ids = figure_headings(subject.rubric).get(plain_heading(field_id))
        yield "没有这个字段" + (f"，{answer(field_id, ids)}" if ids else "")
        return
    if table is None:
        known = ids_by_heading(
            (heading, one.id) for one in subject.rubric.tables for heading in (one.title, one.name)
        )
        ids = known.get(plain_heading(source.table))
        yield f"本规格没有明细表“{source.table}”" + (f"，{answer(source.table, ids)}" if ids else "")
        return
    if source.op == "count" and field.kind is not FieldKind.COUNT:
        yield "count 只能填入 count 字段"
    if source.op == "sum" and field.kind not in _SUMMED:
        yield "sum 只能填入 money、count 或 points 字段"
    for name, wanted in ((source.column, source.op == "count"), (source.where, True)):
        column = table.column.get(name) if name is not None else None
        if name is not None and column is None:
            yield f"明细表“{table.id}”没有列“{name}”" + _meant(name, table, set(table.column))
        elif column is not None and yes_no(column) != wanted:
            yield f"列“{name}”应为{'是/否' if wanted else '数字'}"
        elif column is not None and not wanted and column.kind is not field.kind:
            yield f"列“{name}”与字段的种类不同"
    if source.rows is not None:
        first, last = source.rows
        if not table.fixed or not 1 <= first <= last <= table.size:
            yield "rows 只用于固定行的明细表，且应在行数之内"
