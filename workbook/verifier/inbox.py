"""All that came: each received file verified, superseded, refused or ignored, and none left out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from workbook.intake.items import Candidate, Ignored, Item, Origin, Unreadable
from workbook.verifier.accompanying import Company
from workbook.verifier.newest import settle
from workbook.verifier.submission import Submission, Superseded
from workbook.verifier.verification import Verdict, Verification

Verifier = Callable[[Iterable[tuple[str, bytes]]], Iterator[Verification]]
"""Gives the report of each ``(name, bytes)``, in their order."""


@dataclass(slots=True)
class Inbox:
    """Everything that was received."""

    entries: list[Submission] = field(default_factory=list)
    superseded: list[Superseded] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)


def inbox_of(items: Iterable[Item], verifier: Verifier, now: datetime | None = None) -> Inbox:
    """Verify what can be, each content once; of several files that one sender sent for a department the
    newest counts. ``now``, with its zone, is the clock by which a date is in the future.
    """
    inbox = Inbox()
    order: list[Submission | None] = []
    waiting: list[tuple[int, list[Origin], str]] = []
    copies: dict[bytes, list[Origin]] = {}
    company = Company()
    others: list[tuple[int, Unreadable]] = []

    def candidates() -> Iterator[tuple[str, bytes]]:
        for item in items:
            match item:
                case Candidate():
                    company.add(item.origin)
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

    for number, report in enumerate(verifier(candidates())):
        position, origins, hexadecimal = waiting[number]
        order[position] = Submission(report, origins, hexadecimal)
    for position, item in others:
        if company.has(item):
            inbox.ignored.append(Ignored(item.name, item.origin, "随工作簿寄来的其他材料，不核验"))
        else:
            refused = Verification(str(item.origin), Verdict.UNREADABLE, findings=[item.finding])
            order[position] = Submission(refused, [item.origin])
    entries = [entry for entry in order if entry is not None]
    inbox.entries = settle(entries, inbox.superseded, now or datetime.now(UTC))
    return inbox
