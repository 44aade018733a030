"""Inputs of a rubric for Hypothesis: every figure can be blank, at an edge, beside it, or anything."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from hypothesis import strategies as st

from tests.engines.generate import rule_edges
from workbook.rubric.expr import unique_refs
from workbook.rubric.fields import Field, FieldKind
from workbook.rubric.inputs import FieldValue, Inputs
from workbook.rubric.model import Indicator, Item, Rubric
from workbook.rubric.needs import item_needs, levels


def fields_of(rubric: Rubric, indicator: Indicator, item: Item) -> list[Field]:
    """Every field that can move an item's points."""
    names: dict[str, None] = {}
    for name, path in item_needs(rubric, indicator, item):
        names[name] = None
        for guard in path:
            names.update(dict.fromkeys(unique_refs(guard.condition)))
    return [rubric.field[name] for name in names if name in rubric.field]


def value_of(rubric: Rubric, field: Field) -> st.SearchStrategy[FieldValue]:
    """Values of a field: its bounds, the edges of its rules and what lies beside them, and any other."""
    match field.kind:
        case FieldKind.YESNO:
            return st.sampled_from(["是", "否"])
        case FieldKind.CHOICE:
            return st.sampled_from(field.choices)
    scale = 10 ** (field.decimals or 0)
    low, high = int((field.min or 0) * scale), int((field.max or 0) * scale)
    edges = [int(edge * scale) for edge in rule_edges(rubric).get(field.id, ())]
    near = [value + step for value in (low, high, *edges, scale, 7 * scale) for step in (-1, 0, 1)]
    inside = [value for value in near if low <= value <= high]
    small = st.integers(low, min(high, 50 * scale))
    whole = st.one_of(st.sampled_from(inside), small, st.integers(low, high))
    return whole.map(lambda value: Decimal(value) / scale)


@st.composite
def inputs_for(draw_value: Callable, rubric: Rubric, fields: list[Field]) -> Inputs:
    """These fields, a quarter of them blank; degrees of achievement within their level."""
    values = {}
    for field in fields:
        value = draw_value(
            st.one_of(st.none(), value_of(rubric, field), value_of(rubric, field), value_of(rubric, field))
        )
        if value is not None:
            values[field.id] = value
    for degree, rule in levels(rubric).items():
        if degree in values and rule.level in values:
            level = next(one for one in rubric.scales[rule.scale] if one.name == values[rule.level])
            values[degree] = draw_value(
                st.sampled_from(
                    [level.at_least, (level.below or level.at_most or Decimal(1)) - Decimal("0.0001")]
                )
            )
    return Inputs(values)
