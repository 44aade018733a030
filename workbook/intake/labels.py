"""Bytes that claim to be text, and texts that become names people read."""

from __future__ import annotations

import os
import re
import unicodedata

_CHINESE = "gb18030"
"""Contains GB 2312 and GBK, which programs declare while writing characters of the larger sets."""
_CHARSETS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "cp936", "ms936", "x-gbk", "gb-2312", "euc-cn"), _CHINESE),
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("big5", "big5-hkscs", "cp950", "x-big5"), "big5hkscs"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "utf-7"), ""),
    **dict.fromkeys(("shift-jis", "iso-2022-jp", "euc-jp", "euc-kr", "iso-2022-kr", "koi8-r"), ""),
    **{f"windows-125{n}": f"cp125{n}" for n in range(1, 9) if n != 2},
    **{f"iso-8859-{n}": f"iso8859-{n}" for n in (2, 5, 7, 9, 15)},
    "hz-gb-2312": "hz",
}
"""Declared name to codec ("" where they are the same). ASCII, Latin-1 and unknown names are not here:
programs declare them for anything, so the bytes decide."""
_LONGEST = 200
_BLANKS = re.compile(r"\s+")
_SHOWN_FORMATS = "\u200c\u200d"
"""Joiners, which belong to some scripts and to emoji; other invisible characters can turn a name around."""


def decoded(raw: bytes, charset: str | None = None) -> str:
    """``raw`` as text: by its declared charset when that is known and fits, else UTF-8, else GB 18030.

    Never fails: bytes that fit nothing become U+FFFD.
    """
    name = (charset or "").strip().lower().replace("_", "-")
    declared = [_CHARSETS[name] or name] if name in _CHARSETS else []
    for codec in (*declared, "utf-8", _CHINESE):
        try:
            return raw.decode(codec)
        except UnicodeError:
            continue
    return raw.decode(declared[0] if declared else "utf-8", errors="replace")


def clean(text: str) -> str:
    """``text`` as one line that can be printed: no control or direction characters, at most 200 long."""
    # What is far too long is cut first, so that the rest costs little.
    shown = (_shown(char) for char in text[: 20 * _LONGEST])
    line = _BLANKS.sub(" ", "".join(shown)).strip()
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 21]}…{line[-20:]}"


def base_name(text: str) -> str:
    """The last part of a path written with either slash, cleaned; "" when there is none."""
    return clean(text[-20 * _LONGEST :].replace("\\", "/").rstrip("/").rpartition("/")[2])


def on_disk(text: str) -> str:
    """A path on disk, or a part of one, that can be printed, also when it is not in the system's encoding."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = decoded(os.fsencode(text)) if os.name == "posix" else text
    return "".join(map(_shown, text))


def _shown(char: str) -> str:
    if char < "\x7f":
        return char if char >= " " else " "
    category = unicodedata.category(char)
    if category == "Cs":
        return "\ufffd"
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    return "" if category == "Cf" and char not in _SHOWN_FORMATS else char
