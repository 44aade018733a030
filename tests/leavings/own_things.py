"""Things on an officer's own sheets: tables, pivots, slicers, charts, diagrams, pictures, shapes, sparklines."""

from __future__ import annotations

from tests.leavings.kit import BOOK, GUID, MAIN, MICROSOFT, OFFICE, PNG, Package, leaving

_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_DATA = (
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>项目</t></is></c><c r="B1" t="inlineStr"><is><t>金额</t></is></c>'
    '</row><row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c><c r="B2"><v>5</v></c></row></sheetData>'
)
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"


def anchored(inside: str, *, kind: str = "twoCellAnchor") -> str:
    """An anchor with something in it."""
    corner = (
        "<xdr:col>{0}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{1}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    )
    return (
        f'<xdr:{kind} editAs="oneCell"><xdr:from>{corner.format(3, 1)}</xdr:from><xdr:to>{corner.format(9, 20)}</xdr:to>'
        f"{inside}<xdr:clientData/></xdr:{kind}>"
    )


def picture(identifier: str, *, svg: str = "") -> str:
    """A picture by its relationship."""
    vector = (
        '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip '
        f'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{svg}"/></a:ext></a:extLst>'
    )
    return (
        '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="图片 1" descr="截图"/><xdr:cNvPicPr><a:picLocks noChangeAspect="1"/>'
        f'</xdr:cNvPicPr></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="{identifier}">{vector if svg else ""}</a:blip>'
        '<a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</xdr:spPr></xdr:pic>"
    )


def frame(uri: str, inside: str) -> str:
    """A graphic frame."""
    return (
        '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="3" name="图表 2"/><xdr:cNvGraphicFramePr/>'
        '</xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>'
        f'<a:graphicData uri="{uri}">{inside}</a:graphicData></a:graphic></xdr:graphicFrame>'
    )


@leaving("Excel 365 Windows", "table")
def table(book: Package) -> None:
    part = book.own_sheet("表格", _DATA)
    content = (
        f'<table xmlns="{MAIN}" id="1" name="表1" displayName="表1" ref="A1:B2" totalsRowShown="0"><autoFilter ref="A1:B2"/>'
        '<tableColumns count="2"><tableColumn id="1" name="项目"/><tableColumn id="2" name="金额"/></tableColumns>'
        '<tableStyleInfo name="TableStyleMedium2" showRowStripes="1"/></table>'
    )
    identifier = book.add(part, "table", "xl/tables/table1.xml", content, _SHEETML + "table+xml")
    book.before_end(
        part, f'<tableParts count="1"><tablePart r:id="{identifier}"/></tableParts>', before="extLst"
    )


def pivot(book: Package) -> str:
    """An own sheet with a pivot table; its part."""
    part = book.own_sheet("透视", _DATA)
    cache = (
        f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE[:-1]}" r:id="rIdL1"><cacheSource type="worksheet">'
        '<worksheetSource ref="A1:B2" sheet="透视"/></cacheSource><cacheFields count="0"/></pivotCacheDefinition>'
    )
    definition = "xl/pivotCache/pivotCacheDefinition1.xml"
    kind = _SHEETML + "pivotCacheDefinition+xml"
    identifier = book.add(BOOK, "pivotCacheDefinition", definition, cache, kind)
    records = f'<pivotCacheRecords xmlns="{MAIN}" count="0"/>'
    kind = _SHEETML + "pivotCacheRecords+xml"
    book.add(definition, "pivotCacheRecords", "xl/pivotCache/pivotCacheRecords1.xml", records, kind)
    new = f'<pivotCaches><pivotCache cacheId="1" r:id="{identifier}"/></pivotCaches></workbook>'
    book.edit(BOOK, "</workbook>", new)
    content = f'<pivotTableDefinition xmlns="{MAIN}" name="数据透视表1" cacheId="1" dataCaption="值"/>'
    table_part = "xl/pivotTables/pivotTable1.xml"
    book.add(part, "pivotTable", table_part, content, _SHEETML + "pivotTable+xml")
    book.relate(table_part, "pivotCacheDefinition", "/" + definition)
    return part


