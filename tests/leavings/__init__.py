"""What honest programs leave behind in a filled workbook: one module a kind of place, entered by ``kit.leaving``."""

from __future__ import annotations

from tests.leavings import (
    beside,
    comments,
    excel_book,
    excel_parts,
    excel_sheets,
    google,
    inputs,
    libraries,
    office_suites,
    own_content,
    own_things,
    paper,
    rules,
    strings,
    styles,
    wps,
    zips,
)

__all__ = [
    "beside",
    "comments",
    "excel_book",
    "excel_parts",
    "excel_sheets",
    "google",
    "inputs",
    "libraries",
    "office_suites",
    "own_content",
    "own_things",
    "paper",
    "rules",
    "strings",
    "styles",
    "wps",
    "zips",
]
