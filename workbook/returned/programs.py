"""An officer's arithmetic as programs calculate it, in binary numbers, and as it is exactly.

Excel takes the result of a last sum for 0 where only noise of binary numbers is left of it, but not that of
one in brackets or in SUM; LibreOffice takes any for 0. So ``(43.1-43.2)*10+1`` is 0 in no program, and
``1*(0.5-0.4-0.1)`` is 0 in one and -2.8E-17 in the other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from openpyxl.formula.tokenizer import Token

from workbook import rounding
from workbook.engine.tokens import tokens
from workbook.returned.cell_references import NotAllowed
from workbook.xlsx_reader.received import CellValue

Number = float | Decimal
Handed = Mapping[str, Number | Sequence[Number | None]]
"""The meaning of each operand of a formula: a number, or the numbers of an area."""
_N = TypeVar("_N", float, Decimal)

_NOISE = 2.0**-48
"""Rest of a sum, as a fraction of its smaller summand, below which programs take it for nothing."""
_DIGITS = 60
_NOTHING = Decimal("1e-30")
"""Bound below which an exact result at so many digits, thirds among them, counts as nothing."""
_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "negative": 3, "positive": 3, "%": 4}
_LAST_DIGITS = Fraction(1, 10**14)
"""Relative size of a sum's last digits, which depend on the order in which a program adds up."""


class Readings(NamedTuple):
    """A formula's value in Excel and its like, in LibreOffice, and exactly."""

    excel: float
    office: float
    exact: Decimal

    @property
    def nothing(self) -> bool:
        """Whether it is 0 everywhere."""
        return not self.excel and not self.office and abs(self.exact) < _NOTHING

    def check(self) -> None:
        """Raise NotAllowed where they are not one number: of more than one sign, or far from each other."""
        exact = Decimal(0) if abs(self.exact) < _NOTHING else self.exact
        for one in (self.excel, self.office):
            if _sign(one) != _sign(exact):
                raise NotAllowed(f"软件按二进制小数计算，单元格中会是 {one:.3g}，而不是 {exact:.6g}")
        if differs(self.excel, self.office, places=rounding.GUARD_PLACES):
            raise NotAllowed(f"各种软件的结果不同（{self.excel:.15g}、{self.office:.15g}）")


def as_decimal(value: float) -> Decimal:
    """A computed number at 15 significant digits, as spreadsheets show it."""
    return Decimal(f"{value:.15g}")


def check_whole(value: float) -> None:
    """Raise NotAllowed for what reads like a whole number and is none: programs cut it off differently."""
    if not value.is_integer() and as_decimal(value) % 1 == 0:
        raise NotAllowed(f"软件按二进制小数计算，单元格中会是 {value:.17g}，而不是 {as_decimal(value):f}")


def differs(cached: CellValue, value: float, *, places: int = rounding.RATE_PLACES) -> bool:
    """Whether the saved result of an officer's formula is another number than its recalculation."""
    if isinstance(cached, bool) or not isinstance(cached, int | float):
        return True
    low, high = rounding.as_fraction(float(cached)), rounding.as_fraction(value)
    if rounding.half_up(low - high, places) == 0:
        return False
    return abs(low - high) > max(abs(low), abs(high)) * _LAST_DIGITS


def _sign(value: float | Decimal) -> int:
    return (value > 0) - (value < 0)


def readings(formula: str, excel: Handed, office: Handed, exact: Handed) -> Readings:
    """A formula's values, with what its operands stand for in each of the three. Raises NotAllowed."""
    steps = _steps(formula)
    last = _without_noise if steps and steps[-1].kind in {"+", "-"} else None
    first = _Machine(float, _rounded, lambda numbers: sum(numbers, 0.0), last_plus=last)
    second = _Machine(float, _rounded, math.fsum, plus=_without_noise)
    third = _Machine(_exact, _half_up, lambda numbers: sum(numbers, Decimal(0)))
    with localcontext() as context:
        context.prec = _DIGITS
        return Readings(first.run(steps, excel), second.run(steps, office), third.run(steps, exact))


