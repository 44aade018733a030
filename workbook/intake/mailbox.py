"""A mailbox in one file (mbox), divided into its mails as it is read; it is neither locked nor changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from workbook.intake.limits import MAX_HELD
from workbook.intake.lines import BREAK, read_lines

_DIVIDER = re.compile(rb"From (?:\S*[ \t]*|[^\r\n]{0,300}\d\d:\d\d[^\r\n]{0,60}\d{4}[^\r\n]{0,60})" + BREAK)
"""Text has lines that start with ``From `` too: a divider names an address and a date, or only an address."""
_HEADER = re.compile(rb">?[!-9;-~]{1,76}[ \t]*:|>From ")


def mails(stream: BinaryIO) -> Iterator[bytes | None]:
    """The bytes of each mail from the start of ``stream``; None for a mail larger than ``MAX_HELD``."""
    mail = bytearray()
    is_large = started = False
    before_blank = True
    lines = read_lines(stream)
    line = next(lines, b"")
    while line:
        following = next(lines, b"")
        if before_blank and _divides(line, following):
            if started:
                yield None if is_large else bytes(mail)
            mail.clear()
            started, is_large = True, False
        elif not is_large:
            mail += line
            started = started or bool(line.strip())
            is_large = len(mail) > MAX_HELD
        before_blank = not line.strip()
        line = following
    if started:
        yield None if is_large else bytes(mail)


def _divides(line: bytes, following: bytes) -> bool:
    """Whether ``line`` begins a mail whose first header is ``following``."""
    return (
        line.startswith(b"From ")
        and _DIVIDER.fullmatch(line) is not None
        and _HEADER.match(following) is not None
    )
