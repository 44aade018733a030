"""Room: does what a cell holds still fit into it, in its font and format, as it did when it was issued?

A number that does not fit is a row of number signs, or is rounded where its format is General; a text is cut.
Widths and sizes are reckoned in points, by what the narrowest usual fonts need of a text and the widest of a
number: a program that has neither font shows it in one that lies between.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from openpyxl.utils import get_column_letter

from workbook.findings import Finding, found
from workbook.receive.received import Area, CellValue, Frame, Look, ReceivedSheet
from workbook.template import Formula
from workbook.verifier.integrity.formats import ALL_PLACES, Sort, shape_of
from workbook.verifier.issued import Content, IssuedSheet

USUAL_HEIGHT, USUAL_WIDTH = 15.0, 8.43
"""Points of a row and characters of a column of which a sheet says nothing."""
_SMALLER = 0.94
"""Part of what was issued below which a width or a height has been changed; programs round them."""
_LEAST_HEIGHT, _LOWER = 7.5, 0.55
"""Points that any line needs, and the part of the issued height below which nobody reads a row."""
_LEAST_WIDTH, _NARROWER = 16.0, 0.4
"""The same for columns."""
_MARGINS, _INDENT = 3.75, 6.75
"""Points between a cell's edges and its text, and of one step further in."""
_LINE, _LEAST_LINE = 1.25, 1.0
"""Heights of a line among others, and of one alone, in sizes of its font."""
_DIGIT, _BOLD, _POINT, _SIGN, _PERCENT = 0.63, 1.1, 0.36, 0.45, 0.95
"""Widths, in sizes: of a digit, of a bold one beside it, of a point or comma, a minus, a percent sign."""
_WIDE, _NARROW = 1.0, 0.5
"""Widths of a Chinese character and of a letter, in sizes of their font."""
_SHORT = 6.0
"""Width, in sizes, of texts that are words to choose from rather than sentences of the officer's own."""
_DATE = "2024-12-31"
_ALL_POINTS = 100.0


@dataclass(frozen=True, slots=True)
class _Box:
    """What a cell has inside, in points."""

    width: float
    height: float


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

    def box(self, area: Area) -> _Box:
        """The room in a cell, or in several that are merged."""
        return _Box(
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
        across = columns.intersection(range(area.left, area.right + 1))
        down = rows.intersection(range(area.top, area.bottom + 1))
        larger = (number, got.styles.get(ref)) in pairs or _has_larger_parts(got, ref)
        if not (across or down or larger):
            continue
        content, look = issued.sorts[number]
        lacking = _lacking(content, _value(got, ref), _dressed(got, ref), now.box(area))
        if not lacking:
            continue
        if content is Content.WORDS and lacking == _PARTLY:
            yield found("TEXT_CUT", sheet=issued.title, cell=ref)
        elif lacking == _WIDTH and across:
            narrow |= across
        elif down:
            low |= down
        elif across:
            narrow |= across
        else:
            look = got.look(ref)
            what = f"字号 {look.size:g}" if look.wrap or not issued.sorts[number][1].wrap else "不再自动换行"
            yield found("LOOK_CHANGED", sheet=issued.title, cell=ref, what=f"{what}，内容显示不全")
    if narrow:
        letters = [get_column_letter(one) for one in sorted(narrow)]
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
_WIDTH, _HEIGHT, _PARTLY = "width", "height", "partly"


def _needs_more(issued: Look, got: Look) -> bool:
    """Whether a look may need more room for the same content, or shows more of it."""
    return got is not issued and (
        got.size > issued.size
        or (got.bold and not issued.bold)
        or got.wrap != issued.wrap
        or got.indent > issued.indent
        or got.format != issued.format
    )


def _has_larger_parts(got: ReceivedSheet, ref: str) -> bool:
    size = got.look(ref).size
    return any(run.size is not None and run.size > size for run in got.rich.get(ref, ()))


def _dressed(got: ReceivedSheet, ref: str) -> tuple[Look, float]:
    """A cell's look, and the largest size in it."""
    look = got.look(ref)
    return look, max([look.size, *(run.size for run in got.rich.get(ref, ()) if run.size is not None)])


def _value(got: ReceivedSheet, ref: str) -> CellValue | None:
    """What a cell shows; all points for a result that the file has not saved."""
    cell = got.cells.get(ref)
    if not isinstance(cell, Formula):
        return cell
    share = shape_of(got.look(ref).format).sort is Sort.PERCENT
    return got.cached.get(ref, 1.0 if share else _ALL_POINTS)


def _lacking(content: Content, value: CellValue | None, dress: tuple[Look, float], box: _Box) -> str:
    """Of what a cell has too little for what it holds; "" for nothing."""
    look, size = dress
    if value is None or value == "":
        return ""
    if box.height < size * _LEAST_LINE:
        return _HEIGHT
    room = box.width - _MARGINS - look.indent * _INDENT
    if isinstance(value, bool):
        value = str(value)
    if isinstance(value, int | float):
        wide = "" if look.shrink else _shown(look.format, value)
        return _WIDTH if _number_width(wide) * size * (_BOLD if look.bold else 1) > room else ""
    widths = [_text_width(line) for line in value.split("\n")]
    if look.shrink:
        return ""
    if content is Content.WORDS and max(widths) > _SHORT:
        return "" if _wrapped(look, widths, size, room, box) else _PARTLY
    if look.wrap:
        return "" if _wrapped(look, widths, size, room, box) else _HEIGHT
    return "" if max(widths) * size <= room else _WIDTH


def _wrapped(look: Look, widths: list[float], size: float, room: float, box: _Box) -> bool:
    """Whether lines of these widths, in sizes, fit into a cell."""
    if not look.wrap:
        return max(widths) * size <= room
    if room < size * _WIDE:
        return False
    lines = sum(max(1, math.ceil(round(one * size / room, 6))) for one in widths)
    return lines == 1 or lines * size * _LINE <= box.height + 1


@cache
def _text_width(text: str) -> float:
    """The least width of a text, in sizes of its font."""
    return sum(_WIDE if unicodedata.east_asian_width(char) in "WF" else _NARROW for char in text)


def _shown(style: str, value: float) -> str:
    """What a format shows of a number, as far as its width goes; "" for what is judged by others."""
    shape = shape_of(style)
    match shape.sort:
        case Sort.DATE:
            return _DATE
        case Sort.NUMBER | Sort.PERCENT:
            pass
        case _:
            return ""
    if shape.places >= ALL_PLACES:
        return f"{value:.15g}"
    more = 2 if shape.sort is Sort.PERCENT else 0
    whole, _, part = f"{value * 10**more:,.{max(shape.places - more, 0)}f}".partition(".")
    shown = len(part.rstrip("0"))
    part = part[: max(shown, shape.zeros - more)]
    text = (whole if "," in style else whole.replace(",", "")) + (f".{part}" if part else "")
    return f"{text}%" if more else text


def _number_width(text: str) -> float:
    """The width of a number, in sizes of its font."""
    return sum(
        _DIGIT if char.isdecimal() else {"%": _PERCENT, ".": _POINT, ",": _POINT}.get(char, _SIGN)
        for char in text
    )
