"""计算过程: each rate with its two figures, then each item that a rate decides with the band that applies."""

from __future__ import annotations

from fractions import Fraction

from workbook import rounding
from workbook.layout import names
from workbook.layout.canvas import Content, Link, Quantity, Sheet
from workbook.rubric.expr import Arithmetic
from workbook.rubric.headings import indicator_headings
from workbook.rubric.keys import Key
from workbook.rubric.model import Rate, Rubric, item_key
from workbook.rubric.rates import (
    deciding_figures,
    figure_name,
    is_share,
    operand_style,
    rate_style,
    several_bases,
    shown_name,
)

_RATES = ("比率", "计算方法", "分子", "分母", "数值（分档比较用）", "原值（按比例计分用）", "口径", "数据")
_ITEMS = ("三级指标", "评分标准", "得分", "分值", "依据数值", "适用档次", "依据", "数据")


def process_sheet(rubric: Rubric) -> Sheet:
    """The sheet with the calculation of every rate and of every item that depends on one."""
    sheet = Sheet(
        names.TITLE_PROCESS,
        widths=(26, 46, 15, 15, 19, 22, 44, 10),
        freeze_rows=1,
        freeze_cols=1,
        landscape=True,
    )
    sheet.banner("计算过程", "title", height=32)
    sheet.banner("一、比率：由哪两个数、怎样算出", "section", height=22)
    sheet.line([(heading, "heading") for heading in _RATES], least=24)
    for rate in rubric.rates:
        note = rate.interpretation
        if rate.cap is not None and "上限" not in note:
            note = f"上限 {rounding.plain(Fraction(rate.cap) * 100)}%。{note}"
        style = rate_style(rubric, rate)
        above, below = _halves(rubric, rate)
        sheet.line(
            [
                (shown_name(rate.name) + (f"（{rate.unit}）" if rate.unit else ""), "text"),
                (rate.clause, "text"),
                (Quantity(Key.numerator(rate.id)), f"formula.{above}"),
                (Quantity(Key.denominator(rate.id)), f"formula.{below}"),
                (Quantity(Key.rate(rate.id)), f"formula.{style}_rate"),
                (Quantity(Key.raw(rate.id)), f"formula.{style}_raw"),
                (note, "text"),
                (_data(rubric, rate.id), "link"),
            ]
        )
    if not rubric.rates:
        sheet.banner("本标准没有比率", "text", height=22)
    sheet.row += 1
    sheet.breaks.append(sheet.row)
    sheet.banner("二、要点得分：落入哪一档、依据哪一条", "section", height=22)
    sheet.line([(heading, "heading") for heading in _ITEMS], least=24)
    for indicator in rubric.indicators:
        for item in indicator.items:
            figure = next(deciding_figures(item), None)
            if figure is None:
                continue
            key = item_key(indicator, item)
            name: Content = figure_name(rubric, figure)
            style = "percent" if is_share(rubric, figure) else "number"
            source = Key.rate(figure) if figure in rubric.rate else Key.input(figure)
            value = Quantity(source.echo(key))
            if several_bases(item):
                name, value = Quantity(Key.basis(key)), Quantity(Key.figure(key))
            sheet.line(
                [
                    (indicator_headings(rubric)[indicator.id], "text"),
                    (f"{item.place}　{item.clause}", "text"),
                    (Quantity(Key.item(key).echo()), "formula.item"),
                    (item.points, "points"),
                    (value, f"formula.{style}_rate"),
                    (Quantity(Key.band(key)), "formula.state"),
                    (name, "text"),
                    (_data(rubric, figure), "link"),
                ]
            )
    return sheet


def _halves(rubric: Rubric, rate: Rate) -> tuple[str, str]:
    """Styles of the figures above and below the line."""
    if isinstance(rate.of, Arithmetic) and rate.of.op == "/":
        return operand_style(rubric, rate.of.left), operand_style(rubric, rate.of.right)
    return operand_style(rubric, rate.of), "figure"


def _data(rubric: Rubric, name: str) -> Link:
    return Link("→ 数据", key=Key.input(rubric.first_field(name)))
