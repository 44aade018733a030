"""All tricks of this folder's modules."""

from __future__ import annotations

import importlib
import pkgutil

from tests import tricks
from tests.tricks.kit import Trick


def all_tricks() -> list[Trick]:
    """The entries of all modules of the catalogue."""
    modules = [
        importlib.import_module(f"tests.tricks.{one.name}")
        for one in pkgutil.iter_modules(tricks.__path__)
        if one.name != "catalogue"
    ]
    return [trick for module in modules for trick in getattr(module, "TRICKS", [])]


ALL = all_tricks()
