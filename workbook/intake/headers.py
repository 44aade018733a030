"""The headers of a mail, as mail programs really write them.

The readers never fail and take time in proportion to their input. They work on bytes: a name may come
encoded by RFC 2047 or RFC 2231, as raw GBK, or as a mixture that only its sender understands.
"""

from __future__ import annotations

import binascii
import email.utils
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import unquote_to_bytes

from workbook.intake.labels import clean, decoded
from workbook.intake.lines import BREAK
from workbook.intake.transfer import from_base64

Headers = Mapping[str, bytes]
"""Names in lower case with the first value of each that is not empty, unfolded."""

_FOLD = re.compile(BREAK + rb"(?=[ \t])")
_WORD = re.compile(rb"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)(?:\?=|$)")
_PARAMETER = re.compile(rb';\s*([^\s=;"]+)\s*=\s*("(?:\\"|[^"])*"?|[^;]*)')
_FIRST = re.compile(rb"[ \t]*([^;=\s,]+)(?=[;,\s]|$)(?![ \t]*=)")
_NUMBERED = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?$")
_LONGEST_SENDER = 2_000
_QUOTED = re.compile(rb'"(?:\\.|[^"\\])*"')
_ANGLE = re.compile(rb"<\s*([^<>@\s]+@[^<>@\s]+)\s*>")
_BARE = re.compile(rb"([^<>@\s;:]+@[^<>@\s;:]+)")
_PERCENT = re.compile(rb"%[89A-Fa-f][0-9A-Fa-f]")


def parse(block: bytes) -> Headers:
    """The headers in ``block``; lines that are none are passed over."""
    headers: dict[str, bytes] = {}
    for line in _FOLD.sub(b"", block).splitlines():
        name, colon, value = line.partition(b":")
        key = name.strip().lower().decode("ascii", "replace")
        if colon and key and not headers.get(key):
            headers[key] = value.strip()
    return headers


def text_of(value: bytes) -> str:
    """A header's value as one line of text, encoded words decoded."""
    return clean(_words(value))


def _words(value: bytes) -> str:
    """``value`` with its encoded words decoded; words in a row may share a character between them."""
    texts: list[str] = []
    held = bytearray()
    end, charset = 0, ""
    for match in _WORD.finditer(value):
        between = value[end : match.start()]
        follows = end > 0 and not between.strip()
        declared = match[1].decode("ascii", "replace").partition("*")[0].lower()
        if held and not (follows and declared == charset):
            texts.append(decoded(bytes(held), charset))
            held.clear()
        if not follows:
            texts.append(decoded(between))
        held += _word(match[2], match[3])
        charset, end = declared, match.end()
    return "".join((*texts, decoded(bytes(held), charset), decoded(value[end:])))


def _word(encoding: bytes, text: bytes) -> bytes:
    if encoding in b"bB":
        return from_base64(text)
    return binascii.a2b_qp(text.replace(b" ", b"_"), header=True)


def parameters(value: bytes) -> tuple[str, Mapping[str, str]]:
    """A value like ``text/plain; name=…``: what stands first, in lower case, and the decoded parameters.

    The first may be missing, and so may the semicolon behind it.
    """
    match = _FIRST.match(value)
    first = match[1].strip().lower().decode("ascii", "replace") if match else ""
    value = b";" + value[match.end() if match else 0 :].lstrip(b"; \t,")
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[bytes, bool]]] = {}
    for match in _PARAMETER.finditer(value):
        key = _NUMBERED.match(match[1].lower().decode("ascii", "replace"))
        if key is None:
            continue
        raw = _unquoted(match[2])
        if key[2] is None and key[3] is None:
            plain.setdefault(key[1], _plain(raw))
        else:
            pieces.setdefault(key[1], {}).setdefault(int(key[2] or 0), (raw, key[3] is not None))
    extended = {name: _extended([found[n] for n in sorted(found)]) for name, found in pieces.items()}
    return first, {**plain, **{name: text for name, text in extended.items() if text}}


def _unquoted(raw: bytes) -> bytes:
    raw = raw.strip()
    if not raw.startswith(b'"'):
        return raw
    raw = raw[1:].removesuffix(b'"')
    # In raw GBK the second byte of a character may look like a backslash.
    return raw.replace(b'\\"', b'"').replace(b"\\\\", b"\\") if raw.isascii() else raw


def _plain(raw: bytes) -> str:
    """A parameter that should be ASCII; encoded words, percent signs and raw characters occur too."""
    if b"=?" not in raw and raw.isascii() and _PERCENT.search(raw):
        try:
            return unquote_to_bytes(raw).decode("utf-8")
        except UnicodeDecodeError:
            pass
    return _words(raw)


def _extended(pieces: list[tuple[bytes, bool]]) -> str:
    """A parameter by RFC 2231, in one piece or many; the charset stands in the first."""
    raw, is_encoded = pieces[0]
    charset = ""
    quotes = raw.split(b"'", 2)
    if is_encoded and len(quotes) == 3:
        charset = quotes[0].decode("ascii", "replace")
        pieces = [(quotes[2], True), *pieces[1:]]
    joined = b"".join(unquote_to_bytes(part) if encoded else part for part, encoded in pieces)
    return decoded(joined, charset) if charset or b"=?" not in joined else _words(joined)


def address(value: bytes) -> str | None:
    """The bare address of the first sender named, in lower case; None when there is none to be sure of.

    Taken from the raw value: a decoded display name may hold what looks like an address.
    """
    if len(value) > _LONGEST_SENDER:
        return None
    bare = _QUOTED.sub(b"", value).partition(b",")[0]
    match = _ANGLE.search(bare) or _BARE.search(bare)
    return match[1].strip().lower().decode("utf-8", "replace") if match else None


def moment(value: bytes) -> datetime | None:
    """A Date with its zone, UTC when it names none; None when it is no date."""
    try:
        parsed = email.utils.parsedate_tz(decoded(value[:200]))
        if parsed is None:
            return None
        offset = parsed[9]
        zone = timezone(timedelta(seconds=offset)) if offset else UTC
        return datetime(*parsed[:6], tzinfo=zone)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
