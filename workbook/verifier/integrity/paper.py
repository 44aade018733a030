"""What a template's sheet prints: its headers and footers, its print area, its repeated rows, its scale."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbook.findings import Finding, found
from workbook.identity import Identity
from workbook.receive.areas import area_of
from workbook.receive.received import ReceivedSheet
from workbook.verifier.integrity.headers import header_findings
from workbook.verifier.issued import IssuedSheet

_AREA, _TITLES = "_xlnm.print_area", "_xlnm.print_titles"
_LEAST_SCALE = 40
"""Per cent of its size below which a page is not legible."""


def paper_findings(
    issued: IssuedSheet, got: ReceivedSheet, identity: Identity | None, department: str
) -> Iterator[Finding]:
    """Every difference that shows on paper; ``department`` is the name that the officer gives."""
    yield from header_findings(issued, got, identity, department)
    yield from _printed(issued, got)
    if got.frame.scale < _LEAST_SCALE <= issued.sheet.frame.scale:
        yield found("PRINT_SMALL", sheet=issued.title, sheet_name=issued.title, scale=got.frame.scale)


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
