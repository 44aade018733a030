"""Parts that Excel and its surroundings add to a package: chains, metadata, labels, comments, printers, signatures."""

from __future__ import annotations

import base64
import re
from html import escape

from tests.leavings.kit import BOOK, GUID, MICROSOFT, PNG, Package, leaving
from tests.support.returned import ENTRY, SCORING
from workbook.rubric.fields import FieldKind

_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_EXCEL = "application/vnd.ms-excel."
_COMMENTS = _SHEETML + "comments+xml"


@leaving("Excel 365 Windows", "chain of calculation")
def calc_chain(book: Package) -> None:
    cells = re.findall(r'<c r="(\w+)"[^>]*><f>', book.text(book.sheet(SCORING)))
    chain = "".join(f'<c r="{ref}" i="7"/>' for ref in cells)
    content = (
        f'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{chain}</calcChain>'
    )
    book.add(BOOK, "calcChain", "xl/calcChain.xml", content, _SHEETML + "calcChain+xml")


@leaving("Excel 365 Windows", "dynamic array on an own sheet, with its metadata")
def dynamic_array(book: Package) -> None:
    content = (
        '<metadata xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:xda="http://schemas.microsoft.com/office/spreadsheetml/2017/dynamicarray"><metadataTypes count="1">'
        '<metadataType name="XLDAPR" minSupportedVersion="120000" copy="1" cellMeta="1"/></metadataTypes>'
        '<futureMetadata name="XLDAPR" count="1"><bk><extLst><ext uri="{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}">'
        '<xda:dynamicArrayProperties fDynamic="1" fCollapsed="0"/></ext></extLst></bk></futureMetadata>'
        '<cellMetadata count="1"><bk><rc t="1" v="0"/></bk></cellMetadata></metadata>'
    )
    book.add(BOOK, "sheetMetadata", "xl/metadata.xml", content, _SHEETML + "sheetMetadata+xml")
    formula = '<f t="array" ref="A1:A3">_xlfn._xlws.SORT(_xlfn.UNIQUE(B1:B3))</f>'
    rows = f'<row r="1"><c r="A1" cm="1">{formula}<v>1</v></c><c r="B1"><v>1</v></c></row>'
    book.own_sheet("草稿", f'<sheetData>{rows}<row r="2"><c r="A2"><v>2</v></c></row></sheetData>')


def comments(
    book: Package, sheet: str, refs: list[str], text: str, *, number: int = 9, style: str = ""
) -> None:
    """Hidden notes on cells, with the old drawing that holds their boxes."""
    notes = "".join(
        f'<comment ref="{ref}" authorId="0" shapeId="0"><text><r><rPr><b/><sz val="9"/><color indexed="81"/>'
        f'<rFont val="宋体"/><family val="3"/><charset val="134"/></rPr><t>李明:</t></r><r><rPr><sz val="9"/>'
        f'<color indexed="81"/><rFont val="宋体"/><charset val="134"/></rPr><t xml:space="preserve">\n{escape(text)}</t>'
        "</r></text></comment>"
        for ref in refs
    )
    content = (
        '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors>'
        f"<author>tc={GUID}</author></authors><commentList>{notes}</commentList></comments>"
    )
    book.add(sheet, "comments", f"xl/comments{number}.xml", content, _COMMENTS)
    shapes = "".join(
        f'<v:shape id="_x0000_s{1025 + place}" type="#_x0000_t202" style="position:absolute;margin-left:200pt;'
        f'margin-top:2pt;width:108pt;height:60pt;z-index:{place + 1};visibility:hidden{style}" fillcolor="infoBackground '
        '[80]" strokecolor="none [81]" o:insetmode="auto"><v:fill color2="infoBackground [80]"/><v:shadow '
        'color="none [81]" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
        "<x:SizeWithCells/><x:Anchor>4, 15, 3, 2, 6, 31, 7, 1</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{int(re.sub('[A-Z]', '', ref)) - 1}</x:Row><x:Column>3</x:Column></x:ClientData></v:shape>"
        for place, ref in enumerate(refs)
    )
    drawing = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
        '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
        'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" '
        f'o:connecttype="rect"/></v:shapetype>{shapes}</xml>'
    )
    book.default("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    identifier = book.add(sheet, "vmlDrawing", f"xl/drawings/vmlDrawing{number}.vml", drawing)
    book.before_end(sheet, f'<legacyDrawing r:id="{identifier}"/>')


@leaving("Excel 2016", "notes on inputs, hidden")
def notes(book: Package) -> None:
    places = [book.place(FieldKind.MONEY, number) for number in range(3)]
    comments(book, book.sheet(ENTRY), [place.cell for place in places], "财务处已核对，95 分")


@leaving(
    "Excel 365 Windows", "threaded comments on inputs, with their persons and the notes for older programs"
)
def threads(book: Package) -> None:
    sheet, place = book.sheet(ENTRY), book.place(FieldKind.MONEY)
    comments(book, sheet, [place.cell], "[线程批注]\n你的Excel版本可读取此线程批注; 注释: 已核对")
    person = (
        '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        f'<person displayName="李明" id="{GUID}" userId="S::lm@example.gov.cn::1" providerId="AD"/></personList>'
    )
    book.add(
        BOOK,
        f"{MICROSOFT}2017/10/relationships/person",
        "xl/persons/person.xml",
        person,
        _EXCEL + "person+xml",
    )
    thread = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        f'<threadedComment ref="{place.cell}" dT="2025-01-16T08:00:00.00" personId="{GUID}" id="{GUID}">'
        "<text>已核对</text></threadedComment></ThreadedComments>"
    )
    kind = f"{MICROSOFT}2017/10/relationships/threadedComment"
    book.add(sheet, kind, "xl/threadedComments/threadedComment1.xml", thread, _EXCEL + "threadedcomments+xml")


