"""All deceits of this folder's modules by name, and the file that each makes."""

from __future__ import annotations

import importlib
import pkgutil

from tests import deceits
from tests.deceits.kit import Trick
from tests.support.returned import RUBRICS, issued

MODULES = sorted({one.name for one in pkgutil.iter_modules(deceits.__path__)} - {"kit", "catalogue"})
DECEITS: dict[str, Trick] = {
    f"{module}: {name}": trick
    for module in MODULES
    for name, trick in importlib.import_module(f"tests.deceits.{module}").TRICKS.items()
}


def made(name: str) -> bytes:
    """A deceit's file, every other one on the other rubric unless it needs its own."""
    number = list(DECEITS).index(name)
    return DECEITS[name].apply(issued(DECEITS[name].rubric or RUBRICS[number % len(RUBRICS)]))
