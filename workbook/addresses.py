"""A1 addresses of cells: the only place that takes them apart and puts them together.

Columns' letters stand for numbers from 1, as files write them; ``address`` and ``position`` count rows and
columns from 0, as sheets are laid out.
"""

from __future__ import annotations

from functools import cache

LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
"""The edges of a sheet."""

_DIGITS = "0123456789"


@cache
def letters_of(column: int) -> str:
    """The letters of a column by its number from 1: ``AB`` for 28."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def column_of(letters: str) -> int:
    """The number from 1 of a column's letters, large or small."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column


def split(ref: str) -> tuple[str, int]:
    """Letters and row, from 1, of an address such as ``B2``. Raises ValueError for one without a row."""
    letters = ref.rstrip(_DIGITS)
    return letters, int(ref[len(letters) :])


def address(row: int, col: int) -> str:
    """The address of a cell counted from 0/0."""
    return f"{letters_of(col + 1)}{row + 1}"


def position(ref: str) -> tuple[int, int]:
    """Row and column, from 0, of an address."""
    letters, row = split(ref)
    return row - 1, column_of(letters) - 1


def absolute(cells: str) -> str:
    """A cell or range with ``$``: ``$A$1``, ``$A$1:$A$9``."""
    ends = (split(one) for one in cells.split(":"))
    return ":".join(f"${letters}${row}" for letters, row in ends)
