"""How Excel writes a template's worksheets anew: marks, views, rows, columns, protection."""

from __future__ import annotations

import re

from tests.leavings.kit import GUID, Package, leaving
from tests.support.returned import ENTRY, IDENTITY, SCORING, SUMMARY

_AC = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"
_REVISION = (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr xr2 xr3"'
    f' xmlns:x14ac="{_AC}" xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
    ' xmlns:xr2="http://schemas.microsoft.com/office/spreadsheetml/2015/revision2"'
    ' xmlns:xr3="http://schemas.microsoft.com/office/spreadsheetml/2016/revision3"'
)


@leaving("Excel 365 Windows", "revisions and descents on every sheet and row")
def revisions(book: Package) -> None:
    book.every("(<worksheet [^>]*)>", rf'\1{_REVISION} xr:uid="{GUID}">')
    book.every("<row ", '<row x14ac:dyDescent="0.2" ')
    book.every("<sheetFormatPr [^>]*/>", '<sheetFormatPr defaultRowHeight="14.25" x14ac:dyDescent="0.2"/>')
    book.every("<dataValidation ", f'<dataValidation xr:uid="{GUID}" ')
    book.every("<hyperlink ", f'<hyperlink xr:uid="{GUID}" ')


@leaving("Excel 2010", "descents, empty styles of rows, thick borders")
def rows_of_2010(book: Package) -> None:
    space = f' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac" xmlns:x14ac="{_AC}"'
    book.every("(<worksheet [^>]*)>", rf"\1{space}>")
    book.every("<row ", '<row x14ac:dyDescent="0.15" s="1" customFormat="1" thickBot="1" ph="1" ')


@leaving("Excel 2016", "names of the sheets' code, tab colours, outlines")
def sheet_properties(book: Package) -> None:
    book.every(
        "<sheetPr>",
        '<sheetPr codeName="Sheet1" enableFormatConditionsCalculation="1" published="0"><tabColor rgb="FF92D050"/>'
        '<outlinePr summaryBelow="0" summaryRight="0"/>',
    )
    book.edit(
        book.sheet(ENTRY), '<tabColor rgb="FF92D050"/>', '<tabColor theme="4" tint="0.39997558519241921"/>'
    )


@leaving("Excel 365 Windows", "zoom, page break preview, page layout, grid lines")
def views(book: Package) -> None:
    book.edit(book.sheet(ENTRY), "<sheetView ", '<sheetView zoomScale="85" zoomScaleNormal="85" ')
    book.edit(
        book.sheet(SCORING),
        "<sheetView ",
        '<sheetView view="pageBreakPreview" zoomScaleSheetLayoutView="100" ',
    )
    layout = '<sheetView view="pageLayout" zoomScalePageLayoutView="70" showRuler="0" showWhiteSpace="0" '
    book.edit(book.sheet(SUMMARY), "<sheetView ", layout)
    book.every(' showGridLines="0"', "")


@leaving("Excel 365 Windows", "selections, scrolled panes, several sheets selected")
def selections(book: Package) -> None:
    book.edit(book.sheet("填报说明"), ' tabSelected="1"', "")
    book.every("<sheetView ", '<sheetView tabSelected="1" ')
    book.every("<selection [^>]*/>", "")
    part = book.sheet(ENTRY)
    book.edit(part, 'topLeftCell="C3"', 'topLeftCell="H61"')
    new = '<selection pane="bottomRight" activeCell="K66" activeCellId="1" sqref="D4 K66:L70"/></sheetView>'
    book.edit(part, "</sheetView>", new)


@leaving("Excel 2016", "panes given up, or split without being frozen")
def panes(book: Package) -> None:
    book.edit(book.sheet(SCORING), "<pane .*?/>.*?</sheetView>", '<selection activeCell="B3"/></sheetView>')
    split = '<pane xSplit="2400" ySplit="1800" topLeftCell="C5" activePane="bottomRight"/>'
    book.edit(book.sheet(ENTRY), "<pane [^>]*/>", split)


@leaving("Excel 2010", "dimension wrong, spans gone")
def dimensions(book: Package) -> None:
    book.every('<dimension ref="[^"]*"/>', '<dimension ref="A1:XFD1"/>')
    book.every(' spans="[^"]*"', "")


@leaving("Excel 2010", "default height of Chinese editions, closed with the keyboard")
def chinese_heights(book: Package) -> None:
    book.every(
        "<sheetFormatPr [^>]*/>",
        '<sheetFormatPr baseColWidth="10" defaultColWidth="9" defaultRowHeight="13.5" customHeight="1" outlineLevelRow="1"/>',
    )


