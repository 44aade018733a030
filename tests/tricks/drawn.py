"""Things drawn over cells of the template, and charts that say something else."""

from __future__ import annotations

from tests.support.returned import Issued, in_part, parts, with_part
from tests.tricks.kit import ENTRY, OFFICE, SUMMARY, Trick, new_part, on_sheet, related

_DRAWING, _CHART = "xl/drawings/drawing1.xml", "xl/charts/chart1.xml"
_SHEET = "xl/worksheets/sheet9.xml"
_FORM = '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr>'


def _shape(link: str = "", text: str = "99.99") -> str:
    body = f"<xdr:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody>" if text else ""
    return (f'<xdr:sp macro="" textlink="{link}"><xdr:nvSpPr><xdr:cNvPr id="9" name="框"/><xdr:cNvSpPr txBox="1"/>'
            f"</xdr:nvSpPr>{_FORM}{body}</xdr:sp>")  # fmt: skip


_PICTURE = (
    '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="9" name="图"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>'
    f'<a:blip xmlns:r="{OFFICE}" r:embed="rId7"/></xdr:blipFill>{_FORM}</xdr:pic>'
)
_GROUP = f'<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id="8" name="组"/><xdr:cNvGrpSpPr/></xdr:nvGrpSpPr><xdr:grpSpPr/>{_shape()}</xdr:grpSp>'
_LINE = f'<xdr:cxnSp macro=""><xdr:nvCxnSpPr><xdr:cNvPr id="9" name="线"/><xdr:cNvCxnSpPr/></xdr:nvCxnSpPr>{_FORM}</xdr:cxnSp>'
_CHOICE = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
    'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" Requires="a14">' + _shape()
    + "</mc:Choice><mc:Fallback/></mc:AlternateContent>"
)  # fmt: skip
_THINGS = {
    "text box": _shape(), "linked shape": _shape("得分汇总!$C$17"), "filled shape": _shape(text="").replace("</xdr:spPr>", "<a:solidFill><a:srgbClr val=\"FFFFFF\"/></a:solidFill></xdr:spPr>"), "picture": _PICTURE,
    "group": _GROUP, "line": _LINE, "alternate content": _CHOICE,
}  # fmt: skip


def _corner(name: str, column: int, row: int) -> str:
    return (f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row>"
            f"<xdr:rowOff>0</xdr:rowOff></xdr:{name}>")  # fmt: skip


_ANCHORS = {
    "twoCellAnchor": _corner("from", 2, 15) + _corner("to", 5, 18),
    "oneCellAnchor": _corner("from", 2, 15) + '<xdr:ext cx="2000000" cy="900000"/>',
    "absoluteAnchor": '<xdr:pos x="2000000" y="5000000"/><xdr:ext cx="2000000" cy="900000"/>',
}


def _thing(anchor: str, kind: str) -> Trick:
    def change(case: Issued) -> bytes:
        new = f"<xdr:{anchor}>{_ANCHORS[anchor]}{_THINGS[kind]}<xdr:clientData/></xdr:{anchor}></xdr:wsDr>"
        data = in_part(case.filled, _DRAWING, "</xdr:wsDr>", new)
        if kind != "picture":
            return data
        data = related(data, _DRAWING, "rId7", "image", "../media/image9.png")
        return new_part(data, "xl/media/image9.png", b"\x89PNG\r\n\x1a\n", "image/png")

    return Trick(f"{kind} by {anchor}", change, "OBJECT_COVERS", SUMMARY)


_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025" type="#_x0000_t202" style="{style}">'
    '<x:ClientData ObjectType="Note"><x:Anchor>2, 0, 15, 0, 5, 0, 18, 0</x:Anchor><x:Row>16</x:Row>'
    "<x:Column>3</x:Column>{mark}</x:ClientData></v:shape></xml>"
)


