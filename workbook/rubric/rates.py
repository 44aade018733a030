"""Traits that follow from expressions: the format of a rate, its readings, the decimals of a comparison."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from workbook import rounding
from workbook.rubric.expr import (
    Absolute,
    Arithmetic,
    Number,
    Operand,
    Ref,
    Relation,
    RelationOp,
    divisions,
    refs,
    unique_refs,
)
from workbook.rubric.fields import FieldKind
from workbook.rubric.model import Item, Rate, Rubric, Scope
from workbook.rubric.once import once
from workbook.rubric.parts import measured, walk_rules


def is_share(scope: Scope, name: str) -> bool:
    """Whether a field or rate is a share of something, shown as a percentage."""
    rate = scope.rate.get(name)
    if rate is not None:
        return rate_style(scope, rate) == "percent"
    return scope.field[name].kind is FieldKind.PERCENT


def rate_style(rubric: Scope, rate: Rate) -> Literal["percent", "number"]:
    """``percent`` for quotients and for what is built from percentages, else ``number``; so with a unit."""
    if rate.unit:
        return "number"
    if any(True for _ in divisions(rate.of)):
        return "percent"
    for name in refs(rate.of):
        if name in rubric.rate and rate_style(rubric, rubric.rate[name]) == "percent":
            return "percent"
        if name in rubric.field and rubric.field[name].kind is FieldKind.PERCENT:
            return "percent"
    return "number"


def operand_style(scope: Scope, *operands: Operand) -> Literal["share", "count", "figure"]:
    """The format for the value of expressions: a share as a percentage, a count without decimals."""
    if any(True for operand in operands for _ in divisions(operand)):
        return "share"
    names = [name.partition("@")[0] for name in unique_refs(*operands)]
    if any(_gives_share(scope, operand) for operand in operands):
        return "share"
    fields = [scope.field.get(name) for name in names]
    counts = all(field is not None and field.kind is FieldKind.COUNT for field in fields)
    return "count" if fields and counts else "figure"


def counts_exactly(scope: Scope) -> bool:
    """Whether whole steps are counted from quotients as they are."""
    return isinstance(scope, Rubric) and scope.counts_exactly


def deciding_figures(item: Item) -> Iterator[str]:
    """The rates and percentages by which an item's rules give points."""
    for rule in walk_rules(item.rule):
        figure = measured(rule)
        if figure is not None:
            yield figure


def _gives_share(scope: Scope, operand: Operand) -> bool:
    """Whether an expression without a division gives a share: a share of a count is a count."""
    match operand:
        case Ref(id=name):
            return is_share(scope, name.partition("@")[0])
        case Arithmetic(op="*", left=left, right=right):
            sides = {_gives_share(scope, one) for one in (left, right) if not isinstance(one, Number)}
            return sides == {True}
        case Arithmetic(left=left, right=right):
            return _gives_share(scope, left) or _gives_share(scope, right)
        case Absolute(inner=inner):
            return _gives_share(scope, inner)
    return False


@once
def several_bases(item: Item) -> bool:
    """Whether it depends on a condition which figure decides an item."""
    return len(set(deciding_figures(item))) > 1


def figure_name(scope: Scope, name: str) -> str:
    """The name of a field or rate in a table."""
    rate = scope.rate.get(name)
    return scope.field[name].label if rate is None else shown_name(rate.name)


def shown_name(name: str) -> str:
    """A rate's name as an officer reads it: one that is written as a defined name cannot hold brackets."""
    if not name.replace("_", "").isalnum():
        return name
    head, _, rest = name.partition("_")
    return f"{head}（{rest}）" if rest else head


def rate_interpretations(rubric: Rubric, item: Item) -> Iterator[str]:
    """The readings behind the rates that an item is scored by, each once."""
    names = list(deciding_figures(item))
    seen: dict[str, None] = {}
    while names:
        rate = rubric.rate.get(names.pop(0))
        if rate is None:
            continue
        if rate.interpretation:
            seen[rate.interpretation] = None
        names += unique_refs(rate.of)
    yield from seen


def comparison_places(scope: Scope, *operands: Operand) -> int:
    """Decimals of the difference of two sides that are compared.

    Amounts differ by hundredths at the least, and sums of large ones carry noise: 6 decimals. Rates are
    compared at 9, which are all that they have: no difference of theirs is ever a tie.
    """
    fields = (scope.field.get(name.partition("@")[0]) for name in unique_refs(*operands))
    if not any(field is not None and field.kind is FieldKind.MONEY for field in fields):
        return rounding.RATE_PLACES
    exact = max(_decimals(scope, operand) for operand in operands)
    return min(max(rounding.GUARD_PLACES, exact), rounding.RATE_PLACES)


def beyond_side(scope: Scope, relation: Relation) -> str | None:
    """The rate whose being 超限 makes a comparison hold: alone on the side that should be larger.

    The other side must be free of rates, for two that are beyond every limit cannot be compared.
    """
    return _lone_side(scope, relation, (relation.left, relation.right), (relation.right, relation.left))


def below_side(scope: Scope, relation: Relation) -> str | None:
    """The rate whose being 负超限 makes a comparison hold: alone on the side that should be smaller."""
    return _lone_side(scope, relation, (relation.right, relation.left), (relation.left, relation.right))


def _lone_side(
    scope: Scope, relation: Relation, upwards: tuple[Operand, Operand], downwards: tuple[Operand, Operand]
) -> str | None:
    """A rate alone on the first side of what its comparison wants, the other side being free of rates."""
    sides: dict[RelationOp, list[tuple[Operand, Operand]]] = {
        ">": [upwards], ">=": [upwards], "<": [downwards], "<=": [downwards], "<>": [upwards, downwards],
    }  # fmt: skip
    for side, other in sides.get(relation.op, []):
        if isinstance(side, Ref) and side.id in scope.rate and not _rates_in(scope, other):
            return side.id
    return None


def _rates_in(scope: Scope, operand: Operand) -> bool:
    return any(name in scope.rate for name in refs(operand))


def _decimals(scope: Scope, operand: Operand) -> int:
    """Decimals that the value of an expression can have: a product has those of its factors together."""
    match operand:
        case Number(value=value):
            return max(0, -int(value.normalize().as_tuple().exponent))
        case Ref(id=name):
            field = scope.field.get(name.partition("@")[0])
            return rounding.RATE_PLACES if field is None else field.decimals or 0
        case Absolute(inner=inner):
            return _decimals(scope, inner)
        case Arithmetic(op=op, left=left, right=right):
            parts = _decimals(scope, left), _decimals(scope, right)
            return {"*": sum(parts), "/": rounding.RATE_PLACES}.get(op, max(parts))
