"""Published standards of other places, written in YAML alone: every spec of ``rubric_specs/examples``.

The cases in ``tests/cases/examples`` are filled by hand; their figures are made up.
"""

from __future__ import annotations

import re
import subprocess
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.engines.compare import SHARE, Engines
from tests.engines.generate import cases
from tests.engines.office import soffice
from tests.support import returned
from tests.support.budget import share_of
from tests.support.cli import run_json
from tests.support.package import package_problems
from workbook.api import new_workbook
from workbook.data.read import read_data
from workbook.load.builtin import builtin_ids, specs_folder
from workbook.load.rubric import load_rubric
from workbook.load.yamltext import Document
from workbook.returned.registry import Registry
from workbook.rubric.inputs import BLANK, Inputs
from workbook.rubric.keys import Key
from workbook.rubric.model import Rubric
from workbook.scorer.evaluate import evaluate
from workbook.verifier.verification import Verdict, Verification
from workbook.verifier.verify import verify_bytes

SPECS = {path.stem: path for path in sorted((specs_folder() / "examples").glob("*.yaml"))}
FILLED = {
    example: yaml.load(
        (Path(__file__).resolve().parent / "cases" / "examples" / f"{example}.yaml").read_text("utf-8"),
        yaml.BaseLoader,
    )
    for example in SPECS
}
CASES = [
    pytest.param(example, case, id=f"{example}-{case['case']}")
    for example in SPECS
    for case in FILLED[example]
]


@cache
def engines(example: str) -> Engines:
    return Engines(load_rubric(SPECS[example]))


def inputs_of(rubric: Rubric, case: dict) -> Inputs:
    data = {"department": "测试部门", **case["data"]}
    inputs = read_data(rubric, data, Document(SPECS[rubric.id], None, {})).inputs
    reasons = {one.id: "测试用的原因" for one in rubric.indicators}
    return Inputs(inputs.values, reasons, inputs.evidence, inputs.tables)


def verified(example: str, data: bytes) -> Verification:
    return verify_bytes(data, Registry.with_specs([SPECS[example]]), "测试.xlsx")


# the specs


def test_examples_are_not_built_in() -> None:
    listed = {one["id"] for one in run_json("rubrics")["rubrics"]}
    assert len(SPECS) >= 3
    assert not listed & set(SPECS)
    assert set(builtin_ids()) == listed


@pytest.mark.parametrize("example", SPECS)
def test_the_spec_is_clean_and_says_what_it_is(example: str) -> None:
    found = run_json("check", SPECS[example])["files"][0]["findings"]
    assert [one for one in found if one["severity"] != "note"] == []
    rubric = load_rubric(SPECS[example])
    assert (rubric.id, rubric.status) == (example, "example")
    assert "2026年11月21日阅读" in rubric.source
    assert all(one.weight_origin and one.clause_origin for one in rubric.indicators)


def test_the_readme_has_a_line_for_each_example() -> None:
    readme = (specs_folder() / "examples" / "README.md").read_text("utf-8")
    for example, spec in SPECS.items():
        points = load_rubric(spec).points
        (line,) = [one for one in readme.splitlines() if f"`{example}.yaml`" in one and one.startswith("|")]
        assert f"| {points.normalize():f} |" in line


# one number in every engine


@pytest.mark.parametrize(("example", "case"), CASES)
def test_by_hand(example: str, case: dict) -> None:
    rubric = engines(example).rubric
    evaluation = evaluate(rubric, inputs_of(rubric, case))
    scores = {one.indicator.id: one.score for one in evaluation.indicators}
    expected = {key: Fraction(value) for key, value in case["scores"].items()}
    assert {key: scores[key] for key in expected} == expected
    assert (evaluation.total, evaluation.grade) == (Fraction(case["total"]), case["grade"])
    assert evaluation.ready


def by_hand(example: str) -> list[Inputs]:
    return [BLANK, *(inputs_of(engines(example).rubric, case) for case in FILLED[example])]


@pytest.mark.parametrize("example", SPECS)
def test_all_engines_agree(example: str) -> None:
    """On the blank workbook, on the cases by hand, and on cases by chance."""
    one = engines(example)
    assert one.without_office([*by_hand(example), *cases(one.rubric, share_of(40), seed=7)]) == []


@pytest.mark.libreoffice
@pytest.mark.parametrize("example", SPECS)
def test_libreoffice_agrees(example: str) -> None:
    one = engines(example)
    assert one.with_office([*by_hand(example), *cases(one.rubric, 40, seed=7)[::SHARE]]) == []


# the workbooks


@pytest.mark.parametrize(("example", "case"), CASES)
def test_a_filled_workbook_passes(example: str, case: dict) -> None:
    rubric = engines(example).rubric
    report = verified(example, new_workbook(rubric, inputs=inputs_of(rubric, case)))
    assert report.verdict is Verdict.PASS, report.findings


@pytest.mark.parametrize("example", SPECS)
def test_a_tampered_score_fails(example: str) -> None:
    """Typed over, or only the saved value changed."""
    rubric, template = engines(example).rubric, engines(example).template
    case = next(one for one in FILLED[example] if Fraction(one["total"]) < Fraction(rubric.points))
    data = new_workbook(rubric, inputs=inputs_of(rubric, case))
    total, score = (template.quantities[key] for key in (Key.total(), Key.score(rubric.indicators[0].id)))
    typed = verified(example, returned.with_cell(data, score, returned.number(rubric.indicators[0].points)))
    assert typed.verdict is Verdict.FAIL
    assert score in returned.places(typed, "FORMULA_CHANGED")
    saved = verified(example, returned.with_cache(data, total, str(rubric.points)))
    assert saved.verdict is Verdict.FAIL
    assert total in returned.places(saved, "CACHE_DIFFERS")


@pytest.mark.parametrize("example", SPECS)
def test_the_blank_is_sound(example: str) -> None:
    blank = new_workbook(engines(example).rubric)
    assert package_problems(blank) == []
    assert verified(example, blank).verdict is Verdict.INCOMPLETE


@pytest.mark.libreoffice
def test_the_blanks_print(tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    books = []
    for example in SPECS:
        books.append(tmp_path / f"{example}.xlsx")
        books[-1].write_bytes(new_workbook(engines(example).rubric))
    subprocess.run(
        [
            soffice(), profile, "--headless", "--norestore",
            "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, books),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    for book in books:
        pages = len(re.findall(rb"/Type\s*/Page\b", book.with_suffix(".pdf").read_bytes()))
        assert 8 <= pages <= 16, (book.name, pages)  # seven sheets or eight, some in two parts
