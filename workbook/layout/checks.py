"""勾稽校验: completeness first, then each cross-check with both sides, the difference and a link."""

from __future__ import annotations

from workbook import rounding
from workbook.layout import names
from workbook.layout.canvas import Area, Link, Quantity, Sheet
from workbook.rubric.expr import unique_refs
from workbook.rubric.keys import AreaKey, Key
from workbook.rubric.model import Check, Rubric
from workbook.rubric.rates import operand_style
from workbook.rubric.states import OUTCOME_NAMES, FieldState, RowState

STATE_COL = 6
"""The column of the cross-checks' states."""

_ENTRY, _SCORING, _EVIDENCE, _SUMMARY = (
    names.TITLE_ENTRY,
    names.TITLE_SCORING,
    names.TITLE_EVIDENCE,
    names.TITLE_SUMMARY,
)
_COMPLETENESS = (
    ("待填的数据项", Key.count("open"), f"应为 0：找状态为“{FieldState.OPEN}”的行", _ENTRY),
    ("填写有误的数据项", Key.count("invalid"), f"应为 0：找状态为“{FieldState.INVALID}”的行", _ENTRY),
    ("明细表中有误的行", Key.count("rows"), f"应为 0：找状态为“{RowState.INVALID}”的行", None),
    ("暂不能计分的指标", Key.count("unscored"), "应为 0：补齐所需数据后自动计分", _SCORING),
    ("有扣分而没有写原因的指标", Key.count("reasons"), "应为 0：补写扣分原因", _SCORING),
    ("须改正的勾稽关系", Key.count("blocking"), "应为 0：改正后才能报送", None),
    ("不符的勾稽关系", Key.count("failed"), "提示：请核对；确属实际情况的可以报送", None),
    (
        "数值异常、请核对的数据项",
        Key.count("unusual"),
        "提示：常见的是把元当成万元；核对无误的可以报送",
        _ENTRY,
    ),
    ("没有扣分而写了原因的指标", Key.count("idle"), "提示：原因写错了行，或得分未反映扣分", _SCORING),
    ("得满分而没有列佐证材料的指标", Key.count("unproven"), "提示：满分要有依据，请列出材料", _EVIDENCE),
    ("没有列佐证材料的指标", Key.count("evidence"), "提示：复核时要查看材料", _EVIDENCE),
    ("明细表中不全的行", Key.count("partial"), "提示：不全的行会使有关汇总数空缺", None),
    ("已填的数据项", Key.count("filled"), "", _ENTRY),
)


def checks_sheet(rubric: Rubric) -> Sheet:
    """The sheet of checks: counts that must be 0, figures to look at, pairs that must agree."""
    sheet = Sheet(
        names.TITLE_CHECKS, widths=(6, 48, 15, 8, 15, 13, 10, 50, 10), freeze_rows=1, landscape=True
    )
    sheet.banner("勾稽校验", "title", height=32)
    sheet.banner("一、完整性", "section", height=22)
    for number, (label, key, note, target) in enumerate(_COMPLETENESS, 1):
        row = sheet.line(
            [(str(number), "center"), (label, "text"), (Quantity(key), "formula.count")], least=22
        )
        sheet.put(row, 3, note, "text", last_col=7)
        sheet.put(row, 8, Link("→ 前往", target) if target else "", "link" if target else "text")
    row = sheet.line(
        [("", "center"), (OUTCOME_NAMES[Key.ready()], "total"), (Quantity(Key.ready()), "formula.state")],
        least=24,
    )
    sheet.put(row, 3, "前 6 项都为 0 时显示“是”", "text", last_col=8)
    sheet.row += 1
    sheet.breaks.append(sheet.row)
    sheet.banner("二、勾稽关系", "section", height=22)
    headings = ("序号", "应当成立的关系", "左边数", "关系", "右边数", "差额", "状态", "不符时", "数据")
    top = sheet.line([(heading, "heading") for heading in headings], least=24) + 1
    sheet.repeat_rows = (top - 1, top - 1)
    sheet.line(
        [
            ("1", "center"),
            (f"{'各部分小计之和' if rubric.composed else '总分'}等于各三级指标得分之和", "text"),
            (Quantity(Key.total("scored" if rubric.composed else "").echo("sum")), "formula.figure"),
            ("＝", "center"),
            (Quantity(Key.total("sum")), "formula.figure"),
            (Quantity(Key.sum_check("difference")), "formula.figure"),
            (Quantity(Key.sum_check("state")), "formula.state"),
            ("公式被改动，请用下发的原文件重新填报。", "text"),
            (Link("→ 汇总", _SUMMARY), "link"),
        ]
    )
    for number, check in enumerate(rubric.all_checks, 2):
        _line(sheet, rubric, number, check)
    states = Area(top, sheet.row - 1, STATE_COL)
    sheet.states.append(states)
    sheet.areas[AreaKey.states("checks")] = states
    return sheet


def _line(sheet: Sheet, rubric: Rubric, number: int, check: Check) -> None:
    relation = {"<=": "≤", ">=": "≥", "<": "＜", ">": "＞", "=": "＝"}[check.relation]
    style = operand_style(rubric, check.left, check.right)
    within = ""
    if check.within:
        share = f"{rounding.plain(check.within * 100)} 个百分点"
        within = f"（允许相差 {share if style == 'share' else rounding.plain(check.within)}）"
    figure = next(iter(unique_refs(check.left, check.right))).partition("@")[0]
    sheet.line(
        [
            (str(number), "center"),
            (check.title + within, "text"),
            (Quantity(Key.check(check.id, "left")), f"formula.{style}"),
            (relation, "center"),
            (Quantity(Key.check(check.id, "right")), f"formula.{style}"),
            (Quantity(Key.check(check.id, "difference")), f"formula.{style}"),
            (Quantity(Key.check(check.id, "state")), "formula.state"),
            (check.why, "text"),
            (Link("→ 数据", key=rubric.filled_in_at(rubric.first_field(figure))), "link"),
        ]
    )
