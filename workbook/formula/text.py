"""Expressions and conditions as Excel text, by the readable names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from workbook import rounding
from workbook.layout.names import CellNames
from workbook.rubric.expr import (
    Absolute,
    AllOf,
    AnyOf,
    Arithmetic,
    Condition,
    Filled,
    Not,
    Number,
    Operand,
    Ref,
    Relation,
    Yes,
    unique_refs,
)
from workbook.rubric.fields import NO, YES, FieldKind
from workbook.rubric.keys import Key
from workbook.rubric.model import FROM_TABLE, TYPED, Indicator, Scope
from workbook.rubric.rates import below_side, beyond_side, comparison_places
from workbook.rubric.signs import below, inapplicable
from workbook.rubric.states import Special


@dataclass(frozen=True, slots=True)
class Names:
    """Names of figures in formulas: those of a rubric, or of a row of a detail table.

    ``cells`` are the defined names by key, in a row the addresses of its inputs. ``sources`` and ``used``
    give, for fields that a detail table can fill, the names of the table's figure and of the figure that
    counts. ``zero_points`` are what an item earns where its rate is 不适用.
    """

    rubric: Scope
    cells: CellNames
    sources: Mapping[str, str] = field(default_factory=dict)
    used: Mapping[str, str] = field(default_factory=dict)
    zero_points: Decimal | None = None

    def compared(self, name: str) -> str:
        """The name of a field, or of a rate at 9 decimals."""
        return self.cells[Key.rate(name)] if name in self.rubric.rate else self._field(name)

    def raw(self, name: str) -> str:
        """The name of a field, or of a rate's quotient."""
        return self.cells[Key.raw(name)] if name in self.rubric.rate else self._field(name)

    def typed(self, field_id: str) -> str:
        """The name of the cell of a field itself."""
        return self.cells[Key.input(field_id)]

    def score(self, indicator: Indicator) -> str:
        """The name of an indicator's score."""
        return self.cells[Key.score(indicator.id)]

    def _field(self, name: str) -> str:
        if name.endswith(TYPED):
            return self.typed(name.removesuffix(TYPED))
        if name.endswith(FROM_TABLE):
            return self.sources[name.removesuffix(FROM_TABLE)]
        return self.used.get(name) or self.typed(name)

    def is_count(self, operand: Operand) -> bool:
        """Whether ``operand`` is a field of whole numbers, comparable without rounding."""
        return (
            isinstance(operand, Ref)
            and operand.id in self.rubric.field
            and self.rubric.field[operand.id].kind is FieldKind.COUNT
        )


