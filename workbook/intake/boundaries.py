"""Boundaries of a multipart: the declared one, or the one that is really used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbook.intake.lines import BREAK, before_break

_LONGEST = 200
_LINE = rb"(?<=[\r\n])--(\S[^\r\n]{0,199}?)"
_GUESSED = re.compile(_LINE + rb"[ \t]*" + BREAK + rb"(?=content-)", re.I)
"""A line that looks like a boundary: the headers of a part follow it."""
_OPENING = re.compile(_LINE + rb"[ \t]*" + BREAK)
_CLOSING = re.compile(_LINE + rb"--[ \t]*(?:" + BREAK + rb"|\Z)")


class Ranges:
    """The parts between the boundary lines of a multipart; to be gone through once."""

    def __init__(self, mail: bytes, start: int, end: int, boundary: str) -> None:
        self._mail, self._start, self._end, self._boundary = mail, start, end, boundary
        self.is_closed = False
        """Whether the last boundary was a closing one; known after the last range."""

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Start and end of each part, in order."""
        mail, end = self._mail, self._end
        lines = _lines(mail, self._start, end, _exact(self._boundary))
        first = next(lines, None)
        if first is None:
            lines = _lines(mail, self._start, end, _guess(mail, self._start, end))
            first = next(lines, None)
        if first is None:
            return
        since, self.is_closed = first.end(), bool(first[1])
        for match in lines:
            if since >= 0:
                yield since, before_break(mail, since, match.start())
            self.is_closed = bool(match[1])
            since = -1 if self.is_closed else match.end()
        if since >= 0:  # The mail ends before its last part does.
            yield since, end


def used(mail: bytes, start: int, end: int, boundary: str, *, guess: bool) -> bool:
    """Whether ``boundary`` divides the body, or with ``guess`` any that looks like one."""
    if next(_lines(mail, start, end, _exact(boundary)), None) is not None:
        return True
    return guess and bool(_guess(mail, start, end))


def _exact(boundary: str) -> bytes:
    return boundary.strip()[:_LONGEST].encode("utf-8", "replace")


def _lines(mail: bytes, start: int, end: int, boundary: bytes) -> Iterator[re.Match[bytes]]:
    """The lines that are ``boundary``; group 1 is there in closing ones. None for an empty boundary."""
    if not boundary:
        return
    line = re.compile(rb"--" + re.escape(boundary) + rb"(--)?[ \t]*(?:" + BREAK + rb"|\Z)")
    for match in line.finditer(mail, start, end):
        before = match.start()
        if before == start or mail[before - 1] in b"\r\n":
            yield match


def _guess(mail: bytes, start: int, end: int) -> bytes:
    """The boundary in use, b"" when none is: headers of a part follow it, or it is closed at last."""
    match = _GUESSED.search(mail, start, end)
    if match is not None:
        return match[1]
    opened = {match[1] for match in _OPENING.finditer(mail, start, end)}
    closed = (match[1] for match in _CLOSING.finditer(mail, start, end))
    return next((boundary for boundary in closed if boundary in opened), b"")
