"""The parts of a mail, found by their boundaries without recursion into what they hold.

The standard library's parser builds every part of a mail before the first can be looked at, and its time
grows with parts times depth; here both have an end, and a part is a range of the mail's bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from workbook.findings import Finding, found
from workbook.intake import headers
from workbook.intake.limits import MAX_HEADERS, MAX_MULTIPARTS, MAX_PARTS, LimitReached
from workbook.intake.transfer import decode

_BLANK_LINE = re.compile(rb"^[ \t]*\r?(?:\n|\Z)", re.M)
_LONGEST_BOUNDARY = 200
_GUESSED = re.compile(rb"^--(\S[^\r\n]{0,199}?)[ \t]*\r?\n(?=content-)", re.M | re.I)
"""A line that looks like a boundary: the headers of a part follow it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a mail that is no multipart; ``start`` and ``end`` of its body in the mail's bytes."""

    mail: bytes = field(repr=False)
    start: int
    end: int
    headers: headers.Headers
    type: str
    """In lower case, as ``text/plain``; "" when the part does not say."""
    disposition: str
    """``attachment``, ``inline`` or ""."""
    file_name: str
    charset: str
    is_related: bool
    """Belongs to the text beside it: pictures of an HTML body."""
    is_report: bool
    """Is in a delivery report."""

    def content(self) -> bytes:
        """The body with its transfer encoding undone."""
        encoding = self.headers.get("content-transfer-encoding", b"").decode("ascii", "replace")
        return decode(self.mail[self.start : self.end], encoding)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a part of the mail stands, and what that makes of it."""

    start: int
    end: int
    depth: int = 0
    is_related: bool = False
    is_report: bool = False


def header_block(mail: bytes, start: int = 0, end: int | None = None) -> tuple[headers.Headers, int]:
    """The headers that stand at ``start``, and where the body behind them begins."""
    end = len(mail) if end is None else end
    blank = _BLANK_LINE.search(mail, start, end)
    stop, body = (end, end) if blank is None else (blank.start(), blank.end())
    return headers.parse(mail[start : min(stop, start + MAX_HEADERS)]), body


def parts(mail: bytes) -> Iterator[Part | Finding]:
    """Each part that is no multipart, in order, and a finding for a multipart that cannot be divided.

    Raises LimitReached for more parts, or multiparts inside each other, than a mail may have.
    """
    return _Walk(mail).at(_Place(0, len(mail)))


class _Walk:
    """One way through a mail; counts every part and multipart on it."""

    def __init__(self, mail: bytes) -> None:
        self._mail = mail
        self._count = 0

    def at(self, place: _Place) -> Iterator[Part | Finding]:
        """The parts at ``place``: one, or those of a multipart."""
        self._count += 1
        if self._count > MAX_PARTS:
            raise LimitReached(f"邮件的组成部分超过 {MAX_PARTS} 个")
        if place.depth > MAX_MULTIPARTS:
            raise LimitReached(f"邮件的嵌套超过 {MAX_MULTIPARTS} 层")
        block, body = header_block(self._mail, place.start, place.end)
        kind, parameters = headers.parameters(block.get("content-type", b""))
        if kind.startswith("multipart/"):
            yield from self._divided(body, place, kind, parameters.get("boundary", ""))
            return
        disposition, more = headers.parameters(block.get("content-disposition", b""))
        yield Part(
            mail=self._mail,
            start=body,
            end=place.end,
            headers=block,
            type=kind,
            disposition=disposition,
            file_name=more.get("filename") or parameters.get("name") or more.get("name") or "",
            charset=parameters.get("charset", ""),
            is_related=place.is_related,
            is_report=place.is_report,
        )

    def _divided(self, body: int, place: _Place, kind: str, boundary: str) -> Iterator[Part | Finding]:
        """The parts of the multipart whose body begins at ``body``."""
        count = 0
        for count, (start, end) in enumerate(_ranges(self._mail, body, place.end, boundary), 1):
            is_related = count > 1 if kind == "multipart/related" else place.is_related
            is_report = place.is_report or kind == "multipart/report"
            yield from self.at(_Place(start, end, place.depth + 1, is_related, is_report))
        if not count and self._mail[body : place.end].strip():
            yield found("MAIL_DAMAGED", problem="找不到附件之间的分界")


def _ranges(mail: bytes, start: int, end: int, boundary: str) -> Iterator[tuple[int, int]]:
    """Start and end of each part between the lines with ``boundary``, or with the one that is really used."""
    exact = boundary.strip()[:_LONGEST_BOUNDARY].encode("utf-8", "replace")
    lines = _boundary_line(exact).finditer(mail, start, end) if exact else iter(())
    first = next(lines, None)
    if first is None:
        guess = _GUESSED.search(mail, start, end)
        if guess is None:
            return
        lines, first = _boundary_line(guess[1]).finditer(mail, guess.end(), end), guess
    since = first.end()
    for match in lines:
        if since >= 0:
            yield since, _before_break(mail, since, match.start())
        since = -1 if match[1] else match.end()
    if since >= 0:  # The mail ends before its last part does.
        yield since, end


def _boundary_line(boundary: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"^--" + re.escape(boundary) + rb"(--)?[ \t]*\r?(?:\n|\Z)", re.M)


def _before_break(mail: bytes, start: int, end: int) -> int:
    """``end`` without the line break before it, which belongs to the boundary."""
    for line_break in (b"\r\n", b"\n"):
        if mail.endswith(line_break, start, end):
            return end - len(line_break)
    return end
