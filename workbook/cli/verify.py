"""The command that verifies what came back. Heavy modules load inside it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook.cli.group import FAILED, PASS, cli, example_text, json_option, with_progress

if TYPE_CHECKING:
    from workbook.verifier.inbox import Inbox


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
    sender: str | None,
    force: bool,
    quick: bool,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Verify returned workbooks: files, folders, archives, mails and mailboxes."""
    from workbook import api
    from workbook.cli import show
    from workbook.files import refuse_overwriting
    from workbook.verifier.verdict import Verdict

    outputs = [path for path in (report, html) if path is not None]
    if not force:
        refuse_overwriting(outputs)
    inbox = api.receive(
        paths, specs=specs, jobs=jobs, isolated=True, quick=quick, full=bool(outputs) or returns is not None,
        progress=lambda outcomes, total: with_progress(outcomes, "核验", total=total),
    )  # fmt: skip
    written = _write(inbox, report, html, returns, sender=sender, force=force)
    if as_json:
        show.print_json(inbox.result())
    else:
        _print(inbox)
        for path in written:
            click.echo(f"已写入 {path}")
    passed = all(entry.outcome.verdict is Verdict.PASS for entry in inbox.entries)
    sys.exit(PASS if passed else FAILED)


_MANY = 20
"""Files of which the terminal tells errors only."""


def _write(
    inbox: Inbox,
    report: Path | None,
    html: Path | None,
    returns: Path | None,
    *,
    sender: str | None,
    force: bool,
) -> list[Path]:
    """What was asked for, whole or not at all; the paths to tell of."""
    if report is None and html is None and returns is None:
        return []
    from workbook.files import write_atomically
    from workbook.outcome.model import results_of

    results = results_of(inbox)
    written = []
    if report is not None:
        from workbook.outcome.tables import report_book

        write_atomically(report, report_book(results), force=force)
        written.append(report)
    if html is not None:
        from workbook.outcome.page import report_html

        write_atomically(html, report_html(results).encode(), force=force)
        written.append(html)
    if returns is not None:
        from workbook.outcome.returns import write_returns

        write_returns(returns, results.entries, sender=sender, force=force)
        written.append(returns)
    return written


def _print(inbox: Inbox) -> None:
    from workbook.cli import show
    from workbook.findings import Severity
    from workbook.spec.provenance import status_mark
    from workbook.verifier.verdict import WORDS, Verdict

    rows = []
    for entry in inbox.entries:
        outcome, file = entry.outcome, entry.outcome.result
        rows.append(
            (
                Path(outcome.path).name,
                (outcome.rubric or "") + status_mark(file["status"]),
                WORDS[outcome.verdict],
                file["total"]["cached"] or "",
                file["total"]["recalculated"] or "",
                file["total"]["reference"] or "",
                file["grade"] or "",
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
            finding for finding in entry.outcome.findings if not many or finding.severity is Severity.ERROR
        ]
        if findings:
            click.echo(entry.outcome.path)
            show.print_findings(findings, err=False, most=20)
    if many:
        click.echo(f"文件多于 {_MANY} 个，以上只列错误；警告和提示请用 --report 或 --html 查看。")
    for one in inbox.superseded:
        click.echo(f"不再计入：{one.origin}（{one.reason}，以 {one.by} 为准）")
    for ignored in inbox.ignored:
        click.echo(f"未核验：{ignored.origin}（{ignored.reason}）")
    counts = inbox.result()["summary"]
    parts = [f"{WORDS[Verdict(key)]} {count}" for key, count in counts.items()]
    if inbox.superseded:
        parts.append(f"被替代 {len(inbox.superseded)}")
    if inbox.ignored:
        parts.append(f"忽略 {len(inbox.ignored)}")
    click.echo("；".join(parts))
