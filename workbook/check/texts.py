"""Texts that must not be missing: the clause and place of every rule, and what every list holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from workbook.check.subject import SpecPart, Subject
from workbook.findings import Finding
from workbook.rubric.parts import listed
from workbook.rubric.roles import Listing


def clauses(subject: Subject) -> Iterator[Finding]:
    """Every rule, settlement, rate and check says where it comes from."""
    for place, text, what in _texts(subject):
        if not text.strip():
            yield subject.found("SPEC_CLAUSE_MISSING", place, what=what)


def _texts(subject: Subject) -> Iterator[tuple[SpecPart, str, str]]:
    for place, indicator in subject.indicators():
        yield place.at("about"), indicator.about, "指标说明（about）"
    for place, _, item in subject.items():
        yield place.at("place"), item.place, "出处（place）"
        yield place.at("clause"), item.clause, "条款（clause）"
    for place, settlement, _ in subject.settlements():
        yield place.at("clause"), settlement.clause, "条款（clause）"
    for place, rate in subject.rates():
        yield place.at("clause"), rate.clause, "算式的条款（clause）"
    for place, cap in subject.caps():
        yield place.at("clause"), cap.clause, "条款（clause）"
    for place, lights in subject.lights():
        yield place.at("clause"), lights.clause, "条款（clause）"
    for place, check in subject.checks():
        yield place.at("why"), check.why, "不符时的提示（why）"


def empty(subject: Subject) -> Iterator[Finding]:
    """No list of parts is empty."""
    lists: list[tuple[SpecPart, str, Sequence[object]]] = [
        (SpecPart((), "评分标准"), "dimensions", subject.rubric.dimensions)
    ]
    lists += [(place, "groups", dimension.groups) for place, dimension in subject.dimensions()]
    lists += [(place, "indicators", group.indicators) for place, _, group in subject.groups()]
    lists += [(place, "items", indicator.items) for place, indicator in subject.indicators()]
    lists += [  # what intervals and lines lack is told with what else is wrong with them
        (place.at(*one.path[:-1]), str(one.path[-1]), one.parts)
        for place, _, rule in subject.rules()
        for one in listed(rule, Listing.TOGETHER, Listing.IN_TURN)
    ]
    lists += [
        (SpecPart(("sections", number), f"分区“{section.title}”"), "fields", section.fields)
        for number, section in enumerate(subject.rubric.sections)
    ]
    for place, key, parts in lists:
        if not parts:
            yield subject.found("SPEC_EMPTY", place.at(key), key=key)


def grades(subject: Subject) -> Iterator[Finding]:
    """Grades run down to 0, and their names can stand in a formula."""
    bands = subject.rubric.grades.bands
    place = SpecPart(("grades", "bands"), "评价等级")
    for number, (band, following) in enumerate(pairwise(bands), 1):
        if following.at_least >= band.at_least:
            problem = f"“{following.name}”的下限不低于“{band.name}”"
            yield subject.found("SPEC_GRADES", place.at(number), problem=problem)
    if not bands or bands[-1].at_least != 0:
        yield subject.found("SPEC_GRADES", place.at(max(0, len(bands) - 1)), problem="最后一级的下限不是 0")
    for number, band in enumerate(bands):
        if '"' in band.name or not band.name.strip():
            problem = f"名称“{band.name}”为空或含英文双引号"
            yield subject.found("SPEC_GRADES", place.at(number), problem=problem)
