"""What is pasted into inputs: noise of binary numbers, percentages without their sign, dates, pictures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support import returned
from tests.support.returned import Issued, codes, issued, places, verified
from workbook.data.read import read_data
from workbook.data.typed import from_cell
from workbook.findings import Finding, Refused, Severity
from workbook.layout.names import Place
from workbook.load.yamltext import Document
from workbook.returned import written
from workbook.returned.input_cells import read_inputs
from workbook.rubric.fields import Field, FieldKind
from workbook.verifier.verification import Verdict, Verification
from workbook.xlsx_reader.read import read_workbook
from workbook.xlsx_reader.received import Received, ReceivedSheet

MONEY, COUNT, PERCENT, POINTS = FieldKind.MONEY, FieldKind.COUNT, FieldKind.PERCENT, FieldKind.POINTS


@pytest.fixture(params=returned.RUBRICS)
def case(request: pytest.FixtureRequest) -> Issued:
    return issued(request.param)


def passes(report: Verification) -> None:
    assert report.verdict is Verdict.PASS, [(f.code, f.cell, f.message) for f in report.findings]


def finding(report: Verification, code: str, place: Place) -> Finding:
    [one] = [f for f in report.findings if f.code == code]
    assert (one.sheet, one.cell) == (place.sheet, place.cell)
    return one


# binary noise


@pytest.mark.parametrize("kind", [MONEY, COUNT, PERCENT, POINTS])
def test_noise_pasted_as_a_value_is_no_other_number(case: Issued, kind: FieldKind) -> None:
    """17 digits as Excel writes them; what the sheet shows has 15, and so has what is read."""
    inputs = verified(case.filled).inputs
    assert inputs is not None
    fields = (one for one in case.rubric.fields if one.kind is kind and not one.cover)
    field = next(
        one for one in fields if isinstance(inputs.values.get(one.id), Decimal) and inputs.values[one.id]
    )
    clean = inputs.values[field.id]
    assert isinstance(clean, Decimal)
    size = float(clean)
    for noisy in (size * (1 + 4e-16), size * (1 - 4e-16)):
        assert noisy != size
        report = verified(returned.with_cell(case.filled, case[field.id], returned.number(f"{noisy:.17g}")))
        passes(report)
        assert report.inputs is not None
        assert report.inputs.values[field.id] == clean
        assert codes(report) == codes(verified(case.filled))


def test_a_number_in_a_text_field_is_read_as_shown(case: Issued) -> None:
    field = next(one for one in case.rubric.fields if one.kind is FieldKind.TEXT)
    assert from_cell(field, 2024.0) == "2024"
    assert from_cell(field, 0.1 + 0.2) == "0.3"
    assert written.shown_text(2024.0) == "2024"
    assert written.shown_text(0.89999999999999991) == "0.9"
    assert written.shown_text(True) == "TRUE"


# percentages without their sign


def percent_field(case: Issued) -> Field:
    return next(one for one in case.rubric.fields if one.kind is PERCENT and one.max == 1)


@pytest.mark.parametrize(
    ("content", "meant", "plain"),
    [
        (returned.text("95"), "95%", "0.95"),
        (returned.text("９５．５"), "95.5%", "0.955"),
        (returned.number(95), "95%", "0.95"),
        (returned.number(1.5), "1.5%", "0.015"),
        (returned.formula("90+5", 95), "95%", "0.95"),
    ],
)
def test_a_percentage_a_hundred_times_too_large(
    case: Issued, content: tuple[str, str], meant: str, plain: str
) -> None:
    """One message for the cell: it asks, and nothing is taken for granted."""
    place = case[percent_field(case).id]
    report = verified(returned.with_cell(case.filled, place, content))
    one = finding(report, "INPUT_RANGE", place)
    assert f"是否应为 {meant}？请输入 {meant} 或 {plain}。" in one.fix
    assert f"{meant.removesuffix('%')}（即 " in one.message
    assert codes(report, Severity.ERROR) == {"INPUT_RANGE"}
    assert report.inputs is not None
    assert percent_field(case).id not in report.inputs.values


def test_other_values_out_of_bounds_are_no_percentages(case: Issued) -> None:
    field = percent_field(case)
    for kind, content in ((field, returned.number(-0.5)), (field, returned.number(12345))):
        report = verified(returned.with_cell(case.filled, case[kind.id], content))
        assert finding(report, "INPUT_RANGE", case[kind.id]).fix == "请核对数值和单位（%）。"
    money = case.field(MONEY)
    report = verified(returned.with_cell(case.filled, case[money.id], returned.number("2e7")))
    assert "是否" not in finding(report, "INPUT_RANGE", case[money.id]).fix


def test_data_asks_alike(case: Issued) -> None:
    field = percent_field(case)
    with pytest.raises(Refused) as refusal:
        read_data(case.rubric, {field.id: "95"}, Document(None, None))  # type: ignore[arg-type]
    assert "是否应为 95%？" in refusal.value.findings[0].fix


# dates of documents


def evidence(case: Issued, part: str, line: int = 1) -> Place:
    return case[f"evidence.{case.rubric.indicators[0].id}.{line}.{part}"]


def listed(report: Verification, case: Issued, part: str) -> str:
    assert report.inputs is not None
    return getattr(report.inputs.evidence[case.rubric.indicators[0].id][0], part)


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (returned.number(45366), "2024-03-15"),
        (returned.number(45366.75), "2024-03-15"),
        (returned.text("2024年3月15日"), "2024年3月15日"),
        (returned.number(2024), "2024"),
        (returned.number("2024.0"), "2024"),
        (returned.number(20240315), "20240315"),
        (returned.number(202403), "202403"),
        (returned.number(2024.3), "2024.3"),
    ],
)
def test_date_of_a_document(case: Issued, content: tuple[str, str], read: str) -> None:
    """A serial number in the column of dates is the date that the officer pasted."""
    report = verified(returned.with_cell(case.filled, evidence(case, "date"), content))
    passes(report)
    assert listed(report, case, "date") == read


def test_date_of_a_document_in_the_other_epoch(case: Issued) -> None:
    data = returned.with_cell(case.filled, evidence(case, "date"), returned.number(45366 - 1462))
    data = returned.in_part(data, "xl/workbook.xml", "<workbookPr", '<workbookPr date1904="1"')
    assert listed(verified(data), case, "date") == "2024-03-15"
    data = returned.with_cell(data, evidence(case, "date"), returned.number(29_000))
    assert listed(verified(data), case, "date") == "1983-05-26"


def test_the_format_says_what_is_a_date(case: Issued) -> None:
    """The same number is a date under a date's format wherever it stands, else only where a date belongs."""
    place = evidence(case, "number")
    assert (
        listed(verified(returned.with_cell(case.filled, place, returned.number(45366))), case, "number")
        == "45366"
    )
    received = read_workbook(returned.with_cell(case.filled, place, returned.number(45366)))
    sheet = received.sheets[place.sheet]
    for code, read in (("yyyy-mm-dd", "2024-03-15"), ('yyyy"年"m"月"d"日"', "2024-03-15"), ("0.00", "45366")):
        sheet.by_style = {**sheet.by_style, sheet.styles[place.cell]: type(sheet.look("A1"))(False, code)}
        inputs = read_inputs(case.rubric, case.template, received)
        assert inputs is not None
        assert inputs.inputs.evidence[case.rubric.indicators[0].id][0].number == read


