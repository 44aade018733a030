"""What printing leaves: headers and footers written anew, page setup, breaks, titles."""

from __future__ import annotations

import re

from tests.leavings.kit import BOOK, Package, leaving
from tests.support.returned import ENTRY, SCORING

_OLD_HEADER = r"<headerFooter.*?</headerFooter>"


@leaving("Excel 365 Windows", "headers with fonts, sizes, colours and weight")
def header_fonts(book: Package) -> None:
    book.every("&amp;L&amp;10 ", '&amp;L&amp;"宋体,常规"&amp;10&amp;K000000')
    book.every("&amp;R&amp;10 ", '&amp;R&amp;"-,加粗"&amp;10&amp;K01+000')


@leaving("WPS Windows", "headers with fonts of its own, no size")
def header_wps(book: Package) -> None:
    book.every("&amp;C&amp;10 ?", '&amp;C&amp;"宋体"')


@leaving("WPS Linux", "headers and footers lost")
def header_lost(book: Package) -> None:
    book.every(_OLD_HEADER, "")


@leaving("Excel 2010", "headers that do not scale, an element with nothing in it")
def header_attributes(book: Package) -> None:
    book.every("<headerFooter>", '<headerFooter scaleWithDoc="0" alignWithMargins="0">')
    book.every("</headerFooter>", "<evenHeader/><evenFooter/></headerFooter>")


@leaving("Excel 365 Mac", "first and even pages that say the same")
def header_of_pages(book: Package) -> None:
    for part in book.sheets:
        text = book.text(part)
        match = re.search(
            r"<headerFooter><oddHeader>(.*?)</oddHeader><oddFooter>(.*?)</oddFooter>", text, re.S
        )
        if match is not None:
            new = "".join(
                f"<{page}Header>{match[1]}</{page}Header><{page}Footer>{match[2]}</{page}Footer>"
                for page in ("odd", "even", "first")
            )
            text = text.replace(match[0], f'<headerFooter differentOddEven="1" differentFirst="1">{new}')
            book.put(part, text)


@leaving("Excel 2016", "setup of another printer: paper, resolution, copies, margins")
def setup(book: Package) -> None:
    new = (
        '<pageSetup paperSize="9" scale="71" firstPageNumber="4294963191" pageOrder="overThenDown" draft="1" '
        'fitToHeight="0" blackAndWhite="1" cellComments="atEnd" horizontalDpi="4294967293" verticalDpi="0" copies="2" '
    )
    book.every('<pageSetup paperSize="9" (?:fitToHeight="0" )?', new)
    margins = '<pageMargins left="0.25" right="0.25" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
    book.every("<pageMargins [^>]*/>", f'<printOptions horizontalCentered="1" gridLines="1"/>{margins}')


@leaving("LibreOffice 24", "breaks that it computed, none of those that were set")
def breaks(book: Package) -> None:
    book.edit(book.sheet(SCORING), "<rowBreaks.*?</rowBreaks>", "")
    part = book.sheet(ENTRY)
    book.edit(
        part, "(<headerFooter.*?</headerFooter>)(?:<rowBreaks.*?</rowBreaks>)?",
        r'\1<rowBreaks count="1" manualBreakCount="1"><brk id="40" man="true" max="16383" min="0"/></rowBreaks>'
        r'<colBreaks count="1"><brk id="9" man="0" max="65535" min="0" pt="0"/></colBreaks>',
    )  # fmt: skip


@leaving("WPS Windows", "print titles with quotes, print areas of the whole table")
def titles(book: Package) -> None:
    text = book.text(BOOK)
    text = re.sub(r'(Print_Titles"[^>]*>)([^\'<!]+)!', r"\1'\2'!", text)
    area = '<definedName name="_xlnm.Print_Area" localSheetId="1">\'数据填报\'!$A$1:$Z$400</definedName>'
    book.put(BOOK, text.replace("</definedNames>", f"{area}</definedNames>"))


@leaving("Google Sheets", "print titles lost")
def titles_lost(book: Package) -> None:
    book.edit(BOOK, '<definedName name="_xlnm.Print_Titles"[^>]*>[^<]*</definedName>', "", count=0)


@leaving("Excel 2010", "picture in the header of an own sheet")
def header_picture(book: Package) -> None:
    part = book.own_sheet(
        "封面", "<sheetData/><headerFooter><oddHeader>&amp;C&amp;G</oddHeader></headerFooter>"
    )
    book.default("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    shape = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        '<v:shape id="CH" style="position:absolute;width:50pt;height:50pt"><v:imagedata o:title="logo"/></v:shape></xml>'
    )
    identifier = book.add(part, "vmlDrawing", "xl/drawings/vmlDrawing55.vml", shape)
    book.before_end(part, f'<legacyDrawingHF r:id="{identifier}"/>')


@leaving("WPS Windows", "headers of fourteen points in grey, bold")
def header_large(book: Package) -> None:
    book.every("&amp;C&amp;10 ?", '&amp;C&amp;"黑体,加粗"&amp;14&amp;K595959&amp;B')


@leaving("Excel 2016", "margins as narrow as the printer allows", "HEADER_OVERLAPS")
def narrow(book: Package) -> None:
    book.every(
        "<pageMargins [^>]*/>",
        '<pageMargins left="0.2" right="0.2" top="0.25" bottom="0.25" header="0.2" footer="0.2"/>',
    )


@leaving("LibreOffice 24", "header of two lines in its own room")
def header_of_lines(book: Package) -> None:
    part = book.sheet(SCORING)
    book.edit(part, "&amp;R&amp;10 ", "&amp;R&amp;10\n")
    book.edit(
        part, "<pageMargins [^>]*/>",
        '<pageMargins left="0.39" right="0.39" top="1.05" bottom="1.05" header="0.59" footer="0.59"/>',
    )  # fmt: skip
