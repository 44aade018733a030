"""What a template's sheet prints: its headers and footers, its print area, its repeated rows, its scale."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbook.findings import Finding, found
from workbook.identity import Identity, issue_id
from workbook.receive.areas import area_of
from workbook.receive.received import ReceivedSheet
from workbook.verifier.integrity.words import RESULT
from workbook.verifier.issued import IssuedSheet

_AREA, _TITLES = "_xlnm.print_area", "_xlnm.print_titles"
_SECTION = re.compile(r"&([LCR])")
_LEAST_SCALE = 40
"""Per cent of its size below which a page is not legible."""


def paper_findings(
    issued: IssuedSheet, got: ReceivedSheet, identity: Identity | None, department: str
) -> Iterator[Finding]:
    """Every difference that shows on paper; ``department`` is the name that the officer gives."""
    yield from _header(issued, got, identity, department)
    yield from _printed(issued, got)
    if got.frame.scale < _LEAST_SCALE <= issued.sheet.frame.scale:
        yield found("PRINT_SMALL", sheet=issued.title, sheet_name=issued.title, scale=got.frame.scale)


def _header(
    issued: IssuedSheet, got: ReceivedSheet, identity: Identity | None, department: str
) -> Iterator[Finding]:
    """Headers say what was issued, with the department's name in the middle; or nothing at all."""
    expected = {name: _sections(text) for name, text in issued.sheet.frame.header.items()}
    for name, text in got.frame.header.items():
        actual, usual = _sections(text), expected.get(_usual(name), {})
        for side, said in actual.items():
            if said and said != usual.get(side, ""):
                names = side == "C" and name.endswith("Header")
                if names and _names_department(said, identity, department):
                    continue
                if names and _harmless_name(said):
                    yield found(
                        "HEADER_DEPARTMENT", sheet=issued.title, sheet_name=issued.title, text=said[:60]
                    )
                    continue
                yield found("HEADER_CHANGED", sheet=issued.title, sheet_name=issued.title, text=said[:60])
    if expected and not any(got.frame.header.values()):
        yield found("HEADER_LOST", sheet=issued.title, sheet_name=issued.title)


def _usual(name: str) -> str:
    """Headers of first and even pages may say what those of all pages say."""
    return "oddHeader" if name.endswith("Header") else "oddFooter"


def _sections(text: str) -> dict[str, str]:
    """The left, middle and right part of a header; what stands before them is in the middle."""
    parts = _SECTION.split(text)
    found_parts = {"C": parts[0].strip()} if parts[0].strip() else {}
    for side, said in zip(parts[1::2], parts[2::2], strict=True):
        found_parts[side] = found_parts.get(side, "") + said.strip()
    return found_parts


def _names_department(text: str, identity: Identity | None, department: str) -> bool:
    """Whether a header names the department that fills the workbook in, or the one to which it was issued."""
    plain = text.replace("&&", "&")
    if "".join(plain.split()) == "".join(department.split()):
        return True
    return identity is not None and issue_id(identity.rubric, plain) == identity.issue


def _harmless_name(text: str) -> bool:
    """Whether a text could be a department's name and nothing that looks like a result."""
    return not any(char.isnumeric() or char in "%％&" for char in text) and not RESULT.search(text)


def _printed(issued: IssuedSheet, got: ReceivedSheet) -> Iterator[Finding]:
    names: dict[str, str] = {}
    for name, text in got.local_names.items():
        key = name.casefold()  # some programs know these names without their prefix
        names.setdefault(f"_xlnm.{key}" if key in {"print_area", "print_titles"} else key, text)
    before = {name.casefold(): text for name, text in issued.sheet.local_names.items()}
    if _AREA in names and _plain(names[_AREA]) != _plain(before.get(_AREA, "")):
        areas = [area_of(one.rpartition("!")[2]) for one in names[_AREA].split(",")]
        if not any(area is not None and area.holds(issued.box) for area in areas):
            yield found("PRINT_CHANGED", sheet=issued.title, sheet_name=issued.title, what="打印区域",
                        actual=names[_AREA][:60])  # fmt: skip
    if _TITLES in names and _plain(names[_TITLES]) != _plain(before.get(_TITLES, "")):
        yield found("PRINT_CHANGED", sheet=issued.title, sheet_name=issued.title, what="打印标题行",
                    actual=names[_TITLES][:60])  # fmt: skip


def _plain(reference: str) -> str:
    return ",".join(sorted(re.sub(r"['$=]", "", one) for one in reference.split(",")))
