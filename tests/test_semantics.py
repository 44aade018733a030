"""The rules at the edges (docs/semantics.md): both back-ends, what remedies lead to, what is told.

Cases by hand stand in ``tests/cases/semantics.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.compare import Engines
from tests.support.budget import share_of
from tests.support.paths import TINY
from workbook.api import new_workbook
from workbook.check.run import check_spec
from workbook.data.read import read_data
from workbook.load.builtin import builtin_ids
from workbook.load.rubric import load_rubric
from workbook.load.yamltext import Document
from workbook.returned.registry import Registry
from workbook.rubric.expr_parser import parse_operand
from workbook.rubric.inputs import Inputs
from workbook.rubric.keys import Key
from workbook.rubric.model import Rubric
from workbook.rubric.signs import below, pull
from workbook.rubric.states import FieldState, Special
from workbook.scorer.evaluate import Evaluation, evaluate
from workbook.scorer.quantities import quantities
from workbook.verifier.verification import Verdict
from workbook.verifier.verify import verify_bytes

SPEC = Path(__file__).resolve().parent / "specs" / "semantics.yaml"
COMPOSED = SPEC.with_name("composed.yaml")
RUBRIC = load_rubric(SPEC)
FIGURES = ("before", "actual", "target", "budget", "spent", "cases", "finished", "returned")
SHARES = st.sampled_from([Decimal(n) / 10 for n in (-10, -3, 0, 4, 10, 13, 20)])
SMALL = st.sampled_from([Decimal(n) for n in (0, 0, 0, 1, 2, 3)])


@cache
def engines() -> Engines:
    return Engines(RUBRIC)


def scored(rubric: Rubric, spec: Path, **data: object) -> Evaluation:
    texts = {key: str(value) if isinstance(value, int) else value for key, value in data.items()}
    return evaluate(rubric, read_data(rubric, texts, Document(spec, None)).inputs)


def item(evaluation: Evaluation, key: str) -> Fraction | None:
    return next(one.raw for each in evaluation.indicators for one in each.items if one.key == key)


@st.composite
def at_zero(draw: st.DrawFn) -> Inputs:
    """Figures of which most are zero; a few blank."""
    values: dict[str, Decimal | str] = {"measured": "是", "applies": draw(st.sampled_from(["是", "否"]))}
    for name in FIGURES:
        value = draw(st.one_of(st.none(), *[SHARES if name == "returned" else SMALL] * 6))
        if value is not None:
            values[name] = value
    return Inputs(values)


@settings(max_examples=share_of(40), deadline=None)
@given(st.lists(at_zero(), min_size=4, max_size=8))
def test_zero_bases_agree_and_nothing_is_below_zero(batch: list[Inputs]) -> None:
    assert engines().with_formulas(batch) == []
    for inputs in batch:
        evaluation = evaluate(RUBRIC, inputs)
        points = [(one.raw, one.item.points) for each in evaluation.indicators for one in each.items]
        assert all(raw is None or 0 <= raw <= most for raw, most in points)
        assert evaluation.total >= 0
        low, high = evaluation.attainable
        assert low <= evaluation.total <= high


@settings(max_examples=share_of(200), deadline=None)
@given(at_zero())
def test_bands_and_cases_of_one_clause_are_one(inputs: Inputs) -> None:
    evaluation = evaluate(RUBRIC, inputs)
    assert item(evaluation, "saving.bands") == item(evaluation, "saving.cases")


@pytest.mark.parametrize("engine", ["with_formulas", "with_formualizer", "with_cellrune"])
def test_every_side_of_zero_in_every_engine(engine: str) -> None:
    assert getattr(engines(), engine)(list(every_side())) == []


@pytest.mark.libreoffice
def test_every_side_of_zero_in_libreoffice() -> None:
    assert engines().with_office(list(every_side())) == []


def every_side() -> Iterator[Inputs]:
    """Each pair of figures at zero, above and below."""
    for budget, spent in ((0, 0), (0, 5), (5, 0), (5, 7)):
        for cases, finished in ((0, 0), (0, 2), (4, 1)):
            for before, actual, target in ((0, 0, 0), (0, 3, 0), (3, 1, 3), (3, 5, 3), (10, 12, 5)):
                figures = {"budget": budget, "spent": spent, "cases": cases, "finished": finished}
                figures |= {"before": before, "actual": actual, "target": target, "returned": -1}
                numbers = {key: Decimal(value) for key, value in figures.items()}
                yield Inputs({"measured": "是", "applies": "是", **numbers})


@pytest.mark.parametrize(
    ("expression", "name", "above", "under"),
    [
        ("execution", "execution", 1, -1),
        ("0.25 - execution", "execution", -1, 1),
        ("finish - 2 * (execution - 1)", "execution", -1, 1),
        ("execution * (0 - 3)", "execution", 0, 0),  # a sign that is only computed is not known
        ("execution * finish", "execution", 1, -1),
        ("execution * saved", "execution", 0, 0),
        ("execution - execution", "execution", 0, 0),
        ("execution + 2 * execution", "execution", 1, -1),
        ("abs(finish - execution)", "execution", 1, 1),
        ("spent / execution", "execution", 0, 0),
        ("execution / cases", "execution", 1, -1),
        ("spent + cases", "execution", 0, 0),
    ],
)
def test_where_an_expression_is_pulled(expression: str, name: str, above: int, under: int) -> None:
    operand = parse_operand(expression)
    assert (pull(RUBRIC, operand, name, 1), pull(RUBRIC, operand, name, -1)) == (above, under)


def test_only_what_can_be_below_is_written_as_such() -> None:
    assert below(RUBRIC) == {"progress", "saved", "half", "whole_mean", "signed_mean", "product"}
    assert below(load_rubric(COMPOSED)) == set()  # (this − last) ÷ last is never below zero over zero


@pytest.mark.parametrize("rubric_id", builtin_ids())
def test_a_released_standard_keeps_its_reading(rubric_id: str) -> None:
    assert not load_rubric(rubric_id).settles_zero


# all that can apply does not


def test_nothing_applicable_is_neither_a_grade_nor_a_pass() -> None:
    decided = {
        "department": "测试局",
        "fiscal_year": 2024,
        "budget": 5,
        "spent": 4,
        "cases": 4,
        "finished": 3,
    }
    evaluation = scored(RUBRIC, SPEC, measured="否", applies="否", **decided)
    assert evaluation.field_counts[FieldState.OPEN] == 0
    assert evaluation.caps == {"low": False}
    assert (evaluation.total, evaluation.grade, evaluation.ready) == (0, None, False)
    assert engines().with_formulas([evaluation.typed]) == []
    registry = Registry.with_specs([SPEC])
    report = verify_bytes(new_workbook(RUBRIC, inputs=evaluation.typed), registry, "一.xlsx")
    assert report.verdict is Verdict.INCOMPLETE
    assert "NOTHING_APPLIES" in {one.code for one in report.findings}
    some = scored(RUBRIC, SPEC, department="测试局", measured="否", applies="是", national=3, provincial=0)
    assert quantities(some)[Key.count("unscored")] == 2
    assert "NOTHING_APPLIES" not in {
        one.code
        for one in verify_bytes(new_workbook(RUBRIC, inputs=some.typed), registry, "二.xlsx").findings
    }


# rows that are left out, and rows that keep a sum back


def test_the_trace_names_the_row_that_is_open() -> None:
    rows = [
        {"task": "甲", "goal": "1", "done": "1", "weight": "3", "counted": "是"},
        {"task": "乙", "goal": "2"},
    ]
    evaluation = scored(RUBRIC, SPEC, applies="是", tables={"targets": rows})
    found = next(one for each in evaluation.indicators for one in each.items if one.key == "rows.sum")
    told = [step.text for step in found.steps if step.step == "open"]
    assert "指标明细第 2 行缺“得分”、“考核”" in told
    assert not any("第 1 行" in text for text in told)


# a bonus or malus has no full marks


def test_what_stands_beside_the_whole_has_no_full_marks() -> None:
    rubric = load_rubric(COMPOSED)
    values = quantities(scored(rubric, COMPOSED, innovations="3", violations="1", falsified="否"))
    assert (values[Key.count("unproven")], values[Key.score("innovation")]) == (0, Fraction(12, 5))
    bare = values[Key.count("evidence")]
    without = quantities(scored(rubric, COMPOSED, innovations="0", violations="1", falsified="否"))
    assert without[Key.count("evidence")] == bare - 1  # type: ignore[operator]


# what check says, followed to the letter, gives what the clause says


def tiny(folder: Path, *edits: tuple[str, str]) -> Path:
    text = TINY.read_text(encoding="utf-8")
    for stands, other in edits:
        assert text.count(stands) == 1, stands
        text = text.replace(stands, other)
    path = folder / "tiny.yaml"
    path.write_text(text, encoding="utf-8")
    return path


EXCEEDING = (
    ("{kind: deduct_each, count: faults, each: 1}", "{kind: earn_each, count: faults, each: 2}"),
    ("points: 4\n", "points: 6\n"),
)


def test_the_remedy_for_items_that_exceed_gives_the_capped_sum(tmp_path: Path) -> None:
    (finding,) = check_spec(tiny(tmp_path, *EXCEEDING))
    assert finding.code == "SPEC_ITEMS_TOTAL"
    remedy = re.search(r"scored_as: \w+", finding.fix)
    assert remedy is not None
    path = tiny(
        tmp_path, *EXCEEDING, ("about: 支出与计划之比，支出有无差错", f"about: 合计\n            {remedy[0]}")
    )
    assert check_spec(path) == []
    rubric = load_rubric(path)
    one_by_one = Engines(rubric)
    for plan, spent, faults, score in ((10, 9, 2, 10), (10, 1, 2, 7), (10, 10, 0, 6), (10, 10, 9, 10)):
        evaluation = scored(rubric, path, plan=plan, spent=spent, faults=faults)
        assert evaluation.indicators[0].score == score
        differing = {one.key for one in one_by_one.with_formulas([evaluation.typed])}
        assert not differing & {Key.score("execution"), Key.item("execution.faults"), Key.total()}


GROWTH = (
    ("of: spent / plan", "of: (spent - plan) / plan"),
    (
        "kind: bands\n                  on: spending_rate\n                  bands:\n"
        "                    - {at_least: 90%, points: 6}\n                    - {below: 90%, points: 3}",
        "kind: proportional\n                  on: spending_rate",
    ),
)


def test_a_fall_earns_nothing_and_nothing_is_asked_for(tmp_path: Path) -> None:
    path = tiny(tmp_path, *GROWTH)
    (finding,) = check_spec(path)
    assert (finding.code, finding.severity.value) == ("SPEC_RATE_NEGATIVE", "note")
    assert "负数得 0 分" in finding.message
    assert "abs" not in finding.fix
    rubric = load_rubric(path)
    for spent, points in ((90, 0), (100, 0), (150, 3), (300, 6)):
        assert item(scored(rubric, path, plan=100, spent=spent), "execution.rate") == points


ITEM = "points: 6\n                place: 第1项"


@pytest.mark.parametrize(
    ("rate", "on_item", "points"),
    [
        ("not_applicable", "", 6),
        ("0%", "", 3),
        ("95%", "", 6),
        ("", "0", 0),
        ("", "1.5", Fraction(3, 2)),
        ("", "full_points", 6),
    ],
)
def test_zero_base_is_what_it_says(rate: str, on_item: str, points: Fraction, tmp_path: Path) -> None:
    said = f"    zero_base: {rate}\n" if rate else ""
    more = f"points: 6\n                zero_base: {on_item}\n                place: 第1项"
    edits = [("    zero_base: not_applicable\n", said)] + ([(ITEM, more)] if on_item else [])
    path = tiny(tmp_path, *edits)
    assert check_spec(path) == []
    rubric = load_rubric(path)
    evaluation = scored(rubric, path, plan=0, spent=0)
    assert item(evaluation, "execution.rate") == points
    assert Engines(rubric).with_formulas([evaluation.typed]) == []
    assert item(scored(rubric, path, plan=0, spent=1), "execution.rate") == 6


def test_the_least_total_counts_what_is_open_at_nothing() -> None:
    """A bound that no completion leaves, though the rules of the open indicator give at least 2.5 points."""
    known = {"measured": "是", "applies": "是", "budget": "0"}
    low, high = scored(RUBRIC, SPEC, **known).attainable
    assert (low, high) == (0, 160)
    rest = {"cases": "4", "finished": "1", "before": "1", "actual": "0", "target": "2", "returned": "0"}
    whole = scored(RUBRIC, SPEC, **known, **rest, spent="5", national="0", provincial="0")
    assert low < sum((one.score for one in whole.indicators if one.score is not None), Fraction(0)) <= high


def test_specials_are_shown_by_their_names() -> None:
    assert [one.value for one in Special] == ["不适用", "超限", "负超限"]
    evaluation = scored(RUBRIC, SPEC, budget="0", spent="5")
    assert quantities(evaluation)[Key.rate("saved")] == "负超限"
    assert evaluation.lights["saving"] == "红灯"
    assert evaluation.caps["low"]  # below every number is below 0, whatever is still blank
    assert scored(RUBRIC, SPEC, budget="5", spent="5").caps["low"] is None
