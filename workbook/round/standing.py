"""Where each department stands on a day, and what the clerk has to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeGuard

from workbook.findings import Finding, found
from workbook.round.clerk import end_of, minute_text
from workbook.round.matching import CLERK
from workbook.round.model import Decision, Department, Filing, Round, State
from workbook.verifier.verification import WORDS, Verdict


@dataclass(frozen=True, slots=True)
class Standing:
    """A department on a day.

    ``asks`` are the warnings of what counts that nobody has decided on, ``decisions`` those decisions that
    still rest on the same figures. ``before`` is an earlier workbook that passed while the newest does not.
    """

    department: Department
    state: State
    counted: Filing | None
    due: date
    late: bool
    open: int
    asks: tuple[str, ...]
    decisions: tuple[Decision, ...]
    before: Filing | None

    @property
    def total(self) -> str | None:
        """The total of what counts, by the reference; None until it passes."""
        counted = self.counted
        return str(counted.facts["total"]) if _passed(counted) else None

    @property
    def grade(self) -> str | None:
        """The grade of what counts; None unless it passed."""
        counted = self.counted
        return counted.facts["grade"] if _passed(counted) else None

    @property
    def held(self) -> list[Filing]:
        """What came and is held until the clerk decides."""
        return [one for one in self.department.filings if is_undecided(one)]

    def findings(self) -> list[Finding]:
        """What is to be said of the department itself, beside what its workbook gives to say."""
        if self.before is None or self.counted is None:
            return []
        return [
            found(
                "ROUND_PASS_BEFORE",
                number=self.before.arrived,
                newest=self.counted.arrived,
                sent=minute_text(self.before.sent),
                total=self.before.facts["total"],
                now=WORDS[self.counted.verdict],
            )
        ]


def _passed(filing: Filing | None) -> TypeGuard[Filing]:
    return filing is not None and not filing.held and filing.verdict is Verdict.PASS


def is_undecided(filing: Filing) -> bool:
    """Whether a filing waits for the clerk: it is held, and he has not said so himself."""
    return filing.held and filing.how != CLERK


def standing_of(one: Round, department: Department, today: date) -> Standing:
    """Where a department stands on a day."""
    counted = department.counted
    due = one.due(department)
    late = today > due if counted is None else counted.sent >= end_of(due)
    valid = {}
    asks: list[str] = []
    if counted is not None and not counted.held:
        decided = {decision.rests: decision for decision in department.decisions}
        for finding, rests in counted.facts["asks"]:
            if rests in decided:
                valid[rests] = decided[rests]
            else:
                asks.append(finding)
    refused = [decision for decision in valid.values() if not decision.accepted]
    return Standing(
        department=department,
        state=_state(counted, late=late, refused=bool(refused)),
        counted=counted,
        due=due,
        late=late,
        open=0
        if counted is None
        else counted.facts["errors"] + counted.facts["blank"] + len(asks) + len(refused),
        asks=tuple(asks),
        decisions=tuple(valid.values()),
        before=_passed_before(department, counted),
    )


def standings(one: Round, today: date) -> list[Standing]:
    """Where all departments stand of which a reply is expected, in the order of the roster."""
    return [standing_of(one, department, today) for department in one.expected]


def _state(counted: Filing | None, *, late: bool, refused: bool) -> State:
    if counted is None:
        return State.LATE if late else State.NOT_RETURNED
    if counted.held or refused:
        return State.TO_CORRECT
    match counted.verdict:
        case Verdict.PASS:
            return State.PASSED
        case Verdict.INCOMPLETE:
            return State.INCOMPLETE
    return State.TO_CORRECT


def _passed_before(department: Department, counted: Filing | None) -> Filing | None:
    """The newest workbook that passed and does not count any more, since a newer one does not pass.

    Where the clerk has said what counts, there is nothing to ask.
    """
    if counted is None or counted.verdict is Verdict.PASS or counted.how == CLERK:
        return None
    earlier = reversed(department.filings)
    return next((one for one in earlier if one.counts and one.verdict is Verdict.PASS), None)
