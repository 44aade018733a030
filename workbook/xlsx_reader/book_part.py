"""The workbook's own part: which sheets there are, how it is calculated and shown, and its defined names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple
from xml.etree.ElementTree import Element

from workbook.xlsx_reader.grammar import relation_id, truth
from workbook.xlsx_reader.grammar_book import BOOK
from workbook.xlsx_reader.shelf import Shelf, digest
from workbook.xlsx_reader.xml import parse

_COMMANDS = ("function", "vbProcedure", "xlm")
_FIRST, _END = b"<definedName ", b"</definedName>"
_OPEN, _CLOSE = b"<definedNames>", b"</definedNames>"


class DefinedName(NamedTuple):
    """A name as it is written: the number of the sheet that it belongs to, if any, what it refers to, and
    whether it is marked as something that runs."""

    name: str
    scope: str
    text: str
    runs: bool


class ListedSheet(NamedTuple):
    """A sheet as the workbook lists it, with the id of the relationship that leads to its part."""

    title: str
    hidden: bool
    relation: str


@dataclass(frozen=True, slots=True)
class BookText:
    """All that the part says beside its names."""

    epoch_1904: bool
    objects: str
    sheets: tuple[ListedSheet, ...]
    calculation: dict[str, str]
    windows: tuple[dict[str, str], ...]
    source: bytes = b""
    """Stand-in for the bytes beside the names; b"" where the two cannot be told apart."""


def read_book(
    name: str, content: bytes, books: Shelf[BookText], names: Shelf[DefinedName]
) -> tuple[BookText, list[DefinedName]]:
    """Read the part ``name`` and its names in their order. Raises PartProblem.

    Names that are known by their bytes are not parsed again; the workbooks of a template differ in one.
    """
    pieces = _pieces(content)
    if pieces is None:
        return _read(name, content)
    head, items, tail = pieces
    space = digest(head)
    known = {item: names.get((space, item)) for item in items}
    missing = [item for item, one in known.items() if one is None]
    if any(item.count(b"<") != 1 or b"xmlns" in item or not item.startswith(_FIRST) for item in missing):
        return _read(name, content)
    key = digest(head, tail)
    book = books.get(key)
    if missing or book is None:
        book, read = _read(name, b"".join((head, *(item + _END for item in missing), tail)))
        book = books.keep(key, replace(book, source=key))
        for item, name_ in zip(missing, read, strict=True):
            known[item] = names.keep((space, item), name_)
    return book, [one for item in items if (one := known[item]) is not None]


def _pieces(content: bytes) -> tuple[bytes, list[bytes], bytes] | None:
    """The bytes before the names, each name's bytes without its end, and the bytes after; None where
    they cannot be told apart."""
    start, end = content.find(_FIRST), content.rfind(_END)
    if start < 0 or end < start or b"<!" in content or content.count(b"<?") > 1:
        return None
    head, tail = content[:start], content[end + len(_END) :]
    if not head.endswith(_OPEN) or not tail.startswith(_CLOSE):
        return None
    return head, content[start:end].split(_END), tail


def _read(name: str, content: bytes) -> tuple[BookText, list[DefinedName]]:
    part = BOOK.check(name, parse(name, content), "workbook")
    book, calculation = part.one("workbookPr"), part.one("calcPr")
    text = BookText(
        epoch_1904=truth(book, "date1904"),
        objects="" if book is None else book.get("showObjects", "").strip(),
        sheets=tuple(
            ListedSheet(one.get("name", ""), one.get("state", "visible") != "visible", relation_id(one) or "")
            for one in part.all("sheets", "sheet")
        ),
        calculation={} if calculation is None else _stripped(calculation),
        windows=tuple(_stripped(one) for one in part.all("bookViews", "workbookView")),
    )
    return text, [
        DefinedName(
            one.get("name", ""),
            one.get("localSheetId", "").strip(),
            one.text or "",
            any(truth(one, key) for key in _COMMANDS),
        )
        for one in part.all("definedNames", "definedName")
    ]


def _stripped(element: Element) -> dict[str, str]:
    return {key: value.strip() for key, value in element.attrib.items()}
