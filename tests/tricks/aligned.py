"""Alignments that repeat, turn, push away or cut what a cell shows."""

from __future__ import annotations

from tests.tricks.kit import SUMMARY, Trick, at, label, styled, total

_ALIGNMENTS = (
    'horizontal="fill"', 'horizontal="centerContinuous"', 'textRotation="90"', 'textRotation="180"',
    'textRotation="255"', 'textRotation="45"', 'horizontal="right" indent="200"', 'horizontal="left" indent="15"',
    'readingOrder="2"', 'shrinkToFit="1"', 'shrinkToFit="true"',
)  # fmt: skip


def _aligned(one: str) -> list[Trick]:
    return [
        at(f"{one} on {where.__name__}", where, lambda case, where=where: styled(case, where(case), alignment=one),  # type: ignore[misc]
           "LOOK_CHANGED", SUMMARY)
        for where in (total, label)
    ]  # fmt: skip


TRICKS = [
    *(trick for one in _ALIGNMENTS for trick in _aligned(one)),
]  # fmt: skip
