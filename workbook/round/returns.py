"""Replies to what came since the last time: annotated copies, receipts, and what to do; once each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from workbook.intake.items import Origin
from workbook.ledger import Draft
from workbook.reports.copies import Drawings, annotated_copy
from workbook.reports.reply import reply_mail
from workbook.round.clerk import Clerk
from workbook.round.folder import Folder
from workbook.round.history import History
from workbook.round.letters import wrong_form
from workbook.round.model import Department, Filing, Kind, Round
from workbook.round.outgoing import Outgoing, mail_hash, own_form, send_out, stem
from workbook.round.standing import standing_of
from workbook.round.verifying import Verifier
from workbook.rubric.model import Rubric
from workbook.verifier.submission import Submission
from workbook.verifier.verification import WORDS, Verdict, Verification

_MOST_CHANGES = 20
_HELD = "没有计入"


def write_returns(
    folder: Folder, one: Round, rubric: Rubric, target: Path, clerk: Clerk, verifier: Verifier
) -> list[Path]:
    """Write what goes back to departments; for whoever holds the ledger. The paths written.

    ``verifier`` must give whole reports: copies are made from them. Raises Refused.
    """
    waiting = list(_waiting(one, clerk))
    whole = [(filing, data) for _, filing, data in _contents(folder, waiting) if data is not None]
    outcomes = verifier(((filing.name, data) for filing, data in whole), len(whole)) if whole else iter(())
    reports = {filing.key: report for (filing, _), report in zip(whole, outcomes, strict=True)}
    history, drawings = History(folder.ledger, one), Drawings()
    outgoing = []
    for department, filing, is_told in waiting:
        if not is_told:
            outgoing.append(_outgoing(one, department, filing, clerk, {}, None))
        elif filing.held:
            outgoing.append(_wrong(folder, one, rubric, department, filing, clerk))
        else:
            report = reports.get(filing.key) or _unreadable(history, filing)
            outgoing.append(_reply(one, department, filing, clerk, report, history, drawings))
    return send_out(folder, target, outgoing, clerk)


def reply_key(one: Round, department: Department, filing: Filing, clerk: Clerk) -> str:
    """What a reply is known by: what came, how it was filed, and what the clerk has refused of it."""
    refused = [
        decision.rests
        for decision in standing_of(one, department, clerk.today).decisions
        if not decision.accepted and filing is department.counted
    ]
    parts = [filing.key, str(filing.number), *sorted(refused)]
    return hashlib.sha256(":".join(parts).encode()).hexdigest()[:32]


def _waiting(one: Round, clerk: Clerk) -> Iterator[tuple[Department, Filing, bool]]:
    """What has not been replied to, and whether it gets a reply: what counts, and the newest if it is held.

    What was replaced before anybody could answer gets none.
    """
    for department in one.expected:
        counted = department.counted
        for filing in department.filings:
            if reply_key(one, department, filing, clerk) not in department.returned:
                newest_held = filing.held and filing is department.filings[-1]
                yield department, filing, filing is counted or newest_held


def _contents(
    folder: Folder, waiting: list[tuple[Department, Filing, bool]]
) -> Iterator[tuple[Department, Filing, bytes | None]]:
    for department, filing, is_told in waiting:
        readable = is_told and not filing.held and filing.facts["rubric"] is not None
        yield department, filing, folder.store.read(str(filing.about)) if readable else None


def _unreadable(history: History, filing: Filing) -> Verification:
    """The report on what no workbook could be read from, as it was recorded."""
    return Verification(filing.name, Verdict.UNREADABLE, findings=history.detail(filing).findings())


def _reply(
    one: Round, department: Department, filing: Filing, clerk: Clerk, report: Verification, history: History,
    drawings: Drawings,
) -> Outgoing:  # fmt: skip
    sender = department.email or filing.sender  # who writes from elsewhere gets nothing of what is known here
    entry = Submission(report, [Origin(Path(filing.name), sender=sender or None)], filing.about)
    copy = annotated_copy(entry, drawings)
    name = stem(filing.arrived, department, WORDS[report.verdict])
    more = list(_more(one, department, filing, clerk, history))
    mail = reply_mail(entry, copy, name=f"{name}.xlsx", sender=one.sender, more=more)
    files = {} if copy is None else {f"{name}.xlsx": copy.data}
    return _outgoing(one, department, filing, clerk, {**files, f"{name}.eml": mail}, mail)


def _more(
    one: Round, department: Department, filing: Filing, clerk: Clerk, history: History
) -> Iterator[str]:
    """What the round knows beside the workbook: refusals, mismatches of the name, what has changed."""
    for decision in standing_of(one, department, clerk.today).decisions:
        if not decision.accepted:
            yield f"“{decision.finding}”的说明没有被认可：{decision.reason}。请核实改正后重新报送。"
    for told in filing.findings:
        if told["code"] == "ROUND_NAME_OTHER":
            yield f"{told['message']}如已更名，请告知。"
    changed = history.changes(department, filing) if department.email else None
    if changed:
        yield "与上次报送相比："
        yield from (f"· {change.text()}" for change in changed[:_MOST_CHANGES])
        if len(changed) > _MOST_CHANGES:
            yield f"……另有 {len(changed) - _MOST_CHANGES} 处。"


def _wrong(
    folder: Folder, one: Round, rubric: Rubric, department: Department, filing: Filing, clerk: Clerk
) -> Outgoing:
    """The reply to what is not the department's own form, with that form."""
    name = stem(filing.arrived, department, _HELD)
    form = own_form(folder, rubric, department)
    to = department.email or None
    mail = wrong_form(one, department, filing, to=to, attachment=form)
    return _outgoing(one, department, filing, clerk, {f"{name}.eml": mail}, mail)


def _outgoing(
    one: Round,
    department: Department,
    filing: Filing,
    clerk: Clerk,
    files: dict[str, bytes],
    mail: bytes | None,
) -> Outgoing:
    data = {"files": list(files), "submission": filing.arrived}
    about = None if mail is None else mail_hash(mail)
    key = reply_key(one, department, filing, clerk)
    return Outgoing(Draft(Kind.RETURNED, department.id, about, key, data), files)
