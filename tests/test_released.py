"""Workbooks that are already out go on verifying, whatever generator and specs have become since."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import MAILED
from tests.support.returned import verified
from workbook.check.run import check_spec
from workbook.evaluations.published import load_cases
from workbook.load.builtin import builtin_ids, builtin_path, released_folder
from workbook.load.released import (
    frozen_hashes,
    load_released_rubric,
    released_files,
    released_hash,
    released_rubric_path,
    released_versions,
)
from workbook.load.rubric import spec_hash
from workbook.scorer.evaluate import evaluate
from workbook.template.fingerprint import load_released
from workbook.verifier.verification import Verdict

RELEASED = [(rubric_id, version) for rubric_id in builtin_ids() for version in released_versions(rubric_id)]


@pytest.mark.parametrize("path", MAILED, ids=[path.name for path in MAILED])
def test_a_mailed_workbook_goes_on_verifying(path: Path) -> None:
    report = verified(path.read_bytes())
    assert report.evaluation is not None
    assert report.rubric is not None
    case = load_cases(report.rubric)[0]
    assert report.verdict is (Verdict.PASS if case.complete else Verdict.INCOMPLETE)
    assert report.evaluation.total == evaluate(case.rubric, case.data.inputs).total
    assert report.template == path.stem.rpartition(".t")[2]


def test_every_released_version_has_a_mailed_workbook() -> None:
    assert {path.stem for path in MAILED} == {f"{rubric_id}.t{version}" for rubric_id, version in RELEASED}


@pytest.mark.parametrize(("rubric_id", "version"), RELEASED)
def test_a_released_rubric_is_the_one_of_its_template(rubric_id: str, version: str) -> None:
    assert spec_hash(load_released_rubric(rubric_id, version)) == load_released(rubric_id, version).spec


# a released version is frozen


@pytest.mark.parametrize("rubric_id", builtin_ids())
def test_a_released_spec_says_what_it_said(rubric_id: str) -> None:
    found = [f"{one.file}:{one.line} {one.message}{one.fix}" for one in frozen(builtin_path(rubric_id))]
    assert not found, "\n".join(found)


def test_every_released_file_is_frozen_by_its_hash() -> None:
    kept = {
        path.name: released_hash(path) for rubric_id in builtin_ids() for path in released_files(rubric_id)
    }
    changed = sorted(name for name in kept | frozen_hashes() if kept.get(name) != frozen_hashes().get(name))
    assert not changed, (
        f"released files never change, restore them: {changed}; run workbook release for a new one"
    )
    assert {path.name for path in released_folder().iterdir()} == {*kept, "SHA256SUMS"}


def frozen(path: Path) -> list[Any]:
    return [one for one in check_spec(path) if one.code in {"SPEC_RELEASED", "RELEASED_CHANGED"}]


@pytest.mark.parametrize(
    ("stands", "before", "after"),
    [
        ("clause: 实际采购金额合计数 ÷ 采购计划金额合计数", "÷", "/"),
        ("proof: 已公布报告取 4.79，所印 44.03%，按两数计算为 44.05%", "44.05%", "44.06%"),
        ("  special_funds_detailed: {help: 没有专项资金的填满分}", "满分}", "零分}"),
        ("    of: sangong_spent / sangong_adjusted_budget", "sangong_spent /", "daily_spent /"),
    ],
)
def test_one_changed_character_is_told_with_what_to_do(
    stands: str, before: str, after: str, tmp_path: Path
) -> None:
    text = builtin_path("yantian-2023").read_text(encoding="utf-8")
    assert text.count(stands) == 1
    spec = tmp_path / "edited.yaml"
    spec.write_text(text.replace(stands, stands.replace(before, after)), encoding="utf-8")
    [finding] = frozen(spec)
    assert finding.code == "SPEC_RELEASED"
    assert finding.line == text[: text.index(stands)].count("\n") + 1
    assert before.rstrip("}") in finding.message
    assert after.rstrip("}") in finding.message
    assert "workbook release yantian-2023" in finding.fix
    assert "另建文件" in finding.fix


def test_comments_may_change_and_another_id_is_free(tmp_path: Path) -> None:
    text = builtin_path("yantian-2023").read_text(encoding="utf-8")
    spec = tmp_path / "edited.yaml"
    spec.write_text("# a remark\n" + text, encoding="utf-8")
    assert not frozen(spec)
    spec.write_text(text.replace("id: yantian-2023", "id: another-2023"), encoding="utf-8")
    assert not frozen(spec)


def in_place(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def test_a_changed_older_version_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "released"
    shutil.copytree(released_folder(), folder)
    monkeypatch.setattr("workbook.load.released.released_folder", lambda: folder)
    spec = builtin_path("dapeng-2024")
    assert not frozen(spec)
    older = released_rubric_path("dapeng-2024", "1")
    in_place(older, lambda text: text.replace("分", "份", 1))
    [finding] = frozen(spec)
    assert (finding.code, finding.file) == ("RELEASED_CHANGED", str(older))
    assert "dapeng-2024.t1.rubric.json" in finding.message
    # a version put there by hand, whatever its hash
    json_of = json.loads(older.read_text(encoding="utf-8"))
    for end in (".json", ".rubric.json", ".xlsx"):
        (folder / f"dapeng-2024.t9{end}").write_text(json.dumps(json_of), encoding="utf-8")
    assert [Path(one.file).name for one in frozen(spec)] == [
        "dapeng-2024.t1.rubric.json",
        "dapeng-2024.t9.json",
        "dapeng-2024.t9.rubric.json",
        "dapeng-2024.t9.xlsx",
    ]
