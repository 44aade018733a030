"""Data validation of the inputs: drop-down lists, bounds, Chinese prompts and alerts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from workbook.data.typed import shown
from workbook.rubric.fields import NO, YES, Field, FieldKind
from workbook.rubric.inputs import FIRST_DATE, LAST_DATE

_TITLE_LIMIT, _TEXT_LIMIT = 32, 255


def validation(field: Field) -> dict[str, Any] | None:
    """XlsxWriter's description of the validation of a field, or None where anything goes."""
    match field.kind:
        case FieldKind.TEXT:
            return None
        case FieldKind.YESNO | FieldKind.CHOICE:
            options = [YES, NO] if field.kind is FieldKind.YESNO else list(field.choices)
            rule: dict[str, Any] = {"validate": "list", "source": options}
            alert = "请从下拉列表中选择：" + "、".join(options)
        case FieldKind.DATE:
            rule = {"validate": "date", "criteria": "between", "minimum": FIRST_DATE, "maximum": LAST_DATE}
            alert = "请输入日期，如 2024-03-31"
        case _:
            low, high = field.min or Decimal(0), field.max
            whole = field.kind is FieldKind.COUNT
            rule = {
                "validate": "integer" if whole else "decimal",
                "criteria": "between",
                "minimum": float(low),
                "maximum": float(high) if high is not None else 1e9,
            }
            alert = field.alert or _number_alert(field, low)
    return {
        **rule,
        "ignore_blank": True,
        "input_title": _cut(field.label, _TITLE_LIMIT),
        "input_message": _cut(f"{field.help}\n{alert}" if field.help else alert, _TEXT_LIMIT),
        "error_title": "填报数据不符合要求",
        "error_message": _cut(alert, _TEXT_LIMIT),
        "error_type": "stop",
    }


def _number_alert(field: Field, low: Decimal) -> str:
    bounds = f"{shown(field, low)} 至 {shown(field, field.max)}"
    match field.kind:
        case FieldKind.PERCENT:
            return f"请直接输入百分比，如 95.5%（100% 即全部），范围 {bounds}"
        case FieldKind.POINTS:
            return f"请输入所得分数，{bounds} 分，最多两位小数；部分符合的酌情减分"
        case FieldKind.MONEY:
            return f"请输入数字，单位是万元，不是元；范围 {bounds}"
    return f"请输入整数，范围 {bounds}" + (f"，单位：{field.unit}" if field.unit else "")


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
