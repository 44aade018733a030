"""Commands about rubrics and the workbooks that are issued. Heavy modules load inside the commands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook.cli.group import FAILED, PASS, cli, example_text, json_option, with_progress
from workbook.cli.sources import sources

if TYPE_CHECKING:
    from datetime import date, datetime

    from workbook.files import Sources
    from workbook.rubric.inputs import Inputs
    from workbook.rubric.model import Rubric


@cli.command(epilog=example_text("workbook rubrics --json"))
@json_option
def rubrics(as_json: bool) -> None:
    """List the rubric versions."""
    from workbook import api
    from workbook.cli import show
    from workbook.rubric.provenance import status_label

    listed = api.rubrics()
    if as_json:
        show.print_json({"rubrics": listed})
        return
    rows = [
        (
            one["id"],
            one["title"],
            one["issuer"],
            str(one["fiscal_year"]),
            str(one["points"]),
            status_label(one["status"]),
        )
        for one in listed
    ]
    show.print_table("评分标准", ("id", "名称", "发布单位", "年度", "满分", "状态"), rows)


@cli.command(epilog=example_text("workbook describe RUBRIC --json"))
@click.argument("rubric")
@json_option
def describe(rubric: str, as_json: bool) -> None:
    """Show the public map of a rubric's workbook: every field, indicator and result with its cell."""
    from workbook import api
    from workbook.cli import show
    from workbook.rubric.provenance import mark, notice

    loaded = api.load_rubric(rubric)
    data = api.describe(loaded)
    if as_json:
        show.print_json(data)
        return
    needed = {True: "必填", False: "选填", "conditional": "视情况"}
    rows = [
        (one["id"], one["label"], one["unit"], needed[one["required"]], f"{one['sheet']}!{one['cell']}")
        for one in data["fields"]
    ]
    show.print_table(
        f"{data['rubric']}{mark(loaded)}（模板 {data['template']}）填报数据",
        ("id", "填报项目", "单位", "要求", "单元格"),
        rows,
    )
    rows = [
        (one["id"], one["name"], one["group"], str(one["points"]), f"{one['sheet']}!{one['cell']}")
        for one in data["indicators"]
    ]
    show.print_table("三级指标", ("id", "指标", "二级指标", "分值", "得分单元格"), rows)
    if told := notice(loaded):
        click.echo(told)


@cli.command(epilog=example_text("workbook check my-district-2025.yaml"))
@click.argument("specs", nargs=-1, required=True, metavar="SPEC...")
@json_option
def check(specs: tuple[str, ...], as_json: bool) -> None:
    """Lint rubric specs: errors and warnings with file, line, clause and what to change."""
    from workbook.as_json import finding_result
    from workbook.check.run import check_spec
    from workbook.cli import show
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


