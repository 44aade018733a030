"""Headers and footers of a template's sheet: what they say, and whether their dress covers or hides."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache

from workbook.findings import Finding, found
from workbook.layout.letters import width_of
from workbook.returned.issued import IssuedSheet
from workbook.template.identity import Identity, issue_id
from workbook.verifier.integrity.looks import LEAST_CONTRAST, shows_signs
from workbook.verifier.integrity.telling_words import RESULT
from workbook.xlsx_reader.colours import WHITE, contrast
from workbook.xlsx_reader.frame import plain_header
from workbook.xlsx_reader.pages import Margins
from workbook.xlsx_reader.received import ReceivedSheet

_SECTION = re.compile(r"&([LCR])")
_CODE = re.compile(
    r'&(?:"(?P<font>[^"]*)"|(?P<size>\d{1,3})|K(?P<colour>[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|(?P<code>.))', re.S
)

_LEAST_SIZE, _MOST_SIZE, _USUAL_SIZE = 6, 14, 11
"""Points of letters that can be read and cover nothing, and of those of which no size is said."""
_LINE = 1.3
"""Height of a line, in sizes of its letters."""
_WIDTH = 500.0
"""Points of a line before programs break it; a page of the usual paper has more."""
_MOST = 256
"""Texts of which is remembered what was found: the sheets of a workbook have most of theirs in common."""
_SLIGHT = 20.0
"""Points by which a header may stand in the table: a line of small print over the title."""

_DARK, _DEEP = {"01", "03"}, {"04", "05", "06", "07", "08", "09"}
"""Colours of a theme by number: those of texts, and of accents; the others are those of grounds."""
_MOST_LIGHTER = {**dict.fromkeys(_DARK, 60), **dict.fromkeys(_DEEP, 40)}


def header_findings(
    issued: IssuedSheet, got: ReceivedSheet, identity: Identity | None, department: str
) -> Iterator[Finding]:
    """Headers say what was issued, with the department's name in the middle; or nothing at all."""
    expected = {name: _sections(plain_header(text)) for name, text in issued.sheet.frame.header.items()}
    overlaps = False
    for name, raw in got.frame.header.items():
        usual = expected.get(_usual(name), {})
        for side, said in _sections(plain_header(raw)).items():
            if said:
                yield from _said(issued, name, side, said, usual.get(side, ""), identity, department)
        for dressed in _dressed_sections(raw):
            said = plain_header(dressed).strip()
            if not said:
                continue
            if what := _dress(dressed):
                yield _changed(issued, f"{said[:40]}（{what}）")
            beyond = _height(dressed) - _space(name, got.frame.page.margins)
            if beyond > _SLIGHT:
                yield _changed(issued, f"{said[:40]}（伸入表格）")
            overlaps = overlaps or beyond > 0
    if overlaps:
        yield found("HEADER_OVERLAPS", sheet=issued.title, sheet_name=issued.title)
    if expected and not any(plain_header(text) for text in got.frame.header.values()):
        yield found("HEADER_LOST", sheet=issued.title, sheet_name=issued.title)


def _said(
    issued: IssuedSheet,
    name: str,
    side: str,
    said: str,
    usual: str,
    identity: Identity | None,
    department: str,
) -> Iterator[Finding]:
    if said == usual:
        return
    names = side == "C" and name.endswith("Header")
    if names and _names_department(said, identity, department):
        return
    if names and _harmless_name(said):
        yield found("HEADER_DEPARTMENT", sheet=issued.title, sheet_name=issued.title, text=said[:60])
        return
    yield _changed(issued, said)


def _changed(issued: IssuedSheet, text: str) -> Finding:
    return found("HEADER_CHANGED", sheet=issued.title, sheet_name=issued.title, text=text[:60])


def _usual(name: str) -> str:
    """Headers of first and even pages may say what those of all pages say."""
    return "oddHeader" if name.endswith("Header") else "oddFooter"


@lru_cache(_MOST)
def _sections(text: str) -> dict[str, str]:
    """The left, middle and right part of a header; what stands before them is in the middle."""
    parts = _SECTION.split(text)
    found_parts = {"C": parts[0].strip(" ")} if parts[0].strip() else {}
    for side, said in zip(parts[1::2], parts[2::2], strict=True):
        found_parts[side] = found_parts.get(side, "") + said.strip(" ")
    return found_parts


@lru_cache(_MOST)
def _dressed_sections(text: str) -> tuple[str, ...]:
    """The same with their codes; what looks like a section's mark within the name of a font is none."""
    marks = [match for match in _CODE.finditer(text) if match["code"] in {"L", "C", "R"}]
    starts, ends = [0, *(one.end() for one in marks)], [*(one.start() for one in marks), len(text)]
    return tuple(text[start:end].strip(" ") for start, end in zip(starts, ends, strict=True))


def _names_department(text: str, identity: Identity | None, department: str) -> bool:
    """Whether a header names the department that fills the workbook in, or the one to which it was issued."""
    plain = text.replace("&&", "&")
    if "".join(plain.split()) == "".join(department.split()):
        return True
    return identity is not None and issue_id(identity.rubric, plain) == identity.issue


def _harmless_name(text: str) -> bool:
    """Whether a text could be a department's name and nothing that looks like a result."""
    return not any(char.isnumeric() or char in "%％&" for char in text) and not RESULT.search(text)


@lru_cache(_MOST)
def _dress(text: str) -> str:
    """The part of a section's dress that hides its text, strikes it out or shows other signs; "" for none."""
    for match in _CODE.finditer(text):
        if match["size"] and not _LEAST_SIZE <= int(match["size"]) <= _MOST_SIZE:
            return f"字号 {match['size']}"
        if match["font"] and not _has_letters(match["font"]):
            return f"字体“{match['font'][:20]}”"
        if match["colour"] and not _is_seen(match["colour"]):
            return "颜色与纸相近"
        if match["code"] and match["code"] in "SsXxYy":
            return "删除线、上标或下标"
    return ""


def _has_letters(font: str) -> bool:
    face = font.partition(",")[0].strip()
    return face in {"", "-", "+"} or not shows_signs(face, "", own=False)


def _is_seen(colour: str) -> bool:
    if len(colour) == 6 and colour[2] not in "+-":
        return contrast(colour.upper(), WHITE) >= LEAST_CONTRAST
    return int(colour[2:]) <= _MOST_LIGHTER.get(colour[:2], -50)


@lru_cache(_MOST)
def _height(text: str) -> float:
    """Points that a section takes, blank lines at its edges too: they push the others."""
    size, height = _USUAL_SIZE, 0.0
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        sizes = [int(match["size"]) for match in _CODE.finditer(line) if match["size"]]
        # a line before its first size is in that of the line before
        begins = _CODE.match(line)
        largest = max(sizes if begins is not None and sizes else [size, *sizes])
        letters = plain_header(line)
        width = width_of(letters, wide=10, narrow=6) / 10 * largest
        height += max(1, math.ceil(width / _WIDTH)) * largest * _LINE
        size = sizes[-1] if sizes else size
    return height


def _space(name: str, margins: Margins) -> float:
    """Points between the edge at which a header stands and the table."""
    if name.endswith("Header"):
        return (margins.top - margins.header) * 72
    return (margins.bottom - margins.footer) * 72
