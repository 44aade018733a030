"""Signs of figures, as far as expressions show them: below zero, and which way a quotient over zero pulls.

Both back-ends write a special case only where these say that it can come up.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

from workbook.rubric.expr import (
    Absolute,
    Arithmetic,
    Number,
    Operand,
    Ref,
    quotient,
    refs,
    unique_refs,
)
from workbook.rubric.model import Rate, Rubric, Scope
from workbook.rubric.once import once

Side: TypeAlias = Literal[1, -1, 0]
"""Where a value lies: beyond every limit above (1) or below (-1); 0 where that cannot be known."""

_ZERO = Decimal(0)


def settles_zero(scope: Scope) -> bool:
    """Whether what is below zero over zero is told from 不适用, and means leave out what is 不适用."""
    return isinstance(scope, Rubric) and scope.settles_zero


@once
def never_negative(scope: Scope) -> frozenset[str]:
    """Fields and rates that cannot be below zero, as far as their expressions show."""
    safe = {name for name, field in scope.field.items() if field.min is not None and field.min >= 0}
    known = {*scope.field, *scope.rate}
    # what is unknown is reported as such
    safe |= {name for rate in scope.rate.values() for name in rate.figures} - known
    for rate in scope.rate.values():
        base = rate.zero_base
        stated = not isinstance(base, Decimal) or base >= 0
        if stated and (rate.cap is None or rate.cap >= 0) and all(_stays(one, safe) for one in ways(rate)):
            safe.add(rate.id)
    return frozenset(safe)


def ways(rate: Rate) -> tuple[Operand, ...]:
    """The expressions by which a rate can be computed."""
    return (rate.of,) if rate.otherwise is None else (rate.of, rate.otherwise)


def _stays(operand: Operand, safe: set[str]) -> bool:
    match operand:
        case Number(value=value):
            return value >= 0
        case Ref(id=name):
            return name in safe
        case Absolute():
            return True
        case Arithmetic(op=op, left=left, right=right):
            return op != "-" and _stays(left, safe) and _stays(right, safe)


def pull(scope: Scope, operand: Operand, name: str, side: Side) -> Side:
    """Where ``operand`` lies when the rate ``name`` in it lies beyond every limit on ``side``."""
    match operand:
        case Ref(id=own):
            return side if own == name else 0
        case Absolute(inner=inner):
            return 1 if pull(scope, inner, name, side) else 0
        case Arithmetic(left=left, right=right):
            return _pull(scope, operand, name, side) if name in {*refs(left), *refs(right)} else 0
    return 0


def _pull(scope: Scope, operand: Arithmetic, name: str, side: Side) -> Side:
    left, right = (pull(scope, part, name, side) for part in (operand.left, operand.right))
    inside = [name in refs(part) for part in (operand.left, operand.right)]
    match operand.op:
        case "+" | "-":
            other: Side = right if operand.op == "+" else _turned(right)
            if all(inside):
                return left if left == other else 0
            return left if inside[0] else other
        case "*":
            if all(inside):
                return 0
            return _times(scope, *((left, operand.right) if inside[0] else (right, operand.left)))
        case "/":
            return 0 if inside[1] else _times(scope, left, operand.right)


def _times(scope: Scope, side: Side, factor: Operand) -> Side:
    if isinstance(factor, Number):
        return 0 if factor.value == 0 else side if factor.value > 0 else _turned(side)
    return side if _stays(factor, set(never_negative(scope))) else 0


def _turned(side: Side) -> Side:
    return -1 if side == 1 else 1 if side == -1 else 0


def below_over_zero(scope: Scope, expression: Operand) -> bool:
    """Whether a quotient can have something below zero above a base of zero.

    Where the base is a sum of figures that are never negative, all of them are zero in it.
    """
    parts = quotient(expression)
    if parts is None or not settles_zero(scope):
        return False
    safe = set(never_negative(scope))
    gone = set(unique_refs(parts[1])) if _adds_up(parts[1], safe) else set()
    return not _stays(_without(parts[0], gone), safe)


def _adds_up(operand: Operand, safe: set[str]) -> bool:
    match operand:
        case Ref(id=name):
            return name in safe
        case Arithmetic(op="+", left=left, right=right):
            return _adds_up(left, safe) and _adds_up(right, safe)
    return False


def _without(operand: Operand, gone: set[str]) -> Operand:
    """``operand`` with the figures in ``gone`` at zero, simplified where that takes a minus away."""
    match operand:
        case Ref(id=name) if name in gone:
            return Number(_ZERO)
        case Arithmetic(op=op, left=left, right=right):
            low, high = _without(left, gone), _without(right, gone)
            nothing = Number(_ZERO)
            if op in {"+", "-"} and high == nothing:
                return low
            if op == "+" and low == nothing:
                return high
            if op == "*" and nothing in {low, high}:
                return nothing
            return Arithmetic(op, low, high)
    return operand


@once
def special(scope: Scope) -> frozenset[str]:
    """The rates that can be something else than a number: a quotient, or built from such a rate."""
    found: set[str] = set()
    for rate in scope.rate.values():
        if any(quotient(one) is not None or found.intersection(refs(one)) for one in ways(rate)):
            found.add(rate.id)
    return frozenset(found)


@once
def inapplicable(scope: Scope) -> frozenset[str]:
    """The rates that can be 不适用: 0 ÷ 0 or built from it, with no number stated for it."""
    found: set[str] = set()
    for rate in scope.rate.values():
        if isinstance(rate.zero_base, Decimal):
            continue
        for one in ways(rate):
            if quotient(one) is not None or found.intersection(refs(one)) or _undecided(scope, one):
                found.add(rate.id)
    return frozenset(found)


def _undecided(scope: Scope, operand: Operand) -> bool:
    """Whether rates beyond every limit in it can leave it without any value."""
    names = [name for name in unique_refs(operand) if name in special(scope)]
    sides = {pull(scope, operand, name, 1) for name in names}
    sides |= {pull(scope, operand, name, -1) for name in names if name in below(scope)}
    return 0 in sides or len(sides) > 1


@once
def below(scope: Scope) -> frozenset[str]:
    """The rates that can lie below every limit (负超限)."""
    found: set[str] = set()
    for rate in scope.rate.values():
        names = [(one, name) for one in ways(rate) for name in unique_refs(one) if name in special(scope)]
        pulled = {pull(scope, one, name, 1) for one, name in names}
        pulled |= {pull(scope, one, name, -1) for one, name in names if name in found}
        if -1 in pulled or any(below_over_zero(scope, one) for one in ways(rate)):
            found.add(rate.id)
    return frozenset(found)
