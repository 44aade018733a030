"""A single received file and where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workbook.findings import Finding
from workbook.intake.labels import on_disk


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of a received file.

    ``path`` is the file on disk; ``inside`` the way into it, outermost first: names of archive members, of
    mails (their file name, else their subject; in a mailbox their number and subject) and of attachments;
    empty for a plain file. A name that stands twice in one container is numbered, so that the way to each
    item is its own. ``sender``, ``subject`` and ``date`` (with a time zone) are those of the innermost mail
    that has them, ``address`` the bare address of the sender in lower case; ``mail`` counts the steps of
    ``inside`` that lead to the innermost mail, None outside mails. All texts are without control characters.
    """

    path: Path
    inside: tuple[str, ...] = ()
    sender: str | None = None
    subject: str | None = None
    date: datetime | None = None
    address: str | None = None
    mail: int | None = None

    def __str__(self) -> str:
        """The way to the file, as people read it."""
        return " › ".join((on_disk(str(self.path)), *self.inside))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A received file that may be a workbook; ``data`` are its bytes as they came."""

    name: str
    origin: Origin
    data: bytes


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A received file that cannot be verified, and why: an old format, a picture, a damaged archive."""

    name: str
    origin: Origin
    finding: Finding


@dataclass(frozen=True, slots=True)
class Ignored:
    """A received file that nobody expects to be verified, and why: a logo in a mail, a lock file."""

    name: str
    origin: Origin
    reason: str


Item = Candidate | Unreadable | Ignored
