"""Verify in processes of their own: a file that takes too long, too much memory or the process down is one
unreadable file, and the others go on.

The processes get chunks of files and recalculate each chunk together. Before each file they say that they
begin with it, so that it is known which one was the last. They write nothing but the engine's cache of
pristine templates. This module itself loads little, so that they are started before all else is loaded here.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.findings import Refused, found
from workbook.verifier.process_limits import CHUNK_SECONDS, READ_SECONDS, limit_memory

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from workbook.verifier.verification import Verification

CHUNK = 125
"""Files recalculated together: more share each formula's call, fewer keep memory small."""

_MOST_JOBS = 8
_FOR_ANOTHER_JOB = 12
"""Files that are worth another process, which takes a second or two to load the engine."""


Work = Callable[[Connection, list[str], bool, bool], None]
"""A process's job: its end of a pipe, own specs, whether whole reports are wanted, and whether the
third engine is left out."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to verify: its place in the order of all, its name, its bytes."""

    number: int
    name: str
    data: bytes


def verify_here(
    files: Iterable[tuple[str, bytes]],
    specs: Sequence[str | Path] = (),
    *,
    full: bool = False,
    quick: bool = False,
) -> Iterator[Verification]:
    """The report of each file, in their order, in this process and without its limits."""
    from workbook.returned.registry import Registry
    from workbook.verifier.verify import verify_batch

    registry, waiting = Registry.with_specs(specs), iter(files)
    while chunk := list(islice(waiting, CHUNK)):
        for report in verify_batch(chunk, registry, quick=quick):
            yield report if full else report.slim()


def verify_isolated(
    files: Iterable[tuple[str, bytes]], specs: Sequence[str | Path] = (), *, count: int, **options: Any
) -> Iterator[Verification]:
    """The report of each file, in their order. ``count`` is about how many there are, ``options`` are those
    of :class:`Crew`.
    """
    with Crew(specs, **options) as crew:
        yield from crew.verify(files, count)


@dataclass(frozen=True, slots=True)
class _Plan:
    specs: list[str]
    full: bool
    quick: bool
    read_seconds: float


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    tasks: list[Task] = field(default_factory=list)
    reading: Task | None = None
    deadline: float = 0.0


