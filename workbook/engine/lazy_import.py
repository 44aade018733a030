"""Put off loading a heavy module that another library imports but that is rarely used."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any


def load_later(name: str) -> None:
    """Let ``import name`` give a module that loads itself when something of it is asked for."""
    if name not in sys.modules:
        sys.modules[name] = _Later(name)


class _Later(ModuleType):
    """Stands for a module until it is used."""

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), attribute)
