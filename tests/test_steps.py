"""Percentage points past a limit: whole ones are counted from the quotient itself, at its edges above all."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import ceil, floor
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.engines.compare import Engines
from tests.support.budget import share_of
from workbook.engine import Model
from workbook.load.builtin import builtin_ids
from workbook.load.released import load_released_rubric, released_versions
from workbook.load.rubric import load_rubric, plain_rubric
from workbook.rubric.fields import FieldKind
from workbook.rubric.inputs import Inputs
from workbook.rubric.keys import Key, Sort
from workbook.rubric.model import Rubric
from workbook.rubric.parts import walk_rules
from workbook.rubric.rules import DeductPerPoint
from workbook.scorer.evaluate import evaluate
from workbook.scorer.quantities import Quantity, quantities
from workbook.template.draw import draw
from workbook.template.fingerprint import load_released
from workbook.template.model import Result
from workbook.verifier.agreement import agree

SPECS = Path(__file__).resolve().parent / "specs"
RUBRIC = load_rubric(SPECS / "every_rule.yaml")
POINT, BEGUN, THREE = map(Key.item, ("deducting.point", "stepping.begun", "stepping.three"))
LARGEST = 10**8
"""The largest amount that a field takes, in hundredths."""


@cache
def model(counts_exactly: bool) -> Model:
    _, template = draw(as_counted(counts_exactly))
    kept = (Sort.RAW, Sort.RATE, Sort.USED, Sort.SOURCE, Sort.TABLE, Sort.ROW)
    keys = [key for key in template.quantities if key.sort in kept or key in {POINT, BEGUN, THREE}]
    return Model(replace(template, quantities={key: template.quantities[key] for key in keys}))


@cache
def as_counted(counts_exactly: bool) -> Rubric:
    return RUBRIC.model_copy(update={"counts_exactly": counts_exactly})


def control(spent: Decimal, budget: Decimal) -> Inputs:
    """Inputs whose rate 控制率 is ``spent / budget``."""
    return Inputs({"veto_one": "否", "spent": spent, "budget": budget, "returned": Decimal(0)})


def both(inputs: Inputs, counts_exactly: bool = True) -> tuple[dict[Key, Quantity], dict[Key, Result]]:
    reference = quantities(evaluate(as_counted(counts_exactly), inputs))
    (values,) = model(counts_exactly).recalculate([inputs])
    return reference, values


def expect(inputs: Inputs, key: Key, points: Fraction, counts_exactly: bool = True) -> None:
    """The item earns this, by the scorer and by its formula."""
    reference, values = both(inputs, counts_exactly)
    assert agree(key, reference[key], points), (key, reference[key], points)
    assert agree(key, values[key], points), (key, values[key], points)


def test_just_below_a_whole_point() -> None:
    """99441.95 ÷ 828682.92 is 12 % at 9 decimals and below it: one full point past 10 %, not two."""
    spent, budget = Decimal("99441.95"), Decimal("828682.92")
    assert spent / budget < Decimal("0.12") <= round(spent / budget, 9)
    expect(control(spent, budget), POINT, Fraction("3.9"))
    expect(control(spent + Decimal("0.01"), budget), POINT, Fraction("3.8"))


def test_just_above_a_whole_step() -> None:
    """The smallest amount past 95 % of a large budget begins another 5 points."""
    budget = Decimal("987654.00")
    edge = budget * Decimal("0.95")
    assert round((edge + Decimal("0.01")) / budget, 7) == Decimal("0.95")
    expect(control(edge, budget), BEGUN, Fraction("2.5"))
    expect(control(edge + Decimal("0.01"), budget), BEGUN, Fraction(2))
    expect(control(edge - Decimal("0.01"), budget), BEGUN, Fraction("2.5"))


@settings(deadline=None, max_examples=share_of(300))
@given(st.integers(1, LARGEST), st.integers(11, 60), st.integers(-1, 1))
@example(LARGEST, 12, -1)
@example(LARGEST - 1, 12, 0)
@example(470, 15, 0)
@example(82868292, 12, 0)
def test_full_points_at_their_edges(budget: int, percent: int, beside: int) -> None:
    """The last hundredth at a whole percentage and those beside it; exact where they meet."""
    spent = budget * percent // 100 + beside
    inputs = control(Decimal(max(spent, 0)) / 100, Decimal(budget) / 100)
    rate = Fraction(max(spent, 0), budget)
    if spent > budget:  # the veto of overspending
        return
    past = floor((rate - Fraction(1, 10)) * 100) if rate > Fraction(1, 10) else 0
    expect(inputs, POINT, max(Fraction(0), 4 - Fraction(past, 10)))


@settings(deadline=None, max_examples=share_of(300))
@given(st.integers(1, LARGEST), st.integers(18, 26), st.integers(-1, 1))
@example(LARGEST, 19, 1)
def test_begun_steps_at_their_edges(budget: int, fives: int, beside: int) -> None:
    """A rate that is at the limit at 9 decimals is not past it, as everywhere; past it every part counts."""
    spent = max(budget * fives // 20 + beside, 0)
    rate = Fraction(spent, budget)
    compared = Fraction(floor(rate * 10**9 + Fraction(1, 2)), 10**9)
    begun = ceil((rate - Fraction(9, 10)) * 20) if compared > Fraction(9, 10) else 0
    inputs = control(Decimal(spent) / 100, Decimal(budget) / 100)
    expect(inputs, BEGUN, max(Fraction(0), 3 - Fraction(begun, 2)))


@settings(deadline=None, max_examples=share_of(100))
@given(st.integers(0, 10_000))
def test_steps_of_a_percentage_that_was_typed(hundredths: int) -> None:
    """Three points below 95 % each time; percentages are no quotients, and as exact."""
    share = Fraction(hundredths, 10_000)
    below = floor(max(Fraction(0), Fraction(95, 100) - share) / Fraction(3, 100))
    inputs = Inputs({"satisfaction": Decimal(hundredths) / 10_000})
    expect(inputs, THREE, max(Fraction(0), 3 - Fraction(4 * below, 10)))


def test_noise_of_an_officers_arithmetic_is_no_step() -> None:
    """=1.83-1 leaves 0.829999999999999 at 15 digits, which the sheet takes for four steps below 95 %."""
    expect(Inputs({"satisfaction": Decimal("0.829999999999999")}), THREE, Fraction("1.4"))
    expect(Inputs({"satisfaction": Decimal("0.830000000000001")}), THREE, Fraction("1.4"))


def same_percents() -> list[Inputs]:
    """Shares that are some percent of a budget to the hundredth, and beside them."""
    return [
        control(Decimal(budget * percent // 100 + beside) / 100, Decimal(budget) / 100)
        for budget in (470, 82868292, 98765400, LARGEST, LARGEST - 1)
        for percent in (12, 15, 29, 95)
        for beside in (-1, 0, 1)
    ]


def test_other_engines_count_alike() -> None:
    assert Engines(RUBRIC).without_office(same_percents()) == []


@pytest.mark.libreoffice
def test_libreoffice_counts_alike() -> None:
    assert Engines(RUBRIC).with_office(same_percents()) == []


def test_without_the_mark_the_ninth_decimal_counts() -> None:
    """The rubrics behind the first released templates do not have it, and their formulas round before."""
    inputs = control(Decimal("99441.95"), Decimal("828682.92"))
    expect(inputs, POINT, Fraction("3.8"), counts_exactly=False)
    assert RUBRIC.counts_exactly
    assert not Rubric.model_validate(plain_rubric(as_counted(False))).counts_exactly


def test_only_rubrics_that_count_whole_points_have_the_mark() -> None:
    assert "deduct_per_point" not in (SPECS / "tiny.yaml").read_text("utf-8")
    assert not load_rubric(SPECS / "tiny.yaml").counts_exactly


RELEASED = [(rubric_id, version) for rubric_id in builtin_ids() for version in released_versions(rubric_id)]


@pytest.mark.parametrize(("rubric_id", "version"), RELEASED)
def test_released_templates_agree_with_their_rubric(rubric_id: str, version: str) -> None:
    """Whatever a released version counts from, its formulas and its scorer count from the same."""
    rubric, template = load_released_rubric(rubric_id, version), load_released(rubric_id, version)
    seen = 0
    for indicator in rubric.indicators:
        for item in indicator.items:
            for rule in walk_rules(item.rule):
                if not isinstance(rule, DeductPerPoint):
                    continue
                over, under = rubric.rate[rule.on].figures
                answers = {one.id: "否" for one in rubric.fields if one.kind is FieldKind.YESNO}
                inputs = Inputs({**answers, over: Decimal("99441.95"), under: Decimal("828682.92")})
                key = Key.item(f"{indicator.id}.{item.id}")
                (values,) = Model(template).recalculate([inputs])
                reference = quantities(evaluate(rubric, inputs))[key]
                assert agree(key, values[key], reference)
                points = Fraction("0.9") if rubric.counts_exactly else Fraction("0.8")
                assert agree(key, reference, points)
                seen += 1
    assert seen
