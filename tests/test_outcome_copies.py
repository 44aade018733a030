"""The annotated copy: the officer's workbook made anew, with a comment and a colour on each finding."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise

import openpyxl
import pytest

from tests.support.outcomes import DAPENG, FILES, NASTY, YANTIAN, entry, filled
from tests.support.package import package_problems
from tests.support.returned import (
    by_libreoffice,
    by_openpyxl,
    codes,
    issued,
    number,
    places,
    text,
    verified,
    with_cell,
    with_cells,
)
from workbook.findings import Severity, found
from workbook.layout.names import Place
from workbook.reports import copies
from workbook.reports.copies import MOST_COMMENTS, Copy, annotated_copy
from workbook.rubric.fields import FieldKind
from workbook.rubric.keys import Key
from workbook.verifier.submission import Submission
from workbook.verifier.verification import Verdict
from workbook.xlsx_writer import styles

OPINION = "审核意见"


def copy_of(name: str) -> Copy:
    copy = annotated_copy(entry(name))
    assert copy is not None
    return copy


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("name", [name for name in FILES if name not in {"@照片.xlsx", "旧版.xlsx"}])
def test_a_copy_is_the_issued_workbook_with_the_same_inputs(name: str) -> None:
    report = entry(name).report
    copy = copy_of(name)
    assert copy.remade
    assert copy == annotated_copy(entry(name))
    assert package_problems(copy.data) == []
    again = verified(copy.data)
    assert not codes(again, Severity.ERROR)
    assert again.inputs is not None
    assert report.inputs is not None
    assert replace(again.inputs, values={**again.inputs.values, "fiscal_year": 0}) == replace(
        report.inputs, values={**report.inputs.values, "fiscal_year": 0}
    )
    assert again.identity == report.identity
    assert opened(copy.data).sheetnames[0] == OPINION
    assert opened(copy.data).active.title == OPINION


@pytest.mark.libreoffice
def test_what_an_officer_corrects_in_his_copy_passes() -> None:
    book = issued(YANTIAN)
    good = verified(filled(YANTIAN, "区民政局"))
    assert good.evaluation is not None
    broken = entry("=wrong.xlsx").report
    assert broken.inputs is not None
    cells = {}
    computed = Key.input(book.field(FieldKind.MONEY, 3).id)
    for key in (*broken.refused, computed):
        value = good.evaluation.typed.at(key)
        cells[book[key]] = text(value) if isinstance(value, str) else number(value)
    assert len(cells) == 7
    corrected = with_cells(copy_of("=wrong.xlsx").data, cells)
    saved = by_libreoffice({"copy.xlsx": corrected}, recalculate=True)["copy.xlsx"]
    again = verified(saved)
    assert again.verdict is Verdict.PASS
    assert not codes(again, Severity.WARNING)
    assert OPINION in opened(saved).sheetnames
    assert opened(saved)["数据填报"]["D4"].comment is not None


def test_a_changed_formula_is_mended_and_said_so() -> None:
    report = entry("改公式.xlsx").report
    (place,) = places(report, "FORMULA_CHANGED")
    copy = copy_of("改公式.xlsx")
    assert verified(copy.data).verdict is Verdict.PASS
    cell = opened(copy.data)[place.sheet][place.cell]
    assert cell.comment is not None
    assert "公式被改动" in cell.comment.text
    assert "附件已恢复原样" in cell.comment.text


def test_each_finding_stands_on_its_cell_and_in_the_list() -> None:
    report = entry("=wrong.xlsx").report
    book = opened(copy_of("=wrong.xlsx").data)
    colours = {}
    for finding in report.findings:
        if finding.code == "FIELD_OPEN":  # the refused content of the same cell says more
            continue
        assert finding.sheet is not None
        cell = book[finding.sheet][finding.cell]
        assert cell.comment is not None
        assert finding.message in cell.comment.text
        colours[finding.severity] = cell.fill.fgColor.rgb[2:]
    assert colours == {
        severity: styles.NOTED[severity]["bg_color"][1:] for severity in (Severity.ERROR, Severity.NOTE)
    }
    lines = [row for row in book[OPINION].iter_rows() if isinstance(row[0].value, int)]
    assert [row[1].value for row in lines] == ["错误"] * 6 + ["提示"]
    assert {row[3].value for row in lines} == {
        one.message for one in report.findings if one.code != "FIELD_OPEN"
    }
    assert all(row[3].data_type == "s" for row in lines)
    for row in lines:
        sheet, _, cell = str(row[2].value).partition("!")
        assert row[2].hyperlink.location == f"'{sheet}'!{cell}"
    top = [cell.value for row in book[OPINION].iter_rows(max_row=6) for cell in row]
    assert {NASTY, "不通过", "意见：错误 6 条，提示 1 条", "可得分区间：79.00 至 95.00"} <= set(top)


def test_grey_print_tells_the_severities_apart() -> None:
    looks = [styles.NOTED[severity] for severity in Severity]
    greys = []
    for look in looks:
        red, green, blue = (int(look["bg_color"][at : at + 2], 16) for at in (1, 3, 5))
        greys.append(0.299 * red + 0.587 * green + 0.114 * blue)
    assert greys == sorted(greys)
    assert min(high - low for low, high in pairwise(greys)) > 10
    assert len({look["border"] for look in looks}) == 3


def test_what_was_typed_is_told_where_the_finding_does_not() -> None:
    book = issued(YANTIAN)
    place = book[book.field(FieldKind.MONEY).id]
    one = Submission(verified(with_cell(filled(YANTIAN, "甲"), place, number("123456789012345"))))
    copy = annotated_copy(one)
    assert copy is not None
    assert opened(copy.data)[place.sheet][place.cell].value is None
    report = one.report
    report.findings[:] = [replace(finding, message="超出范围") for finding in report.findings]
    copy = annotated_copy(one)
    assert copy is not None
    assert "原填内容：123456789012345" in opened(copy.data)[place.sheet][place.cell].comment.text


def test_a_text_that_means_a_number_is_one_in_the_copy() -> None:
    book = issued(YANTIAN)
    place = book[book.field(FieldKind.MONEY).id]
    one = Submission(verified(with_cell(filled(YANTIAN, "甲"), place, text("４，９７１．６４万元"))))
    assert places(one.report, "INPUT_AS_TEXT") == [place]
    copy = annotated_copy(one)
    assert copy is not None
    cell = opened(copy.data)[place.sheet][place.cell]
    assert cell.value == 4971.64
    assert "附件中已改成这个值" in cell.comment.text


def test_content_outside_the_template_is_marked_and_gone() -> None:
    def add(book: openpyxl.Workbook) -> None:
        book["评分表"]["Z40"] = "备注"
        book["评分表"]["B1"].alignment = openpyxl.styles.Alignment()

    one = Submission(verified(by_openpyxl(filled(DAPENG, "甲"), add)))
    assert places(one.report, "CELL_ADDED") == [Place("评分表", "Z40")]
    copy = annotated_copy(one)
    assert copy is not None
    cell = opened(copy.data)["评分表"]["Z40"]
    assert cell.value is None
    assert "附件中已移除" in cell.comment.text
    assert not codes(verified(copy.data), Severity.ERROR)


def test_a_finding_inside_a_merged_cell_stands_on_its_first() -> None:
    report = verified(filled(DAPENG, "甲"))
    report.findings += [
        found("CELL_ADDED", sheet="评分表", cell="C1", actual="一"),
        found("CELL_CHANGED", sheet="评分表", cell="A1", actual="二", expected="三"),
    ]
    copy = annotated_copy(Submission(report))
    assert copy is not None
    comment = opened(copy.data)["评分表"]["A1"].comment.text
    assert "“一”" in comment
    assert "现为“二”" in comment
    assert package_problems(copy.data) == []


def test_so_many_comments_that_the_gate_would_refuse_them_are_not_made() -> None:
    report = verified(filled(DAPENG, "甲"))
    assert report.evaluation is not None
    quantities = list(issued(DAPENG).template.quantities.values())[:1500]
    report.findings += [
        found("CACHE_DIFFERS", sheet=one.sheet, cell=one.cell, what="甲", cached="1", recalculated="2")
        for one in quantities
    ]
    copy = annotated_copy(Submission(report))
    assert copy is not None
    assert verified(copy.data).verdict is Verdict.PASS
    cells = [cell for sheet in opened(copy.data) for row in sheet.iter_rows() for cell in row]
    assert sum(cell.comment is not None for cell in cells) == MOST_COMMENTS


def test_an_old_template_gets_the_list_only() -> None:
    copy = copy_of("旧版.xlsx")
    assert not copy.remade
    book = opened(copy.data)
    assert book.sheetnames == [OPINION]
    report = entry("旧版.xlsx").report
    report.verdict = Verdict.FAIL
    try:
        listed = copy_of("旧版.xlsx")
    finally:
        report.verdict = Verdict.PASS
    texts = [cell.value for row in opened(listed.data)[OPINION].iter_rows() for cell in row]
    assert any("所用的模板是旧版" in str(one) for one in texts)


def test_another_version_of_the_same_spec_is_drawn_as_the_current_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book = issued(YANTIAN)
    money = Key.input(book.field(FieldKind.MONEY).id)
    elsewhere = Place("数据填报", "D999")
    before = replace(book.template, version="0", inputs={**book.template.inputs, money: elsewhere})
    monkeypatch.setattr(copies, "load_released", lambda rubric, version: before)
    report = verified(filled(YANTIAN, "甲"))
    report.template = "0"
    report.findings.append(found("INPUT_TEXT", sheet="数据填报", cell="D999", label="甲", value="乙"))
    copy = annotated_copy(Submission(report))
    assert copy is not None
    assert copy.remade
    assert verified(copy.data).verdict is Verdict.PASS
    place = book[money]
    assert opened(copy.data)[place.sheet][place.cell].comment is not None


def test_nothing_filled_in_is_lost_for_want_of_a_cell() -> None:
    report = verified(filled(YANTIAN, "甲"))
    assert report.inputs is not None
    report.inputs = replace(report.inputs, reasons={"gone": "原因"})
    copy = annotated_copy(Submission(report))
    assert copy is not None
    assert not copy.remade


def test_no_copy_of_what_cannot_be_read() -> None:
    assert annotated_copy(entry("@照片.xlsx")) is None
