"""得分汇总: scores by dimension and group, the total, the grade, the largest deductions, a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

from workbook import rounding
from workbook.layout import names
from workbook.layout.canvas import Area, Chart, Content, Quantity, Sheet, text_height
from workbook.rubric.keys import Key, LargestPart, Tally
from workbook.rubric.model import Dimension, Rubric
from workbook.rubric.provenance import notice
from workbook.rubric.rates import is_share
from workbook.rubric.states import LIGHT_WORDS
from workbook.rubric.todo import LARGEST

_POINTS, _SCORE, _OPEN, _SHARE = 2, 3, 4, 5
_CHART = 6


def summary_sheet(rubric: Rubric) -> Sheet:
    """Scores by dimension and group beside a chart of the groups' score rates; then what was lost where."""
    sheet = Sheet(names.TITLE_SUMMARY, widths=(18, 22, 10, 11, 11, 11, 62), one_page=True)
    sheet.banner("得分汇总", "title", height=32)
    headings = ("一级指标", "二级指标", "分值", "得分", "待填分值", "得分率", "各二级指标得分率")
    top = sheet.line([(heading, "heading") for heading in headings], least=26) + 1
    last = top
    for dimension in rubric.dimensions:
        first = sheet.row
        weights = Decimal(0)
        for group in dimension.groups:
            weight = sum((one.points for one in group.indicators), Decimal(0))
            weights += weight
            tally = _tally(partial(Key.group, dimension.name, group.name), "formula", dimension)
            sheet.line([(None, ""), (group.name, "text"), (weight, "points"), *tally], least=26)
        tally = _tally(partial(Key.dimension, dimension.name), "total", dimension)
        subtotal = f"{dimension.name}小计"
        sheet.line([(None, ""), (subtotal, "total"), (weights, "total.points"), *tally], least=24)
        sheet.put(first, 0, dimension.name, "level", last_row=sheet.row - 1)
        if dimension.beside is None:
            last = sheet.row - 1
    row = sheet.line(
        [
            (None, ""),
            (None, ""),
            (rubric.points, "total.points"),
            (Quantity(Key.total()), "total.points"),
            (Quantity(Key.total("open")), "total.points"),
            (Quantity(Key.total("share")), "total.percent"),
        ],
        least=26,
    )
    sheet.put(row, 0, "总分", "total", last_col=1)
    sheet.put(top, _CHART, "", "void", last_row=row)
    sheet.hidden_while_equal = (Area(top, row, _POINTS), Area(top, row, _OPEN), (_SCORE, _SHARE))
    height = sum(sheet.heights[one] for one in range(top, row + 1))
    sheet.charts.append(
        Chart("各二级指标得分率", Area(top, last, 1), Area(top, last, _SHARE), top, _CHART, height)
    )
    _largest(sheet)
    _results(sheet, rubric)
    return sheet


