"""Commands of the collection round: its beginning, what comes in, where it stands, whether it holds."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from workbook.cli.group import FAILED, PASS, cli, example_text, json_option, with_progress
from workbook.cli.sources import sources

if TYPE_CHECKING:
    from workbook.round.clerk import Clerk
    from workbook.round.collect import Collected
    from workbook.round.folder import Folder
    from workbook.round.model import Round
    from workbook.round.verifying import Verifier

_F = TypeVar("_F", bound=Callable[..., Any])

folder_argument = click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")


def writing(command: _F) -> _F:
    """The options of every command that writes into the ledger."""
    for option in (
        click.option(
            "--wait", type=click.FloatRange(0, 3600), default=20.0, show_default=True, metavar="SECONDS",
            help="How long to wait while somebody else writes.",
        ),
        click.option(
            "--actor", envvar="WORKBOOK_ACTOR", metavar="NAME", help="Who does this, for the ledger."
        ),
    ):  # fmt: skip
        command = option(command)
    return reading(command)


def reading(command: _F) -> _F:
    """The option of every command that reads the ledger."""
    return click.option(
        "--ledger", envvar="WORKBOOK_LEDGER", metavar="URL",
        help="Where the ledger is: postgresql://user@host/database; by default a file in DIR.",
    )(command)  # fmt: skip


def clock() -> datetime:
    """The moment of a command."""
    return datetime.now(UTC)


def clerk_of(actor: str | None) -> Clerk:
    """Who runs this command, and when."""
    from workbook.round.clerk import checked_clerk

    return checked_clerk(actor or getpass.getuser(), clock())


def waiting(who: str) -> None:
    """Say that somebody else is writing."""
    click.echo(f"{who}正在使用台账，等待中……", err=True)


def specs_of(one: Round, more: tuple[str, ...] = ()) -> list[str]:
    """The own specs of a round: its rubric, where it is none of the built-in ones."""
    from workbook.load.builtin import builtin_ids

    own = [] if one.source in builtin_ids() or more else [one.source]
    return [*own, *more]


@cli.group("round", epilog=example_text("workbook round today 2025自评 收件箱"))
def round_group() -> None:
    """Run a collection round: one folder and one ledger from the roster to the last reply."""


@round_group.command(
    epilog=example_text(
        "workbook round start 2025自评 --rubric RUBRIC --roster 名册.csv --deadline 2025-03-31"
    )
)
@folder_argument
@click.option("--rubric", required=True, help="A built-in rubric, or the path of a spec.")
@click.option("--roster", required=True, type=click.Path(path_type=Path), help="CSV, as for `new --roster`.")
@click.option(
    "--deadline", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The last day."
)
@click.option("--sender", metavar="ADDRESS", help="From of all mail drafts of the round.")
@click.option("--name", metavar="NAME", help="Name of the round in the ledger; by default that of DIR.")
@writing
@json_option
def start(
    folder: Path, rubric: str, roster: Path, deadline: datetime, sender: str | None, name: str | None,
    ledger: str | None, actor: str | None, wait: float, as_json: bool,
) -> None:  # fmt: skip
    """Begin a round: open its ledger, and write a workbook and a mail draft for each department."""
    from workbook import api
    from workbook.cli import show
    from workbook.issue.roster import read_roster
    from workbook.round.folder import new_folder
    from workbook.round.start import start_round

    clerk = clerk_of(actor)
    loaded, departments = api.load_rubric(rubric), read_roster(roster)
    made = new_folder(folder, ledger, name)
    with made.held(clerk, "开始", wait=wait, waiting=waiting):
        started = start_round(
            made, loaded, departments, clerk,
            source=rubric, deadline=deadline.date(), sender=sender,
            progress=lambda made, total: with_progress(made, "下发", total=total),
        )  # fmt: skip
    if as_json:
        show.print_json(
            {
                "round": made.round,
                "departments": len(departments),
                "files": [str(path) for path in started.files],
                "mails": [str(path) for path in started.mails],
            }
        )
        return
    click.echo(f"{made.round}：已为 {len(departments)} 家生成自评表和邮件草稿，在 {started.files[0].parent}")
    if silent := [one.name for one in departments if not one.email]:
        click.echo(f"名册中没有邮箱的 {len(silent)} 家，草稿没有收件人：{'、'.join(silent[:10])}")


@round_group.command(epilog=example_text("workbook round collect 2025自评 收件箱"))
@folder_argument
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--rubric", "specs", multiple=True, metavar="SPEC", help="Make an own spec known.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes; by default one for each processor.")
@writing
@json_option
def collect(
    folder: Path, paths: tuple[Path, ...], specs: tuple[str, ...], jobs: int | None,
    ledger: str | None, actor: str | None, wait: float, as_json: bool,
) -> None:  # fmt: skip
    """Take in mail, folders and archives: verify what is new, file it, say what changed."""
    from workbook.cli import show
    from workbook.cli.round_shown import collected_result, print_collected
    from workbook.round.fold import load_round
    from workbook.round.folder import open_round

    clerk, opened = clerk_of(actor), open_round(folder, ledger)
    with opened.held(clerk, "收取", wait=wait, waiting=waiting):
        taken = take_in(opened, paths, clerk, specs, jobs)
    one = load_round(opened.ledger)
    result = collected_result(opened, one, taken)
    if as_json:
        show.print_json(result)
    else:
        print_collected(taken, result, one, clerk.today)
    sys.exit(FAILED if taken.lost else PASS)


def take_in(
    opened: Folder, paths: tuple[Path, ...], clerk: Clerk, specs: tuple[str, ...], jobs: int | None
) -> Collected:
    """Collect with a progress bar; for whoever holds the ledger."""
    from workbook.round.basis import basis_of
    from workbook.round.collect import collect as collect_paths
    from workbook.round.fold import load_round

    known = specs_of(load_round(opened.ledger), specs)
    return collect_paths(opened, paths, clerk, verifier_of(known, jobs), basis_of(known))


def verifier_of(specs: list[str], jobs: int | None, *, full: bool = False) -> Verifier:
    """Verification in processes of their own, with a progress bar."""
    from workbook.round.verifying import isolated

    return isolated(
        specs,
        jobs=jobs,
        full=full,
        progress=lambda outcomes, total: with_progress(outcomes, "核验", total=total),
    )


@round_group.command(epilog=example_text("workbook round status 2025自评 --html 状态.html"))
@folder_argument
@click.option("--department", metavar="NAME", help="The whole history of one department.")
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write it as one page.")
@click.option(
    "--report", type=click.Path(path_type=Path), metavar="FILE.xlsx", help="Write it as a workbook."
)
@click.option("--all", "every", is_flag=True, help="List every department, however many there are.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
@reading
@json_option
def status(
    folder: Path, department: str | None, html: Path | None, report: Path | None, every: bool, force: bool,
    ledger: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Show where every department stands: not returned, to correct, incomplete, passed."""
    from workbook.cli import show
    from workbook.cli.round_shown import print_department, print_status
    from workbook.files import NOTHING, refuse_overwriting, write_atomically
    from workbook.round.clerk import day_of
    from workbook.round.find import find_department
    from workbook.round.fold import load_round
    from workbook.round.folder import open_round
    from workbook.round.standing import standings
    from workbook.round.status import find_standing, history_result, status_result

    opened = open_round(folder, ledger)
    outputs = [path for path in (html, report) if path is not None]
    kept = sources(folder / "round.json", opened.ledger.file, folder / "来件") if outputs else NOTHING
    kept.refuse(outputs)
    if not force:
        refuse_overwriting(outputs)
    one, today = load_round(opened.ledger), day_of(clock())
    every_standing = standings(one, today)
    if department is not None:
        from workbook.round.history import History

        standing = find_standing(one, find_department(one, department).id, today)
        result = history_result(one, standing, History(opened.ledger, one))
    else:
        result = status_result(one, every_standing, today)
    if html is not None:
        from workbook.round.page import status_html

        write_atomically(html, status_html(one, every_standing, today).encode(), force=force, sources=kept)
    if report is not None:
        from workbook.round.table import status_book

        write_atomically(report, status_book(one, every_standing), force=force, sources=kept)
    if as_json:
        show.print_json(result)
    elif department is not None:
        print_department(result)
    else:
        print_status(one, result, every_standing, every=every)
    if not as_json:
        for path in outputs:
            click.echo(f"已写入 {path}")


