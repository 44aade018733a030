"""Cells and ranges by their addresses, within the limits of a sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

ROWS, COLUMNS = 1_048_576, 16_384
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_COLUMN = re.compile(r"\$?([A-Za-z]{1,3})")
_ROW = re.compile(r"\$?([0-9]{1,7})")
_QUOTED = re.compile(r"'((?:[^']|'')+)'!(.+)", re.DOTALL)
_PLAIN = re.compile(r"([^'!]+)!(.+)", re.DOTALL)


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, with both corners counted from 1 and included."""

    top: int
    left: int
    bottom: int
    right: int

    def meets(self, other: Area) -> bool:
        """Whether a cell is in both."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    @property
    def single(self) -> bool:
        """Whether it is one cell."""
        return (self.top, self.left) == (self.bottom, self.right)


def column_of(letters: str) -> int:
    """A is 1, XFD is 16384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell(ref: str) -> tuple[int, int] | None:
    """Row and column of an address such as ``D4`` or ``$D$4``; None for what is outside of a sheet."""
    match = _CELL.fullmatch(ref)
    if match is None:
        return None
    row, column = int(match[2]), column_of(match[1])
    return (row, column) if 1 <= row <= ROWS and column <= COLUMNS else None


def area(ref: str) -> Area | None:
    """The rectangle of ``D4``, ``A1:B2``, ``A:B`` or ``1:2``; None for what is none or is turned around."""
    first, colon, last = ref.partition(":")
    start, end = cell(first), cell(last if colon else first)
    if start and end:
        return _ordered(*start, *end)
    if colon and (rows := _pair(_ROW, first, last)):
        return _ordered(int(rows[0]), 1, int(rows[1]), COLUMNS)
    if colon and (columns := _pair(_COLUMN, first, last)):
        return _ordered(1, column_of(columns[0]), ROWS, column_of(columns[1]))
    return None


def _pair(pattern: re.Pattern[str], first: str, last: str) -> tuple[str, str] | None:
    one, two = pattern.fullmatch(first), pattern.fullmatch(last)
    return (one[1], two[1]) if one and two else None


def _ordered(top: int, left: int, bottom: int, right: int) -> Area | None:
    inside = 1 <= top <= bottom <= ROWS and 1 <= left <= right <= COLUMNS
    return Area(top, left, bottom, right) if inside else None


def areas(sqref: str) -> list[Area | None]:
    """The rectangles of a list separated by blanks, None for each that is none."""
    return [area(one) for one in sqref.split()]


def split_sheet(reference: str) -> tuple[str | None, str]:
    """The sheet's name, without its quotes, and the rest of a reference."""
    if match := _QUOTED.fullmatch(reference):
        return match[1].replace("''", "'"), match[2]
    if match := _PLAIN.fullmatch(reference):
        return match[1], match[2]
    return None, reference
