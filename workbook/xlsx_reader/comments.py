"""Comments on the cells of received sheets: those of all programs, and the threads of newer ones.

Source: ECMA-376 part 1, 18.7 (comments); MS-XLSX 2.6.205 (threaded comments). What a comment says appears
when the pointer rests on its cell, and on paper where the sheet says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from workbook.xlsx_reader.areas import EVERYWHERE, area_of
from workbook.xlsx_reader.package import Package
from workbook.xlsx_reader.received import Comment
from workbook.xlsx_reader.xml import PartProblem, parse

_ITEMS = {"comments": "comment", "threadedComment": "threadedComment"}
_ADDRESS = re.compile(r"https?://\S+")
"""The address that programs put into the comment for a thread, to read about it."""

_MOST = 20_000
"""Comments of a sheet."""


def read_comments(package: Package, sheet: str) -> tuple[Comment, ...]:
    """All comments of the sheet whose part is ``sheet``. Raises PartProblem."""
    found: list[Comment] = []
    for one in package.relations.get(sheet, {}).values():
        if one.kind in _ITEMS and one.target is not None and one.target in package.zip.names:
            found += _comments(package, one.target, _ITEMS[one.kind])
    if len(found) > _MOST:
        raise PartProblem("COMMENTS_MANY")
    return tuple(found)


def _comments(package: Package, part: str, tag: str) -> Iterator[Comment]:
    for one in parse(package.name(part), package.zip.read_xml(part)).iter():
        if _local(one) == tag:
            area = area_of(one.get("ref", ""))
            yield Comment(EVERYWHERE if area is None else area, _text(one))


def _text(element: Element) -> str:
    """The text of a comment, its parts joined, without readings and addresses."""
    texts = [one.text or "" for one in element.iter() if _local(one) in {"t", "text"}]
    return _ADDRESS.sub("", "".join(texts)).strip()


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
