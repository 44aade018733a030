"""得分汇总: scores by dimension and group, the total, the grade, the largest deductions, a chart."""

from __future__ import annotations

from decimal import Decimal

from workbook import rounding
from workbook.layout import names
from workbook.layout.draft import Area, Chart, Content, Quantity, Sheet, text_height
from workbook.spec.model import Rubric
from workbook.spec.provenance import notice
from workbook.spec.todo import LARGEST

_POINTS, _SCORE, _OPEN, _SHARE = 2, 3, 4, 5
_CHART = 6


def summary_sheet(rubric: Rubric) -> Sheet:
    """Scores by dimension and group beside a chart of the groups' score rates; then what was lost where."""
    sheet = Sheet(names.TITLE_SUMMARY, widths=(18, 22, 10, 11, 11, 11, 62), one_page=True)
    sheet.banner("得分汇总", "title", height=32)
    headings = ("一级指标", "二级指标", "分值", "得分", "待填分值", "得分率", "各二级指标得分率")
    top = sheet.line([(heading, "heading") for heading in headings], least=26) + 1
    for dimension in rubric.dimensions:
        first = sheet.row
        weights = Decimal(0)
        for group in dimension.groups:
            weight = sum((one.points for one in group.indicators), Decimal(0))
            weights += weight
            tally = _tally(f"group:{dimension.name}/{group.name}", "formula")
            sheet.line([(None, ""), (group.name, "text"), (weight, "points"), *tally], least=26)
        tally = _tally(f"dimension:{dimension.name}", "total")
        subtotal = f"{dimension.name}小计"
        sheet.line([(None, ""), (subtotal, "total"), (weights, "total.points"), *tally], least=24)
        sheet.put(first, 0, dimension.name, "level", last_row=sheet.row - 1)
    row = sheet.line(
        [
            (None, ""),
            (None, ""),
            (rubric.points, "total.points"),
            (Quantity("total"), "total.points"),
            (Quantity("total:open"), "total.points"),
            (Quantity("total:share"), "total.percent"),
        ],
        least=26,
    )
    sheet.put(row, 0, "总分", "total", last_col=1)
    sheet.put(top, _CHART, "", "void", last_row=row)
    sheet.hidden_while_equal = (Area(top, row, _POINTS), Area(top, row, _OPEN), (_SCORE, _SHARE))
    height = sum(sheet.heights[one] for one in range(top, row + 1))
    sheet.charts.append(
        Chart("各二级指标得分率", Area(top, row - 1, 1), Area(top, row - 1, _SHARE), top, _CHART, height)
    )
    _largest(sheet)
    _results(sheet, rubric)
    return sheet


def _tally(key: str, family: str) -> list[tuple[Content, str]]:
    return [
        (Quantity(f"{key}:score"), f"{family}.points"),
        (Quantity(f"{key}:open"), f"{family}.points"),
        (Quantity(f"{key}:share"), f"{family}.percent"),
    ]


def _largest(sheet: Sheet) -> None:
    sheet.row += 1
    sheet.banner("扣分最多的指标", "section", height=22)
    row = sheet.row
    for col, heading in enumerate(("三级指标", "", "分值", "得分", "扣分", "扣分原因")):
        if heading:
            last = {0: 1, 5: _CHART}.get(col, col)
            sheet.put(row, col, heading, "heading", last_col=last)
    sheet.heights[row] = 22
    sheet.row += 1
    for line in range(1, LARGEST + 1):
        row = sheet.row
        key = f"largest:{line}"
        sheet.put(row, 0, Quantity(f"{key}:name"), "formula.text", last_col=1)
        for col, part in enumerate(("points", "score", "deduction"), 2):
            sheet.put(row, col, Quantity(f"{key}:{part}"), "formula.points")
        sheet.put(row, 5, Quantity(f"{key}:reason"), "formula.text", last_col=_CHART)
        sheet.heights[row] = 38
        sheet.row += 1


def _results(sheet: Sheet, rubric: Rubric) -> None:
    sheet.row += 1
    sheet.banner("结果", "section", height=22)
    *better, worst = rubric.grades.bands
    steps = [f"{band.name} ≥{rounding.plain(band.at_least)}" for band in better]
    bands = "；".join([*steps, f"{worst.name} ＜{rounding.plain(better[-1].at_least)}"] if better else [])
    for label, key, style, note in (
        ("评价等级", "grade", "formula.state", bands),
        ("可得最低分", "low", "formula.points", "待填指标都得 0 分"),
        ("可得最高分", "high", "formula.points", "待填指标都得满分"),
    ):
        row = sheet.line([(label, "label"), (Quantity(key), style)], least=22)
        sheet.put(row, 2, note, "text", last_col=_CHART)
    if told := notice(rubric):
        sheet.banner(told, "notice", height=text_height(told, sum(sheet.widths)) + 8)
    if rubric.grades.interpretation:
        sheet.banner(f"※ {rubric.grades.interpretation}", "text", height=24)
