"""Changes that must fail, each with the code and the cell that it must get."""

from __future__ import annotations

from collections.abc import Callable

from openpyxl.workbook import Workbook

from tests.changes.made import (
    array_over_several_cells,
    constants,
    data_table,
    edited_formula,
    formula_deleted,
    formula_of_a_state,
    formula_replaced_by_its_value,
    name_cut_in_two,
    names,
    points_in_a_formula,
    threshold_in_a_formula,
)
from tests.support import returned
from tests.support.returned import ENTRY, IDENTITY, SCORING, SUMMARY, Issued, issued
from workbook.layout.names import Place
from workbook.rubric.fields import FieldKind

BOOK = "xl/workbook.xml"
CHECKS, DETAILS = "勾稽校验", "项目明细"

Change = Callable[[Issued], tuple[bytes, Place | None]]
"""The changed file, and the cell that must be named (None: the finding belongs to no cell)."""


def formula(change: Callable[[Issued], tuple[bytes, Place]]) -> tuple[Change, str]:
    return change, "FORMULA_CHANGED"


def constant(kind: str) -> tuple[Change, str]:
    def change(case: Issued) -> tuple[bytes, Place]:
        place, content = constants(case)[kind]
        return returned.with_cell(case.filled, place, content), place

    return change, "CELL_CHANGED"


def text_on(sheet: str, new: str = "改动了的文字") -> tuple[Change, str]:
    """The first text of a sheet that no merged cell holds."""

    def change(case: Issued) -> tuple[bytes, Place]:
        place = Place(sheet, list(case.template.sheet[sheet].texts)[-1])
        return returned.with_cell(case.filled, place, returned.text(new)), place

    return change, "CELL_CHANGED"


def in_sheet(sheet: str, code: str, pattern: str, new: str, cell: str | None) -> tuple[Change, str]:
    """A raw edit in a sheet's part."""

    def change(case: Issued) -> tuple[bytes, Place | None]:
        part = returned.sheet_part(case.filled, sheet)
        data = returned.in_part(case.filled, part, pattern, new)
        return data, None if cell is None else Place(sheet, cell)

    return change, code


def in_book(code: str, pattern: str, new: str) -> tuple[Change, str]:
    """A raw edit in the list of sheets, names and settings."""

    def change(case: Issued) -> tuple[bytes, None]:
        return returned.in_part(case.filled, BOOK, pattern, new), None

    return change, code


def renamed(target: str) -> tuple[Change, str]:
    """A field's name that means another cell."""

    def change(case: Issued) -> tuple[bytes, Place]:
        _, place, pattern = names(case)
        new = target.format(sheet=place.sheet, cell=place.cell)
        return returned.in_part(case.filled, BOOK, pattern, rf"\g<1>{new}\g<2>"), place

    return change, "NAME_CHANGED"


def name_removed(case: Issued) -> tuple[bytes, Place]:
    _, place, pattern = names(case)
    return returned.in_part(case.filled, BOOK, pattern, ""), place


def name_shadowed(case: Issued) -> tuple[bytes, None]:
    name, _, pattern = names(case)
    local = rf'\g<0><definedName name="{name}" localSheetId="1">{ENTRY}!$D$5</definedName>'
    return returned.in_part(case.filled, BOOK, pattern, local), None


def cached(key: str, value: str) -> tuple[Change, str]:
    """Another saved value: the officer saw another number."""

    def change(case: Issued) -> tuple[bytes, Place]:
        place = case[key.format(first=case.rubric.indicators[0].id)]
        return returned.with_cache(case.filled, place, value), place

    return change, "CACHE_DIFFERS"


def typed(kind: FieldKind, content: tuple[str, str], code: str) -> tuple[Change, str]:
    """Another content in an input."""

    def change(case: Issued) -> tuple[bytes, Place]:
        place = case[case.field(kind).id]
        return returned.with_cell(case.filled, place, content), place

    return change, code


