"""The catalogue of changes: what each does to a returned workbook, with the code and the cell it must get.

Every change starts from a workbook that passes. Harmful ones must fail with their code at their cell;
harmless ones must still pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import escape

import pytest
from openpyxl.styles import Protection
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from tests.support import returned
from tests.support.clean import clean
from tests.support.returned import ENTRY, IDENTITY, SCORING, SUMMARY, Issued, issued, places, verified
from tests.test_verify_harmful import (
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
    score,
    threshold_in_a_formula,
)
from tests.test_verify_harmless import copied_sheet, looks, own_names, own_sheet
from workbook.api import new_workbook
from workbook.findings import Severity
from workbook.layout.names import Place
from workbook.rubric.fields import FieldKind
from workbook.verifier.verification import Verdict

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


@pytest.mark.parametrize("rubric_id", returned.RUBRICS)
@pytest.mark.parametrize("kind", HARMFUL)
def test_harmful(kind: str, rubric_id: str) -> None:
    change, code = HARMFUL[kind]
    data, place = change(issued(rubric_id))
    report = verified(data)
    assert report.verdict is Verdict.FAIL, [(f.code, f.cell) for f in report.findings]
    found = [one for one in report.findings if one.code == code]
    assert found, [(f.code, f.sheet, f.cell) for f in report.findings]
    assert all(one.severity is Severity.ERROR and one.message and one.fix for one in found)
    if place is not None:
        assert place in places(report, code)


# ---- harmless ----------------------------------------------------------------------------------------


def shared_formulas(case: Issued) -> bytes:
    """As WPS writes a column of a detail table: one formula, and followers that refer to it."""
    content = returned.parts(case.filled)
    part = returned.sheet_part(case.filled, DETAILS)
    text = content[part].decode()
    column = list(case.template.sheet[DETAILS].formulas)[-1][0]
    cells = re.findall(rf'<c r="{column}(\d+)"[^>]*><f>', text)
    first, last = cells[0], cells[-1]
    assert len(cells) > 50

    def shared(match: re.Match[str]) -> str:
        if match[2] == first:
            return f'{match[1]}<f t="shared" ref="{column}{first}:{column}{last}" si="7">{match[3]}</f>'
        return f'{match[1]}<f t="shared" si="7"/>'

    content[part] = re.sub(rf'(<c r="{column}(\d+)"[^>]*>)<f>([^<]*)</f>', shared, text).encode()
    return returned.packed(content)


def wps_properties(case: Issued) -> bytes:
    """The build number of WPS among the properties, a part of its own, and pictures in cells."""
    new = (
        r'\g<0><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="99" name="KSOProductBuildVer">'
        '<vt:lpwstr xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        "2052-12.1.0.16120</vt:lpwstr></property>"
    )
    data = returned.in_part(case.filled, "docProps/custom.xml", r"<Properties[^>]*>", new)
    data = returned.with_part(data, "xl/customStorage/customStorage.xml", b"<a/>")
    return returned.with_part(data, "xl/cellimages.xml", b"<etc:cellImages xmlns:etc='x'/>")


def wrong_dimension(case: Issued) -> bytes:
    part = returned.sheet_part(case.filled, ENTRY)
    return returned.in_part(case.filled, part, r'<dimension ref="[^"]*"', '<dimension ref="A1"')


def filtered(case: Issued) -> bytes:
    """Rows of a detail table hidden by its filter."""
    part = returned.sheet_part(case.filled, DETAILS)
    return returned.in_part(case.filled, part, r'(<row r="(?:8|9)"[^>]*?)>', r'\1 hidden="1">', count=2)


def sorted_rows(case: Issued) -> bytes:
    """Another order of the same rows in a detail table."""
    inputs = clean(case.rubric.id)
    tables = {key: tuple(reversed(rows)) for key, rows in inputs.tables.items() if key == "projects"}
    return new_workbook(case.rubric, inputs=replace(inputs, tables={**inputs.tables, **tables}))


def whitespace_in_formulas(case: Issued) -> bytes:
    """As programs write formulas anew: blanks after commas, names of functions in small letters."""
    place = score(case)
    text = case.template.sheet[place.sheet].formulas[place.cell].removeprefix("=")
    new = text.replace(",", ", ").replace("IF(", "if(").replace("ROUND(", "Round(")
    return returned.with_cell(case.filled, place, ("n", f"<f>{escape(new)}</f>{value(case, place)}"))


def value(case: Issued, place: Place) -> str:
    """A cell's saved value, as the file has it."""
    text = returned.parts(case.filled)[returned.sheet_part(case.filled, place.sheet)].decode()
    match = re.search(rf'<c r="{place.cell}"[^>]*><f>[^<]*</f>(<v>[^<]*</v>)', text)
    assert match
    return match[1]


