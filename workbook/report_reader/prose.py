"""Figures in sentences: each with the words of its sentence before it, and of what it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbook.report_reader.flow import Flow
from workbook.report_reader.matcher import GONE, Match, Matcher
from workbook.report_reader.model import Numeral, Unit
from workbook.report_reader.numerals import numerals, rescaled, years

_SENTENCE = re.compile(r"[。!?！？]")
_PART = re.compile(r"其中[^。;]*?[。;]|占[^，。;]{1,16}?\d[^，。;]*?的(?=\d)|\([^()]*\d[^()]*\)")
_LIST = re.compile(r"(?:分别|依次)(?:为|是|达|达到|有|：|:|完成)*[:：]?$")
_JOINS = re.compile(r"^(?:[、，,和及与]|以及)+$")
_ITEMS = re.compile(r"[、和及与]")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of a paragraph with its sentence's number in the paragraph and what it means."""

    numeral: Numeral
    match: Match | None
    sentence: int
    year: int | None


def figures(flow: Flow, matcher: Matcher) -> Iterator[Told]:
    """The figures of a paragraph, each with its meaning."""
    text = flow.text
    all_numbers = _shared_units(text, list(numerals(text)))
    starts = [0, *(match.end() for match in _SENTENCE.finditer(text))]
    lists = _lists(text, all_numbers, matcher)
    named = years(text)
    floor = 0
    for index, one in enumerate(all_numbers):
        number = max(place for place, start in enumerate(starts) if start <= one.start)
        start = starts[number]
        behind = text[one.after : one.after + 24]
        unit = one.unit
        spoken = [year for place, year in named if start <= place < one.start]
        before, sentence, low = _window(text, start, starts[max(0, number - 1)], one, floor)
        if index in lists:
            before = before[:sentence] + lists[index]
            low = sentence
        told = lists.get(index) != ""
        match = (
            matcher.match(before, behind.lstrip("的"), unit, floor=low, sentence=sentence) if told else None
        )
        yield Told(one, match, number, spoken[-1] if spoken else None)
        floor = one.after


def _window(text: str, start: int, earlier: int, one: Numeral, floor: int) -> tuple[str, int, int]:
    """The sentence up to the figure with the one before it; where it begins; where the last figure ends.

    Parts that are over (其中 …; brackets with figures) are blanked: their subjects are theirs alone.
    """
    before = text[earlier : one.start]
    if one.text[:1] in "+-" and before[-1:] in "+-":
        before = before[:-1]
    head = floor - earlier
    for match in _PART.finditer(before):
        stop = match.end() - (match[0][-1] in "。;")
        before = before[: match.start()] + GONE * (stop - match.start()) + before[stop:]
    goes_on = text.startswith("其中", start)
    return before, 0 if goes_on else start - earlier, head


def _shared_units(text: str, found: list[Numeral]) -> list[Numeral]:
    """Numbers of a list whose unit stands behind the last one only."""
    for index in range(len(found) - 2, -1, -1):
        one, following = found[index], found[index + 1]
        between = text[one.after : following.start]
        if one.unit is Unit.NONE and not one.unit_text and _JOINS.match(between) and following.unit_text:
            found[index] = rescaled(one, following.unit_text)
    return found


def _lists(text: str, found: list[Numeral], matcher: Matcher) -> dict[int, str]:
    """For figures of a list (“甲、乙的丙分别为 …”): the words that stand for each of them alone.

    None where the text does not name as many as there are: no figure is given to the wrong one.
    """
    words: dict[int, str] = {}
    index = 0
    while index < len(found):
        last = index
        while last + 1 < len(found) and _JOINS.match(text[found[last].after : found[last + 1].start]):
            last += 1
        lead = _LIST.search(text[: found[index].start])
        if lead and last > index:
            clause = max((text.rfind(char, 0, lead.start()) for char in "。;，"), default=-1) + 1
            count = last - index + 1
            heads = _heads(text[clause : lead.start()], count, matcher) or [""] * count
            words |= {index + offset: head for offset, head in enumerate(heads)}
        index = last + 1
    return words


def _heads(text: str, count: int, matcher: Matcher) -> list[str]:
    """The subject of each figure of a list; empty when the text does not name as many."""
    for series in matcher.vocabulary.wording.series:
        for name in series.names:
            if name in text and len(series.members) == count:
                before, _, rest = text.rpartition(name)
                return [before + member + rest for member in series.members]
    items = _ITEMS.split(text)
    if len(items) < count:
        return []
    items = items[len(items) - count :]
    rest = _rest(items[-1], items[:-1], matcher)
    tail = items[-1][len(items[-1]) - len(rest) :] if rest else ""
    return [*(item + tail for item in items[:-1]), items[-1]]


def _rest(item: str, others: list[str], matcher: Matcher) -> str:
    """The end of the last item that holds for all: behind 的, or behind the length of the other items."""
    if "的" in item:
        return item.partition("的")[2]
    length = max(len(other) for other in others[1:] or [others[0]])
    return item[length:] if len(item) > length else ""
