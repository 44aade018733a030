"""An officer's own arithmetic in an input cell: allowed functions and references only."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from openpyxl.formula.tokenizer import Token

from workbook import rounding
from workbook.receive.received import CellValue, Received
from workbook.template import Formula
from workbook.tokens import tokens

_FUNCTIONS = {"SUM(", "ROUND(", "AVERAGE("}
_OPERATORS = {"+", "-", "*", "/", ":"}
_REFERENCE = re.compile(
    r"^(?:(?:'([^'\[\]]+)'|([^'!\[\]:$ ]+))!)?\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$"
)
_MAX_CELLS = 2_000
_MAX_TOUCHED = 100_000
_MAX_DEPTH = 6
_MAX_LENGTH = 1_000


class NotAllowed(Exception):
    """Why a formula in an input cell is refused, in Chinese."""


class Arithmetic:
    """Evaluates officers' formulas of one workbook; counts what it touches, and stops in time."""

    def __init__(self, received: Received) -> None:
        self.received = received
        self.cells = 0
        self._results: dict[tuple[str, str], float] = {}

    def value(self, sheet: str, formula: str, depth: int = 0) -> float:
        """The number that ``formula`` gives on ``sheet``; raises NotAllowed."""
        from workbook.recalc import evaluate_formula

        if depth > _MAX_DEPTH:
            raise NotAllowed("引用层次过多或循环引用")
        references = self._references(formula)
        values = {reference: self._resolve(sheet, reference, depth) for reference in references}
        try:
            result = evaluate_formula(formula, values)
        except Exception as error:  # the engine raises almost anything on odd formulas
            raise NotAllowed("无法计算") from error
        if isinstance(result, bool) or not isinstance(result, float) or not math.isfinite(result):
            raise NotAllowed(f"结果不是数字（{result}）")
        return result

    def _references(self, formula: str) -> list[str]:
        parts = tokens(formula) if len(formula) <= _MAX_LENGTH else None
        if parts is None:
            raise NotAllowed("公式过长或无法解析")
        references = []
        for token in parts:
            value = str(token.value)
            if token.type == Token.FUNC and token.subtype == Token.OPEN and value.upper() not in _FUNCTIONS:
                raise NotAllowed(f"含有函数 {value.rstrip('(')}")
            if token.type in {Token.OP_IN, Token.OP_PRE, Token.OP_POST} and value not in _OPERATORS | {"%"}:
                raise NotAllowed(f"含有运算符 {value}")
            if token.type == Token.ARRAY:
                raise NotAllowed("含有数组")
            if token.type == Token.OPERAND:
                if token.subtype == Token.RANGE:
                    references.append(value)
                elif token.subtype != Token.NUMBER:
                    raise NotAllowed(f"含有 {value}")
        return references

    def _resolve(self, sheet: str, reference: str, depth: int) -> float | list[float | None] | None:
        match = _REFERENCE.match(reference)
        if match is None:
            raise NotAllowed(f"引用 {reference} 不是本文件内的单元格")
        quoted, bare, column, row, last_column, last_row = match.groups()
        title = quoted or bare or sheet
        if title not in self.received.sheets:
            raise NotAllowed(f"引用的工作表“{title}”不存在")
        if last_column is None:
            return self._cell(title, f"{column}{row}", depth)
        first, last = sorted((_number(column), _number(last_column)))
        top, bottom = sorted((int(row), int(last_row)))
        if (last - first + 1) * (bottom - top + 1) > _MAX_CELLS:
            raise NotAllowed("引用的区域过大")
        values = [
            self._cell(title, f"{_letters(number)}{line}", depth)
            for line in range(top, bottom + 1)
            for number in range(first, last + 1)
        ]
        return [value for value in values if value is not None] or [None]

    def _cell(self, title: str, ref: str, depth: int) -> float | None:
        self.cells += 1
        if self.cells > _MAX_TOUCHED:
            raise NotAllowed("引用的单元格过多")
        value: CellValue | Formula | None = self.received.sheets[title].cells.get(ref)
        if isinstance(value, Formula):
            if (title, ref) not in self._results:
                self._results[title, ref] = self.value(title, value.text, depth + 1)
            return self._results[title, ref]
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise NotAllowed(f"引用的单元格 {title}!{ref} 不是数字（{value}）")
        return float(value)


def as_decimal(value: float) -> Decimal:
    """A computed number at 15 significant digits, as spreadsheets show it."""
    return Decimal(f"{value:.15g}")


def differs(cached: CellValue, value: float) -> bool:
    """Whether the saved result of an officer's formula is another number than its recalculation."""
    if isinstance(cached, bool) or not isinstance(cached, int | float):
        return True
    low, high = rounding.as_fraction(float(cached)), rounding.as_fraction(value)
    return rounding.half_up(low - high, rounding.RATE_PLACES) != 0


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
