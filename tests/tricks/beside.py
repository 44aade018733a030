"""Things that lie beside the table and still say or cover something: grown rows, texts, outlines, comments."""

from __future__ import annotations

from tests.support.returned import Issued, in_part, sheet_part
from tests.tricks.comments import commented
from tests.tricks.kit import OFFICE, SUMMARY, Trick, in_sheet, new_part, on_sheet, related
from workbook.layout.names import Place

_DRAWING = "xl/drawings/drawing1.xml"
_RECT = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
_PICTURE = (
    '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="9" name="图"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>'
    f'<a:blip xmlns:r="{OFFICE}" r:embed="rId7"/></xdr:blipFill><xdr:spPr>{_RECT}</xdr:spPr></xdr:pic>'
)


def shape(text: str, *, body: str = "<a:bodyPr/>", look: str = "", size: str = "", form: str = _RECT) -> str:
    """A text box; ``look`` is its fill and outline, ``size`` its own extent."""
    run = f'<a:r><a:rPr sz="1100"/><a:t>{text}</a:t></a:r>' if text else ""
    paragraphs = f"<xdr:txBody>{body}<a:lstStyle/><a:p>{run}</a:p></xdr:txBody>"
    extent = f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>' if size else ""
    return (
        '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="9" name="框"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr>'
        f"<xdr:spPr>{extent}{form}{look}</xdr:spPr>{paragraphs}</xdr:sp>"
    )


def anchored(inside: str, start: tuple[int, int], end: tuple[int, int]) -> str:
    """An anchor from one cell to another, counted from 0."""
    corners = "".join(
        f"<xdr:{tag}><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row>"
        f"<xdr:rowOff>0</xdr:rowOff></xdr:{tag}>"
        for tag, (column, row) in (("from", start), ("to", end))
    )
    return f"<xdr:twoCellAnchor>{corners}{inside}<xdr:clientData/></xdr:twoCellAnchor>"


def drawn(data: bytes, markup: str) -> bytes:
    """The workbook with more drawn on the sheet of results."""
    data = in_part(data, _DRAWING, "</xdr:wsDr>", markup + "</xdr:wsDr>")
    if "rId7" not in markup:
        return data
    data = related(data, _DRAWING, "rId7", "image", "../media/image9.png")
    return new_part(data, "xl/media/image9.png", b"\x89PNG\r\n\x1a\n", "image/png")


def _gap(case: Issued) -> int:
    """The blank row under the total."""
    return int(case["total"].cell[1:]) + 1


def _grown(case: Issued) -> bytes:
    row = _gap(case)
    data = in_sheet(
        case.filled, SUMMARY, rf'(?:<row r="{row}"[^>]*/>)?(?=<row r="{row + 1}")',
        f'<row r="{row}" ht="400" customHeight="1"/>',
    )  # fmt: skip
    return drawn(data, anchored(_PICTURE, (0, row - 1), (5, row - 1)).replace(
        "<xdr:rowOff>0</xdr:rowOff></xdr:to>", "<xdr:rowOff>4900000</xdr:rowOff></xdr:to>"))  # fmt: skip


