"""Cells below each other, so that one call writes many. It knows nothing of ours: two Pythons use it."""

from itertools import groupby


def runs(cells: list) -> list:
    """``(sheet, column, first row, indexes)`` for runs of these ``(sheet, row, column)`` below each other."""
    ordered = sorted(range(len(cells)), key=lambda index: (cells[index][0], cells[index][2], cells[index][1]))
    found = []
    numbered = enumerate(ordered)
    for _, group in groupby(
        numbered, key=lambda one: (cells[one[1]][0], cells[one[1]][2], cells[one[1]][1] - one[0])
    ):
        indexes = [index for _, index in group]
        sheet, row, column = cells[indexes[0]]
        found.append((sheet, column, row, indexes))
    return found
