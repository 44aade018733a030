"""Evidence that came with a workbook: in the same mail, or beside it in the same archive."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from workbook.intake.items import Origin, Unreadable
from workbook.intake.kinds import WORKBOOK_SUFFIXES, suffix_of

_KINDS = {"FILE_PICTURE", "FILE_DOCUMENT", "FILE_TABLE", "FILE_OTHER_KIND", "FILE_SEALED"}
"""Codes of what may be evidence; with a workbook's suffix it was meant to be one."""

_Folder = tuple[Path, tuple[str, ...]]


class Company:
    """Places where the workbooks came in; to be asked about other files when all are known."""

    def __init__(self) -> None:
        self._mails: set[_Folder] = set()
        self._beside: set[_Folder] = set()
        self._below: Counter[_Folder] = Counter()

    def add(self, origin: Origin) -> None:
        """Note that a workbook came from ``origin``."""
        if origin.mail is not None:
            self._mails.add(_mail(origin))
        folders = _folders(origin)
        self._beside.update(folders[-1:])
        self._below.update(folders)

    def has(self, item: Unreadable) -> bool:
        """Whether ``item`` is evidence: something else than a workbook that came with one.

        In an archive of several workbooks each may be of another department, whose scan must not pass for
        the evidence of its neighbour: one of the folders that lead to it has a workbook in it, or has a
        single one somewhere below.
        """
        origin = item.origin
        if item.finding.code not in _KINDS or suffix_of(item.name) in WORKBOOK_SUFFIXES:
            return False
        if origin.mail is not None:
            return _mail(origin) in self._mails
        return any(folder in self._beside or self._below[folder] == 1 for folder in _folders(origin))


def _mail(origin: Origin) -> _Folder:
    """The innermost mail that a file came in."""
    return origin.path, origin.inside[: origin.mail]


def _folders(origin: Origin) -> list[_Folder]:
    """The folders and archives inside the file on disk that lead to ``origin``, outermost first."""
    steps = [part for step in origin.inside for part in step.replace("\\", "/").split("/") if part]
    return [(origin.path, tuple(steps[:depth])) for depth in range(len(steps))]