@leaving("Excel 2016", "pivot table, with the lists of caches")
def pivot_table(book: Package) -> None:
    pivot(book)
    lists = "".join(
        f'<ext xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main" uri="{{{uri}}}"><x15:{word}/></ext>'
        for uri, word in {
            "841E416B-1EF1-43b6-AB56-02D37102CBD5": "pivotCaches",
            "983426D0-5260-488c-9760-48F4B6AC55F4": "pivotTableReferences",
            "46BE6895-7355-4a93-B00E-2C351335B9C9": "slicerCaches",
            "D0CA8CA8-9F24-4464-BF8E-62219DCF47F9": "timelineCacheRefs",
        }.items()
    )
    book.edit(BOOK, "</workbook>", f"<extLst>{lists}</extLst></workbook>")


@leaving("Excel 2016", "slicer and timeline of a pivot table")
def slicer(book: Package) -> None:
    part = pivot(book)
    for word, year in (("slicer", "2007"), ("timeline", "2011")):
        kind = f"application/vnd.ms-excel.{word}"
        caches = f"xl/{word}Caches/{word}Cache1.xml"
        book.add(BOOK, f"{MICROSOFT}{year}/relationships/{word}Cache", caches, f'<{word}CacheDefinition xmlns="{_X14}"/>',
                 kind + "Cache+xml")  # fmt: skip
        book.add(part, f"{MICROSOFT}{year}/relationships/{word}", f"xl/{word}s/{word}1.xml", f'<{word}s xmlns="{_X14}"/>',
                 kind + "+xml")  # fmt: skip
    extension = (
        f'<extLst><ext xmlns:x14="{_X14}" uri="{{A8765BA9-456A-4DAB-B4F3-ACF838C121DE}}"><x14:slicerList><x14:slicer '
        'r:id="rIdL2"/></x14:slicerList></ext></extLst>'
    )
    book.before_end(part, extension)
    slicers = '<sle:slicer xmlns:sle="http://schemas.microsoft.com/office/drawing/2010/slicer" name="项目"/>'
    alternative = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="a14" '
        f'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main">{frame("http://schemas.microsoft.com/office/drawing/2010/slicer", slicers)}'
        '</mc:Choice><mc:Fallback><xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="0" name=""/><xdr:cNvSpPr/></xdr:nvSpPr>'
        "<xdr:spPr/></xdr:sp></mc:Fallback></mc:AlternateContent>"
    )
    book.drawing(part, anchored(alternative))


_CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:roundedCorners val="0"/><c:chart><c:plotArea>'
    '<c:layout/><c:pieChart><c:varyColors val="1"/><c:ser><c:idx val="0"/><c:order val="0"/><c:val><c:numRef>'
    '<c:f>图!$B$2:$B$2</c:f></c:numRef></c:val></c:ser><c:firstSliceAng val="0"/></c:pieChart></c:plotArea>'
    '<c:plotVisOnly val="1"/></c:chart></c:chartSpace>'
)
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_CHART_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"


@leaving("Excel 365 Windows", "chart with its style, colours and shapes")
def chart(book: Package) -> None:
    part = book.own_sheet("图", _DATA)
    inside = f'<c:chart xmlns:c="{_CHART_SPACE}" r:id="rIdL1"/>'
    drawing = book.drawing(part, anchored(frame(_CHART_SPACE, inside)))
    book.add(drawing, "chart", "xl/charts/chart90.xml", _CHART, _CHART_TYPE)
    space = "http://schemas.microsoft.com/office/drawing/2012/chartStyle"
    for kind, name in (("chartStyle", "style"), ("chartColorStyle", "colors")):
        uri, content = f"{MICROSOFT}2011/relationships/{kind}", f'<cs:{kind} xmlns:cs="{space}"/>'
        book.add(
            "xl/charts/chart90.xml",
            uri,
            f"xl/charts/{name}90.xml",
            content,
            f"application/vnd.ms-office.{kind.lower()}+xml",
        )
    shapes = '<c:userShapes xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chartshapes+xml"
    book.add("xl/charts/chart90.xml", "chartUserShapes", "xl/drawings/drawing91.xml", shapes, kind)


