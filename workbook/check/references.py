"""References: every field and rate that is used exists, is of the right kind, and is used once or more."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.check.subject import SpecPart, Subject
from workbook.check.uses import Use, uses
from workbook.findings import Finding, nearest
from workbook.load.yamltext import YamlPath
from workbook.rubric.headings import answer, figure_headings, heading_in, plain_heading
from workbook.rubric.parts import named


def references(subject: Subject) -> Iterator[Finding]:
    """Check that each reference is to a listed field or an earlier rate, of a kind that serves."""
    rubric = subject.rubric
    answered: set[tuple[YamlPath, str]] = set()
    order = {rate.id: number for number, rate in enumerate(rubric.rates)}
    for use in uses(subject):
        if use.name in order:
            if use.earlier is not None and order[use.name] >= use.earlier:
                known = f"比率只能引用写在它前面的比率，请调整“{use.name}”的次序"
                yield _unknown(subject, use, known)
            elif not use.role.rates:
                yield _wrong_kind(subject, use, "比率")
        elif use.name in rubric.field:
            kind = rubric.field[use.name].kind
            if kind not in use.role.kinds:
                yield _wrong_kind(subject, use, f" {kind.value} 字段")
        else:
            rates = list(order)[: use.earlier] if use.role.rates else []
            known = _meant(subject, use)
            if known and (use.place.path, known) in answered:
                continue  # a heading that reads as arithmetic names several figures
            answered.add((use.place.path, known))
            known = known or nearest(use.name, [*rubric.field, *rates])
            yield _unknown(subject, use, known)


def _meant(subject: Subject, use: Use) -> str:
    """The id of the field or rate whose heading stands where an id is wanted, whole or in part."""
    headings = figure_headings(subject.rubric)
    plain, text = plain_heading(use.name), subject.text(use.place)
    ids = headings.get(plain)
    if ids:
        return answer(use.name, ids)
    around = {heading: ids for heading, ids in headings.items() if plain in heading}
    found = heading_in(text, around)
    return "" if found is None else answer(found[1], found[2])


def _unknown(subject: Subject, use: Use, known: str) -> Finding:
    return subject.found("SPEC_REFERENCE", use.place, word=use.name, name=use.name, known=known)


def _wrong_kind(subject: Subject, use: Use, kind: str) -> Finding:
    wanted = use.role.wanted
    return subject.found("SPEC_FIELD_KIND", use.place, word=use.name, name=use.name, kind=kind, wanted=wanted)


def unused(subject: Subject) -> Iterator[Finding]:
    """Fields beyond the cover, and rates, that nothing uses."""
    used = {use.name for use in uses(subject)}
    for place, field in subject.fields():
        if not field.cover and field.id not in used:
            yield subject.found("SPEC_FIELD_UNUSED", place, field=field.id)
    for place, rate in subject.rates():
        if rate.id not in used:
            yield subject.found("SPEC_RATE_UNUSED", place.at("id"), rate=rate.id)


def shared(subject: Subject) -> Iterator[Finding]:
    """Self-judged points and degrees of achievement are bounded by their one item."""
    first: dict[str, SpecPart] = {}
    for place, _, rule in subject.rules():
        for one in named(rule):
            if not one.role.alone:
                continue
            here = place.at(*one.path)
            before = first.setdefault(one.name, here)
            if before.where != here.where:
                yield subject.found(
                    "SPEC_FIELD_SHARED", here, field=one.name, first=before.where, second=here.where
                )
