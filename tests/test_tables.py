"""Detail tables: rows, what they come to, what DATA and returned workbooks may hold. Figures are made up."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from tests.support import returned
from tests.support.returned import issued, places, verified
from workbook.api import new_workbook, read_inputs_of, score
from workbook.data.read import Data, load_data
from workbook.findings import Refused
from workbook.layout.names import Place
from workbook.load.rubric import load_rubric
from workbook.rubric.aggregate import Aggregate, aggregate_source, parse_aggregate
from workbook.rubric.expr_parser import ExprError
from workbook.rubric.inputs import BLANK, Inputs
from workbook.rubric.keys import Key
from workbook.rubric.states import CheckState, FieldState, RowState
from workbook.scorer.evaluate import Evaluation
from workbook.scorer.quantities import quantities
from workbook.verifier.verification import Verdict

YANTIAN, DAPENG = "yantian-2023", "dapeng-2024"
PROJECT = {"project": "甲", "budget": "100", "adjustment": "40", "added": "否"}
TASKS = [{"task": "甲", "finished": "是"}, {"task": "乙", "finished": "否"}, {"task": "丙", "finished": "否"}]


def data(tmp_path: Path, rubric_id: str, content: object) -> Data:
    path = tmp_path / "数据.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return load_data(load_rubric(rubric_id), path)


def evaluated(tmp_path: Path, rubric_id: str, content: object) -> Evaluation:
    return score(load_rubric(rubric_id), data(tmp_path, rubric_id, content).inputs)


@pytest.mark.parametrize(
    ("text", "aggregate"),
    [
        ("count(projects)", Aggregate("count", "projects")),
        ("count(projects.finished)", Aggregate("count", "projects", "finished")),
        ("sum(a.b, a.c)", Aggregate("sum", "a", "b", "c")),
        ("sum( a.b , rows=( 1, 2 ))", Aggregate("sum", "a", "b", rows=(1, 2))),
    ],
)
def test_the_notation_of_sources(text: str, aggregate: Aggregate) -> None:
    assert parse_aggregate(text) == aggregate
    assert parse_aggregate(aggregate_source(aggregate)) == aggregate


@pytest.mark.parametrize(
    "text", ["", "mean(a.b)", "sum(a)", "sum(a.b, c.d)", "count(a.b.c)", "sum(a.b, rows=1)", "a +"]
)
def test_what_is_no_source(text: str) -> None:
    with pytest.raises(ExprError):
        parse_aggregate(text)


def test_a_blank_field_comes_from_its_table_and_a_typed_one_does_not(tmp_path: Path) -> None:
    one = evaluated(tmp_path, YANTIAN, {"tables": {"key_tasks": TASKS}})
    assert one.sourced["key_tasks_unfinished"] == 2
    assert one.fields["key_tasks_unfinished"] is FieldState.FROM_TABLE
    score_of = {item.indicator.id: item.score for item in one.indicators}
    assert score_of["key_tasks"] == 0  # 8 less 4 for each of the two

    other = evaluated(tmp_path, YANTIAN, {"key_tasks_unfinished": 1, "tables": {"key_tasks": TASKS}})
    assert other.fields["key_tasks_unfinished"] is FieldState.FILLED
    assert {item.indicator.id: item.score for item in other.indicators}["key_tasks"] == 4
    checks = {one.check.id: one for one in other.checks}
    assert checks["source_key_tasks_unfinished"].state is CheckState.FAILS
    assert checks["source_key_tasks_unfinished"].difference == -1


def test_a_row_without_a_needed_figure_leaves_the_sum_open(tmp_path: Path) -> None:
    rows = [{"project": "甲", "plan": "10", "paid": "9"}, {"project": "乙", "plan": "5"}]
    one = evaluated(tmp_path, YANTIAN, {"tables": {"procurement": rows}})
    assert one.tables["procurement"].rows[2].state is RowState.PARTIAL
    assert one.sourced["procurement_plan"] == 15
    assert one.sourced["procurement_actual"] is None
    assert one.fields["procurement_actual"] is FieldState.OPEN


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({}, 1),
        ({"adjustment": "39.99"}, 0),
        ({"added": "是"}, 0),
        ({"budget": "0"}, 1),
        ({"adjustment": "0"}, 0),
    ],
)
def test_projects_at_forty_per_cent(tmp_path: Path, changes: dict[str, str], counted: int) -> None:
    """Adjusted by at least 40 % counts; what was added during the year does not."""
    one = evaluated(tmp_path, DAPENG, {"tables": {"projects": [{**PROJECT, **changes}]}})
    assert one.sourced["heavily_adjusted_projects"] == counted


@pytest.mark.parametrize(
    ("progress", "spent", "counted"), [("90%", "90.01", 1), ("90%", "90", 0), ("89.99%", "95", 0)]
)
def test_a_project_is_done_at_ninety_per_cent_and_more_than_ninety_spent(
    tmp_path: Path, progress: str, spent: str, counted: int
) -> None:
    row = {"project": "甲", "final": "100", "spent": spent, "progress": progress}
    one = evaluated(tmp_path, DAPENG, {"tables": {"projects": [row]}})
    assert one.sourced["projects_finished_90"] == counted


def test_a_quarter_is_open_until_all_before_it_are_filled(tmp_path: Path) -> None:
    rows = {"一季度": {"spent": "1000.5"}, "三季度": {"spent": "1"}}
    one = evaluated(tmp_path, YANTIAN, {"tables": {"quarters": rows}})
    assert [one.sourced[f"q{quarter}_spending"] for quarter in range(1, 5)] == [
        Decimal("1000.5"),
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("tables", "code", "line", "words"),
    [
        ({"project": []}, "DATA_KEY_UNKNOWN", 2, "projects"),
        ({"key_tasks": {"task": "x"}}, "DATA_SHAPE", 2, "行的列表"),
        ({"key_tasks": [{"finish": "是"}]}, "DATA_KEY_UNKNOWN", 3, "finished"),
        ({"key_tasks": [{"task": "x"}, {"finished": "对"}]}, "INPUT_CHOICE", 4, "是"),
        ({"procurement": [{"plan": "-1"}]}, "INPUT_RANGE", 3, "计划金额"),
        ({"quarters": {"五季度": {}}}, "DATA_KEY_UNKNOWN", 3, "四季度"),
        ({"quarters": [{}, {}, {}, {}, {}]}, "DATA_SHAPE", 2, "最多 4 行"),
        ({"key_tasks": ["甲"]}, "DATA_SHAPE", 3, "{列: 值}"),
    ],
)
def test_rows_that_cannot_be_used(tmp_path: Path, tables: dict, code: str, line: int, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        data(tmp_path, YANTIAN, {"tables": tables})
    [finding] = refusal.value.findings
    assert finding.code == code
    assert finding.line == line
    assert words in finding.message + finding.fix


def test_a_filled_workbook_gives_back_its_tables_and_evidence(tmp_path: Path) -> None:
    content = {
        "tables": {"key_tasks": [*TASKS, {}, {"task": "戊", "finished": "是"}]},
        "evidence.key_tasks": ["通报", {"name": "清单", "number": "1号", "date": "2023-12", "page": "3"}],
    }
    given = data(tmp_path, YANTIAN, content).inputs
    path = tmp_path / "表.xlsx"
    path.write_bytes(new_workbook(load_rubric(YANTIAN), inputs=given))
    again = read_inputs_of(load_rubric(YANTIAN), path).inputs
    assert again.tables == {"key_tasks": given.tables["key_tasks"]}
    assert again.evidence == given.evidence
    assert again.tables["key_tasks"][3] == {}


def test_more_documents_than_lines_stand_in_the_last(tmp_path: Path) -> None:
    inputs = data(tmp_path, YANTIAN, {"evidence.key_tasks": ["一", "二", "三", "四"]}).inputs
    assert [one.name for one in inputs.evidence["key_tasks"]] == ["一", "二", "三\n四"]


def cell(rubric_id: str, table: str, row: int, column: str) -> Place:
    return issued(rubric_id).template.inputs[Key.cell(table, row, column)]


def test_a_wrong_cell_in_a_table_is_named() -> None:
    wrong = cell(YANTIAN, "procurement", 4, "plan")
    report = verified(returned.with_cell(issued(YANTIAN).published, wrong, returned.text("264,60")))
    assert report.verdict is Verdict.FAIL
    assert places(report, "INPUT_NOT_NUMBER") == [wrong]
    message = next(one.message for one in report.findings if one.code == "INPUT_NOT_NUMBER")
    assert "政府采购明细第 4 行" in message


def test_a_formula_of_a_row_is_protected() -> None:
    place = issued(YANTIAN)["row:procurement:4:differs"]
    report = verified(returned.with_cell(issued(YANTIAN).published, place, returned.text("否")))
    assert place in places(report, "FORMULA_CHANGED")


def test_sorted_rows_still_verify() -> None:
    """Sorting moves values between rows; no figure changes, only where a row stands."""
    one = issued(YANTIAN)
    rows = one.rubric.table["procurement"].size
    inputs = read_rows(one.published)
    moved = tuple(reversed(inputs.tables["procurement"]))
    data_ = new_workbook(one.rubric, inputs=replace(inputs, tables={**inputs.tables, "procurement": moved}))
    assert rows >= len(moved)
    assert verified(data_).verdict is Verdict.PASS


def read_rows(filled: bytes) -> Inputs:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "表.xlsx"
        path.write_bytes(filled)
        return read_inputs_of(load_rubric(YANTIAN), path).inputs


def test_largest_deductions_and_things_to_do() -> None:
    rubric = load_rubric(YANTIAN)
    values = quantities(score(rubric, BLANK))
    assert values[Key.todo(1, "text")] == "填写或改正“部门（单位）名称”"
    assert values[Key.todo(8, "link")] == "前往"
    assert values[Key.largest(1, "name")] == ""
    filled = quantities(score(rubric, read_rows(issued(YANTIAN).published)))
    assert [filled[Key.largest(line, "name")] for line in range(1, 6)] == [
        "绩效指标明确性", "编外人员控制率", "公用经费控制率", "数字政府建设", "",
    ]  # fmt: skip
    assert filled[Key.largest(1, "deduction")] == Fraction(2)
    assert filled[Key.todo(1, "text")] == "没有待办事项，可以报送"
