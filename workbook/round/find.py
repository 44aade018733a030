"""What a clerk names: a department, something that came, a finding."""

from __future__ import annotations

from workbook.findings import Refused, found, nearest
from workbook.round.model import Department, Filing, Round

LONGEST_REASON = 1_000


def find_department(one: Round, name: str) -> Department:
    """The department of this name, former name or 下发编号; raises Refused with what is like it."""
    plain = "".join(name.split())
    for department in one.departments.values():
        if plain in {department.id, "".join(department.name.split())}:
            return department
    for department in one.departments.values():
        if plain in {"".join(former.split()) for former in department.former}:
            return department
    known = nearest(name, [department.name for department in one.expected])
    raise Refused([found("ROUND_DEPARTMENT_UNKNOWN", name=name, known=known)])


def find_filing(one: Round, number: int) -> Filing:
    """Something that came, by the number of its arrival; raises Refused."""
    every = (filing for department in one.departments.values() for filing in department.filings)
    for filing in (*one.unfiled, *every):
        if filing.arrived == number:
            return filing
    raise Refused([found("ROUND_FILE_UNKNOWN", number=number)])


def checked_reason(reason: str) -> str:
    """A reason in one line; raises Refused for none."""
    text = " ".join(reason.split())
    if not text or len(text) > LONGEST_REASON or not text.isprintable():
        raise Refused([found("ROUND_REASON", longest=LONGEST_REASON)])
    return text
