"""数据填报: every field with its unit, its input, its table's figure, its rate, its state and what counts."""

from __future__ import annotations

from collections.abc import Iterator

from workbook import rounding
from workbook.layout import names
from workbook.layout.canvas import Area, Content, Input, Quantity, Sheet
from workbook.rubric.expr import unique_refs
from workbook.rubric.fields import Field, FieldKind
from workbook.rubric.headings import indicator_headings
from workbook.rubric.keys import AreaKey, Key
from workbook.rubric.model import Rate, Rubric
from workbook.rubric.needs import levels, served_indicators
from workbook.rubric.rates import rate_style, shown_name

STATE_COL = 6
"""The column of the fields' states."""

_HEADINGS = (
    "序号", "填报项目", "单位", "填报数据", "明细汇总数", "采用数", "状态",
    "计算结果", "数值", "填报口径", "依据材料", "用于指标",
)  # fmt: skip
_WIDTHS = (6, 38, 12, 17, 11, 11, 10, 18, 11, 42, 24, 22)


def entry_sheet(rubric: Rubric) -> Sheet:
    """The second sheet: inputs grouped by the rubric's sections."""
    sheet = Sheet(
        names.TITLE_ENTRY, widths=_WIDTHS, freeze_rows=2, freeze_cols=2, landscape=True, repeat_rows=(0, 1)
    )
    sheet.banner(f"数据填报（{rubric.fiscal_year} 年度）", "title", height=32)
    top = sheet.line([(heading, "heading") for heading in _HEADINGS], least=24) + 1
    served = served_indicators(rubric)
    rates = _rates_beside(rubric)
    number = 0
    for section in rubric.sections:
        sheet.banner(section.title, "section", height=22)
        if section.note:
            sheet.banner(section.note, "text", height=24)
        for field_id in section.fields:
            field = rubric.field[field_id]
            number += 1
            used = "、".join(_used_for(rubric, field_id, served.get(field_id, ()))) or "勾稽校验"
            sheet.line(
                [
                    (str(number), "center"),
                    (field.label, "text"),
                    (_unit(field), "center"),
                    (Input(Key.input(field.id)), f"input.{field.kind.value}"),
                    *_sourced(rubric, field),
                    (Quantity(Key.field_state(field.id)), "formula.state"),
                    *_rate(rubric, rates.get(field_id)),
                    (_help(rubric, field), "text"),
                    (field.document, "text"),
                    (used, "text"),
                ],
                least=22,
            )
    states = Area(top, sheet.row - 1, STATE_COL)
    sheet.areas[AreaKey.states("entry")] = states
    sheet.states.append(states)
    return sheet


def _used_for(rubric: Rubric, field_id: str, served: tuple[str, ...]) -> Iterator[str]:
    """The names of the indicators and of the limits on the total that a field decides."""
    yield from (indicator_headings(rubric)[one] for one in served)
    for cap in rubric.caps:
        names = list(unique_refs(cap.when))
        while names:
            name = names.pop()
            if name == field_id:
                yield cap.name
                break
            if name in rubric.rate:
                names += rubric.rate[name].figures


def _sourced(rubric: Rubric, field: Field) -> list[tuple[Content, str]]:
    """The figure from the field's table, and the figure that counts."""
    if field.id not in rubric.sources:
        return [("", "void"), ("", "void")]
    style = "formula.item" if field.kind is FieldKind.POINTS else f"formula.{field.kind.value}"
    return [(Quantity(Key.from_table(field.id)), style), (Quantity(Key.used(field.id)), style)]


def _rate(rubric: Rubric, rate: Rate | None) -> list[tuple[Content, str]]:
    if rate is None:
        return [("", "void"), ("", "void")]
    style = "percent" if rate_style(rubric, rate) == "percent" else "money"
    return [(shown_name(rate.name), "text"), (Quantity(Key.rate(rate.id).echo()), f"formula.{style}")]


def _rates_beside(rubric: Rubric) -> dict[str, Rate]:
    """Each rate beside the last of its own figures that has none beside it yet."""
    order = {field.id: number for number, field in enumerate(rubric.fields)}
    beside: dict[str, Rate] = {}
    for rate in rubric.rates:
        figures = sorted((one for one in rate.figures if one in order), key=order.__getitem__, reverse=True)
        free = next((one for one in figures if one not in beside), None)
        if free is not None:
            beside[free] = rate
    return beside


def _help(rubric: Rubric, field: Field) -> str:
    """The help of a field, the table that can fill it, the intervals of a degree of achievement."""
    parts = [field.help]
    source = rubric.sources.get(field.id)
    if source is not None:
        table = rubric.table[source.table]
        where = table.title if table.title == table.sheet else f"{table.sheet}·{table.title}"
        parts.append(f"可不填，由“{where}”汇总；两处都填以此处为准")
    rule = levels(rubric).get(field.id)
    if rule is not None:
        scale = rubric.scales[rule.scale]
        parts.append("，".join(f"{level.name} {level.text}" for level in scale))
    return "；".join(part for part in parts if part)


def _unit(field: Field) -> str:
    """The unit; points with their upper bound."""
    if field.kind is FieldKind.POINTS and field.max is not None:
        return f"满分{rounding.plain(field.max)}分"
    return field.unit
