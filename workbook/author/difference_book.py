"""Differences of two rubrics as a workbook: one table, headings frozen and filtered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbook.author.change import Change
from workbook.author.difference_words import HEADINGS, Told, told
from workbook.layout.canvas import Line
from workbook.reports.report_book import table_sheet
from workbook.reports.words import clean
from workbook.rubric.model import Rubric
from workbook.xlsx_writer.sheets import render_sheets

_WIDTHS = (12, 34, 16, 56, 56)
_STYLES = {"added": "pass", "removed": "fail"}
"""Colours of the kinds of change. The words differ too, so colour is never the only sign."""


def difference_book(changes: list[Change], before: Rubric, after: Rubric) -> bytes:
    """The .xlsx file. The same rubrics give the same bytes; no text becomes a formula."""
    headings = [
        *HEADINGS[:3],
        *(f"{word}：{one.id}" for word, one in zip(HEADINGS[3:], (before, after), strict=True)),
    ]
    rows = _rows(zip(changes, told(changes, before, after), strict=True))
    columns = list(zip(headings, _WIDTHS, strict=True))
    return render_sheets("评分标准对照", [table_sheet("对照", columns, rows)])


def _rows(pairs: Iterable[tuple[Change, Told]]) -> Iterator[Line]:
    for change, row in pairs:
        kind, name, what, before, after = (clean(cell) for cell in row.cells)
        yield [
            (kind, "center"),
            (name, "text"),
            (what, _STYLES.get(change.change, "center")),
            (before, "text"),
            (after, "text"),
        ]
