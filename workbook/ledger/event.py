"""Events: what happened, when, by whom, about which bytes; each holds the hash of the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

FIRST = "0" * 64
"""What the first event of a round holds in place of the hash of the one before it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that has not been recorded yet.

    ``department`` is the id of a department, ``about`` the SHA-256 of the bytes that the event is about.
    ``key`` identifies what may be recorded once only: two events of one kind never have the same.
    """

    kind: str
    department: str | None = None
    about: str | None = None
    key: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """A recorded event. ``body`` is its data as the ledger keeps it: canonical JSON."""

    round: str
    number: int
    time: str
    actor: str
    kind: str
    department: str | None
    about: str | None
    key: str | None
    body: str
    previous: str
    hash: str

    @property
    def data(self) -> dict[str, Any]:
        """The data of the event."""
        read: dict[str, Any] = json.loads(self.body)
        return read

    def holds(self) -> bool:
        """Whether the event is as it was recorded."""
        return self.hash == event_hash(
            (self.round, self.number, self.time, self.actor, self.kind, self.department, self.about, self.key,
             self.body, self.previous)
        )  # fmt: skip


def recorded(draft: Draft, *, round_id: str, number: int, time: datetime, actor: str, previous: str) -> Event:
    """The event that a draft becomes as the ``number``-th of its round."""
    moment, body = moment_text(time), canonical(draft.data)
    parts = (
        round_id, number, moment, actor, draft.kind, draft.department, draft.about, draft.key, body, previous,
    )  # fmt: skip
    return Event(*parts, hash=event_hash(parts))


def event_hash(parts: tuple[str | int | None, ...]) -> str:
    """The hash of an event: SHA-256 over its other columns, in their order, as canonical JSON."""
    return hashlib.sha256(canonical(parts).encode("ascii")).hexdigest()


def canonical(value: object) -> str:
    """A value as JSON in the one form that is hashed: sorted keys, no blanks, nothing but ASCII."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def moment_text(time: datetime) -> str:
    """A moment as the ledger writes it: UTC, with microseconds, so that texts sort as moments do."""
    if time.tzinfo is None:
        raise ValueError("a moment without its zone")
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment_of(text: str) -> datetime:
    """The moment that the ledger wrote so."""
    return datetime.fromisoformat(text)
