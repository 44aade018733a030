"""Headers, footers, print areas and titles, pictures behind pages."""

from __future__ import annotations

import re
from html import escape

from tests.deceits.kit import BOOK, OFFICE, TOTAL, Draft, Trick
from workbook.layout.names import Place

SHEET = TOTAL.sheet
CHANGED = "HEADER_CHANGED"
HERE = Place(SHEET, "")


def header(text: str, tag: str = "oddHeader", attributes: str = ""):
    """A header or footer in place of the issued one, or beside it; ``attributes`` put it in force."""

    def change(draft: Draft) -> None:
        part, new = draft.sheet(SHEET), f"<{tag}>{escape(text)}</{tag}>"
        if attributes:
            draft.sub(part, "<headerFooter>", f"<headerFooter {attributes}>")
        if f"<{tag}>" in draft.text(part):
            draft.sub(part, f"<{tag}>.*?</{tag}>", new)
        else:
            draft.replace(part, "</headerFooter>", new + "</headerFooter>")

    return change


def in_header(old: str, new: str, tag: str = "oddFooter"):
    """Something put into an issued header."""

    def change(draft: Draft) -> None:
        part = draft.sheet(SHEET)
        text = draft.text(part)
        match = re.search(f"<{tag}>.*?</{tag}>", text)
        assert match and old in match[0], match
        draft.parts[part] = text.replace(match[0], match[0].replace(old, new, 1)).encode()

    return change


def headers_picture(draft: Draft) -> None:
    picture(draft, "legacyDrawingHF")
    header("&C&G")(draft)


def picture(draft: Draft, tag: str) -> None:
    """A picture behind the sheet, or in its headers."""
    vml = '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="CH"><v:imagedata o:relid="r1" xmlns:o="urn:schemas-microsoft-com:office:office"/></v:shape></xml>'
    if tag == "picture":
        draft.put("xl/media/image1.png", b"\x89PNG")
        draft.replace(
            "[Content_Types].xml", "<Override", '<Default Extension="png" ContentType="image/png"/><Override'
        )
        identifier = draft.relate(draft.sheet(SHEET), OFFICE + "image", "../media/image1.png")
    else:
        draft.put("xl/drawings/vml1.vml", vml, "application/vnd.openxmlformats-officedocument.vmlDrawing")
        identifier = draft.relate(draft.sheet(SHEET), OFFICE + "vmlDrawing", "../drawings/vml1.vml")
    draft.replace(draft.sheet(SHEET), "</worksheet>", f'<{tag} r:id="{identifier}"/></worksheet>')


def named(name: str, text: str, scope: str = ' localSheetId="8"'):
    """A name of the sheet of results."""
    return lambda draft: draft.replace(
        BOOK,
        "</definedNames>",
        f'<definedName name="{name}"{scope}>{escape(text)}</definedName></definedNames>',
    )


def titles(draft: Draft) -> None:
    draft.sub(BOOK, r'(<definedName name="_xlnm.Print_Titles" localSheetId="6">)[^<]*', r"\1评分表!$4:$9")


AREAS = {
    "cut": "得分汇总!$A$1:$G$16", "one cell": "得分汇总!$A$1", "two pieces": "得分汇总!$A$1:$G$16,得分汇总!$A$18:$G$40", "computed": "OFFSET(得分汇总!$A$1,0,0,3,3)",
    "by another name": "总分", "relative": "得分汇总!A1:B2", "of another sheet": "评分表!$A$1:$B$2", "lost": "#REF!",
}  # fmt: skip
TEXTS = {
    "another total": "&C总分 99.00", "a grade": "&C等级：优", "a grade in words": "&C自评结果：优秀", "a verdict": "&C经复核为合格", "full marks": "&C满分！",
    "a number in Chinese": "&C九十九", "in letters of its own": '&L&"Arial,Bold"99', "date": "&C&D", "file": "&C&Z&F", "picture": "&C&G", "left": "&L99.00",
    "right": "&R得分 99", "before any section": "总分 99", "page": "&C&P9", "digits after a size": "&C&1099.00", "colour before digits": "&C&K00000099",
    "digits of full width": "&C９９", "percent": "&C百分百 ％",
}  # fmt: skip

TRICKS: dict[str, Trick] = {
    **{f"header: {name}": Trick(header(text), CHANGED, HERE) for name, text in TEXTS.items()},
    **{f"{tag}: another total": Trick(header("&C总分 99.00", tag, attributes), CHANGED, HERE) for tag, attributes in (
        ("oddFooter", ""), ("evenHeader", 'differentOddEven="1"'), ("evenFooter", 'differentOddEven=" true "'),
        ("firstHeader", 'differentFirst="1"'), ("firstFooter", 'differentFirst="true"'))},
    "footer: year swallowed by a size": Trick(header("&L&102025 年度&C&10第 &P 页，共 &N 页", "oddFooter"),
        CHANGED, HERE),
    "footer: another number of pages": Trick(in_header("&amp;N", "99"), CHANGED, HERE),
    "footer: letters as large as the page": Trick(in_header("&amp;C&amp;10", "&amp;C&amp;400"), CHANGED, HERE),
    "footer: a size of four digits": Trick(in_header("&amp;C&amp;10", "&amp;C&amp;1000"), CHANGED, HERE),
    "header: not in force is said": Trick(header("&C总分 99.00", "oddHeader"), CHANGED, HERE),
    "header: comment within": Trick(lambda draft: draft.sub(draft.sheet(SHEET), "<oddHeader>", "<oddHeader><!-- -->&amp;L99"), CHANGED, HERE),
    "header: character data": Trick(lambda draft: draft.sub(draft.sheet(SHEET), "<oddHeader>", "<oddHeader><![CDATA[&L99]]>"), CHANGED, HERE),
    "header: two of a kind": Trick(lambda draft: draft.sub(draft.sheet(SHEET), "<oddHeader>", "<oddHeader>&amp;C99</oddHeader><oddHeader>"), "MARKUP_UNKNOWN",
        "oddHeader"),
    "header: picture": Trick(headers_picture, "SHEET_CONTENT_ADDED", HERE),
    "header: newer picture": Trick(lambda draft: picture(draft, "drawingHF"), "SHEET_CONTENT_ADDED", HERE),
    "picture behind the sheet": Trick(lambda draft: picture(draft, "picture"), "SHEET_CONTENT_ADDED", HERE),
    **{f"print area: {name}": Trick(named("_xlnm.Print_Area", text), "PRINT_CHANGED", HERE) for name, text in AREAS.items()},
    "print area in small letters": Trick(named("_XLNM.PRINT_AREA", AREAS["cut"]), "PRINT_CHANGED", HERE),
    "print area without its prefix": Trick(named("Print_Area", AREAS["cut"]), "PRINT_CHANGED", HERE),
    "print area twice": Trick(lambda draft: (named("_xlnm.Print_Area", "得分汇总!$A$1:$G$99")(draft), named("_xlnm.Print_Area", AREAS["cut"])(draft))[0],
        "PRINT_CHANGED", HERE),
    "print titles of results": Trick(named("_xlnm.Print_Titles", "得分汇总!$17:$17"), "PRINT_CHANGED", HERE),
    "print titles changed": Trick(titles, "PRINT_CHANGED", Place("评分表", "")),
}  # fmt: skip
