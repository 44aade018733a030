"""Whether intervals cut a line into pieces: no gap, no overlap, both ends reached. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

Cut: TypeAlias = tuple[Decimal, bool]
"""A place to cut the line: just before a number, or (True) just after it."""

LOWEST: Cut = (Decimal("-Infinity"), False)
HIGHEST: Cut = (Decimal("Infinity"), True)


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers between two cuts."""

    start: Cut
    end: Cut


def interval(
    *,
    at_least: Decimal | None = None,
    above: Decimal | None = None,
    at_most: Decimal | None = None,
    below: Decimal | None = None,
    exactly: Decimal | None = None,
) -> Interval:
    """The interval with these edges; without an edge it is open on that side."""
    if exactly is not None:
        return Interval((exactly, False), (exactly, True))
    start, end = LOWEST, HIGHEST
    if at_least is not None:
        start = (at_least, False)
    if above is not None:
        start = (above, True)
    if at_most is not None:
        end = (at_most, True)
    if below is not None:
        end = (below, False)
    return Interval(start, end)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that keeps the pieces from covering the whole. ``index``: the piece after which to look."""

    kind: Literal["empty", "low", "gap", "overlap", "high"]
    index: int
    between: Interval


def faults(pieces: Sequence[Interval], whole: Interval) -> Iterator[Fault]:
    """Every fault of ``pieces`` as a partition of ``whole``, from its low end to its high end."""
    within: list[tuple[Cut, Cut, int]] = []
    for index, piece in enumerate(pieces):
        if piece.start >= piece.end:
            yield Fault("empty", index, piece)
        elif piece.start < whole.end and piece.end > whole.start:
            within.append((max(piece.start, whole.start), min(piece.end, whole.end), index))
    reached, last = whole.start, 0
    for start, end, index in sorted(within):
        if start > reached:
            yield Fault("low" if reached == whole.start else "gap", index, Interval(reached, start))
        elif start < reached:
            yield Fault("overlap", index, Interval(start, min(reached, end)))
        if end > reached:
            reached, last = end, index
    if reached < whole.end:
        yield Fault("high", last, Interval(reached, whole.end))
