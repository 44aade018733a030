"""The text of an officer's formula: only what is on a short list, its references named one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl.formula.tokenizer import Token

from workbook.engine.tokens import tokens
from workbook.returned.cell_references import NotAllowed

_ADDING = {"SUM(", "AVERAGE("}
_FUNCTIONS = {*_ADDING, "ROUND("}
_OPERATORS = {"+", "-", "*", "/", "%"}
_MAX_LENGTH = 2_000


@dataclass(frozen=True, slots=True)
class Operand:
    """A reference of a formula. ``added_up``: it is a whole argument of SUM or AVERAGE."""

    reference: str
    added_up: bool


def checked(formula: str) -> tuple[str, dict[str, Operand]]:
    """A formula with each reference replaced by a name of its own, and what the names stand for.

    One reference can count differently in two places: SUM passes over a text that + does not. Formulas
    that are alike but for what they refer to become one text. Raises NotAllowed.
    """
    parts = tokens(formula) if len(formula) <= _MAX_LENGTH else None
    if not parts:
        raise NotAllowed("公式过长或无法解析")
    operands: dict[str, Operand] = {}
    text = "="
    for place, (token, function) in enumerate(_within(parts)):
        _allowed(token, parts[place - 1] if place else None)
        value = str(token.value)
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            name = f"X_{len(operands)}"
            operands[name] = Operand(value, function in _ADDING and _whole_argument(parts, place))
            value = name
        text += value
    return text, operands


def references_in(formula: str) -> list[str]:
    """The references of any formula; none of one that cannot be taken apart."""
    return [
        str(token.value)
        for token in tokens(formula) or ()
        if token.type == Token.OPERAND and token.subtype == Token.RANGE
    ]


def _within(parts: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Each token with the innermost function around it."""
    around: list[str] = []
    for token in parts:
        if token.subtype == Token.OPEN and token.type == Token.FUNC:
            around.append(str(token.value).upper())
        elif token.subtype == Token.CLOSE and token.type == Token.FUNC and around:
            around.pop()
        yield token, around[-1] if around else ""


def _whole_argument(parts: Sequence[Token], place: int) -> bool:
    """Whether the token at ``place``, with brackets around it, is all that stands in an argument."""
    before, after = place - 1, place + 1
    while _is(parts, before, Token.PAREN, Token.OPEN) and _is(parts, after, Token.PAREN, Token.CLOSE):
        before, after = before - 1, after + 1
    starts = _is(parts, before, Token.FUNC, Token.OPEN) or _is(parts, before, Token.SEP)
    return starts and (_is(parts, after, Token.FUNC, Token.CLOSE) or _is(parts, after, Token.SEP))


def _is(parts: Sequence[Token], place: int, kind: str, subtype: str | None = None) -> bool:
    if not 0 <= place < len(parts):
        return False
    return parts[place].type == kind and (subtype is None or parts[place].subtype == subtype)


def _allowed(token: Token, before: Token | None) -> None:
    """Raise NotAllowed for what is not on the list."""
    value = str(token.value)
    if token.type == Token.ARRAY:
        raise NotAllowed("含有数组")
    if token.type == Token.FUNC and token.subtype == Token.OPEN and value.upper() not in _FUNCTIONS:
        raise NotAllowed(f"含有函数 {value.rstrip('(')}")
    if token.type in {Token.OP_IN, Token.OP_PRE, Token.OP_POST} and value not in _OPERATORS:
        raise NotAllowed("含有几个区域的并集" if value == "," else f"含有运算符 {value}")
    if token.type == Token.OPERAND and token.subtype not in {Token.RANGE, Token.NUMBER}:
        raise NotAllowed(f"含有 {value[:40]}")
    if _starts(token) and before is not None and _ends(before):
        raise NotAllowed(f"{value[:40]} 之前没有运算符（两个区域的交集不能使用）")


def _starts(token: Token) -> bool:
    return token.type == Token.OPERAND or (
        token.type in {Token.FUNC, Token.PAREN} and token.subtype == Token.OPEN
    )


def _ends(token: Token) -> bool:
    return token.type in {Token.OPERAND, Token.OP_POST} or (
        token.type in {Token.FUNC, Token.PAREN} and token.subtype == Token.CLOSE
    )
