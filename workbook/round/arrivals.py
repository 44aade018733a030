"""What comes in: each thing with the key by which it is known again, and what the ledger keeps of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from workbook.findings import Finding
from workbook.intake.items import Candidate, Origin, Unreadable
from workbook.ledger import Store
from workbook.ledger.event import canonical

MOST_KEPT = 60_000_000
"""Bytes of a file that is kept though it cannot be verified; of a larger one the ledger has the name only."""

_LONGEST = 300


@dataclass(slots=True)
class Arrival:
    """Something that came, once: the same content from the same sender of the same moment is the same.

    ``about`` is the hash of its bytes, of the file that it came in where it cannot be verified; ``number`` is
    that of the event that records it, 0 before.
    """

    key: str
    about: str | None
    name: str
    origin: Origin
    finding: Finding | None = None
    number: int = 0
    data: dict[str, Any] = field(default_factory=dict)


def arrived(item: Candidate, digest: str) -> Arrival:
    """A file that may be a workbook."""
    return _arrival(item.name, item.origin, digest, (digest,), None)


def arrived_otherwise(item: Unreadable, digest: str | None) -> Arrival:
    """A file that cannot be verified; ``digest`` is that of the file on disk that it came in."""
    parts = (item.finding.code, item.name) if item.origin.date else (digest, *item.origin.inside, item.name)
    return _arrival(item.name, item.origin, digest, parts, item.finding)


def mail_key(origin: Origin) -> str:
    """The key of a mail without any attachment."""
    when = origin.date.isoformat() if origin.date else "/".join((str(origin.path.name), *origin.inside))
    return _key((origin.address, when, origin.subject))


def whence(origin: Origin) -> dict[str, Any]:
    """Where something came from, as the ledger keeps it."""
    return {
        "path": origin.path.name[:_LONGEST],
        "inside": [step[:_LONGEST] for step in origin.inside],
        "sender": (origin.sender or "")[:_LONGEST],
        "address": (origin.address or "")[:_LONGEST],
        "subject": (origin.subject or "")[:_LONGEST],
        "date": _iso(origin.date),
    }


class Containers:
    """Files on disk that hold what cannot be verified: each is kept once, as it came."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._known: dict[Path, str | None] = {}

    def keep(self, path: Path) -> str | None:
        """The hash of a file, which is kept; None for one that is too large or cannot be read."""
        if path not in self._known:
            data = _content(path)
            self._known[path] = None if data is None else self.store.keep(data)
        return self._known[path]

    def digest(self, path: Path) -> str | None:
        """The hash of a file, without keeping it."""
        data = None if path in self._known else _content(path)
        return self._known.get(path) or (None if data is None else hashlib.sha256(data).hexdigest())


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.stat().st_size <= MOST_KEPT else None
    except OSError:
        return None


def _arrival(
    name: str, origin: Origin, about: str | None, parts: Iterable[str | None], finding: Finding | None
) -> Arrival:
    key = _key((*parts, origin.address, _iso(origin.date)))
    return Arrival(key, about, name, origin, finding, data={"name": name[:_LONGEST], **whence(origin)})


def _key(parts: Iterable[str | None]) -> str:
    return hashlib.sha256(canonical(list(parts)).encode()).hexdigest()[:32]


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
