"""Commands that change the roster of a collection round."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook.cli.group import example_text, json_option
from workbook.cli.round_acts import print_event, reason_option, rubric_of
from workbook.cli.rounds import clerk_of, folder_argument, round_group, waiting, writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.ledger import Event
    from workbook.round.clerk import Clerk
    from workbook.round.folder import Folder
    from workbook.round.model import Round


@round_group.group(
    epilog=example_text("workbook round roster rename 2025自评 区教育局 区教育和体育局 --reason 机构改革")
)
def roster() -> None:
    """Change the roster in the middle of a round; each change is an event with its reason."""


@roster.command(
    epilog=example_text(
        "workbook round roster add 2025自评 区数据局 --email sjj@example.gov.cn --reason 新设"
    )
)
@folder_argument
@click.argument("name")
@click.option("--email", default="", metavar="ADDRESS", help="Where its mails go.")
@click.option("--contact", default="", metavar="NAME", help="Whom they address.")
@click.option("--issue-id", metavar="ID", help="Its 下发编号: 1 to 40 of A-Z a-z 0-9 . _ -")
@reason_option
@writing
@json_option
def add(
    folder: Path, name: str, email: str, contact: str, issue_id: str | None, reason: str,
    ledger: str | None, actor: str | None, wait: float, as_json: bool,
) -> None:  # fmt: skip
    """Add a department, and write its workbook and mail draft."""
    from workbook.issue.roster import Department
    from workbook.round import roster as changes

    def work(opened: Folder, one: Round, clerk: Clerk) -> Event:
        addressee = Department(name, email, contact, issue_id)
        return changes.add(opened, one, rubric_of(one), addressee, reason, clerk)

    _change(folder, work, f"已加入“{name}”", ledger, actor, wait, as_json=as_json)


@roster.command(
    epilog=example_text("workbook round roster rename 2025自评 区教育局 区教育和体育局 --reason 机构改革")
)
@folder_argument
@click.argument("department")
@click.argument("name")
@reason_option
@writing
@json_option
def rename(
    folder: Path, department: str, name: str, reason: str,
    ledger: str | None, actor: str | None, wait: float, as_json: bool,
) -> None:  # fmt: skip
    """Give a department another name; its 下发编号 and what it sent stay."""
    from workbook.round import roster as changes
    from workbook.round.find import find_department

    def work(opened: Folder, one: Round, clerk: Clerk) -> Event:
        whose = find_department(one, department)
        return changes.rename(opened, one, rubric_of(one), whose, name, reason, clerk)

    _change(folder, work, f"“{department}”已更名为“{name}”", ledger, actor, wait, as_json=as_json)


@roster.command(
    epilog=example_text("workbook round roster merge 2025自评 区旅游局 区文化局 --reason 机构改革")
)
@folder_argument
@click.argument("department")
@click.argument("into")
@reason_option
@writing
@json_option
def merge(
    folder: Path, department: str, into: str, reason: str,
    ledger: str | None, actor: str | None, wait: float, as_json: bool,
) -> None:  # fmt: skip
    """Let another department reply for this one too."""
    from workbook.round import roster as changes
    from workbook.round.find import find_department

    def work(opened: Folder, one: Round, clerk: Clerk) -> Event:
        whose, heir = find_department(one, department), find_department(one, into)
        return changes.merge(opened, one, whose, heir, reason, clerk)

    _change(folder, work, f"“{department}”已并入“{into}”", ledger, actor, wait, as_json=as_json)


@roster.command(epilog=example_text("workbook round roster drop 2025自评 区旅游局 --reason 机构撤销"))
@folder_argument
@click.argument("department")
@reason_option
@writing
@json_option
def drop(
    folder: Path, department: str, reason: str,
    ledger: str | None, actor: str | None, wait: float, as_json: bool,
) -> None:  # fmt: skip
    """Expect no reply of a department any more."""
    from workbook.round import roster as changes
    from workbook.round.find import find_department

    def work(opened: Folder, one: Round, clerk: Clerk) -> Event:
        return changes.drop(opened, find_department(one, department), reason, clerk)

    _change(folder, work, f"“{department}”不再需要报送", ledger, actor, wait, as_json=as_json)


@roster.command(epilog=example_text("workbook round roster deadline 2025自评 2025-04-07 --reason 节假日顺延"))
@folder_argument
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE")
@click.option("--department", metavar="NAME", help="For this department only.")
@reason_option
@writing
@json_option
def deadline(
    folder: Path, day: datetime, department: str | None, reason: str,
    ledger: str | None, actor: str | None, wait: float, as_json: bool,
) -> None:  # fmt: skip
    """Set another deadline, for all departments or for one."""
    from workbook.round import roster as changes
    from workbook.round.find import find_department

    def work(opened: Folder, one: Round, clerk: Clerk) -> Event:
        whose = None if department is None else find_department(one, department)
        return changes.extend(opened, one, whose, day.date(), reason, clerk)

    whom = "全部部门" if department is None else f"“{department}”"
    _change(folder, work, f"{whom}的期限改为 {day.date()}", ledger, actor, wait, as_json=as_json)


def _change(
    folder: Path, work: Callable[[Folder, Round, Clerk], Event], told: str,
    ledger: str | None, actor: str | None, wait: float, *, as_json: bool,
) -> None:  # fmt: skip
    from workbook.round.fold import load_round
    from workbook.round.folder import open_round

    clerk, opened = clerk_of(actor), open_round(folder, ledger)
    with opened.held(clerk, "名册变动", wait=wait, waiting=waiting):
        event = work(opened, load_round(opened.ledger), clerk)
    print_event(event, told, as_json=as_json)
