"""LibreOffice, OnlyOffice, Numbers, Gnumeric and online tables: their ways of writing all parts anew."""

from __future__ import annotations

import re

from tests.leavings.excel_parts import properties
from tests.leavings.kit import BOOK, STYLES, Package, leaving
from tests.support.returned import ENTRY


@leaving("LibreOffice 24", "workbook with its own extension, calculation and build")
def libre_book(book: Package) -> None:
    book.edit(BOOK, "<fileVersion [^>]*/>", '<fileVersion appName="Calc"/>')
    book.edit(
        BOOK,
        "<workbookPr [^>]*/>",
        '<workbookPr backupFile="false" showObjects="all" date1904="false"/><workbookProtection/>',
    )
    view = (
        '<workbookView showHorizontalScroll="true" showVerticalScroll="true" showSheetTabs="true" xWindow="0" yWindow="0" '
        'windowWidth="16384" windowHeight="8192" tabRatio="500" firstSheet="0" activeTab="0"/>'
    )
    book.edit(BOOK, "<workbookView [^>]*/>", view)
    tail = (
        '<calcPr iterateCount="100" refMode="A1" iterate="false" iterateDelta="0.001"/><extLst><ext '
        'xmlns:loext="http://schemas.libreoffice.org/" uri="{7626C862-2A13-11E5-B345-FEFF819CDC9F}"><loext:extCalcPr '
        'stringRefSyntax="CalcA1ExcelA1"/></ext></extLst>'
    )
    book.edit(BOOK, "<calcPr [^>]*/>", tail)
    properties(book, {"AppVersion": "16.0300", "DocSecurity": "0"})


@leaving("LibreOffice 7", "sheets with every attribute written out")
def libre_sheets(book: Package) -> None:
    book.every("<sheetPr>", '<sheetPr filterMode="false">')
    view = (
        '<sheetView showFormulas="false" showRowColHeaders="true" showZeros="true" rightToLeft="false" '
        'showOutlineSymbols="true" defaultGridColor="true" view="normal" colorId="64" zoomScale="100" '
        'zoomScaleNormal="100" zoomScalePageLayoutView="100" '
    )
    book.every("<sheetView ", view)
    size = '<sheetFormatPr defaultColWidth="8.55078125" defaultRowHeight="15" zeroHeight="false" outlineLevelRow="0" outlineLevelCol="0"/>'
    book.every("<sheetFormatPr [^>]*/>", size)
    book.every(
        ' customHeight="1"',
        ' customFormat="false" hidden="false" customHeight="true" outlineLevel="0" collapsed="false"',
    )
    book.every(
        ' customWidth="1"', ' style="0" hidden="false" customWidth="true" collapsed="false" outlineLevel="0"'
    )


@leaving("LibreOffice 24", "columns to the sixteen thousandth, rows to the end, with the usual height")
def libre_ends(book: Package) -> None:
    book.every(
        "</cols>",
        '<col collapsed="false" customWidth="false" hidden="false" outlineLevel="0" max="16384" min="60" style="0" width="11.53"/></cols>',
    )
    row = '<row r="1048576" customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" collapsed="false"/>'
    book.every("</sheetData>", f"{row}</sheetData>")


@leaving("OnlyOffice", "workbook and properties of its own")
def only(book: Package) -> None:
    book.edit(BOOK, "<fileVersion [^>]*/>", "")
    book.edit(BOOK, "<workbookPr [^>]*/>", "<workbookPr/>")
    book.edit(BOOK, "<workbookView [^>]*/>", '<workbookView activeTab="2"/>')
    book.edit(BOOK, "<calcPr [^>]*/>", '<calcPr calcId="0" iterateDelta="0.0001"/>')
    book.every(
        "<sheetFormatPr [^>]*/>",
        '<sheetFormatPr baseColWidth="8" defaultRowHeight="14.25" customHeight="0"/>',
    )
    book.every("<dataValidation ", '<dataValidation errorStyle="stop" imeMode="noControl" ')


