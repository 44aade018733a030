"""Returned workbooks that say to be somebody else's."""

from __future__ import annotations

from tests.support import returned
from tests.support.returned import IDENTITY
from workbook.layout.names import Place
from workbook.template.identity import Identity

COPIES = ("properties", "name", "sheet")
"""Where a workbook holds its identity."""


def with_identity(data: bytes, wanted: Identity, copies: tuple[str, ...] = COPIES) -> bytes:
    """The workbook with another identity in some of its copies."""
    if "properties" in copies:
        for part, value in wanted.parts().items():
            pattern = rf'(name="workbook\.{part}"><vt:lpwstr>)[^<]*'
            data = returned.in_part(data, "docProps/custom.xml", pattern, rf"\g<1>{value}")
    if "name" in copies:
        pattern = r'(<definedName name="模板标识">)[^<]*'
        data = returned.in_part(data, "xl/workbook.xml", pattern, rf'\g<1>"{wanted.text()}"')
    if "sheet" in copies:
        for row, value in enumerate(wanted.parts().values(), 2):
            data = returned.with_cell(data, Place(IDENTITY, f"B{row}"), returned.text(value))
    return data