@leaving("Excel 365 Windows", "sensitivity label, with its properties")
def label(book: Package) -> None:
    content = (
        '<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata">'
        f'<clbl:label id="{GUID}" enabled="1" method="Privileged" siteId="{GUID}" contentBits="0" removed="0"/>'
        "</clbl:labelList>"
    )
    kind = f"{MICROSOFT}2020/02/relationships/classificationlabels"
    book.add(
        "", kind, "docMetadata/LabelInfo.xml", content, "application/vnd.ms-office.classificationlabels+xml"
    )
    names = ("Enabled", "SetDate", "Method", "Name", "SiteId", "ActionId", "ContentBits")
    properties(book, {f"MSIP_Label_{GUID.strip('{}')}_{name}": "true" for name in names})


def properties(book: Package, values: dict[str, str]) -> None:
    """Properties of the document beside the template's own."""
    new = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(values.items(), 50)
    )
    book.edit("docProps/custom.xml", "</Properties>", f"{new}</Properties>")


def custom_xml(book: Package, number: int, content: bytes, schema: str) -> None:
    """A part of custom XML with its properties."""
    part = f"customXml/item{number}.xml"
    book.add(BOOK, "customXml", part, content)
    props = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?><ds:datastoreItem ds:itemID="' + GUID + '" '
        'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{schema}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    book.add(part, "customXmlProps", f"customXml/itemProps{number}.xml", props, kind)


@leaving("Excel 365 Windows", "queries kept as custom XML in UTF-16")
def mashup(book: Package) -> None:
    text = (
        '<?xml version="1.0" encoding="utf-16"?><DataMashup '
        'xmlns="http://schemas.microsoft.com/DataMashup">AAAAAA==</DataMashup>'
    )
    custom_xml(book, 1, text.encode("utf-16"), "http://schemas.microsoft.com/DataMashup")


@leaving("SharePoint", "content types and properties of a library")
def sharepoint(book: Package) -> None:
    spaces = "http://schemas.microsoft.com/office/2006/metadata/"
    types = f'<ct:contentTypeSchema xmlns:ct="{spaces}contentType" ct:_="" ma:_="" xmlns:ma="{spaces}properties/metaAttributes"/>'
    custom_xml(book, 1, types.encode(), spaces + "contentType")
    custom_xml(book, 2, f'<p:properties xmlns:p="{spaces}properties"/>'.encode(), spaces + "properties")
    custom_xml(
        book,
        3,
        b'\xef\xbb\xbf<?mso-contentType?><FormTemplates xmlns="http://schemas.microsoft.com/sharepoint/v3/contenttype/forms"/>',
        spaces,
    )
    properties(book, {"ContentTypeId": "0x0101006E1C", "_dlc_DocIdItemGuid": GUID})


