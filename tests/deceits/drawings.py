"""Shapes that reach beyond their frames, things hidden by another's word, comments that stand open, pictures from afar."""

from __future__ import annotations

from tests.deceits.kit import OFFICE, SHEETML, TOTAL, Draft, Trick
from workbook.layout.names import Place

SHEET, OVER, CODE = TOTAL.sheet, Place(TOTAL.sheet, ""), "OBJECT_COVERS"
PART = "xl/drawings/drawing1.xml"
FILL = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
TEXT = "<xdr:txBody><a:bodyPr/><a:p><a:r><a:t>99.00</a:t></a:r></a:p></xdr:txBody>"
RECT = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
HERE, BESIDE = ((3, 16), (4, 17)), ((9, 16), (10, 17))
"""Over the total, and to the right of the table."""


def corner(tag: str, place: tuple[int, int], across: int = 0, down: int = 0) -> str:
    return (
        f"<xdr:{tag}><xdr:col>{place[0]}</xdr:col><xdr:colOff>{across}</xdr:colOff>"
        f"<xdr:row>{place[1]}</xdr:row><xdr:rowOff>{down}</xdr:rowOff></xdr:{tag}>"
    )


def two(inside: str, where: tuple[tuple[int, int], tuple[int, int]] = HERE, start=(0, 0), end=(0, 0)) -> str:
    """An anchor at two cells, with offsets within them."""
    head = corner("from", where[0], *start) + corner("to", where[1], *end)
    return f"<xdr:twoCellAnchor>{head}{inside}<xdr:clientData/></xdr:twoCellAnchor>"


def one(inside: str, place: tuple[int, int], width: int, height: int) -> str:
    size = f'<xdr:ext cx="{width}" cy="{height}"/>'
    return f"<xdr:oneCellAnchor>{corner('from', place)}{size}{inside}<xdr:clientData/></xdr:oneCellAnchor>"


def shape(look: str = FILL, text: str = "", named: str = 'id="9" name="x"', form: str = RECT) -> str:
    told = f"<xdr:nvSpPr><xdr:cNvPr {named}/><xdr:cNvSpPr/></xdr:nvSpPr>"
    return f"<xdr:sp>{told}<xdr:spPr>{form}{look}</xdr:spPr>{text}</xdr:sp>"


def line(look: str) -> str:
    told = '<xdr:nvCxnSpPr><xdr:cNvPr id="9" name="x"/><xdr:cNvCxnSpPr/></xdr:nvCxnSpPr>'
    return f'<xdr:cxnSp macro="">{told}<xdr:spPr>{RECT}{look}</xdr:spPr></xdr:cxnSp>'


def group(inside: str, named: str) -> str:
    told = f"<xdr:nvGrpSpPr><xdr:cNvPr {named}/><xdr:cNvGrpSpPr/></xdr:nvGrpSpPr>"
    return f"<xdr:grpSp>{told}<xdr:grpSpPr/>{inside}</xdr:grpSp>"


def image() -> str:
    told = '<xdr:nvPicPr><xdr:cNvPr id="9" name="x"/><xdr:cNvPicPr/></xdr:nvPicPr>'
    fill = '<xdr:blipFill><a:blip r:embed="rPicture"/></xdr:blipFill>'
    return f"<xdr:pic>{told}{fill}<xdr:spPr>{RECT}</xdr:spPr></xdr:pic>"


def drawn(markup: str):
    """More in the drawing that has the issued chart."""

    def change(draft: Draft) -> None:
        inside = markup
        if "rPicture" in inside:
            draft.put("xl/media/image1.png", b"\x89PNG")
            new = '<Default Extension="png" ContentType="image/png"/><Override'
            draft.replace("[Content_Types].xml", "<Override", new)
            inside = inside.replace("rPicture", draft.relate(PART, OFFICE + "image", "../media/image1.png"))
        draft.replace(PART, "<xdr:wsDr", f'<xdr:wsDr xmlns:r="{OFFICE.rstrip("/")}"')
        draft.replace(PART, "</xdr:wsDr>", inside + "</xdr:wsDr>")

    return change


def picture_for_the_chart(draft: Draft) -> None:
    """The chart taken away, and a picture of another put in its place."""
    draft.sub(PART, "<xdr:twoCellAnchor>.*</xdr:twoCellAnchor>", "")
    drawn(two(image(), ((6, 3), (6, 15)), end=(4000000, 0)))(draft)


