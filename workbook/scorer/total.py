"""From the subtotals to the total: what does not apply, what stands beside the whole, what limits it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from workbook import rounding
from workbook.rubric.grading import Cap, Lights
from workbook.rubric.model import Rubric
from workbook.rubric.states import LIGHT_WORDS, NO_LIGHT, Special
from workbook.scorer.graduated import within
from workbook.scorer.ledger import Figure, Ledger


@dataclass(frozen=True, slots=True)
class Tally:
    """A group, a dimension or the whole: points, the score so far, the points open and not applicable."""

    points: Fraction
    score: Fraction
    open: Fraction
    void: Fraction = Fraction(0)

    @property
    def share(self) -> Fraction:
        """The score over the points that apply, at 4 decimals."""
        applies = self.points - self.void
        return rounding.official(self.score / applies, rounding.ITEM_PLACES) if applies else Fraction(0)


@dataclass(frozen=True, slots=True)
class Total:
    """The total with the steps to it; ``low`` and ``high`` bound what it can still become.

    ``scored`` is the sum of all scores, ``raw``, ``raw_low`` and ``raw_high`` what comes of it before limits.
    ``vanished``: nothing of the whole applies.
    """

    scored: Fraction
    open: Fraction
    void: Fraction
    raw: Fraction
    raw_low: Fraction
    raw_high: Fraction
    total: Fraction
    low: Fraction
    high: Fraction
    vanished: bool = False


def add(parts: Iterable[Tally], places: int) -> Tally:
    """Tallies added up, the score rounded as every sum of scores is."""
    listed = list(parts)
    return Tally(
        sum((part.points for part in listed), Fraction(0)),
        rounding.official(sum((part.score for part in listed), Fraction(0)), places),
        sum((part.open for part in listed), Fraction(0)),
        sum((part.void for part in listed), Fraction(0)),
    )


def total_of(rubric: Rubric, dimensions: Mapping[str, Tally], caps: Mapping[str, bool | None]) -> Total:
    """The total of the dimensions' tallies; ``caps`` says which limits hold, None while that is open.

    While something is open the least total has it at nothing and every limit that may still come; the most
    has it in full and only the limits that hold. What may turn out not to apply never leads outside.
    """
    places = rubric.places
    whole, bonus, malus = (
        add((dimensions[one.name] for one in rubric.dimensions if one.beside == kind), places)
        for kind in (None, "bonus", "malus")
    )
    beside = bonus.score + malus.score

    def raw(score: Fraction, other: Fraction) -> Fraction:
        applies = Fraction(rubric.points) - whole.void
        if rubric.rescales:
            score = score * Fraction(rubric.points) / applies if applies else Fraction(0)
        return rounding.official(score + other, places)

    raw_now = raw(whole.score, beside)
    raw_low = rounding.official(raw_now - malus.open, places)
    raw_high = raw(whole.score + whole.open, beside + bonus.open)
    holding = [cap for cap in rubric.caps if caps[cap.id]]
    possible = [cap for cap in rubric.caps if caps[cap.id] is not False]
    return Total(
        scored=rounding.official(whole.score + beside, places),
        open=whole.open,
        void=whole.void,
        raw=raw_now,
        raw_low=raw_low,
        raw_high=raw_high,
        total=_limited(rubric, raw_now, holding),
        low=_limited(rubric, raw_low, possible),
        high=_limited(rubric, raw_high, holding),
        vanished=rubric.can_vanish and whole.void == rubric.points,
    )


def _limited(rubric: Rubric, value: Fraction, caps: Iterable[Cap]) -> Fraction:
    limits = [cap.total_at_most for cap in caps] + [rubric.total_at_most]
    value = min([value, *(Fraction(limit) for limit in limits if limit is not None)])
    return max(value, Fraction(0)) if rubric.beside else value


def grade_of(rubric: Rubric, total: Fraction, caps: Mapping[str, bool | None]) -> str | None:
    """The grade that a complete total earns; None while a limit is open."""
    if None in caps.values():
        return None
    bands = rubric.grades.bands
    earned = next(number for number, band in enumerate(bands) if total >= Fraction(band.at_least))
    order = [band.name for band in bands]
    limits = [order.index(cap.grade_at_most) for cap in rubric.caps if caps[cap.id] and cap.grade_at_most]
    return order[max([earned, *limits])]


def light_of(lights: Lights, ledger: Ledger) -> str:
    """The light that shows; empty while a figure is blank."""
    value: Figure = ledger.compared(lights.on)
    if value is None:
        return ""
    if value is Special.NOT_APPLICABLE:
        return Special.NOT_APPLICABLE.value
    return next((LIGHT_WORDS[one.light] for one in lights.bands if within(value, one)), NO_LIGHT)