def property_changed(part: str) -> tuple[Change, str]:
    def change(case: Issued) -> tuple[bytes, None]:
        pattern = rf'(name="workbook\.{part}"><vt:lpwstr>)[^<]*'
        return returned.in_part(case.filled, "docProps/custom.xml", pattern, r"\g<1>别的"), None

    return change, "IDENTITY_DIFFERS"


def by_openpyxl(code: str, place: Place | None, action: Callable[[Workbook], object]) -> tuple[Change, str]:
    def change(case: Issued) -> tuple[bytes, Place | None]:
        return returned.by_openpyxl(case.filled, action), place

    return change, code


def total_format(case: Issued) -> tuple[bytes, Place]:
    place = case["total"]

    def change(book: Workbook) -> None:
        book[place.sheet][place.cell].number_format = '"99.00"'

    return returned.by_openpyxl(case.filled, change), place


def swapped_sheets(case: Issued) -> tuple[bytes, Place]:
    """Two sheets under each other's title."""
    text = returned.parts(case.filled)[BOOK].decode()
    swapped = text.replace(f'name="{SCORING}"', 'name="@"').replace(f'name="{SUMMARY}"', f'name="{SCORING}"')
    data = returned.with_part(case.filled, BOOK, swapped.replace('name="@"', f'name="{SUMMARY}"').encode())
    return data, Place(SCORING, "A1")


def other_rubric(case: Issued) -> tuple[bytes, None]:
    """The identity of the other rubric on this template, in all its copies."""
    other = next(issued(one) for one in returned.RUBRICS if one != case.rubric.id)
    content = returned.parts(case.filled)
    for name, part in content.items():
        if name.endswith(".xml"):
            new = part.replace(case.rubric.id.encode(), other.rubric.id.encode())
            content[name] = new.replace(case.template.spec.encode(), other.template.spec.encode())
    return returned.packed(content), None


def list_changed(case: Issued) -> tuple[bytes, Place]:
    """The legend of choices beside the inputs."""
    place = case["echo:total"]
    return returned.with_cell(case.filled, place, returned.text("优秀")), place


_ROW = r'(<row r="9"[^>]*?)(/?>)'
_MONEY, _COUNT, _YESNO = FieldKind.MONEY, FieldKind.COUNT, FieldKind.YESNO

