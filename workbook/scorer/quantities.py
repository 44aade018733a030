"""Every quantity that the workbook computes, by its key, with the reference's value.

Keys are the contract between the reference, the layout and the verifier: each formula cell of the workbook
stands for one. A number is exact; an empty text is a cell that looks empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from workbook.rubric.headings import indicator_headings
from workbook.rubric.keys import Key, Owner, Sort, Tally
from workbook.rubric.model import Rubric, item_key
from workbook.rubric.rates import deciding_figures, several_bases
from workbook.rubric.states import (
    COMPOSED_NAMES,
    FILLED_STATES,
    OUTCOME_NAMES,
    CapState,
    CheckState,
    FieldState,
    IndicatorState,
    RowState,
    Special,
)
from workbook.scorer import total
from workbook.scorer.basis import band_label, basis
from workbook.scorer.evaluate import Evaluation
from workbook.scorer.ledger import Figure
from workbook.scorer.overview import overview
from workbook.scorer.tables import TableResult

Quantity: TypeAlias = Fraction | str


def quantities(evaluation: Evaluation) -> dict[Key, Quantity]:
    """Key → value, for every quantity of the rubric."""
    values: dict[Key, Quantity] = {}
    for result in evaluation.tables.values():
        values.update(result.table.blank_rows)
    values.update(_all(evaluation))
    return values


def _all(evaluation: Evaluation) -> Iterator[tuple[Key, Quantity]]:
    yield from _rates(evaluation)
    yield from _indicators(evaluation)
    yield from _fields(evaluation)
    for result in evaluation.tables.values():
        yield from _table(result)
    beside = {one.name for one in evaluation.rubric.dimensions if one.beside is not None}
    for (dimension, group), tally in evaluation.groups.items():
        for part, value in _tally(tally, whole=dimension not in beside):
            yield Key.group(dimension, group, part), value
    for dimension, tally in evaluation.dimensions.items():
        for part, value in _tally(tally, whole=dimension not in beside):
            yield Key.dimension(dimension, part), value
    for cap, holds in evaluation.caps.items():
        yield Key.cap(cap), "" if holds is None else (CapState.HOLDS if holds else CapState.FAILS).value
    for light, word in evaluation.lights.items():
        yield Key.light(light), word
    yield from _outcome(evaluation)
    yield from overview(evaluation)
    for check in evaluation.checks:
        yield Key.check(check.check.id, "left"), _or_empty(check.left)
        yield Key.check(check.check.id, "right"), _or_empty(check.right)
        yield Key.check(check.check.id, "difference"), _or_empty(check.difference)
        yield Key.check(check.check.id, "state"), check.state.value


def _rates(evaluation: Evaluation) -> Iterator[tuple[Key, Quantity]]:
    ledger = evaluation.ledger
    for rate in evaluation.rubric.rates:
        yield Key.raw(rate.id), _figure(ledger.raw(rate.id))
        yield Key.rate(rate.id), _figure(ledger.compared(rate.id))
        above, below = ledger.halves(rate)
        yield Key.numerator(rate.id), _or_empty(above)
        yield Key.denominator(rate.id), _or_empty(below)


def _indicators(evaluation: Evaluation) -> Iterator[tuple[Key, Quantity]]:
    for one in evaluation.indicators:
        for item in one.items:
            yield Key.item(item.key), _or_empty(item.raw)
            if any(True for _ in deciding_figures(item.item)):
                yield Key.band(item.key), band_label(one.indicator, item.item, evaluation.ledger)
            if several_bases(item.item):
                name, value = basis(item.item.rule, evaluation.ledger)
                yield Key.basis(item.key), name
                yield Key.figure(item.key), _figure(value)
        void = one.state is IndicatorState.NOT_APPLICABLE
        yield Key.score(one.indicator.id), one.state.value if void else _or_empty(one.score)
        yield Key.deduction(one.indicator.id), _or_empty(one.deduction)
        yield Key.state(one.indicator.id), one.state.value


def _fields(evaluation: Evaluation) -> Iterator[tuple[Key, Quantity]]:
    for field_id, state in evaluation.fields.items():
        yield Key.field_state(field_id), state.value
    for field_id, taken in evaluation.sourced.items():
        yield Key.from_table(field_id), "" if taken is None else Fraction(taken)
        number = evaluation.ledger.inputs.number(field_id)
        yield Key.used(field_id), "" if number is None else Fraction(number)


def _table(result: TableResult) -> Iterator[tuple[Key, Quantity]]:
    table = result.table
    for number, row in result.rows.items():
        yield Key.row_state(table.id, number), row.state.value
        for column, value in row.computed.items():
            yield Key.computed(table.id, number, column), "" if value is None else value
    yield Key.rows(table.id, "used"), Fraction(len(result.rows))
    yield Key.rows(table.id, "partial"), Fraction(result.count(RowState.PARTIAL))
    yield Key.rows(table.id, "invalid"), Fraction(result.count(RowState.INVALID))


def _outcome(evaluation: Evaluation) -> Iterator[tuple[Key, Quantity]]:
    low, high = evaluation.attainable
    outcome, rubric = evaluation.outcome, evaluation.rubric
    yield Key.total(), evaluation.total
    yield Key.total("open"), outcome.open
    whole = sum((one.points for one in rubric.indicators if one.id not in rubric.beside), Decimal(0))
    yield Key.total("share"), total.Tally(Fraction(whole), evaluation.total, outcome.open).share
    if rubric.composed:
        yield Key.total("scored"), outcome.scored
        if rubric.rescales:
            yield Key.total("void"), outcome.void
        yield Key.total("raw"), outcome.raw
        yield Key.low("raw"), outcome.raw_low
        yield Key.high("raw"), outcome.raw_high
    yield Key.low(), low
    yield Key.high(), high
    yield Key.grade(), evaluation.grade or ""
    yield Key.ready(), "是" if evaluation.ready else "否"
    yield Key.count("filled"), Fraction(sum(evaluation.field_counts[state] for state in FILLED_STATES))
    yield Key.count("unusual"), Fraction(evaluation.field_counts[FieldState.UNUSUAL])
    yield Key.count("open"), Fraction(evaluation.field_counts[FieldState.OPEN])
    yield Key.count("invalid"), Fraction(evaluation.field_counts[FieldState.INVALID])
    yield Key.count("unscored"), Fraction(evaluation.indicator_counts[IndicatorState.OPEN])
    yield Key.count("reasons"), Fraction(evaluation.indicator_counts[IndicatorState.REASON_OPEN])
    yield Key.count("failed"), Fraction(evaluation.check_counts[CheckState.FAILS])
    yield Key.count("blocking"), Fraction(evaluation.check_counts[CheckState.BLOCKS])


def _tally(tally: total.Tally, *, whole: bool) -> Iterator[tuple[Tally, Fraction]]:
    """Figures of a tally to show; a part beside the whole has no share of its points."""
    yield "score", tally.score
    yield "open", tally.open
    if whole:
        yield "share", tally.share


def _figure(value: Figure) -> Quantity:
    if value is None:
        return ""
    return value.value if isinstance(value, Special) else value


def _or_empty(value: Fraction | None) -> Quantity:
    return "" if value is None else value


_PARTS = {
    "": "", "score": "得分", "deduction": "扣分", "open": "待填分值", "share": "得分率",
    "left": "左值", "right": "右值", "difference": "差额", "state": "状态",
}  # fmt: skip
_SORTS = {
    Sort.SCORE: "得分", Sort.DEDUCTION: "扣分", Sort.STATE: "状态", Sort.LISTED: "的佐证材料份数",
    Sort.RAW: "（原值）", Sort.RATE: "", Sort.NUMERATOR: "的分子", Sort.DENOMINATOR: "的分母",
    Sort.FIELD: "的状态", Sort.SOURCE: "的明细汇总数", Sort.USED: "的采用数", Sort.INPUT: "",
}  # fmt: skip


def describe_key(rubric: Rubric, key: Key) -> str:
    """The meaning of a quantity, in Chinese, for messages."""
    match key.owner:
        case Owner.RATE:
            return rubric.rate[key.id].name + _SORTS[key.sort]
        case Owner.ITEM:
            indicator = rubric.indicator[key.indicator or ""]
            place = next(one.place for one in indicator.items if item_key(indicator, one) == key.id)
            called = indicator_headings(rubric)[indicator.id]
            return f"{called}{place}" + ("得分" if key.sort is Sort.ITEM else "的计算过程")
        case Owner.INDICATOR if key.sort is not Sort.RANK:
            return indicator_headings(rubric)[key.id] + _SORTS[key.sort]
        case Owner.FIELD:
            return rubric.field[key.id].label + _SORTS[key.sort]
        case Owner.TABLE if key.sort is Sort.ROW:
            return f"{rubric.table[key.id].title}第 {key.number} 行"
        case Owner.TABLE:
            return f"{rubric.table[key.id].title}的行数"
        case Owner.GROUP | Owner.DIMENSION:
            return "/".join(key.headings) + _PARTS[key.part]
        case Owner.CHECK:
            title = next(check.title for check in rubric.all_checks if check.id == key.id)
            return f"勾稽“{title}”的{_PARTS[key.part]}"
        case Owner.CAP | Owner.LIGHT:
            listed = rubric.caps if key.owner is Owner.CAP else rubric.lights
            return next(one.name for one in listed if one.id == key.id)
    return OUTCOME_NAMES.get(key) or COMPOSED_NAMES.get(key) or _LISTS[key.sort]


_LISTS = {
    Sort.TODO: "待办事项", Sort.LARGEST: "扣分最多的指标", Sort.RANK: "扣分最多的指标", Sort.SUM: "总分核对",
}  # fmt: skip
