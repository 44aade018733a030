"""Measures of what a cell holds beside the room that it has, in points.

A number is reckoned by the widest usual fonts, a text by the narrowest: a program that has not the cell's
font shows it in one that lies between.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from workbook.layout.letters import width_of
from workbook.verifier.integrity.formats import ALL_PLACES, Sort, shape_of
from workbook.xlsx_reader.received import CellValue, Look

_MARGINS, _INDENT = 3.75, 6.75
"""Points between a cell's edges and its text, and of one step further in."""
_LINE, _LEAST_LINE = 1.25, 1.0
"""Heights of a line among others, and of one alone, in sizes of its font."""
_DIGIT, _POINT, _SIGN, _PERCENT = 63, 36, 45, 95
"""Widths, in hundredths of a size: of a digit, of a point or comma, a minus, a percent sign."""
_BOLD = 1.1
"""Width of a bold number, as a multiple of a plain one."""
_WIDE, _NARROW = 10, 5
"""Widths of a Chinese character and of a letter, in tenths of the size of their font."""
_WORD = 6.0
"""Width, in sizes, up to which a text is a word that is seen whole or not at all."""
_DATE = "2024-12-31"
_FULL = 1000.0
"""Fill of a cell that has no room at all."""


class Side(Enum):
    """The direction in which a cell is too small."""

    WIDTH = auto()
    HEIGHT = auto()


@dataclass(frozen=True, slots=True)
class Box:
    """A cell's width and height in points, or those of several that are merged."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Load:
    """The fill of a cell: ``part`` is the needed part of its room, above 1 when it is too small.

    ``partly``: a longer text of which the beginning is seen.
    """

    part: float = 0.0
    side: Side = Side.WIDTH
    partly: bool = False


def load_of(value: CellValue | None, look: Look, size: float, box: Box) -> Load:
    """The fill of a cell with a value in a look; ``size`` is the largest of its font sizes, in points."""
    if value is None or value == "":
        return Load()
    tall = Load(size * _LEAST_LINE / max(box.height, 1 / _FULL), Side.HEIGHT)
    if tall.part > 1 or look.shrink:
        return tall
    room = max(box.width - _MARGINS - look.indent * _INDENT, 1 / _FULL)
    if isinstance(value, int | float) and not isinstance(value, bool):
        bold = _BOLD if look.bold else 1.0
        return _fuller(tall, Load(number_width(_shown(look.format, value)) * size * bold / room))
    widths = [least_width(line) * size for line in str(value).split("\n")]
    partly = max(widths) > _WORD * size
    if not look.wrap:
        return _fuller(tall, Load(max(widths) / room, Side.WIDTH, partly))
    if room < size:  # not even one character
        return Load(_FULL)
    lines = sum(max(1, math.ceil(round(width / room, 6))) for width in widths)
    if lines == 1:
        return tall
    return _fuller(tall, Load(lines * size * _LINE / (box.height + 1), Side.HEIGHT, partly))


def _fuller(one: Load, other: Load) -> Load:
    return one if one.part > other.part else other


@lru_cache(maxsize=4096)
def least_width(text: str) -> float:
    """The least width of a text, in sizes of its font."""
    return width_of(text, wide=_WIDE, narrow=_NARROW) / 10


def number_width(text: str) -> float:
    """The most that a written number takes, in sizes of its font."""
    return (
        sum(
            _DIGIT if char.isdecimal() else {"%": _PERCENT, ".": _POINT, ",": _POINT}.get(char, _SIGN)
            for char in text
        )
        / 100
    )


def _shown(style: str, value: float) -> str:
    """The text of a number in a format, as far as its width goes; "" where others judge the format."""
    shape = shape_of(style)
    if shape.sort is Sort.DATE:
        return _DATE
    if shape.sort not in {Sort.NUMBER, Sort.PERCENT}:
        return ""
    if shape.places >= ALL_PLACES:
        return f"{value:.15g}"
    more = 2 if shape.sort is Sort.PERCENT else 0
    whole, _, part = f"{value * 10**more:,.{max(shape.places - more, 0)}f}".partition(".")
    part = part[: max(len(part.rstrip("0")), shape.zeros - more)]
    text = (whole if "," in style else whole.replace(",", "")) + (f".{part}" if part else "")
    return f"{text}%" if more else text