# pictures placed in cells

EXCEL = ("e", "<v>#VALUE!</v>")
WPS = returned.formula('_xlfn.DISPIMG("ID_0A1B",1)', '=DISPIMG("ID_0A1B",1)')
BARE_WPS = returned.formula('DISPIMG("ID_0A1B",1)')


@pytest.mark.parametrize("content", [EXCEL, WPS, BARE_WPS])
@pytest.mark.parametrize("part", ["number", "date", "page"])
def test_a_picture_in_a_line_of_evidence(case: Issued, content: tuple[str, str], part: str) -> None:
    place = evidence(case, part)
    report = verified(returned.with_cell(case.filled, place, content))
    passes(report)
    one = finding(report, "INPUT_PICTURE", place)
    assert one.severity is Severity.WARNING
    assert "图片" in one.message
    assert listed(report, case, part) == ""
    assert report.refused == {}


@pytest.mark.parametrize(
    ("saved", "name", "severity"),
    [
        (None, "", Severity.WARNING),
        ("2", written.PICTURE, Severity.WARNING),
        ("#VALUE!", "", Severity.ERROR),
    ],
)
def test_a_picture_as_a_document_s_name(
    case: Issued, saved: str | None, name: str, severity: Severity
) -> None:
    """It counts for what the sheet has counted; where its formulas failed on it, words must be written."""
    indicator = case.rubric.indicators[0].id
    data = returned.with_cell(case.filled, evidence(case, "name", 2), EXCEL)
    count = case[f"evidence:{indicator}"]
    assert read_workbook(data).sheets[count.sheet].cached[count.cell] == 1
    if saved is not None:
        data = returned.with_cache(data, count, saved)
        if saved.startswith("#"):
            data = returned.in_part(
                data, returned.sheet_part(data, count.sheet),
                rf'(<c r="{count.cell}"[^>]*?)(?: t="\w+")?><f>', r'\1 t="e"><f>',
            )  # fmt: skip
    received = read_workbook(data)
    read = read_inputs(case.rubric, case.template, received)
    assert read is not None
    [one] = read.findings
    assert (one.severity, one.cell) == (severity, evidence(case, "name", 2).cell)
    names = [line.name for line in read.inputs.evidence[indicator] if line]
    assert names[1:] == ([name] if name else [])


