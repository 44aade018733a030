"""The line of a text file that a finding is about, with a caret below it, as compilers show it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from workbook.findings import Finding, Refused
from workbook.load.yamltext import read_text, text_lines

_TAB = " " * 4
_CUT = "…"
_BEHIND = 12
"""Cells that stay in sight behind the caret when a line is too long for the terminal."""


def quotation(finding: Finding, room: int | None = None) -> list[str]:
    """The source line with its number, and the line with the caret; empty when there is nothing to show.

    ``room`` is how many cells a line may take; a longer one is cut around the caret.
    """
    if finding.file is None or finding.line is None or finding.column is None:
        return []
    lines = _lines(finding.file)
    if not 1 <= finding.line <= len(lines) or not lines[finding.line - 1].strip():
        return []
    source = lines[finding.line - 1].rstrip()
    before, behind = source[: finding.column - 1], source[finding.column - 1 :]
    before, behind = before.replace("\t", _TAB), behind.replace("\t", _TAB)
    margin = len(str(finding.line)) + 5
    if room is not None:
        before, behind = _fitted(before, behind, room - margin)
    number = f"  {finding.line} | "
    return [number + before + behind, " " * (len(number) - 2) + "| " + " " * cells(before) + "^"]


def cells(text: str) -> int:
    """Width of a text in terminal cells: full-width characters take two, combining marks none."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)


def _fitted(before: str, behind: str, room: int) -> tuple[str, str]:
    """Both parts of a line, cut so that together they take no more than ``room`` cells."""
    kept = min(cells(behind), max(_BEHIND, room - cells(before)))
    if cells(before) > room - kept:
        before = before[::-1]
        before = _CUT + _cut(before, room - kept - 1)[::-1]
    if cells(behind) > room - cells(before):
        behind = _cut(behind, room - cells(before) - 1) + _CUT
    return before, behind


def _cut(text: str, room: int) -> str:
    while cells(text) > max(room, 0):
        text = text[:-1]
    return text


@lru_cache(maxsize=8)
def _lines(file: str) -> list[str]:
    try:
        return text_lines(read_text(Path(file)))
    except Refused:
        return []
