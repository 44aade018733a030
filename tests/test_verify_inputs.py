"""Wrong values in the input cells: each with its code at its cell, and all of them in one run."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from openpyxl.workbook import Workbook

from tests.support import returned
from tests.support.returned import ENTRY, Issued, codes, issued, places, verified
from workbook.findings import Severity
from workbook.layout.names import Place
from workbook.rubric.fields import FieldKind
from workbook.verifier.result import file_result
from workbook.verifier.verification import Verdict, Verification

pytestmark = pytest.mark.parametrize("rubric_id", returned.RUBRICS)
MONEY, COUNT, PERCENT, POINTS, YESNO, CHOICE = (
    FieldKind.MONEY, FieldKind.COUNT, FieldKind.PERCENT, FieldKind.POINTS, FieldKind.YESNO, FieldKind.CHOICE,
)  # fmt: skip
WRONG: list[tuple[FieldKind, tuple[str, str], str]] = [
    (MONEY, returned.text("15"), "INPUT_AS_TEXT"),
    (MONEY, returned.text("1,668.65"), "INPUT_AS_TEXT"),
    (MONEY, returned.text("1668.65万元"), "INPUT_AS_TEXT"),
    (MONEY, returned.text("无"), "INPUT_UNCLEAR"),
    (MONEY, returned.text("—"), "INPUT_UNCLEAR"),
    (COUNT, returned.text("不适用"), "INPUT_UNCLEAR"),
    (MONEY, returned.text("1668.65元"), "INPUT_NOT_NUMBER"),
    (MONEY, returned.text("约15"), "INPUT_NOT_NUMBER"),
    (MONEY, returned.text("1,6.65"), "INPUT_NOT_NUMBER"),
    (MONEY, returned.text("\u300015\u3000"), "INPUT_AS_TEXT"),
    (MONEY, returned.text("１，６６８．６５"), "INPUT_AS_TEXT"),
    (MONEY, returned.text(" "), "INPUT_NOT_NUMBER"),
    (MONEY, returned.text("１５"), "INPUT_AS_TEXT"),
    (MONEY, returned.boolean(True), "INPUT_NOT_NUMBER"),
    (MONEY, returned.error(), "INPUT_ERROR_VALUE"),
    (MONEY, returned.error("#N/A"), "INPUT_ERROR_VALUE"),
    (MONEY, returned.number("-0.01"), "INPUT_RANGE"),
    (MONEY, returned.number("1e15"), "INPUT_RANGE"),
    (MONEY, returned.number("123456789012345678901234567890"), "INPUT_RANGE"),
    (MONEY, returned.number("1e999"), "INPUT_NOT_NUMBER"),
    (COUNT, returned.number("1.5"), "INPUT_NOT_WHOLE"),
    (COUNT, returned.number("-1"), "INPUT_RANGE"),
    (COUNT, returned.text("3"), "INPUT_AS_TEXT"),
    (COUNT, returned.text("三"), "INPUT_NOT_NUMBER"),
    (PERCENT, returned.text("１２．５％"), "INPUT_AS_TEXT"),
    (PERCENT, returned.text("12.5%"), "INPUT_AS_TEXT"),
    (PERCENT, returned.number("99.5"), "INPUT_RANGE"),
    (POINTS, returned.number("0.255"), "INPUT_DECIMALS"),
    (POINTS, returned.number("100"), "INPUT_RANGE"),
    (YESNO, returned.text(" 是"), "INPUT_AS_TEXT"),
    (YESNO, returned.text("有"), "INPUT_CHOICE"),
    (YESNO, returned.text("是\n"), "INPUT_AS_TEXT"),
    (YESNO, returned.boolean(True), "INPUT_CHOICE"),
    (YESNO, returned.number(1), "INPUT_CHOICE"),
    (YESNO, returned.error("#NAME?"), "INPUT_ERROR_VALUE"),
    (CHOICE, returned.text("其他"), "INPUT_CHOICE"),
    (CHOICE, returned.number(2), "INPUT_CHOICE"),
]
REFUSED = [
    'INDIRECT("A1")',
    'WEBSERVICE("http://example.invalid/")',
    "[1]Sheet!A1",
    "'C:\\[x.xlsx]Sheet'!A1",
    "NOW()",
    "RAND()",
    "B5+1",
    "{place}",
    "{place}+0",
    "1/0",
    "10^3",
    '"15"',
    "IF(1>0,1,2)",
    "TRUE",
    "{{1,2}}",
    "不存在的名称",
    "草稿!A1",
    "SUM(D:D)",
    "1E+308*10",
    "SUM(",
    "((((",
    "_xlfn.LET(x,1,x)",
    "CALL(\"a\",\"b\",\"c\")",
    "cmd|'/c calc'!A0",
]  # fmt: skip


@pytest.fixture
def case(rubric_id: str) -> Issued:
    return issued(rubric_id)


def only(report: Verification, code: str, place: Place) -> None:
    """It fails with this code at this cell alone; nothing is said of results that rest on it."""
    assert report.verdict is Verdict.FAIL, [(f.code, f.cell, f.message) for f in report.findings]
    assert places(report, code) == [place]
    assert codes(report, Severity.ERROR) == {code}


@pytest.mark.parametrize(("kind", "content", "code"), WRONG)
def test_wrong_value(case: Issued, kind: FieldKind, content: tuple[str, str], code: str) -> None:
    field = case.field(kind)
    report = verified(returned.with_cell(case.filled, case[field.id], content))
    only(report, code, case[field.id])
    finding = next(f for f in report.findings if f.code == code)
    assert field.label in finding.message
    assert finding.fix
    assert report.evaluation is not None
    assert (field.id in report.evaluation.ledger.inputs.values) == (code == "INPUT_AS_TEXT")


MEANINGS = [
    (MONEY, "１，６６８．６５", Decimal("1668.65")),
    (MONEY, " 1,668.65 万元", Decimal("1668.65")),
    (COUNT, "３", Decimal(3)),
    (PERCENT, "12.5%", Decimal("0.125")),
    (PERCENT, "0.125", Decimal("0.125")),
    (YESNO, "\u3000是", "是"),
    (FieldKind.DATE, "2024年3月1日", date(2024, 3, 1)),
    (FieldKind.DATE, "2024.3.1", date(2024, 3, 1)),
]


@pytest.mark.parametrize(("kind", "text", "value"), MEANINGS)
def test_a_text_with_one_meaning_is_understood(
    case: Issued, kind: FieldKind, text: str, value: object
) -> None:
    """An error: the officer's program calculates without it, whether the file holds its results or not."""
    kinds = (one for one in case.rubric.fields if one.kind is kind)
    field = next(one for one in kinds if not one.cover or kind is FieldKind.DATE)
    data = returned.with_cell(case.filled, case[field.id], returned.text(text))
    report = verified(data)
    assert report.inputs is not None
    assert report.inputs.values[field.id] == value
    assert places(report, "INPUT_AS_TEXT") == [case[field.id]]
    assert report.verdict is Verdict.FAIL
    bare = verified(returned.by_openpyxl(data, lambda book: None))
    assert bare.inputs is not None
    assert bare.inputs.values[field.id] == value
    assert places(bare, "INPUT_AS_TEXT") == [case[field.id]]
    assert codes(bare, Severity.ERROR) == {"INPUT_AS_TEXT"}


