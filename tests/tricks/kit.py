"""One entry of a catalogue of tricks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.support.returned import Issued


@dataclass(frozen=True)
class Trick:
    """A change to a returned workbook, with the code that it must get, and where."""

    name: str
    change: Callable[[Issued], bytes]
    code: str
    sheet: str | None = None
    cell: str | None = None
