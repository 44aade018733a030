"""From the words around a figure to what it means: the alias that explains its clause best."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from workbook.report_reader.model import Target, Unit
from workbook.report_reader.vocabulary import Alias, Vocabulary
from workbook.rubric.headings import indicator_headings

_DELIMITERS = "，,。;:、()《》[]>|"
GONE = "\u25a1"
"""Stands for each letter of a part of the sentence that is over."""
_FAR = 24
"""Characters of fillers that may stand between the words and the figure."""
_UNKNOWN = 4
"""Letters of a clause that may be unknown, as long as none of them names a thing."""
_SURE = 4
"""Letters of an alias that needs no explanation of what stands before it in its clause."""
_NAMES_WHOLE = re.compile(r"\d{4}年|我局|本局|我中心|本单位|我单位|部门")
_DATE = re.compile(r"\d{4}年|\d{1,2}月|\d{1,2}日|\d{4}")


@dataclass(frozen=True, slots=True)
class Match:
    """The meaning of a figure, and its certainty: the letters that say so, where its subject stands."""

    target: Target | None
    rank: tuple[int, int, int]


class Matcher:
    """Chooses among the aliases of a rubric."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        wording = vocabulary.wording
        self._fillers = sorted(set(wording.fillers), key=len, reverse=True)
        self._neutral = sorted(set(wording.neutral), key=len, reverse=True)
        self._organisation = re.compile(rf"[^\d，。]{{2,24}}?(?:{'|'.join(wording.organisation)})")
        self._things = set(wording.things)
        self._not_for = re.compile("|".join(map(re.escape, wording.not_for)))

    def match(
        self, before: str, behind: str, unit: Unit, *, floor: int = 0, sentence: int = 0
    ) -> Match | None:
        """The best reading of a figure between ``before`` and ``behind``, or None.

        ``sentence`` is where its sentence begins in ``before``, ``floor`` where the figure before it ends.
        """
        best: Match | None = None
        for end in self._ends(before):
            longest = 0
            for length in range(min(self.vocabulary.longest, end), 0, -1):
                aliases = self.vocabulary.by_last.get(before[end - length : end], ())
                longest = longest or (length if aliases else 0)
                for alias in aliases:
                    if unit not in alias.units or not _follows(alias, behind):
                        continue
                    match = self._ranked(alias, before, (end - longest, end - length, end), floor, sentence)
                    if match is not None and (best is None or match.rank > best.rank):
                        best = match
        for alias in self.vocabulary.behind_only:
            if unit in alias.units and (said := _following(alias, behind)):
                match = Match(alias.target, (len(said), sentence, len(said)))
                if best is None or match.rank > best.rank:
                    best = match
        return best

    def _ends(self, before: str) -> list[int]:
        """Offsets where the last word may end: only fillers and brackets without figures stand behind it."""
        length = len(before)
        ends, free = [length], {length}
        for end in range(length - 1, max(0, length - _FAR) - 1, -1):
            fits = any(before.startswith(word, end) and end + len(word) in free for word in self._fillers)
            if not fits and before[end] == "(":
                close = before.find(")", end)
                fits = close >= 0 and close + 1 in free and not re.search(r"\d", before[end:close])
            if fits:
                free.add(end)
                ends.append(end)
        return ends

    def _ranked(
        self, alias: Alias, before: str, word: tuple[int, int, int], floor: int, sentence: int
    ) -> Match | None:
        """The match of an alias; None when its clause says otherwise.

        ``word`` is where the longest known word begins, where the alias' last one does, and where both end.
        What the longer one has more must be the alias' own words: 项目支出 is no 支出 of the project before.
        """
        known, start, stop = word
        length = stop - start
        head = max((before.rfind(char, 0, start) for char in _DELIMITERS), default=-1) + 1
        head = max(head, min(floor, start))
        spans = [(start, start + length)]
        for words in reversed(alias.words[:-1]):
            spot = max(
                ((before.rfind(word, 0, spans[-1][0]), len(word)) for word in words),
                key=lambda one: (one[0] + one[1] if one[0] >= 0 else -1, one[1]),
            )
            if spot[0] < 0:
                return None
            spans.append((spot[0], spot[0] + spot[1]))
        inside = [span for span in spans if span[0] >= head]
        own = {at for begin, end in spans for at in range(begin, end)}
        if not alias.behind and any(at not in own for at in range(max(known, head), start)):
            return None
        if not self._explained(
            before, head, sorted(inside), len(inside) == len(alias.words) or alias.whole, alias
        ):
            return None
        subject = spans[-1][1]
        if len(spans) == 1:
            subject = head if alias.whole and _NAMES_WHOLE.search(before[head:start]) else sentence
        said = length + sum(end - begin for begin, end in inside[1:])
        total = sum(end - begin for begin, end in spans)
        return Match(
            alias.target, (length + len(alias.behind[0]) if alias.behind else length, subject, total + said)
        )

    def _explained(
        self, before: str, head: int, inside: list[tuple[int, int]], complete: bool, alias: Alias
    ) -> bool:
        """Whether the clause holds nothing but the alias' words and neutral ones.

        What stands before an alias that is whole in its clause, and long enough, may be anything.
        """
        place, first = head, True
        behind = min(map(len, alias.behind), default=0)
        for begin, end in inside:
            piece = before[place:begin]
            if self._not_for.search(piece):
                return False
            free = first and complete and not alias.whole and end - begin + behind >= _SURE
            if not free and not self._is_neutral(piece):
                return False
            place, first = end, False
        return True

    def _is_neutral(self, piece: str) -> bool:
        """Whether a stretch says nothing about which figure it is.

        A few letters that are no neutral word may be in it, verbs and the like: nothing that names a thing.
        """
        piece = _DATE.sub("", piece.replace(GONE, ""))
        if not piece:
            return True
        unknown: list[str | None] = [None] * (len(piece) + 1)
        unknown[0] = ""
        organisation = self._organisation.match(piece)
        if organisation:
            unknown[organisation.end()] = ""
        for at, char in enumerate(piece):
            so_far = unknown[at]
            if so_far is None:
                continue
            steps = [(at + len(word), so_far) for word in self._neutral if piece.startswith(word, at)]
            if char not in self._things and len(so_far) < _UNKNOWN:
                steps.append((at + 1, so_far + char))
            for end, letters in steps:
                known = unknown[end]
                if known is None or len(letters) < len(known):
                    unknown[end] = letters
        return unknown[-1] is not None

    @cached_property
    def names(self) -> dict[str, str]:
        """Indicators by name; a name that several have tells none."""
        rubric = self.vocabulary.rubric
        return {
            one.name: one.id for one in rubric.indicators if indicator_headings(rubric)[one.id] == one.name
        }


def _follows(alias: Alias, behind: str) -> bool:
    return not alias.behind or _following(alias, behind) != ""


def _following(alias: Alias, behind: str) -> str:
    """The longest of an alias' words that follow the figure."""
    said = [word for word in alias.behind if behind.startswith(word)]
    return max(said, key=len, default="")
