"""The commands. Each wraps a function of :mod:`workbook.api`; heavy modules load inside the commands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from workbook import __version__
from workbook.cli.show import prepare_streams

PASS, FAILED, UNUSABLE = 0, 1, 2
_JSON = "workbook.json"


class _Group(click.Group):
    """A group whose refusals are findings in Chinese and exit status 2, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        from workbook.findings import Refused

        try:
            return super().invoke(ctx)
        except Refused as refusal:
            _refuse(refusal.findings, as_json=bool(ctx.meta.get(_JSON)))
        except KeyboardInterrupt:
            click.echo("已中断。", err=True)
            ctx.exit(130)


def _refuse(findings: Any, *, as_json: bool) -> None:
    from workbook.cli import show
    from workbook.describe import finding_result

    if as_json:
        show.print_json({"findings": [finding_result(finding) for finding in findings]})
    show.print_findings(findings)
    sys.exit(UNUSABLE)


def _example(text: str) -> str:
    return f"\b\nExample:\n  {text}"


@click.group(
    cls=_Group,
    epilog=_example("workbook new yantian-2023 -o 自评表.xlsx"),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="workbook")
def cli() -> None:
    """Scored Excel workbooks, an exact scorer and a verifier for budget performance self-evaluations."""


def _remember_json(ctx: click.Context, _: click.Parameter, value: bool) -> bool:
    """Refusals are printed outside the command; they must know whether JSON was asked for."""
    ctx.meta[_JSON] = value
    return value


json_option = click.option(
    "--json", "as_json", is_flag=True, callback=_remember_json, help="Print one JSON document on stdout."
)
data_option = click.option(
    "--data",
    type=click.Path(path_type=Path),
    required=True,
    help="YAML, JSON or a filled workbook: {field_id: value}.",
)


@cli.command(epilog=_example("workbook rubrics --json"))
@json_option
def rubrics(as_json: bool) -> None:
    """List the rubric versions."""
    from workbook import api
    from workbook.cli import show

    listed = api.rubrics()
    if as_json:
        show.print_json({"rubrics": listed})
        return
    rows = [
        (one["id"], one["title"], one["issuer"], str(one["fiscal_year"]), str(one["points"]), one["status"])
        for one in listed
    ]
    show.print_table("评分标准", ("id", "名称", "发布单位", "年度", "满分", "状态"), rows)


@cli.command(epilog=_example("workbook describe dapeng-2024 --json"))
@click.argument("rubric")
@json_option
def describe(rubric: str, as_json: bool) -> None:
    """Show the public map of a rubric's workbook: every field, indicator and result with its cell."""
    from workbook import api
    from workbook.cli import show

    data = api.describe(api.load_rubric(rubric))
    if as_json:
        show.print_json(data)
        return
    needed = {True: "必填", False: "选填", "conditional": "视情况"}
    rows = [
        (one["id"], one["label"], one["unit"], needed[one["required"]], f"{one['sheet']}!{one['cell']}")
        for one in data["fields"]
    ]
    show.print_table(
        f"{data['rubric']}（模板 {data['template']}）填报数据",
        ("id", "填报项目", "单位", "要求", "单元格"),
        rows,
    )
    rows = [
        (one["id"], one["name"], one["group"], str(one["points"]), f"{one['sheet']}!{one['cell']}")
        for one in data["indicators"]
    ]
    show.print_table("三级指标", ("id", "指标", "二级指标", "分值", "得分单元格"), rows)


@cli.command(epilog=_example("workbook check my-district-2025.yaml"))
@click.argument("specs", nargs=-1, required=True, metavar="SPEC...")
@json_option
def check(specs: tuple[str, ...], as_json: bool) -> None:
    """Lint rubric specs: errors and warnings with file, line, clause and what to change."""
    from workbook.check.run import check_spec
    from workbook.cli import show
    from workbook.describe import finding_result
    from workbook.findings import has_errors
    from workbook.load.rubric import find_spec

    results = [(path, check_spec(path)) for path in (find_spec(spec) for spec in specs)]
    if as_json:
        show.print_json(
            {
                "files": [
                    {"path": str(path), "findings": [finding_result(one) for one in findings]}
                    for path, findings in results
                ]
            }
        )
    else:
        for path, findings in results:
            click.echo(f"{path}：{'有错误' if has_errors(findings) else '通过'}，{len(findings)} 条")
            show.print_findings(findings, err=False)
    sys.exit(FAILED if any(has_errors(findings) for _, findings in results) else PASS)


