"""What follows from a rate's expression: how it is shown, and which readings stand behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from workbook.expr import divisions, refs, unique_refs
from workbook.spec.fields import FieldKind
from workbook.spec.model import Item, Rate, Rubric
from workbook.spec.needs import walk_rules
from workbook.spec.rules import Bands, DeductPerPoint, Proportional


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


def rate_interpretations(rubric: Rubric, item: Item) -> Iterator[str]:
    """The readings behind the rates that an item is scored by, each once."""
    names = [
        rule.on for rule in walk_rules(item.rule) if isinstance(rule, Bands | Proportional | DeductPerPoint)
    ]
    seen: dict[str, None] = {}
    while names:
        rate = rubric.rate.get(names.pop(0))
        if rate is None:
            continue
        if rate.interpretation:
            seen[rate.interpretation] = None
        names += unique_refs(rate.of)
    yield from seen
