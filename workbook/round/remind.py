"""Reminders for who is missing, late, or has to correct; never twice on a day unless asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workbook.ledger import Draft
from workbook.ledger.event import moment_of
from workbook.round.clerk import Clerk, day_of
from workbook.round.details import Detail
from workbook.round.folder import Folder
from workbook.round.history import History
from workbook.round.letters import reminder
from workbook.round.model import MISSING, STATE_WORDS, Kind, Round, State
from workbook.round.outgoing import Outgoing, mail_hash, own_form, send_out, stem
from workbook.round.standing import Standing, standings
from workbook.rubric.model import Rubric

_REMINDED = MISSING | {State.TO_CORRECT, State.INCOMPLETE}


def write_reminders(
    folder: Folder,
    one: Round,
    rubric: Rubric,
    target: Path,
    clerk: Clerk,
    *,
    again: bool = False,
    every: int = 1,
    before: int | None = None,
) -> list[Path]:
    """Write the drafts; for whoever holds the ledger. The paths written. Raises Refused.

    Nobody is reminded twice within ``every`` days, unless ``again``, nor on a day on which something came or
    went back. ``before`` leaves out whoever has more days than that to reply.
    """
    history = History(folder.ledger, one)
    chosen = [
        one_of for one_of in standings(one, clerk.today) if _is_due(one_of, clerk, again, every, before)
    ]
    history.read(standing.counted for standing in chosen if standing.counted is not None)
    outgoing = [_outgoing(folder, one, rubric, standing, clerk, history) for standing in chosen]
    return send_out(folder, target, outgoing, clerk)


def _is_due(standing: Standing, clerk: Clerk, again: bool, every: int, before: int | None) -> bool:
    department = standing.department
    if standing.state not in _REMINDED:
        return False
    if before is not None and standing.state in MISSING and (standing.due - clerk.today).days > before:
        return False
    times = [*department.returned.values(), *(filing.sent for filing in department.filings)]
    if any(day_of(moment_of(time)) >= clerk.today for time in times):
        return False
    days = [(clerk.today - day_of(moment_of(time))).days for time in department.reminded]
    return again or all(day >= every for day in days)


def _outgoing(
    folder: Folder, one: Round, rubric: Rubric, standing: Standing, clerk: Clerk, history: History
) -> Outgoing:
    department = standing.department
    told: list[str] = []
    needs_form = standing.counted is None or standing.counted.held
    if standing.counted is not None:
        told = list(_told(standing, history.detail(standing.counted)))
    form = own_form(folder, rubric, department) if needs_form else None
    mail = reminder(one, standing, clerk.today, told, form)
    today = [time for time in department.reminded if day_of(moment_of(time)) == clerk.today]
    number = len(department.reminded) + 1
    name = f"{stem(number, department, STATE_WORDS[standing.state])}_{department.id}.eml"
    key = f"{department.id}:{clerk.today.isoformat()}:{len(today)}"
    data = {"file": name, "state": standing.state.value}
    return Outgoing(Draft(Kind.REMINDED, department.id, mail_hash(mail), key, data), {name: mail})


def _told(standing: Standing, detail: Detail) -> Iterator[str]:
    """What is to be corrected, heaviest first."""
    assert standing.counted is not None
    yield from (told["message"] for told in standing.counted.findings if standing.counted.held)
    for decision in standing.decisions:
        if not decision.accepted:
            yield f"“{decision.finding}”的说明没有被认可：{decision.reason}"
    if standing.counted.held:
        return
    for severity in ("error", "note", "warning"):
        for told in detail.result["findings"]:
            open_note = told["code"] in {"FIELD_OPEN", "REASON_OPEN"}
            if told["severity"] == severity and (severity == "error" or open_note):
                place = "!".join(part for part in (told["sheet"], told["cell"]) if part)
                yield f"{place}　{told['message']}" if place else told["message"]
