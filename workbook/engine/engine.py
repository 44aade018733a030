"""The ``formulas`` engine with Excel's functions in it: a formula's shape becomes a function, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from workbook.engine.lazy_import import loaded_later

# half a second of loading, for functions that no template has
with loaded_later({"scipy.stats": (), "scipy.linalg": (), "scipy.interpolate": ("interp1d",)}):
    import formulas

    from workbook.engine import excel_functions
    from workbook.engine.steps import Steps, runner, steps_of

    formulas.get_functions().update(excel_functions.FUNCTIONS)

Compiled = tuple[Callable[..., Any], tuple[int, ...]]
"""A shape's function, and the order in which it takes the shape's references."""

_compiled: dict[str, Compiled] = {}
_steps: dict[str, Steps] = {}


def compiled(shape_text: str) -> Compiled:
    """The engine's function for a shape, and the order in which it takes the shape's references."""
    if shape_text not in _compiled:
        whole = _by_engine(shape_text)
        steps = steps_of(*whole)
        if steps is None:
            _compiled[shape_text] = whole
        else:
            remember({shape_text: steps})
    return _compiled[shape_text]


def known_steps(shape_texts: Iterable[str]) -> dict[str, Steps]:
    """The steps of shapes, compiled where they are not yet; a shape that is not plain steps is left out."""
    for text in shape_texts:
        compiled(text)
    return {text: _steps[text] for text in shape_texts if text in _steps}


def remember(known: Mapping[str, Steps]) -> None:
    """Take steps that were compiled earlier. Raises KeyError for a function that the engine does not have."""
    runs = {text: runner(steps, lambda text=text: _by_engine(text)[0]) for text, steps in known.items()}  # type: ignore[misc]
    for text, run in runs.items():
        _steps[text] = known[text]
        _compiled[text] = (run, known[text].order)


@cache
def _by_engine(shape_text: str) -> Compiled:
    """The function as the engine makes it: it finds its own way through the formula at each call."""
    function = _parser().ast(shape_text)[1].compile()
    order = tuple(int(name.removeprefix("V_")) for name in function.inputs)
    return function, order


@cache
def _parser() -> Any:
    return formulas.Parser()


def stacked(values: Sequence[Any]) -> Any:
    """An object array, one value below the other, as the engine takes them."""
    array = np.empty((len(values), 1), object)
    for row, value in enumerate(values):
        array[row, 0] = value
    return array
