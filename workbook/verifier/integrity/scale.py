"""The scale at which a template's sheet is printed, where it is made to fit its pages."""

from __future__ import annotations

from workbook.addresses import LAST_COLUMN, LAST_ROW
from workbook.xlsx_reader.received import Area, ReceivedSheet

_CHARACTER = 5.25
"""Points of a column's width of one character."""
_LEAST_ROOM = 72.0
"""Points between the margins below which a page has no room for a table."""
_FARTHEST = 2_000
"""Columns and rows beyond which a thing's place is not known."""


def printed_scale(got: ReceivedSheet, box: Area, areas: list[Area]) -> int:
    """Per cent of its size at which a sheet is printed; ``areas``: its print areas, ``box`` its table."""
    page = got.frame.page
    across, down = page.room
    if min(across, down) < _LEAST_ROOM:
        return 0
    if page.fit is None:
        return page.scale
    used = _used(got, box)
    scales = [1.0]
    for area in areas or [used]:
        right = used.right if area.right >= LAST_COLUMN else area.right
        bottom = used.bottom if area.bottom >= LAST_ROW else area.bottom
        if page.fit[0]:
            scales.append(page.fit[0] * across / max(_width(got, area.left, right), 1.0))
        if page.fit[1]:
            scales.append(page.fit[1] * down / max(_height(got, area.top, bottom), 1.0))
    return round(min(scales) * 100)


def _used(got: ReceivedSheet, box: Area) -> Area:
    """The table with what is drawn beside it, which is printed too."""
    areas = [one.area for one in got.things if one.area is not None]
    drawn = [area for area in areas if max(area.right, area.bottom) < _FARTHEST]
    return Area(
        1,
        1,
        max(one.right for one in (box, *drawn)),
        max(one.bottom for one in (box, *drawn)),
    )


def _width(got: ReceivedSheet, left: int, right: int) -> float:
    """Points; columns whose width is not kept have the usual one."""
    frame = got.frame
    usual = (frame.default_width or 9.14) * _CHARACTER
    said = {column for column in frame.widths if left <= column <= right}
    shown = (frame.widths[column] * _CHARACTER for column in said - frame.hidden_columns)
    return sum(shown) + usual * (right - left + 1 - len(said))


def _height(got: ReceivedSheet, top: int, bottom: int) -> float:
    usual = got.frame.default_height or 15.0
    said = {row for row in got.heights if top <= row <= bottom}
    hidden = {row for row in got.hidden_rows if top <= row <= bottom}
    shown = sum(got.heights[row] for row in said - hidden)
    return shown + usual * (bottom - top + 1 - len(said | hidden))
