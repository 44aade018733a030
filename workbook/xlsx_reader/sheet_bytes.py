"""The bytes of a sheet's part: what stands beside the rows, each row, the headers. Nothing is parsed here.

Where bytes alone do not tell one from another, the part is not taken apart, and is parsed as a whole.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from workbook.xlsx_reader.xml import dereferenced

BODY, BODY_END, ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_ROW = re.compile(rb'\s*<row (?:[^>]*?\s)?r="\d+"')
_ROOT = re.compile(rb"<worksheet[ >][^>]*>")

_HEADER = re.compile(
    rb"""><headerFooter(?: differentFirst="false")?(?: differentOddEven="false")?>"""
    rb"((?:<odd(?:Header|Footer)>"
    rb"(?:[^<>&\x00-\x1f]|&(?:amp|lt|gt|quot|apos|#\d{3,5});)*</odd(?:Header|Footer)>)*)"
    rb"(?:<evenHeader></evenHeader><evenFooter></evenFooter><firstHeader></firstHeader>"
    rb"<firstFooter></firstFooter>)?</headerFooter>(?=<)"
)
"""Headers and footers, which name the department: all else of a sheet's frame is often the same."""

_TEXT_OF_HEADER = re.compile(rb"<(odd(?:Header|Footer))>([^<]*)</(odd(?:Header|Footer))>")
_UNTOLD = (b"<!", b"<?", b"shared", b"xmlns", b"sheetData", b"rPr")
"""Signs that a row's bytes alone do not decide its meaning: comments and the like could hold a mock row,
a shared formula depends on the rows before, the colours of a text's parts on the theme."""

_BLANK_ROW = re.compile(rb'<row(?=\s)(?=[^<>]*\sr="\d+")[^<>]*(?:/>|></row>)')
_ANY_ROW, _NUMBERED_ROW = re.compile(rb"<row[\s/>]"), re.compile(rb'<row(?=\s)[^<>]*?\sr="\d+"')


class SheetBytes(NamedTuple):
    """A part taken apart.

    ``header`` are its headers and footers by the name of their element, which name the department, while all
    else beside the rows is often the same; None where they still stand in ``rest``.
    """

    root: bytes
    """The tag of the root, which binds the prefixes of all names in the part."""
    rest: bytes
    """The part without its rows, and without its headers if they were taken out."""
    body: bytes
    """The rows."""
    header: dict[str, str] | None


def take_apart(content: bytes) -> SheetBytes | None:
    """A worksheet's bytes taken apart; None where its rows are not found."""
    start, end = content.find(BODY) + len(BODY), content.rfind(BODY_END)
    root = _ROOT.search(content, 0, start)
    if start < len(BODY) or end < start or root is None:
        return None
    rest, header = _without_header(content[:start] + content[end:])
    return SheetBytes(root[0], rest, content[start:end], header)


def is_plain(rest: bytes) -> bool:
    """Whether what stands beside the rows says by its bytes that the rows are where they were found."""
    return (
        rest.count(BODY) == 1 and rest.count(BODY_END) == 1 and rest.count(b"<?") <= 1 and b"<!" not in rest
    )


def _without_header(rest: bytes) -> tuple[bytes, dict[str, str] | None]:
    """The bytes beside the rows without their plain headers, and these."""
    plain = _HEADER.match(rest, max(rest.find(b"<headerFooter") - 1, 0))
    header = None if plain is None else _header_of(plain[1])
    # a second list of headers is refused with the rest
    if plain is None or header is None or rest.count(b"headerFooter") > 2:
        return rest, None
    return rest[: plain.start() + 1] + rest[plain.end() :], header


def rows_of(body: bytes) -> list[bytes] | None:
    """Each row's bytes without its end; None where something follows the last."""
    rows = body.split(ROW_END)
    return None if rows.pop().strip() else rows


def is_told(row: bytes) -> bool:
    """Whether a row's bytes alone say what is in it."""
    if row.count(b"<row") != 1 or _ROW.match(row) is None:
        return False
    return not any(mark in row for mark in _UNTOLD)


def _header_of(content: bytes) -> dict[str, str] | None:
    """The plain headers and footers in some bytes; None where one stands twice or is not plain."""
    found: dict[str, str] = {}
    for start, text, end in _TEXT_OF_HEADER.findall(content):
        if start != end or start.decode() in found:
            return None
        plain = dereferenced(text)
        if plain is None:
            return None
        found[start.decode()] = plain
    return found


def without_blank_rows(content: bytes) -> bytes:
    """A worksheet's bytes without the rows that hold nothing, where each row has its own number."""
    if b"<!" in content or len(_ANY_ROW.findall(content)) != len(_NUMBERED_ROW.findall(content)):
        return content
    return _BLANK_ROW.sub(b"", content)
