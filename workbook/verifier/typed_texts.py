"""What was typed as texts, so that two workbooks can be compared without their rubric."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from workbook.rubric.inputs import FieldValue, Inputs


def typed_texts(inputs: Inputs) -> dict[str, str]:
    """What was typed by the texts of its keys, each value in one form: equal figures are equal texts."""
    return {key.text: value_text(value) for key, value in inputs.cells() if value != ""}


def value_text(value: FieldValue) -> str:
    """A value as a text: numbers without needless zeros, dates as ISO has them."""
    match value:
        case Decimal():
            return format(value.normalize(), "f")
        case date():
            return value.isoformat()
    return value