HARMFUL: dict[str, tuple[Change, str]] = {
    # formulas
    "weight in a formula": formula(edited_formula),
    "threshold in a formula": formula(threshold_in_a_formula),
    "points in a formula": formula(points_in_a_formula),
    "formula of a state": formula(formula_of_a_state),
    "formula replaced by its value": formula(formula_replaced_by_its_value),
    "formula deleted": formula(formula_deleted),
    "array over several cells": formula(array_over_several_cells),
    "data table": formula(data_table),
    "name cut in two": formula(name_cut_in_two),
    "total typed over": formula(list_changed),
    # constants
    "weight": constant("weight"),
    "weight as text": constant("weight as text"),
    "clause": constant("clause"),
    "clause removed": constant("clause removed"),
    "label": constant("label"),
    "blank before a label": constant("blank before a label"),
    "label by a formula": constant("label by a formula"),
    "unit": constant("unit"),
    "text of the cover": text_on("填报说明"),
    "text of a detail table": text_on(DETAILS),
    "text of the checks": text_on(CHECKS),
    "text of the hidden identity": text_on(IDENTITY),
    "format that shows another number": (total_format, "CELL_CHANGED"),
    "cell added": in_sheet(SCORING, "CELL_ADDED", "</sheetData>",
        '<row r="200"><c r="D200"><v>5</v></c></row></sheetData>', "D200"),
    # rows, columns, merges
    "row inserted": by_openpyxl("CELL_CHANGED", None, lambda book: book[ENTRY].insert_rows(6)),
    "row deleted": by_openpyxl("CELL_CHANGED", None, lambda book: book[SCORING].delete_rows(6)),
    "column inserted": by_openpyxl("CELL_CHANGED", None, lambda book: book[SUMMARY].insert_cols(2)),
    "column deleted": by_openpyxl("CELL_CHANGED", None, lambda book: book[CHECKS].delete_cols(2)),
    "cells moved": by_openpyxl("CELL_CHANGED", Place(ENTRY, "B5"),
        lambda book: book[ENTRY].move_range("B5:B6", rows=60)),
    "cells merged": by_openpyxl("MERGE_CHANGED", Place(SCORING, "A90"),
        lambda book: book[SCORING].merge_cells("A90:B99")),
    "cells no longer merged": by_openpyxl("MERGE_CHANGED", Place(SCORING, "A1"),
        lambda book: book[SCORING].unmerge_cells("A1:L1")),
    "row hidden": in_sheet(SCORING, "ROWS_HIDDEN", _ROW, r'\1 hidden="1"\2', "A9"),
    "row without height": in_sheet(ENTRY, "ROWS_HIDDEN", r'(<row r="9" spans="[^"]*") ht="[^"]*"',
        r'\1 ht="0"', "A9"),
    "column hidden": in_sheet(SCORING, "COLUMNS_HIDDEN", '<col min="4" ', '<col hidden="1" min="4" ', "D1"),
    # names
    "name re-targeted": renamed("'{sheet}'!$D$5"),
    "name made relative": renamed("'{sheet}'!{cell}"),
    "name made a number": renamed("1000"),
    "name removed": (name_removed, "NAME_MISSING"),
    "name shadowed": (name_shadowed, "NAME_SHADOWED"),
    # sheets
    "sheet dropped": by_openpyxl("SHEET_MISSING", None, lambda book: book.remove(book[SUMMARY])),
    "sheet renamed": by_openpyxl("SHEET_MISSING", None,
        lambda book: setattr(book[SUMMARY], "title", "得分汇总 ")),
    "sheets swapped": (swapped_sheets, "CELL_CHANGED"),
    "sheet moved": by_openpyxl("SHEET_ORDER", None, lambda book: book.move_sheet(SUMMARY, -2)),
    "sheet hidden": by_openpyxl("SHEET_STATE", None,
        lambda book: setattr(book[SUMMARY], "sheet_state", "hidden")),
    # identity
    "identity: rubric": property_changed("rubric"),
    "identity: template": property_changed("template"),
    "identity: spec": property_changed("spec"),
    "identity: issue": property_changed("issue"),
    "identity of another rubric": (other_rubric, "CELL_CHANGED"),
    # settings
    "precision as displayed": in_book("CALCULATION_CHANGED", "<calcPr ", '<calcPr fullPrecision="0" '),
    "dates from 1904": in_book("CALCULATION_CHANGED", "<workbookPr ", '<workbookPr date1904="1" '),
    # links and saved values
    "saved score": cached("score:{first}", "0.01"),
    "saved total": cached("total", "99.99"),
    "saved total of the cover": cached("echo:total#cover", "99.99"),
    "saved ready flag": cached("ready", "否"),
    # inputs
    "number as text": typed(_MONEY, returned.text("15"), "INPUT_AS_TEXT"),
    "words for a number": typed(_MONEY, returned.text("约一百万"), "INPUT_NOT_NUMBER"),
    "not applicable or zero": typed(_MONEY, returned.text("无"), "INPUT_UNCLEAR"),
    "below zero": typed(_MONEY, returned.number(-1), "INPUT_RANGE"),
    "half a project": typed(_COUNT, returned.number("1.5"), "INPUT_NOT_WHOLE"),
    "other answer": typed(_YESNO, returned.text("有"), "INPUT_CHOICE"),
    "error value": typed(_MONEY, returned.error(), "INPUT_ERROR_VALUE"),
    "formula to another file": typed(_MONEY, returned.formula("[1]Sheet!A1", 5), "INPUT_FORMULA_REFUSED"),
    "volatile function": typed(_MONEY, returned.formula("NOW()", 5), "INPUT_FORMULA_REFUSED"),
    "network function": typed(_MONEY, returned.formula('WEBSERVICE("http://x.invalid/")', 5),
        "INPUT_FORMULA_REFUSED"),
    "circular reference": typed(_MONEY, returned.formula("D4+0", 5), "INPUT_FORMULA_REFUSED"),
}  # fmt: skip
