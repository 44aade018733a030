"""Beside what the verifier knows: comments, filtered rows, sheets that imitate, things, pages."""

from __future__ import annotations

import pytest

from tests.support import returned
from tests.support.returned import ENTRY, Issued, codes, issued, verified
from tests.tricks.books import own_sheet
from tests.tricks.comments import commented
from tests.tricks.kit import BOOK, OFFICE, STYLES, in_sheet, related
from workbook.findings import Severity, found
from workbook.layout.names import Place
from workbook.rubric.keys import Sort
from workbook.verifier.integrity.telling_words import tells_of_result
from workbook.verifier.integrity.tints import hue
from workbook.verifier.verification import Verdict


@pytest.fixture(params=returned.RUBRICS)
def case(request: pytest.FixtureRequest) -> Issued:
    """The workbook of each rubric."""
    return issued(request.param)


@pytest.mark.parametrize(
    "text", ["得分 99", "99.5", "扣 2 分", "九十九分", "等级：优秀", "９９．５", "99", "为优"]
)
def test_words_that_tell_of_a_result(text: str) -> None:
    assert tells_of_result(text)


@pytest.mark.parametrize("text", ["请财务处核对", "见附件3", "2024 年度", "十分重要", "优先安排", ""])
def test_words_that_tell_of_nothing(text: str) -> None:
    assert not tells_of_result(text)


def test_any_number_tells_over_a_result() -> None:
    assert tells_of_result("见附件3", figures=True)
    assert not tells_of_result("请核对", figures=True)


def test_a_comment_on_an_input_is_nobody_s_matter(case: Issued) -> None:
    report = verified(commented(case.filled, Place(ENTRY, "D4"), "总分 95.5"), quick=True)
    assert report.verdict is Verdict.PASS
    assert not [code for code in codes(report) if code.startswith("COMMENT")]


def _hidden(case: Issued, criteria: str) -> bytes:
    """The first row of a detail table, filled and hidden."""
    place = next(
        place for key, place in case.template.inputs.items() if (key.sort, key.id) == (Sort.CELL, "projects")
    )
    row = place.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    data = returned.with_cell(case.filled, place, returned.text("某项目"))
    data = in_sheet(data, place.sheet, rf'<row r="{row}"', f'<row r="{row}" hidden="1"')
    return in_sheet(data, place.sheet, r"<autoFilter ([^>]*)/>", rf"<autoFilter \1>{criteria}</autoFilter>")


def test_filled_rows_are_hidden_by_a_filter_alone(case: Issued) -> None:
    criterion = '<filterColumn colId="0"><filters blank="1"/></filterColumn>'
    sifted, put_away = (verified(_hidden(case, one), quick=True) for one in (criterion, ""))
    assert "ROWS_FILTERED" in codes(sifted, Severity.WARNING)
    assert "ROWS_HIDDEN" not in codes(sifted)
    assert "ROWS_HIDDEN" in codes(put_away, Severity.ERROR)


@pytest.mark.parametrize(
    ("title", "like"),
    [
        ("评分表 (2)", "评分表"),
        ("得分汇总１", "得分汇总"),
        ("評分表", "评分表"),
        ("得份汇总", "得分汇总"),
        ("数据填報", "数据填报"),
    ],
)
def test_a_title_like_ours_is_a_warning(case: Issued, title: str, like: str) -> None:
    report = verified(own_sheet(case, title, '<c r="A1"><v>99</v></c>'), quick=True)
    found = [one for one in report.findings if one.code == "SHEET_RESEMBLES"]
    assert report.verdict is Verdict.PASS
    assert [one.severity for one in found] == [Severity.WARNING]
    assert f"“{title}”" in found[0].message
    assert f"“{like}”" in found[0].message


@pytest.mark.parametrize("title", ["草稿", "我的测算", "Sheet1", "分数", "附表", "汇总"])
def test_other_titles_are_nobody_s_matter(case: Issued, title: str) -> None:
    report = verified(own_sheet(case, title, '<c r="A1"><v>99</v></c>'), quick=True)
    assert not [code for code in codes(report) if code.startswith("SHEET_")]


