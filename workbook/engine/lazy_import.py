"""Put off loading heavy modules that another library imports but that are rarely used."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any


@contextmanager
def loaded_later(modules: Mapping[str, tuple[str, ...]]) -> Iterator[None]:
    """Let imports inside give modules that load themselves when something of them is asked for.

    ``modules`` are their names, each with the functions that are imported from it by name: such a one loads
    its module when it is called. Imports elsewhere, before and after, are not changed.
    """
    stand_ins = {name: _Later(name, functions) for name, functions in modules.items()}
    placed = [name for name in stand_ins if name not in sys.modules]
    sys.modules.update({name: stand_ins[name] for name in placed})
    try:
        yield
    finally:
        for name in placed:
            if sys.modules.get(name) is stand_ins[name]:
                del sys.modules[name]


class _Later(ModuleType):
    """Stands for a module until it is used."""

    def __init__(self, name: str, functions: tuple[str, ...]) -> None:
        super().__init__(name)
        for function in functions:
            setattr(self, function, _called_later(name, function))

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        return getattr(_loaded(self.__name__), attribute)


def _called_later(module: str, function: str) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:
        return getattr(_loaded(module), function)(*arguments, **named)

    return call


def _loaded(name: str) -> ModuleType:
    """The module itself, in the place of a stand-in."""
    if isinstance(sys.modules.get(name), _Later):
        del sys.modules[name]
    return importlib.import_module(name)
