"""Files that two readers see alike pass; files made to be read in two ways never do."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.support import returned
from tests.support.returned import ENTRY, codes, issued, places, verified
from workbook.findings import Severity
from workbook.layout.names import Place
from workbook.rubric.fields import FieldKind
from workbook.verifier import second_reader
from workbook.verifier.second_reader import reader_findings
from workbook.verifier.verification import Verdict
from workbook.xlsx_reader.read import read_workbook

CASE = issued("yantian-2023")
MONEY = CASE[CASE.field(FieldKind.MONEY).id]
PART = returned.sheet_part(CASE.filled, ENTRY)
HONEST = (Verdict.PASS, Verdict.INCOMPLETE)


def strict(data: bytes) -> bytes:
    """The file in the strict form of the standard."""
    spaces = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main":
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships":
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }  # fmt: skip
    content = returned.parts(data)
    for name, part in content.items():
        for old, new in spaces.items():
            part = part.replace(old, new)  # noqa: PLW2901
        content[name] = part
    return returned.packed(content)


def read_alike(case: returned.Issued, files: dict[str, bytes]) -> None:
    """They are, and so are they once openpyxl has saved them."""
    for name, data in files.items():
        for saved in (data, returned.by_openpyxl(data)):
            assert reader_findings(saved, case.template, read_workbook(saved)) == [], name


def honest(case: returned.Issued) -> dict[str, bytes]:
    return {"filled.xlsx": case.filled, "published.xlsx": case.published, "blank.xlsx": case.blank}


@pytest.mark.parametrize("rubric", returned.RUBRICS)
def test_honest_files_are_read_alike(rubric: str) -> None:
    case = issued(rubric)
    read_alike(case, honest(case))
    data = strict(case.filled)
    assert reader_findings(data, case.template, read_workbook(data)) == []


@pytest.mark.libreoffice
@pytest.mark.parametrize("rubric", returned.RUBRICS)
def test_files_saved_by_libreoffice_are_read_alike(rubric: str) -> None:
    case = issued(rubric)
    read_alike(case, returned.by_libreoffice(honest(case), recalculate=True))


@pytest.mark.parametrize(
    "content",
    [
        returned.number("+12"), returned.number(".5"), returned.number("1E3"), returned.boolean(True),
        returned.number("123456789012345678"), returned.error(), returned.text(""), returned.text(" x "),
        returned.text("a_x000D_b"), ("inlineStr", "<is><r><t>a</t></r><r><t>b</t></r></is>"), returned.EMPTY,
        returned.formula("1+1"), returned.formula("1+1", 2), returned.formula("A1", "文字"),
        ("d", "<v>2024-03-01</v>"),
        # blanks at the edges that no xml:space keeps: as openpyxl writes them where lxml is missing
        ("inlineStr", "<is><t>  </t></is>"), ("inlineStr", "<is><t> x\n</t></is>"),
    ],
)  # fmt: skip
def test_ways_of_writing_are_one_reading(content: tuple[str, str]) -> None:
    data = returned.with_cell(CASE.filled, MONEY, content)
    assert reader_findings(data, CASE.template, read_workbook(data)) == []


def test_dates_are_compared_as_numbers() -> None:
    field = next(one for one in CASE.rubric.fields if one.kind is FieldKind.DATE)
    for serial in ("45000", "45000.5", "45292.123456789"):
        data = returned.with_cell(CASE.filled, CASE[field.id], returned.number(serial))
        assert reader_findings(data, CASE.template, read_workbook(data)) == []


TWO_READINGS = {
    "comment in a number": ("n", "<v>1<!-- 9 -->2</v>"),
    "instruction in a number": ("n", "<v>1<?x y?>2</v>"),
    "CDATA in a number": ("n", "<v>1<![CDATA[2]]>3</v>"),
    "two values": ("n", "<v>1</v><v>2</v>"),
    "inline text as a value": ("inlineStr", "<v>12</v>"),
    "text where a value belongs": ("str", "<is><t>12</t></is>"),
    "blanks around a number": ("n", "<v> 12 </v>"),
    "blanks around a string's number": ("s", "<v> 3 </v>"),
    "an element inside a value": ("n", "<v>1<x>2</x></v>"),
    "another namespace": ("n", '<v xmlns="urn:x">1</v><v>2</v>'),
    "no type and a text": ("n", "<v>abc</v>"),
}


@pytest.mark.parametrize("content", TWO_READINGS.values(), ids=TWO_READINGS)
def test_a_cell_that_can_be_read_in_two_ways_never_passes(content: tuple[str, str]) -> None:
    report = verified(returned.with_cell(CASE.filled, MONEY, content))
    assert report.verdict not in HONEST


def _rows(pattern: str, new: str) -> bytes:
    return returned.in_part(CASE.filled, PART, pattern, new)


ROW = rf'<row r="{MONEY.cell[1:]}"'
TWO_LAYOUTS = {
    "row without its number": _rows(ROW, "<row"),
    "row with another number": _rows(ROW, f'<row r="{int(MONEY.cell[1:]) + 1}"'),
    "cell with another place": _rows(f'<c r="{MONEY.cell}"', f'<c r="E{MONEY.cell[1:]}"'),
    "cell without its place": _rows(f'<c r="{MONEY.cell}"', "<c"),
    "cells in another order": _rows(
        rf'(<c r="C{MONEY.cell[1:]}".*?</c>)(<c r="{MONEY.cell}".*?</c>)', r"\2\1"
    ),
    "wrong dimension": _rows(r'<dimension ref="[^"]*"/>', '<dimension ref="A1"/>'),
    "second sheet data": _rows("</sheetData>", "</sheetData><sheetData><row r=\"1\"/></sheetData>"),
    "commented rows": _rows("<sheetData>", "<sheetData><!-- <row r='1'> -->"),
}  # fmt: skip


@pytest.mark.parametrize("data", TWO_LAYOUTS.values(), ids=TWO_LAYOUTS)
def test_a_layout_never_passes_with_two_readings(data: bytes) -> None:
    """What passes is read as it was before the edit, by both."""
    report = verified(data)
    if report.verdict in HONEST:
        before = read_workbook(CASE.filled).sheets[ENTRY]
        after = read_workbook(data)
        assert (after.sheets[ENTRY].cells, after.sheets[ENTRY].cached) == (before.cells, before.cached)
        assert reader_findings(data, CASE.template, after) == []


def test_duplicate_parts_never_pass() -> None:
    other = returned.parts(returned.with_cell(CASE.filled, MONEY, returned.number(99)))[PART]
    buffer = io.BytesIO(CASE.filled)
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(PART, other)
    assert verified(buffer.getvalue()).verdict is Verdict.UNREADABLE


def test_a_difference_names_the_cell_and_both_values() -> None:
    """Another file's bytes stand for a reader that sees something else."""
    received = read_workbook(CASE.filled)
    other = returned.with_cells(
        CASE.filled, {MONEY: returned.number(987), CASE["department"]: returned.EMPTY}
    )
    found = {
        Place(one.sheet or "", one.cell or ""): one for one in reader_findings(other, CASE.template, received)
    }
    assert set(found) == {MONEY, CASE["department"]}
    assert {one.code for one in found.values()} == {"READERS_DIFFER"}
    assert "987" in found[MONEY].message
    assert "空" in found[CASE["department"]].message


