"""Reading of expressions by Python's parser, which never evaluates them; refusals name place and remedy."""

from __future__ import annotations

import ast
import re
from decimal import Decimal, InvalidOperation

from workbook.rubric.expr import (
    Absolute,
    AllOf,
    AnyOf,
    Arithmetic,
    ArithmeticOp,
    Condition,
    Filled,
    Not,
    Number,
    Operand,
    Ref,
    Relation,
    RelationOp,
    Yes,
)

_LONE_EQUALS = re.compile(r"(?<![=!<>])=(?!=)")
_ODD_RELATION = re.compile(r"=<|=>|={3,}|[≤≥≠≦≧＝＜＞]|&&?|\|\|?|!(?!=)|！|(?<=\s)(?:并且|且|或者|或)(?=\s)")
"""Relations and junctions as papers and other languages write them; asked of what cannot be read."""

_ANSWERS = {"是": True, "否": False, "True": True, "False": False}
_EQUAL: dict[type[ast.cmpop], bool] = {ast.Eq: True, ast.Is: True, ast.NotEq: False, ast.IsNot: False}

_IF = re.compile(r"\bif\b", re.IGNORECASE)


class ExprError(ValueError):
    """A text outside the language: what of it, at which character (from 0), and which finding says so.

    ``about`` and ``instead``: the yes/no field of a comparison with an answer, and how it is written.
    """

    def __init__(
        self, problem: str, column: int = 0, code: str = "SPEC_INVALID", about: str = "", instead: str = ""
    ) -> None:
        super().__init__(problem)
        self.column = column
        self.code = code
        self.about = about
        self.instead = instead


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
    """Parse a numeric expression. Raises ExprError."""
    tree = _python(source)
    return _operand(tree, source)


def parse_condition(source: str) -> Condition:
    """Parse a condition; a bare id stands for a yes/no field. Raises ExprError.

    ``=`` and ``<>``, as officers and Excel write them, mean ``==`` and ``!=``.
    """
    unequal = source.replace("<>", "!=")
    written = _LONE_EQUALS.sub("==", unequal)
    try:
        return _condition(_python(written), written)
    except ExprError as error:
        lone = enumerate(match.start() for match in _LONE_EQUALS.finditer(unequal))
        added = sum(start + before < error.column for before, start in lone)
        problem = str(error) if "==" in source else str(error).replace("==", "=")
        problem = problem if "!=" in source else problem.replace("!=", "<>")
        raise ExprError(problem, error.column - added, error.code, error.about, error.instead) from error


def _python(source: str) -> ast.expr:
    try:
        return ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", None) or 1, getattr(error, "offset", None)
        place = _start_of_line(source, line) + (column or 1) - 1
        if column == 0:  # the parser came to the end and wanted more
            place = len(source.rstrip())
        odd = _ODD_RELATION.search(source)
        if odd is not None:
            raise ExprError(odd[0], odd.start(), "SPEC_EXPR_RELATION") from error
        code = "SPEC_EXPR_IF" if _IF.search(source) else "SPEC_EXPR_SYNTAX"
        raise ExprError(source.strip(), place, code) from error


def _start_of_line(source: str, line: int) -> int:
    """The offset in the whole text of the start of a line, from 1, of the stripped text."""
    lead = len(source) - len(source.lstrip())
    return lead + sum(len(one) + 1 for one in source.strip().split("\n")[: line - 1])


def _operand(node: ast.expr, source: str) -> Operand:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return Number(_decimal(node, source))
        case ast.Name(id=name):
            return Ref(name)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float()) as inner):
            return Number(-_decimal(inner, source))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
            return Arithmetic(_ARITHMETIC[type(op)], _operand(left, source), _operand(right, source))
        case ast.Call(func=ast.Name(id="abs"), args=[inner], keywords=[]):
            return Absolute(_operand(inner, source))
    raise _refused(node, source)


def _refused(node: ast.expr, source: str) -> ExprError:
    """The error for a part of an expression outside the language, with its place."""
    line, column = node.lineno, node.col_offset
    match node:
        case ast.Call(func=ast.Name(id=name)):
            code, part = "SPEC_EXPR_FUNCTION", name
        case ast.IfExp():
            code, part = "SPEC_EXPR_IF", _written(node, source)
        case ast.BinOp(left=left, op=op) if type(op) not in _ARITHMETIC:
            code, part = "SPEC_EXPR_OPERATOR", _written(node, source)
            line, column = left.end_lineno or line, left.end_col_offset or column
        case ast.Constant(value=str()):
            code, part = "SPEC_EXPR_TEXT", _written(node, source)
        case _:
            code, part = "SPEC_EXPR_OTHER", _written(node, source)
    start = _offset(source, line, column)
    if code == "SPEC_EXPR_OPERATOR":
        start += len(source[start:]) - len(source[start:].lstrip(" \n)"))
    return ExprError(part, start, code)


def _offset(source: str, line: int, column: int) -> int:
    """A place that Python's parser tells, in bytes of a line of the stripped text, in the whole text."""
    before = source.strip().split("\n")[line - 1].encode()[:column]
    return _start_of_line(source, line) + len(before.decode(errors="ignore"))


def _written(node: ast.expr, source: str) -> str:
    return ast.get_source_segment(source.strip(), node) or ast.unparse(node)


def _decimal(node: ast.Constant, source: str) -> Decimal:
    try:
        return Decimal(_written(node, source))
    except InvalidOperation as error:
        raise _refused(node, source) from error


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
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _EQUAL and (
            (answered := _answered(left, right)) is not None
        ):
            about, answer = answered
            instead = about if answer is _EQUAL[type(op)] else f"not {about}"
            start = _offset(source, node.lineno, node.col_offset)
            raise ExprError(_written(node, source), start, "SPEC_EXPR_ANSWER", about, instead)
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _RELATION:
            return Relation(_RELATION[type(op)], _operand(left, source), _operand(right, source))
    raise _refused(node, source)


def _answered(left: ast.expr, right: ast.expr) -> tuple[str, bool] | None:
    """The field that is compared with a yes or a no, and which of them."""
    for field, answer in ((left, right), (right, left)):
        word = None
        if isinstance(answer, ast.Name):
            word = answer.id
        elif isinstance(answer, ast.Constant):
            word = str(answer.value)
        if isinstance(field, ast.Name) and field.id not in _ANSWERS and word in _ANSWERS:
            return field.id, _ANSWERS[word]
    return None
