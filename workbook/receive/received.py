"""A received workbook as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbook.template import Formula

CellValue = float | int | bool | str


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says that matters: whether its cells are locked, and their number format."""

    locked: bool = True
    format: str = "General"


@dataclass(slots=True)
class ReceivedSheet:
    """A sheet by A1 address. ``cells``: constants and formulas; ``cached``: the formulas' saved values.

    ``styles``: the style of every cell that the file holds, blank ones too, and ``by_style`` what it says.
    ``links``: where a cell leads to, inside the workbook; ``""`` for anywhere else. ``hidden_rows`` and
    ``hidden_columns`` by number from 1. ``pictures``: cells whose value is a picture.
    """

    title: str
    hidden: bool
    protected: bool = False
    cells: dict[str, CellValue | Formula] = field(default_factory=dict)
    cached: dict[str, CellValue] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)
    by_style: Mapping[str, Look] = field(default_factory=dict)
    merges: frozenset[str] = frozenset()
    validated: bool = False
    filtered: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: frozenset[int] = frozenset()
    local_names: set[str] = field(default_factory=set)
    links: Mapping[str, str] = field(default_factory=dict)
    pictures: frozenset[str] = frozenset()

    def look(self, ref: str) -> Look:
        """How a cell looks; one that the file does not hold looks like all."""
        style = self.styles.get(ref)
        return _PLAIN if style is None else self.by_style[style]


_PLAIN = Look()


@dataclass(slots=True)
class Received:
    """A received workbook; sheets in their order, names with what they refer to.

    ``calculation``: the settings of recalculation that the file gives, by their names in the standard.
    """

    sheets: dict[str, ReceivedSheet]
    names: dict[str, str]
    properties: dict[str, str]
    epoch_1904: bool = False
    calculation: dict[str, str] = field(default_factory=dict)
