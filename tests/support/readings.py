"""What is read of a file, to be compared with what is read of it after others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.findings import Refused
from workbook.xlsx_reader.memory import Memory
from workbook.xlsx_reader.read import read_workbook

Outcome = tuple[object, ...]


def reading(data: bytes, memory: Memory | None = None) -> Outcome:
    """All that is read of a file, or why it is refused; large tables by their hash.

    ``memory`` is what has been read before; by default all that this process has read.
    """
    try:
        book = read_workbook(data) if memory is None else read_workbook(data, memory)
    except Refused as refused:
        return tuple((one.code, one.message) for one in refused.findings)
    return (
        book.order, *map(_sum, (book.names, book.properties, book.calculation)), book.epoch_1904, book.digit,
        *(
            (
                title, sheet.hidden, sheet.local_names,
                *map(_sum, (sheet.cells, sheet.cached, sheet.heights)),
                hash(frozenset((ref, sheet.look(ref)) for ref in sheet.styles)), sheet.rich,
                *map(frozenset, (sheet.hidden_rows, sheet.collapsed_rows, sheet.dates, sheet.pictures)),
                sheet.far, sheet.frame, sheet.things,
            )
            for title, sheet in book.sheets.items()
        ),
    )  # fmt: skip


def _sum(table: Mapping[Any, Any]) -> int:
    # a truth and a number are not one, nor are a number and a text
    return hash(frozenset((key, type(value), value) for key, value in table.items()))
