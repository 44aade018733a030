"""Rows, columns and views of a template's sheets: is everything that was issued visible still to be seen?"""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.utils import get_column_letter

from workbook.findings import Finding, found
from workbook.receive.received import Frame, ReceivedSheet
from workbook.template import Formula
from workbook.verifier.integrity.formats import ALL_PLACES, Sort, shape_of
from workbook.verifier.issued import IssuedSheet, is_input

_USUAL_HEIGHT, _USUAL_WIDTH = 15.0, 8.43
_LEAST_HEIGHT, _LOWER = 7.5, 0.55
"""Points that a line of text needs, and the part of the issued height below which a text is cut."""
_LEAST_WIDTH, _NARROWER = 3.0, 0.4
"""The same for columns, in characters."""
_HARDLY = 0.98
"""The part of the issued width below which a column has been made narrower."""
_USUAL_SIZE, _SURE_PLACES = 11.0, 2
"""Points of the font in whose characters widths are counted; decimals that a number surely shows."""
_MOST_FROZEN_HEIGHT, _MOST_FROZEN_WIDTH = 400.0, 150.0
"""Points and characters that a small screen shows at a time."""
_MOST_FROZEN_ROWS, _MOST_FROZEN_COLUMNS = 20, 8
"""Rows and columns that may be kept from scrolling; more leave a small screen no room for the others."""


def grid_findings(issued: IssuedSheet, got: ReceivedSheet) -> Iterator[Finding]:
    """Rows and columns that were issued visible and are hidden or too small; views that hide or mirror."""
    yield from _hidden(issued, got)
    yield from _heights(issued, got)
    yield from _widths(issued, got)
    yield from _views(issued, got)


def _hidden(issued: IssuedSheet, got: ReceivedSheet) -> Iterator[Finding]:
    filtered = got.frame.filter
    ranged = {row for row in issued.details if filtered is not None and filtered.top < row <= filtered.bottom}
    filled = {
        place.top
        for (ref, place), (content, _) in zip(issued.places.items(), issued.kinds, strict=True)
        if place.top in ranged and is_input(content) and got.cells.get(ref) not in {None, ""}
    }
    free = ranged if got.frame.criteria else ranged - filled
    sifted = sorted(got.hidden_rows & filled & free)
    if sifted:
        yield found(
            "ROWS_FILTERED", sheet=issued.title, cell=f"A{sifted[0]}", sheet_name=issued.title,
            lines="、".join(map(str, sifted[:20])),
        )  # fmt: skip
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
    usual, before = _usual_height(got.frame), _usual_height(issued.sheet.frame)
    low = [
        row
        for row in sorted(issued.rows - got.hidden_rows)
        if got.heights.get(row, usual) < max(_LEAST_HEIGHT, issued.sheet.heights.get(row, before) * _LOWER)
    ]
    if low:
        yield found(
            "ROWS_TOO_LOW", sheet=issued.title, cell=f"A{low[0]}", sheet_name=issued.title,
            lines="、".join(map(str, low[:20])),
        )  # fmt: skip


def _usual_height(frame: Frame) -> float:
    return _USUAL_HEIGHT if frame.default_height is None else frame.default_height


def _width(frame: Frame, column: int) -> float:
    return frame.widths.get(column, _USUAL_WIDTH if frame.default_width is None else frame.default_width)


def _widths(issued: IssuedSheet, got: ReceivedSheet) -> Iterator[Finding]:
    narrow = []
    for column in sorted(issued.columns - got.frame.hidden_columns):
        width, expected = _width(got.frame, column), _width(issued.sheet.frame, column)
        if width < max(min(_LEAST_WIDTH, expected), expected * _NARROWER) or (
            width < expected * _HARDLY and _cuts_numbers(issued, got, column, width)
        ):
            narrow.append(get_column_letter(column))
    if narrow:
        yield found(
            "COLUMNS_TOO_NARROW", sheet=issued.title, cell=f"{narrow[0]}1", sheet_name=issued.title,
            lines="、".join(narrow[:20]),
        )  # fmt: skip


def _cuts_numbers(issued: IssuedSheet, got: ReceivedSheet, column: int, width: float) -> bool:
    """Whether a number of a column no longer fits: programs then show a row of number signs."""
    merged = {one.partition(":")[0] for one in got.frame.merges}
    for ref, place in issued.places.items():
        value = got.cached.get(ref) if isinstance(got.cells.get(ref), Formula) else got.cells.get(ref)
        if place.left != column or ref in merged or isinstance(value, bool):
            continue
        if not isinstance(value, int | float):
            continue
        look = got.look(ref)
        if width < _needed(look.format, value) * look.size / _USUAL_SIZE:
            return True
    return False


def _needed(style: str, value: int | float) -> float:
    """The least width, in characters of the usual size, that a number takes in a format."""
    shape = shape_of(style)
    if shape.sort not in {Sort.NUMBER, Sort.PERCENT} or shape.places >= ALL_PLACES:
        return 0.0
    percent = shape.sort is Sort.PERCENT
    places = min(shape.places - 2 if percent else shape.places, _SURE_PLACES)
    text = f"{value * 100 if percent else value:.{max(places, 0)}f}"
    digits = sum(char.isdecimal() for char in text)
    return digits + 0.4 * (len(text) - digits) + (1.3 if percent else 0.0) + 0.7


def _views(issued: IssuedSheet, got: ReceivedSheet) -> Iterator[Finding]:
    frame = got.frame
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
            or _height(got, rows) > max(_MOST_FROZEN_HEIGHT, _height(issued.sheet, rows))
            or _breadth(frame, columns) > max(_MOST_FROZEN_WIDTH, _breadth(issued.sheet.frame, columns))
        ):
            odd.append("冻结窗格使部分行列无法滚动到")
    if frame.lotus:
        odd.append("按 Lotus 方式计算")
    if odd:
        yield found(
            "VIEW_CHANGED", sheet=issued.title, sheet_name=issued.title, setting="、".join(dict.fromkeys(odd))
        )


def _height(sheet: ReceivedSheet, rows: int) -> float:
    return sum(sheet.heights.get(row, _usual_height(sheet.frame)) for row in range(1, rows + 1))


def _breadth(frame: Frame, columns: int) -> float:
    return sum(_width(frame, column) for column in range(1, columns + 1))
