"""Ids, and the defined names that Excel, WPS and LibreOffice must all accept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from workbook.check.subject import SpecPart, Subject
from workbook.findings import Finding
from workbook.layout.names import RAW_SUFFIX, all_names
from workbook.load.yamltext import YamlPath
from workbook.rubric.keys import Key
from workbook.rubric.model import item_key

_ID = re.compile(r"[a-z][a-z0-9_]*")
_RUBRIC_ID = re.compile(r"[a-z0-9][a-z0-9-]*")

_NAME = re.compile(r"[^\W\d][\w.]*")
_A1 = re.compile(r"[A-Za-z]{1,3}\d{1,7}")
_R1C1 = re.compile(r"R\d*(C\d*)?|C\d*", re.IGNORECASE)
_WORDS = {"TRUE", "FALSE"}
_LONGEST = 255


def ids(subject: Subject) -> Iterator[Finding]:
    """Ids are well formed, and different within their kind; a field and a rate never share one."""
    rubric = subject.rubric
    if not _RUBRIC_ID.fullmatch(rubric.id):
        yield subject.found("SPEC_ID", SpecPart(("id",), "评分标准"), id=rubric.id)
    taken: set[tuple[str, str]] = set()
    for scope, one, place in _ids(subject):
        if not _ID.fullmatch(one):
            yield subject.found("SPEC_ID", place, id=one)
        if (scope, one) in taken:
            yield subject.found("SPEC_ID_TWICE", place, id=one)
        taken.add((scope, one))


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


def defined_names(subject: Subject) -> Iterator[Finding]:
    """Every defined name is one, and is the only one of its spelling. One finding per place."""
    owners = _owners(subject)
    taken: dict[str, SpecPart | None] = {}
    reported: set[YamlPath] = set()
    for name, stands_for in all_names(subject.rubric):
        key, problem = name.casefold(), name_problem(name)
        owner = owners.get(stands_for) if isinstance(stands_for, Key) else None
        place = owner or taken.get(key)
        if place is not None and place.path not in reported:
            if problem is not None:
                reported.add(place.path)
                own = name.removesuffix(RAW_SUFFIX)
                shown = name if name_problem(own) is None else own
                yield subject.found("SPEC_NAME_INVALID", place, name=shown, problem=problem)
            elif key in taken:
                reported.add(place.path)
                first, second = (one.where if one else "固有名称" for one in (taken[key], owner))
                yield subject.found("SPEC_NAME_TWICE", place, name=name, first=first, second=second)
        taken.setdefault(key, owner)


def _owners(subject: Subject) -> dict[Key, SpecPart]:
    """By what a defined name stands for: the part of the spec that it is made from."""
    owners: dict[Key, SpecPart] = {}
    for place, field in subject.fields():
        owners[Key.input(field.id)] = place.at("name")
    for place, rate in subject.rates():
        for key in (Key.raw(rate.id), Key.rate(rate.id)):
            owners[key] = place.at("name")
    for place, indicator in subject.indicators():
        items = (Key.item(item_key(indicator, item)) for item in indicator.items)
        for key in (Key.score(indicator.id), Key.deduction(indicator.id), *items):
            owners[key] = place.at("name")
    for place, cap in subject.caps():
        owners[Key.cap(cap.id)] = place.at("name")
    for place, lights in subject.lights():
        owners[Key.light(lights.id)] = place.at("name")
    for place, dimension in subject.dimensions():
        for key in (Key.dimension(dimension.name, "score"), Key.dimension(dimension.name, "open")):
            owners[key] = place.at("name")
    for place, dimension, group in subject.groups():
        within = dimension.name, group.name
        for key in (Key.group(*within, "score"), Key.group(*within, "open")):
            owners[key] = place.at("name")
    return owners


def name_problem(name: str) -> str | None:
    """Why ``name`` cannot be a defined name in every program, or None."""
    if len(name) > _LONGEST:
        return f"超过 {_LONGEST} 个字符"
    if unicodedata.normalize("NFKC", name) != name:
        return "含全角字母、数字或符号"
    if not _NAME.fullmatch(name):
        return "含不允许的字符，或不以汉字、字母、下划线开头"
    if _A1.fullmatch(name) or _R1C1.fullmatch(name):
        return "像单元格地址"
    if name.upper() in _WORDS:
        return "是逻辑值"
    return None