@leaving("OnlyOffice", "validations with ids, as an extension beside the plain ones")
def only_validations(book: Package) -> None:
    ref = re.search(r'<dataValidation [^>]*sqref="(\w+)', book.text(book.sheet(ENTRY)))
    assert ref
    space = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    new = (
        f'<extLst><ext xmlns:x14="{space}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}"><x14:dataValidations count="1" '
        'disablePrompts="0"><x14:dataValidation xr:uid="{00A900C5-00D2}" xmlns:xr="http://schemas.microsoft.com/office/'
        'spreadsheetml/2014/revision" type="decimal" allowBlank="1" errorStyle="stop"><x14:formula1><xm:f xmlns:xm='
        '"http://schemas.microsoft.com/office/excel/2006/main">0</xm:f></x14:formula1><xm:sqref xmlns:xm='
        f'"http://schemas.microsoft.com/office/excel/2006/main">{ref[1]}</xm:sqref></x14:dataValidation>'
        "</x14:dataValidations></ext></extLst></worksheet>"
    )
    book.edit(book.sheet(ENTRY), "</worksheet>", new)


@leaving("Numbers", "sizes and styles of its sheets")
def numbers(book: Package) -> None:
    size = '<sheetFormatPr defaultColWidth="16.3333" defaultRowHeight="19.9" customHeight="1" outlineLevelRow="0" outlineLevelCol="0"/>'
    book.every("<sheetFormatPr [^>]*/>", size)
    book.edit(
        BOOK,
        "<workbookView [^>]*/>",
        '<workbookView xWindow="0" yWindow="40" windowWidth="15960" windowHeight="18080"/>',
    )
    book.edit(
        STYLES,
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" applyNumberFormat="0" applyFont="1"><alignment vertical="top"/></xf>',
    )
    book.every("<headerFooter>", '<headerFooter differentOddEven="0">')


@leaving("Gnumeric", "workbook without builds, parts in lines of their own")
def gnumeric(book: Package) -> None:
    book.edit(BOOK, "<fileVersion [^>]*/>", '<fileVersion lastEdited="4" lowestEdited="4" rupBuild="3820"/>')
    book.edit(BOOK, "<workbookPr [^>]*/>", '<workbookPr date1904="0"/>')
    for name in (*book.sheets, BOOK):
        text = re.sub(
            r"(/>|</(?:row|cols|sheetData|sheets|definedName|mergeCells)>)(<(?!/t>|t\b))",
            r"\1\n  \2",
            book.text(name),
        )
        book.put(name, re.sub(r"<\?xml[^>]*>\s*", '<?xml version="1.0" encoding="UTF-8"?>\n', text))


@leaving("Gnumeric", "iteration on by default", "CALCULATION_MODE")
def gnumeric_iteration(book: Package) -> None:
    new = '<calcPr calcMode="auto" iterate="1" iterateCount="100" iterateDelta="0.001"/>'
    book.edit(BOOK, "<calcPr [^>]*/>", new)


@leaving("Tencent Docs", "plain settings, sizes in pixels, no application's properties")
def tencent(book: Package) -> None:
    book.edit(BOOK, "<calcPr [^>]*/>", "")
    book.edit(BOOK, "<fileVersion [^>]*/>", "")
    book.every(r'(<col [^>]*width=")([\d.]+)"', r'\g<1>\g<2>125"')
    del book.parts["docProps/app.xml"]
    book.edit("[Content_Types].xml", '<Override PartName="/docProps/app.xml"[^>]*/>', "")
    book.edit("_rels/.rels", '<Relationship Id="[^"]*" Type="[^"]*extended-properties"[^>]*/>', "")


@leaving("Shimo", "protection, validations and breaks lost")
def shimo(book: Package) -> None:
    book.every("<sheetProtection [^>]*/>", "")
    book.every("<dataValidations.*?</dataValidations>", "")
    book.every("<rowBreaks.*?</rowBreaks>", "")
    book.every("<headerFooter.*?</headerFooter>", "")


@leaving("Feishu", "frozen panes rewritten, links by their display, no printing setup", "PRINT_SMALL")
def feishu(book: Package) -> None:
    book.every("<pageSetup [^>]*/>", "")
    book.every("<selection [^>]*/>", "")
    book.every(
        "<hyperlink ",
        '<hyperlink display="链接" ' if 'display="' not in book.text(book.sheets[0]) else "<hyperlink ",
    )
    book.every(' state="frozen"', ' state="frozenSplit"')