def _note(style: str, mark: str) -> Trick:
    def change(case: Issued) -> bytes:
        data = new_part(case.filled, "xl/drawings/vmlDrawing1.vml", _VML.format(style=style, mark=mark),
                        "application/vnd.openxmlformats-officedocument.vmlDrawing")  # fmt: skip
        data = related(data, _SHEET, "rId8", "vmlDrawing", "../drawings/vmlDrawing1.vml")
        return on_sheet(data, SUMMARY, '<legacyDrawing r:id="rId8"/>')

    return Trick(f"comment open by {style} {mark}", change, "OBJECT_COVERS", SUMMARY)


_CHARTS = (
    ("title", '<c:chart><c:autoTitleDeleted val="1"/>',
     "<c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>99</a:t></a:r></a:p></c:rich></c:tx></c:title>"),
    ("name of the series", "<c:tx><c:v>[^<]*", "<c:tx><c:v>总分 99"),
    ("cells of the values", r"\$F\$3:\$F\$16", "$D$3:$D$16"),
    ("cells of the names", r"\$B\$3:\$B\$16", "$A$3:$A$16"),
    ("axis' greatest", '<c:max val="1"/>', '<c:max val="0.5"/>'), ("axis' least", '<c:min val="0"/>', '<c:min val="-9"/>'),
    ("axis the other way", '<c:orientation val="minMax"/>', '<c:orientation val="maxMin"/>'),
    ("numbers' format", 'formatCode="0%"', 'formatCode="&quot;100%&quot;"'),
    ("literal values", "<c:numRef>.*?</c:numRef>", '<c:numLit><c:ptCount val="1"/><c:pt idx="0"><c:v>1</c:v></c:pt></c:numLit>'),
    ("saved value", '(<c:numCache>.*?<c:pt idx="1"><c:v>)[^<]*', r"\g<1>0.99"),
    ("saved name", '(<c:strCache>.*?<c:pt idx="1"><c:v>)[^<]*', r"\g<1>别的"),
    ("other bars", '<c:barDir val="bar"/>', '<c:barDir val="col"/>'),
    ("stacked", '<c:grouping val="clustered"/>', '<c:grouping val="percentStacked"/>'),
)  # fmt: skip


