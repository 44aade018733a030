"""Take in what came: keep the bytes, verify what is new, file it under its department.

Bytes are kept before they are recorded, and recorded before they are verified. What was interrupted on the
way is taken up by the next run, from the kept bytes, whether the mail is still at hand or not.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from workbook.as_json import finding_result
from workbook.findings import Finding, Refused
from workbook.intake.collect import collect as intake
from workbook.intake.collect import count
from workbook.intake.items import Candidate, Ignored, Origin, Unreadable
from workbook.intake.mail import NO_ATTACHMENT
from workbook.ledger import Draft
from workbook.ledger.event import moment_text
from workbook.round.arrivals import Arrival, Containers, arrived, arrived_otherwise, mail_key, whence
from workbook.round.clerk import Clerk, sent_at
from workbook.round.details import detail_body, facts_of
from workbook.round.folder import Folder
from workbook.round.matching import Clues, Matcher
from workbook.round.model import Kind
from workbook.round.seen import Seen
from workbook.round.verifying import Verifier
from workbook.verifier.accompanying import Company
from workbook.verifier.verification import Verdict, Verification

_TOGETHER = 200
"""Events that are recorded at once."""

_SECONDS = 1.0
"""How long a verdict may wait to be recorded."""

ACCOMPANYING = "随工作簿寄来的其他材料"


@dataclass(slots=True)
class Collected:
    """What a run took in. ``again`` counts what was known and had to be verified once more.

    ``filed`` are the keys of what was filed now, ``noted`` mails without any attachment, ``ignored`` the
    reasons why parts of mails were left out, ``lost`` what could not be recorded.
    """

    new: int = 0
    known: int = 0
    again: int = 0
    filed: list[str] = field(default_factory=list)
    noted: list[Origin] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)


def collect(
    folder: Folder,
    paths: Sequence[Path],
    clerk: Clerk,
    verifier: Verifier,
    basis: str,
) -> Collected:
    """Take in everything at and below ``paths``; for whoever holds the ledger. Raises Refused.

    ``basis`` is what verdicts rest on: what was verified on another one is verified again.
    """
    folder.refuse_own(paths)
    run = _Run(folder, clerk, basis)
    total = count(paths)
    contents = chain(run.left_over(), run.contents(intake(paths)))
    first = next(contents, None)
    if first is not None:
        for outcome in verifier(chain((first,), contents), max(total, 1)):
            run.verified(outcome)
    run.finish()
    return run.collected


class _Run:
    def __init__(self, folder: Folder, clerk: Clerk, basis: str) -> None:
        self.folder, self.clerk, self.basis = folder, clerk, basis
        self.collected = Collected()
        self.seen = Seen.of(folder.ledger)
        self.matcher = Matcher(self.seen.round)
        self.company = Company()
        self.containers = Containers(folder.store)
        self.queue: deque[str] = deque()
        self.waiting: dict[str, list[Arrival]] = {}
        """Arrivals that are filed when their content is verified, by its hash."""
        self.known: list[Arrival] = []
        self.others: list[Unreadable] = []
        self.arrivals: set[str] = set()
        self.drafts: list[Draft] = []
        self.fresh: list[Arrival] = []
        self.documents: list[bytes] = []
        self.since = time.monotonic()

    def left_over(self) -> Iterator[tuple[str, bytes]]:
        """What an interrupted run has recorded and not filed."""
        for arrival in self.seen.unfiled():
            self.arrivals.add(arrival.key)
            if arrival.finding is not None or arrival.about is None:
                self._file_unreadable(arrival)
                continue
            try:
                data = self.folder.store.read(arrival.about)
            except Refused:
                self.arrivals.discard(arrival.key)  # it can still come in with its mail
                continue
            yield from self._wanted(arrival, data)

    def contents(self, items: Iterable[Candidate | Unreadable | Ignored]) -> Iterator[tuple[str, bytes]]:
        """The contents that have to be verified; everything else is taken note of."""
        for item in items:
            match item:
                case Candidate():
                    self.company.add(item.origin)
                    digest = hashlib.sha256(item.data).hexdigest()
                    arrival = arrived(item, digest)
                    if not self.folder.store.seems_whole(digest, len(item.data)):
                        self.folder.store.keep(item.data)
                    if self._is_new(arrival):
                        yield from self._wanted(arrival, item.data)
                case Unreadable():
                    self.others.append(item)
                case Ignored():
                    self._ignored(item)

    def verified(self, outcome: Verification) -> None:
        """Record a verdict, and file what waited for it."""
        digest = self.queue.popleft()
        body = detail_body(outcome)
        facts = facts_of(outcome, body, self.basis)
        self.seen.verified(digest, facts)
        self.documents.append(body)
        self.drafts.append(Draft(Kind.VERIFIED, about=digest, key=f"{digest}:{self.basis}", data=facts))
        self._flush_received()
        for arrival in self.waiting.pop(digest):
            self._file(arrival, facts)
        if len(self.drafts) >= _TOGETHER or time.monotonic() - self.since > _SECONDS:
            self._flush()

    def finish(self) -> None:
        """File what needs no verification, and see that nothing is lost."""
        self._flush_received()
        for arrival in self.known:
            self._file(arrival, self.seen.facts(str(arrival.about)))
        for item in self.others:
            if self.company.has(item):
                self.collected.ignored[ACCOMPANYING] += 1
                continue
            digest = None if item.origin.date else self.containers.digest(item.origin.path)
            arrival = arrived_otherwise(item, digest)
            if self._is_new(arrival):
                arrival.about = self.containers.keep(item.origin.path)
                self._receive(arrival)
                self._flush_received()
                self._file_unreadable(arrival)
        self._flush()
        kept = self.seen.keys_in(self.folder.ledger)
        self.collected.lost = sorted(self.arrivals - kept)

    def _is_new(self, arrival: Arrival) -> bool:
        """Whether something has not been filed yet, nor come in this run; counts it as known if it has."""
        if arrival.key in self.arrivals:
            self.collected.known += 1
            return False
        self.arrivals.add(arrival.key)
        if not self.seen.is_filed(arrival.key):
            return True
        self.collected.known += 1
        if arrival.about is not None and arrival.finding is None and not self._is_verified(arrival.about):
            self.collected.again += 1
            return True
        return False

    def _is_verified(self, digest: str) -> bool:
        return self.seen.is_verified(digest, self.basis)

    def _wanted(self, arrival: Arrival, data: bytes) -> Iterator[tuple[str, bytes]]:
        """Take note of an arrival; its content, where it has to be verified."""
        is_filed = self.seen.is_filed(arrival.key)
        self._receive(arrival)
        digest = str(arrival.about)
        if digest in self.waiting:
            if not is_filed:
                self.waiting[digest].append(arrival)
        elif self._is_verified(digest):
            self.known.append(arrival)
        else:
            self.queue.append(digest)
            self.waiting[digest] = [] if is_filed else [arrival]
            yield str(arrival.origin), data

    def _receive(self, arrival: Arrival) -> None:
        number = self.seen.number(arrival.key)
        if number is None:
            self.fresh.append(arrival)
            if len(self.fresh) >= _TOGETHER:
                self._flush_received()
        else:
            arrival.number = number

    def _flush_received(self) -> None:
        """Record what has come before anything that follows from it."""
        if not self.fresh:
            return
        drafts = [
            Draft(Kind.RECEIVED, about=one.about, key=one.key, data=_with_finding(one)) for one in self.fresh
        ]
        events = self.folder.ledger.append(drafts, time=self.clerk.now, actor=self.clerk.actor)
        for arrival, event in zip(self.fresh, events, strict=True):
            arrival.number = event.number
            self.seen.received(arrival.key, event.number)
        self.fresh = []

    def _file(self, arrival: Arrival, facts: dict[str, Any]) -> None:
        clues = Clues(facts["issue"], arrival.data["address"] or None, facts["department"], facts["rubric"])
        self._draft(arrival, clues, {})

    def _file_unreadable(self, arrival: Arrival) -> None:
        """File what no workbook can be read from: by its sender, if at all."""
        finding = arrival.finding
        report = Verification(arrival.name, Verdict.UNREADABLE, findings=[] if finding is None else [finding])
        outcome = report
        body = detail_body(outcome)
        self.documents.append(body)
        facts = facts_of(outcome, body, self.basis)
        self._draft(arrival, Clues(None, arrival.data["address"] or None, None, None), {"facts": facts})

    def _draft(self, arrival: Arrival, clues: Clues, more: dict[str, Any]) -> None:
        match = self.matcher.match(clues)
        date = arrival.data["date"]
        sent = sent_at(datetime.fromisoformat(date) if date else None, self.clerk.now)
        data = {
            "arrival": arrival.key,
            "number": arrival.number,
            "sent": moment_text(sent),
            "order": moment_text(sent),
            "how": match.how,
            "held": match.held,
            "findings": [finding_result(one) for one in match.findings],
            "sender": arrival.data["sender"],
            "name": arrival.data["name"],
            **more,
        }
        self.drafts.append(Draft(Kind.FILED, match.department, arrival.about, arrival.key, data))
        self.seen.filed(arrival.key)
        self.collected.new += 1
        self.collected.filed.append(arrival.key)

    def _ignored(self, item: Ignored) -> None:
        if not item.reason.startswith(NO_ATTACHMENT):
            self.collected.ignored[item.reason] += 1
            return
        key = mail_key(item.origin)
        if self.seen.note(key):
            self.collected.noted.append(item.origin)
            department = self.matcher.of_sender(item.origin.address)
            data = {**whence(item.origin), "reason": item.reason}
            self.drafts.append(Draft(Kind.NOTED, department, None, key, data))

    def _flush(self) -> None:
        self._flush_received()
        if self.drafts or self.documents:
            self.folder.ledger.append(
                self.drafts, time=self.clerk.now, actor=self.clerk.actor, documents=self.documents
            )
        self.drafts, self.documents, self.since = [], [], time.monotonic()


def _with_finding(arrival: Arrival) -> dict[str, Any]:
    finding: Finding | None = arrival.finding
    return arrival.data if finding is None else {**arrival.data, "finding": finding_result(finding)}
