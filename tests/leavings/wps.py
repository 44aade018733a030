"""WPS: its own parts, namespaces, properties and spellings."""

from __future__ import annotations

import re

from tests.leavings.excel_parts import custom_xml, properties
from tests.leavings.kit import BOOK, DRAWING, PNG, STYLES, Package, leaving

_ETC = "http://www.wps.cn/officeDocument/2017/etCustomData"
_SHEET = (
    ' xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    f'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:etc="{_ETC}"'
)


@leaving("WPS Windows", "workbook, properties and sheets as version 12 writes them")
def version_12(book: Package) -> None:
    book.edit(BOOK, "(<workbook [^>]*)>", r'\1 xmlns:dbsheet="http://web.wps.cn/et/2021/dbsheet">')
    book.edit(
        BOOK,
        "<fileVersion [^>]*/>",
        '<fileVersion appName="xl" lastEdited="3" lowestEdited="5" rupBuild="9302"/>',
    )
    book.edit(BOOK, "<workbookPr [^>]*/>", "<workbookPr/>")
    book.edit(
        BOOK,
        "<workbookView [^>]*/>",
        '<workbookView windowWidth="27945" windowHeight="12255" activeTab="1"/>',
    )
    book.edit(BOOK, "<calcPr [^>]*/>", '<calcPr calcId="191029"/>')
    book.every("(<worksheet [^>]*)>", rf"\1{_SHEET}>")
    sizes = '<sheetFormatPr defaultColWidth="9" defaultRowHeight="13.5" outlineLevelCol="5"/>'
    book.every("<sheetFormatPr [^>]*/>", sizes)
    names = {"KSOProductBuildVer": "2052-12.1.0.26895", "ICV": "3D3104DE13954D2088C3AB089CA30F63_12"}
    properties(book, names)


@leaving("WPS Windows", "number of its build, rules of calculation, mark of reading layout")
def build(book: Package) -> None:
    new = (
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="60" name="CalculationRule"><vt:i4>0</vt:i4>'
        '</property><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="61" name="KSOReadingLayout"><vt:bool>'
        "true</vt:bool></property></Properties>"
    )
    book.edit("docProps/custom.xml", "</Properties>", new)


@leaving("WPS Windows", "who may edit which area, as custom XML")
def allowed(book: Package) -> None:
    space = "https://web.wps.cn/et/2018/main"
    content = (
        f'<allowEditUser xmlns="{space}" xmlns:s="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'hasInvisiblePropRange="0"><rangeList sheetStid="2" master="" otherUserPermission="visible"/></allowEditUser>'
    )
    custom_xml(book, 1, content.encode(), space)
    other = f'<woProps xmlns="{space}"><woSheetsProps/><woBookProps><bookSettings isFilterShared="1"/></woBookProps></woProps>'
    custom_xml(book, 2, other.encode(), space)


@leaving("WPS Windows", "pictures of cells, kept in parts of its own")
def cell_images(book: Package) -> None:
    content = (
        f'<etc:cellImages xmlns:etc="{_ETC}" {DRAWING}><etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" '
        'name="ID_5F0E4C1A8D2B4F779A310C6D5E4B3A21"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rIdL1"/>'
        "</xdr:blipFill><xdr:spPr/></xdr:pic></etc:cellImage></etc:cellImages>"
    )
    kind = "application/vnd.wps-officedocument.cellimage+xml"
    book.add(BOOK, "http://www.wps.cn/officeDocument/2020/cellImage", "xl/cellimages.xml", content, kind)
    book.default("png", "image/png")
    book.add("xl/cellimages.xml", "image", "xl/media/image60.png", PNG)
    formula = '_xlfn.DISPIMG("ID_5F0E4C1A8D2B4F779A310C6D5E4B3A21",1)'
    cell = f'<c r="A1" t="str"><f>{formula}</f><v>=DISPIMG("ID_5F0E",1)</v></c>'
    book.own_sheet("佐证图", f'<sheetData><row r="1">{cell}</row></sheetData>')


@leaving("WPS Mac", "shared formulas, no saved order of calculation")
def shared_formulas(book: Package) -> None:
    part = book.sheet("项目明细")
    text = book.text(part)
    column = list(book.case.template.sheet["项目明细"].formulas)[-1][0]
    cells = re.findall(rf'<c r="{column}(\d+)"[^>]*><f>', text)
    first, last = cells[0], cells[-1]

    def shared(match: re.Match[str]) -> str:
        if match[2] == first:
            return f'{match[1]}<f t="shared" ref="{column}{first}:{column}{last}" si="0">{match[3]}</f>'
        return f'{match[1]}<f t="shared" si="0"/>'

    book.put(part, re.sub(rf'(<c r="{column}(\d+)"[^>]*>)<f>([^<]*)</f>', shared, text))


@leaving("WPS Linux", "styles with many built-in ones by their Chinese names")
def cell_styles(book: Package) -> None:
    names = (
        "常规",
        "千位分隔",
        "货币",
        "百分比",
        "千位分隔[0]",
        "货币[0]",
        "超链接",
        "已访问的超链接",
        "注释",
        "标题 1",
        "好",
        "差",
    )
    listed = "".join(
        f'<cellStyle name="{name}" xfId="0" builtinId="{number}"/>' for number, name in enumerate(names)
    )
    book.edit(
        STYLES, "<cellStyles.*?</cellStyles>", f'<cellStyles count="{len(names)}">{listed}</cellStyles>'
    )
    sheet = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="xr9" '
        'xmlns:xr9="http://schemas.microsoft.com/office/spreadsheetml/2016/revision9"'
    )
    book.edit(STYLES, '<styleSheet xmlns="[^"]*"', sheet)
    book.edit(
        STYLES,
        "<dxf><font><b/>",
        '<dxf><font><name val="宋体"/><scheme val="none"/><b val="1"/><i val="0"/>',
        count=0,
    )
    table = '<tableStyles count="1" defaultTableStyle="TableStyleMedium2"><tableStyle count="1" name="浅色系" xr9:uid="{1}"/></tableStyles>'
    book.edit(STYLES, "<tableStyles [^>]*/>", table)


@leaving("WPS mobile", "a part of its own storage, identity by its sheet and properties")
def storage(book: Package) -> None:
    kind = "http://www.wps.cn/officeDocument/2018/customStorage"
    book.add(
        BOOK,
        kind,
        "xl/customStorage/customStorage.xml",
        "<a/>",
        "application/vnd.wps-officedocument.customStorage+xml",
    )


@leaving("WPS online", "backslashes between the folders of the zip")
def backslashes(book: Package) -> None:
    book.parts = {name.replace("/", "\\"): content for name, content in book.parts.items()}
