"""Items and indicators: what settles them, what their rules earn, what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from operator import mul

from workbook import rounding
from workbook.rubric.expr import unique_refs
from workbook.rubric.model import Indicator, Item, Rubric, item_key
from workbook.rubric.needs import settlements
from workbook.rubric.provenance import clause_origin, origin_text
from workbook.rubric.states import IndicatorState
from workbook.scorer.ledger import Ledger
from workbook.scorer.rules import earn
from workbook.scorer.trace import Step, Trace, points


@dataclass(frozen=True, slots=True)
class ItemScore:
    """An item's points: ``raw`` unrounded, ``shown`` at 4 decimals; both None while it is open."""

    key: str
    item: Item
    raw: Fraction | None
    steps: tuple[Step, ...]

    @property
    def shown(self) -> Fraction | None:
        """The points as they are shown and compared."""
        return None if self.raw is None else rounding.official(self.raw, rounding.ITEM_PLACES)


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """An indicator's official score and deduction; None while an item is open or where it does not apply."""

    indicator: Indicator
    items: tuple[ItemScore, ...]
    score: Fraction | None
    deduction: Fraction | None
    state: IndicatorState


def indicator_score(rubric: Rubric, indicator: Indicator, ledger: Ledger, *, traced: bool) -> IndicatorScore:
    """An indicator under the figures of ``ledger``; without ``traced`` its items have no steps."""
    items = tuple(
        _item(rubric, indicator, item, Trace(ledger, not traced, Fraction(item.zero_points)))
        for item in indicator.items
    )
    void = indicator.not_applicable
    if void is not None and ledger.truth(void.when):
        return IndicatorScore(indicator, items, None, None, IndicatorState.NOT_APPLICABLE)
    raw = [item.raw for item in items if item.raw is not None]
    if len(raw) < len(items):
        return IndicatorScore(indicator, items, None, None, IndicatorState.OPEN)
    score = rounding.official(_earned(indicator, raw), rubric.places)
    match rubric.beside.get(indicator.id):
        case "bonus":
            deduction = Fraction(0)
        case "malus":
            score, deduction = -score, score
        case None:
            deduction = rounding.official(Fraction(indicator.points) - score, rubric.places)
    reason = ledger.inputs.reasons.get(indicator.id, "").strip(" ")
    state = IndicatorState.REASON_OPEN if deduction > 0 and not reason else IndicatorState.SCORED
    return IndicatorScore(indicator, items, score, deduction, state)


def _earned(indicator: Indicator, points: list[Fraction]) -> Fraction:
    """The score from the items' points, unrounded."""
    total = sum(points, Fraction(0))
    match indicator.scored_as:
        case "sum_of_items":
            return total
        case "capped_sum":
            return min(total, Fraction(indicator.points))
        case "weight_less_deductions":
            lost = sum((Fraction(item.points) for item in indicator.items), Fraction(0)) - total
            return max(Fraction(0), Fraction(indicator.points) - lost)
        case "lowest_item":
            return min(points)
        case "highest_item":
            return max(points)
        case "mean_of_items":
            weights = [Fraction(item.weight) for item in indicator.items]
            return sum(map(mul, points, weights), Fraction(0)) / sum(weights, Fraction(0))


def _item(rubric: Rubric, indicator: Indicator, item: Item, trace: Trace) -> ItemScore:
    full = Fraction(item.points)
    raw = _settled(indicator, item, full, trace)
    void = indicator.not_applicable
    key = item_key(indicator, item)
    if trace.silent:
        return ItemScore(key, item, raw, ())
    if void is not None and trace.ledger.truth(void.when):
        trace.add("points", "本指标不适用，不计分")
    elif raw is not None:
        trace.add("points", f"得 {points(raw)} 分，满分 {points(full)} 分")
    else:
        trace.add("open", "尚有待填数据，暂不计分")
    trace.add("clause", f"{indicator.name}{item.place}：{item.clause}")
    trace.add("interpretation", item.reading)
    trace.add("interpretation", indicator.reading)
    trace.add("origin", origin_text(clause_origin(rubric, indicator, item)))
    return ItemScore(key, item, raw, tuple(trace.steps))


def _settled(indicator: Indicator, item: Item, full: Fraction, trace: Trace) -> Fraction | None:
    for kind, settlement in settlements(indicator, item):
        for name in unique_refs(settlement.when):
            trace.tell(name)
        truth = trace.ledger.truth(settlement.when)
        if truth is None:
            return None
        if truth:
            trace.add("rule", settlement.clause)
            trace.add("interpretation", settlement.reading)
            if kind == "not_applicable":
                return None
            if settlement.points is not None:
                return Fraction(settlement.points)
            return Fraction(0) if kind == "veto" else full
    return earn(item.rule, full, trace)
