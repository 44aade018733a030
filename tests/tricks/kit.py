"""How an entry of the catalogue is made: what it changes, the code that it must get, and where."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from tests.support import returned
from tests.support.returned import ENTRY, SCORING, SUMMARY, Issued, in_part, packed, parts, sheet_part
from workbook.layout.names import Place
from workbook.rubric.fields import FieldKind

BOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
ORDER = """sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios
    autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations
    hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches
    ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects controls webPublishItems
    tableParts extLst""".split()  # noqa: SIM905

Change = Callable[[Issued], bytes]
Where = Callable[[Issued], Place]


@dataclass(frozen=True)
class Trick:
    """A change of a filled workbook, with the code, the sheet and the cell that its report must name."""

    name: str
    change: Change
    code: str
    sheet: str | None = None
    cell: Callable[[Issued], str] | None = None


def at(name: str, where: Where, change: Change, code: str, sheet: str) -> Trick:
    """A trick whose cell depends on the workbook."""
    return Trick(name, change, code, sheet, lambda case: where(case).cell)


def total(case: Issued) -> Place:
    """The total."""
    return case["total"]


def weight(case: Issued) -> Place:
    """The first weight of the table of scores."""
    return Place(SCORING, next(iter(case.template.sheet[SCORING].numbers)))


def label(case: Issued) -> Place:
    """The last text of the summary."""
    return Place(SUMMARY, list(case.template.sheet[SUMMARY].texts)[-1])


def amount(case: Issued) -> Place:
    """An input of an amount that is no whole number."""
    return case["initial_budget"]


# ---- styles ------------------------------------------------------------------------------------------


def _added(styles: str, group: str, element: str) -> tuple[str, int]:
    """The styles with an element at the end of a group, and its number."""
    match = re.search(rf"<{group} [^>]*>(.*?)</{group}>", styles, re.S)
    assert match, group
    number = len(
        re.findall(rf"<{element[1:].partition(' ')[0].partition('>')[0].rstrip('/')}[ >/]", match[1])
    )
    return styles.replace(f"</{group}>", f"{element}</{group}>", 1), number


def styled(
    case: Issued, place: Place, *, format: str = "", font: str = "", fill: str = "", alignment: str = ""
) -> bytes:
    """The filled workbook with another style on one cell; what is not given stays as it was."""
    content = parts(case.filled)
    part, styles = sheet_part(case.filled, place.sheet), content[STYLES].decode()
    cell = re.search(rf'<c r="{place.cell}" s="(\d+)"', content[part].decode())
    assert cell, place
    group = styles[styles.index("<cellXfs") :].partition("</cellXfs>")[0]
    look = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", group)[int(cell[1])]
    if format:
        new = f'<numFmt numFmtId="999" formatCode="{escape(format)}"/></numFmts>'
        styles = styles.replace("</numFmts>", new, 1)
        look = re.sub(r'numFmtId="\d+"', 'numFmtId="999" applyNumberFormat="1"',
                      look.replace(' applyNumberFormat="1"', ""), count=1)  # fmt: skip
    if font:
        styles, number = _added(styles, "fonts", f"<font>{font}</font>")
        look = re.sub(r'fontId="\d+"', f'fontId="{number}"', look, count=1)
    if fill:
        styles, number = _added(styles, "fills", f"<fill>{fill}</fill>")
        look = re.sub(r'fillId="\d+"', f'fillId="{number}"', look, count=1)
    if alignment:
        head = re.match(r"<xf [^>]*?(?=/?>)", look)
        assert head
        look = f"{head[0]}><alignment {alignment}/></xf>"
    styles, number = _added(styles, "cellXfs", look)
    content[STYLES] = styles.encode()
    sheet = content[part].decode()
    content[part] = sheet.replace(cell[0], f'<c r="{place.cell}" s="{number}"', 1).encode()
    return packed(content)


# ---- parts -------------------------------------------------------------------------------------------


def on_sheet(data: bytes, title: str, xml: str) -> bytes:
    """The workbook with an element added to a sheet, where the schema's order wants it."""
    part, content = sheet_part(data, title), parts(data)
    name = re.match(r"<(\w+)", xml)
    assert name
    text = content[part].decode()
    later = "|".join(ORDER[ORDER.index(name[1]) + 1 :])
    match = re.search(rf"<(?:{later})[ />]", text) if later else None
    place = match.start() if match else text.rindex("</worksheet>")
    content[part] = f"{text[:place]}{xml}{text[place:]}".encode()
    return packed(content)


def in_sheet(data: bytes, title: str, pattern: str, new: str) -> bytes:
    """The workbook with a match in a sheet's part replaced."""
    return in_part(data, sheet_part(data, title), pattern, new)


def related(
    data: bytes, source: str, identity: str, kind: str, target: str, *, outside: bool = False
) -> bytes:
    """The workbook with a relationship more from a part."""
    folder, _, name = source.rpartition("/")
    part = f"{folder}/_rels/{name}.rels"
    old = parts(data).get(part, f'<Relationships xmlns="{_RELATIONS}"></Relationships>'.encode()).decode()
    mode = ' TargetMode="External"' if outside else ""
    kind = kind if "/" in kind else f"{OFFICE}/{kind}"
    new = f'<Relationship Id="{identity}" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    return returned.with_part(data, part, old.replace("</Relationships>", new).encode())


def new_part(data: bytes, name: str, content: str | bytes, kind: str) -> bytes:
    """The workbook with a part more and its content type."""
    body = content if isinstance(content, bytes) else content.encode()
    types = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
    data = in_part(data, "[Content_Types].xml", "</Types>", types)
    return returned.with_part(data, name, body)


def field(case: Issued, kind: FieldKind) -> Place:
    """The first input of a kind on the sheet of data."""
    return case[case.field(kind).id]


__all__ = [
    "BOOK", "ENTRY", "SCORING", "STYLES", "SUMMARY", "Change", "Trick", "Where", "amount", "at", "field", "in_sheet",
    "label", "new_part", "on_sheet", "related", "styled", "total", "weight",
]  # fmt: skip
