"""The saved values of a workbook's formulas: what previews and phones show before anything is calculated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from workbook.rubric.inputs import Inputs
from workbook.rubric.keys import Key, Sort
from workbook.scorer.quantities import Quantity


def saved_value(key: Key, inputs: Inputs, values: Mapping[Key, Quantity]) -> float | int | str:
    """The result of the formula of a quantity, or of an echo: a number, a text, "" for a blank look."""
    value = values.get(key)
    if value is None:  # an echo
        source = key.source
        if source.sort is Sort.INPUT:
            value = values.get(Key.used(source.id), _typed(inputs, source.id))
        elif source.sort is Sort.REASON:
            value = inputs.reasons.get(source.id, "")
        else:
            value = values[source]
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return value


def _typed(inputs: Inputs, field_id: str) -> Quantity:
    value = inputs.values.get(field_id, "")
    return Fraction(value) if isinstance(value, Decimal) else str(value)


def escaped(text: str) -> str:
    """A text in which what looks like an escape of a character says what it looks like."""
    return _LIKE_AN_ESCAPE.sub(r"_x005F\1", text)


_LIKE_AN_ESCAPE = re.compile(r"(_x[0-9a-fA-F]{4}_)")