@cli.command(epilog=_example("workbook new dapeng-2024 --department 区教育局 -o 自评表.xlsx"))
@click.argument("rubric")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The file, or with --roster the folder, to write."
)
@click.option("--department", help="Stamp the department's name and an issue id.")
@click.option(
    "--data", type=click.Path(path_type=Path), help="Pre-fill from YAML, JSON or a filled workbook."
)
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    help="CSV with a column 部门名称: one workbook per department.",
)
@click.option("--force", is_flag=True, help="Overwrite files that are already there.")
@json_option
def new(
    rubric: str, output: Path | None, department: str | None, data: Path | None, roster: Path | None,
    force: bool, as_json: bool,
) -> None:  # fmt: skip
    """Write the workbook of a rubric, blank or pre-filled."""
    from workbook import api
    from workbook.cli import show
    from workbook.files import write_atomically
    from workbook.roster import read_roster, workbook_name
    from workbook.spec.inputs import BLANK

    loaded = api.load_rubric(rubric)
    if roster is not None and department is not None:
        raise click.UsageError("--department 与 --roster 不能同时使用")
    inputs = BLANK
    if data is not None:
        read = api.read_inputs_of(loaded, data)
        inputs = read.inputs
        show.print_findings(read.findings)
    if roster is None:
        targets = [
            (
                output or Path("output") / workbook_name(loaded.id, department or inputs.word("department")),
                department,
            )
        ]
    else:
        folder = output or Path("output")
        targets = [(folder / workbook_name(loaded.id, name), name) for name in read_roster(roster)]
    written = []
    for path, name in _progress(targets, "下发"):
        write_atomically(path, api.new_workbook(loaded, department=name, inputs=inputs), force=force)
        written.append(str(path))
    if as_json:
        show.print_json({"rubric": loaded.id, "files": written})
    else:
        for path_text in written:
            click.echo(f"已写入 {path_text}")


@cli.command(epilog=_example("workbook score yantian-2023 --data figures.yaml --json"))
@click.argument("rubric")
@data_option
@json_option
def score(rubric: str, data: Path, as_json: bool) -> None:
    """Score DATA with the reference scorer."""
    from workbook import api
    from workbook.cli import show
    from workbook.describe import exact, score_result

    loaded = api.load_rubric(rubric)
    read = api.read_inputs_of(loaded, data)
    evaluation = api.score(loaded, read.inputs)
    show.print_findings(read.findings)
    if as_json:
        show.print_json(score_result(evaluation))
        return
    rows = [
        (
            one.indicator.name,
            f"{one.indicator.points:.2f}",
            exact(one.score) or "待填",
            exact(one.deduction) or "",
            one.state.value,
        )
        for one in evaluation.indicators
    ]
    show.print_table(loaded.title, ("三级指标", "分值", "得分", "扣分", "状态"), rows, right=1)
    low, high = evaluation.attainable
    click.echo(
        f"总分（已评部分） {exact(evaluation.total)}；可得分区间 {exact(low)} 至 {exact(high)}；"
        f"等级 {evaluation.grade or '待定'}；可报送 {'是' if evaluation.ready else '否'}"
    )


