"""Begin a round: its ledger, and a workbook with its mail for each department."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from workbook.api import new_workbook
from workbook.files import FileSet
from workbook.findings import Refused, found
from workbook.issue.letters import mail_draft
from workbook.issue.roster import Department as Addressee
from workbook.issue.roster import address_findings, workbook_name
from workbook.ledger import Draft
from workbook.load.builtin import builtin_ids
from workbook.load.rubric import spec_hash
from workbook.round.clerk import Clerk
from workbook.round.folder import ISSUED, Folder
from workbook.round.model import Kind
from workbook.rubric.model import Rubric
from workbook.template.identity import issue_id

Progress = Callable[[Sequence[Addressee], str], Iterable[Addressee]]


@dataclass(frozen=True, slots=True)
class Started:
    """A round that has begun: its workbooks and mail drafts, in the order of the roster."""

    files: list[Path]
    mails: list[Path]


def start_round(
    folder: Folder,
    rubric: Rubric,
    roster: Sequence[Addressee],
    clerk: Clerk,
    *,
    source: str,
    deadline: date,
    sender: str | None = None,
    progress: Progress = lambda items, label: items,
) -> Started:
    """Issue everything and record it; for whoever holds the ledger.

    What was interrupted goes on when it is called with the same arguments. ``source`` is how the rubric was
    named. Raises Refused, before anything is written where that is known before.
    """
    if sender is not None and (findings := tuple(address_findings(sender))):
        raise Refused(findings)
    began = {
        "rubric": rubric.id,
        "source": source if source in builtin_ids() else str(Path(source).resolve()),
        "spec": spec_hash(rubric),
        "title": f"{rubric.fiscal_year}年度{rubric.form_title}",
        "deadline": deadline.isoformat(),
        "sender": sender,
        "roster": hashlib.sha256(repr([asdict(one) for one in roster]).encode()).hexdigest(),
    }
    resumes = _resumes(folder, began)
    if not resumes:
        target = _target(folder, rubric, roster, force=False)
        target.check()
        folder.ledger.append(
            [Draft(Kind.STARTED, data=began, key="started")], time=clerk.now, actor=clerk.actor
        )
    books, mails, drafts = [], [], []
    with _target(folder, rubric, roster, force=True) as files:
        for one, book, mail in _made(rubric, progress(roster, "下发"), sender, deadline):
            name = workbook_name(rubric.id, one.name)
            books.append(files.add(name, book))
            mails.append(files.add(str(Path(name).with_suffix(".eml")), mail))
            drafts.append(issued(rubric, one, name, book))
    folder.ledger.append(drafts, time=clerk.now, actor=clerk.actor)
    return Started(books, mails)


def issued(rubric: Rubric, one: Addressee, name: str, book: bytes, kind: str = Kind.ISSUED) -> Draft:
    """The event that a department got its workbook."""
    department = one.issue or issue_id(rubric.id, one.name)
    data = {"name": one.name, "email": one.email, "contact": one.contact, "file": name}
    return Draft(kind, department, hashlib.sha256(book).hexdigest(), department, data)


def issue_one(folder: Folder, rubric: Rubric, one: Addressee, sender: str | None, deadline: date) -> Draft:
    """Write the workbook and the mail of a department that came later; the event that says so."""
    ((_, book, mail),) = _made(rubric, [one], sender, deadline)
    name = workbook_name(rubric.id, one.name)
    with _target(folder, rubric, [one], force=True) as files:
        files.add(name, book)
        files.add(str(Path(name).with_suffix(".eml")), mail)
    return issued(rubric, one, name, book, Kind.ADDED)


def _made(
    rubric: Rubric, roster: Iterable[Addressee], sender: str | None, deadline: date
) -> Iterable[tuple[Addressee, bytes, bytes]]:
    """Each department's workbook and mail."""
    for one in roster:
        book = new_workbook(rubric, department=one.name, issue=one.issue)
        yield one, book, mail_draft(rubric, one, workbook=book, sender=sender, deadline=deadline)


def _resumes(folder: Folder, began: dict[str, Any]) -> bool:
    """Whether this round was begun so and not finished; raises Refused where it was not begun so."""
    rows = folder.ledger.events(kinds=[Kind.STARTED, Kind.ISSUED])
    if not rows:
        return False
    if any(row.kind == Kind.ISSUED for row in rows):
        raise Refused([found("ROUND_EXISTS", path=folder.path)])
    if rows[0].data != began:
        raise Refused([found("ROUND_UNFINISHED", path=folder.path)])
    return True


def _target(folder: Folder, rubric: Rubric, roster: Sequence[Addressee], *, force: bool) -> FileSet:
    names = [workbook_name(rubric.id, one.name) for one in roster]
    every = [name for book in names for name in (book, str(Path(book).with_suffix(".eml")))]
    return FileSet(folder.path / ISSUED, every, force=force)
