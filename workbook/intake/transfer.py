"""Transfer encodings of mails, decoded as far as they go: what is broken costs only itself."""

from __future__ import annotations

import binascii
import re
import string

from workbook.intake import kinds
from workbook.intake.lines import is_strange, with_lf

_ALPHABET = string.ascii_letters.encode() + string.digits.encode() + b"+/"
_NO_BASE64 = bytes(set(range(256)).difference(_ALPHABET))
_PADDING = re.compile(rb"=[=\s]*")
_UU_LINE = re.compile(rb"^(?!begin |end\s)[!-M][ -`]{2,80}[ \t]*\r?$", re.M)
_MOST_RUNS = 10_000
_BASE64 = re.compile(rb"[A-Za-z0-9+/\s]*")
_START = 4_000
"""Bytes from the start of a body that show how it is encoded."""
_ENCODINGS = ("binary", "base64", "quoted-printable", "x-uuencode")


def undone(raw: bytes, encoding: str, *, is_mail: bool, is_named: bool) -> bytes:
    """``raw`` without its transfer encoding.

    Where the declared ``encoding`` does not give a known kind of file (with ``is_mail``, a mail), but
    another encoding does, the header is wrong or missing. What is uuencoded is left as it is where it may
    be a text with several such files in it.
    """
    start = raw[:_START].lstrip()
    others = _ENCODINGS if is_named and raw.count(b"begin ") == 1 else _ENCODINGS[:-1]
    for tried in (encoding, *others):
        if _is_known(decode(start, tried), is_mail=is_mail):
            return decode(raw.lstrip(), tried)
    return decode(raw, encoding)


def _is_known(start: bytes, *, is_mail: bool) -> bool:
    return kinds.is_known(start) or (is_mail and kinds.is_mail(start))


def decode(raw: bytes, encoding: str) -> bytes:
    """``raw`` decoded by the Content-Transfer-Encoding ``encoding``; unknown ones leave it as it is."""
    match encoding.partition(";")[0].strip("\"' \t").lower():
        case "base64":
            return from_base64(raw)
        case "quoted-printable":
            return binascii.a2b_qp(with_lf(raw) if is_strange(raw) else raw)
        case "x-uuencode" | "uuencode" | "x-uue":
            return from_uu(raw)
        case _:
            return raw


def from_base64(raw: bytes) -> bytes:
    """Decode the base64 in ``raw``, with strange characters left out and missing padding added.

    Some programs encode a file in several runs, each with its padding; a run after the first counts only
    when nothing else is in it: mailing lists add their footers there.
    """
    runs = _PADDING.split(raw, maxsplit=_MOST_RUNS)
    taken = runs[:1]
    for run in runs[1:]:
        if not _BASE64.fullmatch(run):
            break
        taken.append(run)
    return b"".join(_run(run.translate(None, _NO_BASE64)) for run in taken)


def _run(characters: bytes) -> bytes:
    # A last character alone holds no whole byte.
    rest = len(characters) % 4
    whole = characters[:-1] if rest == 1 else characters
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def is_base64(line: bytes) -> bool:
    """Whether a line is nothing but base64."""
    return not line.rstrip(b"=").translate(None, _ALPHABET)


def from_uu(raw: bytes) -> bytes:
    """Decode the uuencoded lines in ``raw``; other lines are passed over."""
    content = bytearray()
    for match in _UU_LINE.finditer(with_lf(raw)):
        try:
            content += binascii.a2b_uu(match[0].rstrip())
        except binascii.Error:
            continue
    return bytes(content)