@cli.command(epilog=_example("workbook explain dapeng-2024 procurement --data figures.yaml"))
@click.argument("rubric")
@click.argument("indicator")
@data_option
@json_option
def explain(rubric: str, indicator: str, data: Path, as_json: bool) -> None:
    """Trace one indicator: figures, rate, band, points, clause."""
    from workbook import api
    from workbook.cli import show
    from workbook.describe import exact, indicator_result

    loaded = api.load_rubric(rubric)
    read = api.read_inputs_of(loaded, data)
    show.print_findings(read.findings)
    one = api.explain(loaded, indicator, read.inputs)
    if as_json:
        show.print_json({"rubric": loaded.id, **indicator_result(one)})
        return
    words = {
        "figure": "数据",
        "rate": "比率",
        "rule": "计分",
        "points": "得分",
        "clause": "条款",
        "interpretation": "口径",
        "open": "待填",
    }
    click.echo(
        f"{one.indicator.name}：得分 {exact(one.score) or '待填'}，分值 {one.indicator.points:.2f}，"
        f"扣分 {exact(one.deduction) or '待定'}"
    )
    for item in one.items:
        click.echo(
            f"\n{item.item.place}（{item.item.points.normalize():f} 分）：{exact(item.shown) or '待填'}"
        )
        for step in item.steps:
            click.echo(f"  {words[step.step]}  {step.text}")


@cli.command(epilog=_example("workbook verify 收件箱/ --json"))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--rubric", "specs", multiple=True, metavar="SPEC", help="Make an own spec known; may be repeated."
)
@json_option
def verify(paths: tuple[Path, ...], specs: tuple[str, ...], as_json: bool) -> None:
    """Verify returned workbooks: files and folders."""
    from workbook import api
    from workbook.cli import show
    from workbook.verify.collect import collect
    from workbook.verify.result import verify_result
    from workbook.verify.verdict import Verdict

    files = collect(paths)
    reports = list(_progress(api.verify(files, specs=specs), "核验", total=len(files)))
    result = verify_result(reports)
    if as_json:
        show.print_json(result)
    else:
        words = {
            Verdict.PASS: "通过",
            Verdict.INCOMPLETE: "未填完",
            Verdict.FAIL: "不通过",
            Verdict.UNREADABLE: "无法读取",
        }
        rows = [
            (
                Path(report.path).name,
                report.rubric or "",
                words[report.verdict],
                file["total"]["cached"] or "",
                file["total"]["recalculated"] or "",
                file["total"]["reference"] or "",
                file["grade"] or "",
            )
            for report, file in zip(reports, result["files"], strict=True)
        ]
        show.print_table(
            "核验结果",
            ("文件", "评分标准", "结论", "文件所示", "重新计算", "标准算法", "等级"),
            rows,
            right=3,
        )
        for report in reports:
            if report.findings:
                click.echo(report.path)
                show.print_findings(report.findings, err=False, most=20)
        click.echo("；".join(f"{words[Verdict(key)]} {count}" for key, count in result["summary"].items()))
    sys.exit(PASS if all(report.verdict is Verdict.PASS for report in reports) else FAILED)


@cli.command(epilog=_example("workbook demo"))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("output"), help="Folder to write."
)
@json_option
def demo(output: Path, as_json: bool) -> None:
    """Run the main job on the published evaluations: write, fill, verify, compare."""
    from workbook.cli.demo import run_demo

    sys.exit(PASS if run_demo(output, as_json=as_json) else FAILED)


@cli.command(epilog=_example("workbook release yantian-2023"))
@click.argument("rubric")
@json_option
def release(rubric: str, as_json: bool) -> None:
    """Keep the fingerprint of a built-in rubric's current template, as a new released version."""
    from workbook import api
    from workbook.cli import show
    from workbook.release import release_template

    version, path, fresh = release_template(api.load_rubric(rubric))
    if as_json:
        show.print_json({"rubric": rubric, "template": version, "path": str(path), "new": fresh})
    else:
        click.echo(f"{rubric} 第 {version} 版模板：{path}（{'新发布' if fresh else '与已发布的相同'}）")


def _progress(items: Any, label: str, *, total: int | None = None) -> Any:
    """Show a progress bar on a terminal when there are many items."""
    count = len(items) if total is None else total
    if count < 3 or not sys.stderr.isatty():
        yield from items
        return
    from rich.progress import track

    from workbook.cli.show import console

    yield from track(items, description=label, total=count, console=console(err=True))


def main() -> None:
    """The entry point ``workbook``."""
    prepare_streams()
    cli()
