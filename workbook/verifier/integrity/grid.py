"""Rows, columns and views of a template's sheets: is everything that was issued visible still to be seen?"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.addresses import letters_of
from workbook.findings import Finding, found
from workbook.returned.issued import IssuedSheet, is_input
from workbook.verifier.integrity.room import USUAL_HEIGHT, USUAL_WIDTH
from workbook.xlsx_reader.received import Frame, ReceivedSheet

_MOST_FROZEN_HEIGHT, _MOST_FROZEN_WIDTH = 400.0, 150.0
"""Points and characters that a small screen shows at a time."""
_MOST_FROZEN_ROWS, _MOST_FROZEN_COLUMNS = 20, 8
"""Rows and columns that may be kept from scrolling; more leave a small screen no room for the others."""


def grid_findings(issued: IssuedSheet, got: ReceivedSheet) -> Iterator[Finding]:
    """Rows and columns that were issued visible and are hidden; views that hide or mirror."""
    yield from _hidden(issued, got)
    yield from _views(issued, got)


def _hidden(issued: IssuedSheet, got: ReceivedSheet) -> Iterator[Finding]:
    filtered = got.frame.filter
    ranged = {row for row in issued.details if filtered is not None and filtered.top < row <= filtered.bottom}
    out_of_sight = ranged & (got.hidden_rows | got.collapsed_rows)
    filled = out_of_sight and {
        place.top
        for (ref, place), (content, _) in zip(issued.places.items(), issued.kinds, strict=True)
        if place.top in out_of_sight and is_input(content) and got.cells.get(ref) not in {None, ""}
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
        letters = [letters_of(column) for column in columns]
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
    usual = USUAL_HEIGHT if sheet.frame.default_height is None else sheet.frame.default_height
    return sum(sheet.heights.get(row, usual) for row in range(1, rows + 1))


def _breadth(frame: Frame, columns: int) -> float:
    usual = USUAL_WIDTH if frame.default_width is None else frame.default_width
    return sum(frame.widths.get(column, usual) for column in range(1, columns + 1))
