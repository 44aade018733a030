"""Number formats of dates: is the date that one shows read as the one that the cell holds?

A Chinese reader takes figures for year, month and day in this order: 2024-03-04 is the fourth of March,
whatever a format has meant by it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

_SIGN = re.compile(
    r"""(?xi) "(?P<quoted>[^"]*)" | \\(?P<escaped>.) | (?P<padding>[_*].) | \[(?P<bracket>[^\]]*)\]
    | (?P<half>AM/PM|A/P|上午/下午)
    | (?P<part>y+|m+|d+|h+|s+(?:\.0+)?) | (?P<weekday>a{3,4}) | (?P<plain>.)""",
    re.S,
)
_LOCALE = re.compile(
    r"""(?xi) \$-(?:0*(?:[48]04|C04|1004|1404|[48]09|411|412)|F800|F400|x-\w+) | DBNum\d | h+ | m+ | s+
    | Black | Blue | Magenta | Red | Color\ ?(?:1|3|5|7|9|10|11) | 黑色 | 蓝色 | 洋红 | 红色"""
)
"""Words allowed in brackets: a language that counts years as usual, Chinese digits, a colour to be seen."""
_LABELS = {"年": "y", "月": "m", "日": "d", "号": "d"}
_NO_MARK = re.compile(r"""[0#?%@"\\\[\]]|[a-z]""", re.I)


class _Part(NamedTuple):
    """A part of a date: its letter (``n`` for minutes), how many of them, and what stands behind it."""

    letter: str
    length: int
    behind: str


def date_parts(section: str) -> str:
    """The letters of a date, each once, that a format's section shows; "" for what is no date to rely on.

    Minutes are ``n``.
    """
    read = _parts(section)
    if read is None:
        return ""
    parts = _with_minutes(read)
    if not _well_ordered([one for one in parts if one.letter in "ymd"]):
        return ""
    return "".join(dict.fromkeys(one.letter for one in parts if not _weekday(one)))


def _weekday(part: _Part) -> bool:
    return part.letter == "d" and part.length > 2


def _parts(section: str) -> list[_Part] | None:
    """The parts of a date or a time in their order; None for anything else."""
    parts: list[_Part] = []
    for match in _SIGN.finditer(section):
        kind, text = match.lastgroup, match[str(match.lastgroup)]
        if kind == "part" or (kind == "bracket" and text.lower().strip("hms") == "" and text):
            parts.append(_Part(text[0].lower(), len(text), ""))
        elif kind == "bracket":
            if not _LOCALE.fullmatch(text):
                return None
        elif (
            (kind in {"quoted", "escaped"} and any(char.isnumeric() for char in text))
            or (kind == "plain" and (_NO_MARK.match(text) or text.isnumeric()))
            or (kind == "padding" and text[1:].isnumeric())
        ):
            return None
        elif parts and kind != "weekday":
            last = parts[-1]
            parts[-1] = last._replace(behind=last.behind + (" " if kind == "padding" else text))
    return parts


def _with_minutes(parts: list[_Part]) -> list[_Part]:
    """The parts with the letter m, behind hours or before seconds, as what it is there."""
    return [
        one._replace(letter="n")
        if one.letter == "m"
        and one.length < 3
        and (
            (place and parts[place - 1].letter == "h")
            or (place + 1 < len(parts) and parts[place + 1].letter == "s")
        )
        else one
        for place, one in enumerate(parts)
    ]


def _well_ordered(parts: list[_Part]) -> bool:
    """Whether the parts of a day are read as what they are: by their order, by a month's name, by labels."""
    dated = [one for one in parts if not _weekday(one)]
    letters = "".join(one.letter for one in dated)
    if len(set(letters)) < len(letters) or any(one.letter == "m" and one.length > 4 for one in dated):
        return False  # a month's first letter is that of several
    labels = [(one.letter, _LABELS.get(one.behind.strip()[:1], "")) for one in dated]
    if any(label and label != letter for letter, label in labels):
        return False
    for one, following in pairwise(dated):
        if not one.behind and (following.length < 2 or (one.letter != "y" and one.length < 2)):
            return False  # figures that run into each other
    named = any(one.letter == "m" and one.length in {3, 4} for one in dated)
    return named or all(label for _, label in labels) or letters in {"ymd", "ym", "md", "y", "m", "d", ""}