def _second_chart(case: Issued) -> bytes:
    """Another chart over the cells of the first's place and beyond."""
    content = parts(case.filled)
    text = content[_DRAWING].decode()
    start, end = text.index("<xdr:twoCellAnchor>"), text.index("</xdr:wsDr>")
    again = text[start:end].replace('r:id="rId1"', 'r:id="rId2"').replace("<xdr:col>6<", "<xdr:col>3<")
    data = with_part(case.filled, _DRAWING, f"{text[:end]}{again}{text[end:]}".encode())
    data = related(data, _DRAWING, "rId2", "chart", "../charts/chart2.xml")
    chart = content[_CHART].decode().replace("$F$3", "$D$3")
    return new_part(
        data,
        "xl/charts/chart2.xml",
        chart,
        "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    )


def _background(case: Issued) -> bytes:
    data = new_part(case.filled, "xl/media/image9.png", b"\x89PNG\r\n\x1a\n", "image/png")
    data = related(data, _SHEET, "rId9", "image", "../media/image9.png")
    return on_sheet(data, SUMMARY, '<picture r:id="rId9"/>')


def _table(case: Issued) -> bytes:
    table = ('<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="表1" '
             'displayName="表1" ref="A2:C16"><tableColumns count="3"><tableColumn id="1" name="a"/>'
             '<tableColumn id="2" name="b"/><tableColumn id="3" name="c"/></tableColumns></table>')  # fmt: skip
    data = new_part(case.filled, "xl/tables/table1.xml", table,
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml")  # fmt: skip
    data = related(data, _SHEET, "rId9", "table", "../tables/table1.xml")
    return on_sheet(data, SUMMARY, '<tableParts count="1"><tablePart r:id="rId9"/></tableParts>')


def _chart(name: str, old: str, new: str) -> Trick:
    return Trick(
        f"chart: {name}", lambda case: in_part(case.filled, _CHART, old, new), "CHART_CHANGED", SUMMARY
    )


_BAR = '<a:srgbClr val="1F4E79"/>'
_FAINT = (
    '<a:srgbClr val="1F4E79"><a:lumMod val="0"/><a:lumOff val="100000"/></a:srgbClr>', '<a:srgbClr val="FFFFFF"/>',
    '<a:srgbClr val="1F4E79"><a:tint val="5000"/></a:srgbClr>', '<a:srgbClr val="1F4E79"><a:alpha val="5%"/></a:srgbClr>',
    '<a:schemeClr val="accent1"><a:lumMod val="5000"/><a:lumOff val="95000"/></a:schemeClr>', '<a:schemeClr val="bg1"/>',
    '<a:prstClr val="ivory"/>', '<a:scrgbClr r="100000" g="100000" b="100000"/>', '<a:hslClr hue="0" sat="0" lum="99%"/>',
    '<a:sysClr val="window" lastClr="000000"/>',
)  # fmt: skip
_SQUEEZED = (
    '<c:x val="0.2"/><c:y val="0.05"/><c:w val="0.02"/><c:h val="0.9"/>', '<c:x val="0.9"/><c:y val="0"/><c:w val="0.1"/><c:h val="1"/>',
    '<c:x val="0.1"/><c:y val="0"/><c:h val="0.01"/>', '<c:wMode val="edge"/><c:x val="0.4"/><c:w val="0.45"/>',
    '<c:x val="0.95"/>', '<c:y val="-0.9"/>', '<c:w val="?"/>',
)  # fmt: skip


def _squeezed(layout: str) -> Trick:
    new = f"<c:plotArea><c:layout><c:manualLayout>{layout}</c:manualLayout></c:layout>"
    return _chart(f"squeezed {layout}", "<c:plotArea><c:layout/>", new)


def _gradient(case: Issued) -> bytes:
    stops = (
        '<a:gs pos="0"><a:srgbClr val="FFFFFF"/></a:gs><a:gs pos="100000"><a:srgbClr val="FEFEFE"/></a:gs>'
    )
    new = f"<a:gradFill><a:gsLst>{stops}</a:gsLst></a:gradFill>"
    return in_part(case.filled, _CHART, f"<a:solidFill>{_BAR}</a:solidFill>", new)


def _dangling(element: str) -> Trick:
    def change(case: Issued) -> bytes:
        return on_sheet(case.filled, ENTRY, f'<{element} r:id="rId99"/>')

    return Trick(f"{element} that leads nowhere", change, "RELATION_MISSING")


TRICKS = [
    *(_chart(f"bars of {one}", _BAR, one) for one in _FAINT),
    *map(_squeezed, _SQUEEZED),
    Trick("chart: bars fade from white to white", _gradient, "CHART_CHANGED", SUMMARY),
    *map(_dangling, ("drawing", "legacyDrawing")),
    *(_thing(anchor, kind) for anchor in _ANCHORS for kind in _THINGS),
    _note("visibility:visible", ""), _note("visibility:hidden", "<x:Visible/>"),
    _note("visibility:hidden", "<x:Visible>True</x:Visible>"), _note("", ""), _note("visibility: visible", "<x:Visible>t</x:Visible>"),
    *(_chart(*one) for one in _CHARTS),
    Trick("chart without an offset",
        lambda case: in_part(case.filled, _DRAWING, r"<xdr:rowOff>\d+</xdr:rowOff>", ""), "OBJECT_UNREADABLE"),
    Trick("second chart", _second_chart, "OBJECT_COVERS", SUMMARY),
    Trick("background picture", _background, "SHEET_CONTENT_ADDED", SUMMARY),
    Trick("table", _table, "OBJECT_COVERS", SUMMARY),
]  # fmt: skip
