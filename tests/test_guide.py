"""The author's guide: what it quotes stands in its spec, what it says of figures is what comes out."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.engines.compare import Engines
from tests.guide import BLOCK, CASE, DOCS, GUIDE, SPEC, TEXT, Clause, anchor, blocks, clauses, table, written
from tests.support.cli import run
from workbook.as_json import exact
from workbook.check.run import check_spec
from workbook.data.read import read_data
from workbook.load.rubric import load_rubric
from workbook.load.yamltext import Document
from workbook.rubric.inputs import Inputs
from workbook.rubric.model import Rubric
from workbook.rubric.parts import walk_rules
from workbook.rubric.rules import RULE_KINDS
from workbook.rubric.values import Strict
from workbook.scorer.evaluate import Evaluation, evaluate

CLAUSES = list(clauses())
MESSAGES = {row[0].strip("`"): row[1] for row in table("messages")}


def test_every_block_says_what_it_is() -> None:
    assert "```yaml\n" not in TEXT
    assert {mark for mark, _ in BLOCK.findall(TEXT)} == {"part", "case", "clause", "overlay"}


@pytest.mark.parametrize(("mark", "file"), [("part", SPEC), ("case", CASE)])
def test_what_the_guide_quotes_stands_in_the_file_word_for_word(mark: str, file: Path) -> None:
    whole = file.read_text(encoding="utf-8")
    quoted = blocks(mark)
    assert quoted
    for block in quoted:
        assert f"\n{block}" in f"\n{whole}", block


def test_the_guide_quotes_the_whole_spec() -> None:
    """Each line of the spec stands in the guide: nothing in it goes unexplained."""
    shown = {line for block in blocks("part") for line in block.splitlines()}
    for line in SPEC.read_text(encoding="utf-8").splitlines():
        assert not line.strip() or line in shown, line


def test_the_spec_has_no_findings() -> None:
    assert check_spec(SPEC) == []


def test_the_annex_is_what_the_spec_says() -> None:
    rubric = load_rubric(SPEC)
    whole = [one for one in rubric.indicators if one.id not in rubric.beside]
    annex = [(row[2], row[3]) for row in table("annex")]
    assert annex == [(one.name, f"{one.points.normalize():f}") for one in whole]
    assert sum(Fraction(points) for _, points in annex) == Fraction(rubric.points) == 100


def scored(rubric: Rubric, data: dict[str, Any]) -> Evaluation:
    return evaluate(rubric, inputs_of(rubric, data))


def inputs_of(rubric: Rubric, data: dict[str, Any]) -> Inputs:
    return read_data(rubric, data, Document(SPEC, None, {})).inputs


def test_the_case_scores_as_the_guide_says() -> None:
    rubric = load_rubric(SPEC)
    data = yaml.load(CASE.read_text(encoding="utf-8"), yaml.BaseLoader)
    evaluation = scored(rubric, data)
    said = {row[0]: row[2].strip("*") for row in table("by hand")}
    for one in evaluation.indicators:
        assert said.pop(one.indicator.name) == exact(one.score), one.indicator.name
    assert said.pop("总分") == exact(evaluation.total)
    assert said.pop("等级") == evaluation.grade
    assert not said
    without = {**data, "has_exhibition": "否"}
    del without["exhibition_level"], without["exhibition_degree"]
    slow = {**data, "total_spending": "700"}
    blank = {key: value for key, value in data.items() if key != "public_satisfaction"}
    inputs = [inputs_of(rubric, one) for one in (data, without, slow, blank, {**data, "secret_leaked": "是"})]
    assert f"**{exact(evaluate(rubric, inputs[1]).total)}**" in TEXT
    assert Engines(rubric).with_formulas(inputs) == []


@pytest.mark.parametrize("clause", CLAUSES, ids=[one.name for one in CLAUSES])
def test_every_clause_loads_and_gives_what_the_guide_says(clause: Clause, tmp_path: Path) -> None:
    path = written(clause, tmp_path)
    assert [one.message for one in check_spec(path) if one.severity != "note"] == []
    rubric = load_rubric(path)
    batch = []
    assert clause.tries
    for data, said in clause.tries:
        evaluation = scored(rubric, data)
        batch.append(inputs_of(rubric, data))
        assert result(evaluation, said) == said, data
    assert Engines(rubric).with_formulas(batch) == []


def result(evaluation: Evaluation, said: str) -> str:
    """What the evaluation says of the thing that the guide speaks of: the score, the total, a light …"""
    one = evaluation.indicators[0]
    if said.startswith("总分"):
        return f"总分 {exact(evaluation.total)}" + (f"，{evaluation.grade}" if "，" in said else "")
    if said.endswith("灯"):
        return next(iter(evaluation.lights.values()))
    return exact(one.score) or "待填"


def test_every_rule_kind_has_a_clause(tmp_path: Path) -> None:
    told: set[type[Strict]] = set()
    for clause in CLAUSES:
        rubric = load_rubric(written(clause, tmp_path))
        items = [item for one in rubric.indicators if one.id != "rest" for item in one.items]
        told.update(type(rule) for item in items for rule in walk_rules(item.rule))
    assert set(RULE_KINDS) - told == set()


def test_the_overlay_loads_upon_the_open_clause(tmp_path: Path) -> None:
    (base,) = [one for one in CLAUSES if "open" in one.snippet]
    written(base, tmp_path)
    (block,) = blocks("overlay")
    path = tmp_path / "overlay.yaml"
    path.write_text(block, encoding="utf-8")
    assert check_spec(path) == []
    evaluation = scored(load_rubric(path), {"services_kept": "是", "rest_done": "是"})
    assert evaluation.total == 100


MISTAKES = {
    "YAML_SYNTAX": ("    of: total_spending / adjusted_budget", "    of： total_spending / adjusted_budget"),
    "YAML_DUPLICATE_KEY": ("    clause: 全年支出 ÷ 调整后预算", "    clause: 甲\n    clause: 乙"),
    "SPEC_KEY_UNKNOWN": ("about: 预算编制是否准确", "abuot: 预算编制是否准确"),
    "SPEC_KEY_MISSING": ("            about: 预算编制是否准确，是否按时报送\n", ""),
    "SPEC_RULE_UNKNOWN": ("deduct_each, count: budgeting_faults", "deduct_eech, count: budgeting_faults"),
    "SPEC_FIELD_UNKNOWN": ("fields: [public_satisfaction,", "fields: [public_satisfacton,"),
    "SPEC_FIELD_UNPLACED": ("fields: [awards, violations]", "fields: [awards]"),
    "SPEC_REFERENCE": ("of: total_spending / adjusted_budget", "of: total_spending / adjusted_bugdet"),
    "SPEC_EXPR_SYNTAX": ("when: execution_rate < 0.6", "when: execution_rate < 60%"),
    "SPEC_DIVISION": (
        "of: (sangong_spent - sangong_spent_before) / sangong_spent_before",
        "of: sangong_spent / sangong_spent_before - 1",
    ),
    "SPEC_FIELD_KIND": ("all_or_nothing, field: no_accident", "all_or_nothing, field: drills"),
    "SPEC_POINTS_TOTAL": ("points: 10\n            about: 全年", "points: 11\n            about: 全年"),
    "SPEC_ITEMS_TOTAL": (
        "- id: drills\n                points: 3",
        "- id: drills\n                points: 4",
    ),
    "SPEC_BANDS_GAP": ("{at_least: 90%, points: 5}", "{at_least: 90, points: 5}"),
    "SPEC_SHARE_EDGE": ("limit: 95%, each: 1", "limit: 95, each: 1"),
    "SPEC_MALUS": (
        "{kind: earn_each, count: violations, each: 2}",
        "{kind: deduct_each, count: violations, each: 2}",
    ),
    "SPEC_BANDS_OVERLAP": (
        "{at_least: 75%, below: 90%, points: 3}",
        "{at_least: 75%, at_most: 90%, points: 3}",
    ),
    "SPEC_OPTIONS_DIFFER": (
        "{按规定公开: 2, 公开但有不符合要求: 1, 未公开: 0}",
        "{按规定公开: 2, 有不符合要求: 1, 未公开: 0}",
    ),
    "SPEC_FIELD_SHARED": ("{kind: all_or_nothing, field: no_accident}", "{kind: judgement, field: drills}"),
    "SPEC_EXPR_ANSWER": ("when: execution_rate < 0.6", "when: secret_leaked == 否"),
    "SPEC_EXPR_RELATION": ("when: execution_rate < 0.6", "when: execution_rate ≤ 0.6"),
    "SPEC_EXPR_HEADING": (
        "of: total_spending / adjusted_budget",
        "of: total_spending / 三公经费预算安排（调整预算）数",
    ),
    "SPEC_RELATION": ('relation: "<="', 'relation: "=="'),
    "SPEC_NAME_INVALID": ("name: 表彰项数", "name: 表彰项数, cell_name: BZ2025"),
    "SPEC_NAME_TWICE": ("name: 绩效目标管理", "name: 预算编制质量"),
    "SPEC_GRADES": ("{name: 差, at_least: 0}", "{name: 差, at_least: 40}"),
    "SPEC_POINTS_UNREACHABLE": ("{at_least: 90%, points: 5}", "{at_least: 90%, points: 4}"),
    "SPEC_FIELD_UNUSED": ("fields: [awards, violations]", "fields: [awards, violations, assets_total]"),
    "SPEC_RATE_NEGATIVE": ("proportional, on: receiving_rate", "proportional, on: sangong_change"),
    "SPEC_STATUS": ("status: made-up", "status: 试行"),
}
"""For each code of the guide's table: a line of the spec, and the mistake in it."""


