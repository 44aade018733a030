"""What a round is at a moment: derived from its events, never kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from workbook.verifier.verification import Verdict


class Kind(StrEnum):
    """What can happen in a round."""

    STARTED = "started"
    ISSUED = "issued"
    RECEIVED = "received"
    NOTED = "noted"
    VERIFIED = "verified"
    FILED = "filed"
    RETURNED = "returned"
    REMINDED = "reminded"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ADDED = "added"
    RENAMED = "renamed"
    MERGED = "merged"
    DROPPED = "dropped"
    EXTENDED = "extended"


class State(StrEnum):
    """Where a department stands."""

    NOT_RETURNED = "not_returned"
    LATE = "late"
    TO_CORRECT = "to_correct"
    INCOMPLETE = "incomplete"
    PASSED = "passed"
    IN_REVIEW = "in_review"
    FINAL = "final"


STATE_WORDS = {
    State.NOT_RETURNED: "未报送",
    State.LATE: "逾期",
    State.TO_CORRECT: "退回修改",
    State.INCOMPLETE: "未填完",
    State.PASSED: "已通过",
    State.IN_REVIEW: "复核中",
    State.FINAL: "已定稿",
}

MISSING = frozenset({State.NOT_RETURNED, State.LATE})
"""States in which nothing has come."""


@dataclass(slots=True, eq=False)
class Filing:
    """Something that came, as it was filed: whose it is, why, and what verification says of it.

    ``number`` is that of the event that filed it, ``arrived`` that of the event that recorded its coming, by
    which clerks name it; ``key`` is that of its arrival.
    ``held`` does not count until the clerk decides; ``findings`` say what did not match, as plain data.
    ``sent`` is the moment of the mail, or that of collecting; what is later by ``order`` replaces what is
    earlier. ``verified`` is the data of the event of that kind, read when it is asked for.
    """

    number: int
    arrived: int
    key: str
    about: str | None
    sent: str
    order: str
    how: str
    held: bool
    findings: tuple[dict[str, Any], ...]
    sender: str
    name: str
    verified: str | dict[str, Any]

    @property
    def facts(self) -> dict[str, Any]:
        """What verification said of the content."""
        if isinstance(self.verified, str):
            self.verified = json.loads(self.verified)
        assert not isinstance(self.verified, str)
        return self.verified

    @property
    def verdict(self) -> Verdict:
        """The verdict on the content."""
        return Verdict(self.facts["verdict"])

    @property
    def counts(self) -> bool:
        """Whether this is a workbook that counts: what cannot be read replaces nothing."""
        return not self.held and self.facts["verdict"] != Verdict.UNREADABLE.value


@dataclass(frozen=True, slots=True)
class Decision:
    """The clerk's decision on a finding; ``rests`` identifies the figures that it rests on."""

    finding: str
    rests: str
    accepted: bool
    reason: str
    actor: str
    time: str


@dataclass(slots=True, eq=False)
class Department:
    """A department of the round; ``id`` is its 下发编号 and stays through renamings.

    ``into`` is the department that it was merged into, ``dropped`` the reason why it need not reply.
    ``returned`` has the moment of each reply by its key, ``reminded`` those of the reminders.
    """

    id: str
    name: str
    email: str = ""
    contact: str = ""
    file: str = ""
    former: list[str] = field(default_factory=list)
    deadline: date | None = None
    into: str | None = None
    dropped: str | None = None
    filings: list[Filing] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    returned: dict[str, str] = field(default_factory=dict)
    reminded: list[str] = field(default_factory=list)

    @property
    def active(self) -> bool:
        """Whether a reply is expected of it."""
        return self.into is None and self.dropped is None

    @property
    def counted(self) -> Filing | None:
        """What counts: the newest workbook that is not held; where there is none, the newest of all."""
        return next((one for one in reversed(self.filings) if one.counts), None) or (
            self.filings[-1] if self.filings else None
        )


@dataclass(slots=True)
class Round:
    """A round as its events tell it. ``source`` is the rubric as it was named: its id, or its spec's path.

    ``unfiled`` are filings that nobody could be found for.
    """

    id: str
    rubric: str
    source: str
    title: str
    deadline: date
    sender: str | None
    started: str
    departments: dict[str, Department] = field(default_factory=dict)
    unfiled: list[Filing] = field(default_factory=list)

    def due(self, department: Department) -> date:
        """The last day on which a department is in time."""
        return department.deadline or self.deadline

    @property
    def expected(self) -> list[Department]:
        """The departments of which a reply is expected, in the order of the roster."""
        return [one for one in self.departments.values() if one.active]
