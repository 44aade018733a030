"""The lints: each bad spec is reported where its author went wrong, in words that help; nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, assert_never

import pytest

from tests.support import bad_specs
from tests.support.paths import TINY
from workbook.check.run import check_spec
from workbook.codes import CODES
from workbook.findings import Severity
from workbook.formula import rules as formula_rules
from workbook.load.builtin import builtin_path
from workbook.rubric.rules import DeductEach, Fixed, RuleKind
from workbook.scorer import rules as score_rules

HERE = Path(__file__).parent

ELSEWHERE = {
    "SPEC_DIFFERS": "said of a returned workbook, not of a spec",
    "FORMULA_NOT_PORTABLE": "no workbook holds such a construct; see test_engine_facts",
    "SPEC_RULE_UNSUPPORTED": "no rule kind lacks a back-end; tested below",
}

BANDS_RULE = """
                  kind: bands
                  on: spending_rate
                  bands:
                    - {at_least: 90%, points: 6}
                    - {below: 90%, points: 3}"""
DEDUCT_RULE = "{kind: deduct_each, count: faults, each: 1}"
COUNT_RULE = """
                  kind: bands
                  on: faults
                  bands:
                    - {at_most: 3, points: 4}
                    - {above: 3, points: 0}
                    - {at_least: 200000, points: 0}"""
CLAUSE = "clause: 一项差错扣1分，扣完为止"
EXEMPT = """
                exempt: {when: not filled(plan), clause: 没有计划的，得满分}"""


def edited(folder: Path, *edits: tuple[str, str]) -> Path:
    """The tiny spec with pieces of its text replaced."""
    text = TINY.read_text(encoding="utf-8")
    for stands, other in edits:
        assert text.count(stands) == 1, stands
        text = text.replace(stands, other)
    spec = folder / "edited.yaml"
    spec.write_text(text, encoding="utf-8")
    return spec


@pytest.mark.parametrize("name", bad_specs.NAMES)
def test_a_bad_spec_is_reported_at_its_line_and_nowhere_else(name: str, tmp_path: Path) -> None:
    expected, path = bad_specs.expectations(name), bad_specs.write(name, tmp_path)
    findings = check_spec(path)

    assert [(one.code, one.line) for one in findings] == [(one.code, one.line) for one in expected]
    lines = path.read_text(encoding="utf-8").splitlines()
    for finding, one in zip(findings, expected, strict=True):
        assert finding.file == str(path)
        assert finding.column == lines[one.line - 1].index(one.at) + 1
        for words in one.words:
            assert words in finding.message + finding.fix


def test_every_finding_about_specs_has_a_bad_spec() -> None:
    shown = {one.code for name in bad_specs.NAMES for one in bad_specs.expectations(name)}
    about_specs = {code for code in CODES if code.startswith(("SPEC_", "YAML_"))}
    assert shown == about_specs - ELSEWHERE.keys()


def test_each_bad_spec_expects_words() -> None:
    for name in bad_specs.NAMES:
        assert bad_specs.expectations(name), name
        assert all(one.words for one in bad_specs.expectations(name)), name


def test_the_tiny_spec_is_clean() -> None:
    assert check_spec(TINY) == []


@pytest.mark.parametrize(
    ("stands", "other"),
    [
        pytest.param(f" {DEDUCT_RULE}", COUNT_RULE, id="bands-beyond-bounds"),
        pytest.param("spent / plan", "abs(spent - plan) / plan", id="abs-is-a-rate"),
        pytest.param(BANDS_RULE, " {kind: proportional, on: spending_rate}", id="sums-stay-positive"),
        pytest.param("left: spent", "left: abs(spent * 2) / 2", id="divisor-a-number"),
        pytest.param(CLAUSE, CLAUSE + EXEMPT, id="filled-asks-any-field"),
    ],
)
def test_what_is_right_is_not_reported(stands: str, other: str, tmp_path: Path) -> None:
    assert check_spec(edited(tmp_path, (stands, other))) == []


def test_dapeng_2024_is_clean() -> None:
    assert check_spec(builtin_path("dapeng-2024")) == []


def test_yantian_2023_has_one_acknowledged_sum_and_nothing_else() -> None:
    [finding] = check_spec(builtin_path("yantian-2023"))
    assert (finding.code, finding.severity) == ("SPEC_ITEMS_TOTAL_KNOWN", Severity.NOTE)
    assert (finding.indicator, finding.clause) == ("target_clarity", "绩效指标明确性")
    assert "合计 7，分值是 5" in finding.message


def unread(kind: type[RuleKind]) -> Callable[[Any], None]:
    """The reading of a back-end that has all kinds but one."""

    def reading(rule: Any) -> None:
        if isinstance(rule, kind):
            assert_never(rule)

    return reading


@pytest.mark.parametrize(
    ("backend", "words"), [(score_rules, "标准算法"), (formula_rules, "工作簿公式")], ids=["score", "formula"]
)
def test_a_rule_kind_that_a_back_end_lacks_is_reported(
    backend: object, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend, "reading", unread(DeductEach))
    [finding] = check_spec(TINY)
    assert (finding.code, finding.clause) == ("SPEC_RULE_UNSUPPORTED", "预算执行 第2项")
    assert "“deduct_each”" in finding.message
    assert words in finding.message
    assert finding.line == 1 + next(
        number for number, line in enumerate(TINY.read_text().splitlines()) if "deduct_each" in line
    )


def test_a_rule_inside_a_rule_is_asked_for_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score_rules, "reading", unread(Fixed))
    findings = [one for one in check_spec(builtin_path("yantian-2023")) if one.severity is Severity.ERROR]
    assert [one.indicator for one in findings] == [
        "digital_government",
        "digital_government",
        "model_department",
    ]


@pytest.mark.parametrize("backend", [score_rules, formula_rules], ids=["score", "formula"])
def test_a_back_end_does_not_claim_a_kind_that_it_has_never_heard_of(backend: Any) -> None:
    class Unheard(RuleKind, word="未闻"):
        pass

    with pytest.raises(AssertionError):
        backend.reading(Unheard())


def test_all_faults_are_reported_in_one_run_by_line(tmp_path: Path) -> None:
    spec = edited(
        tmp_path,
        ("id: tiny-2030", "id: Tiny"),
        ("at_least: 0}", "at_least: 1}"),
        ("{below: 90%, points: 3}", "{below: 80%, points: 7}"),
        ("each: 1}", "each: 0}"),
    )

    findings = check_spec(spec)

    assert [one.code for one in findings] == [
        "SPEC_ID",
        "SPEC_GRADES",
        "SPEC_BANDS_GAP",
        "SPEC_BAND_POINTS",
        "SPEC_DEDUCTION",
    ]
    lines = [one.line for one in findings]
    assert lines == sorted(line for line in lines if line is not None)


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    assert [one.code for one in check_spec(tmp_path / "nothing.yaml")] == ["FILE_UNREADABLE"]


def test_a_spec_in_gb18030_is_read(tmp_path: Path) -> None:
    spec = tmp_path / "tiny.yaml"
    spec.write_text(TINY.read_text(encoding="utf-8"), encoding="gb18030")
    assert check_spec(spec) == []