def test_what_the_file_opens_on(case: Issued) -> None:
    data = own_sheet(case, "草稿", '<c r="A1"><v>99</v></c>')
    text = returned.parts(data)[BOOK].decode()
    last = text.count("<sheet ") - 1
    data = returned.with_part(
        data, BOOK, text.replace("<workbookView ", f'<workbookView activeTab="{last}" ').encode()
    )
    assert "SHEET_OPENS" in codes(verified(data, quick=True))


@pytest.mark.parametrize("how", ["none", "placeholders"])
def test_hidden_objects_are_a_warning(case: Issued, how: str) -> None:
    data = returned.in_part(case.filled, BOOK, "<workbookPr ", f'<workbookPr showObjects="{how}" ')
    assert "OBJECTS_HIDDEN" in codes(verified(data, quick=True), Severity.WARNING)


def test_lost_highlights_are_said(case: Issued) -> None:
    """Those that blank what is not scored yet by a warning; colours alone by a note."""
    blanks, colours = (
        verified(in_sheet(case.filled, sheet, r"(?s)<conditionalFormatting .*</conditionalFormatting>", ""))
        for sheet in ("得分汇总", "项目明细")
    )
    assert "HIGHLIGHT_BLANKS_LOST" in codes(blanks, Severity.WARNING)
    assert "HIGHLIGHT_LOST" in codes(colours)
    assert "HIGHLIGHT_LOST" not in codes(colours, Severity.WARNING)


def test_a_highlight_that_lost_its_format_blanks_nothing(case: Issued) -> None:
    data = returned.in_part(case.filled, STYLES, '(<dxf>)<numFmt [^>]*formatCode=";;;"/>', r"\1")
    assert "HIGHLIGHT_BLANKS_LOST" in codes(verified(data, quick=True), Severity.WARNING)


@pytest.mark.parametrize(
    ("colour", "same"),
    [("166534", "008000"), ("991B1B", "C00000"), ("9A3412", "C65911"), ("F9C7C7", "FFC7CE")],
)
def test_hues_that_read_the_same(colour: str, same: str) -> None:
    one, other = hue(colour), hue(same)
    assert one is not None
    assert other is not None
    assert min(abs(one - other), 360 - abs(one - other)) < 40
    assert hue("9CA3AF") is None


def _named(case: Issued, area: str) -> bytes:
    """The sheet of results with a print area."""
    new = f'<definedName name="_xlnm.Print_Area" localSheetId="8">{area}</definedName></definedNames>'
    return returned.in_part(case.filled, BOOK, "</definedNames>", new.replace("$", r"$"))


_FIT = r'<pageSetup paperSize="9" (?:fitToHeight="0" )?'


@pytest.mark.parametrize(
    ("sheet", "pattern", "new"),
    [
        ("得分汇总", "<pageSetup ", '<pageSetup paperHeight="10mm" paperWidth="10mm" '),
        ("得分汇总", 'paperSize="9"', 'paperSize="70"'),
        ("得分汇总", '<pageMargins left="0.4" right="0.4"', '<pageMargins left="4" right="4"'),
        ("得分汇总", '<pageMargins left="0.4" right="0.4"', '<pageMargins left="2.5" right="2.5"'),
        ("项目明细", _FIT, '<pageSetup paperSize="9" '),
        ("数据填报", _FIT, '<pageSetup paperSize="9" fitToHeight="1" '),
        ("得分汇总", r"<pageSetUpPr[^>]*/>(.*?)<pageSetup ", r'\1<pageSetup scale="20" '),
    ],
)
def test_pages_that_nobody_reads(case: Issued, sheet: str, pattern: str, new: str) -> None:
    data = in_sheet(case.filled, sheet, f"(?s){pattern}", new)
    found = [one for one in verified(data, quick=True).findings if one.code == "PRINT_SMALL"]
    assert [(one.sheet, one.severity) for one in found] == [(sheet, Severity.WARNING)]


@pytest.mark.parametrize("area", ["得分汇总!$A$1:$Z$900", "得分汇总!$A$1:$AZ$40"])
def test_areas_of_blank_cells_make_pages_small(case: Issued, area: str) -> None:
    assert "PRINT_SMALL" in codes(verified(_named(case, area), quick=True), Severity.WARNING)


