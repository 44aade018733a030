"""A workbook's formulas keep to what every spreadsheet program calculates alike.

``docs/engines.md`` lists where programs differ from Excel; each of these is a construct that is found here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from openpyxl.formula.tokenizer import Token

from workbook.addresses import split
from workbook.check.subject import SpecPart, Subject
from workbook.engine.tokens import shape, tokens
from workbook.findings import Finding
from workbook.template.draw import draw
from workbook.template.model import Template

AGGREGATES = frozenset({"COUNT", "COUNTIF", "INDEX", "LARGE", "SMALL", "SUM", "SUMIF"})
"""Functions that take ranges."""

FUNCTIONS = AGGREGATES | {"ABS", "HYPERLINK", "IF", "INT", "ISNUMBER", "ROUND", "TRIM"}
"""Functions that give what Excel gives in every program, but for the constructs below."""

_CRITERIA = {"COUNTIF": {1}, "SUMIF": {1}}
_RANGES: dict[str, set[int] | None] = {
    "COUNT": None, "SUM": None, "COUNTIF": {0}, "SUMIF": {0, 2}, "INDEX": {0}, "LARGE": {0}, "SMALL": {0},
}  # fmt: skip
"""The arguments that may be a range; None for all."""

_PLAIN = re.compile(r'"[^"*?~<>=#\d.+\-%][^"*?~<>=#]*"')
"""A criterion that is nothing but a text."""

_RANGE = re.compile(r"\$?[A-Z]{1,3}\$?\d+:\$?[A-Z]{1,3}\$?\d+$")


@dataclass(slots=True)
class _Call:
    """A call that is being read: its function, the number of its argument, and the parts of that one."""

    name: str
    argument: int
    parts: list[Token]


def template_constructs(template: Template) -> Iterator[tuple[str, str]]:
    """Each formula of a template with a construct that programs calculate differently, and that construct."""
    for sheet in template.sheets:
        for cell, formula in sheet.formulas.items():
            row = split(cell)[1]
            for construct in _constructs_of(formula, row, template):
                yield f"{sheet.title}!{cell} {formula}", construct


def _constructs_of(formula: str, row: int, template: Template) -> tuple[str, ...]:
    form = shape(formula, row)
    named = (template.names.get(reference) for reference in form.references)
    cells = (one if name is None else name.cell for one, name in zip(form.references, named, strict=True))
    ranges = tuple(bool(_RANGE.search(reference)) for reference in cells)
    return _of_shape(form.text, ranges)


@cache
def _of_shape(text: str, ranges: tuple[bool, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(constructs(text, ranges)))


def constructs(formula: str, ranges: tuple[bool, ...] = ()) -> Iterator[str]:
    """Constructs that programs calculate differently. ``ranges``: for each ``V_n``, whether it is a range."""
    calls = [_Call("", 0, [])]
    for token in tokens(formula) or []:
        value = str(token.value)
        if token.type == Token.ARRAY:
            yield "数组常量"
        if token.type == Token.OPERAND and token.subtype in {Token.ERROR, Token.LOGICAL}:
            yield f"直接写出的 {value}"
        if token.type in {Token.FUNC, Token.PAREN, Token.ARRAY} and token.subtype == Token.OPEN:
            name = value.rstrip("(").upper() if token.type == Token.FUNC else ""
            if token.type == Token.FUNC and name not in FUNCTIONS:
                yield f"函数 {name}"
            calls[-1].parts.append(token)
            calls.append(_Call(name, 0, []))
        elif token.type == Token.SEP:
            yield from _argument(calls[-1], ranges)
            calls[-1].argument += 1
            calls[-1].parts = []
        elif token.subtype == Token.CLOSE and token.type in {Token.FUNC, Token.PAREN, Token.ARRAY}:
            yield from _argument(calls.pop(), ranges)
        else:
            calls[-1].parts.append(token)
    yield from _argument(calls[0], ranges)


def _argument(call: _Call, ranges: tuple[bool, ...]) -> Iterator[str]:
    """Faults of an argument of a call, or of the text outside all calls."""
    alone = len(call.parts) == 1
    if call.argument in _CRITERIA.get(call.name, ()):
        if not (alone and _PLAIN.fullmatch(str(call.parts[0].value))):
            yield f"{call.name} 中不是单纯文字的条件"
        return
    for token in call.parts:
        value = str(token.value)
        ranged = bool(_RANGE.search(value)) or (
            value.startswith("V_") and value[2:].isdecimal() and int(value[2:]) < len(ranges)
            and ranges[int(value[2:])]
        )  # fmt: skip
        allowed = _RANGES.get(call.name, set())
        taken = alone and (allowed is None or call.argument in allowed)
        if ranged and not taken:
            yield "只应有一个单元格之处的区域"
        if call.name in AGGREGATES - {"INDEX"} and token.subtype == Token.TEXT:
            yield f"{call.name} 中直接写出的文字"


def portable(subject: Subject) -> Iterator[Finding]:
    """The workbook's formulas have no construct on which programs differ."""
    seen = set()
    for formula, construct in template_constructs(draw(subject.rubric)[1]):
        if construct not in seen:
            seen.add(construct)
            yield subject.found(
                "FORMULA_NOT_PORTABLE", SpecPart(("id",), "公式"), formula=formula[:200], construct=construct
            )
