"""The commands that read finished reports. Heavy modules load inside them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook.cli.group import FAILED, PASS, cli, example_text, json_option
from workbook.cli.sources import sources

if TYPE_CHECKING:
    from workbook.report_reader.judging import Checked

_LISTED = 12
"""Numbers without a meaning that the terminal lists; all of them are in --json and --html."""


@cli.command(
    "check-report", epilog=example_text("workbook check-report 自评报告.docx --workbook 自评表.xlsx")
)
@click.argument("report", type=click.Path(path_type=Path))
@click.option(
    "--workbook", "workbook_file", required=True, type=click.Path(path_type=Path), metavar="FILE.xlsx",
    help="The filled workbook; it is verified first.",
)  # fmt: skip
@click.option(
    "--rubric", "specs", multiple=True, metavar="SPEC", help="Make an own spec known; may be repeated."
)
@click.option(
    "--html",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the report with its figures marked.",
)
@click.option(
    "--annotated", type=click.Path(path_type=Path), metavar="FILE.docx",
    help="Write a copy with a comment at each figure that is wrong.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Write over files that are there.")
@json_option
def check_report(
    report: Path,
    workbook_file: Path,
    specs: tuple[str, ...],
    html: Path | None,
    annotated: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Check the figures of a finished report (.docx, PDF, text) against its workbook."""
    from workbook import api
    from workbook.cli import show
    from workbook.files import refuse_overwriting, write_atomically

    outputs = [path for path in (html, annotated) if path is not None]
    read_files = sources(report, workbook_file, rubrics=specs)
    read_files.refuse(outputs)
    if not force:
        refuse_overwriting(outputs)
    checked = api.check_report(report, workbook_file, specs=specs)
    if html is not None:
        from workbook.reports.report_page import report_page

        write_atomically(html, report_page(checked, report.name).encode(), force=force, sources=read_files)
    if annotated is not None:
        from workbook.reports.annotated_report import annotated_report

        write_atomically(annotated, annotated_report(checked, report), force=force, sources=read_files)
    if as_json:
        from workbook.report_reader.as_data import checked_result

        show.print_json(checked_result(checked))
    else:
        _print(checked, report)
        for path in outputs:
            click.echo(f"已写入 {path}")
    sys.exit(PASS if checked.holds else FAILED)


def _print(checked: Checked, report: Path) -> None:
    from workbook.cli import show
    from workbook.report_reader.model import Told
    from workbook.report_reader.naming import WORDS, place_text, target_name

    document, rubric = checked.reading.document, checked.rubric
    rows = [
        (
            place_text(document, one.statement.place),
            target_name(rubric, one.statement.target),
            one.statement.numeral.text + one.statement.numeral.unit_text,
            one.expected or "—",
            WORDS[one.verdict],
        )
        for one in checked.judged
        if one.verdict is not Told.AGREE
    ]
    if rows:
        show.print_table(report.name, ("位置", "数据", "报告", "应为", "结论"), rows)
    show.print_findings(checked.findings, err=False)
    counts = checked.counts
    click.echo(
        f"读到 {len(checked.judged)} 处数据："
        + "，".join(f"{word} {counts[told]}" for told, word in WORDS.items())
    )
    unplaced = checked.reading.unplaced
    click.echo(f"另有 {len(unplaced)} 个数没有对应的数据，不作判断：")
    for other in unplaced[:_LISTED]:
        click.echo(f"  {place_text(document, other.place)}“{other.quote}”（{other.why}）")
    if len(unplaced) > _LISTED:
        click.echo("  …… 用 --html 或 --json 查看全部")


@cli.command(
    "read-report", epilog=example_text("workbook read-report 自评报告.docx --rubric RUBRIC -o 数据.yaml")
)
@click.argument("report", type=click.Path(path_type=Path))
@click.option("--rubric", required=True, metavar="RUBRIC", help="The rubric whose figures are looked for.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE.yaml",
    help="Write the suggestions as DATA.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@json_option
def read_report(report: Path, rubric: str, output: Path | None, force: bool, as_json: bool) -> None:
    """Read the figures of a finished report as suggestions for DATA, each with its place."""
    from workbook import api
    from workbook.cli import show
    from workbook.files import refuse_overwriting, write_atomically
    from workbook.findings import found as finding
    from workbook.report_reader.suggestions import suggestions, suggestions_result, suggestions_yaml

    loaded = api.load_rubric(rubric)
    outputs = [] if output is None else [output]
    read_files = sources(report, rubrics=(rubric,))
    read_files.refuse(outputs)
    if not force:
        refuse_overwriting(outputs)
    reading = api.read_report(report, loaded)
    found = suggestions(reading, loaded)
    if not found:
        show.print_findings([finding("REPORT_NOTHING_READ")])
    if output is not None:
        text = suggestions_yaml(found, reading, loaded, report.name)
        write_atomically(output, text.encode(), force=force, sources=read_files)
    if as_json:
        show.print_json(suggestions_result(found, reading))
    elif output is not None:
        several = sum(bool(one.others) for one in found)
        click.echo(f"已写入 {output}：{len(found)} 项建议，其中 {several} 项报告前后不一；请逐项核对。")
    else:
        click.echo(suggestions_yaml(found, reading, loaded, report.name), nl=False)
