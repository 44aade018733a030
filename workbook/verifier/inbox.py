"""All that came: each received file verified, superseded, refused or ignored, and none left out."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from workbook.as_json import finding_result
from workbook.findings import found
from workbook.intake.model import Candidate, Ignored, Item, Origin, Unreadable
from workbook.verifier.outcome import Outcome, outcome_of
from workbook.verifier.result import verify_result
from workbook.verifier.verdict import Report, Verdict

Verifier = Callable[[Iterable[tuple[str, bytes]]], Iterator[Outcome]]
"""Gives the outcome of each ``(name, bytes)``, in their order."""


@dataclass(slots=True)
class Entry:
    """A received file that counts, with where it came from, newest copy first.

    ``digest`` is the SHA-256 of its bytes as they came, None where there were none to verify.
    """

    outcome: Outcome
    origins: list[Origin]
    digest: str | None = None

    @property
    def date(self) -> datetime | None:
        """When the newest copy was sent; None where a mail does not say, or there was none."""
        dates = [origin.date for origin in self.origins if origin.date is not None]
        return max(dates, default=None)


@dataclass(frozen=True, slots=True)
class Superseded:
    """A received file that does not count: a copy of another, or an older one of the same department."""

    origin: Origin
    by: Origin
    reason: str


@dataclass(slots=True)
class Inbox:
    """Everything that was received."""

    entries: list[Entry] = field(default_factory=list)
    superseded: list[Superseded] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)

    def result(self) -> dict[str, Any]:
        """As plain data for JSON."""
        files = []
        for entry in self.entries:
            origin = entry.origins[0]
            files.append({**entry.outcome.result, **_whence(origin)})
        return {
            **verify_result(files),
            "superseded": [
                {"path": str(one.origin), "by": str(one.by), "reason": one.reason, **_whence(one.origin)}
                for one in self.superseded
            ],
            "ignored": [{"path": str(one.origin), "reason": one.reason} for one in self.ignored],
        }


def receive(items: Iterable[Item], verifier: Verifier) -> Inbox:
    """Verify what can be, each content once; of several files of one department the newest counts."""
    inbox = Inbox()
    order: list[Entry | None] = []
    waiting: list[tuple[int, list[Origin], str]] = []
    copies: dict[bytes, list[Origin]] = {}
    mails: set[tuple[object, ...]] = set()
    others: list[tuple[int, Unreadable]] = []

    def candidates() -> Iterator[tuple[str, bytes]]:
        for item in items:
            match item:
                case Candidate():
                    mails.add(_mail(item.origin))
                    digest = hashlib.sha256(item.data).digest()
                    if digest in copies:
                        copies[digest].append(item.origin)
                        continue
                    copies[digest] = [item.origin]
                    waiting.append((len(order), copies[digest], digest.hex()))
                    order.append(None)
                    yield str(item.origin), item.data
                case Unreadable():
                    others.append((len(order), item))
                    order.append(None)
                case Ignored():
                    inbox.ignored.append(item)

    for number, outcome in enumerate(verifier(candidates())):
        position, origins, hexadecimal = waiting[number]
        order[position] = Entry(outcome, origins, hexadecimal)
    for position, item in others:
        if item.finding.code in _EVIDENCE and item.origin.sender and _mail(item.origin) in mails:
            inbox.ignored.append(Ignored(item.name, item.origin, "随工作簿寄来的其他材料，不核验"))
        else:
            report = Report(str(item.origin), Verdict.UNREADABLE, findings=[item.finding])
            order[position] = Entry(outcome_of(report), [item.origin])
    entries = [entry for entry in order if entry is not None]
    for entry in entries:
        _settle_copies(entry, inbox.superseded)
    inbox.entries = _newest(entries, inbox.superseded)
    return inbox


_EVIDENCE = {"FILE_PICTURE", "FILE_DOCUMENT", "FILE_TABLE", "FILE_OTHER_KIND"}
"""What may be evidence, when it comes with a workbook."""


def _mail(origin: Origin) -> tuple[object, ...]:
    """The mail that a file came in."""
    return (origin.path, origin.sender, origin.subject, origin.date)


def _settle_copies(entry: Entry, superseded: list[Superseded]) -> None:
    """The newest copy stands for all of the same content."""
    if len(entry.origins) == 1:
        return
    newest = max(entry.origins, key=_moment)
    entry.origins.sort(key=lambda origin: origin is not newest)
    entry.outcome.path = entry.outcome.result["path"] = str(newest)
    superseded += [Superseded(origin, newest, "内容完全相同") for origin in entry.origins[1:]]


def _newest(entries: Sequence[Entry], superseded: list[Superseded]) -> list[Entry]:
    """The entries that count. Where a date is missing nobody can say which is the newest: all count."""
    groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        outcome = entry.outcome
        if outcome.rubric is not None and outcome.department:
            whose = "".join(outcome.department.split())
            groups[outcome.rubric, outcome.fiscal_year or "", whose].append(entry)
    older: set[int] = set()
    for group in groups.values():
        dates = [entry.date for entry in group]
        if len(group) == 1:
            continue
        if None in dates or len(set(dates)) < len(dates):
            for entry in group:
                _add_several(entry, group)
            continue
        newest = max(group, key=lambda entry: _moment(entry.origins[0]))
        for entry in group:
            if entry is not newest:
                older.add(id(entry))
                superseded.append(Superseded(entry.origins[0], newest.origins[0], "同一部门有更新的报送"))
    return [entry for entry in entries if id(entry) not in older]


def _add_several(entry: Entry, group: Sequence[Entry]) -> None:
    others = "、".join(Path(str(other.origins[0])).name for other in group if other is not entry)
    finding = found("FILES_SEVERAL", department=entry.outcome.department, others=others)
    entry.outcome.findings.append(finding)
    entry.outcome.result = {
        **entry.outcome.result,
        "findings": [*entry.outcome.result["findings"], finding_result(finding)],
    }


def _moment(origin: Origin) -> float:
    return origin.date.timestamp() if origin.date is not None else float("-inf")


def _whence(origin: Origin) -> dict[str, str | None]:
    date = None if origin.date is None else origin.date.isoformat()
    return {"sender": origin.sender, "date": date}
