"""Things that lie beside a template's table or cannot be seen: pictures, shapes without size, notes."""

from __future__ import annotations

from tests.leavings.excel_parts import comments
from tests.leavings.kit import PNG, Package, leaving
from tests.leavings.own_things import picture
from tests.support.returned import ENTRY, SCORING
from workbook.rubric.fields import FieldKind


def corner(tag: str, column: int, row: int, offset: int = 0) -> str:
    """A corner of an anchor."""
    return (
        f"<xdr:{tag}><xdr:col>{column}</xdr:col><xdr:colOff>{offset}</xdr:colOff><xdr:row>{row}</xdr:row>"
        f"<xdr:rowOff>{offset}</xdr:rowOff></xdr:{tag}>"
    )


def anchor(inside: str, start: tuple[int, int], end: tuple[int, int]) -> str:
    """An anchor over some cells."""
    edges = corner("from", *start) + corner("to", *end)
    return f'<xdr:twoCellAnchor editAs="oneCell">{edges}{inside}<xdr:clientData/></xdr:twoCellAnchor>'


@leaving("Excel 365 Windows", "picture beside the table", "PRINT_SMALL")
def picture_beside(book: Package) -> None:
    part = book.sheet(ENTRY)
    drawing = book.drawing(part, anchor(picture("rIdL1"), (30, 3), (38, 20)))
    book.default("png", "image/png")
    book.add(drawing, "image", "xl/media/image80.png", PNG)


@leaving("WPS Windows", "picture below the table, anchored by one corner")
def picture_below(book: Package) -> None:
    part = book.sheet(SCORING)
    size = '<xdr:ext cx="2400000" cy="1800000"/>'
    inside = f"<xdr:oneCellAnchor>{corner('from', 1, 300)}{size}{picture('rIdL1')}<xdr:clientData/></xdr:oneCellAnchor>"
    drawing = book.drawing(part, inside)
    book.default("jpg", "image/jpeg")
    book.add(drawing, "image", "xl/media/image81.jpg", b"\xff\xd8\xff\xe0" + bytes(100))


def shape(number: int, *, hidden: bool = False) -> str:
    """A shape with nothing in it."""
    mark = ' hidden="1"' if hidden else ""
    return (
        f'<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="{number}" name="AutoShape {number}"{mark}/><xdr:cNvSpPr>'
        '<a:spLocks noChangeArrowheads="1"/></xdr:cNvSpPr></xdr:nvSpPr><xdr:spPr bwMode="auto"><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="0" cy="0"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></xdr:spPr></xdr:sp>'
    )


@leaving("Excel 2010", "shapes without size by the thousand, pasted with web pages")
def shapes_without_size(book: Package) -> None:
    anchors = "".join(anchor(shape(number), (2, number % 60), (2, number % 60)) for number in range(2, 4002))
    book.drawing(book.sheet(ENTRY), anchors)


@leaving("WPS Windows", "hidden shapes by the thousand")
def hidden_shapes(book: Package) -> None:
    anchors = "".join(
        anchor(shape(number, hidden=True), (2, number % 60), (4, number % 60 + 3))
        for number in range(2, 1002)
    )
    book.drawing(book.sheet(ENTRY), anchors)


@leaving("Google Sheets", "empty drawings on every sheet")
def empty_drawings(book: Package) -> None:
    for number, part in enumerate(book.sheets, 100):
        if "<drawing " not in book.text(part):
            book.drawing(part, "", number=number)


@leaving("LibreOffice 7", "notes on many inputs, hidden, in its order of style")
def many_notes(book: Package) -> None:
    places = [book.place(FieldKind.MONEY, number) for number in range(8)]
    refs = [place.cell for place in places if place.sheet == ENTRY]
    comments(book, book.sheet(ENTRY), refs, "已核", style=";mso-wrap-style:tight")


