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
from workbook.intake.boundaries import Ranges, used
from workbook.intake.limits import MAX_HEADERS, MAX_MULTIPARTS, MAX_PARTS, LimitReached
from workbook.intake.lines import BREAK, blank_line
from workbook.intake.transfer import undone

MAILS = {"message/rfc822", "message/global", "message/news", "message"}
_TYPE = re.compile(r"[^\s/]+/[^\s/]+")
_SENT = {"from", "subject", "date", "received", "message-id"}
_NO_HEADER = re.compile(BREAK + rb"(?=--\S)")
_NO_HEADER_OF_PART = re.compile(BREAK + rb"(?=--\S|[A-Za-z0-9+/]{60,100}={0,2}[ \t]*" + BREAK + rb")")
"""The blank line behind the headers is missing: a boundary follows at once, or the base64 of a part."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a mail that is no multipart; ``start`` and ``end`` of its body in the mail's bytes."""

    mail: bytes = field(repr=False)
    begin: int
    """Offset in ``mail``, in bytes, where its headers begin."""
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
    """A part that belongs to the text beside it: pictures of an HTML body."""
    is_report: bool
    """A part of a delivery report."""

    def content(self) -> bytes:
        """The body with its transfer encoding undone: the declared one, or the one that was really used."""
        encoding = self.headers.get("content-transfer-encoding", b"").decode("ascii", "replace")
        raw = self.mail[self.start : self.end]
        return undone(raw, encoding, is_mail=self.type in MAILS, is_named=bool(self.file_name))

    def is_empty(self) -> bool:
        """Whether nothing at all stands below the headers."""
        return not self.mail[self.start : self.end].strip()


@dataclass(frozen=True, slots=True)
class _Span:
    """A part of the mail by place and depth, with the traits that it has from the parts around it."""

    start: int
    end: int
    depth: int = 0
    is_related: bool = False
    is_report: bool = False
    is_in_digest: bool = False


def header_block(mail: bytes, start: int = 0, end: int | None = None) -> tuple[headers.Headers, int]:
    """The headers that stand at ``start``, and where the body behind them begins."""
    end = len(mail) if end is None else end
    blank = blank_line(mail, start, end)
    stop, body = (end, end) if blank is None else blank
    lost = (_NO_HEADER_OF_PART if start else _NO_HEADER).search(mail, start, stop)
    if lost is not None:
        stop, body = lost.start(), lost.end()
    return headers.parse(mail[start : min(stop, start + MAX_HEADERS)]), body


class Parts:
    """The parts of a mail; to be gone through once."""

    def __init__(self, mail: bytes) -> None:
        self._mail = mail
        self._count = 0
        self.is_cut = False
        """Whether the mail ends before its structure does; known after the last part."""
        self.heads: list[tuple[int, int]] = []
        """Offsets where the headers of the multiparts so far begin and end, in order."""

    def __iter__(self) -> Iterator[Part | Finding]:
        """Each part that is no multipart, in order, and a finding for a multipart that cannot be divided.

        Raises LimitReached for more parts, or multiparts inside each other, than a mail may have.
        """
        return self._at(_Span(0, len(self._mail)))

    def _at(self, place: _Span) -> Iterator[Part | Finding]:
        """The parts at ``place``: one, or those of a multipart. Raises LimitReached."""
        self._count += 1
        if self._count > MAX_PARTS:
            raise LimitReached(f"邮件的组成部分超过 {MAX_PARTS} 个")
        if place.depth > MAX_MULTIPARTS:
            raise LimitReached(f"邮件的嵌套超过 {MAX_MULTIPARTS} 层")
        block, body = header_block(self._mail, place.start, place.end)
        kind, parameters = headers.parameters(block.get("content-type", b""))
        disposition, more = headers.parameters(block.get("content-disposition", b""))
        if not place.depth and body == place.end:
            # A mail without text may end behind its headers, but not inside one.
            self.is_cut = bool(block) and not self._mail.endswith((b"\r", b"\n"))
        kind = kind if _TYPE.fullmatch(kind) else kind.partition("/")[0]
        boundary = parameters.get("boundary", "")
        file_name = more.get("filename") or parameters.get("name") or more.get("name") or ""
        encoding = block.get("content-transfer-encoding", b"").strip().lower()
        if place.is_in_digest and not (kind or boundary or file_name or disposition or encoding == b"base64"):
            # By RFC 2046; some programs leave out the blank line before the mail.
            kind, body = "message/rfc822", place.start if _SENT & block.keys() else body
        if self._is_multipart(kind, boundary, body, place.end):
            yield from self._divided(body, place, kind, boundary)
            return
        yield Part(
            mail=self._mail,
            begin=place.start,
            start=body,
            end=place.end,
            headers=block,
            type=kind,
            disposition=disposition,
            file_name=file_name,
            charset=parameters.get("charset", ""),
            is_related=place.is_related,
            is_report=place.is_report,
        )

    def _is_multipart(self, kind: str, boundary: str, start: int, end: int) -> bool:
        """Whether a body is divided: it is declared so, or it does not say what it is and looks so."""
        if kind.partition("/")[0] == "multipart" or (boundary and not kind):
            return True
        if kind.startswith("message"):
            return False
        return used(self._mail, start, end, boundary, guess="/" not in kind)

    def _divided(self, body: int, place: _Span, kind: str, boundary: str) -> Iterator[Part | Finding]:
        """The parts of the multipart whose body begins at ``body``."""
        self.heads.append((place.start, body))
        count = 0
        divided = Ranges(self._mail, body, place.end, boundary)
        for count, (start, end) in enumerate(divided, 1):
            is_related = count > 1 if kind == "multipart/related" else place.is_related
            is_report = place.is_report or kind == "multipart/report"
            yield from self._at(
                _Span(start, end, place.depth + 1, is_related, is_report, kind == "multipart/digest")
            )
        if not place.depth:
            self.is_cut = not divided.is_closed
        if not count and self._mail[body : place.end].strip():
            yield found("MAIL_DAMAGED", problem="找不到附件之间的分界")
