"""One number? What the officer saw, what the engine computes and what the reference says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from workbook import rounding
from workbook.findings import Finding, found
from workbook.rubric.keys import Key, Kind, Sort
from workbook.rubric.model import Rubric
from workbook.scorer.quantities import Quantity, describe_key
from workbook.template.model import Formula, Result, Template
from workbook.xlsx_reader.received import CellValue, Received

_NOISE = Fraction(1, 10**12)
"""Difference up to which two *unrounded quotients* are the same number in two binary engines: relative, and
absolute below 1, because a difference of two large amounts carries the noise of these amounts.

No score depends on it: points, scores, totals and compared rates are rounded, and compared exactly."""

_BEYOND_DIGITS = 1000
"""A rate of 100 000 % and more has no ninth decimal in an engine of 15 digits; no threshold lies there."""

_UNROUNDED = (Kind.QUOTIENT, Kind.TYPED)
"""Kinds of numbers that carry the noise of binary engines."""

Value = Quantity | Result | CellValue | None


def agree(key: Key, left: Value, right: Value, noise: Noise | None = None) -> bool:
    """Whether two values of a quantity are one; ``noise`` is that of the workbook they come from.

    Item points are compared at 4 decimals by the official rounding; all else exactly, a float being the
    decimal number that it prints; unrounded quotients, and rates so large that their ninth decimal is
    none, but for the noise of binary engines.
    """
    if _whole(left, right):
        return True
    if isinstance(left, str) != isinstance(right, str) and key.kind is Kind.TYPED:
        left, right = _as_text(left), _as_text(right)  # a number typed where words belong
    low, high = _comparable(key, left), _comparable(key, right)
    if isinstance(low, str) or isinstance(high, str):
        return low == high
    if low == high:
        return True
    size = max(abs(low), abs(high), _ZERO if noise is None else noise.size(key))
    if key.kind in _UNROUNDED or (key.kind is Kind.RATE and size >= _BEYOND_DIGITS):
        return abs(low - high) <= _NOISE * max(size, Fraction(1))
    return noise is not None and abs(low - high) == _NINTH and noise.may_tip(key, low, high)


def _whole(value: Value, exact: Value) -> bool:
    """Whether a float is an exact whole number, which is most of what is compared."""
    if isinstance(value, bool) or not isinstance(exact, Fraction):
        return False
    return exact.denominator == 1 and value == exact.numerator


class Noise:
    """The binary noise in the values of one workbook: beyond 15 digits, engines may differ.

    A difference carries the noise of its sides. A quotient that lies within its 15th digit of a tie of the
    ninth decimal may be rounded up by one engine and down by another; thresholds have fewer decimals, so
    that both lie on the same side of each.
    """

    def __init__(self, values: Mapping[Key, Value]) -> None:
        self._values = values
        self._tips: set[Fraction] | None = None

    def size(self, key: Key) -> Fraction:
        """Size of the largest number whose noise a quantity carries beyond its own; 0 for none."""
        sides = (_comparable(key, value) for value in self._sides(key))
        return max((abs(side) for side in sides if isinstance(side, Fraction)), default=_ZERO)

    def may_tip(self, key: Key, low: Fraction, high: Fraction) -> bool:
        """Whether a compared rate may be either of two neighbours, or the difference of two rates."""
        if key.kind is not Kind.RATE:
            return False
        return any(
            isinstance(side, Fraction) and (abs(side) in self._near_ties())
            for side in (low, high, *(_comparable(key, value) for value in self._sides(key)))
        )

    def _sides(self, key: Key) -> list[Value]:
        if key.sort is not Sort.CHECK or key.part != "difference":
            return []
        return [self._values[Key.check(key.id, "left")], self._values[Key.check(key.id, "right")]]

    def _near_ties(self) -> set[Fraction]:
        """Both neighbours of each quotient that is near a tie."""
        if self._tips is None:
            self._tips = set()
            for key, value in self._values.items():
                exact = _comparable(key, value) if key.sort is Sort.RAW else ""
                if isinstance(exact, Fraction):
                    units = abs(exact) / _NINTH
                    whole = units.numerator // units.denominator
                    if abs(units - whole - Fraction(1, 2)) <= units * _FIFTEENTH:
                        self._tips |= {whole * _NINTH, (whole + 1) * _NINTH}
        return self._tips


_ZERO, _NINTH = Fraction(0), Fraction(1, 10**9)
_FIFTEENTH = Fraction(5, 10**15)
"""The greatest distance, as a fraction, between a number and its 15 digits."""


def _as_text(value: Value) -> Value:
    return f"{value:.15g}" if isinstance(value, float | int) and not isinstance(value, bool) else value


def _comparable(key: Key, value: Value) -> Fraction | str:
    if value is None:
        return ""
    if isinstance(value, bool | str):
        return str(value)
    exact = value if isinstance(value, Fraction) else rounding.as_fraction(value)
    if key.kind is Kind.ITEM_POINTS:
        return rounding.official(exact, rounding.ITEM_PLACES)
    return exact


def cached_values(template: Template, received: Received) -> dict[Key, CellValue | None] | None:
    """Key → saved value of every quantity; None when the file holds no saved values at all."""
    held = {title: (sheet.cells, sheet.cached) for title, sheet in received.sheets.items()}
    values: dict[Key, CellValue | None] = {}
    saved = False
    for key, place in template.quantities.items():
        cells, cached = held.get(place.sheet, _NOTHING)
        cell = cells.get(place.cell)
        if isinstance(cell, Formula):
            cell = cached.get(place.cell)
            saved = saved or cell is not None
        values[key] = cell  # where a value stands for the formula, integrity says so
    return values if saved else None


_NOTHING: tuple[dict[str, CellValue | Formula], dict[str, CellValue]] = {}, {}


def agreement_findings(
    rubric: Rubric,
    template: Template,
    cached: Mapping[Key, CellValue | None] | None,
    recalculated: Mapping[Key, Result],
    reference: Mapping[Key, Quantity],
) -> Iterator[Finding]:
    """A finding for each quantity on which two of the three disagree."""
    if cached is None:
        yield found("CACHE_ABSENT")
    noise = Noise(reference)
    for key, place in template.quantities.items():
        value = recalculated[key]
        saved = None if cached is None else cached[key]
        if type(value) is type(saved) is str and value == saved == reference.get(key):
            continue  # as most are: a word, or nothing, for all three
        echo = key.repeats is not None
        if not echo and _differ(key, value, reference[key], noise):
            yield found(
                "ENGINES_DIFFER",
                sheet=place.sheet,
                cell=place.cell,
                indicator=key.indicator,
                what=describe_key(rubric, key),
                recalculated=display(value),
                reference=display(reference[key]),
            )
        if cached is not None and saved is not value and _differ(key, saved, value, noise):
            yield found(
                "CACHE_DIFFERS",
                sheet=place.sheet,
                cell=place.cell,
                indicator=key.indicator,
                what=str(place) if echo else describe_key(rubric, key),
                cached=display(saved),
                recalculated=display(value),
            )


def third_findings(
    rubric: Rubric,
    template: Template,
    cached: Mapping[Key, CellValue | None] | None,
    recalculated: Mapping[Key, Result],
    third: Mapping[Key, Result | None],
    reference: Mapping[Key, Quantity],
) -> Iterator[Finding]:
    """A finding for each quantity of which a third engine says something else than we do."""
    noise = Noise(reference)
    for key, place in template.quantities.items():
        value = recalculated[key]
        if not _differ(key, third[key], value, noise):
            continue
        if cached is None:
            agreed = "文件没有保存计算结果"
        elif not _differ(key, cached[key], value, noise):
            agreed = "前两者一致"
        else:
            agreed = (
                "三者各不相同" if _differ(key, cached[key], third[key], noise) else "文件所存与第三引擎一致"
            )
        yield found(
            "THIRD_ENGINE_DIFFERS",
            sheet=place.sheet,
            cell=place.cell,
            indicator=key.indicator,
            what=str(place) if key.repeats is not None else describe_key(rubric, key),
            cached="未保存" if cached is None else display(cached[key]),
            recalculated=display(value),
            third=display(third[key]),
            agreed=agreed,
        )


def _differ(key: Key, left: Value, right: Value, noise: Noise) -> bool:
    """Whether two values are not one; most are the very same, which needs no more than a look."""
    if type(left) is type(right):
        if left == right:
            return False
    elif left is None:
        if right == "":
            return False
    elif type(left) is int and type(right) is float and left == right:
        return False
    return not agree(key, left, right, noise)


def repeated_values(template: Template, received: Received) -> dict[str, CellValue | None]:
    """Saved values of the cells that ``repeated_findings`` looks at, by sheet and cell."""
    values = {}
    for place in template.repeated:
        sheet = received.sheets.get(place.sheet)
        if sheet is not None:
            values[str(place)] = sheet.cached.get(place.cell)
    return values


def repeated_findings(
    template: Template, saved: Mapping[str, CellValue | None], recalculated: Mapping[Key, Result]
) -> Iterator[Finding]:
    """Cells that repeat a named quantity and have no key of their own, as in the first templates."""
    for place, key in template.repeated.items():
        if str(place) in saved and not agree(key, saved[str(place)], recalculated[key]):
            yield found(
                "CACHE_DIFFERS", sheet=place.sheet, cell=place.cell, what=str(place),
                cached=display(saved[str(place)]), recalculated=display(recalculated[key]),
            )  # fmt: skip


def display(value: Value) -> str:
    """A value for a message; an empty cell as 空."""
    if value is None or value == "":
        return "空"
    if isinstance(value, Fraction):  # by Decimal: a quotient of extremes is no float
        return f"{Decimal(value.numerator) / Decimal(value.denominator):.12g}"
    return f"{value:.12g}" if isinstance(value, float) else str(value)