@leaving("Excel 2016", "settings of printers on every sheet")
def printers(book: Package) -> None:
    book.default("bin", "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings")
    for number, sheet in enumerate(book.sheets, 1):
        part = f"xl/printerSettings/printerSettings{number}.bin"
        identifier = book.add(sheet, "printerSettings", part, "HP LaserJet".encode("utf-16") + bytes(200))
        if "<pageSetup " in book.text(sheet):
            book.edit(
                sheet, "<pageSetup ", f'<pageSetup r:id="{identifier}" horizontalDpi="600" verticalDpi="600" '
            )


@leaving("Excel 2010", "thumbnail")
def thumbnail(book: Package) -> None:
    book.default("wmf", "image/x-wmf")
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
    book.add("", kind, "docProps/thumbnail.wmf", b"\xd7\xcd\xc6\x9a" + bytes(60))


@leaving("Excel 2016", "digital signature")
def signature(book: Package) -> None:
    base = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/"
    kind = "application/vnd.openxmlformats-package.digital-signature-"
    book.default("sigs", kind + "origin")
    book.add("", base + "origin", "_xmlsignatures/origin.sigs", b"")
    content = '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#" Id="idPackageSignature"><SignedInfo/></Signature>'
    book.add(
        "_xmlsignatures/origin.sigs",
        base + "signature",
        "_xmlsignatures/sig1.xml",
        content,
        kind + "xmlsignature+xml",
    )


@leaving("Excel 365 Windows", "views of a sheet with names, tasks of comments")
def named_views(book: Package) -> None:
    content = (
        '<namedSheetViews xmlns="http://schemas.microsoft.com/office/spreadsheetml/2019/namedsheetviews">'
        f'<namedSheetView name="视图1" id="{GUID}"><nsvFilter filterId="{GUID}" ref="B5:J205" tableId="0"/>'
        "</namedSheetView></namedSheetViews>"
    )
    kind = f"{MICROSOFT}2019/04/relationships/namedSheetView"
    part = "xl/namedSheetViews/namedSheetView1.xml"
    book.add(book.sheet("项目明细"), kind, part, content, _EXCEL + "namedsheetviews+xml")
    tasks = '<Tasks xmlns="http://schemas.microsoft.com/office/tasks/2019/documenttasks"/>'
    kind = f"{MICROSOFT}2019/05/relationships/documenttasks"
    book.add(
        book.sheet(ENTRY), kind, "xl/documenttasks/documenttask1.xml", tasks, _EXCEL + "documenttasks+xml"
    )


@leaving("Excel 365 Windows", "picture in a cell of an own sheet")
def picture_in_cell(book: Package) -> None:
    space = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"
    parts = {
        "rdRichValue": (
            "rdrichvalue.xml",
            f'<rvData xmlns="{space}" count="1"><rv s="0"><v>0</v><v>5</v></rv></rvData>',
        ),
        "rdRichValueStructure": (
            "rdrichvaluestructure.xml",
            f'<rvStructures xmlns="{space}" count="1"><s t="_localImage"><k n="_rvRel:LocalImageIdentifier" t="i"/>'
            '<k n="CalcOrigin" t="i"/></s></rvStructures>',
        ),
        "rdRichValueTypes": (
            "rdRichValueTypes.xml",
            f'<rvTypesInfo xmlns="{space}2"><global/></rvTypesInfo>',
        ),
    }
    for kind, (name, content) in parts.items():
        uri = f"{MICROSOFT}2017/06/relationships/{kind}"
        book.add(BOOK, uri, f"xl/richData/{name}", content, f"{_EXCEL}{kind.lower()}+xml")
    relations = (
        '<richValueRels xmlns="http://schemas.microsoft.com/office/spreadsheetml/2022/richvaluerel" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><rel r:id="rIdL1"/></richValueRels>'
    )
    uri = f"{MICROSOFT}2022/10/relationships/richValueRel"
    book.add(BOOK, uri, "xl/richData/richValueRel.xml", relations, _EXCEL + "richvaluerel+xml")
    book.default("png", "image/png")
    book.add("xl/richData/richValueRel.xml", "image", "xl/media/image90.png", PNG)
    metadata = '<metadata xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    book.add(BOOK, "sheetMetadata", "xl/metadata.xml", metadata, _SHEETML + "sheetMetadata+xml")
    book.own_sheet(
        "截图", '<sheetData><row r="1"><c r="A1" t="e" vm="1"><v>#VALUE!</v></c></row></sheetData>'
    )


