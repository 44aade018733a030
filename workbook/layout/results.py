"""计算过程, 得分汇总 and 勾稽校验: the sheets that hold only formulas."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from workbook import rounding
from workbook.layout import names
from workbook.layout.draft import Content, Quantity, Sheet
from workbook.spec.model import Rubric
from workbook.spec.rates import rate_style

CHECK_STATE_COL = 6
"""The column of the cross-checks' states."""

_COMPLETENESS = (
    ("待填的数据项", "count:open", "应为 0：到“数据填报”找状态为“待填”的行"),
    ("填写有误的数据项", "count:invalid", "应为 0：到“数据填报”找状态为“有误”的行"),
    ("暂不能计分的指标", "count:unscored", "应为 0：补齐所需数据后自动计分"),
    ("有扣分而没有写原因的指标", "count:reasons", "应为 0：到“评分表”补写扣分原因"),
    ("须改正的勾稽关系", "count:blocking", "应为 0：改正后才能报送"),
    ("不符的勾稽关系", "count:failed", "提示：请核对；确属实际情况的可以报送"),
    ("已填的数据项", "count:filled", ""),
)


def rates_sheet(rubric: Rubric) -> Sheet:
    """Every rate: how it is computed, its quotient and the value that is compared."""
    sheet = Sheet(
        names.TITLE_RATES, widths=(28, 56, 20, 20, 50), freeze_rows=2, landscape=True, repeat_rows=(0, 1)
    )
    sheet.banner("计算过程：比率", "title", height=32)
    headings = ("比率", "计算方法", "原值（按比例计分用）", "数值（分档比较用，9位小数）", "口径")
    sheet.line([(heading, "heading") for heading in headings], least=38)
    for rate in rubric.rates:
        note = rate.interpretation
        if rate.cap is not None and "上限" not in note:
            note = f"上限 {rounding.plain(Fraction(rate.cap) * 100)}%。{note}"
        style = rate_style(rubric, rate)
        sheet.line(
            [
                (rate.name, "text"),
                (rate.clause, "text"),
                (Quantity(f"raw:{rate.id}"), f"formula.{style}_raw"),
                (Quantity(f"rate:{rate.id}"), f"formula.{style}_rate"),
                (note, "text"),
            ]
        )
    return sheet


def summary_sheet(rubric: Rubric) -> Sheet:
    """Scores by dimension and group, the total, the grade and the attainable range."""
    sheet = Sheet(names.TITLE_SUMMARY, widths=(22, 26, 12, 14, 14, 14), landscape=False)
    sheet.banner("得分汇总", "title", height=32)
    headings = ("一级指标", "二级指标", "分值", "得分", "待填分值", "得分率")
    sheet.line([(heading, "heading") for heading in headings], least=26)
    for dimension in rubric.dimensions:
        first = sheet.row
        weights = Decimal(0)
        for group in dimension.groups:
            weight = sum((one.points for one in group.indicators), Decimal(0))
            weights += weight
            sheet.line(
                [
                    (None, ""),
                    (group.name, "text"),
                    (weight, "points"),
                    *_tally(f"group:{dimension.name}/{group.name}", "formula"),
                ]
            )
        sheet.line(
            [
                (None, ""),
                ("小计", "total"),
                (weights, "total.points"),
                *_tally(f"dimension:{dimension.name}", "total"),
            ]
        )
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
    sheet.row += 1
    sheet.banner("结果", "section", height=22)
    bands = "；".join(f"{band.name} ≥{rounding.plain(band.at_least)}" for band in rubric.grades.bands)
    for label, key, style, note in (
        ("评价等级", "grade", "formula.state", bands),
        ("可得最低分", "low", "formula.points", "待填指标都得 0 分"),
        ("可得最高分", "high", "formula.points", "待填指标都得满分"),
    ):
        row = sheet.line([(label, "label"), (Quantity(key), style)], least=22)
        sheet.put(row, 2, note, "text", last_col=5)
    if rubric.grades.interpretation:
        sheet.banner(f"※ {rubric.grades.interpretation}", "text", height=38)
    return sheet


def _tally(key: str, family: str) -> list[tuple[Content, str]]:
    return [
        (Quantity(f"{key}:score"), f"{family}.points"),
        (Quantity(f"{key}:open"), f"{family}.points"),
        (Quantity(f"{key}:share"), f"{family}.percent"),
    ]


def checks_sheet(rubric: Rubric) -> Sheet:
    """Completeness first, then the cross-checks with both sides and the difference."""
    sheet = Sheet(names.TITLE_CHECKS, widths=(6, 50, 14, 8, 14, 14, 10, 54), freeze_rows=1, landscape=True)
    sheet.banner("勾稽校验", "title", height=32)
    sheet.banner("一、完整性", "section", height=22)
    for label, key, note in _COMPLETENESS:
        row = sheet.line([(None, "center"), (label, "text"), (Quantity(key), "formula.count")], least=22)
        sheet.put(row, 3, note, "text", last_col=7)
    row = sheet.line([(None, "center"), ("可报送", "total"), (Quantity("ready"), "formula.state")], least=24)
    sheet.put(row, 3, "以上须为 0 的各项都为 0 时显示“是”", "text", last_col=7)
    sheet.row += 1
    sheet.banner("二、勾稽关系", "section", height=22)
    headings = ("序号", "应当成立的关系", "左", "关系", "右", "差额", "状态", "不符时")
    sheet.line([(heading, "heading") for heading in headings], least=24)
    for number, check in enumerate(rubric.checks, 1):
        key = f"check:{check.id}"
        relation = {"<=": "≤", ">=": "≥", "<": "＜", ">": "＞", "=": "＝"}[check.relation]
        within = f"（允许相差 {rounding.plain(check.within)}）" if check.within else ""
        sheet.line(
            [
                (str(number), "center"),
                (check.title + within, "text"),
                (Quantity(f"{key}:left"), "formula.figure"),
                (relation, "center"),
                (Quantity(f"{key}:right"), "formula.figure"),
                (Quantity(f"{key}:difference"), "formula.figure"),
                (Quantity(f"{key}:state"), "formula.state"),
                (check.why, "text"),
            ]
        )
    return sheet
