"""The author's guide: what it quotes stands in its spec, what it says of figures is what comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.engines.compare import Engines
from tests.test_cli import run
from workbook.as_json import exact
from workbook.check.run import check_spec
from workbook.data import read_data
from workbook.load.builtin import SHARED_FIELDS, specs_folder
from workbook.load.rubric import COVER_FIELDS, load_rubric
from workbook.load.yamltext import Document
from workbook.scorer.evaluate import Evaluation, evaluate
from workbook.spec.inputs import Inputs
from workbook.spec.model import ALIKE, Rubric
from workbook.spec.needs import walk_rules
from workbook.spec.rules import RULE_KINDS
from workbook.spec.values import Strict

DOCS = Path(__file__).resolve().parent.parent / "docs"
GUIDE = DOCS / "authoring.md"
SPEC = DOCS / "authoring" / "archive-2025.yaml"
CASE = DOCS / "authoring" / "archive-2025-case.yaml"
TEXT = GUIDE.read_text(encoding="utf-8")

BLOCK = re.compile(r"^```yaml (\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TRY = re.compile(r"^- Try: `(.+?)` → (.+)$", re.MULTILINE)


def blocks(mark: str) -> list[str]:
    """The YAML blocks of the guide with a mark."""
    return [text for found, text in BLOCK.findall(TEXT) if found == mark]


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


# ---- the annex on paper ----------------------------------------------------------------------------


def annex() -> list[tuple[str, str]]:
    """Name and points of each row of the annex table."""
    table = TEXT.partition("<!-- annex -->")[2].partition("<!-- /annex -->")[0]
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.strip().splitlines()
    ]
    return [(row[2], row[3]) for row in rows[2:]]


def test_the_annex_is_what_the_spec_says() -> None:
    rubric = load_rubric(SPEC)
    whole = [one for one in rubric.indicators if one.id not in rubric.beside]
    assert annex() == [(one.name, f"{one.points.normalize():f}") for one in whole]
    assert sum(Fraction(points) for _, points in annex()) == Fraction(rubric.points) == 100


# ---- the case by hand ------------------------------------------------------------------------------


def scored(rubric: Rubric, data: dict[str, Any]) -> Evaluation:
    return evaluate(rubric, inputs_of(rubric, data))


def inputs_of(rubric: Rubric, data: dict[str, Any]) -> Inputs:
    return read_data(rubric, data, Document(SPEC, None, {})).inputs


def by_hand() -> dict[str, str]:
    """What the guide's table of the case says: an indicator's name or a result, and its score."""
    table = TEXT.partition("<!-- by hand -->")[2].partition("<!-- /by hand -->")[0]
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.strip().splitlines()
    ]
    return {row[0]: row[2].strip("*") for row in rows[2:]}


def test_the_case_scores_as_the_guide_says() -> None:
    rubric = load_rubric(SPEC)
    data = yaml.load(CASE.read_text(encoding="utf-8"), yaml.BaseLoader)
    evaluation = scored(rubric, data)
    said = by_hand()
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


# ---- the clauses -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Clause:
    """A snippet of the second part with what it is said to give."""

    name: str
    snippet: dict[str, Any]
    tries: tuple[tuple[dict[str, Any], str], ...]


def clauses() -> Iterator[Clause]:
    for part in re.split(r"^### ", TEXT, flags=re.MULTILINE)[1:]:
        for mark, block in BLOCK.findall(part):
            if mark == "clause":
                tries = tuple(
                    (yaml.load(f"{{{data}}}", yaml.BaseLoader), result) for data, result in TRY.findall(part)
                )
                yield Clause(part.partition("\n")[0], yaml.load(block, yaml.BaseLoader), tries)


CLAUSES = list(clauses())
INDICATOR_KEYS = {"points", "items", "open", "scored_as", "veto", "exempt", "not_applicable", "items_total"}


def spec_of(clause: Clause) -> dict[str, Any]:
    """The snippet as a whole spec: what it leaves out is filled in with made-up words."""
    spec = {key: value for key, value in clause.snippet.items() if key not in INDICATOR_KEYS}
    inside = {key: value for key, value in clause.snippet.items() if key in INDICATOR_KEYS}
    if inside:
        worth = [Fraction(item["points"]) for item in inside.get("items", [])]
        points = worth[0] if inside.get("scored_as") in ALIKE else sum(worth)
        points = Fraction(inside.get("points", points))
        indicator = {"id": "one", "name": "指标", "about": "假设", "points": str(points), **inside}
        rest = {
            "id": "rest", "name": "其余", "about": "假设", "points": str(100 - points),
            "items": [{"id": "rest", "points": str(100 - points), "place": "全文", "clause": "假设",
                       "rule": {"kind": "all_or_nothing", "field": "rest_done"}}],
        }  # fmt: skip
        spec["dimensions"] = [{"name": "部分", "groups": [{"name": "组", "indicators": [indicator, rest]}]}]
        spec["fields"] = {
            **spec.get("fields", {}), "rest_done": {"label": "其余做到", "name": "其余做到", "kind": "yesno"}
        }  # fmt: skip
    dictionary = yaml.safe_load((specs_folder() / SHARED_FIELDS).read_text(encoding="utf-8"))
    words = set(re.findall(r"[a-z0-9_]+", yaml.safe_dump(clause.snippet, allow_unicode=True)))
    listed = [
        *spec.get("fields", {}),
        *(one for one in dictionary if one in words and one not in COVER_FIELDS),
    ]
    return {
        "id": "clause-2025", "title": "条款", "issuer": "虚构", "fiscal_year": 2025, "status": "made-up",
        "source": "测试", "points": 100,
        "grades": {"bands": [{"name": "优", "at_least": 90}, {"name": "良", "at_least": 80},
                             {"name": "中", "at_least": 60}, {"name": "差", "at_least": 0}]},
        "sections": [{"title": "一、数据", "fields": list(dict.fromkeys(listed))}],
        **spec,
    }  # fmt: skip


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


def written(clause: Clause, folder: Path) -> Path:
    """The snippet's spec as a file."""
    path = folder / "clause-2025.yaml"
    path.write_text(yaml.safe_dump(spec_of(clause), allow_unicode=True), encoding="utf-8")
    return path


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


