"""Commands of the collection round that reply, remind, decide, and change the roster."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbook.cli.group import FAILED, PASS, example_text, json_option
from workbook.cli.rounds import (
    clerk_of,
    folder_argument,
    round_group,
    specs_of,
    verifier_of,
    waiting,
    writing,
)  # fmt: skip

if TYPE_CHECKING:
    from workbook.ledger import Event
    from workbook.round.model import Round
    from workbook.rubric.model import Rubric

reason_option = click.option("--reason", required=True, metavar="TEXT", help="Why; kept in the ledger.")


def rubric_of(one: Round) -> Rubric:
    """The rubric of a round."""
    from workbook import api

    return api.load_rubric(one.source)


@round_group.command("return", epilog=example_text("workbook round return 2025自评"))
@folder_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="By default 退回/DATE.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes; by default one for each processor.")
@writing
@json_option
def return_(
    folder: Path, output: Path | None, jobs: int | None,
    ledger: str | None, actor: str | None, wait: float, as_json: bool,
) -> None:  # fmt: skip
    """Write annotated copies, replies and receipts for what came since the last time, once each."""
    from workbook.round.fold import load_round
    from workbook.round.folder import RETURNED, open_round
    from workbook.round.returns import write_returns

    clerk, opened = clerk_of(actor), open_round(folder, ledger)
    with opened.held(clerk, "退回", wait=wait, waiting=waiting):
        one = load_round(opened.ledger)
        reporter = verifier_of(specs_of(one), jobs, full=True)
        target = output or folder / RETURNED / clerk.today.isoformat()
        written = write_returns(opened, one, rubric_of(one), target, clerk, reporter)
    _print_files(written, "没有需要回复的。", as_json=as_json)


@round_group.command(epilog=example_text("workbook round remind 2025自评"))
@folder_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="By default 催报/DATE.")
@click.option("--again", is_flag=True, help="Also those who have been reminded today.")
@writing
@json_option
def remind(
    folder: Path, output: Path | None, again: bool,
    ledger: str | None, actor: str | None, wait: float, as_json: bool,
) -> None:  # fmt: skip
    """Write mail drafts to who is missing, late, or has to correct, with what to do."""
    from workbook.round.fold import load_round
    from workbook.round.folder import REMINDED, open_round
    from workbook.round.remind import write_reminders

    clerk, opened = clerk_of(actor), open_round(folder, ledger)
    with opened.held(clerk, "催报", wait=wait, waiting=waiting):
        one = load_round(opened.ledger)
        target = output or folder / REMINDED / clerk.today.isoformat()
        written = write_reminders(opened, one, rubric_of(one), target, clerk, again=again)
    _print_files(written, "没有需要催报的。", as_json=as_json)


@round_group.command(
    epilog=example_text("workbook round accept 2025自评 区教育局 CHECK_FAILED --reason 结转资金，情况属实")
)
@folder_argument
@click.argument("department")
@click.argument("finding")
@reason_option
@writing
@json_option
def accept(**arguments: Any) -> None:
    """Accept a department's explanation of a finding; kept as long as its figures are the same."""
    _decide(accepted=True, **arguments)


@round_group.command(
    epilog=example_text("workbook round refuse 2025自评 区教育局 CHECK_FAILED --reason 与决算报表不符")
)
@folder_argument
@click.argument("department")
@click.argument("finding")
@reason_option
@writing
@json_option
def refuse(**arguments: Any) -> None:
    """Refuse a department's explanation of a finding: it has to correct."""
    _decide(accepted=False, **arguments)


def _decide(
    folder: Path, department: str, finding: str, reason: str,
    ledger: str | None, actor: str | None, wait: float, as_json: bool, *, accepted: bool,
) -> None:  # fmt: skip
    from workbook.round.decide import decide
    from workbook.round.find import find_department
    from workbook.round.fold import load_round
    from workbook.round.folder import open_round

    clerk, opened = clerk_of(actor), open_round(folder, ledger)
    with opened.held(clerk, "认可或退回", wait=wait, waiting=waiting):
        one = load_round(opened.ledger)
        whose = find_department(one, department)
        event = decide(opened, one, whose, finding, reason, clerk, accepted=accepted)
    word = "已认可" if accepted else "已退回"
    print_event(event, f"{whose.name}：{word} {event.data['finding']}", as_json=as_json)


