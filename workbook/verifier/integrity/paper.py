"""The printing of a template's sheet: headers and footers, print area, repeated rows, scale."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbook.findings import Finding, found
from workbook.returned.issued import Content, IssuedSheet
from workbook.template.identity import Identity
from workbook.verifier.integrity.page_headers import header_findings
from workbook.verifier.integrity.scale import printed_scale
from workbook.xlsx_reader.areas import area_of
from workbook.xlsx_reader.received import Area, ReceivedSheet

_AREA, _TITLES = "_xlnm.print_area", "_xlnm.print_titles"
_LEAST_SCALE = 40
"""Per cent of its size below which a page is not legible."""
_SMALLER = 0.8
"""The part of the issued scale below which a page has been made smaller."""


def paper_findings(
    issued: IssuedSheet, got: ReceivedSheet, identity: Identity | None, department: str
) -> Iterator[Finding]:
    """Every difference that shows on paper; ``department`` is the name that the officer gives."""
    yield from header_findings(issued, got, identity, department)
    yield from _printed(issued, got)
    scale = printed_scale(got, issued.box, _areas(_printing(got)))
    if scale < _LEAST_SCALE and scale < _SMALLER * printed_scale(
        issued.sheet, issued.box, _areas(_printing(issued.sheet))
    ):
        yield found("PRINT_SMALL", sheet=issued.title, sheet_name=issued.title, scale=scale)


def _printed(issued: IssuedSheet, got: ReceivedSheet) -> Iterator[Finding]:
    names = _printing(got)
    before = _printing(issued.sheet)
    if _AREA in names and _plain(names[_AREA]) != _plain(before.get(_AREA, "")):
        areas = _areas(names)
        if not any(area.holds(issued.box) for area in areas):
            code = "PRINT_CUT" if any(_holds_all(issued, area) for area in areas) else "PRINT_CHANGED"
            yield found(code, sheet=issued.title, sheet_name=issued.title, what="打印区域",
                        actual=names[_AREA][:60])  # fmt: skip
    if _TITLES in names and _plain(names[_TITLES]) != _plain(before.get(_TITLES, "")):
        yield found("PRINT_CHANGED", sheet=issued.title, sheet_name=issued.title, what="打印标题行",
                    actual=names[_TITLES][:60])  # fmt: skip


def _printing(sheet: ReceivedSheet) -> dict[str, str]:
    """Names of a sheet that set its printing; some programs know these names without their prefix."""
    names: dict[str, str] = {}
    for name, text in sheet.local_names.items():
        key = name.casefold()
        names.setdefault(f"_xlnm.{key}" if key in {"print_area", "print_titles"} else key, text)
    return names


def _areas(names: dict[str, str]) -> list[Area]:
    found_areas = (area_of(one.rpartition("!")[2]) for one in names.get(_AREA, "").split(","))
    return [area for area in found_areas if area is not None]


def _holds_all(issued: IssuedSheet, area: Area) -> bool:
    """Whether an area leaves out nothing but the title over the table."""
    for ref, (content, _) in zip(issued.refs, issued.kinds, strict=True):
        title = content is Content.TEXT and issued.places[ref].top == issued.box.top
        if not title and not area.holds(issued.spans[ref]):
            return False
    return True


def _plain(reference: str) -> str:
    return ",".join(sorted(re.sub(r"['$=]", "", one) for one in reference.split(",")))
