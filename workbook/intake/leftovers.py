"""The last look at a mail: whether bytes that no attachment accounts for look like one all the same.

A mail may be written, converted or damaged in more ways than any reader knows. What was not understood must
not pass for a mail without attachment.
"""

from __future__ import annotations

import re

from workbook.intake.lines import with_lf
from workbook.intake.transfer import is_base64

_CONTENT = re.compile(
    rb"PK\x03\x04|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|%TSD-Header-###%"
    rb"|(?<![A-Za-z0-9+/])(?:UEsDB[AB]|0M8R4KGxGuE|JVRTRC1IZWFkZXIt|UmFyIRoH|N3q8ryc|JVBERi0)[A-Za-z0-9+/]{8}"
    rb"|(?:PK|=50=4[Bb])=03=04|=[Dd]0=[Cc][Ff]=11=[Ee]0"
    rb"|(?<![!-`])M(?:4\$L#!|T,\\1X\*&Q)"
)
"""Where a workbook, an archive or a PDF begins: as it is, in base64, quoted-printable and uuencoded."""
_ENCODED = re.compile(
    rb"^=ybegin |^\(This file must be converted with BinHex"
    rb"|^begin(?:-base64)? [0-7]{3,4} [^\n]{0,250}\.\w{1,5}[ \t]*$",
    re.M,
)
_NAMED = re.compile(
    rb"^content-(?:disposition[ \t]*:[ \t]*attach"
    rb"|(?:disposition|type)[ \t]*:(?:[^\n]|\n(?=[ \t])){0,400}?"
    rb"[;\s](?:file)?name\*?(?:\d\*?)?[ \t]*=[ \t]*\"?[^\"\s;])",
    re.M | re.I,
)
_STRUCTURE = re.compile(
    rb"^content-type[ \t]*:\s{0,9}(?:multipart|[^\n]{0,200}?boundary[ \t]*=)", re.M | re.I
)
_LONG_RUN = 8_000
"""Characters of base64 in lines of their own; keys and signatures are shorter."""
_LEAST_LINE = 40

CONTENT = "正文里有文件的内容（工作簿、压缩包或 PDF 的开头）"
ENCODED = "正文里有用 yEnc、BinHex 或 uuencode 编码的文件"
NAMED = "有附件的名称，却没有相应的附件"
STRUCTURE = "正文里还有一封邮件的开头"
LONG_RUN = "有一长段经过编码的内容"


def suspected(text: bytes) -> str | None:
    """The sign of a file in ``text`` (that of a body, or what is outside all parts), None without one."""
    if _CONTENT.search(text):
        return CONTENT
    lines = with_lf(text)
    if _ENCODED.search(lines):
        return ENCODED
    if _NAMED.search(lines):
        return NAMED
    if _STRUCTURE.search(lines):
        return STRUCTURE
    return LONG_RUN if _has_long_run(lines) else None


def holds_content(text: bytes) -> bool:
    """Whether ``text`` (headers, or an encoded body) holds the beginning of a file."""
    return _CONTENT.search(text) is not None


def _has_long_run(text: bytes) -> bool:
    """Whether a file's worth of base64 stands in lines of its own; pictures in HTML do not count."""
    length, is_picture, previous = 0, False, b""
    for line in text.split(b"\n"):
        bare = line.strip()
        if not bare:
            continue
        if len(bare) < _LEAST_LINE or not is_base64(bare):
            length, previous = 0, bare
            continue
        if not length:
            is_picture = b"data:image" in previous[-200:]
        length += len(bare)
        if length >= _LONG_RUN and not is_picture:
            return True
    return False
