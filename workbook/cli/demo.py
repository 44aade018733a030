"""``workbook demo``: the published evaluations, from figures to verified workbooks."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from workbook import api
from workbook.as_json import exact
from workbook.cli import show
from workbook.cli.partial import UNOFFICIAL, partial_good, partial_result, print_partials, printed_result
from workbook.evaluations.published import PublishedCase, published_cases
from workbook.files import write_atomically
from workbook.verifier.verification import Verdict


def run_demo(output: Path, *, as_json: bool) -> bool:
    """Write, verify and compare every published case; whether all is as published and verified."""
    results = [_one(case, output) for case in published_cases()]
    complete = [result for result in results if result["complete"]]
    partial = [result for result in results if not result["complete"]]
    good = all(map(_good, complete)) and all(map(partial_good, partial))
    if as_json:
        show.print_json({"cases": results, "unofficial": UNOFFICIAL})
        return good
    for result in complete:
        _print(result)
    if partial:
        print_partials(partial)
    equal, count = (sum(result[key] for result in complete) for key in ("equal", "indicators_count"))
    click.echo(f"\n公布得分与计算得分一致：{equal} / {count} 个指标；工作簿已写入 {output}")
    return good


def _good(result: dict[str, Any]) -> bool:
    """Every indicator and the total as published, and a workbook that passes."""
    return (
        result["equal"] == result["indicators_count"]
        and result["verdict"] == Verdict.PASS.value
        and Decimal(result["total"]["computed"]) == Decimal(result["total"]["published"])
        and result["as_stated"]
    )


def _one(case: PublishedCase, output: Path) -> dict[str, Any]:
    rubric = case.rubric
    blank, filled = output / f"{rubric.id}_空白.xlsx", output / f"{case.id}_公布数据.xlsx"
    write_atomically(blank, api.new_workbook(rubric), force=True)
    write_atomically(filled, api.new_workbook(rubric, inputs=case.data.inputs), force=True)
    evaluation = api.score(rubric, case.data.inputs)
    (report,) = api.verify([filled])
    seen = {one.id: one.points.recalculated for one in report.figures.indicators}
    rows = []
    for one in evaluation.indicators:
        published = case.scores.get(one.indicator.id)
        rows.append({
            "id": one.indicator.id,
            "name": one.indicator.name,
            "points": f"{one.indicator.points:.2f}",
            "published": None if published is None else f"{published:.2f}",
            "computed": exact(one.score),
            "recalculated": seen.get(one.indicator.id),
            "equal": None if published is None
            else one.score == Fraction(published) and seen.get(one.indicator.id) == exact(one.score),
        })  # fmt: skip
    return {
        "rubric": rubric.id,
        "status": rubric.status,
        "case": case.id,
        "complete": case.complete,
        "title": case.title,
        "files": [str(blank), str(filled)],
        "verdict": report.verdict.value,
        "total": {"published": None if case.total is None else f"{case.total:.2f}",
                  "computed": exact(evaluation.total),
                  "recalculated": report.figures.total.recalculated},
        "grade": evaluation.grade,
        "indicators_count": len(rows),
        "equal": sum(row["equal"] is True for row in rows),
        "indicators": rows,
        "assumed": case.assumed,
        **printed_result(case, evaluation),
        **({} if case.complete else partial_result(case, evaluation)),
    }  # fmt: skip


def _print(result: dict[str, Any]) -> None:
    rows = [
        (
            row["name"],
            row["points"],
            row["published"],
            row["computed"] or "",
            row["recalculated"] or "",
            "一致" if row["equal"] else "不一致",
        )
        for row in result["indicators"]
    ]
    total = result["total"]
    rows.append(
        (
            "合计",
            "",
            total["published"],
            total["computed"],
            total["recalculated"] or "",
            result["grade"] or "",
        )
    )
    show.print_table(result["title"], ("三级指标", "分值", "公布", "计算", "工作簿重算", ""), rows, right=1)
    click.echo(
        f"核验结论：{result['verdict']}；报告未印出、按假定填写的数据 {len(result['assumed'])} 项"
        "（见 rubric_specs/published/ 中的 assumed）"
    )
