"""Numbers without a meaning that stand in nearly the same words twice, and differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workbook.report_reader.model import Unplaced

Entry = tuple[Unplaced, set[str], set[str]]
_ALIKE = 0.42
_LEAST = 8
"""Pairs of letters that both must have at least."""
_DIGITS = re.compile(r"\d[\d.,，]*")


def repeats(unplaced: Sequence[Unplaced]) -> Iterator[tuple[Unplaced, Unplaced]]:
    """Pairs of numbers, the later one first, whose surroundings are nearly the same.

    What is said again with its own number is no contradiction, nor is a row of alike things with many.
    """
    words = [(one, *_pairs(one.around)) for one in unplaced if one.around and one.numeral.value]
    words = [entry for entry in words if len(entry[2]) >= _LEAST]
    said: set[tuple[str, str]] = set()
    for index, entry in enumerate(words):
        alike = [other for other in words if other is not entry and _alike(entry, other)]
        earlier = [other[0] for other in words[:index] if other in alike]
        values = {other[0].numeral.value for other in alike} - {entry[0].numeral.value}
        again = any(other[0].numeral.value == entry[0].numeral.value for other in alike)
        other = earlier[-1] if earlier else None
        if other is None or len(values) != 1 or other.sentence == entry[0].sentence:
            continue
        if again and any(
            one.sentence == other.sentence for one, *_ in alike if one.numeral.value == entry[0].numeral.value
        ):
            continue
        key = (entry[0].numeral.text, other.numeral.text)
        if key not in said:
            said.add(key)
            yield entry[0], other


def _alike(entry: Entry, other: Entry) -> bool:
    (one, before, behind), (two, early, late) = entry, other
    if one.numeral.unit_text != two.numeral.unit_text:
        return False
    same = _share(behind, late)
    return same >= 2 * _ALIKE or (same >= _ALIKE and bool(early & before))


def _pairs(around: str) -> tuple[set[str], set[str]]:
    before, _, behind = _DIGITS.sub("", around).partition("#")
    return _bigrams(before), _bigrams(behind)


def _bigrams(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)
