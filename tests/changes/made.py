"""Changes to formulas, constants and names: the changed file, and the cell that must be named."""

from __future__ import annotations

import re

from tests.support import returned
from tests.support.returned import ENTRY, SCORING, Issued, verified
from workbook.layout.names import Place
from workbook.rubric.fields import FieldKind
from workbook.rubric.keys import Key


def score(case: Issued) -> Place:
    return case[f"score:{case.rubric.indicators[0].id}"]


def edited_formula(case: Issued) -> tuple[bytes, Place]:
    return returned.in_formula(case.filled, score(case), "*100", "*101"), score(case)


def threshold_in_a_formula(case: Issued) -> tuple[bytes, Place]:
    place = case.formula_with("<90%")
    return returned.in_formula(case.filled, place, "<90%", "<99%"), place


def points_in_a_formula(case: Issued) -> tuple[bytes, Place]:
    place = (
        case.formula_with("=100%,2,0)") if case.rubric.id == "yantian-2023" else case.formula_with("<90%,")
    )
    formula = case.template.sheet[place.sheet].formulas[place.cell]
    old = re.search(r"<90%,\d", formula)
    assert old is not None
    return returned.in_formula(case.filled, place, old[0], old[0][:-1] + "9"), place


def formula_of_a_state(case: Issued) -> tuple[bytes, Place]:
    place = case[f"state:{case.rubric.indicators[0].id}"]
    return returned.in_formula(case.filled, place, "缺扣分原因", "已评"), place


def formula_replaced_by_its_value(case: Issued) -> tuple[bytes, Place]:
    value = verified(case.filled).cached
    assert value is not None
    key = Key.score(case.rubric.indicators[0].id)
    return returned.with_cell(case.filled, case[key], returned.number(value[key])), case[key]


def formula_deleted(case: Issued) -> tuple[bytes, Place]:
    place = case[f"deduction:{case.rubric.indicators[0].id}"]
    return returned.with_cell(case.filled, place, returned.EMPTY), place


def array_over_several_cells(case: Issued) -> tuple[bytes, Place]:
    place = score(case)
    pattern = rf'(<c r="{place.cell}"[^>]*>)<f>'
    part = returned.sheet_part(case.filled, place.sheet)
    return returned.in_part(case.filled, part, pattern, rf'\1<f t="array" ref="{place.cell}:P99">'), place


def data_table(case: Issued) -> tuple[bytes, Place]:
    place = score(case)
    pattern = rf'(<c r="{place.cell}"[^>]*>)<f>[^<]*</f>'
    part = returned.sheet_part(case.filled, place.sheet)
    table = rf'\1<f t="dataTable" ref="{place.cell}" dt2D="0" dtr="0" r1="A1"/>'
    return returned.in_part(case.filled, part, pattern, table), place


def name_cut_in_two(case: Issued) -> tuple[bytes, Place]:
    """小计_部门 决策: the intersection of two names of one's own."""
    place = case["total"]
    name = next(name for name in case.template.names if name.startswith("小计_") and name.count("_") == 1)
    data = returned.in_formula(case.filled, place, name, f"{name[:4]} {name[4:]}")
    return data, place


def constants(case: Issued) -> dict[str, tuple[Place, tuple[str, str]]]:
    row = re.sub(r"\D", "", score(case).cell)
    texts, numbers = case.template.sheet[SCORING].texts, case.template.sheet[SCORING].numbers
    clause, label = texts[f"F{row}"], case.template.sheet[ENTRY].texts["B4"]
    return {
        "weight": (Place(SCORING, f"D{row}"), returned.number(int(numbers[f"D{row}"]) + 1)),
        "weight as text": (Place(SCORING, f"D{row}"), returned.text(numbers[f"D{row}"])),
        "clause": (Place(SCORING, f"F{row}"), returned.text(clause[:-1] + "。。")),
        "clause removed": (Place(SCORING, f"F{row}"), returned.EMPTY),
        "label": (Place(ENTRY, "B4"), returned.text("上年" + label)),
        "blank before a label": (Place(ENTRY, "B4"), returned.text(" " + label)),
        "label by a formula": (Place(ENTRY, "B4"), returned.formula(f'="{label}"', label)),
        "unit": (Place(ENTRY, "C4"), returned.text("亿元")),
        "infinite weight": (Place(SCORING, f"D{row}"), returned.number("1e999")),
    }


def names(case: Issued) -> tuple[str, Place, str]:
    """A field's name, its cell, and its definition as the file has it."""
    field = case.field(FieldKind.MONEY)
    place = case[field.id]
    return field.name, place, rf'(<definedName name="{field.name}">)[^<]*(</definedName>)'