class Crew:
    """Processes that verify: the first starts, and loads, when it is made. Use it as a context manager.

    ``full`` keeps whole reports, else they are slim, ``quick`` leaves the third engine out. ``jobs`` is the
    number of processes; by default one for each processor, fewer for few files. ``work`` is what they do, a
    function of a module.
    """

    def __init__(
        self,
        specs: Sequence[str | Path] = (),
        *,
        full: bool = False,
        quick: bool = False,
        jobs: int | None = None,
        read_seconds: float = READ_SECONDS,
        work: Work | None = None,
    ) -> None:
        self.plan = _Plan([str(spec) for spec in specs], full, quick, read_seconds)
        self.jobs = jobs
        self.work = work or verify_chunks
        self.chunk = 1
        self.tasks: Iterator[Task] = iter(())
        self.again: deque[list[Task]] = deque()
        self.workers: list[_Worker] = []
        self.done: dict[int, Verification] = {}

    def __enter__(self) -> Crew:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def verify(self, files: Iterable[tuple[str, bytes]], count: int) -> Iterator[Verification]:
        """Hand out chunks until there are none; reports are given in the files' order as soon as they are
        there. ``count`` is about how many files there are.
        """
        most = min(_MOST_JOBS, os.cpu_count() or 1, max(1, count // _FOR_ANOTHER_JOB))
        jobs = self.jobs or most
        self.chunk = max(1, min(CHUNK, count // jobs))
        self.tasks = (Task(number, name, data) for number, (name, data) in enumerate(files))
        following = 0
        while True:
            while len(self.workers) < jobs:
                self._start()
            self._hand_out()
            if not any(worker.tasks for worker in self.workers):
                return
            self._listen()
            while following in self.done:
                yield self.done.pop(following)
                following += 1

    def stop(self) -> None:
        """End all processes at once."""
        for worker in self.workers:
            worker.process.kill()
            worker.pipe.close()
        for worker in self.workers:
            worker.process.join()
        self.workers.clear()

    def _hand_out(self) -> None:
        while idle := [worker for worker in self.workers if not worker.tasks]:
            tasks = self.again.popleft() if self.again else list(islice(self.tasks, self.chunk))
            if not tasks:
                return
            worker = idle[0]
            worker.tasks = tasks
            worker.reading = None
            worker.deadline = time.monotonic() + CHUNK_SECONDS
            try:
                worker.pipe.send(tasks)
            except OSError:
                self._lost(worker, "WORKER_DIED")

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        plan = self.plan
        process = context.Process(
            target=self.work, args=(there, plan.specs, plan.full, plan.quick), daemon=True
        )
        process.start()
        there.close()
        self.workers.append(_Worker(process, here))

    def _listen(self) -> None:
        """Take what the processes say; end those that are over their time."""
        busy = {worker.pipe: worker for worker in self.workers if worker.tasks}
        patience = min(worker.deadline for worker in busy.values()) - time.monotonic()
        for pipe in wait(list(busy), timeout=max(patience, 0)):
            worker = busy[pipe]  # type: ignore[index]
            try:
                self._take(worker, worker.pipe.recv())
            except (EOFError, OSError):
                self._lost(worker, "WORKER_DIED")
        for worker in list(self.workers):
            if worker.tasks and time.monotonic() > worker.deadline:
                self._lost(worker, "WORKER_SLOW")

    def _take(self, worker: _Worker, message: int | None | list[Verification]) -> None:
        """A task's number: it is being read; None: all are read; reports: the chunk is done."""
        match message:
            case int():
                worker.reading = worker.tasks[message]
                worker.deadline = time.monotonic() + self.plan.read_seconds
            case None:
                worker.reading = None
                worker.deadline = time.monotonic() + CHUNK_SECONDS
            case _:
                for task, report in zip(worker.tasks, message, strict=True):
                    self.done[task.number] = report
                worker.tasks = []

    def _lost(self, worker: _Worker, code: str) -> None:
        """Without the file that was being read, the chunk is begun anew; without one, each file by itself."""
        from workbook.verifier.verification import Verdict, Verification

        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self.workers.remove(worker)
        guilty = worker.reading or (worker.tasks[0] if len(worker.tasks) == 1 else None)
        if guilty is None:
            self.again.extend([task] for task in worker.tasks)
            return
        self.done[guilty.number] = Verification(guilty.name, Verdict.UNREADABLE, findings=[found(code)])
        rest = [task for task in worker.tasks if task is not guilty]
        if rest:
            self.again.append(rest)


def verify_chunks(pipe: Connection, specs: list[str], full: bool, quick: bool) -> None:
    """The life of a process: chunks come, reports go."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    gc.disable()  # compiled formulas are many small objects; looking through them takes a sixth of the time
    try:
        from workbook.returned.registry import Registry
        from workbook.verifier.verify import verify_batch

        try:
            registry = Registry.with_specs(specs)
        except Refused:
            return  # whoever has started this process says so
        limit_memory()
        while True:
            tasks: list[Task] = pipe.recv()
            files = _announced(pipe, tasks)
            reports = verify_batch(files, registry, quick=quick, read=lambda: pipe.send(None))
            pipe.send([report if full else report.slim() for report in reports])
            del reports, files, tasks
            gc.collect()
            gc.freeze()  # what is left are values that stay: not to be looked through again
    except (EOFError, OSError):
        return


def _announced(pipe: Connection, tasks: list[Task]) -> Iterator[tuple[str, bytes]]:
    for index, task in enumerate(tasks):
        pipe.send(index)
        yield task.name, task.data
