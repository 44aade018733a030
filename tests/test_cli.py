"""The commands as officers' clerks and programs use them: output, exit status, nothing half-written."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from tests.readme import README, example, with_section
from tests.support.cli import run, run_json
from workbook.cli.commands import cli


def test_every_command_ends_its_help_with_an_example() -> None:
    for name, command in cli.commands.items():
        text = run(name, "--help").output
        assert example(command).startswith(f"workbook {name}")
        assert text.rstrip().endswith(example(command))


def test_readme_lists_the_commands() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == with_section(text), "run: python3 dev.py readme"


def test_readme_names_exactly_two_setup_free_commands() -> None:
    text = README.read_text(encoding="utf-8")
    section = text.partition("## Two commands")[2].partition("##")[0]
    commands = [line for line in section.splitlines() if line.startswith("python3 ")]
    assert [line.split()[2] for line in commands] == ["demo", "test"]


def test_rubrics() -> None:
    listed = run_json("rubrics")["rubrics"]
    assert {"dapeng-2024", "yantian-2023"} <= {one["id"] for one in listed}
    assert set(listed[0]) == {"id", "title", "issuer", "fiscal_year", "points", "status", "source"}
    assert "yantian-2023" in run("rubrics").output


def test_describe_maps_every_field_and_item() -> None:
    data = run_json("describe", "dapeng-2024")
    assert len(data["indicators"]) == 27
    assert {field["required"] for field in data["fields"]} == {True, False, "conditional"}
    places = [(field["sheet"], field["cell"]) for field in data["fields"]]
    assert len(set(places)) == len(places)
    assert data["total"]["name"] == "总分"
    procurement = next(one for one in data["indicators"] if one["id"] == "procurement")
    assert procurement["name_score"] == "得分_政府采购执行情况"
    assert [item["points"] for item in procurement["items"]] == [1, 1, 1]
    assert "dapeng-2024" in run("describe", "dapeng-2024").output


def test_score_gives_exact_strings(figures: Path) -> None:
    data = run_json("score", "yantian-2023", "--data", figures)
    assert data["total"] == "95.00"
    assert data["attainable"] == ["95.00", "95.00"]
    assert data["complete"] is True
    assert data["grade"] == "优"
    steps = {step["step"] for step in data["indicators"][0]["items"][0]["trace"]}
    assert {"figure", "points", "clause"} <= steps
    assert "95.00" in run("score", "yantian-2023", "--data", figures).output


def test_score_of_nothing_is_incomplete_not_zero(tmp_path: Path) -> None:
    empty = tmp_path / "empty.yaml"
    empty.write_text("", encoding="utf-8")
    data = run_json("score", "yantian-2023", "--data", empty)
    assert (data["complete"], data["total"], data["attainable"], data["grade"]) == (
        False, "0.00", ["0.00", "100.00"], None)  # fmt: skip
    assert all(one["score"] is None for one in data["indicators"])


def test_bad_data_names_every_problem_with_line_and_nearest(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        "sangong_spend: 1\nstaff_quota: 2.5\nassets_total: 很多\npublic_satisfaction: 200%\n"
        "improper_spending: 也许\nreason.procurment: x\ntables.project: []\nassets_total: 3\n",
        encoding="utf-8",
    )
    found = run_json("score", "yantian-2023", "--data", bad, status=2)["findings"]
    assert {(one["code"], one["line"]) for one in found} == {
        ("DATA_KEY_UNKNOWN", 1),
        ("INPUT_NOT_WHOLE", 2),
        ("INPUT_NOT_NUMBER", 3),
        ("INPUT_RANGE", 4),
        ("INPUT_CHOICE", 5),
        ("DATA_KEY_UNKNOWN", 6),
        ("DATA_KEY_UNKNOWN", 7),
        ("YAML_DUPLICATE_KEY", 8),
    }
    fixes = {one["line"]: one["fix"] for one in found}
    assert "sangong_spent" in fixes[1]
    assert "reason.procurement" in fixes[6]


def test_explain_traces_to_the_clause(figures: Path) -> None:
    text = run("explain", "yantian-2023", "public_expenses", "--data", figures).output
    for words in ("日常公用经费决算数＝47.68万元", "94.0619452%", "≥90%，≤100%", "得 2 分", "条款"):
        assert words in text
    assert run_json("explain", "yantian-2023", "公用经费控制率", "--data", figures)["score"] == "5.00"
    unknown = run_json("explain", "yantian-2023", "public_expense", "--data", figures, status=2)
    assert "public_expenses" in unknown["findings"][0]["fix"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("score", "yantian-2023"), "缺少参数 --data"),
        (("verify",), "缺少参数 PATH..."),
        (("verfy",), "可用的命令有"),
        (("rubrics", "--jsn"), "没有选项 --jsn"),
        (("rubrics", "extra"), "参数过多"),
        (("new", "yantian-2023", "-o"), "选项 -o 缺少取值"),
        (("--wrong",), "没有选项 --wrong"),
    ],
)
def test_bad_arguments_are_named_in_chinese(arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_unknown_rubric_names_the_nearest() -> None:
    found = run_json("describe", "yantian-2032", status=2)["findings"]
    assert found[0]["code"] == "RUBRIC_UNKNOWN"
    assert "yantian-2023" in found[0]["fix"]


def test_new_verify_round_trip(figures: Path, tmp_path: Path) -> None:
    filled = tmp_path / "自评 表[1].xlsx"
    assert run_json("new", "yantian-2023", "-o", filled, "--data", figures)["files"] == [str(filled)]
    data = run_json("verify", filled)
    assert data["summary"] == {"pass": 1, "incomplete": 0, "fail": 0, "unreadable": 0}
    (file,) = data["files"]
    assert file["total"] == {"cached": "95.00", "recalculated": "95.00", "reference": "95.00"}
    again = run_json("score", "yantian-2023", "--data", filled)
    assert again["total"] == "95.00"
    assert "通过" in run("verify", filled).output


def test_verify_exit_status(tmp_path: Path) -> None:
    blank = tmp_path / "blank.xlsx"
    run("new", "dapeng-2024", "-o", blank)
    assert run("verify", tmp_path).exit_code == 1
    assert run("verify", tmp_path / "missing.xlsx").exit_code == 2
    folder = tmp_path / "empty"
    folder.mkdir()
    assert run_json("verify", folder, status=2)["findings"][0]["code"] == "NOTHING_FOUND"


def test_new_never_overwrites_a_file_in_the_way(tmp_path: Path) -> None:
    path = tmp_path / "returned.xlsx"
    path.write_bytes(b"an officer's work")
    assert run("new", "yantian-2023", "-o", path).exit_code == 2
    assert path.read_bytes() == b"an officer's work"
    assert run("new", "yantian-2023", "-o", path, "--force").exit_code == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == ["returned.xlsx"]


def test_new_with_bad_data_writes_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"staff_quota": -1}', encoding="utf-8")
    assert run("new", "yantian-2023", "-o", tmp_path / "out.xlsx", "--data", bad).exit_code == 2
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_roster_issues_one_workbook_per_department(tmp_path: Path, encoding: str) -> None:
    roster = tmp_path / "名册.csv"
    roster.write_text("序号,部门名称\n1,区教育局\n2,区卫生健康局\n", encoding=encoding)
    files = run_json("new", "yantian-2023", "--roster", roster, "-o", tmp_path / "下发")["files"]
    assert [Path(one).name for one in files] == [
        "yantian-2023_区教育局.xlsx",
        "yantian-2023_区卫生健康局.xlsx",
    ]


def test_roster_problems_are_all_named(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("部门名称,x\n区教育局,1\n,2\n区教育局,3\n", encoding="utf-8")
    found = run_json("new", "yantian-2023", "--roster", roster, "-o", tmp_path / "d", status=2)["findings"]
    assert [(one["code"], one["line"]) for one in found] == [("ROSTER_BLANK", 3), ("ROSTER_TWICE", 4)]
    roster.write_text("单位\n甲\n", encoding="utf-8")
    found = run_json("new", "yantian-2023", "--roster", roster, "-o", tmp_path / "d", status=2)["findings"]
    assert found[0]["code"] == "ROSTER_SHAPE"
    assert not (tmp_path / "d").exists()


def test_department_and_roster_exclude_each_other(tmp_path: Path) -> None:
    result = run("new", "yantian-2023", "--department", "甲", "--roster", tmp_path / "r.csv")
    assert result.exit_code == click.UsageError.exit_code == 2


@pytest.mark.long
def test_demo_reproduces_the_published_scores(tmp_path: Path) -> None:
    cases = {case["case"]: case for case in run_json("demo", "-o", tmp_path)["cases"]}
    complete = [case for case in cases.values() if case["complete"]]
    assert {case["rubric"]: case["total"]["computed"] for case in complete} == {
        "dapeng-2024": "91.75",
        "yantian-2023": "95.00",
    }
    assert sum(case["equal"] for case in complete) == 52
    assert all(case["verdict"] == "pass" for case in complete)
    assert len(list(tmp_path.glob("*.xlsx"))) == 9
    bureau, longhua = cases["shenzhen-2024.city-bureau"], cases["longhua-2020"]
    assert bureau["total"] == {"published": "97.53", "computed": "10.00", "recalculated": "10.00"}
    assert (bureau["attainable"], bureau["width"]) == (["10.00", "100.00"], "90.00")
    assert bureau["contains"] is True
    assert longhua["contains"] is None
    assert all(one["found"] for one in longhua["contradictions"])
    shown = run("demo", "-o", tmp_path)
    assert shown.exit_code == 0
    for words in ("52 / 52", "推定标准", "97.53", "97.62", "24.000.30", "均非正式标准"):
        assert words in shown.output


def test_check_reports_and_exits_1_on_errors(tmp_path: Path) -> None:
    assert run_json("check", "yantian-2023", "dapeng-2024")["files"][0]["path"].endswith("yantian-2023.yaml")
    bad = tmp_path / "bad.yaml"
    bad.write_text("id: x\n", encoding="utf-8")
    assert run("check", bad).exit_code == 1
    assert run("check", tmp_path / "missing.yaml").exit_code == 2
