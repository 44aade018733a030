"""Line breaks of mails as they arrive: CRLF, LF, CR, and what became of CRLF when it was converted twice.

The readers look at the bytes as they came: rewriting line breaks first would spoil attachments that are sent
as raw bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

BREAK = rb"(?:\r{0,3}\n|\r(?!\r{0,2}\n))"
"""One line break; CR CR LF is one, too. The counts are bounded, so that a long run of CR costs little."""
_ANY = re.compile(BREAK)
_STRANGE = re.compile(rb"\r(?:\r|(?!\n))")
_BLANK = re.compile(BREAK + rb"[ \t]*(?:" + BREAK + rb"|\Z)")
_BLANK_AT_ONCE = re.compile(rb"[ \t]*" + BREAK)
_CHUNK = 1 << 16


def blank_line(data: bytes, start: int, end: int) -> tuple[int, int] | None:
    """Find the first blank line: the end of the text before it and the start of the text behind it."""
    match = _BLANK_AT_ONCE.match(data, start, end)
    if match is not None:
        return start, match.end()
    match = _BLANK.search(data, start, end)
    return None if match is None else (match.start(), match.end())


def before_break(data: bytes, start: int, end: int) -> int:
    """``end`` without the line break before it."""
    for line_break in (b"\r\r\n", b"\r\n", b"\n", b"\r"):
        if data.endswith(line_break, start, end):
            return end - len(line_break)
    return end


def is_strange(text: bytes) -> bool:
    """Whether ``text`` has other line breaks than CRLF and LF."""
    return _STRANGE.search(text) is not None


def with_lf(text: bytes) -> bytes:
    """``text`` with LF for each line break."""
    return _ANY.sub(b"\n", text) if is_strange(text) else text.replace(b"\r\n", b"\n")


def read_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines from the start of ``stream`` with their breaks; very long ones in pieces."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        rest += chunk
        if rest.endswith(b"\r") and len(rest) < 2 * _CHUNK:
            continue  # Its LF may follow.
        *whole, rest = _split(rest)
        yield from whole
        if len(rest) > _CHUNK:
            yield rest
            rest = b""
    if rest:
        yield from (line for line in _split(rest) if line)


def _split(text: bytes) -> Iterator[bytes]:
    """The lines of ``text`` and, at last, what follows the last break; it may be empty."""
    since = 0
    for match in _ANY.finditer(text):
        yield text[since : match.end()]
        since = match.end()
    yield text[since:]
