"""Detail tables: a sheet for each free table, fixed ones below each other on theirs."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.layout.draft import Area, Content, Input, Quantity, Sheet
from workbook.spec.model import Rubric
from workbook.spec.rows import needed_columns
from workbook.spec.tables import Column, Table

_LABEL_WIDTH = 12.0
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
    widths = [_LABEL_WIDTH if not alone or tables[0].fixed else 6.0]
    widths += [max(_width(table, number) for table in tables) for number in range(columns)]
    sheet = Sheet(title, widths=(*widths, _STATE_WIDTH), landscape=True)
    sheet.banner(f"{title}（{rubric.fiscal_year} 年度）", "title", height=32)
    for table in tables:
        _table(sheet, rubric, table, alone=alone)
    return sheet


def _width(table: Table, number: int) -> float:
    ordered = _ordered(table)
    return ordered[number].width if number < len(ordered) else 0.0


def _ordered(table: Table) -> tuple[Column, ...]:
    """Inputs first: sorting and filtering then touch only cells that the officer may change."""
    inputs = [one for one in table.columns if one.computed is None]
    return (*inputs, *table.computed)


def _table(sheet: Sheet, rubric: Rubric, table: Table, *, alone: bool) -> None:
    columns = _ordered(table)
    state_col = len(columns) + 1
    sheet.banner(table.title if not alone else "填报要求", "section", height=22)
    if table.about:
        sheet.banner(table.about, "text", height=38)
    row = sheet.row
    sheet.put(row, 0, "已用行数", "label", last_col=1)
    for offset, (label, part) in enumerate((("", "used"), ("其中不全", "partial"), ("有误", "invalid"))):
        col = 2 + 2 * offset
        if label:
            sheet.put(row, col - 1, label, "label")
        sheet.put(row, col, Quantity(f"table:{table.id}:{part}"), "formula.count")
    sheet.heights[row] = 22
    sheet.row += 1
    needed = needed_columns(rubric, table)
    heading = [(table.heading, "heading")]
    for column in columns:
        unit = f"（{column.unit or {'money': '万元'}.get(column.kind.value, '')}）"
        mark = "＊" if column.id in needed else ""
        heading.append((f"{mark}{column.label}{unit if unit != '（）' else ''}", "heading"))
    top = sheet.line([*heading, ("状态", "heading")], least=36) + 1
    for number, label in enumerate(table.labels, 1):
        contents: list[tuple[Content, str]] = [(label, "center" if not table.fixed else "label")]
        for column in columns:
            if column.computed is None:
                key = f"tables.{table.id}.{number}.{column.id}"
                contents.append((Input(key), f"input.{column.kind.value}"))
            else:
                contents.append((Quantity(f"row:{table.id}:{number}:{column.id}"), f"formula.{column.kind.value}"))
        contents.append((Quantity(f"row:{table.id}:{number}:state"), "formula.state"))
        row = sheet.row
        for col, (content, style) in enumerate(contents):
            sheet.put(row, col, content, style)
        sheet.heights[row] = _ROW_HEIGHT
        sheet.row += 1
    last = sheet.row - 1
    inputs = {one.id: one for one in table.inputs}
    for col, column in enumerate(columns, 1):
        area = Area(top, last, col)
        sheet.areas[f"table:{table.id}:{column.id}"] = area
        if column.id in inputs:
            sheet.columns.append((area, inputs[column.id]))
    states = Area(top, last, state_col)
    sheet.areas[f"table:{table.id}:state"] = states
    sheet.states.append(states)
    if alone:
        sheet.freeze_rows, sheet.freeze_cols = top, 2
        sheet.repeat_rows = (top - 1, top - 1)
        if not table.fixed:
            sheet.filtered = (top - 1, 1, last, len(inputs))
    else:
        sheet.row += 1
