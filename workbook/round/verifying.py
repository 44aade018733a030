"""Verification as a round asks for it: contents go in, outcomes come out in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from workbook.verifier.isolated import verify_isolated
from workbook.verifier.verification import Verification

Verifier = Callable[[Iterable[tuple[str, bytes]], int], Iterator[Verification]]
"""Gives the outcome of each ``(name, bytes)``, in their order, of about so many."""

Progress = Callable[[Iterator[Verification], int], Iterable[Verification]]


def isolated(
    specs: Sequence[str | Path] = (),
    *,
    jobs: int | None = None,
    full: bool = False,
    progress: Progress | None = None,
) -> Verifier:
    """Verification in processes of their own, with limits; ``progress`` wraps the outcomes as they come.

    ``full`` keeps whole reports.
    """

    def verify(files: Iterable[tuple[str, bytes]], count: int) -> Iterator[Verification]:
        outcomes = verify_isolated(files, specs, count=count, jobs=jobs, full=full)
        yield from outcomes if progress is None else progress(outcomes, count)

    return verify
