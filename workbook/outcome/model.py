"""What one run of verification has to tell: each file's report, where it came from, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.intake.model import Origin
from workbook.verifier.verdict import Report


@dataclass(frozen=True, slots=True)
class Entry:
    """A verified file. ``note`` is a remark in Chinese for the clerk, such as which file it replaces."""

    report: Report
    origin: Origin | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A received file that was not verified, and why, in Chinese."""

    origin: Origin
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything received: ``entries`` verified; ``superseded`` by a later file; ``ignored`` for good."""

    entries: tuple[Entry, ...]
    superseded: tuple[LeftOut, ...] = ()
    ignored: tuple[LeftOut, ...] = ()