@leaving("Excel 365 Windows", "check boxes in cells of an own sheet")
def checkbox(book: Package) -> None:
    space = "http://schemas.microsoft.com/office/spreadsheetml/2022/featurepropertybag"
    content = (
        f'<FeaturePropertyBags xmlns="{space}"><bag type="Checkbox"/><bag type="XFControls"><bagId k="CellControl">0'
        '</bagId></bag><bag type="XFComplement"><bagId k="XFControls">1</bagId></bag><bag type="XFComplements" '
        'extRef="XFComplementsMapperExtRef"><a k="MappedFeaturePropertyBags"><bagId>2</bagId></a></bag></FeaturePropertyBags>'
    )
    uri = f"{MICROSOFT}2022/11/relationships/FeaturePropertyBag"
    part = "xl/featurePropertyBag/featurePropertyBag.xml"
    book.add(BOOK, uri, part, content, _EXCEL + "featurepropertybag+xml")
    extension = (
        '<extLst><ext uri="{C7286773-470A-42A8-94C5-96B5CB345126}" '
        f'xmlns:xfpb="{space}"><xfpb:xfComplement i="0"/></ext></extLst>'
    )
    style = book.style(0, lambda xf: xf.replace("/>", f">{extension}</xf>"))
    book.own_sheet(
        "清单", f'<sheetData><row r="1"><c r="A1" s="{style}" t="b"><v>1</v></c></row></sheetData>'
    )


@leaving("Excel 2010", "history of a shared workbook")
def history(book: Package) -> None:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    headers = f'<headers {space} guid="{GUID}" lastGuid="{GUID}" shared="0"/>'
    book.add(
        BOOK, "revisionHeaders", "xl/revisions/revisionHeaders.xml", headers, _SHEETML + "revisionHeaders+xml"
    )
    log = f'<revisions {space}><rcc rId="1" sId="2"><nc r="D4"><v>1</v></nc></rcc></revisions>'
    source = "xl/revisions/revisionHeaders.xml"
    book.add(source, "revisionLog", "xl/revisions/revisionLog1.xml", log, _SHEETML + "revisionLog+xml")
    users = f'<users {space} count="0"/>'
    book.add(BOOK, "usernames", "xl/revisions/userNames.xml", users, _SHEETML + "userNames+xml")


@leaving("Excel 365 Windows", "properties of a sheet kept by an add-in")
def sheet_properties(book: Package) -> None:
    sheet = book.sheet(SCORING)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.customProperty"
    identifier = book.add(
        sheet, "customProperty", "xl/customProperty1.bin", "公式助手".encode("utf-16-le"), kind
    )
    element = f'<customProperties><customPr name="_addin" r:id="{identifier}"/></customProperties>'
    book.before_end(sheet, element, before="ignoredErrors|drawing|legacyDrawing|tableParts|extLst")


@leaving("Excel 365 Windows", "properties of the application and its core with all that people fill in")
def application(book: Package) -> None:
    core = (
        "<cp:keywords>自评</cp:keywords><cp:category>绩效</cp:category><dc:description>第二稿_x000d_\n</dc:description>"
        "<cp:revision>3</cp:revision><cp:contentStatus>终稿</cp:contentStatus></cp:coreProperties>"
    )
    book.edit("docProps/core.xml", "</cp:coreProperties>", core)
    properties(
        book, {"KSOProductBuildVer": "2052-12.1.0.16120", "ICV": base64.b16encode(b"abcdefgh").decode()}
    )