def test_a_kind_is_a_difference_too() -> None:
    received = read_workbook(returned.with_cell(CASE.filled, MONEY, returned.number(1)))
    for content in (returned.text("1"), returned.boolean(True), returned.error()):
        other = returned.with_cell(CASE.filled, MONEY, content)
        assert [one.cell for one in reader_findings(other, CASE.template, received)] == [MONEY.cell]


def test_what_only_the_second_reader_sees_is_named() -> None:
    received = read_workbook(CASE.filled)
    del received.sheets[ENTRY].cells[MONEY.cell]
    assert [one.cell for one in reader_findings(CASE.filled, CASE.template, received)] == [MONEY.cell]


def test_titles_order_and_hiding() -> None:
    received = read_workbook(CASE.filled)
    first, *rest = received.sheets
    received.sheets = {title: received.sheets[title] for title in (*rest, first)}
    (finding,) = reader_findings(CASE.filled, CASE.template, received)
    assert (finding.code, finding.sheet) == ("READERS_DIFFER", None)
    received = read_workbook(CASE.filled)
    received.sheets[first].hidden = True
    assert [one.code for one in reader_findings(CASE.filled, CASE.template, received)] == ["READERS_DIFFER"]


def test_verification_asks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    report = verified(returned.with_cell(CASE.filled, MONEY, TWO_READINGS["CDATA in a number"]))
    assert codes(report, Severity.ERROR)
    content = returned.in_part(CASE.filled, PART, rf'(<c r="{MONEY.cell}"[^>]*><v>)(\d)', r"\1\2<!-- x -->")
    report = verified(content)
    assert codes(report, Severity.ERROR) == {"READERS_DIFFER"}
    assert places(report, "READERS_DIFFER") == [MONEY]


@pytest.mark.parametrize("name", ["PanicException", "Other"])
def test_its_own_fault_is_a_finding(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    fault = type(name, (BaseException if name == "PanicException" else Exception,), {})

    def fails(*_: object) -> None:
        raise fault("index out of bounds")

    monkeypatch.setattr(second_reader, "_sheets", fails)
    report = verified(CASE.filled)
    assert codes(report, Severity.ERROR) == {"READER_FAILED"}


def test_own_sheets_far_out_are_not_read() -> None:
    """The second reader would take a cell there for a rectangle of all memory."""
    data = returned.by_openpyxl(CASE.filled, lambda book: book.create_sheet("自己的").cell(20_000, 512, 1))
    assert verified(data).verdict in HONEST