@leaving("Excel 2016", "chart of the newer kind: a waterfall")
def chart_ex(book: Package) -> None:
    part = book.own_sheet("瀑布", _DATA)
    space = "http://schemas.microsoft.com/office/drawing/2014/chartex"
    alternative = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="cx1" '
        'xmlns:cx1="http://schemas.microsoft.com/office/drawing/2015/9/8/chartex">'
        f"{frame(space, f'<cx:chart xmlns:cx={chr(34)}{space}{chr(34)} r:id={chr(34)}rIdL1{chr(34)}/>')}</mc:Choice></mc:AlternateContent>"
    )
    drawing = book.drawing(part, anchored(alternative))
    uri, content = f"{MICROSOFT}2014/relationships/chartEx", f'<cx:chartSpace xmlns:cx="{space}"/>'
    book.add(drawing, uri, "xl/charts/chartEx1.xml", content, "application/vnd.ms-office.chartex+xml")


@leaving("Excel 2010", "chart on a sheet of its own")
def chart_sheet(book: Package) -> None:
    body = '<sheetPr/><sheetViews><sheetView workbookViewId="0"/></sheetViews><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
    part = book.own_sheet("图表1", body, kind="chartsheet")
    inside = frame(_CHART_SPACE, f'<c:chart xmlns:c="{_CHART_SPACE}" r:id="rIdL1"/>')
    anchor = f'<xdr:absoluteAnchor><xdr:pos x="0" y="0"/><xdr:ext cx="9000000" cy="6000000"/>{inside}<xdr:clientData/></xdr:absoluteAnchor>'
    content = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="'
        + OFFICE[:-1]
        + f'">{anchor}</xdr:wsDr>'
    )
    kind = "application/vnd.openxmlformats-officedocument.drawing+xml"
    identifier = book.add(part, "drawing", "xl/drawings/drawing72.xml", content, kind)
    book.edit(part, "</chartsheet>", f'<drawing r:id="{identifier}"/></chartsheet>')
    book.add("xl/drawings/drawing72.xml", "chart", "xl/charts/chart92.xml", _CHART, _CHART_TYPE)


@leaving("Excel 365 Windows", "diagram of the organisation")
def diagram(book: Package) -> None:
    part = book.own_sheet("机构", _DATA)
    space = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    inside = f'<dgm:relIds xmlns:dgm="{space}" r:dm="rIdL1" r:lo="rIdL2" r:qs="rIdL3" r:cs="rIdL4"/>'
    drawing = book.drawing(part, anchored(frame(space, inside)))
    for word, name, root in (("Data", "data", "dataModel"), ("Layout", "layout", "layoutDef"),
                             ("QuickStyle", "quickStyle", "styleDef"), ("Colors", "colors", "colorsDef")):  # fmt: skip
        kind = (
            f"application/vnd.openxmlformats-officedocument.drawingml.diagram{word.replace('Quick', '')}+xml"
        )
        book.add(
            drawing, f"diagram{word}", f"xl/diagrams/{name}1.xml", f'<dgm:{root} xmlns:dgm="{space}"/>', kind
        )
    uri = f"{MICROSOFT}2007/relationships/diagramDrawing"
    content = '<dsp:drawing xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram"/>'
    book.add(
        drawing,
        uri,
        "xl/diagrams/drawing1.xml",
        content,
        "application/vnd.ms-office.drawingml.diagramDrawing+xml",
    )


def pictured(book: Package, extension: str, content_type: str, content: bytes) -> None:
    """An own sheet with a picture of a kind."""
    part = book.own_sheet("截图", _DATA)
    drawing = book.drawing(part, anchored(picture("rIdL1")))
    book.default(extension, content_type)
    book.add(drawing, "image", f"xl/media/image91.{extension}", content)


@leaving("Excel 2010", "pictures of old kinds: bitmap, metafile")
def old_pictures(book: Package) -> None:
    pictured(book, "bmp", "image/bmp", b"BM" + bytes(60))
    book.default("emf", "image/x-emf")
    book.add("xl/drawings/drawing70.xml", "image", "xl/media/image92.emf", bytes(88))


@leaving("WPS Windows", "picture of a telephone")
def jpeg(book: Package) -> None:
    pictured(book, "jpeg", "image/jpeg", b"\xff\xd8\xff\xe0" + bytes(200))


