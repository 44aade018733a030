"""By which band or clause an item has its points, for the sheet that shows how."""

from __future__ import annotations

from fractions import Fraction
from functools import singledispatch

from workbook.rubric.model import Indicator, Item
from workbook.rubric.needs import settlements
from workbook.rubric.rates import figure_name, is_share
from workbook.rubric.rules import Bands, Choose, DeductPerPoint, Fixed, Linear, Proportional, Rule
from workbook.rubric.states import (
    BAND_BEYOND,
    BAND_FIXED,
    BAND_NOT_UNDER,
    BAND_OTHER,
    BAND_OVER,
    BAND_SHARE,
    BAND_UNDER,
    BAND_WITHIN,
    SETTLED_BY,
    Special,
)
from workbook.rubric.values import Strict
from workbook.scorer.arithmetic import Figure, Ledger
from workbook.scorer.rules import interval_of


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
    match rule:
        case Choose(when=when, then=then, otherwise=otherwise):
            truth = ledger.truth(when)
            return ("", None) if truth is None else basis(then if truth else otherwise, ledger)
        case Bands(on=on) | Proportional(on=on) | DeductPerPoint(on=on) | Linear(on=on):
            return figure_name(ledger.rubric, on), ledger.compared(on)
    return "", None


@singledispatch
def _label(rule: Strict, ledger: Ledger) -> str:
    return BAND_OTHER


@_label.register
def _(rule: Bands, ledger: Ledger) -> str:
    value = ledger.compared(rule.on)
    if value is None or value is Special.NOT_APPLICABLE:
        return _blank(value)
    return interval_of(rule.bands, value).text(share=is_share(ledger.rubric, rule.on))


@_label.register(Proportional)
@_label.register(Linear)
def _(rule: Proportional | Linear, ledger: Ledger) -> str:
    value = ledger.compared(rule.on)
    return _blank(value) if value is None or value is Special.NOT_APPLICABLE else BAND_SHARE


@_label.register
def _(rule: DeductPerPoint, ledger: Ledger) -> str:
    value = ledger.compared(rule.on)
    if value is None or value is Special.NOT_APPLICABLE:
        return _blank(value)
    if not isinstance(value, Fraction):
        return BAND_BEYOND if rule.past == "above" else BAND_NOT_UNDER
    if rule.past == "above":
        return BAND_OVER if value > Fraction(rule.limit) else BAND_WITHIN
    return BAND_UNDER if value < Fraction(rule.limit) else BAND_NOT_UNDER


@_label.register
def _(rule: Fixed, ledger: Ledger) -> str:
    return BAND_FIXED


@_label.register
def _(rule: Choose, ledger: Ledger) -> str:
    truth = ledger.truth(rule.when)
    return "" if truth is None else _label(rule.then if truth else rule.otherwise, ledger)


def _blank(value: Special | None) -> str:
    return "" if value is None else value.value
