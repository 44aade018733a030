"""A returned workbook that is not the issued one: each change with its code and its cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName

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
from tests.support.returned import ENTRY, IDENTITY, SCORING, SUMMARY, Issued, codes, issued, places, verified
from workbook.api import read_inputs_of
from workbook.findings import Refused, Severity
from workbook.layout.names import Place
from workbook.load.rubric import load_rubric
from workbook.rubric.keys import Key
from workbook.verifier.verification import Verdict, Verification

pytestmark = pytest.mark.parametrize("rubric_id", returned.RUBRICS)
BOOK = "xl/workbook.xml"


@pytest.fixture
def case(rubric_id: str) -> Issued:
    return issued(rubric_id)


def fails(report: Verification, code: str, *expected: Place, also: set[str] | None = None) -> None:
    """It fails with this code at exactly these cells, and with no other error."""
    assert report.verdict is Verdict.FAIL, [(f.code, f.cell, f.message) for f in report.findings]
    if expected:
        assert places(report, code) == list(expected)
    assert codes(report, Severity.ERROR) - (also or set()) == {code}
    for finding in report.findings:
        assert finding.message
        assert finding.fix


@pytest.mark.parametrize(
    "change",
    [
        edited_formula, threshold_in_a_formula, points_in_a_formula, formula_of_a_state, formula_deleted,
        formula_replaced_by_its_value, array_over_several_cells, data_table, name_cut_in_two,
    ],
    ids=lambda one: one.__name__,
)  # fmt: skip
def test_formulas(case: Issued, change: Callable[[Issued], tuple[bytes, Place]]) -> None:
    data, place = change(case)
    fails(verified(data), "FORMULA_CHANGED", place, also={"CACHE_DIFFERS"})


def test_total_overwritten(case: Issued) -> None:
    for key in ("total", "echo:total"):
        report = verified(returned.with_cell(case.filled, case[key], returned.number(99.99)))
        fails(report, "FORMULA_CHANGED", case[key], also={"CACHE_DIFFERS"})
        assert places(report, "CACHE_DIFFERS") == [case[key]]
        assert report.recalculated is not None
        assert report.recalculated[Key.total()] != 99.99


@pytest.mark.parametrize(
    "kind",
    [
        "weight", "weight as text", "clause", "clause removed", "label", "blank before a label",
        "label by a formula", "unit", "infinite weight",
    ],
)  # fmt: skip
def test_texts_and_numbers(case: Issued, kind: str) -> None:
    place, content = constants(case)[kind]
    fails(verified(returned.with_cell(case.filled, place, content)), "CELL_CHANGED", place)


@pytest.mark.parametrize(
    "target", ["'{sheet}'!$D$5", "'{sheet}'!{cell}", "$A$1", "1000", "#REF!", "草稿!$A$1"]
)
def test_name_points_elsewhere(case: Issued, target: str) -> None:
    """A relative target counts: it means another cell in every formula."""
    name, place, pattern = names(case)
    assert place.cell == "D4"
    text = target.format(sheet=place.sheet, cell=place.cell)
    report = verified(returned.in_part(case.filled, BOOK, pattern, rf"\g<1>{text}\g<2>"))
    fails(report, "NAME_CHANGED", place)
    assert name in report.findings[0].message


def test_name_removed(case: Issued) -> None:
    _, place, pattern = names(case)
    fails(verified(returned.in_part(case.filled, BOOK, pattern, "")), "NAME_MISSING", place)


@pytest.mark.parametrize("scope", ["", ' localSheetId="99"'])
def test_name_given_twice(case: Issued, scope: str) -> None:
    """Programs differ in which of the two counts; LibreOffice ignores a scope that does not exist."""
    name, place, pattern = names(case)
    twice = rf'<definedName name="{name}"{scope}>{place.sheet}!$D$5</definedName>\g<0>'
    fails(verified(returned.in_part(case.filled, BOOK, pattern, twice)), "NAME_CHANGED", place)


def test_name_shadowed(case: Issued) -> None:
    name, _, pattern = names(case)
    scoring = [sheet.title for sheet in case.template.sheets].index(SCORING)
    local = rf'\g<0><definedName name="{name}" localSheetId="{scoring}">{ENTRY}!$D$5</definedName>'
    report = verified(returned.in_part(case.filled, BOOK, pattern, local))
    fails(report, "NAME_SHADOWED")
    assert [f.sheet for f in report.findings] == [SCORING]

    def identity(book: Workbook) -> None:
        book[ENTRY].defined_names["模板标识"] = DefinedName("模板标识", attr_text='"x"')

    fails(verified(returned.by_openpyxl(case.filled, identity)), "NAME_SHADOWED")


def sheet_removed(book: Workbook) -> None:
    del book[SUMMARY]


def sheet_moved(book: Workbook) -> None:
    book.move_sheet(SUMMARY, -2)


def sheet_shown(book: Workbook) -> None:
    book[IDENTITY].sheet_state = "visible"


def sheet_hidden(book: Workbook) -> None:
    book[SUMMARY].sheet_state = "veryHidden"


def sheet_renamed(book: Workbook) -> None:
    book[SUMMARY].title = "得分汇总 "


@pytest.mark.parametrize(
    ("change", "code", "sheet"),
    [
        (sheet_removed, "SHEET_MISSING", SUMMARY), (sheet_moved, "SHEET_ORDER", None),
        (sheet_shown, "SHEET_STATE", IDENTITY), (sheet_hidden, "SHEET_STATE", SUMMARY),
        (sheet_renamed, "SHEET_MISSING", SUMMARY),
    ],
    ids=lambda one: getattr(one, "__name__", None),
)  # fmt: skip
def test_sheets(case: Issued, change: Callable[[Workbook], None], code: str, sheet: str | None) -> None:
    report = verified(returned.by_openpyxl(case.filled, change))
    fails(report, code, also={"NAME_CHANGED", "NAME_MISSING", "SHEET_IMITATES"})
    assert [f.sheet for f in report.findings if f.code == code] == [sheet]


def test_sheet_of_inputs_removed(case: Issued) -> None:
    """Nothing can be recalculated then, and nothing is made up."""
    report = verified(returned.by_openpyxl(case.filled, lambda book: book.remove(book[ENTRY])))
    assert report.verdict is Verdict.FAIL
    assert "SHEET_MISSING" in codes(report, Severity.ERROR)
    assert report.reference is None
    assert report.recalculated is None


def test_inputs_without_their_sheet(case: Issued, tmp_path: Path) -> None:
    """As DATA such a workbook is refused for the sheet alone: its other differences do not matter there."""
    path = tmp_path / "去年.xlsx"
    path.write_bytes(returned.by_openpyxl(case.filled, lambda book: book.remove(book[ENTRY])))
    with pytest.raises(Refused) as refusal:
        read_inputs_of(load_rubric(case.rubric.id), path)
    assert [(one.code, one.sheet) for one in refusal.value.findings] == [("SHEET_MISSING", ENTRY)]


@pytest.mark.parametrize("row", [3, 10, 40])
def test_row_inserted_or_deleted(case: Issued, row: int) -> None:
    for change in ("insert_rows", "delete_rows"):
        data = returned.by_openpyxl(case.filled, lambda book, do=change: getattr(book[ENTRY], do)(row))
        report = verified(data)
        assert report.verdict is Verdict.FAIL
        assert {"CELL_CHANGED", "FORMULA_CHANGED"} <= codes(report, Severity.ERROR)
        first = min(int(place.cell[1:]) for place in places(report, "CELL_CHANGED") if place.sheet == ENTRY)
        assert first in {row, row + 1}


def test_merges(case: Issued) -> None:
    merged = "A90:B99"  # below the last row: merging would empty what stands there
    for change, expected in (
        (lambda book: book[SCORING].unmerge_cells("A1:L1"), "A1"),
        (lambda book: book[SCORING].merge_cells(merged), merged.partition(":")[0]),
    ):
        report = verified(returned.by_openpyxl(case.filled, change))
        fails(report, "MERGE_CHANGED", Place(SCORING, expected))


@pytest.mark.parametrize("ref", ["M4", "D200", "AA3"])
@pytest.mark.parametrize("value", ["见附件", 0, True, "=1+1"])
def test_cell_added(case: Issued, ref: str, value: object) -> None:
    def change(book: Workbook) -> None:
        book[SCORING][ref] = value

    fails(verified(returned.by_openpyxl(case.filled, change)), "CELL_ADDED", Place(SCORING, ref))


def test_content_under_merged_cells(case: Issued) -> None:
    """No program shows it, but formulas see it."""
    data = returned.with_cell(case.filled, Place(SCORING, "B1"), returned.number(5))
    fails(verified(data), "CELL_ADDED", Place(SCORING, "B1"))


@pytest.mark.parametrize("style", ['"99.00"', ";;;", "99.00", "0.00,", '0.00"5"', '0.00;;"是"', "\\9\\5"])
def test_format_that_shows_another_number(case: Issued, style: str) -> None:
    """The saved value is right, and the officer sees something else."""

    def change(book: Workbook) -> None:
        book[case["total"].sheet][case["total"].cell].number_format = style

    fails(verified(returned.by_openpyxl(case.filled, change)), "CELL_CHANGED", case["total"])


@pytest.mark.parametrize(
    "style", ["General", "0.0000", "#,##0.00_ ;[Red]\\-#,##0.00", "0.00_);(0.00)", '0.00"分"']
)
def test_format_that_shows_the_number(case: Issued, style: str) -> None:
    def change(book: Workbook) -> None:
        book[case["total"].sheet][case["total"].cell].number_format = style

    assert verified(returned.by_openpyxl(case.filled, change)).verdict is Verdict.PASS
