"""评分表: the official annex, a row per item."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from workbook import rounding
from workbook.layout import names
from workbook.layout.canvas import LINE_HEIGHT, Area, Input, Quantity, Sheet, page_breaks, text_height
from workbook.rubric.keys import AreaKey, Key
from workbook.rubric.model import Indicator, Item, Rubric, Settlement, item_key
from workbook.rubric.provenance import indicator_origins, marked_title, origin_text
from workbook.rubric.rates import rate_interpretations

STATE_COL = 11
"""The column of the indicators' states."""

_HEADINGS = (
    "一级指标", "二级指标", "三级指标", "分值", "指标说明", "评分标准",
    "要点分值", "要点得分", "得分", "扣分", "扣分原因", "状态",
)  # fmt: skip
_ABOUT, _CLAUSE, _REASON = 4, 5, 10


def scoring_sheet(rubric: Rubric) -> Sheet:
    """The annex: levels and indicators merged over the rows of their items."""
    sheet = Sheet(
        names.TITLE_SCORING,
        widths=(7, 9, 12, 7, 30, 56, 8, 9, 8, 8, 36, 11),
        freeze_rows=3,
        landscape=True,
        repeat_rows=(1, 2),
    )
    sheet.banner(f"{marked_title(rubric)}　评分表", "title", height=32)
    row = sheet.row
    sheet.put(row, 0, "部门（单位）", "label", last_col=1)
    sheet.put(row, 2, Quantity(Key.input("department").echo()), "formula.text", last_col=5)
    sheet.put(row, 6, "评价年度", "label", last_col=7)
    sheet.put(row, 8, Decimal(rubric.fiscal_year), "year", last_col=9)
    sheet.put(row, 10, f"满分 {rubric.points.normalize():f} 分", "text", last_col=11)
    sheet.heights[row] = 24
    sheet.row += 1
    top = sheet.line([(heading, "heading") for heading in _HEADINGS], least=28) + 1
    starts: list[int] = []
    levels: list[tuple[int, int, int, str]] = []
    for dimension in rubric.dimensions:
        first = sheet.row
        for group in dimension.groups:
            first_of_group = sheet.row
            for indicator in group.indicators:
                starts.append(sheet.row)
                _indicator_rows(sheet, rubric, indicator)
            levels.append((first_of_group, sheet.row, 1, group.name))
        levels.append((first, sheet.row, 0, dimension.name))
    sheet.breaks = page_breaks(sheet, starts)
    for first, end, col, name in levels:  # each page says where it is
        edges = [first, *(row for row in sheet.breaks if first < row < end), end]
        for begin, stop in pairwise(edges):
            sheet.put(begin, col, name, "level", last_row=stop - 1)
    states = Area(top, sheet.row - 1, STATE_COL)
    sheet.areas[AreaKey.states("indicators")] = states
    sheet.states.append(states)
    row = sheet.row
    sheet.put(row, 0, "合计", "total", last_col=2)
    sheet.put(row, 3, rubric.points, "total.points")
    steps = f"总分怎样得出见“{names.TITLE_SUMMARY}”" if rubric.composed else ""
    sheet.put(row, 4, steps, "total", last_col=7)
    sheet.put(row, 8, Quantity(Key.total().echo()), "total.points")
    sheet.put(row, 9, "", "total", last_col=11)
    sheet.heights[row] = 26
    sheet.row += 2
    signature = "　　　　　　".join(("填表人：", "审核人：", "单位负责人：", "（盖章）", "年　　月　　日"))
    sheet.banner(signature, "subtitle", height=30)
    return sheet


def _indicator_rows(sheet: Sheet, rubric: Rubric, indicator: Indicator) -> None:
    first = sheet.row
    last = first + len(indicator.items) - 1
    about = _about(rubric, indicator)
    clauses = [_clause(rubric, item) for item in indicator.items]
    heights = [max(22.0, text_height(clause, sheet.widths[_CLAUSE])) for clause in clauses]
    missing = max(text_height(about, sheet.widths[_ABOUT]), LINE_HEIGHT * 4) - sum(heights)
    for offset, (item, clause) in enumerate(zip(indicator.items, clauses, strict=True)):
        row = first + offset
        sheet.put(row, _CLAUSE, clause, "text")
        sheet.put(row, 6, item.points, "points")
        sheet.put(row, 7, Quantity(Key.item(item_key(indicator, item))), "formula.item")
        sheet.heights[row] = heights[offset] + max(0.0, missing) / len(heights)
    sheet.put(first, 2, indicator.name, "level", last_row=last)
    sheet.put(first, 3, indicator.points, "points", last_row=last)
    sheet.put(first, _ABOUT, about, "text", last_row=last)
    sheet.put(first, 8, Quantity(Key.score(indicator.id)), "formula.points", last_row=last)
    sheet.put(first, 9, Quantity(Key.deduction(indicator.id)), "formula.points", last_row=last)
    sheet.put(first, _REASON, Input(Key.reason(indicator.id)), "input.reason", last_row=last)
    sheet.put(first, STATE_COL, Quantity(Key.state(indicator.id)), "formula.state", last_row=last)
    sheet.row = last + 1


_TOGETHER = {
    "capped_sum": "各要点得分相加，最多得本指标分值",
    "lowest_item": "各要点取得分最低的一项",
    "highest_item": "各要点取得分最高的一项",
    "mean_of_items": "各要点得分按权重平均",
}
"""Explanations of the ways in which items make a score other than as a sum."""


def _about(rubric: Rubric, indicator: Indicator) -> str:
    parts = [indicator.about]
    if indicator.scored_as in _TOGETHER:
        parts.append(f"※ {_TOGETHER[indicator.scored_as]}")
    for settlement in (indicator.not_applicable, indicator.veto, indicator.exempt):
        parts += _settlement(settlement)
    if indicator.items_total is not None:
        parts.append(f"※ {indicator.items_total.reason}")
    if indicator.interpretation:
        parts.append(f"※ {indicator.interpretation}")
    parts += indicator_origins(rubric, indicator)
    return "\n".join(parts)


def _clause(rubric: Rubric, item: Item) -> str:
    weight = f"（权重 {rounding.plain(item.weight)}）" if item.weight != 1 else ""
    parts = [f"{item.place}　{item.clause}{weight}"]
    for settlement in (item.veto, item.exempt, item.default):
        parts += _settlement(settlement)
    notes = [item.interpretation, *rate_interpretations(rubric, item)]
    parts += [f"※ {note}" for note in dict.fromkeys(notes) if note]
    if item.clause_origin is not None:  # else the indicator tells it once for all of them
        parts.append(origin_text(rubric.origins.get(item.clause_origin)))
    return "\n".join(parts)


def _settlement(settlement: Settlement | None) -> list[str]:
    if settlement is None:
        return []
    lines = [settlement.clause]
    if settlement.interpretation:
        lines.append(f"※ {settlement.interpretation}")
    return lines
