"""辅助计算, hidden: all that can be to do, and the indicators by deduction, for the lists that show them."""

from __future__ import annotations

from decimal import Decimal

from workbook.layout import names
from workbook.layout.draft import Area, Quantity, Sheet, Target
from workbook.rubric.model import Rubric
from workbook.rubric.todo import LARGEST, SHOWN, Todo, todos

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
        sheet.put(row, _TARGET, Target(_place(rubric, todo)), "text")
        sheet.put(row, _COUNT, Quantity(f"todo:{number}:n"), "formula.count")
    _area(sheet, "todo", top, len(everything), text=_TODO, target=_TARGET, n=_COUNT)
    for offset, indicator in enumerate(rubric.indicators):
        row = top + offset
        sheet.put(row, _NAME, indicator.name, "text")
        malus = rubric.beside.get(indicator.id) == "malus"
        sheet.put(row, _POINTS, Decimal(0) if malus else indicator.points, "points")
        sheet.put(row, _RANK, Quantity(f"rank:{indicator.id}"), "formula.count")
        sheet.put(row, _REASON, Quantity(f"echo:reason.{indicator.id}"), "formula.text")
    count = len(rubric.indicators)
    _area(sheet, "rank", top, count, name=_NAME, points=_POINTS, key=_RANK, reason=_REASON)
    for line in range(1, SHOWN + 1):
        sheet.put(top + line - 1, _POSITION, Quantity(f"todo:{line}:position"), "formula.count")
    for line in range(1, LARGEST + 1):
        sheet.put(top + line - 1, _LARGEST, Quantity(f"largest:{line}:rank"), "formula.count")
    row = top + max(len(everything), len(rubric.indicators)) + 1
    for table in (one for one in rubric.tables if one.fixed):
        for col, part in ((_COUNT, "used"), (_POINTS, "partial"), (_RANK, "invalid")):
            sheet.put(row, col, Quantity(f"table:{table.id}:{part}"), "formula.count")
        sheet.put(row, _TODO, f"{table.title}：已填、不全、有误的行数", "text")
        row += 1
    return sheet


def _area(sheet: Sheet, prefix: str, top: int, count: int, **columns: int) -> None:
    for part, col in columns.items():
        sheet.areas[f"{prefix}:{part}"] = Area(top, top + count - 1, col)


def _place(rubric: Rubric, todo: Todo) -> str:
    """The key of the cell where a thing is done."""
    match todo.kind:
        case "reason":
            return f"reason.{todo.id}"
        case "check":
            return f"check:{todo.id}:state"
        case "table":
            return f"tables.{todo.id}.1.{rubric.table[todo.id].inputs[0].id}"
    return todo.place
