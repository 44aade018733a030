"""Fields: bounds, decimals, choices and labels that a cell and its drop-down list can hold."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from workbook.check.subject import SpecPart, Subject, number
from workbook.findings import Finding, nearest
from workbook.rubric.fields import NO, YES, FieldKind
from workbook.rubric.headings import answer, figure_headings, plain_heading
from workbook.rubric.parts import ByOption, named, parts_of
from workbook.rubric.roles import OPTION

_DECIMALS = {FieldKind.COUNT: (0, 0), FieldKind.POINTS: (2, 2)}
_USUAL_DECIMALS = (0, 6)
"""Beyond 6 decimals the engines' guard rounding would hide what was typed."""

_NEVER_NEGATIVE = {FieldKind.COUNT, FieldKind.POINTS}
_LABEL_LIMIT = 255
_LIST_LIMIT = 255
"""Excel's limit for the text of a drop-down list."""


def bounds(subject: Subject) -> Iterator[Finding]:
    """A number has a lower and an upper bound, in this order; counts and points are never negative."""
    for place, field in subject.fields():
        if not field.kind.numeric:
            continue
        low, high = field.min, field.max
        ordered = low is not None and high is not None and low <= high
        if not ordered or (field.kind in _NEVER_NEGATIVE and low is not None and low < 0):
            stated = place.at("min" if ordered else "max")
            yield subject.found(
                "SPEC_FIELD_BOUNDS", stated, field=field.id, low=_bound(low), high=_bound(high)
            )


def _bound(value: Decimal | None) -> str:
    return "未写" if value is None else number(value)


def decimals(subject: Subject) -> Iterator[Finding]:
    """Decimals that every engine keeps apart."""
    stated = [
        (place.at("decimals"), field.decimals, _DECIMALS.get(field.kind, _USUAL_DECIMALS))
        for place, field in subject.fields()
        if field.decimals is not None
    ]
    stated.append((SpecPart(("places",), "评分标准"), subject.rubric.places, _USUAL_DECIMALS))
    for place, given, (low, high) in stated:
        if not low <= given <= high:
            yield subject.found("SPEC_DECIMALS", place, decimals=str(given), low=str(low), high=str(high))


def choices(subject: Subject) -> Iterator[Finding]:
    """Choices that a drop-down list and a formula can hold."""
    for place, field in subject.fields():
        if field.kind is FieldKind.CHOICE:
            for problem in _choice_problems(field.choices):
                yield subject.found("SPEC_CHOICES", place.at("choices"), field=field.id, problem=problem)


def _choice_problems(options: tuple[str, ...]) -> Iterator[str]:
    if len(options) < 2:
        yield "少于两个"
    if len(set(options)) < len(options):
        yield "有重复"
    for option in options:
        if not option.strip() or "," in option or '"' in option:
            yield f"“{option}”为空，或含英文逗号、双引号"
    length = len(",".join(options))
    if length > _LIST_LIMIT:
        yield f"合计 {length} 个字符"


def choice_points(subject: Subject) -> Iterator[Finding]:
    """A rule gives points to each choice of its field and to nothing else."""
    for place, _, rule in subject.rules():
        tables = [one for one in parts_of(rule) if isinstance(one, ByOption)]
        for one, table in product(named(rule, OPTION), tables):
            field = subject.rubric.field.get(one.name)
            if field is None:
                continue
            options = (YES, NO) if field.kind is FieldKind.YESNO else field.choices
            if options and set(table.points) != set(options):
                yield subject.found(
                    "SPEC_OPTIONS_DIFFER",
                    place.at(*table.path),
                    field=field.id,
                    actual="、".join(table.points),
                    expected="、".join(options),
                )


def last_year(subject: Subject) -> Iterator[Finding]:
    """A figure of last year is that of a field of the same kind and unit, which is this year's."""
    fields = subject.rubric.field
    for place, field in subject.fields():
        this = fields.get(field.last_year_of)
        if not field.last_year_of:
            continue
        at = place.at("last_year_of")
        if this is None or this.id == field.id:
            ids = figure_headings(subject.rubric).get(plain_heading(field.last_year_of))
            known = (
                answer(field.last_year_of, ids)
                if ids
                else nearest(field.last_year_of, fields.keys() - {field.id})
            )
            yield subject.found("SPEC_REFERENCE", at, name=field.last_year_of, known=known)
        elif (this.kind, this.unit) != (field.kind, field.unit):
            wanted = f" {field.kind.value} 字段（{field.unit}）"
            yield subject.found(
                "SPEC_FIELD_KIND", at, name=this.id, kind=f" {this.kind.value} 字段", wanted=wanted
            )


def labels(subject: Subject) -> Iterator[Finding]:
    """Labels short enough for cells, prompts and messages."""
    for place, field in subject.fields():
        length = len(field.label)
        if length > _LABEL_LIMIT:
            label = SpecPart((*place.path, "label"), f"{place.where}的标签（label）")
            yield subject.found("SPEC_TEXT_LONG", label, length=str(length), limit=str(_LABEL_LIMIT))
