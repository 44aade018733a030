"""Detail tables: a sheet for each free table, fixed ones below each other on theirs."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.layout import names
from workbook.layout.canvas import (
    LINE_HEIGHT,
    Area,
    Content,
    Input,
    Quantity,
    Sheet,
    page_breaks,
    text_height,
)
from workbook.rubric.fields import FieldKind
from workbook.rubric.keys import AreaKey, Key
from workbook.rubric.model import Rubric
from workbook.rubric.row_scope import marked_inputs
from workbook.rubric.tables import Column, Table

_LABEL_WIDTH = 26.0
_STATE_WIDTH = 9.0
_ROW_HEIGHT = 20.0


def detail_sheets(rubric: Rubric) -> Iterator[Sheet]:
    """The sheets of the detail tables, in the order in which the rubric lists them."""
    titles = dict.fromkeys(table.sheet for table in rubric.tables)
    for title in titles:
        yield _sheet(rubric, title, [table for table in rubric.tables if table.sheet == title])


def _sheet(rubric: Rubric, title: str, tables: list[Table]) -> Sheet:
    alone = len(tables) == 1
    columns = max(len(table.columns) for table in tables)
    widths = [_LABEL_WIDTH if any(table.fixed for table in tables) else 6.0]
    widths += [max(_width(table, number) for table in tables) for number in range(columns)]
    sheet = Sheet(title, widths=(*widths, _STATE_WIDTH), landscape=True)
    sheet.banner(f"{title}（{rubric.fiscal_year} 年度）", "title", height=32)
    starts = []
    for table in tables:
        starts.append(sheet.row)
        _table(sheet, rubric, table, alone=alone)
    if not alone:
        sheet.breaks = page_breaks(sheet, starts)
    return sheet


def _width(table: Table, number: int) -> float:
    ordered = _ordered(table)
    return ordered[number].width if number < len(ordered) else 0.0


def _ordered(table: Table) -> tuple[Column, ...]:
    """Inputs first: sorting and filtering then touch only cells that the officer may change."""
    inputs = [one for one in table.columns if one.computed is None]
    return (*inputs, *table.computed)


def _table(sheet: Sheet, rubric: Rubric, table: Table, *, alone: bool) -> None:
    sheet.banner(table.title if not alone else "填报要求", "section", height=22)
    sheet.banner("".join(_about(table)), "text", height=38)
    if not table.fixed:
        _counts(sheet, table)
    if table.required:
        _sums(sheet, rubric, table)
    columns = _ordered(table)
    needed = marked_inputs(rubric, table)
    headings = [table.heading, *(_heading(column, column.id in needed) for column in columns), "状态"]
    top = sheet.line([(heading, "heading") for heading in headings], least=36) + 1
    for number, label in enumerate(table.labels, 1):
        _row(sheet, table, number, label)
    last = sheet.row - 1
    inputs = {one.id: one for one in table.inputs}
    for col, column in enumerate(columns, 1):
        area = Area(top, last, col)
        sheet.areas[AreaKey.column(table.id, column.id)] = area
        if column.id in inputs:
            sheet.columns.append((area, inputs[column.id]))
    states = Area(top, last, len(columns) + 1)
    sheet.areas[AreaKey.row_states(table.id)] = states
    sheet.states.append(states)
    if not alone:
        sheet.row += 1
        return
    sheet.freeze_rows, sheet.freeze_cols = top, 2
    sheet.repeat_rows = (top - 1, top - 1)
    if not table.fixed:
        sheet.filtered = (top - 1, 1, last, len(inputs))


def _about(table: Table) -> Iterator[str]:
    usual = "" if table.required else "选填。"
    yield f"{usual}{table.about}带＊的列填全的行才能汇总到“{names.TITLE_ENTRY}”。"
    if any(one.kind is FieldKind.MONEY for one in table.columns):
        yield "金额单位：万元。"
    if not table.fixed:
        yield f"多于 {table.size} 行的，只在“{names.TITLE_ENTRY}”填合计数。"


def _counts(sheet: Sheet, table: Table) -> None:
    """Put the number of rows in use, and of those that lack something or are wrong."""
    row = sheet.row
    sheet.put(row, 0, "已填行数", "label", last_col=1)
    sheet.put(row, 2, Quantity(Key.rows(table.id, "used")), "formula.count")
    for col, label, key in (
        (3, "其中不全", Key.rows(table.id, "partial")),
        (5, "有误", Key.rows(table.id, "invalid")),
    ):
        sheet.put(row, col, label, "label")
        sheet.put(row, col + 1, Quantity(key), "formula.count")
    sheet.heights[row] = 22
    sheet.row += 1


def _sums(sheet: Sheet, rubric: Rubric, table: Table) -> None:
    """Put the figure of each field that the table fills, in sight of the officer who fills it in."""
    for field_id in (one for one, source in rubric.sources.items() if source.table == table.id):
        style = (
            "item" if rubric.field[field_id].kind is FieldKind.POINTS else rubric.field[field_id].kind.value
        )
        label = rubric.field[field_id].label
        sheet.put(sheet.row, 0, label, "label", last_col=1)
        sheet.put(sheet.row, 2, Quantity(Key.from_table(field_id).echo()), f"formula.{style}")
        sheet.put(sheet.row, 3, rubric.field[field_id].help, "text", last_col=len(sheet.widths) - 1)
        sheet.heights[sheet.row] = max(22.0, text_height(label, sum(sheet.widths[:2])))
        sheet.row += 1


def _heading(column: Column, needed: bool) -> str:
    return f"{'＊' if needed else ''}{column.label}"


def _row(sheet: Sheet, table: Table, number: int, label: str) -> None:
    contents: list[tuple[Content, str]] = [(label, "label" if table.fixed else "center")]
    for column in _ordered(table):
        kind = column.kind.value
        if column.computed is None:
            contents.append((Input(Key.cell(table.id, number, column.id)), f"input.{kind}"))
        else:
            exact = "item" if column.kind is FieldKind.POINTS else kind
            contents.append((Quantity(Key.computed(table.id, number, column.id)), f"formula.{exact}"))
    contents.append((Quantity(Key.row_state(table.id, number)), "formula.state"))
    for col, (content, style) in enumerate(contents):
        sheet.put(sheet.row, col, content, style)
    sheet.heights[sheet.row] = _ROW_HEIGHT + (table.lines - 1) * LINE_HEIGHT
    sheet.row += 1
