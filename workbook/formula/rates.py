"""Rates as Excel text: the quotient with its special cases, and the value at 9 decimals."""

from __future__ import annotations

from workbook import rounding
from workbook.formula.text import Names, all_numbers, any_of, branch, literal, operand_text, raw_name
from workbook.rubric.expr import Arithmetic, Filled, Operand, Ref, quotient, unique_refs
from workbook.rubric.model import Rate
from workbook.rubric.rates import comparison_places
from workbook.rubric.states import Special


def raw_text(rate: Rate, names: Names) -> str:
    """The unrounded quotient: a number, 不适用, 超限, or empty while a figure is blank."""
    text = _value_text(rate.of, rate, names)
    if rate.when_filled is not None and rate.otherwise is not None:
        return branch(Filled(rate.when_filled), text, _value_text(rate.otherwise, rate, names), names)
    return text


def compared_text(rate: Rate) -> str:
    """The rate at the 9 decimals at which it is compared; specials and blanks pass through."""
    raw = raw_name(rate)
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
    parts = quotient(expression)
    beyond = f'"{Special.BEYOND.value}"' if rate.cap is None else literal(rate.cap)
    if parts is None:
        text = _capped(operand_text(expression, names, raw=True), rate)
    else:
        numerator, denominator = (_tested(part, names) for part in parts)
        zero = f'IF({numerator}>0,{beyond},"{Special.NOT_APPLICABLE.value}")'
        text = f"IF({denominator}=0,{zero},{_capped(operand_text(expression, names, raw=True), rate)})"
    rates = [names.raw(name) for name in used if name in names.rubric.rate]
    otherwise = '""'
    if rates:
        fields = [names.raw(name) for name in used if name not in names.rubric.rate]
        blank = any_of([f'{name}=""' for name in rates] + [f"1-ISNUMBER({name})>0" for name in fields])
        inapplicable = any_of([f'{name}="{Special.NOT_APPLICABLE.value}"' for name in rates])
        otherwise = f'IF({blank},"",IF({inapplicable},"{Special.NOT_APPLICABLE.value}",{beyond}))'
    return f"IF({all_numbers(names.raw(name) for name in used)},{text},{otherwise})" if used else text


def _tested(operand: Operand, names: Names) -> str:
    text = operand_text(operand, names, raw=True)
    return text if isinstance(operand, Ref) else f"ROUND({text},{rounding.GUARD_PLACES})"


def _capped(text: str, rate: Rate) -> str:
    return text if rate.cap is None else f"IF({text}>{literal(rate.cap)},{literal(rate.cap)},{text})"
