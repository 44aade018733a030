"""Lines of thought: lines joined to paragraphs, written in one way, each character knowing where it stood."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbook.report_reader.model import Document, Passage, Place

_SAME = str.maketrans(
    {
        **{chr(0xFF10 + n): str(n) for n in range(10)},
        **{chr(0xFF21 + n): chr(0x41 + n) for n in range(26)},
        **{chr(0xFF41 + n): chr(0x61 + n) for n in range(26)},
        "．": ".", "％": "%", "（": "(", "）": ")", "：": ":", "；": ";", "＋": "+", "－": "-", "−": "-",
        "＜": "<", "＞": ">", "＝": "=", "～": "~", "﹣": "-", "／": "/", "！": "!", "？": "?",
        "［": "[", "］": "]",
    }
)  # fmt: skip
_DROPPED = "“”\"‘’'「」『』*\u200b\ufeff_"
_BEGINS = re.compile(
    r"\s*(?:第[一二三四五六七八九十]+[章节部]|[（(]?[一二三四五六七八九十]{1,3}[、)）]|[（(]\d{1,2}[)）]"
    r"|\d{1,2}[.．、](?!\d)|\d(?:\.\d){1,2}\s?[^\d\s%％.]|[①-⑳]|附件|附表|表\s?\d|图\s?\d|单位[:：])"
)
_ENDS = re.compile(r"[。；;！!？?]\s*$")
_HEADING = re.compile(r"[^，。；;,：:！？、]{1,22}$")
_FOLIO = re.compile(r"\s*(?:[-—–─]\s*\d{1,4}\s*[-—–─]|第\s*\d{1,4}\s*页(?:\s*共\s*\d{1,4}\s*页)?)\s*$")
_OFTEN = 3
_NOWHERE = Place(0)
_ASIDE = re.compile(r"\((?:境|单位|部门|护|费|含|个|台|套)\)")


@dataclass(frozen=True, slots=True)
class Flow:
    """A paragraph: its text in one way of writing, and for each character its passage and place in it."""

    text: str
    passages: tuple[Passage, ...]
    origin: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[Passage, int, int]:
        """The passage in which a stretch begins, and where it begins and ends there."""
        index, first = self.origin[start]
        last = first
        for at in range(start, end):
            if self.origin[at][0] != index:
                break
            last = self.origin[at][1]
        return self.passages[index], first, last + 1


def one_way(text: str) -> str:
    """A text in the one way of writing, without blanks, quotation marks and short asides."""
    return _ASIDE.sub("", flow_of([Passage(text, _NOWHERE)]).text)


def paragraphs(passages: Iterable[Passage]) -> Iterator[Flow]:
    """Lines joined to paragraphs: one ends where its sentence does, or where something numbered begins."""
    group: list[Passage] = []
    for passage in passages:
        text = passage.text
        if not text.strip() or _FOLIO.match(text):
            continue
        if group and _new(group[-1].text, text):
            yield flow_of(group)
            group = []
        group.append(passage)
    if group:
        yield flow_of(group)


def _new(before: str, text: str) -> bool:
    """Whether a line begins a paragraph; one behind a heading belongs to it."""
    return bool(_BEGINS.match(text)) or (bool(_ENDS.search(before)) and not is_heading(before))


def running_heads(document: Document) -> frozenset[Place]:
    """The lines that stand first or last on most pages with the same words: no part of any sentence."""
    pages: dict[int, list[Passage]] = defaultdict(list)
    for block in document.blocks:
        if isinstance(block, Passage) and block.place.page is not None:
            pages[block.place.page].append(block)
    edges = [
        line for lines in pages.values() for line in {id(one): one for one in (lines[0], lines[-1])}.values()
    ]
    words = Counter(_worded(line) for line in edges)
    often = {word for word, count in words.items() if count >= _OFTEN and 2 * count > len(pages)}
    return frozenset(line.place for line in edges if _worded(line) in often)


def _worded(line: Passage) -> str:
    """A line without blanks and figures, which number pages."""
    return re.sub(r"[\s\d]", "", line.text)


def flow_of(passages: list[Passage]) -> Flow:
    """The passages as one line of thought.

    Blanks go; between two digits one stays when they stand on one line, for then they are two numbers.
    """
    chars: list[str] = []
    origin: list[tuple[int, int]] = []
    for number, passage in enumerate(passages):
        if number and chars and is_heading(passages[number - 1].text):
            chars.append("|")
            origin.append(origin[-1])
        gap = False
        for place, raw in enumerate(passage.text):
            char = raw.translate(_SAME)
            if "\u2e80" <= raw <= "\u2fdf":  # radicals that PDF files print for the characters themselves
                char = unicodedata.normalize("NFKC", raw)
            if char.isspace():
                gap = True
                continue
            if char in _DROPPED:
                continue
            if gap and chars and origin[-1][0] == number and _apart(chars[-1], char):
                chars.append(" ")
                origin.append((number, place))
            gap = False
            chars.append(char[:1])
            origin.append((number, place))
    text = "".join(chars)
    return _without_asides(Flow(text, tuple(passages), tuple(origin)))


def is_heading(text: str) -> bool:
    """Whether a line is a numbered heading rather than the beginning of a sentence."""
    return bool(_BEGINS.match(text)) and bool(_HEADING.fullmatch(text.strip().rstrip("。")))


def _apart(before: str, char: str) -> bool:
    return (before.isdigit() or before == "%") and char.isdigit()


def _without_asides(flow: Flow) -> Flow:
    """Without the brackets that stand inside names: 因公出国（境）费."""
    if "(" not in flow.text:
        return flow
    keep = [True] * len(flow.text)
    for match in _ASIDE.finditer(flow.text):
        keep[match.start() : match.end()] = [False] * (match.end() - match.start())
    if all(keep):
        return flow
    kept = [at for at, stays in enumerate(keep) if stays]
    return Flow("".join(flow.text[at] for at in kept), flow.passages, tuple(flow.origin[at] for at in kept))
