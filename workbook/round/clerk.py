"""Who works on a round, and when: passed in everywhere, so that the same work gives the same ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache

from workbook.findings import Refused, found
from workbook.ledger.event import moment_of, moment_text

BEIJING = timezone(timedelta(hours=8))
"""The clock of all departments, wherever the program runs."""

_LONGEST_NAME = 80
_AHEAD = timedelta(days=1)
"""How far a sender's clock may be ahead."""


@dataclass(frozen=True, slots=True)
class Clerk:
    """The clerk, and the moment of the command with its zone."""

    actor: str
    now: datetime

    @property
    def today(self) -> date:
        """The day of the command."""
        return day_of(self.now)


def checked_clerk(actor: str, now: datetime) -> Clerk:
    """A clerk whose name can be recorded; raises Refused."""
    name = " ".join(actor.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise Refused([found("ROUND_ACTOR", longest=_LONGEST_NAME)])
    return Clerk(name, now)


def day_of(moment: datetime) -> date:
    """The day of a moment, in Beijing."""
    return moment.astimezone(BEIJING).date()


def minute_text(text: str) -> str:
    """A moment of the ledger as people read it, in Beijing time; empty for none."""
    return f"{moment_of(text).astimezone(BEIJING):%Y-%m-%d %H:%M}" if text else ""


@cache
def end_of(day: date) -> str:
    """The end of a day in Beijing as the ledger writes moments: what is later by its text came later."""
    return moment_text(datetime.combine(day + timedelta(days=1), time(), BEIJING))


def day_text(day: date) -> str:
    """A day as people write it."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def sent_at(date_of_mail: datetime | None, now: datetime) -> datetime:
    """When something was sent: by its mail, unless that is in the future; else when it came in."""
    return now if date_of_mail is None or date_of_mail > now + _AHEAD else date_of_mail