@leaving("Excel 365 Windows", "the template's chart as Excel writes it anew")
def chart_rewritten(book: Package) -> None:
    part = "xl/charts/chart1.xml"
    book.edit(
        part, '<c:lang val="en-US"/>', '<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/>'
    )
    off = "".join(
        f'<c:{word} val="0"/>' for word in ("showCatName", "showSerName", "showPercent", "showBubbleSize")
    )
    fill = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln><a:effectLst/></c:spPr>"
    labels = (
        '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" '
        'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:showLeaderLines val="0"/></c:ext></c:extLst>'
    )
    book.edit(
        part,
        '<c:showVal val="1"/></c:dLbls>',
        f'<c:showLegendKey val="0"/><c:showVal val="1"/>{off}{labels}</c:dLbls>',
    )
    book.edit(part, "(<c:dLbls><c:numFmt [^>]*/>)", rf"\1{fill}")
    book.edit(part, "(</c:spPr>)(<c:dLbls>)", r'\1<c:invertIfNegative val="0"/>\2')
    identifier = (
        '<c:extLst><c:ext uri="{C3380CC4-5D6E-409C-BE32-E72D297353CC}" '
        'xmlns:c16="http://schemas.microsoft.com/office/drawing/2014/chart"><c16:uniqueId '
        'val="{00000000-8D2B-4F77-9A31-0C6D5E4B3A21}"/></c:ext></c:extLst></c:ser>'
    )
    book.edit(part, "</c:ser>", identifier)
    book.edit(part, "(<c:grouping [^>]*/>)", r'\1<c:varyColors val="0"/>')
    book.edit(part, "(<c:axPos )", r'<c:delete val="0"/>\1', count=0)
    marks = '<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos '
    book.edit(part, "<c:tickLblPos ", marks, count=0)
    book.edit(part, "<c:majorTickMark", '<c:numFmt formatCode="General" sourceLinked="1"/><c:majorTickMark')
    book.edit(part, "(<c:lblOffset [^>]*/>)", r'\1<c:noMultiLvlLbl val="0"/>')
    tail = (
        '<c:dispBlanksAs val="gap"/><c:extLst><c:ext uri="{56B9EC1D-385E-4148-901F-78D8002777C0}" '
        'xmlns:c16r3="http://schemas.microsoft.com/office/drawing/2017/03/chart"><c16r3:dataDisplayOptions16>'
        '<c16r3:dispNaAsBlank val="1"/></c16r3:dataDisplayOptions16></c:ext></c:extLst><c:showDLblsOverMax val="0"/></c:chart>'
    )
    book.edit(part, "</c:chart>", tail)
    fonts = '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr/></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    book.edit(part, "<c:printSettings>", f"{fonts}<c:printSettings>")


@leaving("WPS Windows", "the template's chart with the program's own extension")
def chart_wps(book: Package) -> None:
    part = "xl/charts/chart1.xml"
    extension = (
        '<c:dispBlanksAs val="gap"/><c:extLst><c:ext uri="{0b15fc19-7d7d-44ad-8c2d-2c3a37ce22c3}"><chartProps '
        'xmlns="https://web.wps.cn/et/2018/main" chartId="{c3ab1e2d-8a38-4f5c-93c8-8c7f1bd1e7b4}"/></c:ext></c:extLst></c:chart>'
    )
    book.edit(part, "</c:chart>", extension)
    legend = '<c:gapWidth val="40"/><c:overlap val="-27"/>'
    book.edit(part, '<c:gapWidth val="40"/>', legend)


@leaving("LibreOffice 24", "the template's chart with its own layout and lighter bars")
def chart_of_office(book: Package) -> None:
    part = "xl/charts/chart1.xml"
    layout = (
        '<c:plotArea><c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        '<c:x val="0.21"/><c:y val="0.04"/><c:w val="0.74"/><c:h val="0.86"/></c:manualLayout></c:layout>'
    )
    book.edit(part, "<c:plotArea><c:layout/>", layout)
    lighter = '<a:schemeClr val="accent1"><a:lumMod val="60000"/><a:lumOff val="40000"/></a:schemeClr>'
    book.edit(part, '<a:srgbClr val="1F4E79"/>', lighter)


