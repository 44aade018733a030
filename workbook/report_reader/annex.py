"""The scored table at the end of a report: points and score by indicator, in rows or below each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from workbook.report_reader.flow import one_way
from workbook.report_reader.matcher import Matcher
from workbook.report_reader.model import Block, Grid, Numeral, Passage, Target
from workbook.report_reader.numerals import numerals

Figure = tuple[Target, Numeral, Passage]
_NUMBER = re.compile(r"^\d+(?:\.\d+)?(?:分)?$")
_SHORT = 12
_HEADED = 40
"""Lines within which the heads of the table stand together."""


def split_annex(blocks: Sequence[Block], matcher: Matcher) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The report's own words, and its scored table: from the block that names its columns on."""
    words = matcher.vocabulary.wording.annex
    texts = [one_way(_text(block)) for block in blocks]
    for at in range(len(blocks)):
        near = "".join(texts[at : at + _HEADED])[:2000] if len(texts[at]) < 200 else texts[at][:2000]
        if not texts[at].startswith(("附件", "评价指标", "一级指标", *words.levels)) and isinstance(
            blocks[at], Passage
        ):
            continue
        named = any(word in near for word in words.levels) and any(word in near for word in words.names)
        if (
            named
            and any(word in near for word in words.criteria)
            and any(one in near for one in words.scores)
        ):
            return tuple(blocks[:at]), tuple(blocks[at:])
    return tuple(blocks), ()


def _text(block: Block) -> str:
    if isinstance(block, Passage):
        return block.text
    return "|".join(cell.text for row in block.rows[:4] for cell in row)


def annex_figures(blocks: Iterable[Block], matcher: Matcher) -> Iterator[Figure]:
    """Points and scores by indicator, and the totals."""
    lines: list[Passage] = []
    heads: list[tuple[int, str]] = []
    for block in blocks:
        if isinstance(block, Passage):
            lines.append(block)
        else:
            heads = _heads(block, matcher) or heads
            yield from _rows(block, heads, matcher)
    yield from _column(lines, matcher)


def _heads(grid: Grid, matcher: Matcher) -> list[tuple[int, str]]:
    """The columns with names, points and scores."""
    words = matcher.vocabulary.wording.annex
    marks = {one_way(word) for word in (*words.points, *words.scores)}
    rows = [[one_way(cell.text) for cell in row] for row in grid.rows[:4]]
    name = next((row.index(word) for word in words.names for row in rows if word in row), None)
    if name is None:
        return []
    marked = sorted({at for row in rows for at, text in enumerate(row) if text in marks and at > name})
    found = [(name, "name")]
    if len(marked) > 1:
        found.append((marked[0], "points"))
    return [*found, (marked[-1], "score")] if marked else found


def _rows(grid: Grid, heads: list[tuple[int, str]], matcher: Matcher) -> Iterator[Figure]:
    columns = {kind: at for at, kind in heads}
    if "name" not in columns:
        return
    words = matcher.vocabulary.wording.annex
    name_at, points_at = columns["name"], columns.get("points", columns["name"] + 1)
    for row in grid.rows:
        texts = [one_way(cell.text) for cell in row]
        score_at = (
            len(row) - 1 if len(row) <= columns.get("score", -1) else columns.get("score", len(row) - 1)
        )
        if any(text in words.totals for text in texts[: name_at + 1]):
            yield from _pair("total_points", "total", "", row, points_at, score_at)
            continue
        if len(texts) <= name_at or (indicator := _indicator(texts[name_at], matcher)) is None:
            continue
        yield from _pair("points", "score", indicator, row, points_at, score_at)


def _pair(
    low: str, high: str, indicator: str, row: Sequence[Passage], points_at: int, score_at: int
) -> Iterator[Figure]:
    for kind, at in ((low, points_at), (high, score_at)):
        if at < len(row) and _NUMBER.match(one_way(row[at].text)):
            target = Target(kind, indicator)  # type: ignore[arg-type]
            yield target, next(iter(numerals(one_way(row[at].text)))), row[at]


def _indicator(name: str, matcher: Matcher) -> str | None:
    """The indicator of a name; the beginning of a name that is broken over pages will do."""
    if len(name) < 3:
        return None
    names = {one_way(known): indicator for known, indicator in matcher.names.items()}
    if name in names:
        return names[name]
    like = [indicator for known, indicator in names.items() if known.startswith(name)]
    return like[0] if len(like) == 1 else None


def _column(lines: Sequence[Passage], matcher: Matcher) -> Iterator[Figure]:
    """A table whose cells stand below each other: name, points, clauses, score.

    A name may be broken over lines: short lines are put together until they end in one.
    """
    words = matcher.vocabulary.wording.annex
    names = {one_way(known): indicator for known, indicator in matcher.names.items()}
    letters, indicator, state = "", "", "none"
    for passage in lines:
        text = one_way(passage.text)
        if not text:
            continue
        total = re.match(rf"^(?:{'|'.join(words.totals)})(?=\d)", text)
        if total:
            yield from _total(text[total.end() :], passage)
            continue
        if _NUMBER.match(text):
            ended = max((name for name in names if letters.endswith(name)), key=len, default="")
            if ended and not (state == "points" and names[ended] == indicator):
                indicator, state = names[ended], "points"
                yield Target("points", indicator), next(iter(numerals(text))), passage
            elif state == "points":
                yield Target("score", indicator), next(iter(numerals(text))), passage
                state = "score"
            letters = ""
            continue
        letters = letters + text if len(text) <= _SHORT else ""


def _total(rest: str, passage: Passage) -> Iterator[Figure]:
    found = list(numerals(rest))
    if found:
        yield Target("total"), found[-1], passage