def noted(style: str, data: str, inside: str = ""):
    """A comment in the old markup, over the total."""

    def change(draft: Draft) -> None:
        spaces = "".join(
            f' xmlns:{prefix}="urn:schemas-microsoft-com:{name}"'
            for prefix, name in (("v", "vml"), ("o", "office:office"), ("x", "office:excel"))
        )
        client = f"<x:Anchor>3, 0, 15, 0, 5, 0, 18, 0</x:Anchor><x:Row>16</x:Row><x:Column>3</x:Column>{data}"
        vml = (
            f'<xml{spaces}><v:shape id="s" type="#t" style="{style}">{inside}'
            f'<x:ClientData ObjectType="Note">{client}</x:ClientData></v:shape></xml>'
        )
        kind = "application/vnd.openxmlformats-officedocument.vmlDrawing"
        draft.put("xl/drawings/v1.vml", vml, kind)
        comments = (
            '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors>'
            '<author>a</author></authors><commentList><comment ref="D17" authorId="0"><text><t>99.00</t></text>'
            "</comment></commentList></comments>"
        )
        draft.put("xl/comments1.xml", comments, SHEETML + "comments+xml")
        draft.relate(draft.sheet(SHEET), OFFICE + "comments", "../comments1.xml")
        old = draft.relate(draft.sheet(SHEET), OFFICE + "vmlDrawing", "../drawings/v1.vml")
        draft.replace(draft.sheet(SHEET), "</worksheet>", f'<legacyDrawing r:id="{old}"/></worksheet>')

    return change


PATH = '<a:moveTo><a:pt x="-90000" y="-90000"/></a:moveTo><a:lnTo><a:pt x="0" y="0"/></a:lnTo>'
CUSTOM = f'<a:custGeom><a:pathLst><a:path w="100" h="100">{PATH}</a:path></a:pathLst></a:custGeom>'
HANDLE = '<a:avLst><a:gd name="adj1" fmla="val -900000"/></a:avLst>'
CALLOUT = '<a:prstGeom prst="wedgeRectCallout"><a:avLst/></a:prstGeom>'
ARROW = f'<a:prstGeom prst="rightArrow">{HANDLE}</a:prstGeom>'
THICK = f'<a:ln w="20116800">{FILL}</a:ln>'
HIDDEN = 'id="9" name="x" hidden="1"'
OTHERS_WORD = shape(text=TEXT).replace("<xdr:sp>", '<xdr:sp><a:cNvPr name="x" hidden="1"/>')

TRICKS: dict[str, Trick] = {
    "path elsewhere": Trick(drawn(two(shape(form=CUSTOM), BESIDE)), CODE, OVER),
    "callout over the table": Trick(drawn(two(shape(form=CALLOUT), BESIDE)), CODE, OVER),
    "handle over the table": Trick(drawn(two(shape(form=ARROW), BESIDE)), CODE, OVER),
    "outline over the table": Trick(drawn(two(shape(THICK), BESIDE)), CODE, OVER),
    "line as thick as the table": Trick(drawn(two(line(THICK), BESIDE)), CODE, OVER),
    "no extent, with text": Trick(drawn(two(shape("<a:noFill/>", TEXT), ((3, 16), (3, 16)))), CODE, OVER),
    "one cell without extent, with text": Trick(
        drawn(one(shape("<a:noFill/>", TEXT), (3, 16), 0, 0)), CODE, OVER
    ),
    "begins above itself": Trick(drawn(two(shape(), BESIDE, start=(0, -9000000))), CODE, OVER),
    "begins left of itself": Trick(drawn(two(shape(), BESIDE, start=(-9000000, 0))), CODE, OVER),
    "ends far below its end": Trick(
        drawn(two(shape(), ((6, 2), (6, 2)), end=(100000, 90000000))), CODE, OVER
    ),
    "reaches down over merged cells": Trick(drawn(one(image(), (6, 2), 900000, 9000000)), CODE, OVER),
    "picture in the place of the chart": Trick(picture_for_the_chart, CODE, OVER),
    "picture over the chart": Trick(drawn(two(image(), ((6, 4), (6, 8)), end=(4000000, 0))), CODE, OVER),
    "group without a name, a part of it hidden": Trick(
        drawn(two(group(shape(named=HIDDEN) + shape(text=TEXT), 'id="8" name=""'))), CODE, OVER
    ),
    "hidden by another's word": Trick(drawn(two(OTHERS_WORD)), CODE, OVER),
    "comment hidden and shown": Trick(noted("visibility:hidden;visibility:visible", ""), CODE, OVER),
    "comment hidden in another property": Trick(noted("mso-visibility:hidden", ""), CODE, OVER),
    "comment shown by its mark": Trick(noted("visibility:hidden", "<x:Visible/>"), CODE, OVER),
    "hidden comment with a picture from the web": Trick(
        noted("visibility:hidden", "", '<v:fill type="frame" src="http://example.invalid/x.png"/>'),
        "EXTERNAL_CONTENT", "example.invalid",
    ),
    "hidden comment with a picture from a share": Trick(
        noted("visibility:hidden", "", r'<v:imagedata o:href="\\x.invalid\s\x.png"/>'),
        "EXTERNAL_CONTENT", "x.invalid",
    ),
}  # fmt: skip
