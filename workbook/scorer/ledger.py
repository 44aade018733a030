"""Exact evaluation of rates and conditions; blank is open, never zero."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from workbook import rounding
from workbook.rubric.expr import (
    Absolute,
    AllOf,
    AnyOf,
    Arithmetic,
    Condition,
    Filled,
    Not,
    Number,
    Operand,
    Ref,
    Relation,
    RelationOp,
    Yes,
    quotient,
    unique_refs,
)
from workbook.rubric.fields import NO, YES
from workbook.rubric.inputs import Inputs
from workbook.rubric.means import left_out
from workbook.rubric.model import Rate, Scope
from workbook.rubric.once import once
from workbook.rubric.rates import below_side, beyond_side, comparison_places
from workbook.rubric.signs import Side, below, pull
from workbook.rubric.states import Special

_places, _beyond_side, _below_side = once(comparison_places), once(beyond_side), once(below_side)
_left_out = once(left_out)
"""Of a rubric, and of a table's rows, which are one scope for all."""

Figure: TypeAlias = Fraction | Special | None
"""A number, a special quotient, or None while something it needs is blank."""


@dataclass(slots=True)
class Ledger:
    """The figures of one evaluation: fields as given, rates computed once.

    ``beside`` holds figures that only cross-checks look at, such as what was typed beside a table.
    """

    rubric: Scope
    inputs: Inputs
    beside: Mapping[str, Figure] = field(default_factory=dict)
    _rates: dict[str, Figure] = field(default_factory=dict)
    _compared: dict[str, Figure] = field(default_factory=dict)

    def raw(self, name: str) -> Figure:
        """The unrounded value of a numeric field or rate: what earns points in proportion."""
        if name in self.beside:
            return self.beside[name]
        rate = self.rubric.rate.get(name)
        if rate is None:
            number = self.inputs.number(name)
            return None if number is None else Fraction(number)
        if name not in self._rates:
            self._rates[name] = self._rate(rate)
        return self._rates[name]

    def compared(self, name: str) -> Figure:
        """The value that is compared with thresholds: at 9 decimals, half-up."""
        if name not in self._compared:
            value = self.raw(name)
            self._compared[name] = (
                rounding.half_up(value, rounding.RATE_PLACES) if isinstance(value, Fraction) else value
            )
        return self._compared[name]

    def truth(self, condition: Condition) -> bool | None:
        """Whether ``condition`` holds; None while blanks leave it open."""
        match condition:
            case Yes(id=name):
                return {YES: True, NO: False}.get(self.inputs.word(name) or "")
            case Filled(id=name):
                return name in self.inputs.values
            case Not(inner=inner):
                value = self.truth(inner)
                return None if value is None else not value
            case AllOf(parts=parts):
                values = [self.truth(part) for part in parts]
                return False if False in values else None if None in values else True
            case AnyOf(parts=parts):
                values = [self.truth(part) for part in parts]
                return True if True in values else None if None in values else False
            case Relation(op=op, left=left, right=right):
                low, high = self.compared_operand(left), self.compared_operand(right)
                if low is None or high is None:
                    return self._among_specials(condition)
                return related(op, self.difference(low, high, left, right))

    def _among_specials(self, relation: Relation) -> bool | None:
        """A comparison without two numbers: open while a figure is blank, else as the specials say.

        What is 不适用 makes no comparison hold; 超限 is above every number, 负超限 below.
        """
        values = [self.compared(name) for name in unique_refs(relation)]
        if None in values:
            return None
        if Special.NOT_APPLICABLE in values:
            return False
        for side, special in ((_beyond_side, Special.BEYOND), (_below_side, Special.BELOW)):
            lone = side(self.rubric, relation)
            if lone is not None and self.compared(lone) is special:
                return True
        return False

    def inapplicable(self, condition: Condition) -> bool:
        """Whether a condition cannot be told because a rate that it compares is 不适用."""
        match condition:
            case Relation():
                return any(self.compared(name) is Special.NOT_APPLICABLE for name in unique_refs(condition))
            case Not(inner=inner):
                return self.inapplicable(inner)
            case AllOf(parts=parts):
                void = [self.inapplicable(part) for part in parts]
                fails = (self.truth(part) is False for part, one in zip(parts, void, strict=True) if not one)
                return any(void) and not any(fails)
            case AnyOf(parts=parts):
                return self.truth(condition) is False and any(map(self.inapplicable, parts))
        return False

    def difference(self, low: Fraction, high: Fraction, left: Operand, right: Operand) -> Fraction:
        """``low - high``, the values of ``left`` and ``right``, at the decimals of their comparison."""
        return rounding.half_up(low - high, _places(self.rubric, left, right))

    def compared_operand(self, operand: Operand) -> Fraction | None:
        """``operand`` over compared values; None when a part is blank or a special quotient."""
        return self._over(operand, self.compared)

    def raw_operand(self, operand: Operand) -> Fraction | None:
        """``operand`` over unrounded values; None when a part is blank or a special quotient."""
        return self._over(operand, self.raw)

    @staticmethod
    def _over(operand: Operand, figure: Callable[[str], Figure]) -> Fraction | None:
        values: dict[str, Fraction] = {}
        for name in unique_refs(operand):
            value = figure(name)
            if not isinstance(value, Fraction):
                return None
            values[name] = value
        return evaluate(operand, values)

    def expression(self, rate: Rate) -> Operand:
        """The expression of a rate: in amounts, or before they are filled in, a percentage."""
        by_amount = rate.when_filled is None or rate.when_filled in self.inputs.values
        return rate.of if by_amount or rate.otherwise is None else rate.otherwise

    def halves(self, rate: Rate) -> tuple[Fraction | None, Fraction | None]:
        """The figures above and below a rate's line, rounded as they are shown; None while open."""
        expression = self.expression(rate)
        if isinstance(expression, Arithmetic) and expression.op == "/":
            return self._half(expression.left), self._half(expression.right)
        return self._half(expression), None

    def _half(self, operand: Operand) -> Fraction | None:
        value = self.raw_operand(operand)
        places = _places(self.rubric, operand)
        return None if value is None else rounding.half_up(value, places)

    def _rate(self, rate: Rate) -> Figure:
        value = self._quotient(rate, self.expression(rate))
        if value is Special.NOT_APPLICABLE and isinstance(rate.zero_base, Decimal):
            value = Fraction(rate.zero_base)
        if rate.cap is None:
            return value
        cap = Fraction(rate.cap)
        if value is Special.BEYOND:
            return cap
        return min(value, cap) if isinstance(value, Fraction) else value

    def _quotient(self, rate: Rate, expression: Operand) -> Figure:
        values: dict[str, Fraction] = {}
        specials: dict[str, Special] = {}
        for name in unique_refs(expression):
            value = self.raw(name)
            if value is None:
                return None
            if isinstance(value, Special):
                specials[name] = value
            else:
                values[name] = value
        if Special.NOT_APPLICABLE in specials.values():
            weights = _left_out(self.rubric, rate, expression)
            kept = {name for name in weights if specials.get(name) is not Special.NOT_APPLICABLE}
            if not kept:
                return Special.NOT_APPLICABLE
            if kept <= values.keys():
                whole = sum(weights[name] for name in kept)
                return sum((values[name] * weights[name] for name in kept), Fraction(0)) / whole
        if specials:
            return self._beyond(expression, specials)
        parts = quotient(expression)
        if parts is None:
            return evaluate(expression, values)
        numerator, denominator = (evaluate(part, values) for part in parts)
        if _tested(parts[1], denominator) == 0:
            above = _tested(parts[0], numerator)
            if above < 0 and rate.id in below(self.rubric):
                return Special.BELOW
            return Special.BEYOND if above > 0 else Special.NOT_APPLICABLE
        return numerator / denominator

    def _beyond(self, expression: Operand, specials: Mapping[str, Special]) -> Figure:
        """An expression over rates beyond every limit: on the side to which all pull, else no value."""
        sides: set[Side] = {
            pull(self.rubric, expression, name, 1 if one is Special.BEYOND else -1)
            for name, one in specials.items()
            if one is not Special.NOT_APPLICABLE
        }
        if sides == {1}:
            return Special.BEYOND
        return Special.BELOW if sides == {-1} else Special.NOT_APPLICABLE


def _tested(operand: Operand, value: Fraction) -> Fraction:
    """A value as it is tested against zero: a plain figure as it is, a computed one without noise."""
    return value if isinstance(operand, Ref) else rounding.half_up(value, rounding.GUARD_PLACES)


def evaluate(operand: Operand, values: dict[str, Fraction]) -> Fraction:
    """``operand`` with every reference in ``values``; divisors are numbers other than zero here."""
    match operand:
        case Number(value=number):
            return Fraction(number)
        case Ref(id=name):
            return values[name]
        case Absolute(inner=inner):
            return abs(evaluate(inner, values))
        case Arithmetic(op=op, left=left, right=right):
            low, high = evaluate(left, values), evaluate(right, values)
            match op:
                case "+":
                    return low + high
                case "-":
                    return low - high
                case "*":
                    return low * high
                case "/":
                    return low / high


def related(op: RelationOp, difference: Fraction) -> bool:
    """Whether ``left op right`` holds, given ``left - right``."""
    match op:
        case "<":
            return difference < 0
        case "<=":
            return difference <= 0
        case "=":
            return difference == 0
        case "<>":
            return difference != 0
        case ">=":
            return difference >= 0
        case ">":
            return difference > 0
