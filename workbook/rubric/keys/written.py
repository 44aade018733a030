"""The written form of keys, for where they are stored or shown; ``parse`` reads it."""

from __future__ import annotations

from workbook.rubric.keys.sorts import INPUTS, Sort

EACH = "§"
"""Stands for the number of a row where all rows of a table are written at once."""

ECHO, WHERE = "echo:", "#"
"""Start of the key of a cell that repeats another, and the word behind the key that it repeats."""

_WORDS = {
    Sort.DOCUMENT: "evidence", Sort.DOCUMENTS: "evidence", Sort.CELL: "tables", Sort.COLUMN: "tables",
}  # fmt: skip


def written(sort: Sort, id: str, number: int | str, part: str) -> str:
    """A key of these: ``budget``, ``evidence.x.1.name``, ``total``, ``row:works:1:state``."""
    if sort is Sort.INPUT:
        return id
    parts = [_WORDS.get(sort, sort.value), id, str(number or ""), part]
    return ("." if sort in INPUTS else ":").join(one for one in parts if one)


def written_echo(source: str, where: str) -> str:
    """The key of a cell that repeats another: ``echo:total#cover``."""
    return ECHO + source + (WHERE + where if where else "")
