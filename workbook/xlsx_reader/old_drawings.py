"""Drawings of the old kind (VML), in which comments that stand open and controls are kept.

Source: ECMA-376 part 4, 19.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from workbook.addresses import LAST_COLUMN, LAST_ROW, letters_of
from workbook.findings import found
from workbook.xlsx_reader.areas import EVERYWHERE
from workbook.xlsx_reader.package import Package
from workbook.xlsx_reader.received import Area, Thing
from workbook.xlsx_reader.xml import Forbidden, PartProblem, parse

_SHAPES = frozenset("shape rect roundrect oval line polyline curve arc image group".split())  # noqa: SIM905
_NUMBER = re.compile(r"-?\d{1,12}")
_YELLOWER, _LIGHT = 20, 200
"""In a comment's paper, of 255: least excess of red and green over blue, and least red and green."""


def read_old_drawing(package: Package, part: str) -> Iterator[Thing]:
    """Comments that stand open, and controls of the old kind."""
    try:
        root = parse(package.name(part), package.zip.read_xml(part))
    except PartProblem:
        yield Thing("旧式图形", EVERYWHERE)
        return
    for shape in root.iter():
        local = _local(shape)
        _fetches_nothing(package.name(part), shape)
        if local not in _SHAPES:
            continue
        data = next((one for one in shape if _local(one) == "ClientData"), None)
        kind = "" if data is None else data.get("ObjectType", "")
        if data is None or kind != "Note":
            yield Thing("控件或旧式图形", EVERYWHERE)
            continue
        children = {_local(one): (one.text or "").strip() for one in data}
        hidden = _style(shape).get("visibility") == "hidden"
        # one program goes by the style, another by the mark
        if hidden and children.get("Visible", "False").lower() in {"false", "f", "0"}:
            continue
        yield Thing("批注", note_area(children.get("Anchor", "")), note=_noted(shape, children))


def _noted(shape: Element, children: dict[str, str]) -> str:
    """The cell whose comment a shape is; "" where it does not look like one: not on the usual yellow."""
    row, column = children.get("Row", ""), children.get("Column", "")
    if not (_is_number(row, LAST_ROW) and _is_number(column, LAST_COLUMN)) or not _is_yellow(shape):
        return ""
    return f"{letters_of(int(column) + 1)}{int(row) + 1}"


def _is_number(text: str, most: int) -> bool:
    return _NUMBER.fullmatch(text) is not None and 0 <= int(text) < most


def _is_yellow(shape: Element) -> bool:
    if shape.get("filled", "t").lower() in {"f", "false", "0"}:
        return False
    for one in shape:
        if _local(one) == "imagedata" or (
            _local(one) == "fill" and (one.get("opacity") or one.get("type", "solid") != "solid")
        ):
            return False
    paper = shape.get("fillcolor", "").split(" ")[0].lower()
    if paper == "infobackground":
        return True
    if not re.fullmatch("#[0-9a-f]{6}", paper):
        return False
    red, green, blue = (int(paper[place : place + 2], 16) for place in (1, 3, 5))
    return min(red, green) >= max(_LIGHT, blue + _YELLOWER)


def _style(shape: Element) -> dict[str, str]:
    """The properties in a style; of one that stands twice the last holds."""
    pairs = (one.lower().partition(":") for one in shape.get("style", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _fetches_nothing(name: str, element: Element) -> None:
    """Check that pictures in old drawings lie in the file, not at an address. Raises Forbidden."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].lower() in {"src", "href", "althref"} and re.search(r":|\\|//", value):
            raise Forbidden(found("EXTERNAL_CONTENT", part=name, target=value[:80]))


def note_area(anchor: str) -> Area:
    """The cells under a comment, by its anchor of eight numbers."""
    numbers = [int(one) for one in anchor.replace(" ", "").split(",") if _NUMBER.fullmatch(one)]
    if len(numbers) != 8:
        return EVERYWHERE
    return Area(numbers[0] + 1, numbers[2] + 1, numbers[4] + 1, numbers[6] + 1)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
