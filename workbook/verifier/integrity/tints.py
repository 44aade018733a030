"""The colours of conditional formats: programs rewrite them slightly; green stays green, and red red."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator, Set
from functools import lru_cache

from workbook.xlsx_reader.received import Tint

_LEAST_SPREAD = 24
"""Below which a colour is a grey: the difference of its strongest and weakest part, of 255."""
_MOST_TURNED = 40.0
"""Degrees by which a hue may turn and is still called the same."""
_INK, _PAPER = "1F2937", "FFFFFF"


def hue(colour: str) -> float | None:
    """A colour's hue in degrees; None for greys."""
    parts = _parts(colour)
    if max(parts) - min(parts) < _LEAST_SPREAD:
        return None
    turn, _, _ = colorsys.rgb_to_hsv(*(part / 255 for part in parts))
    return turn * 360


def alike(mine: Tint, issued: Tint, others: Set[Tint]) -> bool:
    """Whether a tint has an issued one's hues, and is not nearer to another's that was issued."""
    if mine.colour is None and mine.fill is None:
        return True  # it colours nothing
    if not all(_keeps(colour, own, issued) for colour, own in _pairs(mine, issued)):
        return False
    mine_off = _distance(mine, issued)
    return all(_distance(mine, one) >= mine_off for one in others if _shown(one) != _shown(issued))


def _pairs(mine: Tint, issued: Tint) -> Iterator[tuple[str | None, str | None]]:
    yield mine.colour, issued.colour
    yield mine.fill, issued.fill


def _keeps(colour: str | None, own: str | None, issued: Tint) -> bool:
    turn = None if colour is None else hue(colour)
    if turn is None:  # a grey says neither good nor bad
        return True
    hues = (hue(one) for one in ((own,) if own is not None else (issued.colour, issued.fill)) if one)
    return any(one is not None and _turned(one, turn) <= _MOST_TURNED for one in hues)


def _turned(one: float, other: float) -> float:
    return min(abs(one - other), 360 - abs(one - other))


def _shown(tint: Tint) -> tuple[str | None, str | None]:
    return tint.colour, tint.fill


def _distance(one: Tint, other: Tint) -> float:
    """The distance between two tints: differences of ink and paper, summed over channels of 0 to 255."""
    inks = _apart(one.colour or _INK, other.colour or _INK)
    return inks + _apart(one.fill or _PAPER, other.fill or _PAPER)


def _apart(one: str, other: str) -> float:
    return sum(abs(mine - its) for mine, its in zip(_parts(one), _parts(other), strict=True))


@lru_cache(maxsize=1024)
def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (0, 2, 4))
