"""Formulas as tokens: one normal form for comparing, one shape for compiling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

NUMBER = "#"
"""Marks a number among a shape's references."""

_KEPT = 8192
"""Formulas that are remembered in their normal form: a few templates', as three programs write them."""

_PLAIN_SHEET = re.compile(r"^'([^'\[\]*?:/\\ ]+)'!")


@dataclass(frozen=True, slots=True)
class Shape:
    """A formula with its references and numbers replaced by ``V_0``, ``V_1`` …: many share one shape.

    A number stands among the references as ``#`` and its text.
    """

    text: str
    references: tuple[str, ...]


def tokens(formula: str) -> list[Token] | None:
    """The tokens of a formula with ``=``, blanks left out; None when it is none."""
    try:
        return [token for token in Tokenizer(formula).items if token.type != Token.WSPACE]
    except (TokenizerError, IndexError, ValueError):
        return None


@lru_cache(maxsize=_KEPT)
def normal(formula: str, *, fixed: bool = False) -> tuple[str, ...]:
    """A formula's tokens in the form in which rewriting by other programs does not show.

    What is no formula is its own only token. ``fixed``: the signs that fix a reference count, as they do for
    a formula that stands for several cells.
    """
    parts = tokens(formula)
    if parts is None:
        return (formula,)
    return tuple(_normal(token, fixed=fixed) for token in parts)


def _normal(token: Token, *, fixed: bool) -> str:
    value = str(token.value)
    if token.type == Token.FUNC:
        return value.upper().replace("_XLFN.", "")
    if token.type == Token.OPERAND and token.subtype == Token.NUMBER:
        return f"{float(value):.15g}"
    if token.type == Token.OPERAND and token.subtype == Token.RANGE:
        bare = _PLAIN_SHEET.sub(r"\1!", value)
        return bare if fixed else bare.replace("$", "")
    return value


def shape(formula: str, row: int = 0) -> Shape:
    """The shape of a template's formula that stands in ``row``. Raises ValueError for what is no formula.

    Formulas that differ only by their own row are taken apart once.
    """
    own = re.compile(rf"(?<=[A-Z]){row}(?!\d)")
    relative = _shape_of(own.sub(_OWN_ROW, formula))
    return Shape(
        relative.text.replace(_OWN_ROW, str(row)),
        tuple(one.replace(_OWN_ROW, str(row)) for one in relative.references),
    )


_OWN_ROW = "\N{PILCROW SIGN}"
"""Stands for the formula's own row in references; no formula holds it."""


@cache
def _shape_of(formula: str) -> Shape:
    parts = tokens(formula)
    if parts is None:
        raise ValueError(f"not a formula: {formula}")
    references: dict[str, str] = {}
    text = "="
    for token in parts:
        value = str(token.value)
        if token.type == Token.OPERAND and token.subtype in {Token.RANGE, Token.NUMBER}:
            name = value if token.subtype == Token.RANGE else NUMBER + value
            value = references.setdefault(name, f"V_{len(references)}")
        text += value
    return Shape(text, tuple(references))
