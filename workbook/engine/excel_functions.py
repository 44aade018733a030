"""Excel's behaviour for the functions that templates use, where the ``formulas`` engine has another.

Element-wise functions (ISNUMBER, TRIM, ROUND, HYPERLINK) broadcast over arrays as the engine's own do. A
reference comes as a plain array; a value that was written or computed as anything else. Excel passes over
texts and truth values that it finds by a reference, and takes them for numbers where they are written.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import partial
from typing import Any, cast

import numpy as np
import schedula as sh
from formulas.errors import FoundError
from formulas.functions import Array, replace_empty, wrap_func, wrap_ranges_func, wrap_ufunc
from formulas.functions.info import FalseArray, iserror
from formulas.functions.look import FUNCTIONS as _LOOK
from formulas.functions.stat import FUNCTIONS as _STAT
from formulas.functions.text import _str as _text
from formulas.tokens.operand import Error, XlError

from workbook.engine.criteria import test_of

_VALUE, _DIV = Error.errors["#VALUE!"], Error.errors["#DIV/0!"]
_WIDE = Context(prec=400)


def _error_among(*values: Any) -> Any:
    """The first error among single values; the engine's own search is for arrays too, and takes longer."""
    return next((value for value in values if isinstance(value, XlError)), None)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def _half_up(value: float, places: float) -> float:
    """ROUND as spreadsheets do it, on the 15 digits that they show; the engine's own loses exact ties."""
    step = Decimal(1).scaleb(-int(places))
    return float(Decimal(f"{value:.15g}").quantize(step, ROUND_HALF_UP, _WIDE))


def _trim(text: str) -> str:
    """A text without plain blanks at its ends and with single ones inside; other white space stays."""
    return " ".join(part for part in text.split(" ") if part)


def _values(argument: Any) -> list[Any]:
    """All values of an argument, row by row."""
    return [argument] if not isinstance(argument, np.ndarray) else argument.ravel().tolist()


def _written(argument: Any) -> bool:
    """Whether an argument is a value of its own, not cells or an array."""
    return not isinstance(argument, np.ndarray) or (isinstance(argument, Array) and argument.size == 1)


def _from_text(value: Any) -> Any:
    """A written text or truth value as the number it stands for; ``#VALUE!`` where it stands for none."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and not isinstance(value, sh.Token):
        try:
            return float(value)
        except ValueError:
            return _VALUE
    return value


def _numbers(arguments: tuple[Any, ...]) -> Iterator[float]:
    """The numbers among all arguments; raises the first error there is."""
    for argument in arguments:
        written = _written(argument)
        for value in _values(argument):
            taken = _from_text(value) if written else value
            if isinstance(taken, XlError):
                raise FoundError(err=taken)
            if _is_number(taken):
                yield taken


def _sum(*arguments: Any) -> float:
    return sum(_numbers(arguments), 0.0)


def _average(*arguments: Any) -> Any:
    numbers = list(_numbers(arguments))
    return sum(numbers, 0.0) / len(numbers) if numbers else _DIV


def _count(*arguments: Any) -> int:
    count = 0
    for argument in arguments:
        written = _written(argument)
        count += sum(_is_number(_from_text(value) if written else value) for value in _values(argument))
    return count


def _filtered(pairs: tuple[Any, ...]) -> list[bool]:
    """Whether each position passes all criteria; ``pairs``: ranges of one shape, each before its criterion.

    Raises FoundError for a range without a criterion or of another shape.
    """
    if len(pairs) % 2 or any(np.shape(one) != np.shape(pairs[0]) for one in pairs[::2]):
        raise FoundError(err=_VALUE)
    passed = [True] * len(_values(pairs[0]))
    for cells, criterion in zip(pairs[::2], pairs[1::2], strict=True):
        (single,) = _values(criterion)
        test = test_of(single)
        passed = [before and test(value) for before, value in zip(passed, _values(cells), strict=True)]
    return passed


def _count_ifs(*pairs: Any) -> int:
    return sum(_filtered(pairs))


def _sum_ifs(cells: Any, *pairs: Any) -> float:
    passed = _filtered(pairs)
    if np.shape(cells) != np.shape(pairs[0]):
        raise FoundError(err=_VALUE)
    chosen = [value for value, through in zip(_values(cells), passed, strict=True) if through]
    return _sum(np.array([*chosen, sh.EMPTY], object))


def _sum_if(cells: Any, criterion: Any, summed: Any = None) -> float:
    return _sum_ifs(cells if summed is None else summed, cells, criterion)


def _one(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of ranges that gives one value."""

    def wrapped(*arguments: Any) -> Any:
        result = np.empty((1, 1), object)
        result[0, 0] = function(*arguments)
        return result.view(Array)

    return cast(Callable[..., Any], wrap_func(wrapped))


def _ranked(name: str) -> Callable[..., Any]:
    """SMALL or LARGE; a written text is a number, or an error."""
    engine = _STAT[name]

    def ranked(values: Any, rank: Any) -> Any:
        return engine(_from_text(values), rank)

    return cast(Callable[..., Any], wrap_ranges_func(ranked))


def _index(compiling: bool, cells: Any, row: Any, *more: Any) -> Any:
    """INDEX for one cell: no row before the first, where the engine gives the first."""
    if any(_is_number(value) and value < 1 for value in _values(row)):
        return np.array([[_VALUE]], object).view(Array)
    return _LOOK["INDEX"]["function"](compiling, cells, row, *more)


FUNCTIONS: dict[str, Any] = {
    "AVERAGE": _one(_average),
    "COUNT": _one(_count),
    "COUNTIF": _one(_count_ifs),
    "COUNTIFS": _one(_count_ifs),
    # A link's value is its text; the engine itself has no links.
    "HYPERLINK": wrap_ufunc(
        lambda target, text: text, input_parser=lambda *cells: cells, check_error=lambda *cells: None
    ),
    "INDEX": {**_LOOK["INDEX"], "function": _index},
    # The engine's own gives no number for one that is beyond the whole numbers of a computer.
    "INT": wrap_ufunc(lambda value: float(math.floor(value)), check_error=_error_among),
    "ISNUMBER": wrap_ranges_func(partial(iserror, check=_is_number, array=FalseArray)),
    "LARGE": _ranked("LARGE"),
    "ROUND": wrap_ufunc(_half_up, check_error=_error_among),
    "SMALL": _ranked("SMALL"),
    "SUM": _one(_sum),
    "SUMIF": _one(_sum_if),
    "SUMIFS": _one(_sum_ifs),
    "TRIM": wrap_ufunc(
        _trim, input_parser=lambda text: [_text(text)], args_parser=lambda text: [replace_empty(text, "")]
    ),
}
"""By name, to stand in for the engine's own."""
