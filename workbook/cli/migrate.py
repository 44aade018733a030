"""The command that makes this year's workbooks out of last year's. Heavy modules load inside it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbook.cli.group import FAILED, PASS, cli, example_text, json_option, with_progress
from workbook.cli.sources import sources

if TYPE_CHECKING:
    from workbook.files import Sources
    from workbook.reports.migrated import Migrated
    from workbook.rubric.model import Rubric
    from workbook.verifier.inbox import Inbox


@cli.command(epilog=example_text("workbook migrate 去年自评表.xlsx --to RUBRIC --report 沿用说明.xlsx"))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--to", "rubric", required=True, metavar="RUBRIC", help="The rubric of the new workbook.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="OUT",
    help="The .xlsx file to write, or a folder; by default the folder output.",
)  # fmt: skip
@click.option(
    "--rubric", "specs", multiple=True, metavar="SPEC", help="Make an own spec known; may be repeated."
)
@click.option(
    "--report", type=click.Path(path_type=Path), metavar="FILE.xlsx",
    help="Write here what was carried, is new and was dropped.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Write over files that are there.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes; by default one for each processor.")
@json_option
def migrate(
    paths: tuple[Path, ...],
    rubric: str,
    output: Path | None,
    specs: tuple[str, ...],
    report: Path | None,
    force: bool,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Make workbooks of RUBRIC from filled ones of another, with the figures that mean the same."""
    from workbook import api
    from workbook.cli import show
    from workbook.files import refuse_overwriting, write_atomically
    from workbook.load.builtin import builtin_ids
    from workbook.reports.migrated import migration_book
    from workbook.verifier.result import left_out_result

    many = len(paths) > 1 or any(path.is_dir() for path in paths)
    one_file = output is not None and output.suffix.lower() == ".xlsx"
    if many and one_file:
        raise click.UsageError("有多个原文件时，-o 应为文件夹，不能是 .xlsx 文件")
    target = api.load_rubric(rubric)
    known = specs if rubric in builtin_ids() else (rubric, *specs)
    named = [path for path in (report, output if one_file else None) if path is not None]
    sources(*paths, rubrics=known).refuse(named)
    if not force and report is not None:
        refuse_overwriting([report])
    inbox = api.receive(
        paths, specs=known, jobs=jobs, isolated=True, full=True,
        progress=lambda reports, total: with_progress(reports, "核验", total=total),
    )  # fmt: skip
    many = many or len(inbox.entries) != 1
    if many and one_file:
        raise click.UsageError("文件中有多个工作簿，-o 应为文件夹，不能是 .xlsx 文件")
    plans = list(_plans(inbox, target, output))
    outputs = [path for path in (report, *(path for path, _ in plans)) if path is not None]
    read_files = sources(*paths, rubrics=known)
    read_files.refuse(outputs)
    if not force:
        refuse_overwriting([path for path, _ in plans if path is not None])
    files = [
        _written(path, one, force=force, read_files=read_files) for path, one in with_progress(plans, "迁移")
    ]
    if report is not None:
        write_atomically(report, migration_book(files), force=force, sources=read_files)
    if as_json:
        results = [_result(one) for one in files]
        summary = {"migrated": sum(one.migration is not None for one in files), "files": len(files)}
        whole = {"files": results, "summary": summary, **left_out_result(inbox)}
        show.print_json(whole if many else results[0])
    else:
        _print(files, inbox, details=not many)
        if report is not None:
            click.echo(f"已写入 {report}")
    sys.exit(PASS if all(one.migration is not None for one in files) else FAILED)


