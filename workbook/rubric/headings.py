"""Headings as readers and authors know parts by: apart from each other, and the ids behind them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from workbook.rubric.model import Rubric
from workbook.rubric.once import once


def plain_heading(text: str) -> str:
    """A heading for comparing: full-width forms as their plain ones, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@once
def indicator_headings(rubric: Rubric) -> Mapping[str, str]:
    """By indicator what messages call it: its heading, with that of its group where two share it."""
    walked = list(rubric.walk())
    alone = Counter(plain_heading(indicator.name) for _, _, indicator in walked)
    grouped = Counter((plain_heading(one.name), plain_heading(group.name)) for _, group, one in walked)
    called = {}
    for dimension, group, indicator in walked:
        called[indicator.id] = indicator.name
        plain = plain_heading(indicator.name)
        if alone[plain] > 1:
            above = group.name
            here = sum(plain_heading(one.name) == plain for one in group.indicators)
            if grouped[plain, plain_heading(group.name)] > here:
                above = f"{dimension.name}·{group.name}"
            called[indicator.id] = f"{indicator.name}（{above}）"
    return called


def ids_by_heading(named: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Ids by the plain form of their headings, from pairs of a heading and an id."""
    known: dict[str, list[str]] = {}
    for heading, one in named:
        ids = known.setdefault(plain_heading(heading), [])
        if one not in ids:
            ids.append(one)
    known.pop("", None)
    return known


@once
def figure_headings(rubric: Rubric) -> Mapping[str, list[str]]:
    """The ids of fields and rates by what an author may call them instead."""
    fields = [(heading, one.id) for one in rubric.fields for heading in (one.label, one.name)]
    return ids_by_heading([*fields, *((one.name, one.id) for one in rubric.rates)])


def heading_in(text: str, known: Mapping[str, list[str]]) -> tuple[int, str, list[str]] | None:
    """The longest heading in a text, if any: where it begins, as it is written, its ids."""
    plain, starts = "", []
    for place, char in enumerate(text):
        new = plain_heading(char)
        plain += new
        starts += [place] * len(new)
    best = None
    for heading, ids in known.items():
        at = -1 if heading in ids else plain.find(heading)
        if at >= 0 and (best is None or len(heading) > len(best[1])):
            best = at, heading, ids
    if best is None:
        return None
    first, last = starts[best[0]], starts[best[0] + len(best[1]) - 1]
    return first, text[first : last + 1], best[2]


def answer(heading: str, ids: Iterable[str]) -> str:
    """What is told to who writes a heading where an id is wanted."""
    return f"“{heading}”是标题，它的 id 是 {'、'.join(ids)}，这里请写 id"