def test_every_problem_in_one_run(case: Issued) -> None:
    """As many as there are fields, with a changed formula and a lost name beside them."""
    cells, expected = {}, {}
    used: dict[FieldKind, int] = {}
    for kind, content, code in WRONG:
        number = used.get(kind, 0)
        used[kind] = number + 1
        if number < sum(field.kind is kind and not field.cover for field in case.rubric.fields):
            place = case[case.field(kind, number).id]
            cells[place] = content
            expected[place] = code
    assert len(expected) > 20
    data = returned.with_cells(case.filled, cells)
    score = case[f"score:{case.rubric.indicators[-1].id}"]
    data = returned.in_formula(data, score, "*100", "*99")
    data = returned.in_part(data, "xl/workbook.xml", '<definedName name="总分">[^<]*</definedName>', "")
    report = verified(data)
    assert report.verdict is Verdict.FAIL
    found = {
        Place(f.sheet, f.cell): f.code for f in report.findings if f.code.startswith("INPUT_") and f.cell
    }
    assert found == expected
    assert places(report, "FORMULA_CHANGED") == [score]
    assert places(report, "NAME_MISSING") == [case["total"]]


def test_degree_outside_its_level(rubric_id: str) -> None:
    case = issued("dapeng-2024")
    assert rubric_id
    chosen, degree = "tourism_level", "tourism_degree"
    cells = {case[chosen]: returned.text("部分实现目标"), case[degree]: returned.number(0.95)}
    report = verified(returned.with_cells(case.filled, cells))
    only(report, "INPUT_LEVEL", case[degree])
    assert "部分实现目标" in report.findings[0].message


@pytest.mark.parametrize("source", REFUSED)
def test_refused_formula(case: Issued, source: str) -> None:
    place = case[case.field(MONEY).id]
    content = returned.formula(source.format(place=place.cell), 15)
    report = verified(returned.with_cell(case.filled, place, content))
    only(report, "INPUT_FORMULA_REFUSED", place)


