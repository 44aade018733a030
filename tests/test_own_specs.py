"""Rubrics of one's own: YAML only, made known to the verifier by --rubric."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.cli import run, run_json
from workbook.api import new_workbook
from workbook.load.builtin import builtin_ids
from workbook.load.rubric import load_rubric
from workbook.returned.registry import Registry
from workbook.rubric.inputs import Inputs
from workbook.rubric.model import Rubric
from workbook.scorer.evaluate import Evaluation, evaluate
from workbook.verifier.verification import Verdict
from workbook.verifier.verify import verify_batch

SPEC = Path(__file__).resolve().parent / "specs" / "every_rule.yaml"


def test_new_score_verify_with_a_spec_file(tmp_path: Path) -> None:
    book = tmp_path / "own.xlsx"
    run_json("new", SPEC, "-o", book, "--department", "测试局")
    unknown = run_json("verify", book, status=1)["files"][0]
    assert (unknown["verdict"], unknown["findings"][0]["code"]) == ("fail", "RUBRIC_NOT_KNOWN")
    assert any(one in unknown["findings"][0]["fix"] for one in builtin_ids())
    known = run_json("verify", book, "--rubric", SPEC, status=1)["files"][0]
    assert known["verdict"] == "incomplete"
    assert known["template"].startswith("draft-")
    assert {one["code"] for one in known["findings"]} == {"FIELD_OPEN"}


def test_a_spec_that_was_changed_meanwhile_is_named(tmp_path: Path) -> None:
    book = tmp_path / "own.xlsx"
    run_json("new", SPEC, "-o", book)
    changed = tmp_path / "changed.yaml"
    changed.write_text(SPEC.read_text(encoding="utf-8").replace("each: 0.7", "each: 0.8"), encoding="utf-8")
    file = run_json("verify", book, "--rubric", changed, status=1)["files"][0]
    assert [one["code"] for one in file["findings"]] == ["SPEC_DIFFERS"]


def test_a_comment_changes_nothing(tmp_path: Path) -> None:
    book = tmp_path / "own.xlsx"
    run_json("new", SPEC, "-o", book)
    commented = tmp_path / "commented.yaml"
    commented.write_text("# a remark\n" + SPEC.read_text(encoding="utf-8"), encoding="utf-8")
    assert run_json("verify", book, "--rubric", commented, status=1)["files"][0]["verdict"] == "incomplete"


def test_a_workbook_of_another_rubric_is_no_data(tmp_path: Path) -> None:
    book = tmp_path / "own.xlsx"
    run_json("new", SPEC, "-o", book)
    found = run_json("score", "yantian-2023", "--data", book, status=2)["findings"]
    assert [one["code"] for one in found] == ["RUBRIC_OTHER"]


def test_a_spec_with_errors_is_refused_everywhere(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("id: bad-2024\ntitel: x\n", encoding="utf-8")
    for command in (
        ("describe", bad),
        ("new", bad, "-o", tmp_path / "x.xlsx"),
        ("verify", SPEC, "--rubric", bad),
    ):
        result = run(*command, "--json")
        assert result.exit_code == 2
        assert {"SPEC_KEY_UNKNOWN", "SPEC_KEY_MISSING"} <= {
            one["code"] for one in json.loads(result.stdout)["findings"]
        }
    assert not (tmp_path / "x.xlsx").exists()


def test_a_fault_of_the_program_stops_one_file_only(monkeypatch: pytest.MonkeyPatch) -> None:
    data = new_workbook(load_rubric("yantian-2023"))
    calls = []

    def evaluate_once(rubric: Rubric, inputs: Inputs, *, traced: bool) -> Evaluation:
        calls.append(1)
        if len(calls) == 1:
            raise ZeroDivisionError("a made-up fault")
        return evaluate(rubric, inputs, traced=traced)

    monkeypatch.setattr("workbook.verifier.verify.evaluate", evaluate_once)
    first, second = verify_batch([("a.xlsx", data), ("b.xlsx", data)], Registry())
    assert (first.verdict, first.findings[0].code) == (Verdict.FAIL, "INTERNAL")
    assert second.verdict is Verdict.INCOMPLETE
