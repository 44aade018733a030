"""From paths to an inbox: everything in files, folders, archives and mails, verified and accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.intake.collect import collect, count
from workbook.verifier.isolated import Crew, verify_here

if TYPE_CHECKING:
    from datetime import datetime

    from workbook.verifier.inbox import Inbox
    from workbook.verifier.outcome import Outcome

Progress = Callable[["Iterator[Outcome]", int], "Iterable[Outcome]"]
"""Wraps outcomes as they come; is told about how many there will be."""


def receive(
    paths: Iterable[Path],
    *,
    specs: Iterable[str | Path] = (),
    full: bool = False,
    isolated: bool = False,
    quick: bool = False,
    jobs: int | None = None,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> Inbox:
    """Account for everything in files, folders, archives, mails. Raises Refused when there is nothing.

    ``isolated`` verifies in processes of their own with limits on memory and time (a script that asks for
    it needs the usual ``if __name__ == "__main__"``); ``full`` keeps whole reports; ``quick`` leaves the
    third engine out; ``progress`` wraps the outcomes as they come, and is told about how many there will be;
    ``now``, with its zone, is the clock by which the date of a mail is in the future.
    """
    paths, specs = list(paths), list(specs)
    for spec in specs:
        from workbook.check.run import load_checked

        load_checked(spec)  # a bad one is refused before anything is verified
    if not isolated:
        return _received(
            paths, lambda files, _: verify_here(files, specs, full=full, quick=quick), progress, now
        )
    with Crew(specs, full=full, quick=quick, jobs=jobs) as crew:
        return receive_by(crew, paths, progress, now)


def receive_by(
    crew: Crew, paths: Iterable[Path], progress: Progress | None = None, now: datetime | None = None
) -> Inbox:
    """``receive`` by processes that are there already, and may still be loading."""
    return _received(list(paths), crew.verify, progress, now)


def _received(
    paths: list[Path],
    verify: Callable[[Iterable[tuple[str, bytes]], int], Iterator[Outcome]],
    progress: Progress | None,
    now: datetime | None,
) -> Inbox:
    # loads what outcomes are made of, while processes load
    from workbook.verifier.inbox import receive as receive_items

    total = count(paths)

    def verifier(files: Iterable[tuple[str, bytes]]) -> Iterator[Outcome]:
        outcomes = verify(files, total)
        yield from outcomes if progress is None else progress(outcomes, total)

    return receive_items(collect(paths), verifier, now)
