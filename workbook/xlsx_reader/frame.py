"""Parts of a sheet beside its rows: views, widths, protection, merges, highlights, links, headers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from xml.etree.ElementTree import Element

from workbook.addresses import LAST_COLUMN, letters_of
from workbook.xlsx_reader.areas import area_of, areas_of
from workbook.xlsx_reader.grammar import Checked, decimal, relation_id, truth, whole
from workbook.xlsx_reader.pages import read_page
from workbook.xlsx_reader.received import Area, Frame, Highlight, Tint, View
from workbook.xlsx_reader.rows import MAX_COL
from workbook.xlsx_reader.xml import PartProblem

_MOST_AREAS = 20_000
_TELLING = re.compile(r"[\d分优良中差一二三四五六七八九十百零〇%％]")
"""Characters of a possible result; programs have words of their own for the pointer on a link."""
_MOST_LINKED = 5_000
"""Cells of one link."""
_OWN_WORDS = {
    "scenarios": "方案", "dataConsolidate": "合并计算", "picture": "背景图片",
    "legacyDrawingHF": "页眉页脚图片", "drawingHF": "页眉页脚图片", "tableParts": "表格（超级表）",
    "pivotSelection": "数据透视表", "own": "切片器或日程表", "sparklines": "迷你图",
    "highlights": "扩展的条件格式",
}  # fmt: skip
_HEADER_CODES = re.compile(
    r'&(?:"[^"]*"|[1-6]?\d(?!\d)|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|[BIUESXYOHbiuesxyoh])'
)
"""Codes of a header that are fonts, sizes, colours and weight; larger letters would cover what is printed."""

_DRAWN = ("drawing", "legacyDrawing")
_FORMULAS = frozenset({"formula", "formula1", "formula2", "f"})


def read_frame(part: Checked, tints: Sequence[Tint]) -> Frame:
    """Read a checked worksheet part, its rows left aside. Raises PartProblem."""
    merges = [one.get("ref", "") for one in part.all("mergeCells", "mergeCell")]
    areas = [_area(part, ref) for ref in merges]
    widths, hidden = dict[int, float](), set[int]()
    columns = part.all("cols", "col")
    for one in columns:
        _column(one, widths, hidden)
    filters = part.one("autoFilter")
    rows = part.one("sheetFormatPr")
    view = [_view(one) for one in part.all("sheetViews", "sheetView")]
    properties = part.one("sheetPr")
    return Frame(
        protected=truth(part.one("sheetProtection"), "sheet"),
        validated=tuple(_validated(part)),
        prompts=frozenset(_prompts(part)),
        filter=None if filters is None else area_of(filters.get("ref", "")),
        criteria=bool(part.all("autoFilter", "filterColumn")),
        merges=frozenset(merges),
        merged_cells=sum((one.right - one.left + 1) * (one.bottom - one.top + 1) for one in areas),
        links=_links(part),
        hidden_columns=frozenset(hidden),
        collapsed=any(truth(one, "collapsed") for one in columns),
        widths=widths,
        default_width=None if rows is None else _default_width(rows),
        default_height=None if rows is None else decimal(rows, "defaultRowHeight"),
        zero_height=truth(rows, "zeroHeight"),
        views=tuple(view),
        highlights=tuple(_highlights(part, tints)),
        drawings=frozenset(relation_id(one) or "" for tag in _DRAWN for one in part.all(tag)),
        header=dict(_header(part)),
        page=read_page(part),
        calls=tuple(_calls(part)),
        added=tuple(dict.fromkeys(_OWN_WORDS.get(one, one) for one in _added(part))),
        lotus=truth(properties, "transitionEvaluation") or truth(properties, "transitionEntry"),
        phonetic=any(truth(one, "phonetic") for one in columns),
    )


def _added(part: Checked) -> Iterator[str]:
    yield from part.added
    yield from (meaning for meaning, _ in part.extensions if meaning != "validations")


def _area(part: Checked, ref: str) -> Area:
    area = area_of(ref)
    if area is None:
        raise PartProblem("AREA_UNREADABLE", part=part.name, ref=ref[:20])
    return area


def _default_width(rows: Element) -> float | None:
    width = decimal(rows, "defaultColWidth")
    return float(whole(rows, "baseColWidth", 8)) if width is None and "baseColWidth" in rows.attrib else width


def _column(one: Element, widths: dict[int, float], hidden: set[int]) -> None:
    first, last = whole(one, "min", 1), min(whole(one, "max", 1), LAST_COLUMN)
    width = decimal(one, "width") or 0.0  # a column described without a width has none
    for number in range(max(first, 1), min(last, MAX_COL) + 1):
        if truth(one, "hidden") or width <= 0:
            hidden.add(number)
        widths[number] = min(width, widths.get(number, width))


def _view(one: Element) -> View:
    pane = next((child for child in one if str(child.tag).endswith("}pane")), None)
    frozen = scrolled = (0, 0)
    if pane is not None and pane.get("state", "split") in {"frozen", "frozenSplit"}:
        frozen = (int(decimal(pane, "xSplit") or 0), int(decimal(pane, "ySplit") or 0))
        start = area_of(one.get("topLeftCell", "A1"))
        if start is not None:
            scrolled = (start.left - 1 if frozen[0] else 0, start.top - 1 if frozen[1] else 0)
    return View(
        zeros=truth(one, "showZeros", default=True),
        formulas=truth(one, "showFormulas"),
        right_to_left=truth(one, "rightToLeft"),
        frozen=frozen,
        scrolled=scrolled,
    )


def _validated(part: Checked) -> Iterator[Area]:
    for one in part.all("dataValidations", "dataValidation"):
        yield from areas_of(one.get("sqref", ""))
    for meaning, extension in part.extensions:
        if meaning == "validations":
            for one in extension.iter():
                if str(one.tag).endswith("}sqref"):
                    yield from areas_of(one.text or "")


def _prompts(part: Checked) -> Iterator[tuple[str, str, tuple[Area, ...]]]:
    """Title, text and areas of what appears beside a cell that is chosen, or on which the pointer rests."""
    for one in part.all("dataValidations", "dataValidation"):
        if truth(one, "showInputMessage"):
            yield one.get("promptTitle", ""), one.get("prompt", ""), areas_of(one.get("sqref", ""))
    for meaning, extension in part.extensions:
        for one in extension.iter() if meaning == "validations" else ():
            if one.get("showInputMessage", "0").strip() not in {"0", "false"}:
                areas = " ".join(inner.text or "" for inner in one if str(inner.tag).endswith("}sqref"))
                yield one.get("promptTitle", ""), one.get("prompt", ""), areas_of(areas)
    for one in part.all("hyperlinks", "hyperlink"):
        tip, usual = _bare(one.get("tooltip", "")), (one.get("location", ""), one.get("display", ""))
        if _TELLING.search(tip) and relation_id(one) is None and tip not in map(_bare, usual):
            yield "", one.get("tooltip", ""), areas_of(one.get("ref", ""))


def _bare(address: str) -> str:
    return re.sub(r"[#'$\s]", "", address)


def _links(part: Checked) -> dict[str, str]:
    """Targets of the cells with links: a place in the workbook, "" for any other. Raises PartProblem."""
    found: dict[str, str] = {}
    for one in part.all("hyperlinks", "hyperlink"):
        inside, area = relation_id(one) is None, _area(part, one.get("ref", ""))
        if (area.right - area.left + 1) * (area.bottom - area.top + 1) > _MOST_LINKED:
            raise PartProblem("LINK_WIDE", part=part.name)
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                ref = f"{letters_of(column)}{row}"
                leads = one.get("location", "") if inside else ""
                found[ref] = leads if found.setdefault(ref, leads) == leads else ""
    return found


def _highlights(part: Checked, tints: Sequence[Tint]) -> Iterator[Highlight]:
    count = 0
    for block in part.all("conditionalFormatting"):
        areas = areas_of(block.get("sqref", ""))
        for one in block.findall(part.space + "cfRule"):
            count += len(areas)
            if count > _MOST_AREAS:
                raise PartProblem("HIGHLIGHTS_MANY", part=part.name)
            number = whole(one, "dxfId", -1)
            if number >= len(tints):
                raise PartProblem("STYLE_MISSING", part=part.name, what="格式")
            kind = one.get("type", "")
            drawn = any(
                str(child.tag).rpartition("}")[2] in {"colorScale", "dataBar", "iconSet"} for child in one
            )
            yield Highlight(
                kind=kind,
                operator=one.get("operator", ""),
                formulas=tuple((child.text or "").strip() for child in one.findall(part.space + "formula")),
                areas=areas,
                anchor=block.get("sqref", "").split(" ")[0].partition(":")[0],
                tint=Tint(odd=True) if drawn or number < 0 else tints[number],
            )


def _header(part: Checked) -> Iterator[tuple[str, str]]:
    """The headers and footers that are in force, by element name."""
    element = part.one("headerFooter")
    if element is None:
        return
    for child in element:
        name = part.local(child) or ""
        if name.startswith("even") and not truth(element, "differentOddEven"):
            continue
        if name.startswith("first") and not truth(element, "differentFirst"):
            continue
        yield name, child.text or ""
    if truth(element, "differentFirst") and not any(
        (part.local(one) or "").startswith("first") for one in element
    ):
        yield "firstHeader", ""


@lru_cache(maxsize=256)
def plain_header(text: str) -> str:
    """A header without its fonts, sizes and colours, and without blanks around its sections."""
    bare = _HEADER_CODES.sub("", text)
    return re.sub(r"\s*(&[LCR])\s*", r"\1", bare).strip()


def _calls(part: Checked) -> Iterator[tuple[str, str]]:
    """The formulas beside the rows, those of extensions too."""
    for block in part.root:
        if block.tag == part.space + "sheetData":
            continue
        for one in block.iter():
            local = str(one.tag).rpartition("}")[2]
            text = one.get("val", "") if local == "cfvo" else one.text if local in _FORMULAS else ""
            if text and text.strip():
                yield "条件格式或有效性规则", text.strip()