@cli.command(epilog=example_text("workbook new RUBRIC --department 区教育局 -o 自评表.xlsx"))
@click.argument("rubric")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The file, or with --roster the folder, to write."
)
@click.option("--department", help="Stamp the department's name and an issue id.")
@click.option("--issue-id", metavar="ID", help="Stamp this issue id: 1 to 40 of A-Z a-z 0-9 . _ -")
@click.option(
    "--data", type=click.Path(path_type=Path), help="Pre-fill from YAML, JSON, CSV or a filled workbook."
)
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    help="CSV with a column 部门名称, maybe also 邮箱, 联系人, 下发编号: "
    "one workbook and one mail draft (.eml) per department.",
)
@click.option("--sender", metavar="ADDRESS", help="From of the mail drafts.")
@click.option(
    "--deadline", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Named in the mails: 2025-03-31."
)
@click.option("--force", is_flag=True, help="Overwrite files that are already there.")
@json_option
def new(
    rubric: str, output: Path | None, department: str | None, issue_id: str | None, data: Path | None,
    roster: Path | None, sender: str | None, deadline: datetime | None, force: bool, as_json: bool,
) -> None:  # fmt: skip
    """Write the workbook of a rubric, blank or pre-filled."""
    from workbook import api
    from workbook.cli import show
    from workbook.files import write_atomically
    from workbook.issue.roster import workbook_name
    from workbook.rubric.inputs import BLANK

    if roster is not None and department is not None:
        raise click.UsageError("--department 与 --roster 不能同时使用")
    if roster is not None and issue_id is not None:
        raise click.UsageError("--issue-id 与 --roster 不能同时使用；请在名册中加“下发编号”一栏")
    if roster is None and (sender is not None or deadline is not None):
        raise click.UsageError("--sender、--deadline 用于邮件草稿，只能与 --roster 一起使用")
    loaded = api.load_rubric(rubric)
    read_files = sources(data, roster, rubrics=[rubric])
    inputs = BLANK
    mails: list[Path] = []
    if output is not None and roster is None:
        read_files.refuse([output])
    if data is not None:
        read = api.read_inputs_of(loaded, data)
        inputs = read.inputs
        show.print_findings(read.findings)
    if roster is None:
        name = workbook_name(loaded.id, department or inputs.word("department"))
        path = output or Path("output") / name
        content = api.new_workbook(loaded, department=department, inputs=inputs, issue=issue_id)
        write_atomically(path, content, force=force, sources=read_files)
        files = [path]
    else:
        due = deadline.date() if deadline is not None else None
        files, mails = _issue_to_roster(
            loaded, roster, output or Path("output"), inputs,
            sender=sender, deadline=due, force=force, read_files=read_files,
        )  # fmt: skip
    if as_json:
        show.print_json(
            {"rubric": loaded.id, "files": [str(one) for one in files], "mails": [str(one) for one in mails]}
        )
    else:
        for path in (*files, *mails):
            click.echo(f"已写入 {path}")


def _issue_to_roster(
    rubric: Rubric,
    roster: Path,
    folder: Path,
    inputs: Inputs,
    *,
    sender: str | None,
    deadline: date | None,
    force: bool,
    read_files: Sources,
) -> tuple[list[Path], list[Path]]:
    """Write workbooks and mail drafts, all or none; all is checked before the first. Raises Refused."""
    from workbook.files import FileSet
    from workbook.findings import Refused
    from workbook.issue.roster import address_findings, read_roster, workbook_name
    from workbook.issue.workbooks import issue_all, processors

    if sender is not None and (findings := tuple(address_findings(sender))):
        raise Refused(findings)
    departments = read_roster(roster)
    names = [workbook_name(rubric.id, one.name) for one in departments]
    pairs = [(name, str(Path(name).with_suffix(".eml"))) for name in names]
    target = FileSet(folder, [name for pair in pairs for name in pair], force=force, sources=read_files)
    target.check()
    made = issue_all(
        rubric, departments,
        inputs=inputs, sender=sender, deadline=deadline, jobs=processors(len(departments)),
    )  # fmt: skip
    with target:
        for (book, mail), one in zip(pairs, with_progress(made, "下发", total=len(pairs)), strict=True):
            target.add(book, one.workbook)
            target.add(mail, one.mail)
    return [folder / name for name, _ in pairs], [folder / name for _, name in pairs]


@cli.command(epilog=example_text("workbook release RUBRIC"))
@click.argument("rubric")
@json_option
def release(rubric: str, as_json: bool) -> None:
    """Keep the fingerprint of a built-in rubric's current template, as a new released version."""
    from workbook import api
    from workbook.author.release import release_template
    from workbook.cli import show

    version, path, fresh = release_template(api.load_rubric(rubric))
    if as_json:
        show.print_json({"rubric": rubric, "template": version, "path": str(path), "new": fresh})
    else:
        click.echo(f"{rubric} 第 {version} 版模板：{path}（{'新发布' if fresh else '与已发布的相同'}）")