@leaving("SheetJS", "the template's chart lost")
def chart_lost(book: Package) -> None:
    part = book.sheet("得分汇总")
    book.edit(part, "<drawing [^>]*/>", "")
    rels = part.replace("worksheets/", "worksheets/_rels/") + ".rels"
    for name in (
        rels,
        "xl/drawings/drawing1.xml",
        "xl/drawings/_rels/drawing1.xml.rels",
        "xl/charts/chart1.xml",
    ):
        del book.parts[name]


def textbox(text: str) -> str:
    """A text box as Excel writes it."""
    return (
        '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="7" name="文本框 6"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr>'
        '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="300000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        '</a:prstGeom><a:solidFill><a:schemeClr val="lt1"/></a:solidFill><a:ln w="9525" cmpd="sng"><a:solidFill>'
        '<a:schemeClr val="lt1"><a:shade val="50000"/></a:schemeClr></a:solidFill></a:ln></xdr:spPr><xdr:style>'
        '<a:fontRef idx="minor"><a:schemeClr val="dk1"/></a:fontRef></xdr:style><xdr:txBody><a:bodyPr vertOverflow="clip" '
        'horzOverflow="clip" wrap="square" rtlCol="0" anchor="t"/><a:lstStyle/><a:p><a:r><a:rPr lang="zh-CN" '
        f'altLang="en-US" sz="1100"/><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>'
    )


@leaving("Excel 365 Windows", "text box with an explanation beside the table", "OBJECT_SAYS")
def textbox_beside(book: Package) -> None:
    book.drawing(
        book.sheet(ENTRY), anchor(textbox("说明：数据来自决算，口径与上年相同。"), (14, 3), (18, 12))
    )


@leaving("WPS Windows", "text box with an explanation below the table", "OBJECT_SAYS")
def textbox_below(book: Package) -> None:
    book.drawing(book.sheet(ENTRY), anchor(textbox("说明：数据来自决算。"), (1, 150), (3, 156)))


@leaving("Excel 2016", "scanned seal over the line of signatures", "OBJECT_SEALS")
def seal(book: Package) -> None:
    texts = book.case.template.sheet[SCORING].texts
    row = next(int(ref[1:]) for ref, text in texts.items() if "（盖章）" in text)
    drawing = book.drawing(book.sheet(SCORING), anchor(picture("rIdL1"), (5, row - 1), (6, row + 4)))
    book.default("png", "image/png")
    book.add(drawing, "image", "xl/media/image82.png", PNG)


@leaving("WPS Windows", "small picture in a blank row of the table", "OBJECT_BETWEEN")
def picture_between(book: Package) -> None:
    part = book.sheet("基础明细")
    used = {int(ref.lstrip("ABCDEFGHIJ")) for ref in book.case.template.used["基础明细"]}
    row = min(set(range(1, max(used))) - used)
    edges = corner("from", 1, row - 1) + corner("to", 2, row - 1, 90000)
    inside = (
        f'<xdr:twoCellAnchor editAs="oneCell">{edges}{picture("rIdL1")}<xdr:clientData/></xdr:twoCellAnchor>'
    )
    drawing = book.drawing(part, inside)
    book.default("png", "image/png")
    book.add(drawing, "image", "xl/media/image83.png", PNG)


@leaving("Excel 2016", "note that stands open over labels", "COMMENT_OPEN")
def open_note(book: Package) -> None:
    part = book.sheet(ENTRY)
    comments(book, part, ["D4"], "财务处已核对", number=6)
    vml = "xl/drawings/vmlDrawing6.vml"
    book.edit(vml, "visibility:hidden", "visibility:visible")
    book.edit(vml, "<x:Anchor>[^<]*</x:Anchor>", "<x:Visible/><x:Anchor>1, 0, 3, 0, 2, 0, 5, 0</x:Anchor>")