def _tally(key: Callable[[Tally], Key], family: str, dimension: Dimension) -> list[tuple[Content, str]]:
    share: tuple[Content, str] = (Quantity(key("share")), f"{family}.percent")
    if dimension.beside is not None:
        share = ("", "total" if family == "total" else "void")
    return [
        (Quantity(key("score")), f"{family}.points"),
        (Quantity(key("open")), f"{family}.points"),
        share,
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
        sheet.put(row, 0, Quantity(Key.largest(line, "name")), "formula.text", last_col=1)
        points: tuple[LargestPart, ...] = ("points", "score", "deduction")
        for col, part in enumerate(points, 2):
            sheet.put(row, col, Quantity(Key.largest(line, part)), "formula.points")
        sheet.put(row, 5, Quantity(Key.largest(line, "reason")), "formula.text", last_col=_CHART)
        sheet.heights[row] = 38
        sheet.row += 1


def _results(sheet: Sheet, rubric: Rubric) -> None:
    sheet.row += 1
    if rubric.composed or rubric.caps:
        _steps(sheet, rubric)
    if rubric.lights:
        _lights(sheet, rubric)
    sheet.banner("结果", "section", height=22)
    *better, worst = rubric.grades.bands
    steps = [f"{band.name} ≥{rounding.plain(band.at_least)}" for band in better]
    bands = "；".join([*steps, f"{worst.name} ＜{rounding.plain(better[-1].at_least)}"] if better else [])
    for label, key, style, note in (
        ("评价等级", Key.grade(), "formula.state", bands),
        ("可得最低分", Key.low(), "formula.points", "待填指标都得 0 分"),
        ("可得最高分", Key.high(), "formula.points", "待填指标都得满分"),
    ):
        row = sheet.line([(label, "label"), (Quantity(key), style)], least=22)
        sheet.put(row, 2, note, "text", last_col=_CHART)
    if told := notice(rubric):
        sheet.banner(told, "notice", height=text_height(told, sum(sheet.widths)) + 8)
    if rubric.grades.interpretation:
        sheet.banner(f"※ {rubric.grades.interpretation}", "text", height=24)


def _steps(sheet: Sheet, rubric: Rubric) -> None:
    """From the scores to the total, where it is more than their sum, and what limits total and grade."""
    sheet.banner("总分怎样得出", "section", height=22)
    if rubric.composed:
        for label, key, note in _steps_told(rubric):
            row = sheet.line([(label, "label"), (Quantity(key), "formula.points")], least=22)
            sheet.put(row, 2, note, "text", last_col=_CHART)
    first = sheet.row
    for cap in rubric.caps:
        row = sheet.line([(cap.name, "label"), (Quantity(Key.cap(cap.id)), "formula.state")], least=22)
        _note(sheet, row, f"{cap.clause}（受限时{cap.limits}）", cap.interpretation)
    if rubric.caps:
        sheet.states.append(Area(first, sheet.row - 1, 1))
    sheet.row += 1


def _steps_told(rubric: Rubric) -> Iterator[tuple[str, Key, str]]:
    whole = rounding.plain(rubric.points)
    yield (
        "指标得分合计",
        Key.total("scored"),
        "各一级指标小计之和" + ("，含加分、减分" if rubric.beside else ""),
    )
    steps = []
    if rubric.rescales:
        yield "不适用分值", Key.total("void"), "不适用的指标不计分"
        steps.append(f"其余指标得分 × {whole} ÷（{whole} － 不适用分值）")
    if rubric.beside:
        steps.append("再加减百分制以外的分数")
    yield "汇总得分", Key.total("raw"), "，".join(steps) or "未受限制的总分"
    yield "最低汇总得分", Key.low("raw"), "待填的指标都得 0 分，待填的减分都扣满"
    yield "最高汇总得分", Key.high("raw"), "待填的指标和加分都得满分"
    if rubric.total_at_most is not None:
        yield "总分", Key.total().echo("steps"), f"总分最高 {rounding.plain(rubric.total_at_most)} 分"


def _note(sheet: Sheet, row: int, text: str, interpretation: str) -> None:
    """A text beside a result, over the rest of the row, which is as high as it needs."""
    told = f"{text}\n※ {interpretation}" if interpretation else text
    sheet.put(row, 2, told, "text", last_col=_CHART)
    sheet.heights[row] = max(sheet.heights[row], text_height(told, sum(sheet.widths[2:])))


def _lights(sheet: Sheet, rubric: Rubric) -> None:
    """The warning lights; they earn no points."""
    sheet.banner("预警（不计分）", "section", height=22)
    first = sheet.row
    for one in rubric.lights:
        row = sheet.line([(one.name, "label"), (Quantity(Key.light(one.id)), "formula.state")], least=22)
        share = is_share(rubric, one.on)
        bands = "；".join(f"{LIGHT_WORDS[band.light]} {band.text(share=share)}" for band in one.bands)
        _note(sheet, row, f"{one.clause}（{bands}）", one.interpretation)
    sheet.states.append(Area(first, sheet.row - 1, 1))
    sheet.row += 1
