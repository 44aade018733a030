"""Several files of one department: which of them replaces which.

A newer file replaces an older one of the same sender. Anybody can write a department's name into a workbook
and any date into a mail; so files of different senders, and dates in the future, are left to the clerk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from workbook.findings import Finding, found
from workbook.intake.items import Origin
from workbook.verifier.submission import Submission, Superseded

_AHEAD = timedelta(days=1)
"""Time by which a sender's clock may be ahead."""


def settle(entries: Sequence[Submission], superseded: list[Superseded], now: datetime) -> list[Submission]:
    """The entries that count, in their order; what does not is added to ``superseded``."""
    for entry in entries:
        _settle_copies(entry, superseded, now)
    groups: dict[tuple[str, ...], list[Submission]] = defaultdict(list)
    for entry in entries:
        report = entry.report
        if report.rubric is not None and report.department:
            whose = "".join(report.department.split())
            groups[report.rubric, report.fiscal_year or "", whose].append(entry)
    older: set[int] = set()
    for group in groups.values():
        replaced = _replaced(group, now) if len(group) > 1 else {}
        for entry in group:
            newest = replaced.get(id(entry))
            if newest is not None:
                older.add(id(entry))
                superseded.append(Superseded(entry.origins[0], newest.origins[0], "同一部门有更新的报送"))
        left = [entry for entry in group if id(entry) not in older]
        if len(left) > 1:
            for entry in left:
                entry.report.findings += _doubts(entry, left, now)
    return [entry for entry in entries if id(entry) not in older]


def _settle_copies(entry: Submission, superseded: list[Superseded], now: datetime) -> None:
    """The newest copy stands for all of the same content."""
    if len(entry.origins) == 1:
        return
    newest = max(entry.origins, key=lambda origin: _moment(origin, now))
    entry.origins.sort(key=lambda origin: origin is not newest)
    entry.report.path = str(newest)
    superseded += [Superseded(origin, newest, "内容完全相同") for origin in entry.origins[1:]]


def _replaced(group: Sequence[Submission], now: datetime) -> dict[int, Submission]:
    """By its ``id`` each entry that is replaced, and the entry that counts in its place."""
    sent = [_sent(entry, now) for entry in group]
    newer: dict[int, int] = {}
    for index, own in enumerate(sent):
        if any(_is_ahead(origin, now) for origin in group[index].origins):
            continue
        for other, others in enumerate(sent):
            if _is_newer(others, own) and (index not in newer or _is_newer(others, sent[newer[index]])):
                newer[index] = other
    replaced = {}
    for index, entry in enumerate(group):
        at = index
        while at in newer:  # Being newer is transitive and has no circles, so this ends.
            at = newer[at]
        if at != index:
            replaced[id(entry)] = group[at]
    return replaced


def _sent(entry: Submission, now: datetime) -> dict[str, datetime]:
    """The last time that each sender sent this content; without dates that cannot be true."""
    sent: dict[str, datetime] = {}
    for origin in entry.origins:
        if origin.address and origin.date is not None and not _is_ahead(origin, now):
            sent[origin.address] = max(origin.date, sent.get(origin.address, origin.date))
    return sent


def _is_newer(one: dict[str, datetime], other: dict[str, datetime]) -> bool:
    """Whether everybody who sent ``other`` sent ``one`` later."""
    return bool(other) and all(address in one and one[address] > other[address] for address in other)


def _doubts(entry: Submission, group: Sequence[Submission], now: datetime) -> list[Finding]:
    """The reasons why nobody can say which of ``group`` counts, as ``entry`` is told."""
    department = entry.report.department
    others = "、".join(_name(other) for other in group if other is not entry)
    doubts = []
    ahead = [other for other in group if any(_is_ahead(origin, now) for origin in other.origins)]
    if ahead:
        dated = "、".join(map(_name, ahead))
        doubts.append(found("FILES_FUTURE", department=department, others=others, dated=dated))
    mailed = [other for other in group if other.origins[0].mail is not None]
    senders = {frozenset(origin.address for origin in other.origins) for other in mailed}
    if len(senders) > 1 or any(None in one for one in senders):
        names = "、".join(dict.fromkeys(other.origins[0].sender or "没有写发件人" for other in mailed))
        doubts.append(found("FILES_SENDERS", department=department, others=others, senders=names))
    return doubts or [found("FILES_SEVERAL", department=department, others=others)]


def _name(entry: Submission) -> str:
    return Path(str(entry.origins[0])).name


def _is_ahead(origin: Origin, now: datetime) -> bool:
    return origin.date is not None and origin.date > now + _AHEAD


def _moment(origin: Origin, now: datetime) -> float:
    return float("-inf") if origin.date is None or _is_ahead(origin, now) else origin.date.timestamp()
