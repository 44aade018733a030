"""From events to the round as it stands."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from workbook.findings import Refused, found
from workbook.ledger import Ledger
from workbook.ledger.ledger import Row
from workbook.round.model import Decision, Department, Filing, Kind, Round

_UNREAD = {Kind.RECEIVED, Kind.NOTED}
"""Kinds whose data no state depends on: not read, since they are most of a large ledger."""


def load_round(ledger: Ledger) -> Round:
    """The round as all events of the ledger tell it; raises Refused where it has not begun."""
    return fold(ledger.round, ledger.rows())


def fold(round_id: str, rows: Sequence[Row]) -> Round:
    """The round as these events tell it."""
    read = [row for row in rows if row[2] not in _UNREAD]
    bodies: list[dict[str, Any]] = json.loads("[" + ",".join(row[6] for row in read) + "]")
    if not read or read[0][2] != Kind.STARTED:
        raise Refused([found("ROUND_NONE", path=round_id)])
    one = _started(round_id, read[0], bodies[0])
    folding = _Folding(one)
    for row, body in zip(read[1:], bodies[1:], strict=True):
        folding.apply(row, body)
    folding.file()
    return one


def _started(round_id: str, row: Row, body: dict[str, Any]) -> Round:
    return Round(
        id=round_id,
        rubric=body["rubric"],
        source=body["source"],
        title=body["title"],
        deadline=date.fromisoformat(body["deadline"]),
        sender=body["sender"],
        started=row[1],
    )


class _Folding:
    def __init__(self, one: Round) -> None:
        self.round = one
        self.facts: dict[str, dict[str, Any]] = {}
        self.filed: dict[str, tuple[str | None, Filing]] = {}
        """The last filing of each arrival, and the department that it is filed under."""

    def apply(self, row: Row, body: dict[str, Any]) -> None:
        number, time, kind, department, about, key, _ = row
        if kind == Kind.VERIFIED:
            self.facts[str(about)] = body
        elif kind == Kind.FILED:
            self._filed(number, department, about, body)
        elif kind in {Kind.ISSUED, Kind.ADDED}:
            assert department is not None
            self.round.departments[department] = Department(
                department, body["name"], body["email"], body["contact"], body["file"]
            )
        elif kind == Kind.EXTENDED and department is None:
            self.round.deadline = date.fromisoformat(body["deadline"])
        else:
            self._of(self.round.departments[str(department)], kind, time, key, body)

    def _of(self, one: Department, kind: str, time: str, key: str | None, body: dict[str, Any]) -> None:
        match kind:
            case Kind.RETURNED:
                one.returned[str(key)] = time
            case Kind.REMINDED:
                one.reminded.append(time)
            case Kind.ACCEPTED | Kind.REFUSED:
                decision = Decision(
                    body["finding"], body["rests"], kind == Kind.ACCEPTED, body["reason"], body["actor"], time
                )
                one.decisions = [other for other in one.decisions if other.rests != decision.rests]
                one.decisions.append(decision)
            case Kind.RENAMED:
                one.former.append(one.name)
                one.name = body["name"]
            case Kind.MERGED:
                one.into = body["into"]
            case Kind.DROPPED:
                one.dropped = body["reason"]
            case Kind.EXTENDED:
                one.deadline = date.fromisoformat(body["deadline"])

    def _filed(self, number: int, department: str | None, about: str | None, body: dict[str, Any]) -> None:
        self.filed[body["arrival"]] = (
            department,
            Filing(
                number=number,
                arrived=body["number"],
                key=body["arrival"],
                about=about,
                sent=body["sent"],
                order=body["order"],
                how=body["how"],
                held=body["held"],
                findings=tuple(body["findings"]),
                sender=body["sender"],
                name=body["name"],
                facts=body.get("facts") or self.facts[str(about)],
            ),
        )

    def file(self) -> None:
        """Give each department what is filed under it, in the order of sending."""
        for department, filing in self.filed.values():
            if filing.about is not None:  # verified again since
                filing.facts = self.facts.get(filing.about, filing.facts)
            owner = self.round.departments.get(department or "")
            (self.round.unfiled if owner is None else owner.filings).append(filing)
        for one in self.round.departments.values():
            if len(one.filings) > 1:
                one.filings.sort(key=lambda filing: (filing.order, filing.arrived))
