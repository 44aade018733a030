"""By which band or clause an item has its points, as Excel text for the sheet that shows how."""

from __future__ import annotations

from functools import singledispatch

from workbook import rounding
from workbook.formula.rules import band_ladder
from workbook.formula.text import Names, branch, threshold
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


def band_text(indicator: Indicator, item: Item, names: Names) -> str:
    """The formula (without ``=``): the band or clause that applies, empty while open."""
    text = _rule_text(item.rule, names)
    for kind, settlement in reversed(list(settlements(indicator, item))):
        text = branch(settlement.when, f'"{SETTLED_BY[kind]}"', text, names)
    return text


def basis_texts(item: Item, names: Names) -> tuple[str, str]:
    """The formulas for the name and the value of the figure that decides, where a condition chooses it."""
    return _basis_text(item.rule, names, value=False), _basis_text(item.rule, names, value=True)


def _basis_text(rule: Rule, names: Names, *, value: bool) -> str:
    match rule:
        case Choose(when=when, then=then, otherwise=otherwise):
            first, second = (_basis_text(one, names, value=value) for one in (then, otherwise))
            return branch(when, first, second, names)
        case Bands(on=on) | Proportional(on=on) | DeductPerPoint(on=on) | Linear(on=on):
            figure = names.compared(on)
            return f'IF({figure}="","",{figure})' if value else f'"{figure_name(names.rubric, on)}"'
    return '""'


@singledispatch
def _rule_text(rule: Strict, names: Names) -> str:
    return f'"{BAND_OTHER}"'


@_rule_text.register
def _(rule: Bands, names: Names) -> str:
    value = names.compared(rule.on)
    compared = value if rule.on in names.rubric.rate else f"ROUND({value},{rounding.RATE_PLACES})"
    share = is_share(names.rubric, rule.on)
    ladder = band_ladder(rule.bands, compared, lambda band: f'"{band.text(share=share)}"')
    beyond = next(band.text(share=share) for band in rule.bands if band.unbounded)
    return _with_specials(value, ladder, beyond)


@_rule_text.register(Proportional)
@_rule_text.register(Linear)
def _(rule: Proportional | Linear, names: Names) -> str:
    return _with_specials(names.compared(rule.on), f'"{BAND_SHARE}"', BAND_SHARE)


@_rule_text.register
def _(rule: DeductPerPoint, names: Names) -> str:
    value = names.compared(rule.on)
    if rule.past == "above":
        text = f'IF({value}>{threshold(rule.limit)},"{BAND_OVER}","{BAND_WITHIN}")'
        return _with_specials(value, text, BAND_BEYOND)
    text = f'IF({value}<{threshold(rule.limit)},"{BAND_UNDER}","{BAND_NOT_UNDER}")'
    return _with_specials(value, text, BAND_NOT_UNDER)


@_rule_text.register
def _(rule: Fixed, names: Names) -> str:
    return f'"{BAND_FIXED}"'


@_rule_text.register
def _(rule: Choose, names: Names) -> str:
    return branch(rule.when, _rule_text(rule.then, names), _rule_text(rule.otherwise, names), names)


def _with_specials(value: str, text: str, beyond: str) -> str:
    inapplicable = f'IF({value}="{Special.NOT_APPLICABLE.value}","{Special.NOT_APPLICABLE.value}","{beyond}")'
    return f'IF(ISNUMBER({value}),{text},IF({value}="","",{inapplicable}))'
