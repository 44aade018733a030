"""Changes of the roster in the middle of a round: each an event with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from workbook.data.typed import bounds_findings
from workbook.findings import Refused, found
from workbook.issue.roster import Department as Addressee
from workbook.issue.roster import address_findings, issue_findings
from workbook.ledger import Draft, Event
from workbook.round.clerk import Clerk
from workbook.round.find import checked_reason
from workbook.round.folder import Folder
from workbook.round.model import Department, Kind, Round
from workbook.round.start import issue_one
from workbook.rubric.model import Rubric
from workbook.template.identity import issue_id


def add(folder: Folder, one: Round, rubric: Rubric, addressee: Addressee, reason: str, clerk: Clerk) -> Event:
    """A department that is to reply from now on, new or again; its workbook is issued. Raises Refused."""
    text = checked_reason(reason)
    _check_name(one, rubric, addressee.name, but=addressee.issue or issue_id(rubric.id, addressee.name))
    findings = [*(address_findings(addressee.email) if addressee.email else ())]
    findings += issue_findings(addressee.issue) if addressee.issue is not None else ()
    if findings:
        raise Refused(findings)
    known = one.departments.get(addressee.issue or issue_id(rubric.id, addressee.name))
    if known is not None and known.active:
        raise Refused([found("ROUND_ROSTER_SAME", problem=f"“{known.name}”已在名册中")])
    draft = issue_one(folder, rubric, addressee, one.sender, one.deadline)
    return _record(folder, replace(draft, key=None, data={**draft.data, "reason": text}), clerk)


def rename(
    folder: Folder, one: Round, rubric: Rubric, department: Department, name: str, reason: str, clerk: Clerk
) -> Event:
    """A department has another name from now on; its 下发编号 and what it sent stay. Raises Refused."""
    text = checked_reason(reason)
    _check_name(one, rubric, name, but=None)
    return _record(folder, Draft(Kind.RENAMED, department.id, data={"name": name, "reason": text}), clerk)


def merge(
    folder: Folder, one: Round, department: Department, into: Department, reason: str, clerk: Clerk
) -> Event:
    """A department has become a part of another one, which replies for both. Raises Refused."""
    text = checked_reason(reason)
    if into is department or not into.active or not department.active:
        problem = f"“{department.name}”不能并入“{into.name}”"
        raise Refused([found("ROUND_ROSTER_SAME", problem=problem)])
    return _record(folder, Draft(Kind.MERGED, department.id, data={"into": into.id, "reason": text}), clerk)


def drop(folder: Folder, department: Department, reason: str, clerk: Clerk) -> Event:
    """A department need not reply any more. Raises Refused."""
    text = checked_reason(reason)
    if not department.active:
        raise Refused([found("ROUND_ROSTER_SAME", problem=f"“{department.name}”已不需报送")])
    return _record(folder, Draft(Kind.DROPPED, department.id, data={"reason": text}), clerk)


def extend(
    folder: Folder, one: Round, department: Department | None, deadline: date, reason: str, clerk: Clerk
) -> Event:
    """Another deadline, for all departments or, beside it, for one. Raises Refused."""
    data: dict[str, Any] = {"deadline": deadline.isoformat(), "reason": checked_reason(reason)}
    if deadline == (one.deadline if department is None else one.due(department)):
        raise Refused([found("ROUND_ROSTER_SAME", problem=f"期限已是 {deadline}")])
    whose = None if department is None else department.id
    return _record(folder, Draft(Kind.EXTENDED, whose, data=data), clerk)


def _check_name(one: Round, rubric: Rubric, name: str, *, but: str | None) -> None:
    """Raise Refused for a name that cannot be recorded, or that another department of the round has."""
    if name != " ".join(name.split()) or not name.isprintable():
        raise Refused([found("ROSTER_TEXT", column="部门名称", problem="含有换行、控制字符或多余的空格")])
    if findings := list(bounds_findings(rubric.field["department"], name)):
        raise Refused(findings)
    for other in one.departments.values():
        if other.id != but and other.active and other.name == name:
            raise Refused([found("ROUND_ROSTER_SAME", problem=f"“{name}”已在名册中")])


def _record(folder: Folder, draft: Draft, clerk: Clerk) -> Event:
    (event,) = folder.ledger.append([draft], time=clerk.now, actor=clerk.actor)
    return event
