"""Criteria of COUNTIF and SUMIF as Excel reads them: which values of a range one lets through."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import schedula as sh
from formulas.tokens.operand import Error, XlError

Test = Callable[[Any], bool]

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le,
}  # fmt: skip
_SPLIT = re.compile(r"(<>|>=|<=|=|<|>)?(.*)", re.DOTALL)
_NUMBER = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(%?)\s*", re.ASCII)
_WILD = re.compile(r"~[?*~]|[?*]|[^?*~]+|~", re.DOTALL)


@lru_cache(maxsize=1000, typed=True)
def test_of(criterion: Any) -> Test:
    """The test that a criterion stands for: an empty cell is a zero, a text may begin with a comparison."""
    if criterion is sh.EMPTY:
        criterion = 0
    if isinstance(criterion, XlError):
        return lambda value: isinstance(value, XlError) and value == criterion
    if isinstance(criterion, bool):
        return lambda value: isinstance(value, bool) and value == criterion
    if isinstance(criterion, int | float):
        return _equals_number(criterion)
    return _of_text(str(criterion))


def _of_text(text: str) -> Test:
    match = _SPLIT.fullmatch(text)
    assert match is not None  # it takes any text
    comparison, operand = match[1] or "", match[2]
    if comparison in {"", "=", "<>"}:
        test = _equals(operand, blank_only=bool(comparison))
        return (lambda value: not test(value)) if comparison == "<>" else test
    return _beyond(_COMPARISONS[comparison], operand)


def _equals(operand: str, *, blank_only: bool) -> Test:
    """Equality with what a text says; ``=`` alone finds empty cells, an empty text those without text."""
    if operand == "":
        return lambda value: value is sh.EMPTY or (not blank_only and _is_text(value) and value == "")
    typed = _typed(operand)
    if isinstance(typed, str):
        pattern = _pattern(typed)
        return lambda value: _is_text(value) and pattern.fullmatch(value) is not None
    return test_of(typed)


def _equals_number(number: float) -> Test:
    """A number is also found where it stands as a text."""

    def test(value: Any) -> bool:
        if _is_text(value):
            value = _number(value)
        return _is_number(value) and bool(value == number)

    return test


def _beyond(compare: Callable[[Any, Any], bool], operand: str) -> Test:
    """Comparison by size, among values of the operand's own kind."""
    typed = _typed(operand)
    if isinstance(typed, XlError) or operand == "":
        return lambda value: False
    if isinstance(typed, bool):
        return lambda value: isinstance(value, bool) and compare(value, typed)
    if isinstance(typed, str):
        folded = typed.casefold()
        return lambda value: _is_text(value) and compare(value.casefold(), folded)
    return lambda value: _is_number(value) and compare(value, typed)


def _typed(text: str) -> Any:
    """The number, truth value or error that a text says; else the text itself."""
    number = _number(text)
    if number is not None:
        return number
    upper = text.upper()
    return {"TRUE": True, "FALSE": False}.get(upper, Error.errors.get(upper, text))


def _number(text: str) -> float | None:
    match = _NUMBER.fullmatch(text)
    return None if match is None else float(match[1]) / (100 if match[2] else 1)


def _pattern(text: str) -> re.Pattern[str]:
    """Wildcards: ``*`` for any characters, ``?`` for one, ``~`` before either for itself."""
    parts = []
    for part in _WILD.findall(text):
        if part in {"*", "?"}:
            parts.append(".*" if part == "*" else ".")
        else:
            parts.append(re.escape(part[1:] if len(part) == 2 and part[0] == "~" else part))
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, sh.Token)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
