"""Decisions of the clerk: an explanation is accepted or refused, a file counts for a department or none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.findings import Refused, found, nearest
from workbook.ledger import Draft, Event
from workbook.ledger.event import moment_text
from workbook.round.clerk import Clerk
from workbook.round.details import finding_id, is_asked, rests_of
from workbook.round.find import checked_reason
from workbook.round.folder import Folder
from workbook.round.history import History
from workbook.round.matching import CLERK
from workbook.round.model import Department, Filing, Kind, Round
from workbook.verifier.verification import Verdict


def decide(
    folder: Folder,
    one: Round,
    department: Department,
    finding: str,
    reason: str,
    clerk: Clerk,
    *,
    accepted: bool,
) -> Event:
    """Record a decision on a finding of what counts; for whoever holds the ledger. Raises Refused.

    It is kept for later workbooks as long as the finding rests on the same figures.
    """
    text = checked_reason(reason)
    counted = department.counted
    told = [] if counted is None or counted.held else _findings(folder, one, counted)
    chosen = _chosen(told, finding, department)
    data = {
        "finding": finding_id(chosen),
        "rests": rests_of(chosen),
        "reason": text,
        "actor": clerk.actor,
        "message": chosen["message"],
    }
    kind = Kind.ACCEPTED if accepted else Kind.REFUSED
    about = None if counted is None else counted.about
    (event,) = folder.ledger.append(
        [Draft(kind, department.id, about, None, data)], time=clerk.now, actor=clerk.actor
    )
    return event


def assign(
    folder: Folder, one: Round, filing: Filing, department: Department | None, reason: str, clerk: Clerk
) -> Event:
    """Let something that came count for a department, as its newest; or, with None, for nobody.

    For whoever holds the ledger. Raises Refused for a workbook of another rubric.
    """
    text = checked_reason(reason)
    rubric = filing.facts["rubric"]
    if department is not None and rubric is not None and rubric != one.rubric:
        raise Refused([found("ROUND_FILE_ASSIGNED", number=filing.arrived, why="是另一评分标准的表")])
    if department is not None and not department.active:
        raise Refused([found("ROUND_ROSTER_SAME", problem=f"“{department.name}”已不需报送")])
    data = {
        "arrival": filing.key,
        "number": filing.arrived,
        "sent": filing.sent,
        "order": moment_text(clerk.now),
        "how": CLERK,
        "held": department is None,
        "findings": [],
        "sender": filing.sender,
        "name": filing.name,
        "reason": text,
    }
    if filing.verdict is Verdict.UNREADABLE:
        data["facts"] = filing.facts
    whose = None if department is None else department.id
    (event,) = folder.ledger.append(
        [Draft(Kind.FILED, whose, filing.about, None, data)], time=clerk.now, actor=clerk.actor
    )
    return event


def _findings(folder: Folder, one: Round, filing: Filing) -> list[dict[str, Any]]:
    found_ones: list[dict[str, Any]] = History(folder.ledger, one).detail(filing).result["findings"]
    return found_ones


def _chosen(told: list[dict[str, Any]], wanted: str, department: Department) -> Mapping[str, Any]:
    """The finding that a clerk has named, by its code or with its cell as well."""
    same = [one for one in told if wanted in {one["code"], finding_id(one)}]
    asked = [one for one in same if is_asked(one)]
    if len(asked) > 1:
        known = "、".join(finding_id(one) for one in asked)
        raise Refused([found("ROUND_FINDING_SEVERAL", name=department.name, finding=wanted, known=known)])
    if asked:
        return asked[0]
    if any(one["severity"] == "error" for one in same):
        raise Refused([found("ROUND_FINDING_ERROR", finding=wanted)])
    known = nearest(wanted, {finding_id(one) for one in told if is_asked(one)})
    raise Refused([found("ROUND_FINDING_UNKNOWN", name=department.name, finding=wanted, known=known)])