@leaving("Excel 365 Windows", "columns cut into single ones, of their printer's width")
def columns_single(book: Package) -> None:
    def single(match: re.Match[str]) -> str:
        first, last, width = int(match[1]), int(match[2]), float(match[3])
        return "".join(
            f'<col min="{number}" max="{number}" width="{width * 0.982:.15g}" style="0" customWidth="1" bestFit="1"/>'
            for number in range(first, last + 1)
        )

    for part in book.sheets:
        text = book.text(part)
        book.put(part, re.sub(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"[^>]*/>', single, text))


@leaving("Excel 2016", "format of all columns to the end of the sheet")
def columns_to_the_end(book: Package) -> None:
    book.every("</cols>", '<col min="40" max="16384" width="9.140625" style="1"/></cols>')


@leaving("Excel 2016", "rows and columns a little lower and higher, as another screen has them")
def heights(book: Package) -> None:
    def other(match: re.Match[str]) -> str:
        return f' ht="{float(match[1]) * 0.93:.2f}"'

    for part in book.sheets:
        book.put(part, re.sub(r' ht="([\d.]+)"', other, book.text(part)))


@leaving("Excel 365 Windows", "protection with a hash of a password of the department's own")
def protection_hashed(book: Package) -> None:
    new = (
        '<sheetProtection algorithmName="SHA-512" hashValue="UG9Nb3Zlcg==" saltValue="c2FsdA==" spinCount="100000" '
        'sheet="1" objects="1" scenarios="1" formatCells="0" selectLockedCells="1"/>'
    )
    book.every("<sheetProtection [^>]*/>", new)


@leaving("Excel 2010", "protection with an old password, attributes spelt out")
def protection_old(book: Package) -> None:
    book.every("<sheetProtection [^>]*/>", '<sheetProtection password="CC1A" sheet="true" objects="false"/>')


@leaving("Excel 2016", "protection taken off")
def protection_off(book: Package) -> None:
    book.every("<sheetProtection [^>]*/>", "")


@leaving("Excel 365 Windows", "ranges that some may edit, errors to ignore, watches, smart tags, phonetics")
def small_things(book: Package) -> None:
    part = book.sheet(ENTRY)
    ranges = '<protectedRanges><protectedRange sqref="D4:D20" name="区域1" algorithmName="SHA-512"/></protectedRanges>'
    book.edit(part, "(<sheetProtection [^>]*/>)", rf"\1{ranges}")
    tail = (
        '<cellWatches><cellWatch r="D4"/></cellWatches><ignoredErrors><ignoredError sqref="A4:A93 D4" '
        'numberStoredAsText="1" formula="1" unlockedFormula="1"/></ignoredErrors><smartTags><cellSmartTags r="A1">'
        '<cellSmartTag type="1"/></cellSmartTags></smartTags>'
    )
    book.before_end(part, tail, before="drawing|legacyDrawing|tableParts|extLst")
    book.edit(part, "(<mergeCells.*?</mergeCells>)", r'\1<phoneticPr fontId="9" type="noConversion"/>')


@leaving("Excel 365 Windows", "whole rows inserted and deleted again below the table, with their heights")
def rows_below(book: Package) -> None:
    rows = "".join(f'<row r="{number}" ht="14.25" customHeight="1"/>' for number in range(400, 700))
    book.every("</sheetData>", f"{rows}</sheetData>")


@leaving("Excel 365 Windows", "blank cells with borders below and beside the table")
def blank_cells(book: Package) -> None:
    rows = "".join(
        f'<row r="{number}">'
        + "".join(f'<c r="{letter}{number}" s="7"/>' for letter in "ABCDEFGHIJKLMNOP")
        + "</row>"
        for number in range(300, 380)
    )
    book.every("</sheetData>", f"{rows}</sheetData>")


@leaving("Excel 2016", "filter of a detail table in force, with its sort")
def filtered(book: Package) -> None:
    part = book.sheet("项目明细")
    book.edit(part, r'(<row r="(?:8|9)"[^>]*?)>', r'\1 hidden="1">', count=2)
    condition = r'<autoFilter \1><filterColumn colId="0"><filters blank="1"/></filterColumn></autoFilter>'
    book.edit(part, r"<autoFilter ([^>]*)/>", condition)


@leaving("Excel 2016", "hidden columns and groups beyond the table")
def hidden_beyond(book: Package) -> None:
    new = '<col min="30" max="35" width="9" hidden="1" outlineLevel="1"/></cols>'
    book.every("</cols>", new)


@leaving("Excel 2016", "identity sheet with its own window and zoom")
def identity_sheet(book: Package) -> None:
    book.edit(book.sheet(IDENTITY), "<sheetView ", '<sheetView zoomScale="400" zoomScaleNormal="400" ')
