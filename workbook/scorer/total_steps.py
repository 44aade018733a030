"""Steps to a total, in Chinese: from the subtotals to its limits, lights, and the checks that block it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from workbook import rounding
from workbook.rubric.headings import indicator_headings
from workbook.rubric.states import CheckState, IndicatorState
from workbook.scorer.evaluate import Evaluation


def total_steps(evaluation: Evaluation) -> Iterator[str]:
    """A line for each step to the total, then the limits, the lights and the checks that block."""
    rubric, outcome = evaluation.rubric, evaluation.outcome
    parts = "，".join(f"{name} {points(one.score)}" for name, one in evaluation.dimensions.items())
    yield f"各部分小计：{parts}；合计 {points(outcome.scored)}"
    if outcome.void:
        whole = points(Fraction(rubric.points))
        left = [one for one in evaluation.indicators if one.state is IndicatorState.NOT_APPLICABLE]
        names = "、".join(indicator_headings(rubric)[one.indicator.id] for one in left)
        void = points(outcome.void)
        yield f"不适用：{names}，共 {void} 分；其余得分 ×{whole}÷（{whole}－{void}）"
    if rubric.composed:
        yield f"汇总得分：{points(outcome.raw)}"
    if rubric.total_at_most is not None and outcome.raw > Fraction(rubric.total_at_most):
        yield f"总分最高 {points(Fraction(rubric.total_at_most))} 分"
    for cap in rubric.caps:
        holds = evaluation.caps[cap.id]
        state = "待定" if holds is None else f"成立，{cap.limits}" if holds else "不成立"
        yield f"{cap.name}：{state}（{cap.clause}）"
    yield f"总分：{points(evaluation.total)}"
    for lights in rubric.lights:
        yield f"{lights.name}：{evaluation.lights[lights.id] or '待定'}"
    for check in evaluation.checks:
        if check.state is CheckState.BLOCKS:
            yield f"须改正：{check.check.title}；{check.check.why}"


def points(value: Fraction | Decimal) -> str:
    """Points without end zeros."""
    return rounding.plain(value)