def arithmetic(case: Issued) -> bytes:
    """An officer's own sum in an input, which gives the same amount."""
    field = case.field(FieldKind.MONEY)
    amount = clean(case.rubric.id).number(field.id)
    assert amount is not None
    source = f"{amount - 1}+0.5*2"
    return returned.with_cell(case.filled, case[field.id], returned.formula(source, float(amount)))


def row_taller(case: Issued) -> bytes:
    part = returned.sheet_part(case.filled, SCORING)
    return returned.in_part(case.filled, part, r'(<row r="9"[^>]*? ht=")[^"]*', r"\g<1>90")


def wider_column(case: Issued) -> bytes:
    part = returned.sheet_part(case.filled, ENTRY)
    return returned.in_part(case.filled, part, r'(<col min="2" max="2" width=")[^"]*', r"\g<1>77.5")


def zoomed(case: Issued) -> bytes:
    part = returned.sheet_part(case.filled, ENTRY)
    return returned.in_part(case.filled, part, "<sheetView ", '<sheetView zoomScale="60" ')


def column_hidden_beside(case: Issued) -> bytes:
    """Beyond what was issued an officer may hide what he likes."""
    part = returned.sheet_part(case.filled, ENTRY)
    beyond = get_column_letter(40)
    assert not any(cell.startswith(beyond) for cell in case.template.sheet[ENTRY].texts)
    return returned.in_part(
        case.filled, part, "</cols>", '<col min="40" max="41" width="9" hidden="1"/></cols>'
    )


def input_unlocked_and_locked(case: Issued) -> bytes:
    def change(book: Workbook) -> None:
        cell = book[ENTRY][case[case.field(FieldKind.MONEY).id].cell]
        cell.protection = Protection(locked=True)

    return returned.by_openpyxl(case.filled, change)


def protection_off(case: Issued) -> bytes:
    part = returned.sheet_part(case.filled, SCORING)
    return returned.in_part(case.filled, part, r"<sheetProtection [^>]*/>", "")


HARMLESS: dict[str, Callable[[Issued], bytes]] = {
    "as issued and filled": lambda case: case.filled,
    "saved by openpyxl": lambda case: returned.by_openpyxl(case.filled),
    "own sheet": lambda case: returned.by_openpyxl(case.filled, own_sheet),
    "own names": lambda case: returned.by_openpyxl(case.filled, own_names),
    "copied sheet": lambda case: returned.by_openpyxl(case.filled, copied_sheet),
    "widths, zoom, comments, fills": lambda case: returned.by_openpyxl(case.filled, looks),
    "shared formulas": shared_formulas,
    "properties and pictures of WPS": wps_properties,
    "wrong dimension": wrong_dimension,
    "rows filtered in a detail table": filtered,
    "rows sorted in a detail table": sorted_rows,
    "formulas written anew": whitespace_in_formulas,
    "own arithmetic in an input": arithmetic,
    "taller row": row_taller,
    "wider column": wider_column,
    "zoom": zoomed,
    "column hidden beyond the sheet": column_hidden_beside,
    "input locked": input_unlocked_and_locked,
    "protection taken off": protection_off,
}


@pytest.mark.parametrize("rubric_id", returned.RUBRICS)
@pytest.mark.parametrize("kind", HARMLESS)
def test_harmless(kind: str, rubric_id: str) -> None:
    report = verified(HARMLESS[kind](issued(rubric_id)))
    assert report.verdict is Verdict.PASS, [(f.code, f.sheet, f.cell) for f in report.findings]


def test_the_catalogue_is_large_enough() -> None:
    assert len(HARMFUL) >= 50
    assert len(HARMLESS) >= 15
