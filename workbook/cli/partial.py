"""``workbook demo`` for reports without a scored annex: what their figures decide, and what they imply."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import click

from workbook.as_json import exact
from workbook.cli import show
from workbook.evaluations.implied import Implied, implied
from workbook.evaluations.printed import printed_rates, stated_contradictions, unstated_checks
from workbook.evaluations.published import PublishedCase
from workbook.rubric.provenance import notice, status_label
from workbook.scorer.evaluate import Evaluation
from workbook.verifier.verification import WORDS, Verdict

UNOFFICIAL = "以上分值、条款凡属推定的，均非正式标准；推算结果以推定成立为前提，不代表任何部门的正式得分。"


def printed_result(case: PublishedCase, evaluation: Evaluation) -> dict[str, Any]:
    """Rates and contradictions that a report prints, compared with its figures; whether all is as stated."""
    rates = printed_rates(case, evaluation)
    contradictions = stated_contradictions(case, evaluation)
    return {
        "printed_rates": [
            {"rate": one.rate, "name": one.name, "printed": one.printed, "computed": one.computed,
             "exact": one.exact, "equal": one.equal, "stated": one.stated}
            for one in rates
        ],
        "contradictions": [
            {"about": one.contradiction.about, "name": one.name, "printed": one.contradiction.printed,
             "computed": one.contradiction.computed, "note": one.contradiction.note, "found": one.found}
            for one in contradictions
        ],
        "as_stated": all(one.equal != one.stated for one in rates)
        and all(one.found for one in contradictions),
    }  # fmt: skip


def partial_result(case: PublishedCase, evaluation: Evaluation) -> dict[str, Any]:
    """Scores that the figures decide, the attainable range, and the bounds from a published total."""
    total = None if case.total is None else Fraction(case.total)
    known = implied(evaluation, total)
    low, high = evaluation.attainable
    return {
        "department": case.data.inputs.word("department") or case.title,
        "attainable": [exact(low), exact(high)],
        "width": exact(high - low),
        "contains": None if total is None else low <= total <= high and known.low <= total <= known.high,
        "decided": [one.indicator.id for one in evaluation.indicators if one.score is not None],
        "unstated": [check.id for check in unstated_checks(case, evaluation)],
        "implied": _implied(known),
        "notice": notice(case.rubric),
    }


def partial_good(result: dict[str, Any]) -> bool:
    """The total can be attained, all is as stated, nothing else contradicts, and only open parts lack."""
    return (
        result["contains"] is not False
        and result["as_stated"]
        and not result["unstated"]
        and result["verdict"] == Verdict.INCOMPLETE.value
    )


def _implied(known: Implied) -> dict[str, Any]:
    return {
        "attainable": [exact(known.low), exact(known.high)],
        "width": exact(known.high - known.low),
        "loss": exact(known.lost),
        "loss_known": exact(known.known),
        "loss_left": exact(known.left),
        "open": [
            {"id": one.indicator.id, "name": one.indicator.name, "points": f"{one.indicator.points:.2f}",
             "attainable": [exact(one.low), exact(one.high)], "least": exact(one.least)}
            for one in known.open
        ],
    }  # fmt: skip


_LINES = (
    "标准", "公布总分", "已评得分", "可得分区间", "宽度", "计入已评要点", "宽度（计入已评要点）",
    "含公布总分", "所印比率一致", "自相矛盾", "核验结论",
)  # fmt: skip


def print_partials(results: list[dict[str, Any]]) -> None:
    """A table with a column for each report, then what was found in it and what its total implies."""
    columns = [_column(result) for result in results]
    rows = zip(_LINES, *columns, strict=True)
    headings = ("", *(result["department"] for result in results))
    show.print_table("没有评分表的报告：按推定标准测算", headings, rows)
    for result in results:
        _print_rates(result)
        _print_implied(result)
    click.echo(UNOFFICIAL)


def _column(result: dict[str, Any]) -> tuple[str, ...]:
    rates = result["printed_rates"]
    found = [one for one in result["contradictions"] if one["found"]]
    return (
        f"{result['rubric']}（{status_label(result['status'])}）",
        result["total"]["published"] or "未印",
        f"{result['total']['computed']}（{len(result['decided'])} / {result['indicators_count']} 个指标）",
        " 至 ".join(result["attainable"]),
        result["width"],
        " 至 ".join(result["implied"]["attainable"]),
        result["implied"]["width"],
        {True: "是", False: "否", None: "—"}[result["contains"]],
        f"{sum(one['equal'] for one in rates)} / {len(rates)}",
        f"{len(found)} 处" + (f"（所注 {len(result['contradictions'])} 处）" if found else ""),
        WORDS[Verdict(result["verdict"])],
    )


def _print_rates(result: dict[str, Any]) -> None:
    words = {(True, False): "一致", (False, True): "不一致（报告自相矛盾）", (False, False): "不一致",
             (True, True): "一致，与所注矛盾不符"}  # fmt: skip
    rows = [
        (one["name"], one["printed"], one["computed"], one["exact"], words[one["equal"], one["stated"]])
        for one in result["printed_rates"]
    ]
    show.print_table(
        f"{result['title']}：所印比率", ("比率", "报告所印", "按数据计算", "四位小数", ""), rows, right=1
    )
    if result["contradictions"]:
        rows = [
            (one["name"], one["printed"], one["computed"], "有" if one["found"] else "没有找到", one["note"])
            for one in result["contradictions"]
        ]
        show.print_table("报告自相矛盾之处", ("所涉", "所印", "计算或另处所印", "", "说明"), rows)
    for check in result["unstated"]:
        click.echo(f"勾稽不符而未注明：{check}")


def _print_implied(result: dict[str, Any]) -> None:
    told = result["implied"]
    if told["loss"] is None:
        click.echo(f"{result['title']}没有印出总分，不作推算。\n")
        return
    click.echo(
        f"{result['title']}\n公布总分 {result['total']['published']}，共失 {told['loss']} 分；"
        f"已知失 {told['loss_known']} 分，"
        f"其余待填指标合计失 {told['loss_left']} 分。若其他都得满分，各指标最低得分："
    )
    rows = [(one["name"], one["points"], one["least"] or "不可能") for one in told["open"]]
    show.print_table("公布总分对待填指标的含义", ("三级指标", "分值", "最低得分"), rows, right=1)
