"""Whether everything still holds: the chain of events, every kept file, every verdict."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook.findings import Finding, Refused, found
from workbook.ledger import Event
from workbook.ledger.event import FIRST
from workbook.round.details import Detail, read_detail
from workbook.round.folder import ISSUED, Folder
from workbook.round.model import Kind
from workbook.round.verifying import Verifier
from workbook.verifier.result import file_result
from workbook.verifier.verification import WORDS, Verdict, Verification


@dataclass(frozen=True, slots=True)
class Broken:
    """An event that does not hold, and why."""

    event: Event
    finding: Finding

    def result(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "event": self.event.number,
            "kind": self.event.kind,
            "department": self.event.department,
            "time": self.event.time,
            "code": self.finding.code,
            "message": self.finding.message,
            "fix": self.finding.fix,
        }


@dataclass(frozen=True, slots=True)
class Audit:
    """How many events there are, the hash of the last one, and which do not hold."""

    events: int
    last: str
    broken: list[Broken]


def audit(folder: Folder, verifier: Verifier | None) -> Audit:
    """Recompute everything; without ``verifier`` the verdicts are left out. Changes nothing."""
    events = folder.ledger.events()
    broken = [*_chain(events), *_files(folder, events), *_documents(folder, events)]
    if verifier is not None:
        broken += _verdicts(folder, events, verifier)
    last = events[-1].hash if events else FIRST
    return Audit(len(events), last, sorted(broken, key=lambda one: one.event.number))


def _chain(events: Sequence[Event]) -> Iterator[Broken]:
    previous, number = FIRST, 0
    for event in events:
        if not event.holds():
            yield Broken(event, found("AUDIT_EVENT", number=event.number))
        if event.previous != previous or event.number != number + 1:
            yield Broken(event, found("AUDIT_CHAIN", number=event.number))
        previous, number = event.hash, event.number


def _files(folder: Folder, events: Sequence[Event]) -> Iterator[Broken]:
    """Every kept file, once; and the issued workbooks that are still in the folder."""
    seen: set[str] = set()
    for event in events:
        if event.kind == Kind.RECEIVED and event.about is not None and event.about not in seen:
            seen.add(event.about)
            try:
                folder.store.read(event.about)
            except Refused as refusal:
                yield Broken(event, refusal.findings[0])
        elif event.kind in {Kind.ISSUED, Kind.ADDED} and event.about is not None:
            path = folder.path / ISSUED / Path(event.data["file"]).name
            if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != event.about:
                yield Broken(event, found("AUDIT_ISSUED", path=path))


def _documents(folder: Folder, events: Sequence[Event]) -> Iterator[Broken]:
    """Every document that an event refers to."""
    wanted = {event.number: digest for event in events if (digest := _detail(event))}
    there = folder.ledger.documents(wanted.values())
    for event in events:
        digest = wanted.get(event.number)
        if digest is not None and digest not in there:
            yield Broken(event, found("DOCUMENT_MISSING", hash=digest))


def _detail(event: Event) -> str | None:
    if event.kind not in {Kind.VERIFIED, Kind.FILED}:
        return None
    data = event.data
    digest: str | None = data.get("facts", data).get("detail")
    return digest


def _verdicts(folder: Folder, events: Sequence[Event], verifier: Verifier) -> Iterator[Broken]:
    """The last verdict on each content, verified anew from the kept bytes."""
    newest = {str(event.about): event for event in events if event.kind == Kind.VERIFIED}
    whole = {digest: event for digest, event in newest.items() if folder.store.has(digest)}
    details = folder.ledger.documents(event.data["detail"] for event in whole.values())
    contents = ((digest, folder.store.read(digest)) for digest in whole)
    if not whole:
        return
    for event, outcome in zip(whole.values(), verifier(contents, len(whole)), strict=True):
        body = details.get(event.data["detail"])
        if body is not None and (differs := _differs(read_detail(body), outcome)):
            recorded, verified = differs
            yield Broken(
                event, found("AUDIT_VERDICT", number=event.number, recorded=recorded, verified=verified)
            )


def _differs(recorded: Detail, outcome: Verification) -> tuple[str, str] | None:
    """Verdict and total as recorded and as verified, where anything of the result is otherwise."""
    before, after = (_decisive(result) for result in (recorded.result, file_result(outcome)))
    if before == after and recorded.filled == dict(outcome.filled):
        return None
    return _words(recorded.result), _words(file_result(outcome))


def _decisive(result: dict[str, Any]) -> dict[str, Any]:
    """What of a result decides: all but where the file was and how findings are worded."""
    kept = {key: value for key, value in result.items() if key not in {"path", "findings"}}
    told = [(one["code"], one["sheet"], one["cell"]) for one in result["findings"]]
    return {**kept, "findings": sorted(told, key=str)}


def _words(result: dict[str, Any]) -> str:
    total = result["total"]["reference"]
    return f"“{WORDS[Verdict(result['verdict'])]}”" + (f"（{total} 分）" if total else "")
