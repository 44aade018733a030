"""What the ledger knows already: what came, what it was filed under, what was verified on which basis."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from workbook.intake.items import Origin
from workbook.ledger import Ledger
from workbook.ledger.ledger import Row
from workbook.round.arrivals import Arrival
from workbook.round.details import recorded_finding
from workbook.round.fold import fold
from workbook.round.model import Kind, Round


@dataclass(slots=True)
class Seen:
    """Keys of what is in the ledger; kept up while a run goes on."""

    round: Round
    _numbers: dict[str, int] = field(default_factory=dict)
    _rows: dict[str, Row] = field(default_factory=dict)
    _filed: set[str] = field(default_factory=set)
    _noted: set[str] = field(default_factory=set)
    _verified: set[str] = field(default_factory=set)
    _facts: dict[str, str | dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, ledger: Ledger) -> Seen:
        """What this ledger knows."""
        rows = ledger.rows()
        seen = cls(fold(ledger.round, rows))
        for row in rows:
            number, _, kind, _, about, key, body = row
            if key is None:
                continue
            match kind:
                case Kind.RECEIVED:
                    seen._numbers[key] = number
                    seen._rows[key] = row
                case Kind.FILED:
                    seen._filed.add(key)
                    seen._rows.pop(key, None)
                case Kind.NOTED:
                    seen._noted.add(key)
                case Kind.VERIFIED:
                    seen._verified.add(key)
                    seen._facts[str(about)] = body
        return seen

    def unfiled(self) -> Iterator[Arrival]:
        """What was received and not filed, in order."""
        for row in list(self._rows.values()):
            yield _arrival(row)

    def number(self, key: str) -> int | None:
        """The number of the event that recorded an arrival; None for a new one."""
        return self._numbers.get(key)

    def received(self, key: str, number: int) -> None:
        """Take note of an arrival that has been recorded."""
        self._numbers[key] = number

    def is_filed(self, key: str) -> bool:
        """Whether an arrival has been filed."""
        return key in self._filed

    def filed(self, key: str) -> None:
        """Take note of a filing."""
        self._filed.add(key)

    def note(self, key: str) -> bool:
        """Take note of a mail without attachment; whether it is new."""
        is_new = key not in self._noted
        self._noted.add(key)
        return is_new

    def is_verified(self, digest: str, basis: str) -> bool:
        """Whether a content has been verified on a basis."""
        return f"{digest}:{basis}" in self._verified

    def verified(self, digest: str, facts: dict[str, Any]) -> None:
        """Take note of a verdict."""
        self._verified.add(f"{digest}:{facts['basis']}")
        self._facts[digest] = facts

    def facts(self, digest: str) -> dict[str, Any]:
        """The facts of a content that has been verified."""
        facts = self._facts[digest]
        read: dict[str, Any] = json.loads(facts) if isinstance(facts, str) else facts
        return read

    def keys_in(self, ledger: Ledger) -> set[str]:
        """The keys of all arrivals that the ledger itself has now."""
        return {str(row[5]) for row in ledger.rows(kinds=[Kind.RECEIVED])}


def _arrival(row: Row) -> Arrival:
    data = json.loads(row[6])
    finding = data.pop("finding", None)
    origin = Origin(
        Path(data["path"]),
        tuple(data["inside"]),
        sender=data["sender"] or None,
        subject=data["subject"] or None,
        date=datetime.fromisoformat(data["date"]) if data["date"] else None,
        address=data["address"] or None,
    )
    told = None if finding is None else recorded_finding(finding)
    return Arrival(str(row[5]), row[4], data["name"], origin, told, row[0], data)
