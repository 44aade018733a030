"""Every quantity that the workbook computes, by its key, with the reference's value.

The keys are the contract between the reference, the layout and the verifier: each formula cell of the
workbook stands for one key. A number is exact; an empty text is a cell that looks empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

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
from workbook.rubric.tables import row_key
from workbook.scorer.arithmetic import Figure
from workbook.scorer.bands import band_label, basis
from workbook.scorer.evaluate import Evaluation
from workbook.scorer.overview import overview
from workbook.scorer.tables import TableResult
from workbook.scorer.total import Tally

Quantity: TypeAlias = Fraction | str


def group_key(dimension: str, group: str, part: str) -> str:
    """The key of a group's tally."""
    return f"group:{dimension}/{group}:{part}"


def dimension_key(dimension: str, part: str) -> str:
    """The key of a dimension's tally."""
    return f"dimension:{dimension}:{part}"


def quantities(evaluation: Evaluation) -> dict[str, Quantity]:
    """Key → value, for every quantity of the rubric."""
    values: dict[str, Quantity] = {}
    for result in evaluation.tables.values():
        values.update(result.table.blank_rows)
    values.update(_all(evaluation))
    return values


def _all(evaluation: Evaluation) -> Iterator[tuple[str, Quantity]]:
    yield from _rates(evaluation)
    yield from _indicators(evaluation)
    yield from _fields(evaluation)
    for result in evaluation.tables.values():
        yield from _table(result)
    beside = {one.name for one in evaluation.rubric.dimensions if one.beside is not None}
    for (dimension, group), tally in evaluation.groups.items():
        for part, value in _tally(tally, whole=dimension not in beside):
            yield group_key(dimension, group, part), value
    for dimension, tally in evaluation.dimensions.items():
        for part, value in _tally(tally, whole=dimension not in beside):
            yield dimension_key(dimension, part), value
    for cap, holds in evaluation.caps.items():
        yield f"cap:{cap}", "" if holds is None else (CapState.HOLDS if holds else CapState.FAILS).value
    for light, word in evaluation.lights.items():
        yield f"light:{light}", word
    yield from _outcome(evaluation)
    yield from overview(evaluation)
    for check in evaluation.checks:
        yield f"check:{check.check.id}:left", _or_empty(check.left)
        yield f"check:{check.check.id}:right", _or_empty(check.right)
        yield f"check:{check.check.id}:difference", _or_empty(check.difference)
        yield f"check:{check.check.id}:state", check.state.value


def _rates(evaluation: Evaluation) -> Iterator[tuple[str, Quantity]]:
    ledger = evaluation.ledger
    for rate in evaluation.rubric.rates:
        yield f"raw:{rate.id}", _figure(ledger.raw(rate.id))
        yield f"rate:{rate.id}", _figure(ledger.compared(rate.id))
        for part, value in zip(("num", "den"), ledger.halves(rate), strict=True):
            yield f"{part}:{rate.id}", _or_empty(value)


def _indicators(evaluation: Evaluation) -> Iterator[tuple[str, Quantity]]:
    for one in evaluation.indicators:
        for item in one.items:
            yield f"item:{item.key}", _or_empty(item.raw)
            if any(True for _ in deciding_figures(item.item)):
                yield f"band:{item.key}", band_label(one.indicator, item.item, evaluation.ledger)
            if several_bases(item.item):
                name, value = basis(item.item.rule, evaluation.ledger)
                yield f"basis:{item.key}", name
                yield f"figure:{item.key}", _figure(value)
        void = one.state is IndicatorState.NOT_APPLICABLE
        yield f"score:{one.indicator.id}", one.state.value if void else _or_empty(one.score)
        yield f"deduction:{one.indicator.id}", _or_empty(one.deduction)
        yield f"state:{one.indicator.id}", one.state.value


def _fields(evaluation: Evaluation) -> Iterator[tuple[str, Quantity]]:
    for field_id, state in evaluation.fields.items():
        yield f"field:{field_id}", state.value
    for field_id, taken in evaluation.sourced.items():
        yield f"source:{field_id}", "" if taken is None else Fraction(taken)
        number = evaluation.ledger.inputs.number(field_id)
        yield f"used:{field_id}", "" if number is None else Fraction(number)


