"""Commands about figures and returned workbooks. Heavy modules load inside the commands."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from workbook.cli.group import FAILED, PASS, cli, data_option, example_text, json_option


@cli.command(epilog=example_text("workbook score RUBRIC --data figures.yaml --json"))
@click.argument("rubric")
@data_option
@json_option
def score(rubric: str, data: Path, as_json: bool) -> None:
    """Score DATA with the reference scorer."""
    from workbook import api
    from workbook.as_json import exact, score_result
    from workbook.cli import show
    from workbook.rubric.headings import indicator_headings
    from workbook.rubric.provenance import marked_title, notice
    from workbook.scorer.total_steps import total_steps

    loaded = api.load_rubric(rubric)
    read = api.read_inputs_of(loaded, data)
    evaluation = api.score(loaded, read.inputs)
    show.print_findings(read.findings)
    if as_json:
        show.print_json(score_result(evaluation))
        return
    rows = [
        (
            indicator_headings(loaded)[one.indicator.id],
            f"{one.indicator.points:.2f}",
            exact(one.score) or one.state.value,
            exact(one.deduction) or "",
            one.state.value,
        )
        for one in evaluation.indicators
    ]
    show.print_table(marked_title(loaded), ("三级指标", "分值", "得分", "扣分", "状态"), rows, right=1)
    low, high = evaluation.attainable
    click.echo(
        f"总分（已评部分） {exact(evaluation.total)}；可得分区间 {exact(low)} 至 {exact(high)}；"
        f"等级 {evaluation.grade or '待定'}；可报送 {'是' if evaluation.ready else '否'}"
    )
    steps = list(total_steps(evaluation))
    if len(steps) > _PLAIN:
        click.echo("\n".join(steps))
    if told := notice(loaded):
        click.echo(told)


_PLAIN = 2
"""Steps to a total that is no more than a sum: the subtotals and the total."""

TOTAL = ("total", "总分")
"""Other values that ``explain`` takes for INDICATOR."""


@cli.command(epilog=example_text("workbook explain RUBRIC INDICATOR --data figures.yaml"))
@click.argument("rubric")
@click.argument("indicator")
@data_option
@json_option
def explain(rubric: str, indicator: str, data: Path, as_json: bool) -> None:
    """Trace one indicator: figures, rate, band, points, clause; or the TOTAL."""
    from workbook import api
    from workbook.as_json import exact, indicator_result
    from workbook.cli import show
    from workbook.rubric.headings import indicator_headings
    from workbook.rubric.provenance import indicator_origins, mark, marked_title
    from workbook.rubric.states import IndicatorState
    from workbook.scorer.total_steps import total_steps

    loaded = api.load_rubric(rubric)
    read = api.read_inputs_of(loaded, data)
    show.print_findings(read.findings)
    if indicator in TOTAL and indicator not in loaded.indicator:
        evaluation = api.score(loaded, read.inputs)
        steps = list(total_steps(evaluation))
        if as_json:
            total = {"total": exact(evaluation.total), "grade": evaluation.grade, "steps": steps}
            show.print_json({"rubric": loaded.id, "status": loaded.status, **total})
        else:
            click.echo("\n".join(steps))
        return
    one = api.explain(loaded, indicator, read.inputs)
    if as_json:
        show.print_json({"rubric": loaded.id, "status": loaded.status, **indicator_result(one)})
        return
    words = {
        "figure": "数据",
        "rate": "比率",
        "rule": "计分",
        "points": "得分",
        "clause": "条款",
        "interpretation": "口径",
        "origin": "来源",
        "open": "待填",
    }
    click.echo(
        f"{indicator_headings(loaded)[one.indicator.id]}："
        f"得分 {exact(one.score) or one.state.value}，分值 {one.indicator.points:.2f}，"
        f"扣分 {exact(one.deduction) or ('待定' if one.state is IndicatorState.OPEN else '无')}"
    )
    if mark(loaded):
        click.echo(marked_title(loaded))
    for text in indicator_origins(loaded, one.indicator):
        click.echo(text)
    for item in one.items:
        earned = exact(item.shown) or one.state.value
        click.echo(f"\n{item.item.place}（{item.item.points.normalize():f} 分）：{earned}")
        for step in item.steps:
            click.echo(f"  {words[step.step]}  {step.text}")


@cli.command(epilog=example_text("workbook demo"))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("output"), help="Folder to write."
)
@json_option
def demo(output: Path, as_json: bool) -> None:
    """Run the main job on the published evaluations: write, fill, verify, compare."""
    from workbook.cli.demo import run_demo

    sys.exit(PASS if run_demo(output, as_json=as_json) else FAILED)
