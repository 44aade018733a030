"""Things drawn over sheets: pictures, shapes, charts, comments that stand open. Where may each be seen?

Source: ECMA-376 part 1, 20.5 (drawings); part 4, 19 (VML, in which comments and old controls are kept). An
area is generous: what turns, glows or overflows its frame may lie anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from workbook.findings import found
from workbook.receive.areas import LAST_COLUMN, LAST_ROW
from workbook.receive.charts import read_chart
from workbook.receive.grammar import RELATION_SPACES
from workbook.receive.package import Package
from workbook.receive.reach import reaches_out
from workbook.receive.received import Area, Chart, Frame, Thing
from workbook.receive.xml import RESAVE, Forbidden, PartProblem, parse

EVERYWHERE = Area(1, 1, LAST_COLUMN, LAST_ROW)
_SPACES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}",
    "{http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing}",
)
_ANCHORS = {"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"}
_KINDS = {
    "sp": "图形", "grpSp": "图形组合", "graphicFrame": "图表或图示", "cxnSp": "线条", "pic": "图片",
    "contentPart": "墨迹",
}  # fmt: skip
_PLACES = {"from", "to", "pos", "ext", "clientData"}
_PIXEL, _POINT = 9525, 12700
"""English metric units."""

_MOST = 20_000
_EXTENT = re.compile(r"-?\d{1,12}")


def read_things(package: Package, sheet: str, frame: Frame, heights: dict[int, float]) -> tuple[Thing, ...]:
    """All that is drawn over the sheet whose part is ``sheet``; raises PartProblem."""
    found_things: list[Thing] = []
    for one in package.relations.get(sheet, {}).values():
        if one.target is None or one.target not in package.zip.names:
            continue
        if one.kind == "drawing":
            reader = _Drawing(package, one.target, frame, heights)
            found_things += reader.read()
        elif one.kind == "vmlDrawing":
            found_things += _old_drawing(package, one.target)
        elif one.kind == "table":
            found_things.append(Thing("表格（超级表）", EVERYWHERE))
        elif one.kind in {"pivotTable", "slicer", "timeline"}:
            found_things.append(Thing({"pivotTable": "数据透视表"}.get(one.kind, "切片器"), EVERYWHERE))
    if len(found_things) > _MOST:
        raise PartProblem("工作簿中的图形过多", "请删去不用的图形（“定位条件 → 对象”可全部选中）。")
    return tuple(found_things)


class _Drawing:
    def __init__(self, package: Package, part: str, frame: Frame, heights: dict[int, float]) -> None:
        self.package = package
        self.part = part
        self.name = package.name(part)
        self.frame = frame
        self.heights = heights

    def read(self) -> Iterator[Thing]:
        root = parse(self.name, self.package.zip.read_xml(self.part))
        if _local(root) != "wsDr" or not str(root.tag).startswith(_SPACES):
            raise PartProblem(f"工作簿内容无法读取：部件 {self.name} 不是图形", RESAVE)
        for anchor in root:
            yield from self._anchor(anchor)

    def _anchor(self, anchor: Element) -> Iterator[Thing]:
        local = _local(anchor)
        if local == "AlternateContent":
            for branch in anchor:
                for one in branch:
                    yield from self._anchor(one)
            return
        if local not in _ANCHORS:
            raise Forbidden(found("MARKUP_UNKNOWN", part=self.name, place="wsDr", what=local[:60]))
        area = self._area(anchor)
        for one in anchor:
            yield from self._object(one, area)

    def _object(self, one: Element, area: Area | None) -> Iterator[Thing]:
        local = _local(one)
        if local == "AlternateContent":
            for branch in one:
                for inner in branch:
                    yield from self._object(inner, area)
        elif local in _KINDS:
            yield self._thing(one, _KINDS[local], area)
        elif local not in _PLACES:
            raise Forbidden(found("MARKUP_UNKNOWN", part=self.name, place="anchor", what=local[:60]))

    def _thing(self, element: Element, kind: str, area: Area | None) -> Thing:
        texts = inked = False
        for one in element.iter():
            local = _local(one)
            if one.get("macro", "").strip():
                raise Forbidden(found("ACTIVE_CONTENT", part=self.name, what="宏"))
            if local == "t" and (one.text or "").strip():
                texts = True
            elif local in {"blip", "solidFill", "gradFill", "pattFill", "blipFill", "style", "oleObj"}:
                inked = True
        told, chart = _told(element), self._chart(element)
        name, hidden = told.get("name", ""), told.get("hidden", "0").strip() in {"1", "true"}
        bare = kind == "图形" and not texts and not inked and not element.get("textlink")
        if hidden or bare or (area is None and not texts):
            return Thing(kind, None, name)
        if texts or kind == "图形组合" or reaches_out(element):
            area = EVERYWHERE  # a text overflows its frame, parts of a group lie where they like
        return Thing(kind, area, name, chart)

    def _chart(self, element: Element) -> Chart | None:
        if _local(element) != "graphicFrame":
            return None
        for one in element.iter():
            if _local(one) == "chart":
                identifier = next(
                    (one.attrib[key + "id"] for key in RELATION_SPACES if key + "id" in one.attrib), ""
                )
                target = self.package.related(self.part, identifier, "chart", "chartEx")
                if self.package.kinds.get(target) == "chart":
                    return read_chart(self.package.name(target), self.package.zip.read_xml(target))
        return None

    def _area(self, anchor: Element) -> Area | None:
        """The cells that an anchor may cover; None for one without extent."""
        places = {_local(one): one for one in anchor}
        absolute = _local(anchor) == "absoluteAnchor"  # it names no cell
        start = (0, 0, 0, 0) if absolute else self._corner(places.get("from"))
        if _local(anchor) == "twoCellAnchor":
            end = self._corner(places.get("to"))
            if end == start:
                return None
            if end[:2] < start[:2] or end[2:] < start[2:] or min(*start, *end) < 0:
                return EVERYWHERE
            return Area(
                start[0] + 1, start[2] + 1,
                end[0] + 1 + self._columns_beyond(end[0] + 1, end[1]),
                end[2] + 1 + self._rows_beyond(end[2] + 1, end[3]),
            )  # fmt: skip
        size = places.get("ext")
        width, height = (0, 0) if size is None else (self._number(size, "cx"), self._number(size, "cy"))
        if not width and not height:
            return None
        if absolute or width < 0 or height < 0 or min(start) < 0:
            return EVERYWHERE
        return Area(
            start[0] + 1, start[2] + 1,
            start[0] + 1 + self._columns(start[0] + 1, width + start[1]),
            start[2] + 1 + self._rows(start[2] + 1, height + start[3]),
        )  # fmt: skip

    def _columns_beyond(self, column: int, offset: int) -> int:
        """How many columns an offset reaches beyond its own: some programs do not cut it off there."""
        width = self.frame.widths.get(column, self.frame.default_width or 8.43)
        return 0 if offset <= (width * 8 + 8) * _PIXEL else self._columns(column, offset) - 1

    def _rows_beyond(self, row: int, offset: int) -> int:
        height = self.heights.get(row, self.frame.default_height or 15.0)
        return 0 if offset <= (height * 1.2 + 2) * _POINT else self._rows(row, offset) - 1

    def _columns(self, first: int, extent: int) -> int:
        """How many columns after ``first`` an extent reaches, at the least widths."""
        count, left = 0, float(extent)
        usual = self.frame.default_width or 8.43
        while left > 0 and count < LAST_COLUMN:
            left -= max(self.frame.widths.get(first + count, usual) * 6 * _PIXEL, _PIXEL)
            count += 1
        return count

    def _rows(self, first: int, extent: int) -> int:
        count, left = 0, float(extent)
        usual = self.frame.default_height or 15.0
        while left > 0 and count < LAST_ROW:
            left -= max(self.heights.get(first + count, usual) * 0.9 * _POINT, _POINT)
            count += 1
        return count

    def _corner(self, element: Element | None) -> tuple[int, int, int, int]:
        """Column, offset, row, offset; from 0."""
        if element is None:
            raise PartProblem(f"部件 {self.name} 中图形的位置无法读取", RESAVE)
        values = {_local(one): (one.text or "").strip() for one in element}
        numbers = []
        for key in ("col", "colOff", "row", "rowOff"):
            text = re.sub(r"(?:emu|pt|cm|mm|in)$", "", values.get(key, ""))  # each of the four is required
            if not _EXTENT.fullmatch(text):
                raise PartProblem(f"部件 {self.name} 中图形的位置无法读取", RESAVE)
            numbers.append(int(text))
        return numbers[0], numbers[1], numbers[2], numbers[3]

    def _number(self, element: Element, key: str) -> int:
        text = element.get(key, "0").strip()
        if not _EXTENT.fullmatch(text):
            raise PartProblem(f"部件 {self.name} 中图形的大小无法读取", RESAVE)
        return int(text)


def _old_drawing(package: Package, part: str) -> Iterator[Thing]:
    """Comments that stand open, and controls of the old kind."""
    try:
        root = parse(package.name(part), package.zip.read_xml(part))
    except PartProblem:
        yield Thing("旧式图形", EVERYWHERE)
        return
    for shape in root.iter():
        local = _local(shape)
        _fetches_nothing(package.name(part), shape)
        if local in {"shapetype", "shapelayout"} or local not in {
            "shape", "rect", "roundrect", "oval", "line", "polyline", "curve", "arc", "image", "group",
        }:  # fmt: skip
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
        yield Thing("批注", _note_area(children.get("Anchor", "")))


def _style(shape: Element) -> dict[str, str]:
    """The properties in a style; of one that stands twice the last holds."""
    pairs = (one.lower().partition(":") for one in shape.get("style", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _fetches_nothing(name: str, element: Element) -> None:
    """Pictures in old drawings lie in the file, not at an address."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].lower() in {"src", "href", "althref"} and re.search(r":|\\|//", value):
            raise Forbidden(found("EXTERNAL_CONTENT", part=name, target=value[:80]))


def _told(element: Element) -> Mapping[str, str]:
    """What a thing says of itself: its name, whether it is hidden."""
    for holder in element:
        for one in holder if _local(holder).startswith("nv") else ():
            if str(one.tag) in {space + "cNvPr" for space in _SPACES}:
                return one.attrib
    return {}


def _note_area(anchor: str) -> Area:
    """The cells under a comment, by its anchor of eight numbers."""
    numbers = [int(one) for one in anchor.replace(" ", "").split(",") if _EXTENT.fullmatch(one)]
    if len(numbers) != 8:
        return EVERYWHERE
    return Area(numbers[0] + 1, numbers[2] + 1, numbers[4] + 1, numbers[6] + 1)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
