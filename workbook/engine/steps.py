"""A compiled formula as the plain list of calls that it comes to.

The engine makes of a formula a graph and finds its way through it at each call. The way is always the same,
so it is kept: which of the engine's functions is called with which operands, one after the other. Such a list
can be written to a file and read back, which is much faster than compiling, and runs no code but the
engine's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import formulas
import schedula as sh
from formulas.functions.operators import OPERATORS

Constant = bool | int | float | str

_PLAIN = frozenset({
    "type", "index", "inputs", "outputs", "function", "wait_inputs", "solve_cycle", "extra_inputs",
})  # fmt: skip
"""Keys that the engine may set on a call; any other would change how the call is made."""

_RANGES = frozenset({",", " ", ":", "@"})
"""Operators between ranges, of which a shape holds none."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The calls of a formula. A slot is an operand: references first, then constants, then earlier results.

    ``order`` are the references that the formula's function takes, by their numbers.
    """

    order: tuple[int, ...]
    constants: tuple[Constant, ...]
    calls: tuple[tuple[str, tuple[int, ...]], ...]
    result: int

    def __post_init__(self) -> None:
        """Raise ValueError for a slot that nothing has filled yet."""
        filled = len(self.order) + len(self.constants)
        for number, (_, slots) in enumerate(self.calls):
            if not all(0 <= slot < filled + number for slot in slots):
                raise ValueError(slots)
        if not 0 <= self.result < filled + len(self.calls):
            raise ValueError(self.result)


def steps_of(function: Any, order: tuple[int, ...]) -> Steps | None:
    """The steps of a function that the engine has compiled; None when it does more than plain calls."""
    slots: dict[Any, int] = {name: number for number, name in enumerate(function.inputs)}
    defaults = function.dsp.default_values
    constants = [name for name in defaults if name not in slots]
    slots.update({name: len(slots) + number for number, name in enumerate(constants)})
    values = tuple(defaults[name]["value"] for name in constants)
    if any(type(value) not in {bool, int, float, str} for value in values):
        return None
    calls = []
    for task, *_ in function.pipe:
        name, solution = task[-1]
        node = solution.nodes.get(name)
        if node is None or node["type"] != "function":
            continue
        if node["function"] is sh.bypass and len(node["inputs"]) == len(node["outputs"]) == 1:
            slots[node["outputs"][0]] = slots[node["inputs"][0]]  # a part that occurs a second time
            continue
        known = _names().get(id(node["function"]))
        if known is None or node.keys() - _PLAIN or len(node["outputs"]) != 1:
            return None
        calls.append((known, tuple(slots[one] for one in node["inputs"])))
        slots[node["outputs"][0]] = len(function.inputs) + len(constants) + len(calls) - 1
    return Steps(order, values, tuple(calls), slots[function.outputs[0]])


def runner(steps: Steps, otherwise: Callable[[], Callable[..., Any]]) -> Callable[..., Any]:
    """The function of these steps. Where a step fails, what ``otherwise`` makes decides in its place.

    Raises KeyError for a function that the engine does not have.
    """
    calls = [(_functions()[name], slots) for name, slots in steps.calls]
    constants, result = list(steps.constants), steps.result

    def run(*operands: Any) -> Any:
        values = [*operands, *constants]
        try:
            for function, slots in calls:
                value = function(*[values[slot] for slot in slots])
                if value is sh.NONE:
                    break
                values.append(value)
            else:
                return values[result]
        except Exception:  # the engine says in its own way what is wrong
            pass
        return otherwise()(*operands)

    return run


@cache
def _functions() -> dict[str, Callable[..., Any]]:
    """The engine's functions by name, and its operators behind an ``=``."""
    known = {f"={sign}": function for sign, function in OPERATORS.items() if sign not in _RANGES}
    known.update(formulas.get_functions())
    return {name: one["function"] if isinstance(one, dict) else one for name, one in known.items()}


@cache
def _names() -> dict[int, str]:
    return {id(function): name for name, function in _functions().items()}
