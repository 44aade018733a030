"""Google Sheets: its whole way of writing a workbook."""

from __future__ import annotations

import re

from tests.leavings.excel_parts import comments
from tests.leavings.kit import BOOK, STYLES, Package, leaving
from tests.support.returned import ENTRY
from workbook.rubric.fields import FieldKind

_SPACES = (
    ' xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:mv="urn:schemas-microsoft-com:mac:vml" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main" '
    'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
)


def metadata(book: Package, version: int) -> None:
    """The program's own data, to which an extension of the workbook leads."""
    kind = "http://customschemas.google.com/relationships/workbookmetadata"
    identifier = book.add(BOOK, kind, "xl/metadata", b"\x08\x01\x12", "application/binary")
    new = (
        f'<extLst><ext uri="GoogleSheetsCustomDataVersion{version}"><go:sheetsCustomData '
        f'xmlns:go="http://customooxmlschemas.google.com/" r:id="{identifier}" roundtripDataChecksum="7xk2w="/></ext></extLst>'
    )
    book.edit(BOOK, "</workbook>", f"{new}</workbook>")


@leaving("Google Sheets", "data of its own, first version")
def data_1(book: Package) -> None:
    metadata(book, 1)


@leaving("Google Sheets", "data of its own, second version")
def data_2(book: Package) -> None:
    metadata(book, 2)


@leaving("Google Sheets", "data of its own in a file that Excel saved afterwards")
def data_kept(book: Package) -> None:
    metadata(book, 2)
    book.edit(BOOK, "<calcPr [^>]*/>", '<calcPr calcId="0"/>')


@leaving("Google Sheets", "sheets with all its namespaces, heights and a thousand rows")
def sheets(book: Package) -> None:
    book.every("(<worksheet [^>]*)>", rf"\1{_SPACES}>")
    book.every("<sheetPr>", '<sheetPr><outlinePr summaryBelow="0" summaryRight="0"/>')
    book.every("<dimension [^>]*/>", "")
    size = '<sheetFormatPr customHeight="1" defaultColWidth="12.63" defaultRowHeight="15.75"/>'
    book.every("<sheetFormatPr [^>]*/>", size)
    rows = "".join(f'<row r="{row}" ht="15.75" customHeight="1"/>' for row in range(420, 1001))
    book.every("</sheetData>", f"{rows}</sheetData>")
    book.every(' spans="[^"]*"', "")
    book.every(
        "<pageMargins [^>]*/>",
        '<printOptions/><pageMargins bottom="0.75" footer="0.0" header="0.0" left="0.7" right="0.7" top="0.75"/>',
    )


@leaving("Google Sheets", "one identity left: no properties, no name that is a text", "IDENTITY_SINGLE")
def identity(book: Package) -> None:
    del book.parts["docProps/custom.xml"]
    book.edit("[Content_Types].xml", '<Override PartName="/docProps/custom.xml"[^>]*/>', "")
    book.edit("_rels/.rels", '<Relationship Id="[^"]*" Type="[^"]*custom-properties"[^>]*/>', "")
    book.edit(BOOK, '<definedName [^>]*>"[^<]*"</definedName>', "")


@leaving("Google Sheets", "styles: grey of an eighth lost, alignments in small words, borders of every cell")
def styles(book: Package) -> None:
    book.edit(STYLES, 'patternType="gray125"', 'patternType="lightGray"')
    book.edit(STYLES, 'wrapText="1"', 'shrinkToFit="0" wrapText="1" readingOrder="0"', count=0)
    book.edit(STYLES, r'<bgColor indexed="64"/>', '<bgColor rgb="FFFFFFFF"/>', count=0)
    book.edit(STYLES, "<dxf><font><b/>", '<dxf><font><b/><i val="0"/><strike val="0"/>', count=0)
    book.edit(STYLES, "</dxf>", "<border/></dxf>", count=0)


@leaving("Google Sheets", "notes with a mark of the thread, authors without a name")
def notes(book: Package) -> None:
    comments(
        book,
        book.sheet(ENTRY),
        [book.place(FieldKind.MONEY).cell],
        "======\nID#AAABd\n李明    (2025-01-16 08:00:00)\n已核",
    )
    book.edit("xl/comments9.xml", "<author>[^<]*</author>", "<author></author>")
    data = "http://customooxmlschemas.google.com/"
    extension = (
        f'<extLst><ext uri="GoogleSheetsCustomDataVersion2"><go:sheetsCustomData xmlns:go="{data}" r:id="rId1" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></ext></extLst></comments>'
    )
    book.edit("xl/comments9.xml", "</comments>", extension)
    kind = "http://customschemas.google.com/relationships/workbookmetadata"
    book.add("xl/comments9.xml", kind, "xl/commentsmeta0", b"\x08\x01", "application/binary")


@leaving("Google Sheets", "formulas without quotes around titles of one word")
def formulas(book: Package) -> None:
    def bare(match: re.Match[str]) -> str:
        return re.sub(r"'([\u4e00-\u9fff]+)'!", r"\1!", match[0])

    for part in book.sheets:
        book.put(part, re.sub("<f>[^<]*</f>", bare, book.text(part)))
