"""A1 addresses against openpyxl's."""

from __future__ import annotations

import pytest
from openpyxl.utils import column_index_from_string, coordinate_to_tuple, get_column_letter

from workbook.addresses import LAST_COLUMN, absolute, address, column_of, letters_of, position, split


def test_columns() -> None:
    numbers = range(1, LAST_COLUMN + 1)
    assert [letters_of(one) for one in numbers] == [get_column_letter(one) for one in numbers]
    assert [column_of(letters_of(one)) for one in numbers] == list(numbers)
    assert column_of("aB") == column_index_from_string("AB")


@pytest.mark.parametrize("ref", ["A1", "Z26", "AA10", "XFD1048576"])
def test_cells(ref: str) -> None:
    row, column = coordinate_to_tuple(ref)
    assert position(ref) == (row - 1, column - 1)
    assert address(row - 1, column - 1) == ref
    assert split(ref) == (get_column_letter(column), row)


def test_absolute() -> None:
    assert absolute("B2") == "$B$2"
    assert absolute("A1:AB9") == "$A$1:$AB$9"


@pytest.mark.parametrize("ref", ["", "B", "B-"])
def test_what_has_no_row(ref: str) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        split(ref)
