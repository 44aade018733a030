"""Rates as Excel text: the quotient with its special cases, and the value at 9 decimals."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from workbook import rounding
from workbook.formula.text import Names, all_numbers, all_of, any_of, branch, literal, operand_text
from workbook.rubric.expr import Arithmetic, Filled, Operand, Ref, quotient, unique_refs
from workbook.rubric.means import left_out
from workbook.rubric.model import Rate
from workbook.rubric.rates import comparison_places
from workbook.rubric.signs import Side, below, below_over_zero, pull, special
from workbook.rubric.states import Special


def raw_text(rate: Rate, names: Names) -> str:
    """The unrounded quotient: a number, 不适用, 超限, 负超限, or empty while a figure is blank."""
    text = _value_text(rate.of, rate, names)
    if rate.when_filled is not None and rate.otherwise is not None:
        return branch(Filled(rate.when_filled), text, _value_text(rate.otherwise, rate, names), names)
    return text


def compared_text(rate: Rate, names: Names) -> str:
    """The rate at the 9 decimals at which it is compared; specials and blanks pass through."""
    raw = names.raw(rate.id)
    return f"IF(ISNUMBER({raw}),ROUND({raw},{rounding.RATE_PLACES}),{raw})"


def parts_text(rate: Rate, names: Names) -> tuple[str, str]:
    """The figures above and below a rate's line: rounded, and empty while one is blank."""
    halves = [_halves(rate.of, names)]
    if rate.when_filled is not None and rate.otherwise is not None:
        halves.append(_halves(rate.otherwise, names))
    above, below = halves[0]
    if len(halves) > 1:
        assert rate.when_filled is not None
        filled = Filled(rate.when_filled)
        above, below = (
            branch(filled, text, other, names) for text, other in zip(halves[0], halves[1], strict=True)
        )
    return above, below


def _halves(expression: Operand, names: Names) -> tuple[str, str]:
    if isinstance(expression, Arithmetic) and expression.op == "/":
        return _figure(expression.left, names), _figure(expression.right, names)
    return _figure(expression, names), '""'


def _figure(operand: Operand, names: Names) -> str:
    places = comparison_places(names.rubric, operand)
    text = f"ROUND({operand_text(operand, names, raw=True)},{places})"
    used = unique_refs(operand)
    return f'IF({all_numbers(names.raw(name) for name in used)},{text},"")' if used else text


def _value_text(expression: Operand, rate: Rate, names: Names) -> str:
    used = unique_refs(expression)
    text = _capped(operand_text(expression, names, raw=True), rate)
    parts = quotient(expression)
    if parts is not None:
        numerator, denominator = (_tested(part, names) for part in parts)
        zero = _zero_text(rate)
        if below_over_zero(names.rubric, expression):
            zero = f'IF({numerator}<0,"{Special.BELOW.value}",{zero})'
        text = f"IF({denominator}=0,IF({numerator}>0,{_beyond_text(rate)},{zero}),{text})"
    otherwise = _specials_text(expression, rate, names)
    return f"IF({all_numbers(names.raw(name) for name in used)},{text},{otherwise})" if used else text


def _beyond_text(rate: Rate) -> str:
    return f'"{Special.BEYOND.value}"' if rate.cap is None else literal(rate.cap)


def _zero_text(rate: Rate) -> str:
    """The rate where it has no value: 不适用, or what it is stated to be."""
    if not isinstance(rate.zero_base, Decimal):
        return f'"{Special.NOT_APPLICABLE.value}"'
    return literal(rate.zero_base if rate.cap is None else min(rate.zero_base, rate.cap))


def _specials_text(expression: Operand, rate: Rate, names: Names) -> str:
    """The rate where one in its expression is no number."""
    used, scope = unique_refs(expression), names.rubric
    rates = [name for name in used if name in scope.rate]
    if not rates:
        return '""'
    fields = [names.raw(name) for name in used if name not in scope.rate]
    blank = any_of([f'{names.raw(name)}=""' for name in rates] + [f"1-ISNUMBER({name})>0" for name in fields])
    text = _sides_text(expression, rate, names)
    weights = left_out(scope, rate, expression)
    void = [_is(name, Special.NOT_APPLICABLE, names) for name in rates]
    if weights:
        text = _mean_text(weights, rate, text, names)
        inapplicable = all_of(void)
    else:
        inapplicable = any_of(void)
    return f'IF({blank},"",IF({inapplicable},{_zero_text(rate)},{text}))'


def _sides_text(expression: Operand, rate: Rate, names: Names) -> str:
    """The rate where one in its expression lies beyond every limit: on the side to which all of them pull."""
    scope = names.rubric
    pulls: dict[Side, list[str]] = {1: [], -1: [], 0: []}
    for name in unique_refs(expression):
        sides: tuple[tuple[Side, Special], ...] = ((1, Special.BEYOND), (-1, Special.BELOW))
        for side, one in sides:
            if name in (special(scope) if side == 1 else below(scope)):
                pulls[pull(scope, expression, name, side)].append(_is(name, one, names))
    beyond, low, zero = _beyond_text(rate), f'"{Special.BELOW.value}"', _zero_text(rate)
    up, down, neither = any_of(pulls[1]), any_of(pulls[-1]), any_of(pulls[0])
    alone = low if down else beyond
    text = f"IF({down},IF({up},{zero},{low}),{beyond})" if up and down else alone
    return f"IF({neither},{zero},{text})" if neither else text


def _mean_text(weights: Mapping[str, int], rate: Rate, beyond: str, names: Names) -> str:
    """The mean of the parts that apply, all of which are numbers, else ``beyond``."""
    raw = {name: names.raw(name) for name in weights}
    total = "+".join(f"IF(ISNUMBER({raw[name]}),{raw[name]},0)*{weight}" for name, weight in weights.items())
    whole = "+".join(f"ISNUMBER({raw[name]})*{weight}" for name, weight in weights.items())
    over = any_of(
        [
            _is(name, one, names)
            for name in weights
            for one, possible in ((Special.BEYOND, special), (Special.BELOW, below))
            if name in possible(names.rubric)
        ]
    )
    mean = _capped(f"({total})/({whole})", rate)
    return f"IF({over},{beyond},{mean})"


def _is(name: str, special_: Special, names: Names) -> str:
    return f'{names.raw(name)}="{special_.value}"'


def _tested(operand: Operand, names: Names) -> str:
    text = operand_text(operand, names, raw=True)
    return text if isinstance(operand, Ref) else f"ROUND({text},{rounding.GUARD_PLACES})"


def _capped(text: str, rate: Rate) -> str:
    return text if rate.cap is None else f"IF({text}>{literal(rate.cap)},{literal(rate.cap)},{text})"