@round_group.command(epilog=example_text("workbook round audit 2025自评"))
@folder_argument
@click.option("--rubric", "specs", multiple=True, metavar="SPEC", help="Make an own spec known.")
@click.option("--quick", is_flag=True, help="Leave out verifying every kept workbook again.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes; by default one for each processor.")
@reading
@json_option
def audit(
    folder: Path, specs: tuple[str, ...], quick: bool, jobs: int | None, ledger: str | None, as_json: bool
) -> None:
    """Recompute the chain of events, every kept file and every verdict; exit 1 when something is broken."""
    from workbook.cli import show
    from workbook.round.audit import audit as audit_round
    from workbook.round.fold import load_round
    from workbook.round.folder import open_round

    opened = open_round(folder, ledger)
    known = specs_of(load_round(opened.ledger), specs)
    result = audit_round(opened, None if quick else verifier_of(known, jobs))
    if as_json:
        show.print_json(
            {
                "events": result.events,
                "last": result.last,
                "broken": [one.result() for one in result.broken],
            }
        )
    else:
        show.print_findings([one.finding for one in result.broken], err=False)
        word = f"{len(result.broken)} 处不符" if result.broken else "全部相符"
        click.echo(f"共 {result.events} 项记录，{word}。末项哈希 {result.last}")
    sys.exit(FAILED if result.broken else PASS)