def test_a_picture_as_a_reason(case: Issued) -> None:
    place = case[f"reason.{case.rubric.indicators[0].id}"]
    report = verified(returned.with_cell(case.filled, place, EXCEL))
    assert places(report, "INPUT_PICTURE") == [place]
    report = verified(returned.with_cell(case.filled, place, WPS))
    assert places(report, "INPUT_PICTURE_NEEDED") == [place]
    assert codes(report, Severity.ERROR) == {"INPUT_PICTURE_NEEDED"}


def test_a_picture_where_a_figure_belongs(case: Issued) -> None:
    for kind, content in ((MONEY, WPS), (FieldKind.YESNO, BARE_WPS)):
        place = case[case.field(kind).id]
        report = verified(returned.with_cell(case.filled, place, content))
        assert codes(report, Severity.ERROR) == {"INPUT_PICTURE_NEEDED"}
        assert finding(report, "INPUT_PICTURE_NEEDED", place).severity is Severity.ERROR
    place = case[case.field(MONEY).id]
    received = read_workbook(returned.with_cell(case.filled, place, EXCEL))
    assert _codes_at(case, received, place) == ["INPUT_ERROR_VALUE"]
    received.sheets[place.sheet].pictures = frozenset({place.cell})
    assert _codes_at(case, received, place) == ["INPUT_PICTURE_NEEDED"]


def _codes_at(case: Issued, received: Received, place: Place) -> list[str]:
    read = read_inputs(case.rubric, case.template, received)
    assert read is not None
    return [f.code for f in read.findings if (f.sheet, f.cell) == (place.sheet, place.cell)]


def test_other_errors_where_words_belong(case: Issued) -> None:
    report = verified(returned.with_cell(case.filled, evidence(case, "page"), returned.error("#N/A")))
    assert places(report, "INPUT_ERROR_VALUE") == [evidence(case, "page")]


def test_a_time_alone_is_no_date() -> None:
    place = Place("佐证材料", "G4")
    received = Received({place.sheet: ReceivedSheet(place.sheet, False)}, {}, {})
    assert written.of_document(received, place, 0.5, dated=True) == "0.5"
    assert written.of_document(received, place, 29_999, dated=True) == "29999"
    assert written.of_document(received, place, 30_000, dated=True) == "1982-02-18"
    assert written.of_document(received, place, 30_000, dated=False) == "30000"
    assert written.of_document(received, place, True, dated=True) == "TRUE"
