"""What one run of verification has to tell: each file's report, where it came from, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.intake.model import Origin
from workbook.verifier.inbox import Inbox
from workbook.verifier.verdict import Report


@dataclass(frozen=True, slots=True)
class Entry:
    """A verified file. ``note`` is a remark in Chinese for the clerk, such as which file it replaces.

    ``digest`` is the SHA-256 of the bytes as they came, where they are known.
    """

    report: Report
    origin: Origin | None = None
    note: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A received file that was not verified, and why, in Chinese."""

    origin: Origin
    reason: str


@dataclass(frozen=True, slots=True)
class Results:
    """Everything received: ``entries`` verified; ``superseded`` by a later file; ``ignored`` for good."""

    entries: tuple[Entry, ...]
    superseded: tuple[LeftOut, ...] = ()
    ignored: tuple[LeftOut, ...] = ()


def results_of(inbox: Inbox) -> Results:
    """What was received, verified with whole reports; where there is none the file was unreadable."""
    entries = []
    for one in inbox.entries:
        outcome = one.outcome
        report = outcome.report or Report(outcome.path, outcome.verdict, findings=outcome.findings)
        note = f"同一文件收到 {len(one.origins)} 份" if len(one.origins) > 1 else None
        entries.append(Entry(report, one.origins[0], note, one.digest))
    return Results(
        tuple(entries),
        tuple(LeftOut(one.origin, f"{one.reason}：{one.by}") for one in inbox.superseded),
        tuple(LeftOut(one.origin, one.reason) for one in inbox.ignored),
    )