def test_circle_over_two_inputs_and_an_own_sheet(case: Issued) -> None:
    first, second = (case[case.field(MONEY, number).id] for number in range(2))

    def change(book: Workbook) -> None:
        book.create_sheet("草稿")["A1"] = f"={ENTRY}!{first.cell}"
        book[first.sheet][first.cell] = f"={second.cell}+1"
        book[second.sheet][second.cell] = "=草稿!A1"

    report = verified(returned.by_openpyxl(case.filled, change))
    assert report.verdict is Verdict.FAIL
    assert places(report, "INPUT_FORMULA_REFUSED") == [first, second]


def test_formula_where_words_belong(case: Issued) -> None:
    yesno = case[case.field(YESNO).id]
    reason = case[f"reason.{case.rubric.indicators[0].id}"]
    evidence = case[f"evidence.{case.rubric.indicators[0].id}.1.name"]
    cells = dict.fromkeys((yesno, reason, evidence), returned.formula('="是"', "是"))
    report = verified(returned.with_cells(case.filled, cells))
    assert report.verdict is Verdict.FAIL
    assert set(places(report, "INPUT_FORMULA_REFUSED")) == {yesno, reason, evidence}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("ROUND(2285.825,2)", "2285.83"),
        ("ROUND(1.005,2)+ROUND(-0.5+3,0)", "4.01"),
        ("round(1234.5,-1)*2", "2460"),
        ("ROUND(SUM(1.004,0.001),2)/1", "1.01"),
        ("-ROUND(ROUND(2.675,2)+0.005,2)+10", "7.31"),
        ("(1+2)*3%", "0.09"),
        ("ROUND(2285.825,1+1)", "2285.8"),
    ],
)
def test_rounding_in_an_input(case: Issued, source: str, value: str) -> None:
    """As the officer's program rounds, halves up; the engine by itself falls for binary noise."""
    money = case.field(MONEY)
    report = verified(returned.with_cell(case.filled, case[money.id], returned.formula(source)))
    assert report.evaluation is not None
    read = report.evaluation.ledger.inputs.values[money.id]
    if source.endswith(",1+1)"):  # only literal places are guarded
        assert str(read).startswith(value)
    else:
        assert read == Decimal(value)


def test_saved_result_of_an_input_formula_differs(case: Issued) -> None:
    """The officer saw 15 where the arithmetic gives 16."""
    place = case[case.field(MONEY).id]
    report = verified(returned.with_cell(case.filled, place, returned.formula("=8+8", 15)))
    assert report.verdict is Verdict.FAIL
    assert place in places(report, "CACHE_DIFFERS")


def test_more_decimals_than_shown_are_a_warning(case: Issued) -> None:
    place = case[case.field(MONEY).id]
    data = returned.by_openpyxl(returned.with_cell(case.filled, place, returned.number("100.123")))
    report = verified(data)
    assert "INPUT_PRECISION" in codes(report, Severity.WARNING)
    assert codes(report, Severity.ERROR) == set()


@pytest.mark.parametrize("value", ["4.9e-324", "1e-300", "1e308", "-1e308", "1e-7", "0.1e1", "-0", " 7 "])
def test_odd_numbers_are_reported_without_a_crash(case: Issued, value: str) -> None:
    for number in range(4):
        place = case[case.field(MONEY, number).id]
        report = verified(returned.with_cell(case.filled, place, returned.number(value)))
        assert report.verdict is Verdict.FAIL  # stale results at least
        assert file_result(report)["verdict"] == "fail"
    report = verified(returned.with_cache(case.filled, case["total"], value))
    assert places(report, "CACHE_DIFFERS") == [case["total"]]
    assert file_result(report)["total"]["cached"]


@pytest.mark.parametrize("serial", ["-1", "0", "0.5", "1e9", "60", "99999"])
def test_dates(case: Issued, serial: str) -> None:
    report = verified(returned.with_cell(case.filled, case["date"], returned.number(serial)))
    assert report.verdict is Verdict.FAIL
    assert places(report, "INPUT_DATE") == [case["date"]]


def test_date_of_the_other_epoch(case: Issued) -> None:
    """In a workbook that counts from 1904, serial 43920 is 2024-03-31."""
    data = returned.with_cell(case.filled, case["date"], returned.number(43920))
    data = returned.in_part(data, "xl/workbook.xml", "<workbookPr", '<workbookPr date1904="1"')
    report = verified(data)
    assert report.evaluation is not None
    assert str(report.evaluation.ledger.inputs.values["date"]) == "2024-03-31"
