"""From events to the round as it stands."""

from __future__ import annotations

import gc
import json
from collections.abc import Mapping, Sequence
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
    is_on = gc.isenabled()
    gc.disable()  # nothing of what is made here is garbage, and looking for some takes a fifth of the time
    try:
        return fold(ledger.round, ledger.rows(but=_UNREAD))
    finally:
        if is_on:
            gc.enable()


def fold(round_id: str, rows: Sequence[Row]) -> Round:
    """The round as these events tell it."""
    verified, filed = str(Kind.VERIFIED), str(Kind.FILED)
    facts = {row[4]: row[6] for row in rows if row[2] == verified}  # the last on each content, unread
    read = [row for row in rows if row[2] not in _UNREAD and row[2] != verified]
    bodies: list[dict[str, Any]] = json.loads("[" + ",".join(row[6] for row in read) + "]")
    if not read or read[0][2] != Kind.STARTED:
        raise Refused([found("ROUND_NONE", path=round_id)])
    folding = _Folding(_started(round_id, read[0], bodies[0]), facts)
    for row, body in zip(read[1:], bodies[1:], strict=True):
        if row[2] == filed:
            folding.filings[body["arrival"]] = row, body
        else:
            folding.apply(row, body)
    folding.file()
    return folding.round


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
    def __init__(self, one: Round, facts: Mapping[str | None, str]) -> None:
        self.round, self.facts = one, facts
        self.filings: dict[str, tuple[Row, dict[str, Any]]] = {}
        """The last filing of each arrival."""

    def apply(self, row: Row, body: dict[str, Any]) -> None:
        """What any other event changes."""
        _, time, kind, department, _, key, _ = row
        if kind in {Kind.ISSUED, Kind.ADDED}:
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

    def file(self) -> None:
        """Give each department what is filed under it, in the order of sending."""
        departments = self.round.departments
        for row, body in self.filings.values():
            filing = Filing(
                number=row[0],
                arrived=body["number"],
                key=body["arrival"],
                about=row[4],
                sent=body["sent"],
                order=body["order"],
                how=body["how"],
                held=body["held"],
                findings=tuple(body["findings"]),
                sender=body["sender"],
                name=body["name"],
                verified=body.get("facts") or self.facts[row[4]],
            )
            owner = departments.get(row[3] or "")
            (self.round.unfiled if owner is None else owner.filings).append(filing)
        for one in departments.values():
            if len(one.filings) > 1:
                one.filings.sort(key=lambda filing: (filing.order, filing.arrived))