@pytest.mark.parametrize("area", ["得分汇总!$A$1:$XFD$1048576", "得分汇总!$A:$G", "得分汇总!$A$1:$G$60"])
def test_areas_of_the_table_print_as_issued(case: Issued, area: str) -> None:
    assert "PRINT_SMALL" not in codes(verified(_named(case, area), quick=True))


def test_a_print_area_without_the_title_is_a_warning(case: Issued) -> None:
    """One without the head of the table, a weight, or the last row is an error."""
    rows = max(int(ref.lstrip("ABCDEFG")) for ref in case.template.used["得分汇总"])
    cut = verified(_named(case, f"得分汇总!$A$2:$G${rows}"), quick=True)
    assert cut.verdict is Verdict.PASS
    assert "PRINT_CUT" in codes(cut, Severity.WARNING)
    for area in (f"$A$3:$G${rows}", f"$A$2:$B${rows}", f"$A$2:$G${rows - 1}"):
        report = verified(_named(case, f"得分汇总!{area}"), quick=True)
        assert "PRINT_CHANGED" in codes(report, Severity.ERROR), area


@pytest.mark.parametrize("named", [True, False])
def test_a_chart_that_the_sheet_does_not_name_is_lost(case: Issued, *, named: bool) -> None:
    """Its parts may lie in the file all the same: no program shows them."""
    data = in_sheet(case.filled, "得分汇总", '(<drawing r:id="rId1"/>)', r"\1" if named else "")
    assert ("CHART_LOST" in codes(verified(data, quick=True))) is not named


_PROGRAMS = (
    r"file:///\\server\share\a.exe", r"\\server\share\a.EXE", "file:///C:/a.bat", r"C:\a.cmd", "a.vbs",
    "../a.js", "file:///C:/a.lnk", "a%2Eexe", "a.exe ", "a.exe.", "a.hta#x", "file:///C:/a.com", "a.ps1?x",
)  # fmt: skip


@pytest.mark.parametrize("mode", [' TargetMode="External"', ""])
@pytest.mark.parametrize("target", _PROGRAMS)
def test_links_to_programs_are_refused(target: str, mode: str) -> None:
    data = issued("dapeng-2024").filled
    part = returned.sheet_part(data, ENTRY).replace("worksheets/", "worksheets/_rels/") + ".rels"
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    link = f'<Relationship Id="rId70" Type="{OFFICE}/hyperlink" Target="{target}"{mode}/>'
    data = returned.with_part(data, part, f'<Relationships xmlns="{space}">{link}</Relationships>'.encode())
    assert verified(data, quick=True).verdict is Verdict.UNREADABLE


@pytest.mark.parametrize(
    "target",
    [r"file:///\\server\share\附件1.pdf", r"\\server\share\a.xls", "https://a.example/b.exe",
     "www.example.com", "mailto:a@b.com", "file:///C:/a.docx", "附件/合同.exe.pdf"],
)  # fmt: skip
def test_links_to_documents_are_nobody_s_matter(target: str) -> None:
    data = issued("dapeng-2024").filled
    part = returned.sheet_part(data, ENTRY)
    data = related(data, part, "rId70", "hyperlink", target, outside=True)
    assert verified(data, quick=True).verdict is Verdict.PASS


def test_opinions_of_the_returned_copy_are_notes(case: Issued) -> None:
    """What the tool itself wrote on a result passes; what only begins like it does not."""
    finding = found("CACHE_DIFFERS", what="总分", cached="95.00", recalculated="94.00")
    for text, code, severity in (
        (f"【错误】{finding.message}\n处理：{finding.fix}", "COMMENT_OPINION", Severity.NOTE),
        (f"【错误】{finding.message}\n处理：附件已重新计算，无需处理。", "COMMENT_OPINION", Severity.NOTE),
        (f"【错误】{finding.message}\n处理：附件应为 99.50 分，无需处理。", "COMMENT_TELLS", Severity.ERROR),
        (f"【提示】{finding.message}\n总分 99.50", "COMMENT_TELLS", Severity.ERROR),
        ("【提示】总分 99.50", "COMMENT_TELLS", Severity.ERROR),
    ):
        report = verified(commented(case.filled, case["total"], text, author=""), quick=True)
        assert [one.severity for one in report.findings if one.code == code] == [severity], text
