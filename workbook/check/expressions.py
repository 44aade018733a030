"""Expressions and rates: divisions both back-ends can do, and figures that cannot turn against the item."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook.check.subject import Subject
from workbook.check.uses import conditions, operands
from workbook.findings import Finding
from workbook.rubric.expr import Number, divisions, unique_refs
from workbook.rubric.parts import named
from workbook.rubric.roles import PROPORTION
from workbook.rubric.signs import never_negative

_ZERO = Decimal(0)


def division(subject: Subject) -> Iterator[Finding]:
    """A divisor that can be zero stands only at the root of a rate, where zero has a meaning."""
    sites = [(place, operand, earlier is not None) for place, operand, earlier in operands(subject)]
    for place, expr, of_rate in (*sites, *((place, one, False) for place, one in conditions(subject))):
        for one in divisions(expr):
            by_number = isinstance(one.right, Number)
            allowed = one.right != Number(_ZERO) if by_number else of_rate and one is expr
            if not allowed:
                yield subject.found("SPEC_DIVISION", place)


def figures(subject: Subject) -> Iterator[Finding]:
    """A rate and a cross-check are about some figure."""
    for place, rate in subject.rates():
        if not rate.figures:
            yield subject.found("SPEC_NO_FIGURE", place.at("of"))
    for place, check in subject.checks():
        if not unique_refs(check.left, check.right):
            yield subject.found("SPEC_NO_FIGURE", place.at("left"))


def two_ways(subject: Subject) -> Iterator[Finding]:
    """``when_filled`` and ``otherwise`` come together."""
    for place, rate in subject.rates():
        if (rate.when_filled is None) != (rate.otherwise is None):
            missing = "when_filled" if rate.when_filled is None else "otherwise"
            yield subject.found("SPEC_KEY_MISSING", place, key=missing)


def proportions(subject: Subject) -> Iterator[Finding]:
    """Points in proportion to a figure that can be negative are none below zero."""
    rubric = subject.rubric
    safe = never_negative(rubric)
    for place, _, rule in subject.rules():
        for one in named(rule, PROPORTION):
            if one.name in {*rubric.field, *rubric.rate} - safe:
                yield subject.found("SPEC_RATE_NEGATIVE", place.at(*one.path), name=one.name)
