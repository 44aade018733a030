"""From paths to an inbox: everything in files, folders, archives and mails, verified and accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.intake.collect import collect, count
from workbook.verifier.isolated import Crew, verify_here

if TYPE_CHECKING:
    from datetime import datetime

    from workbook.verifier.inbox import Inbox
    from workbook.verifier.verification import Verification

Progress = Callable[["Iterator[Verification]", int], "Iterable[Verification]"]
"""Wraps reports as they come; is told about how many there will be."""


def received(
    paths: Iterable[Path],
    specs: Sequence[str | Path] = (),
    *,
    full: bool = False,
    isolated: bool = False,
    quick: bool = False,
    jobs: int | None = None,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> Inbox:
    """Everything in files, folders, archives and mails; see :func:`workbook.api.receive`."""
    if isolated:
        with Crew(specs, full=full, quick=quick, jobs=jobs) as crew:
            return received_by(crew, paths, progress, now)
    return _received(
        list(paths), lambda files, _: verify_here(files, specs, full=full, quick=quick), progress, now
    )


def received_by(
    crew: Crew, paths: Iterable[Path], progress: Progress | None = None, now: datetime | None = None
) -> Inbox:
    """``received`` by processes that are there already, and may still be loading."""
    return _received(list(paths), crew.verify, progress, now)


def _received(
    paths: list[Path],
    verify: Callable[[Iterable[tuple[str, bytes]], int], Iterator[Verification]],
    progress: Progress | None,
    now: datetime | None,
) -> Inbox:
    # loads what reports are made of, while processes load
    from workbook.verifier.inbox import inbox_of

    total = count(paths)

    def verifier(files: Iterable[tuple[str, bytes]]) -> Iterator[Verification]:
        reports = verify(files, total)
        yield from reports if progress is None else progress(reports, total)

    return inbox_of(collect(paths), verifier, now)
