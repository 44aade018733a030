"""The state of a round as plain data: for JSON, for the terminal, for the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from workbook.round.matching import CLERK, HOW_WORDS
from workbook.round.model import STATE_WORDS, Decision, Filing, Kind, Round, State
from workbook.round.standing import Standing, is_undecided, standing_of

if TYPE_CHECKING:
    from workbook.round.history import History


def status_result(one: Round, every: Sequence[Standing], today: date) -> dict[str, Any]:
    """Every department with its state, and how many are in each."""
    counts = Counter(standing.state for standing in every)
    return {
        "round": one.id,
        "rubric": one.rubric,
        "deadline": one.deadline.isoformat(),
        "days_left": (one.deadline - today).days,
        "departments": [department_result(standing) for standing in every],
        "counts": {state.value: counts[state] for state in State},
        "unfiled": [filing_result(filing) for filing in undecided(one)],
    }


def department_result(standing: Standing) -> dict[str, Any]:
    """A department in one object."""
    department, counted = standing.department, standing.counted
    return {
        "name": department.name,
        "issue": department.id,
        "state": standing.state.value,
        "total": standing.total,
        "grade": standing.grade,
        "submissions": len(department.filings),
        "last": department.filings[-1].sent if department.filings else None,
        "late": standing.late and counted is not None,
        "open": standing.open,
        "decisions": [_decision(decision) for decision in standing.decisions],
        "undecided": list(standing.asks),
        "held": [filing.arrived for filing in standing.held],
        "deadline": standing.due.isoformat(),
    }


def history_result(one: Round, standing: Standing, history: History) -> dict[str, Any]:
    """A department with everything that came from it, and what each submission changed."""
    from workbook.as_json import finding_result
    from workbook.round.changes import change_results

    department = standing.department
    history.read(department.filings)
    submissions = []
    for filing in department.filings:
        changed = history.changes(department, filing)
        submissions.append(
            {
                **filing_result(filing),
                "counted": filing is standing.counted,
                "findings": [*filing.findings, *history.detail(filing).result["findings"]],
                "changes": None if changed is None else change_results(changed),
            }
        )
    return {
        **department_result(standing),
        "former": department.former,
        "email": department.email,
        "contact": department.contact,
        "findings": [finding_result(finding) for finding in standing.findings()],
        "history": submissions,
        "noted": [
            {"time": event.time, "sender": event.data["sender"], "subject": event.data["subject"]}
            for event in history.ledger.events(kinds=[Kind.NOTED], department=department.id)
        ],
        "returned": sorted(department.returned.values()),
        "reminded": department.reminded,
    }


def filing_result(filing: Filing) -> dict[str, Any]:
    """Something that came, in one object."""
    return {
        "number": filing.arrived,
        "name": filing.name,
        "sender": filing.sender or None,
        "sent": filing.sent,
        "sha256": filing.about,
        "verdict": filing.verdict.value,
        "total": filing.facts["total"],
        "grade": filing.facts["grade"],
        "matched": filing.how,
        "held": filing.held,
        "mismatches": list(filing.findings),
    }


def undecided(one: Round) -> list[Filing]:
    """What came and belongs to nobody until the clerk decides."""
    return [filing for filing in one.unfiled if filing.how != CLERK]


def summary(every: Sequence[Standing]) -> str:
    """The round in one line: ``30 家：通过 16，退回 5，未报 9（逾期 2）``."""
    counts = Counter(standing.state for standing in every)
    missing = counts[State.NOT_RETURNED] + counts[State.LATE]
    late = f"（逾期 {counts[State.LATE]}）" if counts[State.LATE] else ""
    parts = [f"通过 {counts[State.PASSED]}", f"退回 {counts[State.TO_CORRECT]}"]
    parts += [
        f"{STATE_WORDS[state]} {counts[state]}"
        for state in (State.INCOMPLETE, State.IN_REVIEW, State.FINAL)
        if counts[state]
    ]
    return f"{sum(counts.values())} 家：{'，'.join(parts)}，未报 {missing}{late}"


def to_decide(one: Round, every: Sequence[Standing]) -> list[str]:
    """What needs the clerk's decision, a line each, with the command that settles it."""
    lines = []
    for filing in undecided(one):
        lines.append(f"来件 {filing.arrived}（{filing.name}）：{_told(filing)}")
    for standing in every:
        name = standing.department.name
        lines += [
            f"{name}，来件 {filing.arrived}（{filing.name}）：{_told(filing)}" for filing in standing.held
        ]
        lines += [f"{name}：{finding.message}{finding.fix}" for finding in standing.findings()]
        if standing.state is State.PASSED and standing.asks:
            lines.append(
                f"{name}：已通过，有 {len(standing.asks)} 条警告待您认可或退回"
                f"（workbook round accept / refuse）：{'、'.join(standing.asks[:3])}"
                + ("……" if len(standing.asks) > 3 else "")
            )
    return lines


def find_standing(one: Round, department_id: str, today: date) -> Standing:
    """Where one department stands."""
    return standing_of(one, one.departments[department_id], today)


def matched_text(filing: Filing) -> str:
    """How something was filed, as people read it."""
    return HOW_WORDS[filing.how] + ("，暂不计入" if is_undecided(filing) else "")


def _told(filing: Filing) -> str:
    return "".join(f"{one['message']}{one['fix']}" for one in filing.findings) or "待定"


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "finding": decision.finding,
        "decision": "accepted" if decision.accepted else "refused",
        "reason": decision.reason,
        "actor": decision.actor,
        "time": decision.time,
    }
