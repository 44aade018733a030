"""The dictionary of wordings: it names what there is, and each of its means does what it says."""

from __future__ import annotations

import re

import pytest

from workbook.load.builtin import builtin_ids
from workbook.load.rubric import load_rubric, shared_fields
from workbook.load.wording import Said, load_wording
from workbook.report_reader.from_text import text_document
from workbook.report_reader.reading import read_document


def said() -> list[Said]:
    return [*load_wording().fields.values(), *load_wording().rates.values()]


def test_every_name_is_known() -> None:
    wording = load_wording()
    rubrics = [load_rubric(one) for one in builtin_ids()]
    fields = {*shared_fields(), *(field for rubric in rubrics for field in rubric.field)}
    rates = {rate for rubric in rubrics for rate in rubric.rate}
    assert set(wording.fields) <= fields
    assert set(wording.rates) <= rates
    assert {one.instead for one in said() if one.instead} <= fields | rates
    for name, words in wording.tables.items():
        table = next(rubric.table[name] for rubric in rubrics if name in rubric.table)
        columns = {
            column for rubric in rubrics if name in rubric.table for column in rubric.table[name].column
        }
        assert set(words.columns) <= columns
        assert set(words.rows) <= set(table.labels)
        for cell in words.said:
            row, _, column = cell.partition("/")
            assert row in table.labels and column in columns


def test_every_class_is_there_and_used() -> None:
    wording = load_wording()
    texts = [alias for one in said() for alias in one.aliases]
    texts += [*wording.others, *(word for words in wording.words.values() for word in words)]
    used = {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}
    assert used == set(wording.words)


def read(text: str, rubric: str = "yantian-2023") -> list[tuple[str, str]]:
    reading = read_document(text_document(text), load_rubric(rubric))
    return [(one.numeral.text, str(one.target)) for one in reading.statements]


BUDGET, SPENT = "field:sangong_adjusted_budget", "field:sangong_spent"
MEANINGS = [
    ("三公经费预算4万元，实际支出2万元。", [("4", BUDGET), ("2", SPENT)]),
    ("三公经费预算4万元。培训费实际支出2万元。", [("4", BUDGET)]),
    ("三公经费预算4万元，其中公务接待费支出2万元；实际支出3万元。", [("4", BUDGET), ("3", SPENT)]),
    ("一季度支出进度30%，当季序时进度25%。", [("30", "field:q1_progress")]),
    ("三公经费实际支出2人。", []),
    ("三公经费实际支出约20,000元。", [("20,000", SPENT)]),
    ("一季度、二季度的支出进度分别为30%和60%。", [("30", "field:q1_progress"), ("60", "field:q2_progress")]),
    ("一季度、二季度的支出进度分别为30、60和90%。", []),
    ("各季度支出进度为20%、40%、60%、80%。", []),
    (
        "各季度支出进度分别为20、40、60、80%。",
        [(str(20 * number), f"field:q{number}_progress") for number in range(1, 5)],
    ),
    ("项目支出预算9万元，支出8万元。", []),
    (
        "预算执行率得分5.80分，公用经费控制率扣1分。",
        [("5.80", "score:budget_execution"), ("1", "deduction:public_expenses")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), MEANINGS)
def test_what_a_figure_means(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


def test_a_figure_that_the_rubric_has_under_another_name() -> None:
    text = "我局全年支出决算数为80万元。"
    assert read(text) == [("80", "field:q4_spending")]
    assert read(text, "dapeng-2024") == [("80", "field:total_spending")]