def _plans(inbox: Inbox, target: Rubric, output: Path | None) -> Iterator[tuple[Path | None, Migrated]]:
    """For each file what is carried and where the new workbook goes; no path where there is none."""
    from workbook import api
    from workbook.files import safe_name
    from workbook.findings import Refused
    from workbook.reports.migrated import Migrated

    taken: set[str] = set()
    for entry in inbox.entries:
        report = entry.report
        try:
            migration = api.migrate_verified(report, target)
        except Refused as refusal:
            yield None, Migrated(report.path, report.rubric or "", findings=refusal.findings)
            continue
        one = Migrated(report.path, report.rubric or "", migration)
        if output is not None and output.suffix.lower() == ".xlsx":
            yield output, one
            continue
        origin = entry.origins[0]
        source = Path(origin.inside[-1] if origin.inside else origin.path).stem
        who = safe_name(one.department) or safe_name(source) or "空白"
        stem, number = f"{target.id}_{who}_沿用{migration.old.fiscal_year}年度", 1
        name = stem
        while name.casefold() in taken:
            number += 1
            name = f"{stem}（{number}）"
        taken.add(name.casefold())
        yield (output or Path("output")) / f"{name}.xlsx", one


def _written(path: Path | None, one: Migrated, *, force: bool, read_files: Sources) -> Migrated:
    """The new workbook at its place."""
    from dataclasses import replace

    from workbook import api
    from workbook.files import write_atomically

    if path is None or one.migration is None:
        return one
    data = api.new_workbook(one.migration.new, inputs=one.migration.inputs)
    write_atomically(path, data, force=force, sources=read_files)
    return replace(one, written=str(path))


def _result(one: Migrated) -> dict[str, Any]:
    from workbook.as_json import finding_result
    from workbook.migration.result import migration_result

    if one.migration is None:
        return {
            "source": one.source, "from": one.rubric or None, "file": None,
            "findings": [finding_result(finding) for finding in one.findings],
        }  # fmt: skip
    return {"source": one.source, **migration_result(one.migration), "file": one.written}


def _print(files: Sequence[Migrated], inbox: Inbox, *, details: bool) -> None:
    from workbook.cli import show
    from workbook.migration.result import counts
    from workbook.reports.migrated import warning

    for one in files:
        if one.migration is None:
            click.echo(f"{one.source}：不能迁移")
            show.print_findings(one.findings, err=False, most=20)
            continue
        if details:
            _print_details(one)
        count = counts(one.migration)
        click.echo(
            f"{one.source}（{one.migration.old.id}）：沿用 {count['carried']} 项，"
            f"取自明细 {count['from_tables']} 项，新增 {count['new']} 项，未沿用 {count['lost']} 项，"
            f"未带扣分原因 {count['reasons']} 条、佐证 {count['evidence']} 份；已写入 {one.written}"
        )
    for left in inbox.superseded:
        click.echo(f"不再计入：{left.origin}（{left.reason}，以 {left.by} 为准）")
    for ignored in inbox.ignored:
        click.echo(f"未处理：{ignored.origin}（{ignored.reason}）")
    done = sum(one.migration is not None for one in files)
    if done:
        click.echo(f"请注意：{warning(files)}")
    if not details:
        click.echo(f"已迁移 {done} 个，不能迁移 {len(files) - done} 个；逐项说明用 --report 写出。")


def _print_details(one: Migrated) -> None:
    """Print three tables: the inputs carried, new and dropped."""
    from workbook.cli import show
    from workbook.reports.migrated import NEEDED, short_text, wording_text
    from workbook.reports.words import clean

    migration = one.migration
    assert migration is not None
    carried = [
        (
            clean(each.new.label),
            short_text(each.figures),
            f"原：{clean(wording_text(each.old, each.new))}\n现：{clean(wording_text(each.new, each.old))}"
            if each.reworded
            else "",
        )
        for each in (*migration.carried, *migration.from_tables)
    ]
    show.print_table("沿用（上年度数，请逐项核对）", ("项目", "上年度数", "两个标准说法不同之处"), carried)
    added = [(clean(each.label), NEEDED[each.required]) for each in migration.added]
    show.print_table("新增（请填报）", ("项目", "要求"), added)
    dropped = [
        (clean(each.label), short_text(each.figures), clean(each.reason))
        for each in migration.dropped
        if each.figures
    ]
    show.print_table("未沿用", ("项目", "上年度数", "原因"), dropped)
