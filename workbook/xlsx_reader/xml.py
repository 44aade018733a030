"""XML of received packages: one strict reading, so that no program can see another workbook in it.

Only UTF-8, no document type, bounded size. What the standard leaves to a reader's choice is refused: no
spreadsheet program writes it.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLParser

from workbook.findings import Finding, found

MAX_MARKUP = 2_000_000
"""Tags in one part, opening and closing."""

_DECLARED = re.compile(rb"""^<\?xml[^>]*\bencoding\s*=\s*["']([^"']+)["']""")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")


_NUMBERED = re.compile(r"&#(\d+);")
_REFERENCES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


class PartProblem(Exception):
    """The refusal of a part, and so of the file: ``finding``, of a code and the words that its texts need."""

    def __init__(self, code: str, **values: Any) -> None:
        self.finding: Finding = found(code, **values)
        super().__init__(self.finding.message)


class Forbidden(PartProblem):
    """A part that is refused by a finding made elsewhere."""

    def __init__(self, finding: Finding) -> None:
        Exception.__init__(self, finding.message)
        self.finding = finding


def check_text(name: str, content: bytes) -> None:
    """Refuse other encodings and document types, before any parser. Raises PartProblem."""
    declared = _DECLARED.match(content.removeprefix(b"\xef\xbb\xbf").lstrip())
    if content.startswith(_WIDE) or (declared and declared[1].lower() not in {b"utf-8", b"us-ascii"}):
        raise PartProblem("PART_ENCODING", part=name)
    if b"<!" in content and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
        raise PartProblem("PART_DOCTYPE", part=name)
    if len(content) > MAX_MARKUP and content.count(b"<") > MAX_MARKUP:
        raise PartProblem("PART_LONG", part=name)


def parse(name: str, content: bytes) -> Element:
    """The root element of a part that ``check_text`` has let through. Raises PartProblem."""
    parser = XMLParser()
    try:
        parser.feed(content)
        root: Element = parser.close()
    except (ParseError, ValueError) as error:
        raise PartProblem("PART_DAMAGED", part=name) from error
    return root


def dereferenced(content: bytes) -> str | None:
    """A text of an element whose only markup is references, five by name and others by decimal numbers.

    None for what is no UTF-8, for a number that is no sign of XML, or none that stands alone, and for the
    number of a sign that makes markup.
    """
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    if "&" not in text:
        return text
    if "&#" in text:
        numbers = {int(number) for number in _NUMBERED.findall(text)}
        if not all((0x20 <= one < 0xD800 or 0xE000 <= one < 0xFFFE) and one != 38 for one in numbers):
            return None
        text = _NUMBERED.sub(lambda match: chr(int(match[1])), text)
    for written, sign in _REFERENCES:
        text = text.replace(written, sign)
    return text
