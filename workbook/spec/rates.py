"""What kind of figure a rate is, from what it is computed from."""

from __future__ import annotations

from typing import Literal

from workbook.expr import divisions, refs
from workbook.spec.fields import FieldKind
from workbook.spec.model import Rate, Rubric


def rate_style(rubric: Rubric, rate: Rate) -> Literal["percent", "number"]:
    """``percent`` for quotients and for what is built from percentages, else ``number``."""
    if any(True for _ in divisions(rate.of)):
        return "percent"
    for name in refs(rate.of):
        if name in rubric.rate and rate_style(rubric, rubric.rate[name]) == "percent":
            return "percent"
        if name in rubric.field and rubric.field[name].kind is FieldKind.PERCENT:
            return "percent"
    return "number"
