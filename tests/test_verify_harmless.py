"""What officers and their programs do to a workbook without touching what counts: it still passes."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.changes.harmless import DRAFT, copied_sheet, looks, own_names, own_sheet
from tests.support import returned
from tests.support.returned import ENTRY, SCORING, Issued, codes, issued, places, verified
from workbook.findings import Severity
from workbook.layout.names import Place
from workbook.rubric.fields import FieldKind
from workbook.rubric.keys import Key
from workbook.verifier.verification import Verdict, Verification

pytestmark = pytest.mark.parametrize("rubric_id", returned.RUBRICS)
TOTALS = {"yantian-2023": "95.00", "dapeng-2024": "91.75"}


@pytest.fixture
def case(rubric_id: str) -> Issued:
    return issued(rubric_id)


def passes(report: Verification, *notes: str) -> None:
    """It passes, and has these codes and no others."""
    assert report.verdict is Verdict.PASS, [(f.code, f.cell, f.message) for f in report.findings]
    assert codes(report) == set(notes)


def value_of(case: Issued, place: Place) -> object:
    return openpyxl.load_workbook(io.BytesIO(case.filled))[place.sheet][place.cell].value


def test_as_issued(case: Issued) -> None:
    report = verified(case.filled)
    passes(report)
    assert report.cached is not None
    assert report.recalculated is not None
    assert report.cached[Key.total()] == report.recalculated[Key.total()]
    assert f"{report.recalculated[Key.total()]:.2f}" == TOTALS[case.rubric.id]


def test_saved_by_openpyxl(case: Issued) -> None:
    report = verified(returned.by_openpyxl(case.filled))
    passes(report, "CACHE_ABSENT")
    assert report.cached is None


@pytest.mark.parametrize(
    "name", ["评价表[1].xlsx", "评价表 - 副本（2）.xlsx", "a'b%20;&#.xlsx", "评价表.XLSX"]
)
@pytest.mark.parametrize("folder", [".", "2024年 自评（回收）【一】"])
def test_file_names(case: Issued, tmp_path: Path, folder: str, name: str) -> None:
    path = tmp_path / folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(case.filled)
    passes(returned.verified_file(path))


@pytest.mark.parametrize("change", [own_sheet, own_names, looks], ids=lambda one: one.__name__)
def test_own_additions(case: Issued, change: object) -> None:
    passes(verified(returned.by_openpyxl(case.filled, change)), "CACHE_ABSENT")  # type: ignore[arg-type]


def test_a_copy_of_a_sheet_is_named(case: Issued) -> None:
    passes(verified(returned.by_openpyxl(case.filled, copied_sheet)), "CACHE_ABSENT", "SHEET_RESEMBLES")


@pytest.mark.parametrize("style", ["0.00##", "#,##0.0000", "@", "General"])
def test_format_pasted_on_inputs(case: Issued, style: str) -> None:
    """The number counts, however it is shown: a date format turns 60 into 1900-02-28 in some readers."""
    money, count, share = (case.field(kind) for kind in (FieldKind.MONEY, FieldKind.COUNT, FieldKind.PERCENT))
    expected = {money.id: Decimal("60.5"), count.id: Decimal(60), share.id: Decimal("0.1234")}
    money_place = case[money.id]

    def change(book: Workbook) -> None:
        for field_id, value in expected.items():
            cell = book[case[field_id].sheet][case[field_id].cell]
            cell.value = float(value) if value % 1 else int(value)
            cell.number_format = style

    report = verified(returned.by_openpyxl(case.filled, change))
    assert report.verdict in {Verdict.PASS, Verdict.INCOMPLETE}, report.findings  # a reason may now be due
    assert report.evaluation is not None
    assert {key: report.evaluation.ledger.inputs.values[key] for key in expected} == expected
    assert money_place in case.template.inputs.values()


@pytest.mark.parametrize(
    "style",
    ["yyyy-mm-dd", "[h]:mm:ss", "0", "0%", '"100.00"', ";;;", "0.00,", '0.00"5"', "[DBNum1]0.00", "0.00E+00"],
)
def test_format_that_shows_another_number(case: Issued, style: str) -> None:
    """An amount as a date, as a percentage, rounded, as nothing: the officer saw another number."""
    place = case[case.field(FieldKind.MONEY).id]

    def change(book: Workbook) -> None:
        book[place.sheet][place.cell].number_format = style

    report = verified(returned.by_openpyxl(case.filled, change))
    assert report.verdict is Verdict.FAIL
    assert places(report, "FORMAT_MISLEADS") == [place]


def test_format_of_a_blank_input_is_nobody_s_matter(case: Issued) -> None:
    place = case[case.field(FieldKind.MONEY).id]

    def change(book: Workbook) -> None:
        book[place.sheet][place.cell].value = None
        book[place.sheet][place.cell].number_format = ";;;"

    assert "FORMAT_MISLEADS" not in codes(verified(returned.by_openpyxl(case.filled, change)))


def test_validation_removed(case: Issued) -> None:
    part = returned.sheet_part(case.filled, ENTRY)
    data = returned.in_part(case.filled, part, r"<dataValidations.*</dataValidations>", "")
    report = verified(data)
    assert report.verdict is Verdict.PASS
    assert codes(report) <= {"VALIDATION_CHANGED"}


def test_input_locked(case: Issued) -> None:
    place = case[case.field(FieldKind.MONEY).id]
    label_style = r'<c r="B4" s="(\d+)".*?<c r="' + place.cell + r'" s="\d+"'
    part = returned.sheet_part(case.filled, place.sheet)
    found = re.search(label_style, returned.parts(case.filled)[part].decode())
    assert found is not None
    data = returned.in_part(
        case.filled, part, rf'<c r="{place.cell}" s="\d+"', f'<c r="{place.cell}" s="{found[1]}"'
    )
    report = verified(data)
    assert report.verdict is Verdict.PASS
    assert places(report, "LOCK_CHANGED") == [place]


def test_protection_taken_off(case: Issued) -> None:
    part = returned.sheet_part(case.filled, SCORING)
    report = verified(returned.in_part(case.filled, part, "<sheetProtection[^>]*/>", ""))
    passes(report, "PROTECTION_OFF")
    assert [f.sheet for f in report.findings] == [SCORING]


def test_custom_properties_dropped(case: Issued) -> None:
    content = returned.parts(case.filled)
    del content["docProps/custom.xml"]
    for name in ("[Content_Types].xml", "_rels/.rels"):
        content[name] = re.sub(
            rb"<(Override|Relationship)[^>]*docProps/custom\.xml[^>]*/>", b"", content[name]
        )
    passes(verified(returned.packed(content)), "IDENTITY_MISSING")


def arithmetic(case: Issued) -> dict[str, bytes]:
    """Files with an officer's arithmetic; what LibreOffice makes of them is tested too."""
    money, share = case[case.field(FieldKind.MONEY).id], case[case.field(FieldKind.PERCENT).id]
    amount = Decimal(str(value_of(case, money)))

    def with_draft(book: Workbook) -> None:
        sheet = book.create_sheet(DRAFT)
        for row, value in enumerate((Decimal("0.5"), amount - 2, Decimal("1.5")), 1):
            sheet.cell(row, 1, float(value))
        book[money.sheet][money.cell].value = f"=SUM({DRAFT}!A1:A3)"

    return {
        "sum.xlsx": returned.with_cell(
            case.filled, money, returned.formula(f"={amount - 68}+68", float(amount))
        ),
        "draft.xlsx": returned.by_openpyxl(case.filled, with_draft),
        "quotient.xlsx": returned.with_cell(
            case.filled, share, returned.formula("=ROUND(1668.65/5008.04,4)*(2-1)+AVERAGE(0,0)")
        ),
        "issued.xlsx": case.filled,
    }