def _exact(value: Number | str) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(f"{float(value):.15g}")


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of a calculation with a stack: a number or an operand that is put there, or what is done."""

    kind: str
    text: str = ""
    count: int = 0


class _Machine(Generic[_N]):
    """Calculates step by step, in numbers of a kind."""

    def __init__(
        self,
        number: Callable[[Number | str], _N],
        rounded: Callable[[_N, int], _N],
        total: Callable[[Sequence[_N]], _N],
        *,
        plus: Callable[[_N, _N], _N] | None = None,
        last_plus: Callable[[_N, _N], _N] | None = None,
    ) -> None:
        self.number: Callable[[Number | str], _N] = number
        self.rounded: Callable[[_N, int], _N] = rounded
        self.total: Callable[[Sequence[_N]], _N] = total
        self.plus: Callable[[_N, _N], _N] = plus or (lambda low, high: low + high)
        self.last_plus: Callable[[_N, _N], _N] = last_plus or self.plus

    def run(self, steps: Sequence[_Step], values: Handed) -> _N:
        """The result. Raises NotAllowed where there is none."""
        stack: list[list[_N]] = []
        try:
            for place, step in enumerate(steps, 1):
                self._do(step, stack, values, self.last_plus if place == len(steps) else self.plus)
            ((result,),) = stack
        except (ArithmeticError, ValueError, IndexError) as error:
            raise NotAllowed("无法计算") from error
        if not math.isfinite(result):
            raise NotAllowed("无法计算")
        return result

    def _do(
        self,
        step: _Step,
        stack: list[list[_N]],
        values: Handed,
        plus: Callable[[_N, _N], _N],
    ) -> None:
        match step.kind:
            case "number":
                stack.append([self.number(step.text)])
            case "operand":
                value = values[step.text]
                listed = value if isinstance(value, Sequence) else [value]
                stack.append([self.number(one) for one in listed if one is not None])
            case "SUM(" | "AVERAGE(":
                numbers = [one for argument in stack[len(stack) - step.count :] for one in argument]
                del stack[len(stack) - step.count :]
                total = self.total(numbers)
                stack.append([total if step.kind == "SUM(" else total / len(numbers)])
            case "ROUND(":
                (places,), (value,) = stack.pop(), stack.pop()
                stack.append([self.rounded(value, int(places))])
            case "negative":
                stack.append([-_one(stack)])
            case "%":
                stack.append([_one(stack) / 100])
            case "+" | "-" | "*" | "/":
                high, low = _one(stack), _one(stack)
                stack.append([_combined(step.kind, low, high, plus)])


def _one(stack: list[list[_N]]) -> _N:
    (value,) = stack.pop()
    return value


def _combined(sign: str, low: _N, high: _N, plus: Callable[[_N, _N], _N]) -> _N:
    if sign == "*":
        return low * high
    if sign == "/":
        return low / high
    return plus(low, high if sign == "+" else -high)


def _without_noise(low: float, high: float) -> float:
    result = low + high
    return 0.0 if abs(result) < _NOISE * min(abs(low), abs(high)) else result


def _rounded(value: float, places: int) -> float:
    return float(_half_up(Decimal(f"{value:.15g}"), places))


def _half_up(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@lru_cache(maxsize=4096)
def _steps(formula: str) -> tuple[_Step, ...]:
    """The steps of a formula of numbers, operands, + − × ÷ %, brackets and functions, in their order."""
    steps: list[_Step] = []
    waiting: list[_Step] = []
    counts: list[int] = []
    before = Token("", Token.SEP)
    for token in tokens(formula) or ():
        value = str(token.value)
        ends = token.type == Token.SEP or (token.type == Token.FUNC and token.subtype == Token.CLOSE)
        if ends and (before.type == Token.SEP or before.subtype == Token.OPEN):
            steps.append(_Step("number", "0"))  # an argument that is left out
        if token.type == Token.OPERAND:
            steps.append(_Step("number" if token.subtype == Token.NUMBER else "operand", value))
        elif token.type == Token.OP_PRE:
            waiting.append(_Step("negative" if value == "-" else "positive"))
        elif token.type == Token.OP_POST:
            steps.append(_Step(value))
        elif token.type == Token.OP_IN:
            _unwind(steps, waiting, _BINDING[value])
            waiting.append(_Step(value))
        elif token.type == Token.SEP:
            _unwind(steps, waiting, 0)
            counts[-1] += 1
        elif token.subtype == Token.OPEN:
            waiting.append(_Step("(", value.upper()))
            counts.append(1)
        else:
            _unwind(steps, waiting, 0)
            steps.append(_Step(waiting.pop().text, count=counts.pop()))
        before = token
    _unwind(steps, waiting, 0)
    return tuple(steps)


def _unwind(steps: list[_Step], waiting: list[_Step], binding: int) -> None:
    """Run the steps that wait and bind as strongly, up to an open bracket."""
    while waiting and waiting[-1].kind != "(" and _BINDING[waiting[-1].kind] >= binding:
        steps.append(waiting.pop())
