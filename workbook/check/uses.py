"""Every use of a field or rate in a spec, with what it has to be there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from workbook.check.subject import SpecPart, Subject
from workbook.rubric.expr import Condition, Expr, Filled, Operand, Ref, Yes, named_in
from workbook.rubric.parts import asked, named
from workbook.rubric.roles import ANY_FIELD, GRADUATED, NUMBER, YES_NO, Role


@dataclass(frozen=True, slots=True)
class Use:
    """``name`` is used at ``place`` in ``role``; only the first ``earlier`` rates are defined there."""

    place: SpecPart
    name: str
    role: Role
    earlier: int | None = None


def operands(subject: Subject) -> Iterator[tuple[SpecPart, Operand, int | None]]:
    """Every numeric expression; for a rate's, the number of rates before it."""
    for number, (place, rate) in enumerate(subject.rates()):
        yield place.at("of"), rate.of, number
        if rate.otherwise is not None:
            yield place.at("otherwise"), rate.otherwise, number
    for place, check in subject.checks():
        yield place.at("left"), check.left, None
        yield place.at("right"), check.right, None


def conditions(subject: Subject) -> Iterator[tuple[SpecPart, Condition]]:
    """Every condition."""
    for place, settlement, _ in subject.settlements():
        yield place.at("when"), settlement.when
    for place, cap in subject.caps():
        yield place.at("when"), cap.when
    for place, _, rule in subject.rules():
        for one in asked(rule):
            yield place.at(*one.path), one.condition


def uses(subject: Subject) -> Iterator[Use]:
    """Every use of a field or rate."""
    for place, operand, earlier in operands(subject):
        for name, role in in_expression(operand):
            yield Use(place, name, role, earlier)
    for place, rate in subject.rates():
        if rate.when_filled is not None:
            yield Use(place.at("when_filled"), rate.when_filled, ANY_FIELD)
    for place, condition in conditions(subject):
        for name, role in in_expression(condition):
            yield Use(place, name, role)
    for place, lights in subject.lights():
        yield Use(place.at("on"), lights.on, GRADUATED)
    for place, _, rule in subject.rules():
        for one in named(rule):
            yield Use(place.at(*one.path), one.name, one.role)


def in_expression(expr: Expr) -> Iterator[tuple[str, Role]]:
    """The figures in an expression, with what each has to be."""
    for one in named_in(expr):
        match one:
            case Ref():
                yield one.id, NUMBER
            case Yes():
                yield one.id, YES_NO
            case Filled():
                yield one.id, ANY_FIELD
            case _:
                assert_never(one)