@leaving("Excel 365 Windows", "vector picture with its bitmap and a document type")
def vector(book: Package) -> None:
    part = book.own_sheet("图标", _DATA)
    drawing = book.drawing(part, anchored(picture("rIdL1", svg="rIdL2")))
    book.default("png", "image/png")
    book.default("svg", "image/svg+xml")
    book.add(drawing, "image", "xl/media/image93.png", PNG)
    svg = b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x"><svg xmlns="http://www.w3.org/2000/svg"/>'
    book.add(drawing, "image", "xl/media/image94.svg", svg)


@leaving("Excel 2016", "shapes, groups, lines and text boxes")
def shapes(book: Package) -> None:
    part = book.own_sheet("流程", _DATA)
    text = (
        '<xdr:txBody><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:r><a:t>审核</a:t></a:r></a:p></xdr:txBody>'
    )
    shape = (
        '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="4" name="文本框 3"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr>'
        f'<xdr:spPr><a:prstGeom prst="rect"/><a:solidFill><a:schemeClr val="lt1"/></a:solidFill></xdr:spPr>{text}</xdr:sp>'
    )
    line = '<xdr:cxnSp macro=""><xdr:nvCxnSpPr><xdr:cNvPr id="5" name="直线"/><xdr:cNvCxnSpPr/></xdr:nvCxnSpPr><xdr:spPr/></xdr:cxnSp>'
    group = f'<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id="6" name="组合"/><xdr:cNvGrpSpPr/></xdr:nvGrpSpPr><xdr:grpSpPr/>{shape}{line}</xdr:grpSp>'
    book.drawing(part, anchored(shape) + anchored(line) + anchored(group))


@leaving("Excel 2010", "sparklines, bars, icons and scales")
def sparklines(book: Package) -> None:
    rules = (
        '<conditionalFormatting sqref="B2:B9"><cfRule type="iconSet" priority="1"><iconSet iconSet="3TrafficLights1"><cfvo '
        'type="percent" val="0"/><cfvo type="percent" val="33"/><cfvo type="percent" val="67"/></iconSet></cfRule><cfRule '
        'type="dataBar" priority="2"><dataBar><cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/></dataBar><extLst>'
        f'<ext xmlns:x14="{_X14}" uri="{{B025F937-C7B1-47D3-B67F-A62EFF666E3E}}"><x14:id>{GUID}</x14:id></ext></extLst>'
        '</cfRule><cfRule type="colorScale" priority="3"><colorScale><cfvo type="min"/><cfvo type="max"/><color '
        'rgb="FFFCFCFF"/><color rgb="FF63BE7B"/></colorScale></cfRule><cfRule type="top10" dxfId="0" priority="4" '
        'rank="10" percent="1"/><cfRule type="aboveAverage" dxfId="0" priority="5" stdDev="1"/><cfRule type="timePeriod" '
        'dxfId="0" priority="6" timePeriod="last7Days"><formula>TRUE</formula></cfRule></conditionalFormatting>'
    )
    extensions = (
        f'<extLst><ext xmlns:x14="{_X14}" uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}"><x14:conditionalFormattings>'
        f'<x14:conditionalFormatting><x14:cfRule type="dataBar" id="{GUID}"><x14:dataBar minLength="0" maxLength="100"/>'
        "</x14:cfRule><xm:sqref>B2:B9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext>"
        f'<ext xmlns:x14="{_X14}" uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}"><x14:sparklineGroups><x14:sparklineGroup>'
        "<x14:sparklines><x14:sparkline><xm:f>走势!B2:B9</xm:f><xm:sqref>C2</xm:sqref></x14:sparkline></x14:sparklines>"
        "</x14:sparklineGroup></x14:sparklineGroups></ext></extLst>"
    )
    book.own_sheet("走势", _DATA + rules + extensions)


@leaving("Excel 2010", "picture behind the cells of an own sheet")
def background(book: Package) -> None:
    part = book.own_sheet("背景", _DATA)
    book.default("png", "image/png")
    identifier = book.add(part, "image", "xl/media/image95.png", PNG)
    book.before_end(part, f'<picture r:id="{identifier}"/>')
