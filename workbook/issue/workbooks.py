"""The workbooks and mail drafts of a whole roster, in its order, by all processors."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from workbook.data.typed import bounds_findings
from workbook.findings import Finding, Refused
from workbook.issue.letters import issue_letter
from workbook.issue.roster import Department, issue_findings
from workbook.rubric.inputs import BLANK, Inputs
from workbook.rubric.model import Rubric
from workbook.xlsx_writer.series import Series

_FOR_ANOTHER_JOB = 30
"""Departments that are worth another process, which takes a second to start."""

_AHEAD = 4
"""Departments that each process may be ahead of what has been taken: each is half a megabyte."""


@dataclass(frozen=True, slots=True)
class Issued:
    """Files for a department: its workbook, and the mail draft that carries it."""

    workbook: bytes
    mail: bytes


def refuse_unfit(rubric: Rubric, department: str | None, issue: str | None) -> None:
    """Raise Refused for an issue id of the wrong form, and for a department that no workbook can hold."""
    findings = list(issue_findings(issue)) if issue is not None else []
    if department:
        findings += bounds_findings(rubric.field["department"], department)
    if findings:
        raise Refused(findings)


def processors(departments: int) -> int:
    """The processes that are worth starting for so many departments."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(available, departments // _FOR_ANOTHER_JOB))


def issue_all(
    rubric: Rubric,
    departments: Sequence[Department],
    *,
    inputs: Inputs = BLANK,
    sender: str | None = None,
    deadline: date | None = None,
    jobs: int = 1,
) -> Iterator[Issued]:
    """Make what each department gets, in their order; the bytes do not depend on ``jobs``.

    More than one process needs the usual ``if __name__ == "__main__"`` in a script. Raises Refused for what
    no workbook or mail can hold, before the first is made where it is a department's name.
    """
    for one in departments:
        refuse_unfit(rubric, one.name, one.issue)
    if not departments:
        return
    maker = _Maker(Series(rubric, inputs), sender, deadline)
    if len(departments) > 1:
        maker.series.prepare(departments[0].name, departments[0].issue)
    made = 0
    if jobs > 1:
        # a process that is killed, or cannot be started, is no reason to issue nothing
        with suppress(BrokenProcessPool, OSError):
            for result in _by_processes(maker, departments, jobs):
                made += 1
                yield _accepted(result)
    for department in departments[made:]:
        yield _accepted(maker.make(department))


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes what a department gets; goes to each process once."""

    series: Series
    sender: str | None
    deadline: date | None

    def make(self, one: Department) -> Issued | tuple[Finding, ...]:
        """The workbook and the draft of a department, or why there are none."""
        try:
            book = self.series.workbook(one.name, one.issue)
            mail = issue_letter(
                self.series.rubric, one, workbook=book, sender=self.sender, deadline=self.deadline
            )
        except Refused as refusal:
            return refusal.findings
        return Issued(book, mail)


def _accepted(made: Issued | tuple[Finding, ...]) -> Issued:
    if not isinstance(made, Issued):
        raise Refused(made)
    return made


def _by_processes(
    maker: _Maker, departments: Sequence[Department], jobs: int
) -> Iterator[Issued | tuple[Finding, ...]]:
    """Make the files of each department by ``maker``, in order, a few of them ahead of the one taken."""
    pool = ProcessPoolExecutor(
        jobs, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(maker,)
    )
    waiting: deque[Future[Issued | tuple[Finding, ...]]] = deque()
    try:
        for one in departments:
            waiting.append(pool.submit(_make, one))
            if len(waiting) > jobs * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


_makers: list[_Maker] = []
"""The maker of this process, where it is one of several."""


def _begin(maker: _Maker) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    _makers.append(maker)


def _make(department: Department) -> Issued | tuple[Finding, ...]:
    return _makers[0].make(department)