def test_arithmetic_in_inputs(case: Issued) -> None:
    files = arithmetic(case)
    money, share = case.field(FieldKind.MONEY), case.field(FieldKind.PERCENT)
    for name, notes in (("sum.xlsx", {"INPUT_FORMULA"}), ("draft.xlsx", {"INPUT_FORMULA", "CACHE_ABSENT"})):
        report = verified(files[name])
        passes(report, *notes)
        assert places(report, "INPUT_FORMULA") == [case[money.id]]
        assert report.evaluation is not None
        assert report.evaluation.ledger.inputs.values[money.id] == Decimal(
            str(value_of(case, case[money.id]))
        )
    quotient = verified(returned.by_openpyxl(files["quotient.xlsx"]))
    assert places(quotient, "INPUT_FORMULA") == [case[share.id]]
    assert quotient.evaluation is not None
    assert quotient.evaluation.ledger.inputs.values[share.id] == Decimal("0.3332")
    assert "33.32%" in next(f.message for f in quotient.findings if f.code == "INPUT_FORMULA")


def test_plain_quotient_in_a_percentage(case: Issued) -> None:
    share = case.field(FieldKind.PERCENT)
    content = returned.formula("=1668.65/5008.04")
    report = verified(returned.by_openpyxl(returned.with_cell(case.filled, case[share.id], content)))
    assert codes(report, Severity.ERROR) == set()
    assert report.evaluation is not None
    value = report.evaluation.ledger.inputs.values[share.id]
    assert isinstance(value, Decimal)
    assert abs(value - Decimal("1668.65") / Decimal("5008.04")) < Decimal("1e-14")


@pytest.mark.libreoffice
def test_saved_by_libreoffice(case: Issued) -> None:
    """One start for all; with recalculation on load, so that changed inputs have their results saved."""
    results = returned.by_libreoffice(arithmetic(case), recalculate=True)
    passes(verified(results["issued.xlsx"]))
    passes(verified(results["sum.xlsx"]), "INPUT_FORMULA")
    passes(verified(results["draft.xlsx"]), "INPUT_FORMULA")
    quotient = verified(results["quotient.xlsx"])
    assert codes(quotient, Severity.ERROR) == set()
    assert quotient.cached is not None


@pytest.mark.libreoffice
def test_saved_by_libreoffice_without_recalculation(case: Issued) -> None:
    passes(verified(returned.by_libreoffice({"评价表 [1].xlsx": case.filled})["评价表 [1].xlsx"]))
