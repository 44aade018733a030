"""A sheet as a page: order of its elements, panes, headers and footers, breaks, charts."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from tests.support.package.archive import MAIN, Package, units
from tests.support.package.formulas import formula_problems
from tests.support.package.grid import counted
from tests.support.package.names import known_names
from tests.support.package.refs import COLUMNS, ROWS, cell

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_HEADER, _BREAKS = 255, 1026
# the sequence of CT_Worksheet in ECMA-376
_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations",
    "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks",
    "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing",
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst",
)  # fmt: skip


def element_order(package: Package) -> Iterator[str]:
    """The elements of a sheet are in the schema's order, each once but for conditional formats."""
    for sheet in package.sheets:
        last = -1
        for tag in (one.tag.removeprefix(MAIN) for one in sheet.root):
            if tag not in _ORDER:
                yield f"{sheet.part} {tag}: no element of a sheet"
                continue
            place = _ORDER.index(tag)
            if place < last or (place == last and tag != "conditionalFormatting"):
                yield f"{sheet.part} {tag}: twice, or after {_ORDER[last]}"
            last = max(last, place)


def panes(package: Package) -> Iterator[str]:
    """Frozen panes begin at a cell beyond the frozen rows and columns; selections are in panes there are."""
    for sheet in package.sheets:
        for view in sheet.all("sheetView"):
            pane = view.find(f"{MAIN}pane")
            there = {"topLeft"} if pane is None else {"topLeft", *_pane_names(pane)}
            if pane is not None and pane.get("state") in {"frozen", "frozenSplit"}:
                yield from (f"{sheet.part} pane: {it}" for it in _pane(pane))
            for one in view.iter(f"{MAIN}selection"):
                if one.get("pane", "topLeft") not in there:
                    yield f"{sheet.part} selection: in the pane {one.get('pane')}, which is not there"


def _pane_names(pane: ET.Element) -> list[str]:
    across, down = float(pane.get("xSplit", 0)) > 0, float(pane.get("ySplit", 0)) > 0
    corner = ["bottomRight"] if across and down else []
    return [*corner, *(["topRight"] if across else []), *(["bottomLeft"] if down else [])]


def _pane(pane: ET.Element) -> Iterator[str]:
    across, down = float(pane.get("xSplit", 0)), float(pane.get("ySplit", 0))
    if not (across or down) or across % 1 or down % 1:
        yield f"splits after {across} columns and {down} rows"
    corner = cell(pane.get("topLeftCell", ""))
    if corner is None or corner[0] <= down or corner[1] <= across:
        yield f"begins at {pane.get('topLeftCell')}, after {across:g} columns and {down:g} rows"
    if pane.get("activePane", "topLeft") not in _pane_names(pane):
        yield f"the active pane {pane.get('activePane')} is not there"


def headers(package: Package) -> Iterator[str]:
    """Headers and footers keep Excel's limit."""
    for sheet in package.sheets:
        for one in (it for block in sheet.all("headerFooter") for it in block):
            if units(one.text or "") > _HEADER:
                tag = one.tag.removeprefix(MAIN)
                yield f"{sheet.part} {tag}: {units(one.text or '')} characters"


def breaks(package: Package) -> Iterator[str]:
    """Page breaks are as many as is said, not too many, ascending and on the sheet."""
    for sheet in package.sheets:
        for tag, size in (("rowBreaks", ROWS), ("colBreaks", COLUMNS)):
            yield from counted(sheet, tag, "brk")
            yield from counted(sheet, tag, "brk", "manualBreakCount")
            for block in sheet.all(tag):
                places = [int(one.get("id", 0)) for one in block.iter(f"{MAIN}brk")]
                if len(places) > _BREAKS:
                    yield f"{sheet.part} {tag}: {len(places)} breaks"
                for before, after in zip((0, *places), places, strict=False):
                    if not before < after < size:
                        yield f"{sheet.part} {tag}: a break at {after} after {before}"


def charts(package: Package) -> Iterator[str]:
    """What a chart shows is a reference to cells of a sheet that exists."""
    known = known_names(package)
    for part, root in package.trees("xl/charts/").items():
        for one in root.iter(f"{_CHART}f"):
            for problem in formula_problems(one.text or "", known):
                yield f"{part} {one.text}: {problem}"
