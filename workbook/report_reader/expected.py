"""The value of each figure by a workbook, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from workbook import rounding
from workbook.report_reader.flow import one_way
from workbook.report_reader.model import Numeral, Target, Unit
from workbook.rubric.expr import Ref
from workbook.rubric.states import IndicatorState
from workbook.rubric.tables import Table
from workbook.scorer.evaluate import Evaluation


@dataclass(frozen=True, slots=True)
class Expected:
    """The right value of a figure: any of ``values``, or within ``within`` while a workbook is incomplete."""

    values: tuple[Fraction, ...] = ()
    within: tuple[Fraction, Fraction] | None = None


UNKNOWN = Expected()


def expected_of(evaluation: Evaluation, target: Target) -> Expected:
    """The value of a figure by the workbook; none where it is blank or has no place for it."""
    match target.kind:
        case "field":
            return _field(evaluation, target.id)
        case "rate":
            return _rate(evaluation, target.id)
        case "points":
            return _one(Fraction(evaluation.rubric.indicator[target.id].points))
        case "score" | "deduction":
            one = next(one for one in evaluation.indicators if one.indicator.id == target.id)
            return _one(one.score if target.kind == "score" else one.deduction)
        case "table":
            return _one(_cell(evaluation, target.id))
        case "total_points":
            return _one(Fraction(evaluation.rubric.points))
        case "total":
            low, high = evaluation.attainable
            complete = all(one.state is not IndicatorState.OPEN for one in evaluation.indicators)
            return _one(evaluation.total) if complete else Expected(within=(low, high))
    return UNKNOWN


def rounded(value: Fraction, places: int) -> Fraction:
    """A value at the decimals of a print; a negative number of them rounds to tens and more."""
    if places >= 0:
        return rounding.half_up(value, places)
    scale = Fraction(10) ** -places
    return rounding.half_up(value / scale, 0) * scale


def equal(numeral: Numeral, value: Fraction) -> bool:
    """Whether a printed number says ``value``: equal at its decimals, or bounded as its words say."""
    if numeral.value is None:
        return False
    printed = Fraction(numeral.value)
    if rounded(value, numeral.places) == printed:
        return True
    match numeral.bound:
        case ">" | ">=":
            return value >= printed
        case "<" | "<=":
            return value <= printed
        case "about":
            return abs(value - printed) <= abs(printed) / 100
    return False


def shown(value: Fraction, numeral: Numeral) -> str:
    """A value as the report would print it: the unit and decimals of a number beside it."""
    factor, word = _SCALES.get(numeral.unit_text, (Fraction(1), numeral.unit_text))
    printed = len(numeral.text.partition(".")[2])
    places = max(printed, 2 if numeral.unit in {Unit.MONEY, Unit.PERCENT} else 0)
    scaled = rounding.half_up(value / factor, places)
    text = rounding.text(scaled, places)
    if "." in text and places > 2:
        text = text.rstrip("0").rstrip(".")
    return text + word


_SCALES: dict[str, tuple[Fraction, str]] = {
    "%": (Fraction(1, 100), "%"),
    "‰": (Fraction(1, 1000), "‰"),
    "元": (Fraction(1, 10000), "元"),
    "千元": (Fraction(1, 10), "千元"),
    "百元": (Fraction(1, 100), "百元"),
    "亿元": (Fraction(10000), "亿元"),
}


def _one(value: Fraction | None) -> Expected:
    return UNKNOWN if value is None else Expected((value,))


def _field(evaluation: Evaluation, name: str) -> Expected:
    if name == "fiscal_year":
        return _one(Fraction(evaluation.rubric.fiscal_year))
    value = evaluation.ledger.raw(name)
    if isinstance(value, Fraction):
        return _one(value)
    for rate in evaluation.rubric.rates:  # a progress that is given as amounts
        if rate.otherwise == Ref(name):
            return _rate(evaluation, rate.id)
    return UNKNOWN


def _rate(evaluation: Evaluation, name: str) -> Expected:
    """A capped rate may be printed either way."""
    rate = evaluation.rubric.rate[name]
    value = evaluation.ledger.raw(name)
    values = [value] if isinstance(value, Fraction) else []
    if rate.cap is not None:
        free = evaluation.ledger.raw_operand(evaluation.ledger.expression(rate))
        if free is not None:
            values.append(free)
    return Expected(tuple(dict.fromkeys(values)))


def _cell(evaluation: Evaluation, cell: str) -> Fraction | None:
    name, _, rest = cell.partition("/")
    row, _, column = rest.rpartition("/")
    table = evaluation.rubric.table[name]
    number = _row(evaluation, table, row)
    if number is None:
        return None
    spec = table.column[column]
    if spec.computed is not None:
        result = evaluation.tables[name].rows.get(number)
        value = None if result is None else result.computed.get(column)
        return value if isinstance(value, Fraction) else None
    typed = evaluation.typed.row(name, number).get(column)
    return Fraction(typed) if isinstance(typed, Decimal) else None


def _row(evaluation: Evaluation, table: Table, name: str) -> int | None:
    """A row by its label, or by the text of its first column."""
    if table.fixed:
        return table.labels.index(name) + 1 if name in table.labels else None
    first = next(one.id for one in table.inputs if not one.kind.numeric)
    for number in range(1, table.size + 1):
        typed = evaluation.typed.row(table.id, number).get(first)
        if isinstance(typed, str) and one_way(typed) == name:
            return number
    return None
