"""辅助计算, hidden: all that can be to do, and the indicators by deduction, for the lists that show them."""

from __future__ import annotations

from decimal import Decimal

from workbook.layout import names
from workbook.layout.canvas import Area, Quantity, Sheet, Target
from workbook.rubric.headings import indicator_headings
from workbook.rubric.keys import AreaKey, Key
from workbook.rubric.model import Rubric
from workbook.rubric.todo import LARGEST, SHOWN, todos

_NUMBER, _TODO, _TARGET, _COUNT, _NAME, _POINTS, _RANK, _REASON, _POSITION, _LARGEST = range(10)
_HEADINGS = (
    "序号", "待办事项", "单元格", "待办", "指标", "分值", "扣分次序", "扣分原因", "待办位置", "扣分位次",
)  # fmt: skip


def working_sheet(rubric: Rubric) -> Sheet:
    """The sheet that other sheets look things up in."""
    sheet = Sheet(names.TITLE_WORKING, widths=(6, 50, 22, 10, 24, 10, 12, 30, 10, 12), hidden=True)
    sheet.banner("供“填报说明”和“得分汇总”查找用，由公式计算", "text", height=20)
    top = sheet.line([(heading, "heading") for heading in _HEADINGS]) + 1
    everything = list(todos(rubric))
    for number in range(1, max(len(everything), len(rubric.indicators)) + 1):
        sheet.put(top + number - 1, _NUMBER, Decimal(number), "year")
    for number, todo in enumerate(everything, 1):
        row = top + number - 1
        sheet.put(row, _TODO, todo.text, "text")
        sheet.put(row, _TARGET, Target(todo.place), "text")
        sheet.put(row, _COUNT, Quantity(Key.todo(number, "n")), "formula.count")
    last = top + len(everything) - 1
    sheet.areas[AreaKey.todos("text")] = Area(top, last, _TODO)
    sheet.areas[AreaKey.todos("target")] = Area(top, last, _TARGET)
    sheet.areas[AreaKey.todos("n")] = Area(top, last, _COUNT)
    for offset, indicator in enumerate(rubric.indicators):
        row = top + offset
        sheet.put(row, _NAME, indicator_headings(rubric)[indicator.id], "text")
        malus = rubric.beside.get(indicator.id) == "malus"
        sheet.put(row, _POINTS, Decimal(0) if malus else indicator.points, "points")
        sheet.put(row, _RANK, Quantity(Key.rank(indicator.id)), "formula.count")
        sheet.put(row, _REASON, Quantity(Key.reason(indicator.id).echo()), "formula.text")
    last = top + len(rubric.indicators) - 1
    sheet.areas[AreaKey.ranks("name")] = Area(top, last, _NAME)
    sheet.areas[AreaKey.ranks("points")] = Area(top, last, _POINTS)
    sheet.areas[AreaKey.ranks("key")] = Area(top, last, _RANK)
    sheet.areas[AreaKey.ranks("reason")] = Area(top, last, _REASON)
    for line in range(1, SHOWN + 1):
        sheet.put(top + line - 1, _POSITION, Quantity(Key.todo(line, "position")), "formula.count")
    for line in range(1, LARGEST + 1):
        sheet.put(top + line - 1, _LARGEST, Quantity(Key.largest(line, "rank")), "formula.count")
    row = top + max(len(everything), len(rubric.indicators)) + 1
    for table in (one for one in rubric.tables if one.fixed):
        sheet.put(row, _COUNT, Quantity(Key.rows(table.id, "used")), "formula.count")
        sheet.put(row, _POINTS, Quantity(Key.rows(table.id, "partial")), "formula.count")
        sheet.put(row, _RANK, Quantity(Key.rows(table.id, "invalid")), "formula.count")
        sheet.put(row, _TODO, f"{table.title}：已填、不全、有误的行数", "text")
        row += 1
    return sheet
