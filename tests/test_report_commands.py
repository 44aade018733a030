"""check-report and read-report as a clerk runs them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import docx
import pytest

from tests.report_reading.measure import reading_of, report_text
from tests.support.cli import run, run_json
from workbook.api import new_workbook, read_inputs_of
from workbook.evaluations.published import load_case
from workbook.load.builtin import published_path
from workbook.load.rubric import load_rubric
from workbook.report_reader.model import Unit
from workbook.report_reader.suggestions import suggestions, suggestions_yaml

REPORT = "dapeng-2024"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    case = load_case(published_path(REPORT))
    path = tmp_path_factory.mktemp("filled") / "自评表.xlsx"
    path.write_bytes(new_workbook(case.rubric, inputs=case.data.inputs))
    return path


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(report_text(REPORT), encoding="utf-8")
    return path


def test_check_report(report: Path, filled: Path, tmp_path: Path) -> None:
    page, copy = tmp_path / "核对.html", tmp_path / "批注.docx"
    before = report.read_bytes()
    arguments = ("check-report", report, "--workbook", filled, "--html", page, "--annotated", copy)
    result = run_json(*arguments, status=1)
    assert set(result) == {"statements", "unplaced", "findings", "summary"}
    verdicts = Counter(one["verdict"] for one in result["statements"])
    assert result["summary"] == {
        "agree": verdicts["agree"],
        "differ": 1,
        "contradict": 3,
        "arithmetic": 0,
        "undecided": verdicts["undecided"],
    }
    first = next(one for one in result["statements"] if one["verdict"] == "contradict")
    assert {key: first[key] for key in ("of", "kind", "value", "unit", "expected", "page", "place")} == {
        "of": "first_submission",
        "kind": "field",
        "value": "4704.37",
        "unit": "万元",
        "expected": "4502.03",
        "page": None,
        "place": "第 214 行",
    }
    share = next(one for one in result["statements"] if one["of"] == "cut_rate")
    assert (share["value"], share["unit"], share["expected"]) == ("0.1958", "%", "0.417507213")
    assert "一上金额为4,704.37万元" in first["quote"]
    assert result["unplaced"]
    assert page.read_text(encoding="utf-8").count('id="f') == 4
    assert len(list(docx.Document(str(copy)).comments)) == 4
    assert report.read_bytes() == before
    again = run(*arguments)
    assert again.exit_code == 2
    assert "--force" in again.output


def test_check_report_in_the_terminal(report: Path, filled: Path) -> None:
    report.write_text(report_text(REPORT).replace("4,704.37", "4,502.03").replace("3,783.36", "2,622.40"))
    result = run("check-report", report, "--workbook", filled)
    assert result.exit_code == 1
    assert "报告内部矛盾" in result.stdout
    assert "没有对应的数据" in result.stdout
    report.write_text("“三公”经费控制率为90.48%。", encoding="utf-8")
    result = run("check-report", report, "--workbook", filled)
    assert result.exit_code == 0
    assert "一致 1" in result.stdout


def test_a_workbook_that_does_not_verify_is_refused(report: Path, tmp_path: Path) -> None:
    other = tmp_path / "别的.xlsx"
    other.write_bytes(b"PK nothing")
    result = run("check-report", report, "--workbook", other, "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["findings"]


def test_no_output_over_a_source(report: Path, filled: Path) -> None:
    result = run("check-report", report, "--workbook", filled, "--html", report, "--force")
    assert result.exit_code == 2
    assert report.read_text(encoding="utf-8") == report_text(REPORT)


def test_read_report(report: Path, tmp_path: Path) -> None:
    data = tmp_path / "数据.yaml"
    result = run_json("read-report", report, "--rubric", REPORT, "-o", data)
    found = {one["field"]: one for one in result["suggestions"]}
    assert found["initial_budget"]["value"] == "4115.36"
    assert found["initial_budget"]["others"] == []
    first = found["first_submission"]
    assert (first["value"], first["place"]) == ("4502.03", "第 969 行")
    assert [(one["value"], one["place"]) for one in first["others"]] == [("4704.37", "第 214 行")]
    assert found["procurement_rate_reported"]["value"] == "74.41%"
    assert found["tables.staff.行政编制.quota"]["value"] == "9"
    text = data.read_text(encoding="utf-8")
    assert "#   另有 4704.37：第 214 行" in text
    read = read_inputs_of(load_rubric(REPORT), data)
    assert not read.findings
    assert read.inputs.number("first_submission") is not None


@pytest.mark.parametrize("name", ["yantian-2023", "longhua-2020"])
def test_suggestions_are_data(name: str, tmp_path: Path) -> None:
    """What is written is read back as DATA, every value of it."""
    rubric, reading = load_rubric(name), reading_of(name)
    found = suggestions(reading, rubric)
    path = tmp_path / "数据.yaml"
    path.write_text(suggestions_yaml(found, reading, rubric, "报告"), encoding="utf-8")
    read = read_inputs_of(rubric, path)
    assert not [finding for finding in read.findings if finding.severity == "error"]
    plain = [one for one in found if not one.key.startswith("tables/")]
    assert len(plain) > 20
    for one in plain:
        number = read.inputs.number(one.key)
        assert number == (
            one.statement.numeral.value if one.statement.numeral.unit is not Unit.PERCENT else number
        )
        assert number is not None


def test_a_report_of_something_else(tmp_path: Path, filled: Path) -> None:
    path = tmp_path / "别的.txt"
    path.write_text("今天晴，气温 21 度。", encoding="utf-8")
    assert run_json("read-report", path, "--rubric", REPORT)["suggestions"] == []
    assert "REPORT_NOTHING_READ" in run("read-report", path, "--rubric", REPORT).output
    result = run_json("check-report", path, "--workbook", filled, status=1)
    assert [one["code"] for one in result["findings"]] == ["REPORT_NOTHING_READ"]
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    result = run("read-report", path, "--rubric", REPORT)
    assert result.exit_code == 2
    assert "另存为 .docx" in result.output.replace("\n", "").replace(" .docx", " .docx")