def quoted(text: str) -> str:
    """A text of the rubric as a formula holds it."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def literal(value: Decimal) -> str:
    """A number as it stands in a formula."""
    return rounding.plain(value)


def threshold(value: Decimal) -> str:
    """A threshold: whole percentages as ``90%`` (the same binary number as 0.9), others as decimals."""
    hundredfold = value * 100
    return (
        f"{hundredfold.to_integral_value():f}%"
        if hundredfold == hundredfold.to_integral_value()
        else literal(value)
    )


_PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2}


def operand_text(operand: Operand, names: Names, *, raw: bool, outer: int = 0) -> str:
    """An operand; brackets only where precedence asks for them. ``raw`` picks the quotients of rates."""
    match operand:
        case Number(value=number):
            return literal(number)
        case Ref(id=name):
            return names.raw(name) if raw else names.compared(name)
        case Absolute(inner=inner):
            return f"ABS({operand_text(inner, names, raw=raw)})"
        case Arithmetic(op=op, left=left, right=right):
            own = _PRECEDENCE[op]
            low = operand_text(left, names, raw=raw, outer=own)
            high = operand_text(right, names, raw=raw, outer=own + (op in "-/"))
            text = f"{low}{op}{high}"
            return f"({text})" if own < outer else text


def all_numbers(texts: Iterable[str]) -> str:
    """A test that every one of ``texts`` is a number."""
    parts = [f"ISNUMBER({text})" for text in texts]
    return parts[0] if len(parts) == 1 else "*".join(parts) + "=1"


def guarded(value: str, text: str) -> str:
    """``text`` where ``value`` is a number, else empty."""
    return f'IF({all_numbers([value])},{text},"")'


def not_below_zero(text: str) -> str:
    """A number, or 0 for one below it."""
    return f"IF({text}>0,{text},0)"


def all_of(tests: Sequence[str]) -> str:
    """A test that all of ``tests`` hold.

    A lone test stays as it is: a truth value compared with a number is never equal to it in Excel, and
    always greater.
    """
    return tests[0] if len(tests) == 1 else "*".join(f"({test})" for test in tests) + "=1"


def any_of(tests: Sequence[str]) -> str:
    """A test that at least one of ``tests`` holds; empty when there are none."""
    if not tests:
        return ""
    return tests[0] if len(tests) == 1 else "+".join(f"({test})" for test in tests) + ">0"


def branch(condition: Condition, then: str, otherwise: str, names: Names) -> str:
    """``then`` where the condition holds, ``otherwise`` where it fails, empty while it is open."""
    match condition:
        case Not(inner=inner):
            return branch(inner, otherwise, then, names)
        case Yes(id=name):
            answer = names.compared(name)
            return f'IF({answer}="{YES}",{then},IF({answer}="{NO}",{otherwise},""))'
        case Filled(id=name):
            return f'IF({names.compared(name)}<>"",{then},{otherwise})'
        case Relation():
            decided = f"IF({_relation(condition, names)},{then},{otherwise})"
            return f"IF({_known(condition, names)},{decided},{_unknown(condition, then, otherwise, names)})"
        case AllOf() | AnyOf():
            return f'IF({holds(condition, names)},{then},IF({fails(condition, names)},{otherwise},""))'


def holds(condition: Condition, names: Names) -> str:
    """A test that is true where the condition holds."""
    match condition:
        case Not(inner=inner):
            return fails(inner, names)
        case Yes(id=name):
            return f'{names.compared(name)}="{YES}"'
        case Filled(id=name):
            return f'{names.compared(name)}<>""'
        case Relation():
            special = _unknown(condition, "1", "0", names, blank="0")
            return f"IF({_known(condition, names)},({_relation(condition, names)})*1,{special})=1"
        case AllOf(parts=parts):
            return all_of([holds(part, names) for part in parts])
        case AnyOf(parts=parts):
            return any_of([holds(part, names) for part in parts])


def fails(condition: Condition, names: Names) -> str:
    """A test that is true where the condition is known not to hold."""
    match condition:
        case Not(inner=inner):
            return holds(inner, names)
        case Yes(id=name):
            return f'{names.compared(name)}="{NO}"'
        case Filled(id=name):
            return f'{names.compared(name)}=""'
        case Relation():
            special = _unknown(condition, "1", "0", names, blank="1")
            return f"IF({_known(condition, names)},({_relation(condition, names)})*1,{special})=0"
        case AllOf(parts=parts):
            return any_of([fails(part, names) for part in parts])
        case AnyOf(parts=parts):
            return all_of([fails(part, names) for part in parts])


def void_text(condition: Condition, names: Names) -> str:
    """A number above 0 where a rate that is 不适用 leaves the condition untold; empty where none can."""
    match condition:
        case Relation():
            rates = [name for name in unique_refs(condition) if name in inapplicable(names.rubric)]
            return "+".join(f'({names.compared(name)}="{Special.NOT_APPLICABLE.value}")*1' for name in rates)
        case Not(inner=inner):
            return void_text(inner, names)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            voids = [void_text(part, names) for part in parts]
            known = "+".join(f"({one})" for one in voids if one)
            if not known:
                return ""
            settles = fails if isinstance(condition, AllOf) else holds
            open_ = [
                f"(1-({settles(part, names)}){f'*(({one})=0)' if one and settles is fails else ''})"
                for part, one in zip(parts, voids, strict=True)
            ]
            return f"({known})*{'*'.join(open_)}"
    return ""


def _unknown(relation: Relation, then: str, otherwise: str, names: Names, blank: str = '""') -> str:
    """The result where a side is no number: ``blank`` while a figure is blank, else by the special rate."""
    used = unique_refs(relation)
    rates = [names.compared(name) for name in used if name in names.rubric.rate]
    if not rates:
        return blank
    fields = [names.compared(name) for name in used if name not in names.rubric.rate]
    open_ = any_of([f'{rate}=""' for rate in rates] + [f"1-ISNUMBER({field})>0" for field in fields])
    beyond = beyond_side(names.rubric, relation)
    if beyond is not None:
        rate = names.compared(beyond)
        otherwise = f'IF({rate}="{Special.BEYOND.value}",{then},{otherwise})'
    lone = below_side(names.rubric, relation)
    if lone is not None and lone in below(names.rubric):
        otherwise = f'IF({names.compared(lone)}="{Special.BELOW.value}",{then},{otherwise})'
    return f"IF({open_},{blank},{otherwise})"


def _known(relation: Relation, names: Names) -> str:
    return all_numbers(names.compared(name) for name in unique_refs(relation))


def _relation(relation: Relation, names: Names) -> str:
    left, right = relation.left, relation.right
    if names.is_count(left) and (isinstance(right, Number) or names.is_count(right)):
        low = operand_text(left, names, raw=False)
        return f"{low}{relation.op}{operand_text(right, names, raw=False)}"
    difference = operand_text(Arithmetic("-", left, right), names, raw=False)
    return f"ROUND({difference},{comparison_places(names.rubric, left, right)}){relation.op}0"


def official(text: str, places: int) -> str:
    """The double rounding of a score (see :mod:`workbook.rounding`)."""
    scale = 10**places
    return f"ROUND(ROUND(({text})*{scale},{rounding.GUARD_PLACES}),0)/{scale}"
