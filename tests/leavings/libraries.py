"""Libraries: openpyxl itself, and the ways of XlsxWriter, POI, EPPlus, ClosedXML, SheetJS, Aspose, exceljs, excelize."""

from __future__ import annotations

import re

from tests.leavings.kit import BOOK, STYLES, TYPES, Package, leaving
from tests.support import returned

_STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/": "http://purl.oclc.org/ooxml/drawingml/",
    "http://schemas.openxmlformats.org/officeDocument/2006/": "http://purl.oclc.org/ooxml/officeDocument/",
}


@leaving("openpyxl", "loaded and saved")
def loaded(book: Package) -> bytes:
    return returned.by_openpyxl(book.bytes())


@leaving("openpyxl", "loaded and saved, and once more")
def loaded_twice(book: Package) -> bytes:
    return returned.by_openpyxl(returned.by_openpyxl(book.bytes()))


@leaving("Excel 365 Windows", "strict file: all namespaces of the standard's stricter half")
def strict(book: Package) -> None:
    for name in book.parts:
        if name.endswith((".xml", ".rels")) and name != TYPES and not name.startswith("docProps/c"):
            text = book.text(name)
            for old, new in _STRICT.items():
                text = text.replace(old, new)
            text = text.replace("relationships/extended-properties", "relationships/extendedProperties")
            book.put(name, text.replace("relationships/custom-properties", "relationships/customProperties"))
    book.edit(BOOK, "<workbook ", '<workbook conformance="strict" ')
    book.every(' t="b"><v>1</v>', ' t="b"><v>true</v>') if ' t="b"' in book.text(book.sheets[1]) else None


@leaving("Open XML SDK", "a prefix on every element")
def prefixed(book: Package) -> None:
    for name in (BOOK, STYLES, "xl/sharedStrings.xml", *book.sheets):
        text = re.sub(r"<(/?)(\w+)(?=[\s/>])", r"<\1x:\2", book.text(name))
        book.put(
            name,
            text.replace(
                ' xmlns="http://schemas.openxmlformats.org/spreadsheetml/',
                ' xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/',
            ),
        )


@leaving("EPPlus", "absolute targets of relationships")
def absolute(book: Package) -> None:
    for name in list(book.parts):
        if name.endswith("workbook.xml.rels"):
            book.edit(name, 'Target="(?!/)', 'Target="/xl/', count=0)
        elif name.endswith("_rels/.rels"):
            book.edit(name, 'Target="(?!/)', 'Target="/', count=0)
        elif name.endswith(".rels"):
            book.edit(name, r'Target="\.\./', 'Target="/xl/', count=0)


@leaving("EPPlus", "parts with the names of sheets, in another folder's case")
def renamed(book: Package) -> None:
    for number, part in enumerate(book.sheets, 1):
        move(book, part, f"xl/worksheets/Sheet{number:02}.xml")
    move(book, STYLES, "xl/Styles.xml")


def move(book: Package, old: str, new: str) -> None:
    """Another name for a part to which the workbook leads."""
    book.parts[new] = book.parts.pop(old)
    rels = old.replace("worksheets/", "worksheets/_rels/") + ".rels"
    if "worksheets/" in old and rels in book.parts:
        book.parts[new.replace("worksheets/", "worksheets/_rels/") + ".rels"] = book.parts.pop(rels)
    book.edit(TYPES, re.escape(f'"/{old}"'), f'"/{new}"')
    target = f'Target="{old.removeprefix("xl/")}"'
    book.edit("xl/_rels/workbook.xml.rels", re.escape(target), f'Target="{new.removeprefix("xl/")}"')


@leaving("Aspose", "names of parts in small letters in the list of types, targets with their mode")
def small_letters(book: Package) -> None:
    book.edit(TYPES, 'PartName="/xl/sharedStrings.xml"', 'PartName="/xl/sharedstrings.xml"')
    for name in list(book.parts):
        if name.endswith("workbook.xml.rels"):
            book.edit(name, 'Target="([^"]+)"', r'Target="\1" TargetMode="Internal"', count=0)


