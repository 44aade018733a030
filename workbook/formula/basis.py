"""The band or clause by which an item has its points, as Excel text for the sheet of the calculation."""

from __future__ import annotations

from typing import assert_never

from workbook import rounding
from workbook.formula.graduated import band_ladder
from workbook.formula.text import Names, branch, quoted, threshold
from workbook.rubric import rules, states
from workbook.rubric.model import Indicator, Item
from workbook.rubric.needs import settlements
from workbook.rubric.parts import asks_nothing, measured
from workbook.rubric.rates import figure_name, is_share
from workbook.rubric.rules import Branching, Graduated, Rule
from workbook.rubric.signs import below
from workbook.rubric.states import SETTLED_BY, Special


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
    if isinstance(rule, Branching):
        first, second = (_basis_text(one, names, value=value) for one in (rule.then, rule.otherwise))
        return branch(rule.when, first, second, names)
    measure = measured(rule)
    if measure is None:
        return '""'
    figure = names.compared(measure)
    return f'IF({figure}="","",{figure})' if value else quoted(figure_name(names.rubric, measure))


def _rule_text(rule: Rule, names: Names) -> str:
    if isinstance(rule, Branching):
        return branch(rule.when, _rule_text(rule.then, names), _rule_text(rule.otherwise, names), names)
    if not isinstance(rule, Graduated):
        return f'"{states.BAND_FIXED if asks_nothing(type(rule)) else states.BAND_OTHER}"'
    match rule:
        case rules.Bands():
            return _band(rule, names)
        case rules.Proportional() | rules.Linear():
            return _with_specials(
                rule.on, names, f'"{states.BAND_SHARE}"', beyond=states.BAND_SHARE, low=states.BAND_SHARE
            )
        case rules.DeductPerPoint():
            return _side(rule, names)
        case _:
            assert_never(rule)


def _band(rule: rules.Bands, names: Names) -> str:
    value = names.compared(rule.on)
    compared = value if rule.on in names.rubric.rate else f"ROUND({value},{rounding.RATE_PLACES})"
    share = is_share(names.rubric, rule.on)
    ladder = band_ladder(rule.bands, compared, lambda band: f'"{band.text(share=share)}"')
    beyond = next(band.text(share=share) for band in rule.bands if band.unbounded)
    low = next((band.text(share=share) for band in rule.bands if band.unbounded_below), beyond)
    return _with_specials(rule.on, names, ladder, beyond=beyond, low=low)


def _side(rule: rules.DeductPerPoint, names: Names) -> str:
    """The side of the limit on which the figure lies."""
    value = names.compared(rule.on)
    if rule.past == "above":
        text = f'IF({value}>{threshold(rule.limit)},"{states.BAND_OVER}","{states.BAND_WITHIN}")'
        return _with_specials(rule.on, names, text, beyond=states.BAND_BEYOND, low=states.BAND_WITHIN)
    text = f'IF({value}<{threshold(rule.limit)},"{states.BAND_UNDER}","{states.BAND_NOT_UNDER}")'
    return _with_specials(rule.on, names, text, beyond=states.BAND_NOT_UNDER, low=states.BAND_UNDER)


def _with_specials(on: str, names: Names, text: str, *, beyond: str, low: str) -> str:
    value, other = names.compared(on), f'"{beyond}"'
    if on in below(names.rubric):
        other = f'IF({value}="{Special.BELOW.value}","{low}",{other})'
    inapplicable = f'IF({value}="{Special.NOT_APPLICABLE.value}","{Special.NOT_APPLICABLE.value}",{other})'
    return f'IF(ISNUMBER({value}),{text},IF({value}="","",{inapplicable}))'
