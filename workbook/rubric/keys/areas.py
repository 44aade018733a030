"""Keys of ranges: the one-column areas of cells that formulas look at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Literal


class _Cells(Enum):
    STATES = auto()
    ROW_STATES = auto()
    COLUMN = auto()
    TODOS = auto()
    RANKS = auto()


@dataclass(frozen=True, slots=True)
class AreaKey:
    """The common meaning of the cells of a range. Made by the builders below."""

    cells: _Cells
    part: str
    table: str = ""

    @staticmethod
    def states(of: Literal["cover", "entry", "indicators", "checks"]) -> AreaKey:
        """The states of the fields of a sheet, of the indicators, of the cross-checks."""
        return AreaKey(_Cells.STATES, of)

    @staticmethod
    def row_states(table: str) -> AreaKey:
        """The states of a detail table's rows."""
        return AreaKey(_Cells.ROW_STATES, "", table)

    @staticmethod
    def column(table: str, column: str) -> AreaKey:
        """A column of a detail table."""
        return AreaKey(_Cells.COLUMN, column, table)

    @staticmethod
    def todos(part: Literal["text", "target", "n"]) -> AreaKey:
        """Everything that can be to do: its text, where it leads, its number while it is to do."""
        return AreaKey(_Cells.TODOS, part)

    @staticmethod
    def ranks(part: Literal["name", "points", "key", "reason"]) -> AreaKey:
        """All indicators, as the list of the largest deductions looks them up."""
        return AreaKey(_Cells.RANKS, part)
