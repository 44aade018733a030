"""The command that verifies what came back. Heavy modules load inside it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook.cli.group import FAILED, PASS, cli, example_text, json_option, with_progress
from workbook.cli.sources import sources

if TYPE_CHECKING:
    from workbook.files import Sources
    from workbook.verifier.inbox import Inbox
    from workbook.verifier.isolated import Crew


@cli.command(epilog=example_text("workbook verify 收件箱/ --report 核验结果.xlsx --return 退回"))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--rubric", "specs", multiple=True, metavar="SPEC", help="Make an own spec known; may be repeated."
)
@click.option(
    "--report", type=click.Path(path_type=Path), metavar="FILE.xlsx", help="Write all results here."
)
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write them as one page.")
@click.option(
    "--return", "returns", type=click.Path(path_type=Path), metavar="DIR",
    help="Write an annotated copy and a reply mail for each file.",
)  # fmt: skip
@click.option(
    "--record", type=click.Path(path_type=Path), metavar="DIR",
    help="Write the record of each file that passes: its workbook made anew from its inputs.",
)  # fmt: skip
@click.option("--sender", metavar="ADDRESS", help="From of the reply mails.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
@click.option("--quick", is_flag=True, help="Leave the third engine out (workbook[engines]).")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes; by default one for each processor.")
@json_option
def verify(
    paths: tuple[Path, ...],
    specs: tuple[str, ...],
    report: Path | None,
    html: Path | None,
    returns: Path | None,
    record: Path | None,
    sender: str | None,
    force: bool,
    quick: bool,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Verify returned workbooks: files, folders, archives, mails and mailboxes."""
    from workbook.verifier.isolated import Crew

    wanted = _Wanted(report, html, returns, record, sender, force)
    # its processes load while all else loads here
    with Crew(specs, full=wanted.any, quick=quick, jobs=jobs) as crew:
        inbox = _receive(crew, paths, specs, wanted)
    from workbook.cli import show
    from workbook.verifier.result import inbox_result
    from workbook.verifier.verification import Verdict

    # what has come in meanwhile is a source as well
    written, records = _write(inbox, wanted, sources(*paths, rubrics=specs)) if wanted.any else ([], [])
    if as_json:
        show.print_json(inbox_result(inbox, records if record is not None else None))
    else:
        _print(inbox)
        for path in written:
            click.echo(f"已写入 {path}")
    passed = all(entry.report.verdict is Verdict.PASS for entry in inbox.entries)
    sys.exit(PASS if passed else FAILED)


def _receive(crew: Crew, paths: tuple[Path, ...], specs: tuple[str, ...], wanted: _Wanted) -> Inbox:
    """Verify everything, when nothing is in the way of what is to be written."""
    import rich.console
    import rich.table  # noqa: F401 - what prints loads before there is anything to print

    from workbook.files import refuse_overwriting
    from workbook.verifier.receiving import received_by

    sources(*paths, rubrics=specs).refuse(wanted.files)
    if not wanted.force:
        refuse_overwriting(wanted.files)
    for spec in specs:
        from workbook.api import load_rubric

        load_rubric(spec)  # a bad one is refused before anything is verified
    return received_by(
        crew, paths, progress=lambda reports, total: with_progress(reports, "核验", total=total)
    )


_MANY = 20
"""Files of which the terminal tells errors only."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The outputs that were asked for."""

    report: Path | None
    html: Path | None
    returns: Path | None
    record: Path | None
    sender: str | None
    force: bool

    @property
    def files(self) -> list[Path]:
        """Those that are one file."""
        return [path for path in (self.report, self.html) if path is not None]

    @property
    def any(self) -> bool:
        """Whether there is any."""
        return bool(self.files) or self.returns is not None or self.record is not None


def _write(inbox: Inbox, wanted: _Wanted, read_files: Sources) -> tuple[list[Path], list[Path | None]]:
    """Write each wanted file, whole or not at all. Returns the paths to tell of and each entry's record.

    Everything that can be in the way is looked for before the first is written. Raises Refused.
    """
    from workbook.files import refuse_overwriting, write_atomically
    from workbook.findings import Refused
    from workbook.issue.roster import address_findings
    from workbook.reports.records import records_set, write_records
    from workbook.reports.returns import returns_set, write_returns

    entries, force = inbox.entries, wanted.force
    if wanted.returns is not None:
        if wanted.sender is not None and (findings := tuple(address_findings(wanted.sender))):
            raise Refused(findings)
        returns_set(wanted.returns, entries, force=force, sources=read_files).check()
    if wanted.record is not None:
        records_set(wanted.record, entries, force=force, sources=read_files).check()
    read_files.refuse(wanted.files)
    if not force:
        refuse_overwriting(wanted.files)
    written, records = [], []
    if wanted.record is not None:
        records = write_records(wanted.record, entries, force=force, sources=read_files)
        written.append(wanted.record)
    if wanted.report is not None:
        from workbook.reports.report_book import report_book

        write_atomically(wanted.report, report_book(inbox), force=force, sources=read_files)
        written.append(wanted.report)
    if wanted.html is not None:
        from workbook.reports.page import report_html

        page = report_html(inbox).encode()
        write_atomically(wanted.html, page, force=force, sources=read_files)
        written.append(wanted.html)
    if wanted.returns is not None:
        write_returns(wanted.returns, entries, sender=wanted.sender, force=force, sources=read_files)
        written.append(wanted.returns)
    return written, records


def _print(inbox: Inbox) -> None:
    from workbook.cli import show
    from workbook.findings import Severity
    from workbook.rubric.provenance import status_mark
    from workbook.verifier.result import summary_result
    from workbook.verifier.verification import WORDS, Verdict

    rows = []
    for entry in inbox.entries:
        report, figures = entry.report, entry.report.figures
        rows.append(
            (
                Path(report.path).name,
                (report.rubric or "") + status_mark(figures.status),
                WORDS[report.verdict],
                *(total or "" for total in figures.total),
                figures.grade or "",
            )
        )
    show.print_table(
        "核验结果",
        ("文件", "评分标准", "结论", "文件所示", "重新计算", "标准算法", "等级"),
        rows,
        right=3,
    )
    many = len(inbox.entries) > _MANY
    for entry in inbox.entries:
        findings = [
            finding for finding in entry.report.findings if not many or finding.severity is Severity.ERROR
        ]
        if findings:
            click.echo(entry.report.path)
            show.print_findings(findings, err=False, most=20)
    if many:
        click.echo(f"文件多于 {_MANY} 个，以上只列错误；警告和提示请用 --report 或 --html 查看。")
    for one in inbox.superseded:
        click.echo(f"不再计入：{one.origin}（{one.reason}，以 {one.by} 为准）")
    for ignored in inbox.ignored:
        click.echo(f"未核验：{ignored.origin}（{ignored.reason}）")
    counts = summary_result(entry.report for entry in inbox.entries)
    parts = [f"{WORDS[Verdict(key)]} {count}" for key, count in counts.items()]
    if inbox.superseded:
        parts.append(f"被替代 {len(inbox.superseded)}")
    if inbox.ignored:
        parts.append(f"忽略 {len(inbox.ignored)}")
    click.echo("；".join(parts))