_FILL = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
_THICK = f'<a:ln w="2540000">{_FILL}</a:ln>'
_BESIDE, _BELOW = ((9, 3), (14, 12)), ((0, 40), (5, 42))
_HERE = ((3, 16), (3, 16))
_THINGS = {
    "text beside that tells": (shape("更正：总分 99.50"), _BESIDE, "OBJECT_TELLS"),
    "text below that tells": (shape("评价等级：优"), _BELOW, "OBJECT_TELLS"),
    "text that overflows upwards": (shape("说明" * 900, body='<a:bodyPr anchor="b"/>'), _BELOW, "OBJECT_COVERS"),
    "letters larger than their frame": (
        shape("说明").replace('sz="1100"', 'sz="40000"'), _BELOW, "OBJECT_COVERS"),
    "text without a break": (shape("说明", body='<a:bodyPr wrap="none"/>'), _BELOW, "OBJECT_COVERS"),
    "text that is moved": (shape("说明", body='<a:bodyPr tIns="-9144000"/>'), _BELOW, "OBJECT_COVERS"),
    "text that is turned": (shape("说明", body='<a:bodyPr rot="5400000"/>'), _BELOW, "OBJECT_COVERS"),
    "text in another form": (
        shape("说明", form='<a:prstGeom prst="cloud"><a:avLst/></a:prstGeom>'), _BELOW, "OBJECT_COVERS"),
    "lines far apart": (
        shape("说明").replace("<a:p>", '<a:p><a:pPr><a:lnSpc><a:spcPct val="9000000"/></a:lnSpc></a:pPr>'),
        _BELOW, "OBJECT_COVERS"),
    "no extent, thick outline": (shape("", look=_FILL + _THICK), _HERE, "OBJECT_COVERS"),
    "no extent, outline alone": (shape("", look=_THICK), _HERE, "OBJECT_COVERS"),
    "no extent, a size of its own": (shape("", look=_FILL, size='cx="3000000" cy="900000"'), _HERE, "OBJECT_COVERS"),
    "no fill, a shadow": (
        shape("", look='<a:effectLst><a:outerShdw dist="900000"/></a:effectLst>'), ((3, 16), (5, 17)), "OBJECT_COVERS"),
}  # fmt: skip


def _thing(name: str) -> Trick:
    inside, where, code = _THINGS[name]
    return Trick(name, lambda case: drawn(case.filled, anchored(inside, *where)), code, SUMMARY)


_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025" style="visibility:visible" {look}>{fill}'
    '<x:ClientData ObjectType="Note"><x:Anchor>{anchor}</x:Anchor><x:Row>{row}</x:Row>'
    "<x:Column>{column}</x:Column><x:Visible/></x:ClientData></v:shape></xml>"
)
YELLOW = 'fillcolor="infoBackground [80]"'


def opened(data: bytes, place: Place, anchor: str, text: str, look: str = YELLOW, fill: str = "") -> bytes:
    """The workbook with a comment that stands open."""
    data, part = commented(data, place, text), sheet_part(data, place.sheet)
    row, column = int(place.cell[1:]) - 1, ord(place.cell[0]) - ord("A")
    vml = _VML.format(look=look, fill=fill, anchor=anchor, row=row, column=column)
    kind = "application/vnd.openxmlformats-officedocument.vmlDrawing"
    data = new_part(data, "xl/drawings/vmlDrawing7.vml", vml, kind)
    data = related(data, part, "rId81", "vmlDrawing", "../drawings/vmlDrawing7.vml")
    return on_sheet(data, place.sheet, '<legacyDrawing r:id="rId81"/>')


LABELS = "1, 0, 3, 0, 2, 0, 5, 0"
"""Over two labels of the sheet of data."""
_OPEN = {
    "over labels, tells": ("总分 99.50", LABELS, YELLOW, ""),
    "over labels, white": ("请核对", LABELS, 'fillcolor="white"', ""),
    "over labels, not filled": ("请核对", LABELS, f'{YELLOW} filled="f"', ""),
    "over labels, a picture": ("请核对", LABELS, YELLOW, '<v:fill type="frame"/>'),
    "over amounts": ("请核对", "3, 0, 3, 0, 4, 0, 6, 0", YELLOW, ""),
}


def _open(name: str) -> Trick:
    text, anchor, look, fill = _OPEN[name]
    return Trick(
        f"comment open {name}",
        lambda case: opened(case.filled, Place("数据填报", "D4"), anchor, text, look, fill),
        "OBJECT_COVERS", "数据填报",
    )  # fmt: skip


TRICKS = [
    Trick("blank row grown for a picture", _grown, "OBJECT_COVERS", SUMMARY, lambda case: f"A{_gap(case)}"),
    *map(_thing, _THINGS),
    *map(_open, _OPEN),
]