# ---- messages --------------------------------------------------------------------------------------

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
    "SPEC_BANDS_OVERLAP": (
        "{at_least: 75%, below: 90%, points: 3}",
        "{at_least: 75%, at_most: 90%, points: 3}",
    ),
    "SPEC_OPTIONS_DIFFER": (
        "{按规定公开: 2, 公开但有不符合要求: 1, 未公开: 0}",
        "{按规定公开: 2, 有不符合要求: 1, 未公开: 0}",
    ),
    "SPEC_FIELD_SHARED": ("{kind: all_or_nothing, field: no_accident}", "{kind: judgement, field: drills}"),
    "SPEC_NAME_INVALID": ("name: 表彰项数", "name: BZ2025"),
    "SPEC_GRADES": ("{name: 差, at_least: 0}", "{name: 差, at_least: 40}"),
    "SPEC_POINTS_UNREACHABLE": ("{at_least: 90%, points: 5}", "{at_least: 90%, points: 4}"),
    "SPEC_FIELD_UNUSED": ("fields: [awards, violations]", "fields: [awards, violations, assets_total]"),
    "SPEC_RATE_NEGATIVE": ("proportional, on: receiving_rate", "proportional, on: sangong_change"),
    "SPEC_STATUS": ("status: made-up", "status: 试行"),
}
"""For each code of the guide's table: a line of the spec, and the mistake in it."""


def messages() -> dict[str, str]:
    table = TEXT.partition("<!-- messages -->")[2].partition("<!-- /messages -->")[0]
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.strip().splitlines()
    ]
    return {row[0].strip("`"): row[1] for row in rows[2:]}


def test_every_message_has_its_mistake() -> None:
    assert messages().keys() == MISTAKES.keys()


@pytest.mark.parametrize("code", MISTAKES)
def test_the_mistake_gives_the_message(code: str, tmp_path: Path) -> None:
    right, wrong = MISTAKES[code]
    text = SPEC.read_text(encoding="utf-8")
    assert right in text
    path = tmp_path / "archive-2025.yaml"
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    assert messages()[code] in [one.message for one in check_spec(path) if one.code == code]


def test_the_message_shown_is_what_check_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right, wrong = MISTAKES["SPEC_BANDS_GAP"]
    text = SPEC.read_text(encoding="utf-8").replace(right, wrong, 1)
    (tmp_path / SPEC.name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("check", SPEC.name).output.strip() in TEXT


# ---- links -----------------------------------------------------------------------------------------


def anchor(heading: str) -> str:
    """The anchor of a heading on a page of the repository."""
    kept = "".join(one for one in heading.lower() if one.isalnum() or one in " -_")
    return kept.replace(" ", "-")


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", TEXT):
        file, _, part = target.partition("#")
        page = DOCS / file if file else GUIDE
        assert page.exists(), target
        if part:
            headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
            assert part in [anchor(one) for one in headings], target
