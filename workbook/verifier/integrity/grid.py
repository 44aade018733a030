"""Rows, columns and views of a template's sheets: is everything that was issued visible still to be seen?"""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.utils import get_column_letter

from workbook.findings import Finding, found
from workbook.receive.received import Frame, ReceivedSheet
from workbook.verifier.issued import IssuedSheet

_USUAL_HEIGHT, _USUAL_WIDTH = 15.0, 8.43
_LEAST_HEIGHT, _LOWER = 7.5, 0.55
"""Points that a line of text needs, and the part of the issued height below which a text is cut."""
_LEAST_WIDTH, _NARROWER = 3.0, 0.4
"""The same for columns, in characters."""
_MOST_FROZEN_ROWS, _MOST_FROZEN_COLUMNS = 20, 8
"""Rows and columns that may be kept from scrolling; more leave a small screen no room for the others."""


def grid_findings(issued: IssuedSheet, got: ReceivedSheet) -> Iterator[Finding]:
    """Rows and columns that were issued visible and are hidden or too small; views that hide or mirror."""
    yield from _hidden(issued, got)
    yield from _heights(issued, got)
    yield from _widths(issued, got.frame)
    yield from _views(issued, got.frame)


def _hidden(issued: IssuedSheet, got: ReceivedSheet) -> Iterator[Finding]:
    filtered = got.frame.filter
    free = {row for row in issued.details if filtered is not None and filtered.top <= row <= filtered.bottom}
    rows = sorted((got.hidden_rows | got.collapsed_rows) & issued.rows - free)
    if got.frame.zero_height:
        rows = sorted(issued.rows)
    if got.collapsed_rows and not rows:
        rows = sorted(got.collapsed_rows)
    if rows:
        yield found(
            "ROWS_HIDDEN", sheet=issued.title, cell=f"A{rows[0]}", sheet_name=issued.title,
            lines="、".join(map(str, rows[:20])),
        )  # fmt: skip
    columns = sorted(got.frame.hidden_columns & issued.columns)
    if got.frame.collapsed and not columns:
        columns = sorted(issued.columns)
    if columns:
        letters = [get_column_letter(column) for column in columns]
        yield found(
            "COLUMNS_HIDDEN", sheet=issued.title, cell=f"{letters[0]}1", sheet_name=issued.title,
            lines="、".join(letters[:20]),
        )  # fmt: skip
    if filtered is not None and got.frame.criteria:
        caught = [row for row in issued.rows - issued.details if filtered.top < row <= filtered.bottom]
        if caught:
            yield found(
                "ROWS_HIDDEN", sheet=issued.title, cell=f"A{min(caught)}", sheet_name=issued.title,
                lines="、".join(map(str, sorted(caught)[:20])),
            )  # fmt: skip


def _heights(issued: IssuedSheet, got: ReceivedSheet) -> Iterator[Finding]:
    usual = got.frame.default_height or _USUAL_HEIGHT
    before = issued.sheet.frame.default_height or _USUAL_HEIGHT
    low = [
        row
        for row in sorted(issued.rows)
        if (height := got.heights.get(row, usual)) > 0
        and height < max(_LEAST_HEIGHT, issued.sheet.heights.get(row, before) * _LOWER)
    ]
    if low:
        yield found(
            "ROWS_TOO_LOW", sheet=issued.title, cell=f"A{low[0]}", sheet_name=issued.title,
            lines="、".join(map(str, low[:20])),
        )  # fmt: skip


def _widths(issued: IssuedSheet, frame: Frame) -> Iterator[Finding]:
    before = issued.sheet.frame
    narrow = []
    for column in sorted(issued.columns - frame.hidden_columns):
        width = frame.widths.get(column, frame.default_width or _USUAL_WIDTH)
        expected = before.widths.get(column, before.default_width or _USUAL_WIDTH)
        if width < max(min(_LEAST_WIDTH, expected), expected * _NARROWER):
            narrow.append(get_column_letter(column))
    if narrow:
        yield found(
            "COLUMNS_TOO_NARROW", sheet=issued.title, cell=f"{narrow[0]}1", sheet_name=issued.title,
            lines="、".join(narrow[:20]),
        )  # fmt: skip


def _views(issued: IssuedSheet, frame: Frame) -> Iterator[Finding]:
    before = issued.sheet.frame.views[0].frozen if issued.sheet.frame.views else (0, 0)
    odd = []
    for view in frame.views:
        if not view.zeros:
            odd.append("不显示零值")
        if view.formulas:
            odd.append("显示公式")
        if view.right_to_left:
            odd.append("从右到左显示")
        columns, rows = view.frozen
        if (
            any(view.scrolled)
            or rows > max(_MOST_FROZEN_ROWS, before[1])
            or columns > max(_MOST_FROZEN_COLUMNS, before[0])
        ):
            odd.append("冻结窗格使部分行列无法滚动到")
    if frame.lotus:
        odd.append("按 Lotus 方式计算")
    if odd:
        yield found(
            "VIEW_CHANGED", sheet=issued.title, sheet_name=issued.title, setting="、".join(dict.fromkeys(odd))
        )
