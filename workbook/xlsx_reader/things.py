"""Things drawn over sheets: pictures, shapes, charts, comments that stand open. Where may each be seen?

Source: ECMA-376 part 1, 20.5. An area is generous: what turns, glows or overflows its frame may lie anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from workbook.addresses import LAST_COLUMN, LAST_ROW
from workbook.findings import found
from workbook.xlsx_reader.areas import EVERYWHERE
from workbook.xlsx_reader.charts import read_chart
from workbook.xlsx_reader.drawn_texts import POINT, height_needed, text_of
from workbook.xlsx_reader.grammar import RELATION_SPACES
from workbook.xlsx_reader.old_drawings import read_old_drawing
from workbook.xlsx_reader.package import Package
from workbook.xlsx_reader.reach import reaches_out
from workbook.xlsx_reader.received import Area, Chart, Frame, Thing
from workbook.xlsx_reader.xml import Forbidden, PartProblem, parse

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
_PIXEL = 9525
"""English metric units."""

_MOST, _MOST_LINES = 20_000, 500
"""Things of a sheet; rows or columns of a frame that are added up, which is enough for any text."""
_EXTENT = re.compile(r"-?\d{1,12}")


def read_things(package: Package, sheet: str, frame: Frame, heights: dict[int, float]) -> tuple[Thing, ...]:
    """All that is drawn over the sheet whose part is ``sheet``. Raises PartProblem."""
    found_things: list[Thing] = []
    relations = package.relations.get(sheet, {})
    for identifier in frame.drawings:
        package.related(sheet, identifier, "drawing", "vmlDrawing")  # one that leads nowhere stops programs
    for identifier, one in relations.items():
        if one.target is None or one.target not in package.zip.names:
            continue
        if one.kind == "drawing":
            read = _Drawing(package, one.target, frame, heights).read()
            # a drawing that the sheet does not name shows no chart
            named = identifier in frame.drawings
            found_things += (thing for thing in read if named or thing.chart is None)
        elif one.kind == "vmlDrawing":
            found_things += read_old_drawing(package, one.target)
        elif one.kind == "table":
            found_things.append(Thing("表格（超级表）", EVERYWHERE))
        elif one.kind in {"pivotTable", "slicer", "timeline"}:
            found_things.append(Thing({"pivotTable": "数据透视表"}.get(one.kind, "切片器"), EVERYWHERE))
    if len(found_things) > _MOST:
        raise PartProblem("OBJECTS_MANY")
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
            raise PartProblem("PART_KIND", part=self.name, kind="图形")
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
            yield from self._object(one, area, self._least_size(anchor))

    def _object(self, one: Element, area: Area | None, size: tuple[float, float]) -> Iterator[Thing]:
        local = _local(one)
        if local == "AlternateContent":
            for branch in one:
                for inner in branch:
                    yield from self._object(inner, area, size)
        elif local in _KINDS:
            yield self._thing(one, _KINDS[local], area, size)
        elif local not in _PLACES:
            raise Forbidden(found("MARKUP_UNKNOWN", part=self.name, place="anchor", what=local[:60]))

    def _thing(self, element: Element, kind: str, area: Area | None, size: tuple[float, float]) -> Thing:
        inked, text, linked = False, text_of(element), element.get("textlink", "").strip() != ""
        for one in element.iter():
            local = _local(one)
            if one.get("macro", "").strip():
                raise Forbidden(found("ACTIVE_CONTENT", part=self.name, what="宏"))
            if local in {"blip", "solidFill", "gradFill", "pattFill", "blipFill", "style", "oleObj"}:
                inked = True
        told, chart = _told(element), self._chart(element)
        name, hidden = told.get("name", ""), told.get("hidden", "0").strip() in {"1", "true"}
        texts, reaches = text != "" or linked, reaches_out(element)
        bare = kind == "图形" and not texts and not inked and not reaches
        if hidden or bare or (area is None and not texts and not reaches and not self._has_size(element)):
            return Thing(kind, None, name)
        if area is None or linked or kind == "图形组合" or reaches:
            area = EVERYWHERE  # parts of a group lie where they like
        elif texts:
            area = self._with_text(area, size, height_needed(element, size[0]))
        return Thing(kind, area, name, chart, text)

    def _has_size(self, element: Element) -> bool:
        """Whether a thing says a size of its own, by which some programs go where its anchor has none."""
        return any(
            self._number(one, "cx") > _PIXEL or self._number(one, "cy") > _PIXEL
            for one in element.iter()
            if _local(one) == "ext" and "cx" in one.attrib
        )

    def _with_text(self, area: Area, size: tuple[float, float], needed: float | None) -> Area:
        """An area with the cells over and under it into which a text may overflow."""
        if needed is None:
            return EVERYWHERE
        beyond = needed - size[1]
        if beyond <= 0:
            return area
        top, left = area.top, beyond
        while left > 0 and top > 1:
            top -= 1
            left -= self._least_height(top)
        return area._replace(top=top, bottom=area.bottom + self._rows(area.bottom + 1, int(beyond)))

    def _least_size(self, anchor: Element) -> tuple[float, float]:
        """The least width and height that an anchor gives."""
        places = {_local(one): one for one in anchor}
        if _local(anchor) != "twoCellAnchor":
            size = places.get("ext")
            return (0, 0) if size is None else (self._number(size, "cx"), self._number(size, "cy"))
        start, end = self._corner(places.get("from")), self._corner(places.get("to"))
        columns = range(start[0] + 1, min(end[0], start[0] + _MOST_LINES) + 1)
        rows = range(start[2] + 1, min(end[2], start[2] + _MOST_LINES) + 1)
        width = sum(map(self._least_width, columns)) + end[1] - start[1]
        return width, sum(map(self._least_height, rows)) + end[3] - start[3]

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
        """Number of columns beyond its own that an offset reaches: some programs do not cut it off there."""
        width = self.frame.widths.get(column, self.frame.default_width or 8.43)
        return 0 if offset <= (width * 8 + 8) * _PIXEL else self._columns(column, offset) - 1

    def _rows_beyond(self, row: int, offset: int) -> int:
        height = self.heights.get(row, self.frame.default_height or 15.0)
        return 0 if offset <= (height * 1.2 + 2) * POINT else self._rows(row, offset) - 1

    def _columns(self, first: int, extent: int) -> int:
        """Number of columns after ``first`` that an extent (English metric units) reaches, at least width."""
        count, left = 0, float(extent)
        while left > 0 and count < LAST_COLUMN:
            left -= self._least_width(first + count)
            count += 1
        return count

    def _least_width(self, column: int) -> float:
        usual = self.frame.default_width or 8.43
        return max(self.frame.widths.get(column, usual) * 6 * _PIXEL, _PIXEL)

    def _rows(self, first: int, extent: int) -> int:
        count, left = 0, float(extent)
        while left > 0 and count < LAST_ROW:
            left -= self._least_height(first + count)
            count += 1
        return count

    def _least_height(self, row: int) -> float:
        usual = self.frame.default_height or 15.0
        return max(self.heights.get(row, usual) * 0.9 * POINT, POINT)

    def _corner(self, element: Element | None) -> tuple[int, int, int, int]:
        """Column, offset, row, offset; from 0, offsets as the file has them. Raises PartProblem."""
        if element is None:
            raise PartProblem("OBJECT_UNREADABLE", part=self.name, what="位置")
        values = {_local(one): (one.text or "").strip() for one in element}
        numbers = []
        for key in ("col", "colOff", "row", "rowOff"):
            text = re.sub(r"(?:emu|pt|cm|mm|in)$", "", values.get(key, ""))  # each of the four is required
            if not _EXTENT.fullmatch(text):
                raise PartProblem("OBJECT_UNREADABLE", part=self.name, what="位置")
            numbers.append(int(text))
        return numbers[0], numbers[1], numbers[2], numbers[3]

    def _number(self, element: Element, key: str) -> int:
        text = element.get(key, "0").strip()
        if not _EXTENT.fullmatch(text):
            raise PartProblem("OBJECT_UNREADABLE", part=self.name, what="大小")
        return int(text)


def _told(element: Element) -> Mapping[str, str]:
    """The properties of a thing: its name, whether it is hidden."""
    for holder in element:
        for one in holder if _local(holder).startswith("nv") else ():
            if str(one.tag) in {space + "cNvPr" for space in _SPACES}:
                return one.attrib
    return {}


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
