"""One formula: whether Excel 2010 can read it, and whether what it names exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from tests.support.package.archive import units
from tests.support.package.refs import area, split_sheet

LENGTH, NESTING, ARGUMENTS, LITERAL = 8192, 64, 255, 255
_MANY = ARGUMENTS
# Functions of Excel 2010 written without a prefix, with the fewest and the most arguments:
# a wrong number of arguments is enough for Excel to discard the formula.
FUNCTIONS = {
    "ABS": (1, 1), "AND": (1, _MANY), "AVERAGE": (1, _MANY), "AVERAGEIF": (2, 3), "CHOOSE": (2, _MANY),
    "COLUMN": (0, 1), "COLUMNS": (1, 1), "CONCATENATE": (1, _MANY), "COUNT": (1, _MANY),
    "COUNTA": (1, _MANY), "COUNTBLANK": (1, 1), "COUNTIF": (2, 2), "COUNTIFS": (2, _MANY), "DATE": (3, 3),
    "DAY": (1, 1), "EXACT": (2, 2), "FIND": (2, 3), "HLOOKUP": (3, 4), "HYPERLINK": (1, 2), "IF": (2, 3),
    "IFERROR": (2, 2), "INDEX": (2, 4), "INT": (1, 1), "ISBLANK": (1, 1), "ISERROR": (1, 1),
    "ISNA": (1, 1), "ISNUMBER": (1, 1), "ISTEXT": (1, 1), "LARGE": (2, 2), "LEFT": (1, 2), "LEN": (1, 1),
    "LOOKUP": (2, 3), "LOWER": (1, 1), "MATCH": (2, 3), "MAX": (1, _MANY), "MID": (3, 3),
    "MIN": (1, _MANY), "MOD": (2, 2), "MONTH": (1, 1), "N": (1, 1), "NA": (0, 0), "NOT": (1, 1),
    "OR": (1, _MANY), "POWER": (2, 2), "RANK": (2, 3), "REPT": (2, 2), "RIGHT": (1, 2), "ROUND": (2, 2),
    "ROUNDDOWN": (2, 2), "ROUNDUP": (2, 2), "ROW": (0, 1), "ROWS": (1, 1), "SEARCH": (2, 3),
    "SIGN": (1, 1), "SMALL": (2, 2), "SUBSTITUTE": (3, 4), "SUM": (1, _MANY), "SUMIF": (2, 3),
    "SUMIFS": (3, _MANY), "SUMPRODUCT": (1, _MANY), "T": (1, 1), "TEXT": (2, 2), "TRIM": (1, 1),
    "TRUNC": (1, 2), "UPPER": (1, 1), "VALUE": (1, 1), "VLOOKUP": (3, 4), "YEAR": (1, 1),
}  # fmt: skip
_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?")


@dataclass(frozen=True)
class Known:
    """What a formula may name, in lower case: the sheets, and the names visible from its place."""

    sheets: frozenset[str]
    names: frozenset[str]


def _tokens(formula: str) -> tuple[Token, ...] | str:
    """The tokens of a formula without ``=``, blanks left out, or why there are none."""
    try:
        found = Tokenizer(f"={formula}")
    except TokenizerError as error:
        return f"does not tokenize: {str(error)[:80]}"
    except IndexError:
        return "a bracket is closed that was not opened"
    if found.token_stack:
        return "a bracket is not closed"
    return tuple(one for one in found.items if one.type != Token.WSPACE)


def formula_problems(formula: str, known: Known) -> Iterator[str]:
    """Whatever is wrong with a formula (without ``=``)."""
    problems, references = _read(formula)
    yield from problems
    for one in references:
        yield from _reference(one, known)


@cache
def _read(formula: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is wrong with a formula wherever it stands, and what it refers to."""
    problems = []
    if units(formula) + 1 > LENGTH:
        problems.append(f"the formula has {units(formula) + 1} characters")
    found = _tokens(formula)
    if isinstance(found, str):
        return (*problems, found), ()
    operands = [one for one in found if one.type == Token.OPERAND]
    problems += [*_sequence(found), *_calls(found), *(it for one in operands for it in _literal(one))]
    return tuple(problems), tuple(one.value for one in operands if _refers(one))


def references(formula: str) -> tuple[str, ...]:
    """The cells, ranges and names in a formula; none in what is no formula."""
    return _read(formula)[1]


def _sequence(found: tuple[Token, ...]) -> Iterator[str]:
    """Operands and operators take turns; the tokenizer alone takes ``1 2 +`` for a formula."""
    wanted, before = True, None
    for one in found:
        opening, closing = one.subtype == Token.OPEN, one.subtype == Token.CLOSE
        separator = one.type == Token.SEP
        starts = one.type in {Token.OPERAND, Token.OP_PRE} or opening
        # an argument may be left out: IF(a,,b), and a function may have none
        empty = before is not None and (
            before.type == Token.SEP or (before.type == Token.FUNC and before.subtype == Token.OPEN)
        )
        if starts != wanted and not (wanted and (separator or closing) and empty):
            yield f"{one.value} is out of place in the formula"
            return
        wanted = opening or separator or one.type in {Token.OP_IN, Token.OP_PRE}
        before = one
    if wanted:
        yield "the formula is empty or ends too early"


@dataclass
class _Bracket:
    """An open bracket: of which function, if of any, and the arguments so far."""

    function: str
    arguments: int = 1


def _calls(found: tuple[Token, ...]) -> Iterator[str]:
    """Functions are known, have as many arguments as they take, and are not nested too deeply."""
    stack: list[_Bracket] = []
    deepest = 0
    for before, one in zip((None, *found), found, strict=False):
        if one.subtype == Token.OPEN:
            stack.append(_Bracket(one.value[:-1].upper() if one.type == Token.FUNC else ""))
            deepest = max(deepest, sum(bool(bracket.function) for bracket in stack))
        elif one.type == Token.SEP and stack:
            stack[-1].arguments += 1
        elif one.subtype == Token.CLOSE:
            closed = stack.pop()
            if before is not None and before.subtype == Token.OPEN:
                closed.arguments = 0
            if closed.function:
                yield from _call(closed.function, closed.arguments)
    if deepest > NESTING:
        yield f"functions are nested {deepest} deep"


def _call(name: str, count: int) -> Iterator[str]:
    if name not in FUNCTIONS:
        yield f"{name} is no function of Excel 2010"
        return
    least, most = FUNCTIONS[name]
    if not least <= count <= most:
        yield f"{name} has {count} arguments"


def _literal(operand: Token) -> Iterator[str]:
    """Texts are not too long; no reference is broken."""
    if operand.subtype == Token.TEXT:
        length = units(operand.value[1:-1].replace('""', '"'))
        if length > LITERAL:
            yield f"a text of {length} characters in the formula: {operand.value[:20]}…"
    elif operand.value.endswith("#REF!"):
        yield f"the formula holds {operand.value}"


def _refers(operand: Token) -> bool:
    # the tokenizer takes for a number whatever Python does, so also a name such as nan
    literal = operand.subtype in {Token.TEXT, Token.ERROR} or operand.value.endswith("#REF!")
    return not literal and _NUMBER.fullmatch(operand.value) is None


def _reference(value: str, known: Known) -> Iterator[str]:
    sheet, rest = split_sheet(value)
    if sheet is not None and sheet.lower() not in known.sheets:
        yield f"{value} names a sheet that is not there"
    elif area(rest) is None and rest.lower() not in known.names | {"true", "false"}:
        yield f"{value} is neither a cell nor a defined name"
