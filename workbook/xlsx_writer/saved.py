"""The saved values of a workbook's formulas: what previews and phones show before anything is calculated."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from workbook.rubric.inputs import Inputs
from workbook.rubric.model import Rubric
from workbook.scorer.quantities import Quantity


def saved_value(
    key: str, rubric: Rubric, inputs: Inputs, values: Mapping[str, Quantity]
) -> float | int | str:
    """What the formula of a quantity, or of an echo of one, gives: a number, a text, "" for a blank look."""
    value = values.get(key)
    if value is None:  # an echo
        source = key.removeprefix("echo:").partition("#")[0]
        if source in rubric.field:
            value = values.get(f"used:{source}", _typed(inputs, source))
        elif source.startswith("reason."):
            value = inputs.reasons.get(source.removeprefix("reason."), "")
        else:
            value = values[source]
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return value


def _typed(inputs: Inputs, field_id: str) -> Quantity:
    value = inputs.values.get(field_id, "")
    return Fraction(value) if isinstance(value, Decimal) else str(value)
