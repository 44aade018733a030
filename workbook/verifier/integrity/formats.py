"""Number formats: what does a cell in one show of its value?"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from workbook import rounding
from workbook.verifier.integrity.dates import date_parts

_COLOUR = r"(?:\[(?:Black|Blue|Magenta|Red|Color ?(?:1|3|5|7|9|10|11)|黑色|蓝色|洋红|红色)\])?"
"""Colours in which a number can be read on white; white, yellow and light green hide it."""
_LANGUAGE = r"(?:\[\$-1?0*(?:804|409)\])?"
"""Chinese and English, with the same digits and points: LibreOffice puts a language before a number."""
_PADDING = r"(?:_.|\\ |\* | ){0,6}"
"""Blanks, of a sign's width or as many as fill the cell; more of them push the number out of it."""
_UNITS = "(?:分|万元|个|人|项)"
_UNIT = rf"(?:{_PADDING}\" ?(?:{_UNITS}|（{_UNITS}）|\({_UNITS}\)) ?\")?"
"""The field's own unit behind the number, with blanks before it, or in brackets."""
_INKS = {
    "black": "000000", "blue": "0000FF", "magenta": "FF00FF", "red": "FF0000",
    "color1": "000000", "color3": "FF0000",
    "color5": "0000FF", "color7": "FF00FF", "color9": "800000", "color10": "008000", "color11": "000080",
    "黑色": "000000", "蓝色": "0000FF", "洋红": "FF00FF", "红色": "FF0000",
}  # fmt: skip
"""RGB values of the colours in formats: on a dark fill these hide a number too."""
_NUMERIC = re.compile(rf"{_COLOUR}{_LANGUAGE}{_PADDING}[#,?]*0(?:\.(0*)([#?]*))?(%)?{_UNIT}{_PADDING}", re.I)
_NEGATIVE = re.compile(
    rf"{_COLOUR}{_LANGUAGE}{_PADDING}(?:-|\(|\\-|\\\()?{_PADDING}[#,?]*0(?:\.[0#?]*)?%?(?:\)|\\\))?{_UNIT}{_PADDING}",
    re.I,
)
_GENERAL = re.compile(rf"{_COLOUR}{_LANGUAGE}(?:General|G/通用格式){_PADDING}", re.I)
_TEXT = re.compile(rf"{_COLOUR}{_PADDING}@{_PADDING}", re.I)
_SIGNED = re.compile(rf"{_COLOUR}{_LANGUAGE}{_PADDING}\\?[-(]", re.I)
_DASH = re.compile(rf'{_COLOUR}{_PADDING}"-"\?*{_PADDING}', re.I)
"""Zero as accountants write it, and as the button for thousands makes it."""
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_ONE_SIGN = re.compile(r'"(.)"')
_NO_SIGN = re.compile(r"""(?<![\\_*])"\"""")
ALL_PLACES = 15
"""Decimals of a format that shows as many as there are."""


class Sort(Enum):
    """The kind of text that a format makes of a number."""

    NUMBER = auto()
    PERCENT = auto()
    DATE = auto()
    TEXT = auto()
    OTHER = auto()
    """Another number, nothing, or words."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The text that a format makes of a number: its ``sort``, with so many ``places`` after the point.

    ``text``: whether it shows texts as they are. ``parts``: the letters of a date that it shows. ``dash``:
    whether zero is a dash.
    """

    sort: Sort
    places: int = 0
    text: bool = True
    parts: str = ""
    signed: bool = True
    """Whether a number below zero has its sign."""
    dash: bool = False
    zeros: int = 0
    """Those of ``places`` that are shown even where they are zeros."""


def inks(style: str) -> tuple[str, ...]:
    """The colours, ``RRGGBB``, in which a format shows numbers or texts of its own accord."""
    names = (one.lower().replace(" ", "") for one in _BRACKETS.findall(style))
    return tuple(_INKS[name] for name in names if name in _INKS)


_BRACKETS = re.compile(r"\[([^\]]*)\]")


def sections(style: str) -> list[str]:
    """The sections of a format, for positive and negative numbers, zero and texts."""
    found, start, quoted, place = [], 0, False, 0
    while place < len(style):
        sign = style[place]
        if sign == '"':
            quoted = not quoted
        elif sign in "\\_*" and not quoted:
            place += 1
        elif sign == "[" and not quoted and "]" in style[place:]:
            place = style.index("]", place)
        elif sign == ";" and not quoted:
            found.append(style[start:place])
            start = place + 1
        place += 1
    return [*found, style[start:]]


@cache
def shape_of(style: str) -> Shape:
    """The shape of a number in a format."""
    parts = sections(style)
    text = _shows_text(parts)
    first, *others = parts if len(parts) < 4 else parts[:3]
    if _GENERAL.fullmatch(first):
        plain = all(_GENERAL.fullmatch(one) or _TEXT.fullmatch(one) for one in others)
        return Shape(Sort.NUMBER if plain else Sort.OTHER, ALL_PLACES, text)
    if _TEXT.fullmatch(first):
        return Shape(Sort.TEXT if not others else Sort.OTHER, ALL_PLACES, text)
    match = _NUMERIC.fullmatch(first)
    if match is not None:
        signs = others[:-1] if others and _TEXT.fullmatch(others[-1]) else others
        places = len(match[1] or "") + len(match[2] or "")
        dash = len(signs) == 2 and _DASH.fullmatch(signs[1]) is not None
        signs = signs[:1] if dash else signs
        if not all(_NEGATIVE.fullmatch(one) and ("%" in one) == bool(match[3]) for one in signs):
            return Shape(Sort.OTHER, text=text)
        if len(signs) > 1 and not _NUMERIC.fullmatch(signs[1]):
            return Shape(Sort.OTHER, text=text)
        if any(_places_of(one) < places for one in signs):
            return Shape(Sort.OTHER, text=text)
        sort = Sort.PERCENT if match[3] else Sort.NUMBER
        signed = not signs or _SIGNED.match(signs[0]) is not None
        more = 2 if match[3] else 0
        zeros = len(match[1] or "") + more
        return Shape(sort, places + more, text, signed=signed, dash=dash, zeros=zeros)
    letters = date_parts(first)
    if letters and not any(not _TEXT.fullmatch(one) for one in others):
        return Shape(Sort.DATE, text=text, parts=letters)
    return Shape(Sort.OTHER, text=text)


def _places_of(section: str) -> int:
    match = re.search(r"\.([0#?]*)", section)
    return len(match[1]) if match else 0


def _shows_text(parts: list[str]) -> bool:
    """Whether texts appear as they are: by the fourth section, or by a last one that holds an at sign.

    With an at sign anywhere else, programs do not agree on which section is that of texts.
    """
    holding = ["@" in _LITERAL.sub("", part) for part in parts]
    if any(holding[:-1]):
        return False
    if len(parts) > 3 or holding[-1]:
        return _TEXT.fullmatch(parts[-1]) is not None
    return True


@cache
def plain(style: str) -> str:
    """A format as all programs write it: no needless quotes and backslashes."""
    bare = _ONE_SIGN.sub(r"\\\1", _NO_SIGN.sub("", style))
    bare = re.sub(r"\\([-/. ])", r"\1", bare)
    return "General" if _GENERAL.fullmatch(bare) else bare.removesuffix(";@")


def shown(value: object, places: int) -> bool:
    """Whether so many decimals show all of a value."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return True
    if places >= ALL_PLACES:
        return True
    exact = rounding.as_fraction(float(f"{value:.15g}"))
    return rounding.half_up(exact, places) == exact
