"""Means of rates: ``(a + b) / 2``, ``a * 0.3 + b * 0.7``. A part that is 不适用 is left out of them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import lcm

from workbook.rubric.expr import Arithmetic, Number, Operand, Ref
from workbook.rubric.model import Rate, Scope
from workbook.rubric.signs import inapplicable, settles_zero, ways


def left_out(scope: Scope, rate: Rate, expression: Operand) -> Mapping[str, int]:
    """The weights, in whole numbers, of the rates of a mean that leaves out what is 不适用; else none.

    A mean that is stated to be 不适用 as a whole (``zero_base: not_applicable``) leaves nothing out.
    """
    if not settles_zero(scope) or rate.zero_base == "not_applicable":
        return {}
    weights = mean_weights(scope, expression)
    return weights if inapplicable(scope).intersection(weights) else {}


def mean_weights(scope: Scope, expression: Operand) -> Mapping[str, int]:
    """The weights of the rates in a mean of two or more; none where it is something else."""
    weights = _weights(expression, scope)
    if weights is None or len(weights) < 2 or sum(weights.values()) != 1:
        return {}
    scale = lcm(*(weight.denominator for weight in weights.values()))
    return {name: int(weight * scale) for name, weight in weights.items()}


def has_means(scope: Scope) -> bool:
    """Whether some rate is a mean that can lose a part."""
    return any(
        inapplicable(scope).intersection(mean_weights(scope, one))
        for rate in scope.rate.values()
        for one in ways(rate)
    )


def _weights(operand: Operand, scope: Scope) -> dict[str, Fraction] | None:
    match operand:
        case Ref(id=name) if name in scope.rate:
            return {name: Fraction(1)}
        case Arithmetic(op="+", left=left, right=right):
            low, high = _weights(left, scope), _weights(right, scope)
            return None if low is None or high is None or low.keys() & high.keys() else low | high
        case Arithmetic(op="*", left=Number(value=value), right=inner):
            return _scaled(_weights(inner, scope), Fraction(value))
        case Arithmetic(op="*", left=inner, right=Number(value=value)):
            return _scaled(_weights(inner, scope), Fraction(value))
        case Arithmetic(op="/", left=inner, right=Number(value=value)) if value > 0:
            return _scaled(_weights(inner, scope), 1 / Fraction(value))
    return None


def _scaled(weights: dict[str, Fraction] | None, factor: Fraction) -> dict[str, Fraction] | None:
    if weights is None or factor <= 0:
        return None
    return {name: weight * factor for name, weight in weights.items()}