@leaving("Aspose", "blanks before the ends of elements, uids of nothing")
def spaced(book: Package) -> None:
    for name in (BOOK, STYLES, *book.sheets):
        book.put(name, book.text(name).replace("/>", " />"))


@leaving("online converter", "percent signs in the names of parts")
def percent(book: Package) -> None:
    sheet = book.sheets[1]
    move(book, sheet, "xl/worksheets/data%20entry.xml")


@leaving("online converter", "one folder for all, sheets named as they like")
def flat(book: Package) -> None:
    for number, part in enumerate(book.sheets, 1):
        if part.replace("worksheets/", "worksheets/_rels/") + ".rels" not in book.parts:
            move(book, part, "xl/sheet.xml" if number == 1 else f"xl/sheet{number}.xml")


@leaving("Apache POI", "order of attributes, no application's version, formats applied everywhere")
def poi(book: Package) -> None:
    book.edit(BOOK, "<workbookPr [^>]*/>", '<workbookPr date1904="false"/>')
    book.edit(BOOK, "<fileVersion [^>]*/>", "")
    book.edit(STYLES, ' applyNumberFormat="1"', "", count=0)
    book.edit(
        STYLES,
        '<xf numFmtId="(\\d+)" fontId="(\\d+)" ',
        r'<xf fontId="\2" applyNumberFormat="true" numFmtId="\1" ',
        count=0,
    )
    book.every('<row r="(\\d+)" spans="[^"]*" ht="([^"]*)"', r'<row ht="\2" r="\1"')
    book.every('<c r="(\\w+)" s="(\\d+)" t="s"', r'<c r="\1" t="s" s="\2"')


@leaving("exceljs", "formats of printing with every number, fonts' charset, views without panes' cells")
def exceljs(book: Package) -> None:
    setup = (
        '<pageSetup horizontalDpi="4294967295" verticalDpi="4294967295" scale="100" fitToWidth="1" firstPageNumber="1" '
        'useFirstPageNumber="1" copies="1" '
    )
    book.every("<pageSetup (?:(?=paperSize)|)", setup)
    book.edit(BOOK, "<calcPr [^>]*/>", '<calcPr calcId="171027" fullCalcOnLoad="1"/>')
    book.every("<selection [^>]*/>", "")


@leaving("excelize", "rows without spans, columns by style, namespaces of all kinds on sheets")
def excelize(book: Package) -> None:
    spaces = (
        ' xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="xr" '
        'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xr:uid="{00000000-0001-0000-0000-000000000000}"'
    )
    book.every("(<worksheet [^>]*)>", rf"\1{spaces}>")
    book.every(' spans="[^"]*"', "")
    book.edit(
        BOOK,
        "<workbookPr [^>]*/>",
        '<workbookPr filterPrivacy="true" defaultThemeVersion="124226"></workbookPr>',
    )


@leaving("XlsxWriter", "texts in the order of another run, strings joined")
def writer(book: Package) -> None:
    part = "xl/sharedStrings.xml"
    items = re.findall(r"<si>.*?</si>", book.text(part), re.S)
    last = len(items) - 1
    book.edit(part, "(<sst [^>]*>).*</sst>", "PLACE")
    head = re.match(r"<\?xml[^>]*>\s*", book.text(part))
    space = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    book.put(part, (head[0] if head else "") + space + "".join(reversed(items)) + "</sst>")
    for sheet in book.sheets:
        text = re.sub(
            r'( t="s"><v>)(\d+)<', lambda match: f"{match[1]}{last - int(match[2])}<", book.text(sheet)
        )
        book.put(sheet, text)


@leaving("PhpSpreadsheet", "all of it in lines, truths as words, a table of theme fonts")
def php(book: Package) -> None:
    book.edit(BOOK, "<workbookPr [^>]*/>", '<workbookPr codeName="ThisWorkbook"/>')
    book.every(' customHeight="1"', ' customHeight="true"')
    book.every(' customWidth="1"', ' customWidth="true"')
    book.every("<cfRule ", '<cfRule stopIfTrue="false" ')
    book.edit(
        BOOK,
        "<calcPr [^>]*/>",
        '<calcPr calcId="999999" calcMode="auto" calcCompleted="0" fullCalcOnLoad="1" forceFullCalc="1"/>',
    )
