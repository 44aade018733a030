"""A returned workbook that is not the issued one: each change with its code and its cell."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName

from tests.support import returned
from tests.support.returned import ENTRY, IDENTITY, SCORING, SUMMARY, Issued, codes, issued, places, verified
from workbook.findings import Severity
from workbook.layout.names import Place
from workbook.rubric.fields import FieldKind
from workbook.rubric.keys import Key
from workbook.verifier.verdict import Report, Verdict

pytestmark = pytest.mark.parametrize("rubric_id", returned.RUBRICS)
BOOK = "xl/workbook.xml"


@pytest.fixture
def case(rubric_id: str) -> Issued:
    return issued(rubric_id)


def fails(report: Report, code: str, *expected: Place, also: set[str] | None = None) -> None:
    """It fails with this code at exactly these cells, and with no other error."""
    assert report.verdict is Verdict.FAIL, [(f.code, f.cell, f.message) for f in report.findings]
    if expected:
        assert places(report, code) == list(expected)
    assert codes(report, Severity.ERROR) - (also or set()) == {code}
    for finding in report.findings:
        assert finding.message
        assert finding.fix


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


def names(case: Issued) -> tuple[str, Place, str]:
    """A field's name, its cell, and its definition as the file has it."""
    field = case.field(FieldKind.MONEY)
    place = case[field.id]
    return field.name, place, rf'(<definedName name="{field.name}">)[^<]*(</definedName>)'


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
