"""The expression language of the specs: arithmetic and conditions over fields and rates.

It is a small subset of Python's expression syntax, parsed by Python's own parser and never evaluated
by it::

    sangong_spent / (sangong_adjusted_budget + sangong_returned)      a rate: one division, at the root
    q1_progress / 0.25                                                 divisor a number: allowed anywhere
    procurement_actual > procurement_plan                              a condition
    supervision_unproven or special_fund_rated_poor                    yes/no fields are conditions
    filled(q1_spending)                                                true when the field is not blank

Both back-ends walk this tree: ``score.arithmetic`` with exact fractions, ``formula.text`` as Excel text.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal, TypeAlias

ArithmeticOp: TypeAlias = Literal["+", "-", "*", "/"]
RelationOp: TypeAlias = Literal["<", "<=", "=", "<>", ">=", ">"]

_LONE_EQUALS = re.compile(r"(?<![=!<>])=(?!=)")


class ExprError(ValueError):
    """An expression outside the language; ``column`` counts from 0 in the expression's text."""

    def __init__(self, message: str, column: int = 0) -> None:
        super().__init__(message)
        self.column = column


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

_ARITHMETIC: dict[type[ast.operator], ArithmeticOp] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
_RELATION: dict[type[ast.cmpop], RelationOp] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Eq: "=",
    ast.NotEq: "<>",
    ast.GtE: ">=",
    ast.Gt: ">",
}


def parse_operand(source: str) -> Operand:
    """Parse a numeric expression; raises ExprError."""
    tree = _python(source)
    return _operand(tree, source)


def parse_condition(source: str) -> Condition:
    """Parse a condition; a bare id stands for a yes/no field. Raises ExprError.

    ``=`` and ``<>``, as officers and Excel write them, mean ``==`` and ``!=``.
    """
    source = _LONE_EQUALS.sub("==", source.replace("<>", "!="))
    tree = _python(source)
    return _condition(tree, source)


def _python(source: str) -> ast.expr:
    try:
        return ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError) as error:
        column = (getattr(error, "offset", None) or 1) - 1
        raise ExprError(f"表达式无法解析：{source!r}", column) from error


def _operand(node: ast.expr, source: str) -> Operand:
    match node:
        case ast.Constant(value=bool() | str() | bytes() | None):
            raise ExprError(f"此处应为数字或字段 id：{ast.unparse(node)}", node.col_offset)
        case ast.Constant():
            return Number(_decimal(node, source))
        case ast.Name(id=name):
            return Ref(name)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant() as inner):
            return Number(-_decimal(inner, source))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
            return Arithmetic(_ARITHMETIC[type(op)], _operand(left, source), _operand(right, source))
        case ast.Call(func=ast.Name(id="abs"), args=[inner], keywords=[]):
            return Absolute(_operand(inner, source))
    raise ExprError(f"算式中不允许：{ast.unparse(node)}", node.col_offset)


def _decimal(node: ast.Constant, source: str) -> Decimal:
    literal = ast.get_source_segment(source.strip(), node) or ""
    try:
        return Decimal(literal)
    except InvalidOperation as error:
        raise ExprError(f"不是十进制数：{literal}", node.col_offset) from error


def _condition(node: ast.expr, source: str) -> Condition:
    match node:
        case ast.Name(id=name):
            return Yes(name)
        case ast.Call(func=ast.Name(id="filled"), args=[ast.Name(id=name)], keywords=[]):
            return Filled(name)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return Not(_condition(inner, source))
        case ast.BoolOp(op=op, values=values):
            parts = tuple(_condition(value, source) for value in values)
            return AllOf(parts) if isinstance(op, ast.And) else AnyOf(parts)
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _RELATION:
            return Relation(_RELATION[type(op)], _operand(left, source), _operand(right, source))
    raise ExprError(f"条件中不允许：{ast.unparse(node)}", node.col_offset)


def refs(expr: Expr) -> Iterator[str]:
    """Ids of every field or rate in ``expr``, in reading order, with repeats."""
    match expr:
        case Ref(id=name) | Yes(id=name) | Filled(id=name):
            yield name
        case Arithmetic(left=left, right=right) | Relation(left=left, right=right):
            yield from refs(left)
            yield from refs(right)
        case Absolute(inner=inner):
            yield from refs(inner)
        case Not(inner=negated):
            yield from refs(negated)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from refs(part)
        case Number():
            return


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
