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


def receive(
    paths: Iterable[Path],
    *,
    specs: Iterable[str | Path] = (),
    full: bool = False,
    isolated: bool = False,
    quick: bool = False,
    jobs: int | None = None,
    progress: Callable[[Iterator[Outcome], int], Iterable[Outcome]] | None = None,
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
    total = count(paths)
    crew = Crew(specs, count=total, full=full, quick=quick, jobs=jobs) if isolated else None

    def verifier(files: Iterable[tuple[str, bytes]]) -> Iterator[Outcome]:
        if crew is not None:
            outcomes = crew.verify(files)
        else:
            outcomes = verify_here(files, specs, full=full, quick=quick)
        yield from outcomes if progress is None else progress(outcomes, total)

    try:
        # what is needed to understand outcomes loads here while the processes load
        from workbook.verifier.inbox import receive as receive_items

        return receive_items(collect(paths), verifier, now)
    finally:
        if crew is not None:
            crew.stop()
