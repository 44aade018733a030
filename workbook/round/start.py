"""Begin a round: its ledger, and a workbook with its mail for each department."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from workbook.files import FileSet
from workbook.findings import Refused, found
from workbook.issue.roster import Department as Addressee
from workbook.issue.roster import address_findings, workbook_name
from workbook.issue.workbooks import Issued, issue_all, processors, refuse_unfit
from workbook.ledger import Draft
from workbook.load.builtin import builtin_ids
from workbook.load.rubric import spec_hash
from workbook.round.clerk import Clerk
from workbook.round.folder import ISSUED, Folder
from workbook.round.model import Kind
from workbook.rubric.model import Rubric
from workbook.template.identity import issue_id

Progress = Callable[[Iterator[Issued], int], Iterable[Issued]]


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
    progress: Progress = lambda items, total: items,
) -> Started:
    """Issue everything and record it; for whoever holds the ledger.

    What was interrupted goes on when it is called with the same arguments. ``source`` is how the rubric was
    named. Raises Refused, before anything is written where that is known before.
    """
    if sender is not None and (findings := tuple(address_findings(sender))):
        raise Refused(findings)
    for one in roster:
        refuse_unfit(rubric, one.name, one.issue)
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
        made = issue_all(rubric, roster, sender=sender, deadline=deadline, jobs=processors(len(roster)))
        for one, sent in zip(roster, progress(made, len(roster)), strict=True):
            name = workbook_name(rubric.id, one.name)
            books.append(files.add(name, sent.workbook))
            mails.append(files.add(str(Path(name).with_suffix(".eml")), sent.mail))
            drafts.append(issued(rubric, one, name, sent.workbook))
    folder.ledger.append(drafts, time=clerk.now, actor=clerk.actor)
    return Started(books, mails)


def issued(rubric: Rubric, one: Addressee, name: str, book: bytes, kind: str = Kind.ISSUED) -> Draft:
    """The event that a department got its workbook."""
    department = one.issue or issue_id(rubric.id, one.name)
    data = {"name": one.name, "email": one.email, "contact": one.contact, "file": name}
    return Draft(kind, department, hashlib.sha256(book).hexdigest(), department, data)


def issue_one(folder: Folder, rubric: Rubric, one: Addressee, sender: str | None, deadline: date) -> Draft:
    """Write the workbook and the mail of a department that came later; the event that says so."""
    (made,) = issue_all(rubric, [one], sender=sender, deadline=deadline)
    name = workbook_name(rubric.id, one.name)
    with _target(folder, rubric, [one], force=True) as files:
        files.add(name, made.workbook)
        files.add(str(Path(name).with_suffix(".eml")), made.mail)
    return issued(rubric, one, name, made.workbook, Kind.ADDED)


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
