"""The entry point: from the paths a clerk gives to single received files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from workbook.findings import Refused, found
from workbook.intake.folders import walk
from workbook.intake.items import Item
from workbook.intake.opening import items


def collect(paths: Iterable[Path]) -> Iterator[Item]:
    """Everything at and below ``paths``: files, and what is in folders, zips, mails and mailboxes.

    Each file, mail and attachment is one item; the order is that of ``paths``, in folders that of names. One
    file is opened at a time, when its first item is asked for. Nothing is written, nothing is raised while
    iterating. Raises Refused at once when a path does not exist, or when nothing at all is there.
    """
    named = list(paths)
    missing = [path for path in named if not _exists(path)]
    if missing:
        raise Refused([found("FILE_UNREADABLE", file=path, reason=f"{path} 不存在") for path in missing])
    all_items = (item for place in walk(named) for item in items(place))
    first = next(all_items, None)
    if first is None:
        raise Refused([found("NOTHING_FOUND", path="、".join(map(str, named)))])
    return chain((first,), all_items)


def count(paths: Iterable[Path]) -> int:
    """Count the different ``origin.path`` of the items of ``collect(paths)``; opens folders, but no file."""
    return sum(1 for _ in walk(path for path in paths if _exists(path)))


def _exists(path: Path) -> bool:
    """Whether there is something; a path that may not be looked at is there."""
    try:
        return path.exists()
    except OSError:
        return True
