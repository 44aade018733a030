"""The band or clause by which an item has its points, for the sheet of the calculation."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from workbook.rubric import rules, states
from workbook.rubric.model import Indicator, Item
from workbook.rubric.needs import settlements
from workbook.rubric.parts import asks_nothing, measured
from workbook.rubric.rates import figure_name, is_share
from workbook.rubric.rules import Branching, Graduated, Rule
from workbook.rubric.states import SETTLED_BY, Special
from workbook.scorer.graduated import interval_of
from workbook.scorer.ledger import Figure, Ledger


def band_label(indicator: Indicator, item: Item, ledger: Ledger) -> str:
    """The band or clause that applies; empty while open."""
    for kind, settlement in settlements(indicator, item):
        truth = ledger.truth(settlement.when)
        if truth is None:
            return ""
        if truth:
            return SETTLED_BY[kind]
    return _label(item.rule, ledger)


def basis(rule: Rule, ledger: Ledger) -> tuple[str, Figure]:
    """The name and the value of the figure that decides, where a condition chooses it."""
    if isinstance(rule, Branching):
        truth = ledger.truth(rule.when)
        return ("", None) if truth is None else basis(rule.then if truth else rule.otherwise, ledger)
    figure = measured(rule)
    return ("", None) if figure is None else (figure_name(ledger.rubric, figure), ledger.compared(figure))


def _label(rule: Rule, ledger: Ledger) -> str:
    if isinstance(rule, Branching):
        truth = ledger.truth(rule.when)
        return "" if truth is None else _label(rule.then if truth else rule.otherwise, ledger)
    if not isinstance(rule, Graduated):
        return states.BAND_FIXED if asks_nothing(type(rule)) else states.BAND_OTHER
    value = ledger.compared(rule.on)
    if value is None or value is Special.NOT_APPLICABLE:
        return "" if value is None else value.value
    match rule:
        case rules.Bands():
            return interval_of(rule.bands, value).text(share=is_share(ledger.rubric, rule.on))
        case rules.Proportional() | rules.Linear():
            return states.BAND_SHARE
        case rules.DeductPerPoint():
            return _side(rule, value)
        case _:
            assert_never(rule)


def _side(rule: rules.DeductPerPoint, value: Fraction | Special) -> str:
    """The side of the limit on which the figure lies."""
    if value is Special.BELOW:
        return states.BAND_WITHIN if rule.past == "above" else states.BAND_UNDER
    if not isinstance(value, Fraction):
        return states.BAND_BEYOND if rule.past == "above" else states.BAND_NOT_UNDER
    if rule.past == "above":
        return states.BAND_OVER if value > Fraction(rule.limit) else states.BAND_WITHIN
    return states.BAND_UNDER if value < Fraction(rule.limit) else states.BAND_NOT_UNDER
