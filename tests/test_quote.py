"""What `check` shows of a spec: the line that a finding is about, the caret below it, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import bad_specs
from tests.support.cli import run, run_json
from tests.support.paths import TINY
from workbook.check.run import check_spec
from workbook.cli.quote import cells, quotation
from workbook.findings import found
from workbook.load.explain import _RULES_BY_KIND

HERE = Path(__file__).parent
VETO = """                veto:
                  when: {}
                  clause: 假设"""


@pytest.mark.parametrize("name", bad_specs.NAMES)
def test_the_caret_stands_under_the_column(name: str, tmp_path: Path) -> None:
    path = bad_specs.write(name, tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines()
    for finding in check_spec(path):
        shown, caret = quotation(finding)
        source = lines[finding.line - 1].replace("\t", "    ")
        assert shown.endswith(f" | {source.rstrip()}")
        assert caret.index("|") == shown.index("|")
        before = lines[finding.line - 1][: finding.column - 1].replace("\t", "    ")
        assert len(caret) - 1 == cells(shown[: shown.index("|") + 2] + before)


def test_full_width_characters_take_two_cells(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a: 1\n标题: {名称：x, b: １}\n", encoding="utf-8")
    shown, caret = quotation(found("SPEC_EMPTY", file=path, spot=(2, 12), where="", key=""))
    assert shown == "  2 | 标题: {名称：x, b: １}"
    assert caret == "    |            " + " " * 5 + "^"


@pytest.mark.parametrize("column", [1, 40, 120, 199])
def test_a_long_line_is_cut_around_the_caret(column: int, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    line = "".join(f"字{number:03}" for number in range(50))
    path.write_text(line, encoding="utf-8")
    shown, caret = quotation(found("SPEC_EMPTY", file=path, spot=(1, column), where="", key=""), 60)
    assert cells(shown) <= 60
    at = next(end for end in range(len(shown)) if cells(shown[:end]) == len(caret) - 1)
    assert shown[at] == line[column - 1]
    assert "…" in shown


def test_nothing_is_quoted_of_a_line_that_is_not_there(tmp_path: Path) -> None:
    finding = found("SPEC_EMPTY", file=tmp_path / "x.yaml", spot=(1, 1), where="", key="")
    assert quotation(finding) == []


def test_check_tells_place_line_caret_message_clause_and_remedy(tmp_path: Path) -> None:
    path = bad_specs.write("choice_points_above", tmp_path)
    result = run("check", path)
    assert result.exit_code == 1
    head, source, caret, message, fix = result.stdout.splitlines()[1:6]
    assert f"[{path}:65:67 预算执行 第2项]" in head
    assert source.endswith("points: {已公开: 40, 未公开: 0}}")
    assert caret.endswith("^")
    assert "得分 40" in message
    assert "→请改正" in fix
    [finding] = run_json("check", path, status=1)["files"][0]["findings"]
    assert (finding["line"], finding["column"], finding["clause"]) == (65, 67, "预算执行 第2项")


def edited(folder: Path, stands: str, other: str) -> Path:
    text = TINY.read_text(encoding="utf-8")
    assert text.count(stands) == 1
    path = folder / "edited.yaml"
    path.write_text(text.replace(stands, other), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("written", "code", "line", "column"),
    [
        ("spent ** 2", "SPEC_EXPR_OPERATOR", 30, 15),
        ("round(spent / plan)", "SPEC_EXPR_FUNCTION", 30, 9),
        ("spent / max(plan, 1)", "SPEC_EXPR_FUNCTION", 30, 17),
        ("'spent / max(plan, 1)'", "SPEC_EXPR_FUNCTION", 30, 18),
        ("|\n      (spent +\n\n       round(plan))", "SPEC_EXPR_FUNCTION", 33, 8),
        (">-\n      spent\n      / plan ^ 2", "SPEC_EXPR_OPERATOR", 32, 14),
        ("spent\n      / plan % 2", "SPEC_EXPR_OPERATOR", 31, 14),
        ('"spent / \\u0028plan ** 2)"', "SPEC_EXPR_OPERATOR", 30, 9),
        ("if(spent > plan, 1, 2)", "SPEC_EXPR_IF", 30, 9),
        ("\n      spent if plan > 0 else 0", "SPEC_EXPR_IF", 31, 7),
        ('plan + "计划"', "SPEC_EXPR_TEXT", 30, 16),
        ("计划 / “计划”", "SPEC_EXPR_SYNTAX", 30, 14),
        ("spent / 计划数（万元）", "SPEC_EXPR_HEADING", 30, 17),
        ("“支出数” / plan", "SPEC_EXPR_HEADING", 30, 10),
        ('"spent / （计 划 数)"', "SPEC_EXPR_HEADING", 30, 19),
        ("spent > plan", "SPEC_EXPR_OTHER", 30, 9),
        ("true", "SPEC_REFERENCE", 30, 9),
        ("(spent", "SPEC_EXPR_SYNTAX", 30, 9),
        ("spent /", "SPEC_EXPR_SYNTAX", 30, 16),
        ("spent / spend", "SPEC_REFERENCE", 30, 17),
        ("spent /\n      spend", "SPEC_REFERENCE", 31, 7),
    ],
)
def test_the_caret_stands_inside_an_expression(
    written: str, code: str, line: int, column: int, tmp_path: Path
) -> None:
    [finding] = check_spec(edited(tmp_path, "spent / plan\n", f"{written}\n"))
    assert (finding.code, finding.line, finding.column) == (code, line, column)


@pytest.mark.parametrize(
    ("condition", "code", "column"),
    [
        ("faults = 0 and max(plan, 1) > 2", "SPEC_EXPR_FUNCTION", 40),
        ("faults <> 0 and plan = round(spent)", "SPEC_EXPR_FUNCTION", 48),
        ("faults + 1", "SPEC_EXPR_OTHER", 25),
        ("0 < faults < 3", "SPEC_EXPR_OTHER", 25),
    ],
)
def test_the_caret_stands_inside_a_condition(condition: str, code: str, column: int, tmp_path: Path) -> None:
    clause = "clause: 一项差错扣1分，扣完为止"
    spec = edited(tmp_path, clause, f"{clause}\n{VETO.format(condition)}")
    [finding] = [one for one in check_spec(spec) if one.code.startswith("SPEC_EXPR")]
    assert (finding.code, finding.line, finding.column) == (code, 66, column)


def test_an_alias_is_found_where_it_is_used(tmp_path: Path) -> None:
    spec = edited(tmp_path, "title: 测试用评分标准（2030年度）", "title: &t 测试\nstauts: *t")
    findings = {one.code: (one.line, one.column) for one in check_spec(spec)}
    assert findings["SPEC_KEY_UNKNOWN"] == (4, 1)


def test_an_unknown_rule_kind_lists_all_kinds(tmp_path: Path) -> None:
    [finding] = check_spec(edited(tmp_path, "kind: deduct_each", "kind: formula"))
    assert all(kind in finding.fix for kind in _RULES_BY_KIND)
    assert "judgement，由填报人" in finding.fix
