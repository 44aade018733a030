"""佐证材料: the documents behind each indicator, some lines each."""

from __future__ import annotations

from workbook.layout import names
from workbook.layout.canvas import Input, Quantity, Sheet, page_breaks
from workbook.rubric.headings import indicator_headings
from workbook.rubric.inputs import EVIDENCE_PARTS
from workbook.rubric.keys import Key
from workbook.rubric.model import Rubric
from workbook.rubric.todo import EVIDENCE_LINES

_HEADINGS = ("序号", "三级指标", "分值", "已列份数", "材料名称", "文号", "日期", "文件或页码")


def evidence_sheet(rubric: Rubric) -> Sheet:
    """A few lines per indicator: name, document number, date, file or page."""
    sheet = Sheet(
        names.TITLE_EVIDENCE,
        widths=(6, 24, 8, 9, 52, 26, 14, 24),
        freeze_rows=3,
        freeze_cols=2,
        landscape=True,
        repeat_rows=(2, 2),
        default_height=24,
    )
    sheet.banner("佐证材料", "title", height=32)
    sheet.banner(
        f"每个指标先列最重要的 {EVIDENCE_LINES} 份；更多的写在最后一行，单元格内换行按 Alt+Enter。"
        "一份材料证明几个指标的，可写“同第×项材料”。",
        "text",
        height=24,
    )
    sheet.line([(heading, "heading") for heading in _HEADINGS], least=24)
    starts: list[int] = []
    for number, indicator in enumerate(rubric.indicators, 1):
        starts.append(sheet.row)
        first, last = sheet.row, sheet.row + EVIDENCE_LINES - 1
        sheet.put(first, 0, str(number), "center", last_row=last)
        sheet.put(first, 1, indicator_headings(rubric)[indicator.id], "level", last_row=last)
        sheet.put(first, 2, indicator.points, "points", last_row=last)
        sheet.put(first, 3, Quantity(Key.listed(indicator.id)), "formula.count", last_row=last)
        for line in range(1, EVIDENCE_LINES + 1):
            for col, part in enumerate(EVIDENCE_PARTS, 4):
                sheet.put(sheet.row, col, Input(Key.document(indicator.id, line, part)), "input.reason")
            sheet.row += 1  # no height of their own: rows grow with what is typed
    sheet.breaks = page_breaks(sheet, starts)
    return sheet