def _table(result: TableResult) -> Iterator[tuple[str, Quantity]]:
    table = result.table
    for number, row in result.rows.items():
        yield row_key(table, number, "state"), row.state.value
        for column, value in row.computed.items():
            yield row_key(table, number, column), "" if value is None else value
    yield f"table:{table.id}:used", Fraction(len(result.rows))
    for part, state in (("partial", RowState.PARTIAL), ("invalid", RowState.INVALID)):
        yield f"table:{table.id}:{part}", Fraction(result.count(state))


def _outcome(evaluation: Evaluation) -> Iterator[tuple[str, Quantity]]:
    low, high = evaluation.attainable
    outcome, rubric = evaluation.outcome, evaluation.rubric
    yield "total", evaluation.total
    yield "total:open", outcome.open
    whole = sum((one.points for one in rubric.indicators if one.id not in rubric.beside), Decimal(0))
    yield "total:share", Tally(Fraction(whole), evaluation.total, outcome.open).share
    if rubric.composed:
        yield "total:scored", outcome.scored
        if rubric.rescales:
            yield "total:void", outcome.void
        yield "total:raw", outcome.raw
        yield "low:raw", outcome.raw_low
        yield "high:raw", outcome.raw_high
    yield "low", low
    yield "high", high
    yield "grade", evaluation.grade or ""
    yield "ready", "是" if evaluation.ready else "否"
    yield "count:filled", Fraction(sum(evaluation.field_counts[state] for state in FILLED_STATES))
    yield "count:unusual", Fraction(evaluation.field_counts[FieldState.UNUSUAL])
    yield "count:open", Fraction(evaluation.field_counts[FieldState.OPEN])
    yield "count:invalid", Fraction(evaluation.field_counts[FieldState.INVALID])
    yield "count:unscored", Fraction(evaluation.indicator_counts[IndicatorState.OPEN])
    yield "count:reasons", Fraction(evaluation.indicator_counts[IndicatorState.REASON_OPEN])
    yield "count:failed", Fraction(evaluation.check_counts[CheckState.FAILS])
    yield "count:blocking", Fraction(evaluation.check_counts[CheckState.BLOCKS])


def _tally(tally: Tally, *, whole: bool) -> Iterator[tuple[str, Fraction]]:
    """What is shown of a tally; what stands beside the whole has no share of its points."""
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


_WORDS = {
    "score": "得分", "deduction": "扣分", "state": "状态", "open": "待填分值", "share": "得分率",
    "left": "左值", "right": "右值", "difference": "差额",
    "raw": "（原值）", "rate": "", "num": "的分子", "den": "的分母",
    "field": "的状态", "source": "的明细汇总数", "used": "的采用数",
}  # fmt: skip


def describe_key(rubric: Rubric, key: str) -> str:
    """What a key stands for, in Chinese, for messages."""
    kind, _, rest = key.partition(":")
    name, _, part = rest.partition(":")
    match kind:
        case "raw" | "rate" | "num" | "den":
            return rubric.rate[rest].name + _WORDS[kind]
        case "item" | "band" | "basis" | "figure":
            indicator = rubric.indicator[rest.partition(".")[0]]
            place = next(one.place for one in indicator.items if item_key(indicator, one) == rest)
            return f"{indicator.name}{place}" + ("得分" if kind == "item" else "的计算过程")
        case "score" | "deduction" | "state":
            return rubric.indicator[rest].name + _WORDS[kind]
        case "evidence":
            return f"{rubric.indicator[rest].name}的佐证材料份数"
        case "field" | "source" | "used":
            return rubric.field[rest].label + _WORDS[kind]
        case "row":
            return f"{rubric.table[name].title}第 {part.partition(':')[0]} 行"
        case "table":
            return f"{rubric.table[name].title}的行数"
        case "group" | "dimension":
            return name + _WORDS[part]
        case "check":
            title = next(check.title for check in rubric.all_checks if check.id == name)
            return f"勾稽“{title}”的{_WORDS[part]}"
        case "cap" | "light":
            listed = rubric.caps if kind == "cap" else rubric.lights
            return next(one.name for one in listed if one.id == rest)
    return {**OUTCOME_NAMES, **COMPOSED_NAMES}.get(key, _LISTS.get(kind, key))


_LISTS = {"todo": "待办事项", "largest": "扣分最多的指标", "rank": "扣分最多的指标", "sum": "总分核对"}
