"""The run: files by their numbers, verified in batches by worker processes, passes held against oracles."""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from queue import Empty

from tests.fuzzing import oracles
from tests.fuzzing.changes import Mutant, mutant
from tests.fuzzing.seeds import Seed, registry, seeds
from workbook.returned.registry import Known
from workbook.verifier.verification import Verdict, Verification
from workbook.verifier.verify import verify_batch
from workbook.xlsx_reader.read import read_workbook

SLOW = 5.0
"""Seconds in which every verdict has to come."""
BATCH = 20
_STALLED = 120.0
_ANEW = 5
"""Of so many files one is read a second time by a reader that remembers nothing."""


@dataclass(frozen=True)
class Fault:
    """What an oracle has against a file."""

    number: int
    oracle: str
    problem: str
    done: tuple[str, ...] = ()
    data: bytes = b""


@dataclass
class Outcome:
    """What came of some files: verdicts, faults, the passes for a look at what they show."""

    verdicts: Counter[str] = field(default_factory=Counter)
    unseen: Counter[str] = field(default_factory=Counter)
    """Files that pass and that the other reader could not open, by its message."""
    codes: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    slowest: float = 0.0
    looked: int = 0
    """Files that LibreOffice has shown."""

    def add(self, other: Outcome) -> None:
        """Take in what came of other files."""
        self.verdicts += other.verdicts
        self.unseen += other.unseen
        self.codes += other.codes
        self.faults += other.faults
        self.looked += other.looked
        self.slowest = max(self.slowest, other.slowest)


Check = Callable[[Mutant, Verification], str | None]


def verify_mutants(
    mutants: Sequence[Mutant], passed: list[tuple[Mutant, Verification]] | None = None
) -> Outcome:
    """Verify files together; ``passed`` takes those that pass, with their reports."""
    outcome = Outcome()
    start = time.perf_counter()
    reports = verify_batch([(str(one.number), one.data) for one in mutants], registry())
    took = time.perf_counter() - start
    if took > SLOW:
        took = max(_time_of(one, outcome) for one in mutants)
    outcome.slowest = took
    for one, report in zip(mutants, reports, strict=True):
        outcome.verdicts[report.verdict.value] += 1
        outcome.codes.update({finding.code for finding in report.findings})
        internal = next((finding.message for finding in report.findings if finding.code == "INTERNAL"), None)
        if internal is not None:
            outcome.faults.append(Fault(one.number, "internal", internal, one.done, one.data))
        if report.verdict is Verdict.PASS:
            if passed is not None:
                passed.append((one, report))
            fault = judge(one, report, outcome)
            if fault is not None:
                outcome.faults.append(fault)
    return outcome


def _time_of(one: Mutant, outcome: Outcome) -> float:
    start = time.perf_counter()
    verify_batch([("x", one.data)], registry())
    took = time.perf_counter() - start
    if took > SLOW:
        outcome.faults.append(Fault(one.number, "slow", f"{took:.1f} s", one.done, one.data))
    return took


def judge(one: Mutant, report: Verification, outcome: Outcome) -> Fault | None:
    """What the oracles have against a file that passes."""
    assert report.identity is not None
    known = registry().find(report.identity)
    assert isinstance(known, Known)
    template = known.template
    received = read_workbook(one.data, registry().memory)
    problem = oracles.memory_differs(one.data, received) if one.number % _ANEW == 0 else None
    if problem:
        return Fault(one.number, "memory", problem, one.done, one.data)
    if oracles.is_far(received):
        outcome.unseen["far cells"] += 1
        return None
    try:
        grid = oracles.by_calamine(one.data)
    except oracles.Unseen as reason:
        outcome.unseen[str(reason)[:80]] += 1
        return None
    problem = oracles.readers_differ(one, template, received, grid)
    if problem:
        return Fault(one.number, "calamine", problem, one.done, one.data)
    problem = oracles.record_differs(one, template, report, received, grid)
    return Fault(one.number, "record", problem, one.done, one.data) if problem else None


# ---- worker processes --------------------------------------------------------------------------------


def _work(
    start: int,
    stop: int,
    size: int,
    seed: int,
    whole: bool,
    office: bool,
    at: Synchronized[int],
    results: multiprocessing.Queue[Outcome],
) -> None:
    listed = chosen(whole, office)
    for first in range(start, stop, size):
        at.value = first
        mutants = [mutant(listed, seed, number) for number in range(first, min(first + size, stop))]
        results.put(verify_mutants(mutants))
    at.value = stop


def chosen(whole: bool, office: bool) -> tuple[Seed, ...]:
    """Small workbooks, or the whole ones alone."""
    return tuple(one for one in seeds(whole=whole, office=office) if one.small != whole)


def run(
    files: int, seed: int, *, first: int = 0, whole: bool = False, office: bool = False,
    keep: Path | None = None,    tell: Callable[[Outcome, float], None] | None = None,
) -> Outcome:  # fmt: skip
    """Verify ``files`` files in a process of its own; one that ends or stalls it is a fault."""
    registry(), chosen(whole, office)  # made once, before the workers
    total, begun = Outcome(), time.monotonic()
    waiting = [(first, first + files, BATCH)]
    while waiting:
        start, stop, size = waiting.pop()
        at = _watched(start, stop, size, seed, whole, office, total, keep, tell, begun)
        if at < stop and size > 1:  # which of the batch was it?
            waiting += [(at + size, stop, size), (at, min(at + size, stop), 1)]
        elif at < stop:
            total.faults.append(Fault(at, "died", "the process ended or stalled"))
            waiting.append((at + 1, stop, 1))
    return total


def _watched(
    start: int, stop: int, size: int, seed: int, whole: bool, office: bool, total: Outcome, keep: Path | None,
    tell: Callable[[Outcome, float], None] | None, begun: float,
) -> int:  # fmt: skip
    """Files by a worker process; the first file of the batch at which it ended, ``stop`` if at none."""
    if start >= stop:
        return stop
    context = multiprocessing.get_context("fork")
    at, results = context.Value("q", start), context.Queue()
    worker = context.Process(
        target=_work, args=(start, stop, size, seed, whole, office, at, results), daemon=True
    )
    worker.start()
    last = told = time.monotonic()
    while worker.is_alive() or not results.empty():
        try:
            outcome = results.get(timeout=1)
        except Empty:
            if time.monotonic() - last > _STALLED:
                worker.kill()
            continue
        last = time.monotonic()
        total.add(outcome)
        for fault in outcome.faults if keep is not None else ():
            keep_file(fault, seed, keep)
        if tell is not None and last - told > 15:
            tell(total, last - begun)
            told = last
    worker.join()
    return at.value


def keep_file(fault: Fault, seed: int, folder: Path | None) -> None:
    """Write the file that has a fault."""
    if folder is not None and fault.data:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{seed}-{fault.number}.xlsx").write_bytes(fault.data)
