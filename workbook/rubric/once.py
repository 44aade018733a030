"""Values that follow from parts of a rubric alone, worked out once: a loaded rubric never changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_MOST = 20_000
"""Answers of one function that are remembered; with one more, all are forgotten."""


def once(function: Callable[P, T]) -> Callable[P, T]:
    """A function of objects that never change, which remembers its answers by which objects it was asked of.

    Its arguments are given by position. It keeps them, so that no other object can come to be taken for one.
    Nobody changes its answers.
    """
    known: dict[tuple[int, ...], tuple[T, tuple[Any, ...]]] = {}

    @wraps(function)
    def remembering(*args: P.args, **kwargs: P.kwargs) -> T:
        if kwargs:
            return function(*args, **kwargs)
        key = tuple(map(id, args))
        answer = known.get(key)
        if answer is None:
            if len(known) >= _MOST:
                known.clear()
            answer = known[key] = (function(*args, **kwargs), args)
        return answer[0]

    return remembering
