"""Workbooks that are already out go on verifying, whatever generator and specs have become since."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.returned import verified
from workbook.fingerprint import load_released
from workbook.load.builtin import builtin_ids
from workbook.load.released import load_released_rubric, released_versions
from workbook.load.rubric import spec_hash
from workbook.published import load_cases
from workbook.scorer.evaluate import evaluate
from workbook.verifier.verdict import Verdict

MAILED = sorted((Path(__file__).parent / "mailed").glob("*.xlsx"))
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
