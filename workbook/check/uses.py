"""Every use of a field or rate in a spec, with what it has to be there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from workbook.check.subject import Place, Subject
from workbook.rubric.expr import (
    Absolute,
    AllOf,
    AnyOf,
    Arithmetic,
    Condition,
    Expr,
    Filled,
    Not,
    Number,
    Operand,
    Ref,
    Relation,
    Yes,
)
from workbook.rubric.fields import FieldKind
from workbook.rubric.rules import (
    Achievement,
    AllOrNothing,
    Bands,
    Cases,
    Checklist,
    ChoicePoints,
    Choose,
    DeductEach,
    DeductPerPoint,
    EarnEach,
    Fixed,
    Judgement,
    Linear,
    OwnIndicators,
    Proportional,
    RankPoints,
    Rule,
)


@dataclass(frozen=True, slots=True)
class Role:
    """What a figure has to be: the kinds of fields, and whether a rate will do."""

    kinds: frozenset[FieldKind]
    rates: bool = False

    @property
    def wanted(self) -> str:
        """The role in words."""
        kinds = "、".join(kind.value for kind in FieldKind if kind in self.kinds)
        return f" {kinds} 字段" + ("或比率" if self.rates else "")


NUMBER = Role(frozenset(kind for kind in FieldKind if kind.numeric), rates=True)
GRADUATED = Role(frozenset({FieldKind.PERCENT, FieldKind.COUNT, FieldKind.MONEY}), rates=True)
SHARE = Role(frozenset({FieldKind.PERCENT}), rates=True)
DEGREE = Role(frozenset({FieldKind.PERCENT}))
COUNT = Role(frozenset({FieldKind.COUNT}))
JUDGED = Role(frozenset({FieldKind.POINTS}))
YES_NO = Role(frozenset({FieldKind.YESNO}))
LEVEL = Role(frozenset({FieldKind.CHOICE}))
OPTION = Role(frozenset({FieldKind.CHOICE, FieldKind.YESNO}))
ANY_FIELD = Role(frozenset(FieldKind))


@dataclass(frozen=True, slots=True)
class Use:
    """``name`` is used at ``place`` in ``role``; only the first ``earlier`` rates are defined there."""

    place: Place
    name: str
    role: Role
    earlier: int | None = None


def operands(subject: Subject) -> Iterator[tuple[Place, Operand, int | None]]:
    """Every numeric expression; for a rate's, the number of rates before it."""
    for number, (place, rate) in enumerate(subject.rates()):
        yield place.at("of"), rate.of, number
        if rate.otherwise is not None:
            yield place.at("otherwise"), rate.otherwise, number
    for place, check in subject.checks():
        yield place.at("left"), check.left, None
        yield place.at("right"), check.right, None


def conditions(subject: Subject) -> Iterator[tuple[Place, Condition]]:
    """Every condition."""
    for place, settlement, _ in subject.settlements():
        yield place.at("when"), settlement.when
    for place, cap in subject.caps():
        yield place.at("when"), cap.when
    for place, _, rule in subject.rules():
        if isinstance(rule, Choose):
            yield place.at("when"), rule.when
        if isinstance(rule, Cases):
            for index, case in enumerate(rule.cases):
                yield place.at("cases", index, "when"), case.when


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
        yield from _in_rule(place, rule)


def in_expression(expr: Expr) -> Iterator[tuple[str, Role]]:
    """The figures in an expression, with what each has to be."""
    match expr:
        case Ref(id=name):
            yield name, NUMBER
        case Yes(id=name):
            yield name, YES_NO
        case Filled(id=name):
            yield name, ANY_FIELD
        case Arithmetic(left=left, right=right) | Relation(left=left, right=right):
            yield from in_expression(left)
            yield from in_expression(right)
        case Absolute(inner=inner):
            yield from in_expression(inner)
        case Not(inner=negated):
            yield from in_expression(negated)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from in_expression(part)
        case Number():
            return
        case _:
            assert_never(expr)


def _in_rule(place: Place, rule: Rule) -> Iterator[Use]:
    """The figures that the rule names itself, beside its conditions and the rules inside it."""
    match rule:
        case Judgement():
            yield Use(place.at("field"), rule.field, JUDGED)
        case AllOrNothing():
            yield Use(place.at("field"), rule.field, YES_NO)
        case Checklist():
            lines = enumerate(rule.lines)
            yield from (Use(place.at("lines", index, "field"), one.field, YES_NO) for index, one in lines)
        case DeductEach() | EarnEach():
            yield Use(place.at("count"), rule.count, COUNT)
        case Bands():
            yield Use(place.at("on"), rule.on, GRADUATED)
        case Proportional() | DeductPerPoint() | Linear():
            yield Use(place.at("on"), rule.on, SHARE)
        case ChoicePoints():
            yield Use(place.at("field"), rule.field, OPTION)
        case RankPoints():
            yield Use(place.at("field"), rule.field, COUNT)
        case Achievement():
            yield Use(place.at("level"), rule.level, LEVEL)
            yield Use(place.at("degree"), rule.degree, DEGREE)
        case OwnIndicators():
            yield Use(place.at("points"), rule.points, JUDGED)
            yield Use(place.at("score"), rule.score, JUDGED)
        case Fixed() | Cases() | Choose():
            return
        case _:
            assert_never(rule)
