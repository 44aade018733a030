"""Files written into the text of a mail, as programs did before there were attachments (uuencode)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbook.intake.headers import text_of
from workbook.intake.lines import with_lf
from workbook.intake.transfer import from_base64, from_uu

_BEGIN = re.compile(rb"^begin(-base64)? [0-7]{3,4} (\S[^\n]{0,254})\n(?=([^\n]+)(?:\n|\Z))", re.M)
_END = re.compile(rb"^(?:end|====)[ \t]*$", re.M)
_UU_DATA = re.compile(rb"[!-M][ -`]{2,80}[ \t]*")
_BASE64_DATA = re.compile(rb"[A-Za-z0-9+/=]{4,}[ \t]*")


@dataclass(frozen=True, slots=True)
class Written:
    """A file written into a text; ``data`` is empty when it cannot be decoded."""

    name: str
    data: bytes


def taken_out(text: bytes) -> tuple[list[Written], bytes]:
    """The files in ``text``, and what is left of it."""
    if b"begin" not in text:
        return [], text
    text = with_lf(text)
    files: list[Written] = []
    left: list[bytes] = []
    since = 0
    match = _BEGIN.search(text)
    while match is not None:
        is_base64 = match[1] is not None
        if (_BASE64_DATA if is_base64 else _UU_DATA).fullmatch(match[3]) is None:
            match = _BEGIN.search(text, match.end())
            continue
        end = _END.search(text, match.end())
        data = text[match.end() : end.start() if end else len(text)]
        files.append(Written(text_of(match[2]), from_base64(data) if is_base64 else from_uu(data)))
        left.append(text[since : match.start()])
        since = end.end() if end else len(text)
        match = _BEGIN.search(text, since)
    return files, b"\n".join((*left, text[since:]))
