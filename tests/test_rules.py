"""Every rule kind by chance and by its edges: reference and ``formulas`` agree, and the points make sense."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.budget import share_of
from tests.support.strategies import fields_of, inputs_for
from workbook.engine import Model
from workbook.load.rubric import load_rubric
from workbook.rubric.inputs import Inputs
from workbook.rubric.keys import Key, Sort
from workbook.rubric.model import Indicator, Item, Rubric, item_key
from workbook.rubric.parts import walk_rules
from workbook.rubric.rules import RULE_KINDS
from workbook.scorer.evaluate import evaluate
from workbook.scorer.quantities import quantities
from workbook.template.draw import draw
from workbook.verifier.agreement import Noise, agree

RUBRIC: Rubric = load_rubric(Path(__file__).resolve().parent / "specs" / "every_rule.yaml")
ITEMS: list[tuple[Indicator, Item]] = [(one, item) for one in RUBRIC.indicators for item in one.items]
RATES = [key(rate.id) for rate in RUBRIC.rates for key in (Key.raw, Key.rate)]


_TABLES = (Sort.USED, Sort.SOURCE, Sort.TABLE, Sort.ROW)


@cache
def model_of(*keys: Key) -> Model:
    """The engine's model of a few quantities."""
    _, template = draw(RUBRIC)
    used = [key for key in template.quantities if key.sort in _TABLES]
    return Model(
        replace(template, quantities={key: template.quantities[key] for key in (*RATES, *keys, *used)})
    )


def test_the_specimen_uses_every_rule_kind() -> None:
    used = {type(rule) for _, item in ITEMS for rule in walk_rules(item.rule)}
    assert used == set(RULE_KINDS)


@pytest.mark.parametrize(("indicator", "item"), ITEMS, ids=[item_key(*pair) for pair in ITEMS])
def test_reference_and_formulas_agree(indicator: Indicator, item: Item) -> None:
    items = (Key.item(item_key(indicator, one)) for one in indicator.items)
    keys = [*items, Key.score(indicator.id)]
    model = model_of(*keys)

    @settings(deadline=None, max_examples=share_of(40))
    @given(st.lists(inputs_for(RUBRIC, fields_of(RUBRIC, indicator, item)), min_size=1, max_size=8))
    def holds(batch: list[Inputs]) -> None:
        for inputs, values in zip(batch, model.recalculate(batch), strict=True):
            reference = quantities(evaluate(RUBRIC, inputs))
            noise = Noise(reference)
            for key in (*RATES, *keys):
                assert agree(key, values[key], reference[key], noise), (
                    key,
                    values[key],
                    reference[key],
                    inputs.values,
                )

    holds()


@pytest.mark.parametrize(("indicator", "item"), ITEMS, ids=[item_key(*pair) for pair in ITEMS])
def test_points_stay_within_the_item(indicator: Indicator, item: Item) -> None:
    place = RUBRIC.indicators.index(indicator), indicator.items.index(item)

    @settings(deadline=None, max_examples=share_of(60))
    @given(inputs_for(RUBRIC, fields_of(RUBRIC, indicator, item)))
    def holds(inputs: Inputs) -> None:
        raw = evaluate(RUBRIC, inputs).indicators[place[0]].items[place[1]].raw
        assert raw is None or 0 <= raw <= Fraction(item.points)

    holds()


def points(key: str, **values: str) -> Fraction | None:
    """Points of an item for these figures (made up)."""
    inputs = Inputs({name: Decimal(value) if value[0].isdigit() else value for name, value in values.items()})
    for one in evaluate(RUBRIC, inputs).indicators:
        for item in one.items:
            if item.key == key:
                return item.shown
    raise KeyError(key)


@settings(deadline=None)
@given(st.integers(0, 30), st.integers(0, 30))
def test_more_faults_never_earn_more(few: int, more: int) -> None:
    low, high = sorted((few, more))
    fewer, most = points("deducting.each", faults=str(low)), points("deducting.each", faults=str(high))
    assert fewer is not None
    assert most is not None
    assert fewer >= most >= 0


@settings(deadline=None)
@given(st.integers(1, 20), st.integers(1, 20))
def test_a_better_rank_never_earns_less(first: int, second: int) -> None:
    low, high = sorted((first, second))
    assert points("deducting.rank", place=str(low)) >= points("deducting.rank", place=str(high))  # type: ignore[operator]


@settings(deadline=None)
@given(st.integers(1, 10**8), st.integers(0, 60))
def test_full_percentage_points_beyond_the_limit(cents: int, beyond: int) -> None:
    """Exactly ``beyond`` points over 10 %, and one cent less, which counts a point less."""
    budget = Decimal(cents)
    exact = budget * (10 + beyond) / 100
    given_points = points(
        "deducting.point", veto_one="否", spent=str(exact), budget=str(budget), returned="0"
    )
    assert given_points == max(Fraction(0), 4 - Fraction(beyond, 10))
    if beyond and cents < 10**6:
        less = exact - Decimal("0.01")
        given_points = points(
            "deducting.point", veto_one="否", spent=str(less), budget=str(budget), returned="0"
        )
        assert given_points == max(Fraction(0), 4 - Fraction(beyond - 1, 10))