@round_group.command(epilog=example_text("workbook round assign 2025自评 17 区教育局 --reason 电话核实"))
@folder_argument
@click.argument("number", type=int)
@click.argument("department", required=False)
@click.option("--nobody", is_flag=True, help="It counts for no department.")
@reason_option
@writing
@json_option
def assign(
    folder: Path, number: int, department: str | None, nobody: bool, reason: str,
    ledger: str | None, actor: str | None, wait: float, as_json: bool,
) -> None:  # fmt: skip
    """Let what came under NUMBER count for a department, as its newest."""
    from workbook.round.decide import assign as assign_filing
    from workbook.round.find import find_department, find_filing
    from workbook.round.fold import load_round
    from workbook.round.folder import open_round

    if nobody == (department is not None):
        raise click.UsageError("请写一个部门，或者用 --nobody")
    clerk, opened = clerk_of(actor), open_round(folder, ledger)
    with opened.held(clerk, "归入部门", wait=wait, waiting=waiting):
        one = load_round(opened.ledger)
        whose = None if department is None else find_department(one, department)
        event = assign_filing(opened, one, find_filing(one, number), whose, reason, clerk)
    told = "不计入任何部门" if whose is None else f"计入“{whose.name}”"
    print_event(event, f"来件 {number}：{told}", as_json=as_json)


@round_group.command(epilog=example_text("workbook round today 2025自评 收件箱"))
@folder_argument
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="INBOX...")
@click.option(
    "--before", type=click.IntRange(0), default=3, show_default=True, metavar="DAYS",
    help="Remind who has not replied from so many days before the deadline.",
)  # fmt: skip
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes; by default one for each processor.")
@writing
@json_option
def today(
    folder: Path, paths: tuple[Path, ...], before: int, jobs: int | None,
    ledger: str | None, actor: str | None, wait: float, as_json: bool,
) -> None:  # fmt: skip
    """Do a morning's work: collect, write replies, receipts and reminders, print one page."""
    from workbook.cli import show
    from workbook.cli.round_shown import collected_result
    from workbook.round.basis import basis_of
    from workbook.round.fold import load_round
    from workbook.round.folder import open_round
    from workbook.round.today import play_today

    clerk, opened = clerk_of(actor), open_round(folder, ledger)
    with opened.held(clerk, "每日", wait=wait, waiting=waiting):
        one = load_round(opened.ledger)
        specs = specs_of(one)
        made = play_today(
            opened, rubric_of(one), paths, clerk, basis=basis_of(specs), before=before,
            verifier=verifier_of(specs, jobs), reporter=verifier_of(specs, jobs, full=True),
        )  # fmt: skip
    if as_json:
        show.print_json(
            {
                "folder": str(made.folder),
                "summary": made.summary,
                **collected_result(opened, load_round(opened.ledger), made.collected),
                "returned": [str(path) for path in made.returned],
                "reminded": [str(path) for path in made.reminded],
                "decisions": made.decisions,
            }
        )
    else:
        click.echo(made.page())
    sys.exit(FAILED if made.collected.lost else PASS)


def _print_files(written: list[Path], nothing: str, *, as_json: bool) -> None:
    from workbook.cli import show

    if as_json:
        show.print_json({"files": [str(path) for path in written]})
        return
    for path in written:
        click.echo(f"已写入 {path}")
    if not written:
        click.echo(nothing)


def print_event(event: Event, told: str, *, as_json: bool) -> None:
    """Tell of a recorded event."""
    from workbook.cli import show

    if as_json:
        show.print_json({"event": event.number, "kind": event.kind, "department": event.department})
    else:
        click.echo(f"{told}（第 {event.number} 项记录）")
