"""The bounds that a published total sets for the indicators that the printed figures leave open."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from workbook import rounding
from workbook.rubric.model import Indicator, Settlement
from workbook.scorer.evaluate import Evaluation
from workbook.scorer.indicators import IndicatorScore, ItemScore
from workbook.scorer.rules import possible_points


@dataclass(frozen=True, slots=True)
class OpenIndicator:
    """An open indicator: what its scored items leave attainable, and the ``least`` that a total allows.

    ``least`` is None without a published total, and where the total is beyond what can be attained.
    """

    indicator: Indicator
    low: Fraction
    high: Fraction
    least: Fraction | None


@dataclass(frozen=True, slots=True)
class Implied:
    """The bounds that a total sets. ``low`` to ``high``: attainable if scored items of open indicators count.

    ``lost`` is what the points lack in the published total, ``known`` what of it the figures show, ``left``
    the rest, which the open indicators lose together. None without a published total.
    """

    low: Fraction
    high: Fraction
    known: Fraction
    lost: Fraction | None
    left: Fraction | None
    open: tuple[OpenIndicator, ...]


def implied(evaluation: Evaluation, total: Fraction | None) -> Implied:
    """Work out what ``total`` implies; pure."""
    places = evaluation.rubric.places
    bounds = {one.indicator.id: _bounds(one, places) for one in evaluation.indicators}
    low = sum((bound[0] for bound in bounds.values()), Fraction(0))
    high = sum((bound[1] for bound in bounds.values()), Fraction(0))
    points = Fraction(evaluation.rubric.points)
    left = None if total is None else high - total
    return Implied(
        low=low,
        high=high,
        known=points - high,
        lost=None if total is None else points - total,
        left=left,
        open=tuple(
            OpenIndicator(
                indicator=one.indicator,
                low=bounds[one.indicator.id][0],
                high=bounds[one.indicator.id][1],
                least=None if left is None else _least(one, bounds[one.indicator.id], left, places),
            )
            for one in evaluation.indicators
            if one.score is None
        ),
    )


def _least(
    one: IndicatorScore, bound: tuple[Fraction, Fraction], left: Fraction, places: int
) -> Fraction | None:
    """The least score when all others are as high as they can be; a whole step where it goes by steps."""
    low, high = bound
    if left < 0:
        return None
    least = max(low, high - left)
    steps = [_steps(item) for item in one.items]
    if one.indicator.scored_as == "weight_less_deductions" or any(values is None for values in steps):
        return least
    sums = {Fraction(0)}
    for values in steps:
        sums = {total + value for total in sums for value in values or ()}
    most = Fraction(one.indicator.points)
    if one.indicator.scored_as == "capped_sum":
        sums = {min(total, most) for total in sums}
    scores = (rounding.official(total, places) for total in sums)
    return min((score for score in scores if score >= least), default=None)


def _steps(item: ItemScore) -> set[Fraction] | None:
    """The points that an item can have, where they are few; None where they are any number."""
    if item.raw is not None:
        return {item.raw}
    one, full = item.item, Fraction(item.item.points)
    earned = possible_points(one.rule, full)
    if earned is None:
        return None
    return (
        earned
        | ({Fraction(one.zero_points)} if one.zero_base is not None else set())
        | ({Fraction(0)} if one.veto is not None else set())
        | {_settled(settlement, full) for settlement in (one.exempt, one.default) if settlement is not None}
    )


def _settled(settlement: Settlement, full: Fraction) -> Fraction:
    return full if settlement.points is None else Fraction(settlement.points)


def _bounds(one: IndicatorScore, places: int) -> tuple[Fraction, Fraction]:
    """The lowest and the highest score that the scored items leave."""
    if one.score is not None:
        return one.score, one.score
    still = sum((Fraction(item.item.points) for item in one.items if item.raw is None), Fraction(0))
    full = Fraction(one.indicator.points)
    if one.indicator.scored_as == "weight_less_deductions":
        lost = sum(
            (Fraction(item.item.points) - item.raw for item in one.items if item.raw is not None), Fraction(0)
        )
        high = max(Fraction(0), full - lost)
        low = max(Fraction(0), high - still)
    else:
        low = sum((item.raw for item in one.items if item.raw is not None), Fraction(0))
        low = min(full, low)
        high = min(full, low + still)
    return rounding.official(low, places), rounding.official(high, places)
