"""Room: does what a cell holds still fit into it, in its font and format, as it did when it was issued?

A number that does not fit is a row of number signs, or is rounded where its format is General; a text is cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbook.addresses import letters_of
from workbook.findings import Finding, found
from workbook.returned.issued import Content, IssuedSheet
from workbook.template.model import Formula
from workbook.verifier.integrity.formats import ALL_PLACES, Sort, shape_of
from workbook.verifier.integrity.measure import Box, Side, load_of
from workbook.xlsx_reader.received import Area, CellValue, Frame, Look, ReceivedSheet

USUAL_HEIGHT, USUAL_WIDTH = 15.0, 8.43
"""Points of a row and characters of a column of which a sheet says nothing."""
_SMALLER = 0.94
"""Part of what was issued below which a width or a height has been changed; programs round them."""
_MORE = 1.1
"""Factor by which a cell that was issued rather full may be fuller."""
_LEAST_HEIGHT, _LOWER = 7.5, 0.55
"""Points that any line needs, and the part of the issued height below which nobody reads a row."""
_LEAST_WIDTH, _NARROWER = 16.0, 0.4
"""The same for columns."""
_UNSAVED, _UNSAVED_SHARE = 100.123456789, 0.912345678912
"""Stand-in for a result that the file has not saved: all points, with as many decimals as a rate has."""


class _Grid:
    """The columns and rows of a sheet in points; ``unit`` is the width of a digit in which widths count."""

    def __init__(self, frame: Frame, heights: Mapping[int, float], unit: float) -> None:
        self.frame, self.heights, self.unit = frame, heights, unit

    def width(self, column: int) -> float:
        usual = USUAL_WIDTH if self.frame.default_width is None else self.frame.default_width
        return self.frame.widths.get(column, usual) * self.unit

    def height(self, row: int) -> float:
        usual = USUAL_HEIGHT if self.frame.default_height is None else self.frame.default_height
        return self.heights.get(row, usual)

    def box(self, area: Area) -> Box:
        """The room in a cell, or in several that are merged."""
        return Box(
            sum(self.width(column) for column in range(area.left, area.right + 1)),
            sum(self.height(row) for row in range(area.top, area.bottom + 1)),
        )


def room_findings(issued: IssuedSheet, got: ReceivedSheet, units: tuple[float, float]) -> Iterator[Finding]:
    """Findings on cells that no longer show all that they hold; ``units``: of the issued and the received."""
    before = _Grid(issued.sheet.frame, issued.sheet.heights, units[0])
    now = _Grid(got.frame, got.heights, units[1])
    columns = {one for one in range(1, issued.box.right + 1) if now.width(one) < before.width(one) * _SMALLER}
    rows = {one for one in range(1, issued.box.bottom + 1) if now.height(one) < before.height(one) * _SMALLER}
    narrow = {
        one
        for one in columns & issued.columns - got.frame.hidden_columns
        if now.width(one) < max(min(_LEAST_WIDTH, before.width(one)), before.width(one) * _NARROWER)
    }
    low = {
        one
        for one in rows & issued.rows - got.hidden_rows
        if now.height(one) < max(_LEAST_HEIGHT, before.height(one) * _LOWER)
    }
    pairs = {
        pair
        for pair in set(zip(issued.numbers, map(got.styles.get, issued.refs), strict=True))
        if _needs_more(issued.sorts[pair[0]][1], _PLAIN if pair[1] is None else got.by_style[pair[1]])
    }
    if not (columns or rows or pairs or got.rich):
        return
    for ref, number in zip(issued.refs, issued.numbers, strict=True):
        area = issued.spans[ref]
        across = columns and columns.intersection(range(area.left, area.right + 1))
        down = rows and rows.intersection(range(area.top, area.bottom + 1))
        larger = (number, got.styles.get(ref)) in pairs or (ref in got.rich and _has_larger_parts(got, ref))
        if not (across or down or larger):
            continue
        content, look = issued.sorts[number]
        value, dress = _value(got, ref, look), _dressed(got, ref)
        load = load_of(value, *dress, now.box(area))
        if load.part <= 1 or load.part <= _MORE * load_of(value, look, look.size, before.box(area)).part:
            continue
        if content is Content.WORDS and load.partly:
            yield found("TEXT_CUT", sheet=issued.title, cell=ref)
        elif across and (load.side is Side.WIDTH or not down):
            narrow |= across
        elif down and load.side is Side.HEIGHT:
            low |= down
        else:
            yield found("LOOK_CHANGED", sheet=issued.title, cell=ref, what=_said(look, dress))
    if narrow:
        letters = [letters_of(one) for one in sorted(narrow)]
        yield found(
            "COLUMNS_TOO_NARROW", sheet=issued.title, cell=f"{letters[0]}1", sheet_name=issued.title,
            lines="、".join(letters[:20]),
        )  # fmt: skip
    if low:
        yield found(
            "ROWS_TOO_LOW", sheet=issued.title, cell=f"A{min(low)}", sheet_name=issued.title,
            lines="、".join(map(str, sorted(low)[:20])),
        )  # fmt: skip


_PLAIN = Look()


def _said(issued: Look, dress: tuple[Look, float]) -> str:
    look, size = dress
    reason = "不再自动换行" if issued.wrap and not look.wrap else f"字号 {size:g}"
    return f"{reason}，内容显示不全"


def _needs_more(issued: Look, got: Look) -> bool:
    """Whether a look may need more room for the same content, or shows more of it."""
    return got is not issued and (
        got.size > issued.size
        or (got.bold and not issued.bold)
        or got.wrap != issued.wrap
        or got.indent > issued.indent
        or shape_of(got.format) != shape_of(issued.format)
        or ("," in got.format and "," not in issued.format)
    )


def _has_larger_parts(got: ReceivedSheet, ref: str) -> bool:
    size = got.look(ref).size
    return any(run.size is not None and run.size > size for run in got.rich.get(ref, ()))


def _dressed(got: ReceivedSheet, ref: str) -> tuple[Look, float]:
    """A cell's look, and the largest size in it."""
    look = got.look(ref)
    return look, max([look.size, *(run.size for run in got.rich.get(ref, ()) if run.size is not None)])


def _value(got: ReceivedSheet, ref: str, issued: Look) -> CellValue | None:
    """The value of a cell, or a stand-in in the issued format where the file has not saved a result."""
    cell = got.cells.get(ref)
    if not isinstance(cell, Formula):
        return cell
    shape = shape_of(issued.format)
    unsaved = _UNSAVED_SHARE if shape.sort is Sort.PERCENT else _UNSAVED
    return got.cached.get(ref, round(unsaved, 2 if shape.places >= ALL_PLACES else shape.places))
