"""The ``formulas`` engine with Excel's functions in it: a formula's shape becomes a function, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from workbook.engine.lazy_import import load_later

load_later("scipy.stats")  # a second of loading, for functions that no template has

import formulas
import numpy as np

from workbook.engine import excel_functions

formulas.get_functions().update(excel_functions.FUNCTIONS)
_PARSER = formulas.Parser()


@cache
def compiled(shape_text: str) -> tuple[Callable[..., Any], tuple[int, ...]]:
    """The engine's function for a shape, and the order in which it takes the shape's references."""
    function = _PARSER.ast(shape_text)[1].compile()
    order = tuple(int(name.removeprefix("V_")) for name in function.inputs)
    return function, order


def stacked(values: Sequence[Any]) -> Any:
    """An object array, one value below the other, as the engine takes them."""
    array = np.empty((len(values), 1), object)
    for row, value in enumerate(values):
        array[row, 0] = value
    return array
