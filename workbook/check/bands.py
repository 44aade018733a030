"""Bands and scales: every possible figure lies in exactly one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from workbook.check.intervals import HIGHEST, LOWEST, Fault, Interval, faults, interval
from workbook.check.subject import SpecPart, Subject, number, percentage
from workbook.check.uses import conditions
from workbook.findings import Finding, nearest
from workbook.rubric.edges import Edges
from workbook.rubric.expr import Number, Ref, relations
from workbook.rubric.fields import Field, FieldKind
from workbook.rubric.parts import achieved, listed, measured, stated
from workbook.rubric.rates import is_share
from workbook.rubric.roles import Listing, Worth
from workbook.rubric.signs import never_negative

_ANY_NUMBER = Interval(LOWEST, HIGHEST)


def band_edges(subject: Subject) -> Iterator[Finding]:
    """The bands of a rule or a light hold every number that the rate or field can be, each once."""
    for place, _, rule in subject.rules():
        for one in listed(rule, Listing.PARTITION):
            bands = [band for band in one.parts if isinstance(band, Edges)]
            yield from (finding for finding, _ in _edges(subject, place.at(*one.path), measured(rule), bands))
    for place, lights in subject.lights():
        for finding, kind in _edges(subject, place.at("bands"), lights.on, lights.bands):
            if kind in {"empty", "overlap"}:  # what no light is for shows none
                yield finding


def _edges(
    subject: Subject, place: SpecPart, on: str | None, bands: Sequence[Edges]
) -> Iterator[tuple[Finding, str]]:
    """Each fault of the intervals of a figure as a finding, with its kind."""
    field = None if on is None or on in subject.rubric.rate else subject.rubric.field.get(on)
    pieces = [_band(band) for band in bands]
    plain = field is not None and field.kind is not FieldKind.PERCENT
    shown = number if plain else percentage
    possible = _possible(field)
    if field is None and on in never_negative(subject.rubric):
        possible = interval(at_least=Decimal(0))
    yield from _partition(subject, place, pieces, possible, shown)


def _band(band: Edges) -> Interval:
    return interval(
        at_least=band.at_least,
        above=band.above,
        at_most=band.at_most,
        below=band.below,
        exactly=band.exactly,
    )


def _possible(field: Field | None) -> Interval:
    """The interval that a field's bounds allow; without a field, a rate: any number."""
    return _ANY_NUMBER if field is None else interval(at_least=field.min, at_most=field.max)


def shares(subject: Subject) -> Iterator[Finding]:
    """An edge of a share above 500 % is most often a percentage without its sign."""
    for place, name, edge in _edges_of_shares(subject):
        known = name in subject.rubric.rate or name in subject.rubric.field
        if known and is_share(subject.rubric, name) and abs(edge) > _ODD:
            shown, meant = number(edge), f"{number(edge)}%"
            yield subject.found("SPEC_SHARE_EDGE", place, edge=shown, meant=meant, read=percentage(edge))


_ODD = Decimal(5)
"""Rates of 500 % and more exist; clauses about them hardly do."""


def _edges_of_shares(subject: Subject) -> Iterator[tuple[SpecPart, str, Decimal]]:
    """Every number that a rate or field is compared with, where it stands."""
    for place, _, rule in subject.rules():
        on = measured(rule)
        if on is not None:
            for one in stated(rule, Worth.LIMIT, Worth.BEND):
                yield place.at(*one.place), on, one.value
    for place, lights in subject.lights():
        for index, band in enumerate(lights.bands):
            for edge in band.named:
                yield place.at("bands", index), lights.on, edge
    for place, condition in conditions(subject):
        for left, right in relations(condition):
            for side, other in ((left, right), (right, left)):
                if isinstance(side, Ref) and isinstance(other, Number):
                    yield place, side.id, other.value


def scale_edges(subject: Subject) -> Iterator[Finding]:
    """The levels of a scale hold every degree of achievement from 0 to 100%, each once."""
    for name, levels in subject.rubric.scales.items():
        place = SpecPart(("scales", name), f"scales 的“{name}”")
        for index, level in enumerate(levels):
            if level.below is not None and level.at_most is not None:
                problem = "一档只能写一个上限（at_most 或 below）"
                yield subject.found("SPEC_INVALID", place.at(index), problem=problem)
        pieces = [
            interval(at_least=level.at_least, at_most=level.at_most, below=level.below) for level in levels
        ]
        whole = interval(at_least=Decimal(0), at_most=Decimal(1))
        yield from (one for one, _ in _partition(subject, place, pieces, whole, percentage))


def scale_use(subject: Subject) -> Iterator[Finding]:
    """A rule's scale exists, and its levels are the choices of the level's field."""
    scales = subject.rubric.scales
    for place, _, rule in subject.rules():
        degree = achieved(rule)
        if degree is None:
            continue
        at = place.at(*degree.path)
        if degree.scale not in scales:
            known = nearest(degree.scale, scales)
            yield subject.found("SPEC_SCALE_UNKNOWN", at, scale=degree.scale, known=known)
            continue
        field = subject.rubric.field.get(degree.level)
        levels = [level.name for level in scales[degree.scale]]
        if field is not None and field.kind is FieldKind.CHOICE and sorted(levels) != sorted(field.choices):
            yield subject.found(
                "SPEC_OPTIONS_DIFFER",
                at,
                field=field.id,
                actual="、".join(levels),
                expected="、".join(field.choices),
            )


def _partition(
    subject: Subject,
    place: SpecPart,
    pieces: Sequence[Interval],
    whole: Interval,
    shown: Callable[[Decimal], str],
) -> Iterator[tuple[Finding, str]]:
    """Each fault as a finding, with its kind."""
    for fault in faults(pieces, whole):
        yield _finding(subject, place.at(fault.index), fault, shown), fault.kind


def _finding(subject: Subject, place: SpecPart, fault: Fault, shown: Callable[[Decimal], str]) -> Finding:
    low, high = fault.between.start[0], fault.between.end[0]
    span = shown(low) if low == high else f"{_edge(low, shown)} 至 {_edge(high, shown)}"
    match fault.kind:
        case "empty":
            return subject.found("SPEC_BANDS_EMPTY", place, band=span)
        case "gap":
            return subject.found("SPEC_BANDS_GAP", place, edge=span)
        case "overlap":
            return subject.found("SPEC_BANDS_OVERLAP", place, edge=span)
        case "low":
            included = "及更低" if fault.between.end[1] else "以下"
            return subject.found("SPEC_BANDS_OPEN", place, end=f" {shown(high)} {included}的数值")
        case "high" if low == LOWEST[0]:
            return subject.found("SPEC_BANDS_OPEN", place, end="任何数值")
        case "high":
            included = "以上" if fault.between.start[1] else "及更高"
            return subject.found("SPEC_BANDS_OPEN", place, end=f" {shown(low)} {included}的数值")


def _edge(value: Decimal, shown: Callable[[Decimal], str]) -> str:
    return shown(value) if value.is_finite() else "无穷"
