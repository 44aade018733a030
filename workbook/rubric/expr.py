"""The expression language of the specs: arithmetic and conditions over fields and rates.

It is a small subset of Python's expression syntax, read by ``expr_parser``::

    sangong_spent / (sangong_adjusted_budget + sangong_returned)      a rate: one division, at the root
    q1_progress / 0.25                                                 divisor a number: allowed anywhere
    procurement_actual > procurement_plan                              a condition
    supervision_unproven or special_fund_rated_poor                    yes/no fields are conditions
    filled(q1_spending)                                                true when the field is not blank

Both back-ends walk this tree: ``scorer.ledger`` with exact fractions, ``formula.text`` as Excel text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from workbook.rubric.once import once

ArithmeticOp: TypeAlias = Literal["+", "-", "*", "/"]
RelationOp: TypeAlias = Literal["<", "<=", "=", "<>", ">=", ">"]


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal constant, taken from the source text."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Ref:
    """The id of a field or of a rate."""

    id: str


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``left op right`` over numbers."""

    op: ArithmeticOp
    left: Operand
    right: Operand


@dataclass(frozen=True, slots=True)
class Absolute:
    """``abs(inner)``."""

    inner: Operand


Operand: TypeAlias = Number | Ref | Arithmetic | Absolute


@dataclass(frozen=True, slots=True)
class Relation:
    """A comparison of two operands."""

    op: RelationOp
    left: Operand
    right: Operand


@dataclass(frozen=True, slots=True)
class Yes:
    """True when the yes/no field says 是."""

    id: str


@dataclass(frozen=True, slots=True)
class Filled:
    """True when the field is not blank; never open."""

    id: str


@dataclass(frozen=True, slots=True)
class Not:
    """Negation; open when its operand is open."""

    inner: Condition


@dataclass(frozen=True, slots=True)
class AllOf:
    """Conjunction: false as soon as one part is false, whatever is blank."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Disjunction: true as soon as one part is true, whatever is blank."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = Relation | Yes | Filled | Not | AllOf | AnyOf
Expr: TypeAlias = Operand | Condition


def named_in(expr: Expr) -> Iterator[Ref | Yes | Filled]:
    """Every place where ``expr`` names a field or rate, in reading order."""
    match expr:
        case Ref() | Yes() | Filled():
            yield expr
        case Arithmetic(left=left, right=right) | Relation(left=left, right=right):
            yield from named_in(left)
            yield from named_in(right)
        case Absolute(inner=inner):
            yield from named_in(inner)
        case Not(inner=negated):
            yield from named_in(negated)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from named_in(part)
        case Number():
            return


def refs(expr: Expr) -> Iterator[str]:
    """Ids of every field or rate in ``expr``, in reading order, with repeats."""
    return (one.id for one in named_in(expr))


@once
def unique_refs(*exprs: Expr) -> tuple[str, ...]:
    """Ids in ``exprs``, each once, in reading order."""
    return tuple(dict.fromkeys(name for expr in exprs for name in refs(expr)))


def quotient(expr: Operand) -> tuple[Operand, Operand] | None:
    """Numerator and denominator when ``expr`` is a division by something that can be zero."""
    if isinstance(expr, Arithmetic) and expr.op == "/" and not isinstance(expr.right, Number):
        return expr.left, expr.right
    return None


def divisions(expr: Expr) -> Iterator[Arithmetic]:
    """Every division inside ``expr``."""
    match expr:
        case Arithmetic(op=op, left=left, right=right):
            if op == "/":
                yield expr
            yield from divisions(left)
            yield from divisions(right)
        case Absolute(inner=inner):
            yield from divisions(inner)
        case Relation(left=left, right=right):
            yield from divisions(left)
            yield from divisions(right)
        case Not(inner=negated):
            yield from divisions(negated)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from divisions(part)
        case _:
            return


def relations(condition: Condition) -> Iterator[tuple[Operand, Operand]]:
    """The two sides of every comparison in ``condition``."""
    match condition:
        case Relation(left=left, right=right):
            yield left, right
        case Not(inner=inner):
            yield from relations(inner)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from relations(part)
        case _:
            return


def source(expr: Expr) -> str:
    """The expression in its own language, fully bracketed: the same for the same tree, for ever."""
    match expr:
        case Number(value=value):
            return f"{value.normalize():f}"
        case Ref(id=name) | Yes(id=name):
            return name
        case Filled(id=name):
            return f"filled({name})"
        case Absolute(inner=inner):
            return f"abs({source(inner)})"
        case Arithmetic(op=op, left=left, right=right) | Relation(op=op, left=left, right=right):
            return f"({source(left)} {op} {source(right)})"
        case Not(inner=negated):
            return f"(not {source(negated)})"
        case AllOf(parts=parts):
            return "(" + " and ".join(source(part) for part in parts) + ")"
        case AnyOf(parts=parts):
            return "(" + " or ".join(source(part) for part in parts) + ")"