def test_every_message_has_its_mistake() -> None:
    assert MESSAGES.keys() == MISTAKES.keys()


@pytest.mark.parametrize("code", MISTAKES)
def test_the_mistake_gives_the_message(code: str, tmp_path: Path) -> None:
    right, wrong = MISTAKES[code]
    text = SPEC.read_text(encoding="utf-8")
    assert right in text
    path = tmp_path / "archive-2025.yaml"
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    assert MESSAGES[code] in [one.message for one in check_spec(path) if one.code == code]


SILENT = {
    "clause and rule differ": [("每超过1个百分点扣0.5分，扣完", "每超过1个百分点扣1分，扣完")],
}
"""The mistakes that the guide says pass the check; one that no longer does belongs into the other table."""


@pytest.mark.parametrize("mistakes", SILENT.values(), ids=SILENT)
def test_the_check_does_not_see_them(mistakes: list[tuple[str, str]], tmp_path: Path) -> None:
    text = SPEC.read_text(encoding="utf-8")
    for right, wrong in mistakes:
        assert right in text
        text = text.replace(right, wrong, 1)
    path = tmp_path / "archive-2025.yaml"
    path.write_text(text, encoding="utf-8")
    assert check_spec(path) == []


def test_the_message_shown_is_what_check_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right, wrong = MISTAKES["SPEC_BANDS_GAP"]
    text = SPEC.read_text(encoding="utf-8").replace(right, wrong, 1)
    (tmp_path / SPEC.name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("check", SPEC.name).output.strip() in TEXT


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", TEXT):
        file, _, part = target.partition("#")
        page = DOCS / file if file else GUIDE
        assert page.exists(), target
        if part:
            headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
            assert part in [anchor(one) for one in headings], target
