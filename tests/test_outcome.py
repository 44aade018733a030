"""What the clerk gets of a run: the table, the page, and the catalogue of codes."""

from __future__ import annotations

import io
import re
from datetime import datetime
from html.parser import HTMLParser

import openpyxl
import pytest

from tests.codes_page import PAGE, example, page
from tests.support.outcomes import FILES, NASTY, inbox
from tests.support.package import package_problems
from tests.support.returned import by_libreoffice
from workbook.codes import CODES, GROUPS
from workbook.evaluations.published import load_case
from workbook.load.builtin import published_path
from workbook.reports.page import report_html
from workbook.reports.report_book import report_book
from workbook.reports.words import clean
from workbook.verifier.inbox import Inbox

OLDER = "-有较新的一份：收件箱/一.eml › +自评表 › 新稿.xlsx"

VERDICTS = ["通过", "通过", "未填完", "不通过", "不通过", "无法读取", "通过", "通过"]


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(report_book(inbox())))


def rows(book: openpyxl.Workbook, title: str) -> list[dict]:
    """A sheet's rows by its headings."""
    headings, *others = book[title].iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in others]


def test_the_table_has_a_line_per_file(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["核验结论", "核验意见", "指标得分", "指标对比", "汇总"]
    lines = rows(book, "核验结论")
    assert [one["文件"] for one in lines] == [*FILES, "旧稿.xlsx", "logo.png"]
    assert [one["结论"] for one in lines] == [*VERDICTS, "已被取代", "未核验"]
    first = lines[0]
    assert (first["年度"], first["等级"], first["错误"]) == (2023, "优", 0)
    totals = [first[key] for key in ("文件所示总分", "重新计算总分", "标准算法总分")]
    assert totals == [95, 95, 95]
    assert first["来源"] == "收件箱/一.eml › +自评表 › 公布_盐田.xlsx"
    assert first["邮件时间"] == "2025-03-02 04:30"
    assert first["备注"] == "同一文件收到 2 份"
    wrong = lines[3]
    assert (wrong["部门"], wrong["文件所示总分"], wrong["重新计算总分"]) == (NASTY, 95, 79)
    assert (wrong["可得分区间"], wrong["错误"]) == ("79.00 至 95.00", 6)
    assert lines[5]["标准算法总分"] is None
    assert lines[2]["来源"] == "收件箱/空白.xlsx"
    assert [one["备注"] for one in lines[-2:]] == [
        OLDER,
        "图片",
    ]


def test_the_table_has_a_line_per_finding_and_per_indicator(book: openpyxl.Workbook) -> None:
    reports = [one.report for one in inbox().entries]
    findings = rows(book, "核验意见")
    assert len(findings) == sum(len(one.findings) for one in reports)
    one = next(one for one in findings if one["代码"] == "INPUT_NOT_NUMBER")
    assert (one["部门"], one["类别"], one["工作表"], one["单元格"]) == (NASTY, "错误", "数据填报", "D4")
    assert "约三千万元" in one["意见"]
    assert one["处理办法"].startswith("请清除该单元格")
    scores = rows(book, "指标得分")
    assert len(scores) == sum(len(one.evaluation.indicators) for one in reports if one.evaluation)
    case = load_case(published_path("dapeng-2024"))
    names = {case.rubric.indicator[key].name: float(score) for key, score in case.scores.items()}
    assert {one["三级指标"]: one["得分"] for one in scores if one["序号"] == 8} == names


def test_the_comparison_stands_by_department(book: openpyxl.Workbook) -> None:
    sheet = list(book["指标对比"].iter_rows(values_only=True))
    heads = [index for index, row in enumerate(sheet) if row[0] == "一级指标"]
    assert len(heads) == 2
    first, second = sheet[heads[0]], sheet[heads[1]]
    yantian = "深圳市盐田区政务服务数据管理局"
    assert first[5:] == (f"{yantian}（第 1 个）", NASTY, "区卫生健康局", f"{yantian}（第 7 个）")
    assert second[5:8] == ("区教育局", "空白.xlsx", "深圳市大鹏新区政务服务和数据管理局")
    assert sheet[heads[0] - 1][5:] == ("通过", "不通过", "不通过", "通过")
    lines = {row[2]: row for row in sheet[heads[1] :]}
    assert lines["政府采购执行情况"][3:8] == (3, 2.74, 2.74, "待填", 2.74)
    totals = [row for row in sheet if row[0] == "合计（待填的不计）"]
    assert totals[0][3:] == (100, 95, 95, 79, 95, 95)


def test_the_summary_counts(book: openpyxl.Workbook) -> None:
    lines = {row[0]: row for row in book["汇总"].iter_rows(values_only=True)}
    assert lines["合计"][1:7] == (4, 1, 2, 1, 8, "通过率 50.0%")
    assert lines["无法确定"][1:6] == (0, 0, 0, 1, 1)
    assert lines["INPUT_NOT_NUMBER"][1:4] == ("错误", 1, 2)


def test_the_table_is_fit_for_use_and_no_text_is_a_formula(book: openpyxl.Workbook) -> None:
    for title in ("核验结论", "核验意见", "指标得分"):
        sheet = book[title]
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref == sheet.dimensions
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows == "$1:$1"
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert {"=wrong.xlsx", "@照片.xlsx", OLDER} <= {cell.value for cell in cells}
    colours = {cell.value: cell.fill.fgColor.rgb for cell in book["核验结论"]["E"][1:9]}
    assert len(set(colours.values())) == 4


def test_the_table_opens_everywhere_and_has_the_same_bytes() -> None:
    data, nothing = report_book(inbox()), report_book(Inbox())
    assert data == report_book(inbox())
    assert openpyxl.load_workbook(io.BytesIO(data)).properties.created == datetime(2024, 1, 1)
    assert package_problems(data) + package_problems(nothing) == []


@pytest.mark.libreoffice
def test_libreoffice_reads_the_table() -> None:
    saved = by_libreoffice({"report.xlsx": report_book(inbox())})["report.xlsx"]
    assert openpyxl.load_workbook(io.BytesIO(saved))["核验结论"]["N5"].value == "=wrong.xlsx"


class _Page(HTMLParser):
    """Elements with their attributes, and the texts below each."""

    VOID = frozenset({"meta", "br", "link", "img"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def test_the_page_tells_everything_and_escapes_it() -> None:
    text = report_html(inbox())
    assert text == report_html(inbox())
    parsed = _Page(text)
    assert not parsed.open
    tags = [tag for tag, _ in parsed.tags]
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(tags)
    assert not re.search(r"url\(|@import|https?://(?!x\.example)", text)
    assert (tags.count("h1"), tags.count("article")) == (1, len(FILES))
    assert ("html", {"lang": "zh-CN"}) in parsed.tags
    assert "viewport" in [attributes.get("name") for tag, attributes in parsed.tags if tag == "meta"]
    assert NASTY in parsed.text
    for words in ("不通过", "约三千万元", "数据填报!D4", "79.00 至 95.00", "有较新的一份", "=wrong.xlsx"):
        assert words in parsed.text
    for finding in (one for entry in inbox().entries for one in entry.report.findings):
        assert clean(finding.message) in parsed.text
    identifiers = [attributes["id"] for _, attributes in parsed.tags if "id" in attributes]
    assert len(set(identifiers)) == len(identifiers)
    targets = {attributes["href"][1:] for tag, attributes in parsed.tags if tag == "a"}
    assert targets <= set(identifiers)
    for attributes in (one for tag, one in parsed.tags if tag == "td"):
        assert attributes["data-label"]
    assert "共核验 0 个文件" in report_html(Inbox())


def test_texts_are_made_fit_to_be_shown() -> None:
    assert clean("a\x00b\r\nc\u202ed\u2028e") == "a\ufffdb\nc\ufffdd\ne"
    assert clean("长" * 10, most=5) == "长长长长…"
    assert clean("👩‍🔬=1+1") == "👩‍🔬=1+1"


def test_the_catalogue_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python3 dev.py readme"
    assert re.findall(r"^\| `(\w+)` \|", page(), re.M) == list(CODES)
    assert sum(map(len, GROUPS.values())) == len(CODES)
    for code in CODES:
        assert "{" not in example(code).message.replace("{字段 id: 值}", "")


def test_officers_are_told_of_no_command() -> None:
    """A remedy that only the clerk can carry out names options and commands; officers have none."""
    for name, code in CODES.items():
        if code.mender == "officer" and name not in {"RUBRIC_NOT_KNOWN", "SPEC_DIFFERS"}:
            assert not re.search("--[a-z]|workbook ", code.fix), name
        assert code.mended != "", name
