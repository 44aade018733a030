"""数据填报: every field with its unit, its input, its state and what counts."""

from __future__ import annotations

from workbook import rounding
from workbook.layout import names
from workbook.layout.draft import Input, Quantity, Sheet
from workbook.spec.fields import Field, FieldKind
from workbook.spec.model import Rubric
from workbook.spec.needs import served_indicators

STATE_COL = 4
"""The column of the fields' states."""

_HEADINGS = ("序号", "填报项目", "单位", "填报数据", "状态", "填报口径", "用于指标")


def entry_sheet(rubric: Rubric) -> Sheet:
    """The second sheet: inputs grouped by the rubric's sections."""
    sheet = Sheet(
        names.TITLE_ENTRY,
        widths=(6, 46, 13, 20, 10, 44, 30),
        freeze_rows=2,
        landscape=True,
        repeat_rows=(0, 1),
    )
    sheet.banner(f"数据填报（{rubric.fiscal_year} 年度）", "title", height=32)
    sheet.line([(heading, "heading") for heading in _HEADINGS], least=24)
    served = served_indicators(rubric)
    number = 0
    for section in rubric.sections:
        sheet.banner(section.title, "section", height=22)
        for field_id in section.fields:
            field = rubric.field[field_id]
            number += 1
            used = "、".join(rubric.indicator[one].name for one in served.get(field_id, ())) or "勾稽校验"
            sheet.line(
                [
                    (str(number), "center"),
                    (field.label, "text"),
                    (_unit(field), "center"),
                    (Input(field.id), f"input.{field.kind.value}"),
                    (Quantity(f"field:{field.id}"), "formula.state"),
                    (field.help, "text"),
                    (used, "text"),
                ],
                least=22,
            )
    return sheet


def _unit(field: Field) -> str:
    """The unit; points with their upper bound."""
    if field.kind is FieldKind.POINTS and field.max is not None:
        return f"{field.unit}（0–{rounding.plain(field.max)}）"
    return field.unit
