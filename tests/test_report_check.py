"""Reports against their workbooks: what is wrong is found, little else is said, sown faults are found."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
import yaml

from tests.report_reading.faults import KINDS, check_text, checked, evaluation_of, faults, found
from tests.report_reading.measure import HERE, REPORTS, report_text
from workbook.report_reader.expected import equal
from workbook.report_reader.flow import flow_of
from workbook.report_reader.model import Passage, Place, Told
from workbook.report_reader.numerals import numerals

KNOWN = yaml.safe_load((HERE / "known.yaml").read_text(encoding="utf-8"))
SOWN, SHARE = 50, 0.95


@pytest.mark.parametrize("report", REPORTS)
def test_known_contradictions_are_found_and_little_else(report: str) -> None:
    lines = {mark.place.line for mark in checked(report).marks}
    assert lines == {*KNOWN[report]["found"], *KNOWN[report]["alarms"]}
    assert len(KNOWN[report]["alarms"]) <= 1


def test_sown_faults_are_found_at_their_place() -> None:
    sown = faults(SOWN)
    assert {fault.kind for fault in sown} == set(KINDS)
    missed = [fault.told for fault in sown if not found(fault)]
    assert len(missed) <= SOWN * (1 - SHARE), missed


def told(report: str, old: str, new: str) -> dict[str, str]:
    """Findings of a report with one text replaced, by code, that the published one has not."""
    text = report_text(report)
    assert text.count(old) >= 1, old
    before = {mark.finding.message for mark in checked(report).marks}
    after = check_text(report, text.replace(old, new, 1)).marks
    return {mark.finding.code: mark.finding.message for mark in after if mark.finding.message not in before}


def test_a_figure_that_differs() -> None:
    message = told("city-bureau-2024", "58.56万元", "58.65万元")["REPORT_DIFFERS"]
    assert "第 151 行" in message
    assert "三公经费预算安排（调整预算）数印为 58.65万元，工作簿为 58.56万元" in message


def test_a_figure_that_differs_from_another_place() -> None:
    message = told("bigdata-centre-2024", "108,019.30", "108,019.20")["REPORT_CONTRADICTS"]
    assert "印为 108,019.20万元，报告第 641 行印为 108,019.3万元，工作簿为 108019.30万元" in message


def test_figures_of_one_thing_that_the_workbook_does_not_know() -> None:
    found_here = check_text("bigdata-centre-2024", "信访件5件。全年群众信访共6件。")
    assert [one.verdict for one in found_here.judged] == [Told.CONTRADICT, Told.CONTRADICT]


def test_a_stale_year() -> None:
    changed = told("city-bureau-2024", "2024年度，我局全年预算数为", "2023年度，我局全年预算数为")
    assert "报告写作 2023 年" in changed["REPORT_YEAR"]


def test_a_rate_that_is_no_quotient() -> None:
    text = "我局“三公”经费预算40万元，实际支出10万元，控制率30%。"
    assert [mark.finding.code for mark in check_text("yantian-2023", text).marks].count("REPORT_DIFFERS") == 3
    unknown = "信访件8件，已回复6件，信访回复率80%。"
    assert [mark.finding.code for mark in check_text("city-bureau-2024", unknown).marks] == [
        "REPORT_ARITHMETIC"
    ]
    right = "信访件8件，已回复6件，信访回复率75%。"
    assert not check_text("city-bureau-2024", right).marks


def test_parts_that_miss_their_sum() -> None:
    text = "培训费共120.50万元，其中：内训60.20万元、外训60.40万元。"
    assert [mark.finding.code for mark in check_text("yantian-2023", text).marks] == ["REPORT_ARITHMETIC"]
    assert not check_text("yantian-2023", text.replace("60.40", "60.30")).marks
    assert not check_text("yantian-2023", "培训费共120.50万元，其中：内训60.20万元、讲座5.00万元。").marks


def test_growth_that_does_not_follow() -> None:
    text = "培训费120.00万元，比上年增加20.00万元，增长{}%。"
    assert [mark.finding.code for mark in check_text("yantian-2023", text.format("20.1")).marks] == [
        "REPORT_ARITHMETIC"
    ]
    assert not check_text("yantian-2023", text.format("20")).marks


def test_a_table_whose_rows_miss_the_total() -> None:
    rows = "项目\t金额（万元）\n一、甲\t10.00\n其中：1. 乙\t4.00\n二、丙\t5.00\n合计\t{}\n"
    assert not check_text("yantian-2023", rows.format("15.00")).marks
    assert [mark.finding.code for mark in check_text("yantian-2023", rows.format("19.00")).marks] == [
        "REPORT_ARITHMETIC"
    ]


def test_a_total_beyond_what_can_be_attained() -> None:
    changed = told("city-bureau-2024", "97.53分", "0.53分")
    assert "工作簿为" in changed["REPORT_DIFFERS"]


def test_nothing_is_dropped() -> None:
    """Every number is a statement or listed: of a sentence with seven, one is known."""
    result = check_text(
        "yantian-2023",
        "走访3家，印发12份，培训5场，覆盖78.2%，三公经费实际支出2.11万元，奖励6项，差旅4.5元。",
    )
    assert len(result.judged) == 1
    assert [one.numeral.text for one in result.reading.unplaced] == ["3", "12", "5", "78.2", "6", "4.5"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("共１２．５％", "0.125", "%"),
        ("共１，２３４.５０万元", "1234.50", "万元"),
        ("共1，234.5万元", "1234.5", "万元"),
        ("共1.2亿元", "12000", "亿元"),
        ("共12,300元", "1.23", "元"),
        ("共 4,502 .03 万元", "4502.03", "万元"),
        ("下降-0.98%", "-0.0098", "%"),
        ("共24.000.30万元", None, "万元"),
        ("共12,34.5万元", None, "万元"),
    ],
)
def test_numbers(text: str, value: str | None, unit: str) -> None:
    (one,) = numerals(flow_of([Passage(text, Place(1))]).text)
    assert one.value == (None if value is None else Decimal(value))
    assert one.unit_text == unit


def test_numbers_that_a_blank_parts() -> None:
    flow = flow_of([Passage("大厅 12 34 个", Place(1))])
    assert [one.text for one in numerals(flow.text)] == ["12", "34"]


def test_a_number_broken_over_lines() -> None:
    flow = flow_of([Passage("预算为4,755.", Place(1)), Passage("14万元。", Place(2))])
    (one,) = numerals(flow.text)
    assert one.value == Decimal("4755.14")
    passage, start, end = flow.span(one.start, one.end)
    assert passage.text[start:end] == "4,755."


@pytest.mark.parametrize(
    "text", ["2024年3月5日", "财预〔2018〕167号", "第3期", "1.预算编制", "7×24小时", "10-30-60"]
)
def test_no_figures(text: str) -> None:
    assert not list(numerals(text))


@pytest.mark.parametrize(
    ("text", "value", "holds"),
    [
        ("88%", "0.8802", True),
        ("88%", "0.8852", False),
        ("约88%", "0.8852", True),
        ("超过80%", "0.8852", True),
        ("超过90%", "0.8852", False),
        ("90%以内", "0.8852", True),
        ("1.2亿元", "12004", True),
        ("1.2亿元", "12600", False),
        ("7,448.7万元", "7448.70", True),
        ("12.35%", "0.12345", True),
    ],
)
def test_printed_decimals_decide(text: str, value: str, holds: bool) -> None:
    (one,) = numerals(text)
    assert equal(one, Fraction(value)) is holds


def test_a_rate_may_be_printed_capped_or_not() -> None:
    evaluation = evaluation_of("yantian-2023")
    text = "一季度预算执行率{}。"
    for printed, verdict in (("133.28%", Told.AGREE), ("100%", Told.AGREE), ("130%", Told.DIFFER)):
        (one,) = check_text("yantian-2023", text.format(printed)).judged
        assert one.verdict is verdict, (printed, evaluation.rubric.id)
