"""Figures that a published report prints beside its inputs, compared with what follows from the inputs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from workbook import rounding
from workbook.data.typed import from_text
from workbook.evaluations.published import Contradiction, PublishedCase
from workbook.findings import Finding
from workbook.rubric.model import Check
from workbook.rubric.rates import shown_name
from workbook.rubric.states import CheckState
from workbook.scorer.evaluate import Evaluation, evaluate

_FAILED = {CheckState.FAILS, CheckState.BLOCKS}


@dataclass(frozen=True, slots=True)
class PrintedRate:
    """A rate as printed and as computed, both in percent at the printed decimals; ``exact`` at four.

    ``stated``: the case says that they differ.
    """

    rate: str
    name: str
    printed: str
    computed: str
    exact: str
    stated: bool

    @property
    def equal(self) -> bool:
        """Whether the figures give what is printed."""
        return self.printed == self.computed


@dataclass(frozen=True, slots=True)
class Stated:
    """A contradiction that the case states, by its ``name`` for officers; ``found``: it is there."""

    contradiction: Contradiction
    name: str
    found: bool


def printed_rates(case: PublishedCase, evaluation: Evaluation) -> tuple[PrintedRate, ...]:
    """Every printed rate beside the one that the printed figures give."""
    stated = {one.rate for one in case.contradictions}
    return tuple(
        PrintedRate(
            rate=key,
            name=shown_name(case.rubric.rate[key].name),
            printed=printed,
            computed=_percent(evaluation, key, _decimals(printed)),
            exact=_percent(evaluation, key, 4),
            stated=key in stated,
        )
        for key, printed in case.printed_rates.items()
    )


def stated_contradictions(case: PublishedCase, evaluation: Evaluation) -> tuple[Stated, ...]:
    """Every stated contradiction, and whether it is there."""
    rates = {one.rate: one for one in printed_rates(case, evaluation)}
    return tuple(
        Stated(one, _name(case, one), _is_there(case, evaluation, one, rates)) for one in case.contradictions
    )


def unstated_checks(case: PublishedCase, evaluation: Evaluation) -> tuple[Check, ...]:
    """The cross-checks that fail although the case does not say so."""
    stated = {check for one in case.contradictions for check in one.checks}
    return tuple(
        one.check for one in evaluation.checks if one.state in _FAILED and one.check.id not in stated
    )


def _name(case: PublishedCase, one: Contradiction) -> str:
    if one.rate is not None:
        return shown_name(case.rubric.rate[one.rate].name)
    if one.field is not None:
        return case.rubric.field[one.field].label
    return next((check.title for check in case.rubric.all_checks if check.id == one.about), "")


def _is_there(
    case: PublishedCase, evaluation: Evaluation, one: Contradiction, rates: dict[str, PrintedRate]
) -> bool:
    results = {result.check.id: result for result in evaluation.checks}
    if any(results[check].state not in _FAILED for check in one.checks):
        return False
    if one.rate is not None:
        rate = rates[one.rate]
        return not rate.equal and (rate.printed, rate.computed) == (one.printed, one.computed)
    if one.field is not None:
        return _unreadable(case, one, one.field)
    sides = {_number(one.printed), _number(one.computed)}
    return bool(one.checks) and all({results[key].left, results[key].right} == sides for key in one.checks)


def _unreadable(case: PublishedCase, one: Contradiction, field: str) -> bool:
    """The printed text is no value of the field; with the computed one every cross-check on it holds."""
    if not isinstance(from_text(case.rubric.field[field], one.printed), Finding):
        return False
    value = from_text(case.rubric.field[field], one.computed)
    if isinstance(value, Finding):
        return False
    inputs = case.data.inputs
    mended = evaluate(case.rubric, replace(inputs, values={**inputs.values, field: value}), traced=False)
    before = {result.check.id: result.state for result in evaluate(case.rubric, inputs, traced=False).checks}
    made = [result.state for result in mended.checks if before[result.check.id] is CheckState.UNCHECKED]
    made = [state for state in made if state is not CheckState.UNCHECKED]
    return bool(made) and all(state is CheckState.HOLDS for state in made)


def _percent(evaluation: Evaluation, rate: str, decimals: int) -> str:
    value = evaluation.ledger.raw(rate)
    if not isinstance(value, Fraction):
        return ""
    return rounding.text(rounding.half_up(value * 100, decimals), decimals) + "%"


def _decimals(printed: str) -> int:
    return len(printed.rstrip("%").partition(".")[2])


def _number(text: str) -> Fraction:
    value = Fraction(Decimal(text.rstrip("%")))
    return value / 100 if text.endswith("%") else value
