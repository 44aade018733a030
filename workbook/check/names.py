"""Ids, headings, and the defined names that Excel, WPS and LibreOffice must all accept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from workbook.check.subject import SpecPart, Subject
from workbook.findings import Finding
from workbook.layout.cell_names import name_problem
from workbook.layout.name_parts import RAW_SUFFIX, Named, patterns
from workbook.layout.names import IDENTITY_NAME, part_stems
from workbook.rubric.fields import NO, YES
from workbook.rubric.headings import plain_heading

_ASCII_ID = re.compile(r"[a-z][a-z0-9_]*")
_RUBRIC_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_NOT_IDS = {YES, NO}
"""Words that conditions would take for answers."""

_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_LONGEST_HEADING = 255
"""What a text in a formula can have."""


def ids(subject: Subject) -> Iterator[Finding]:
    """Ids are well formed, and different within their kind; a field and a rate never share one."""
    rubric = subject.rubric
    if not _RUBRIC_ID.fullmatch(rubric.id):
        yield subject.found("SPEC_ID", SpecPart(("id",), "评分标准"), id=rubric.id)
    taken: set[tuple[str, str]] = set()
    for scope, one, place in _ids(subject):
        if not _is_id(one):
            yield subject.found("SPEC_ID", place, id=one)
        if (scope, one) in taken:
            yield subject.found("SPEC_ID_TWICE", place, id=one)
        taken.add((scope, one))


def _is_id(text: str) -> bool:
    """Whether expressions, keys and data files all read the text as one word, and as the same one."""
    if text.isascii():
        return _ASCII_ID.fullmatch(text) is not None
    same = unicodedata.normalize("NFKC", text) == text == text.casefold()
    return same and text.isidentifier() and not text.startswith("_") and text not in _NOT_IDS


def _ids(subject: Subject) -> Iterator[tuple[str, str, SpecPart]]:
    """Every id with the scope in which it is the only one."""
    for place, field in subject.fields():
        yield "figure", field.id, place
    for place, rate in subject.rates():
        yield "figure", rate.id, place.at("id")
    for place, check in subject.checks():
        yield "check", check.id, place.at("id")
    for field_id in subject.rubric.sources:  # each makes a cross-check
        yield "check", f"source_{field_id}", SpecPart(("sources", field_id), f"来源“{field_id}”")
    for number, table in enumerate(subject.rubric.tables):
        yield "table", table.id, SpecPart(("tables", number), f"明细表“{table.id}”")
    for place, cap in subject.caps():
        yield "cap", cap.id, place.at("id")
    for place, lights in subject.lights():
        yield "light", lights.id, place.at("id")
    for place, indicator in subject.indicators():
        yield "indicator", indicator.id, place.at("id")
    for place, _, item in subject.items():
        yield f"item {place.path[:-1]}", item.id, place.at("id")


def headings(subject: Subject) -> Iterator[Finding]:
    """Every heading says something, and no two stand side by side that read the same."""
    first: dict[tuple[str, str], SpecPart] = {}
    for scope, heading, place in _headings(subject):
        at = place.at("name")
        if not heading.strip():
            yield subject.found("SPEC_EMPTY", at, key="name")
            continue
        if any(map(_hidden, heading)):
            yield subject.found("SPEC_NAME_HIDDEN", at)
        if len(heading) > _LONGEST_HEADING:
            long = SpecPart(at.path, f"{place.where[:40]}…的标题（name）")
            limit = str(_LONGEST_HEADING)
            yield subject.found("SPEC_TEXT_LONG", long, length=str(len(heading)), limit=limit)
        before = first.setdefault((scope, plain_heading(heading).casefold()), place)
        if before is not place:
            yield subject.found("SPEC_NAME_TWICE", at, name=heading, first=before.where, second=place.where)


def _hidden(char: str) -> bool:
    """Whether nobody sees a character that changes others: a line end, a control, a turn of direction."""
    return unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} or char in _TURNS


def _headings(subject: Subject) -> Iterator[tuple[str, str, SpecPart]]:
    """Every heading with the parts among which nothing else tells it apart."""
    for place, rate in subject.rates():
        yield "rate", rate.name, place
    for place, cap in subject.caps():
        yield "cap", cap.name, place
    for place, lights in subject.lights():
        yield "light", lights.name, place
    for place, dimension in subject.dimensions():
        yield "dimension", dimension.name, place
    for place, _, group in subject.groups():
        yield f"group {place.path[:-1]}", group.name, place
    for place, indicator in subject.indicators():
        yield f"indicator {place.path[:-1]}", indicator.name, place


def chosen_names(subject: Subject) -> Iterator[Finding]:
    """A name that the author chooses for cells is one, and is the only one of its spelling."""
    places, known = _places(subject), part_stems(subject.rubric)
    taken: dict[str, Named | None] = {IDENTITY_NAME.casefold(): None}
    listed = list(patterns(subject.rubric))
    reported: set[Named] = set()
    for one in sorted(listed, key=lambda one: one.part is not None and bool(one.part.chosen)):
        part = one.part
        name = one.name("" if part is None else known[part], "" if one.above is None else known[one.above])
        before = taken.setdefault(name.casefold(), part)
        if part is None or not part.chosen or part in reported:
            continue
        problem, place = name_problem(name), places[part.kind, part.id].at("cell_name")
        if problem is not None:
            reported.add(part)
            own = name.removesuffix(RAW_SUFFIX)
            shown = name if name_problem(own) is None else own
            yield subject.found("SPEC_NAME_INVALID", place, name=shown, problem=problem)
        elif before != part:
            reported.add(part)
            first = "固有名称" if before is None else places[before.kind, before.id].where
            yield subject.found("SPEC_NAME_TWICE", place, name=name, first=first, second=place.where)


def made_names(subject: Subject) -> Iterator[Finding]:
    """Headings that no defined name can hold, with what stands for them in names and formulas instead."""
    places = _places(subject)
    made = [
        (part, stem)
        for part, stem in part_stems(subject.rubric).items()
        if not part.chosen and stem != part.heading and part.heading.strip()
    ]
    if made:
        place = min((places[part.kind, part.id] for part, _ in made), key=lambda one: subject.line(one) or 0)
        names = "；".join(f"{places[part.kind, part.id].where}为 {stem}" for part, stem in made)
        yield subject.found("SPEC_NAME_MADE", place.at("name"), count=str(len(made)), names=names)


def _places(subject: Subject) -> dict[tuple[str, str], SpecPart]:
    """The place of each part that has defined names, by kind and id as they are called there."""
    places: dict[tuple[str, str], SpecPart] = {}
    for place, field in subject.fields():
        places["field", field.id] = place
    for place, rate in subject.rates():
        places["rate", rate.id] = SpecPart(place.path, f"比率“{rate.name}”", place.clause)
    for place, dimension in subject.dimensions():
        places["dimension", dimension.name] = place
    for place, dimension, group in subject.groups():
        places["group", f"{dimension.name}\n{group.name}"] = place
    for place, indicator in subject.indicators():
        places["indicator", indicator.id] = place
    for place, indicator, item in subject.items():
        places["item", f"{indicator.id}.{item.id}"] = place
    for number, table in enumerate(subject.rubric.tables):
        above = SpecPart(("tables", number), f"明细表“{table.title}”", table.title)
        places["table", table.id] = above
        for index, column in enumerate(table.columns):
            inner = SpecPart(
                (*above.path, "columns", index), f"{above.where}的列“{column.label}”", table.title
            )
            places["column", f"{table.id}\n{column.id}"] = inner
    for place, cap in subject.caps():
        places["cap", cap.id] = place
    for place, lights in subject.lights():
        places["light", lights.id] = place
    return places
