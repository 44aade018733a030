"""Rates and sums whose figures a report prints too: check that they follow from these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from workbook.report_reader.expected import rounded
from workbook.report_reader.model import Numeral, ReadGrid, Reading, Statement, Unit
from workbook.rubric.expr import Operand, Ref, quotient, unique_refs
from workbook.rubric.model import Check, Rubric
from workbook.scorer.ledger import evaluate

_MOST = 256
"""Combinations of figures that are tried; one that holds is enough."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A statement that does not follow from others: what it would be, and of which figures.

    ``other`` says the same thing in another place.
    """

    statement: Statement
    value: Fraction
    basis: str
    by_rounding: bool = False
    other: Statement | None = None


def slips(reading: Reading, rubric: Rubric) -> Iterator[Slip]:
    """Every rate that is no quotient, and every sum of the rubric's cross-checks that does not add up."""
    near = _Near(reading.statements, rubric)
    for one in reading.statements:
        expression = _definition(rubric, one)
        if expression is not None:
            slip = _rate_slip(near, one, *expression)
            if slip is not None:
                yield slip
    for check in rubric.checks:
        yield from _sum_slips(near, check)
    for grid in reading.grids:
        yield from _cell_slips(reading, grid, rubric)


class _Near:
    """The statements by what they mean, and those that stand beside another."""

    def __init__(self, statements: Iterable[Statement], rubric: Rubric) -> None:
        self._by_name: dict[str, list[Statement]] = defaultdict(list)
        stated = {rate.otherwise.id: rate.id for rate in rubric.rates if isinstance(rate.otherwise, Ref)}
        for one in statements:
            if one.target.kind in {"field", "rate"} and one.numeral.value is not None:
                self._by_name[one.target.id].append(one)
                if one.target.id in stated:
                    self._by_name[stated[one.target.id]].append(one)

    def named(self, name: str) -> list[Statement]:
        """All that say the same."""
        return self._by_name[name]

    def beside(self, name: str, sentence: int, reach: int) -> list[Statement]:
        """Those that say a figure in the same sentence, or else in the nearest of those around it."""
        for distance in range(reach + 1):
            found = [one for one in self._by_name[name] if abs(one.sentence - sentence) == distance]
            if found:
                return found
        return []


def _definition(rubric: Rubric, one: Statement) -> tuple[Operand, Fraction | None] | None:
    """The expression of a rate, and its cap as a fraction of one; None without either."""
    name = one.target.id
    if one.target.kind == "rate":
        rate = rubric.rate[name]
        return rate.of, None if rate.cap is None else Fraction(rate.cap)
    if one.target.kind == "field":
        for rate in rubric.rates:
            if rate.otherwise == Ref(name):
                return rate.of, None
    return None


def _rate_slip(near: _Near, one: Statement, expression: Operand, cap: Fraction | None) -> Slip | None:
    if one.numeral.value is None or one.numeral.bound != "=":
        return None
    names = unique_refs(expression)
    choices = [near.beside(name, one.sentence, 1) for name in names]
    if not names or not all(choices) or any(one in choice for choice in choices):
        return None
    nearest: Fraction | None = None
    basis: tuple[Statement, ...] = ()
    for figures in list(product(*choices))[:_MOST]:
        values = [_range(figure.numeral) for figure in figures]
        results = []
        for corner in product(*values):
            try:
                results.append(evaluate(expression, dict(zip(names, corner, strict=True))))
            except ZeroDivisionError:
                return None
        low, high = (rounded(result, one.numeral.places) for result in (min(results), max(results)))
        if low <= one.numeral.value <= high or (cap is not None and one.numeral.value == cap <= high):
            return None
        exact = dict(zip(names, (Fraction(figure.numeral.value or 0) for figure in figures), strict=True))
        nearest, basis = evaluate(expression, exact), figures
    assert nearest is not None
    return Slip(one, nearest, _told(basis))


def _range(numeral: Numeral) -> tuple[Fraction, ...]:
    """The range of a printed figure before rounding, in its unit; one value for amounts with two decimals."""
    assert numeral.value is not None
    value = Fraction(numeral.value)
    if numeral.unit is Unit.COUNT or (numeral.unit is Unit.MONEY and numeral.places >= 2):
        return (value,)
    half = Fraction(1, 2) / Fraction(10) ** numeral.places
    return value - half, value + half


def _sum_slips(near: _Near, check: Check) -> Iterator[Slip]:
    """Sums whose two sides are printed beside each other and differ."""
    if check.relation != "=":
        return
    for total, parts in ((check.left, check.right), (check.right, check.left)):
        if not isinstance(total, Ref) or (
            isinstance(total, Ref) and isinstance(parts, Ref) and total is check.left
        ):
            continue
        alone = isinstance(parts, Ref)
        for one in near.named(total.id):
            names = unique_refs(parts)
            choices = [near.named(name) if alone else near.beside(name, one.sentence, 1) for name in names]
            if not names or not all(choices) or one.numeral.value is None:
                continue
            sums = []
            for figures in list(product(*choices))[:_MOST]:
                exact = {
                    name: Fraction(figure.numeral.value or 0)
                    for name, figure in zip(names, figures, strict=True)
                }
                places = max(figure.numeral.places for figure in figures)
                sums.append((evaluate(parts, exact), figures, places))
            if any(rounded(value, one.numeral.places) == one.numeral.value for value, _, _ in sums):
                continue
            value, figures, places = sums[0]
            unit = Fraction(1) / Fraction(10) ** min(places, one.numeral.places)
            slight = not alone and abs(value - Fraction(one.numeral.value)) <= unit * len(figures) / 2
            yield Slip(one, value, _told(figures), slight, figures[0] if alone else None)


def _cell_slips(reading: Reading, grid: ReadGrid, rubric: Rubric) -> Iterator[Slip]:
    """Rates in the rows of a detail table that are not the quotients of their row."""
    rows: dict[tuple[str, str, int], dict[str, Statement]] = defaultdict(dict)
    for one in reading.statements:
        if one.target.kind == "table" and one.sentence == grid.sentence:
            table, _, rest = one.target.id.partition("/")
            name, _, column = rest.rpartition("/")
            rows[table, name, one.place.line][column] = one
    for (table, _, _), cells in rows.items():
        for column, one in cells.items():
            operand = _row_quotient(rubric, table, column)
            if operand is None or one.numeral.value is None:
                continue
            names = unique_refs(operand)
            if not set(names) <= set(cells) or any(cells[name].numeral.value is None for name in names):
                continue
            values = {name: Fraction(cells[name].numeral.value or 0) for name in names}
            try:
                value = evaluate(operand, values)
            except ZeroDivisionError:
                continue
            if rounded(value, one.numeral.places) != one.numeral.value:
                yield Slip(one, value, _told(tuple(cells[name] for name in names)))


def _row_quotient(rubric: Rubric, table: str, column: str) -> Operand | None:
    """The quotient of a row that a column shows: its own, or for one that is typed that of its table."""
    spec = rubric.table[table].column[column]
    if spec.kind != "percent":
        return None
    if spec.of is not None:
        return spec.of if quotient(spec.of) is not None else None
    known = [one.of for one in rubric.table[table].computed if one.of is not None and one.kind == "percent"]
    return known[0] if len(known) == 1 else None


def _told(figures: Iterable[Statement]) -> str:
    return "、".join(one.numeral.text + one.numeral.unit_text for one in figures)
