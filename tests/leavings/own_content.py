"""Cells of an officer's own sheets: scratch computations, long columns, blank space, formats of all kinds."""

from __future__ import annotations

from html import escape

from tests.leavings.kit import BOOK, Package, leaving

_FUNCTIONS = (
    "SUM(A1:A3)", 'SUMIFS(A1:A3,B1:B3,">1")', "VLOOKUP(A1,A1:B3,2,FALSE)", "INDEX(A1:B3,MATCH(A1,A1:A3,0),2)",
    'TEXT(TODAY(),"yyyy-mm-dd")', "NOW()", "RAND()", 'INDIRECT("A1")', "OFFSET(A1,1,0)", "SUBTOTAL(9,A1:A3)",
    "AGGREGATE(9,6,A1:A3)", "_xlfn.XLOOKUP(A1,A1:A3,B1:B3)", '_xlfn.TEXTJOIN(",",TRUE,A1:A3)', "_xlfn.IFS(A1>1,1,TRUE,0)",
    "_xlfn.LET(_xlpm.x,A1,_xlpm.x*2)", "IFERROR(1/0,0)", '_xlfn.CONCAT(A1:A3)', "SUMPRODUCT((A1:A3>1)*B1:B3)",
    'HYPERLINK("#数据填报!D4","去填报")', "ROUND(数据填报!D4/10000,2)", "总分", 'CELL("filename",A1)', "ROW()", "COLUMN()",
    'IF(A1="",,1)', "TRANSPOSE(A1:A3)", "PMT(0.05/12,12,-100)", 'DATEDIF(A1,A2,"d")', "NETWORKDAYS(A1,A2)",
    'COUNTIF(数据填报!D:D,">0")', "GETPIVOTDATA(\"金额\",$A$1)", 'NUMBERSTRING(A1,2)', "SUM(填报说明:数据填报!A1)",
    "A1#", "@A1:A3", "-A1%", 'A1&"[1]Sheet1!A1|\'x\'"', "#REF!+1", "SUM(A:A 1:1)",
    "数据填报!#REF!", "#REF!$A$1", "SUM('填报说明:数据填报'!A1)", "SUM('数据填报'!A1:'数据填报'!B2)", 'INDIRECT("\'数据填报\'!D"&4)',
    "SUM(表1[金额])", "表1[[#This Row],['[金额']]]*2", "_xlfn.ANCHORARRAY(A1)", "_xlfn.SINGLE(A1:A3)", "_xlfn._xlws.SORT(A1:A3)",
    "_xlfn.NORM.S.DIST(1,TRUE)", "_xlfn._TRO_ALL(A:A)", "_xlfn.LAMBDA(_xlpm.f,_xlpm.f(1))(1)", "{1,2;3,4}", '"http://x/[a.xlsx]"&A1',
    "SUM(评分表!A1,$B$2)", "sum(数据填报!d4)",
)  # fmt: skip


@leaving("Excel 365 Windows", "scratch computations with many functions")
def scratch(book: Package) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="D{row}"><f>{escape(text, quote=False)}</f><v>0</v></c></row>'
        for row, text in enumerate(_FUNCTIONS, 1)
    )
    book.own_sheet("草稿", f"<sheetData>{rows}</sheetData>")


@leaving("Google Sheets", "functions that no other program has, wrapped with their value")
def wrapped(book: Package) -> None:
    text = 'IFERROR(__xludf.DUMMYFUNCTION("QUERY(A1:B9,""select A"")"),"项目一")'
    cell = f'<c r="A1" t="str"><f>{escape(text, quote=False)}</f><v>项目一</v></c>'
    book.own_sheet("查询", f'<sheetData><row r="1">{cell}</row></sheetData>')


@leaving("Excel 365 Windows", "long columns filled down, with shared formulas")
def filled_down(book: Package) -> None:
    first = '<row r="1"><c r="A1"><f t="shared" ref="A1:A20000" si="0">ROW()*2+数据填报!$D$4</f><v>2</v></c></row>'
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><f t="shared" si="0"/><v>{row * 2}</v></c></row>'
        for row in range(2, 20001)
    )
    book.own_sheet("下拉", f"<sheetData>{first}{rows}</sheetData>")


@leaving("Excel 2010", "array formulas, a data table, errors and truths")
def arrays(book: Package) -> None:
    cells = (
        '<c r="A1"><f t="array" ref="A1:A2">B1:B2*2</f><v>2</v></c><c r="C1" t="e"><v>#N/A</v></c>'
        '<c r="D1" t="b"><v>true</v></c><c r="E1"><f t="dataTable" ref="E1:E3" dt2D="0" dtr="0" r1="G1" ca="1"/><v>1</v></c>'
        '<c r="F1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="G1" t="d"><v>2025-01-16T00:00:00</v></c>'
    )
    book.own_sheet(
        "数组", f'<sheetData><row r="1">{cells}</row><row r="2"><c r="A2"><v>4</v></c></row></sheetData>'
    )


@leaving("Excel 2016", "a styled cell at the very end of an own sheet")
def far_cell(book: Package) -> None:
    rows = '<row r="1"><c r="XFD1" s="3"/></row><row r="1048576"><c r="XFD1048576" s="3"/></row>'
    book.own_sheet("远处", f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>')


def blank_rows(book: Package, count: int) -> None:
    """An own sheet of blank rows with a height."""
    rows = "".join(f'<row r="{row}" spans="1:1" ht="14.25" customHeight="1"/>' for row in range(1, count + 1))
    book.own_sheet("空行", f"<sheetData>{rows}</sheetData>")


@leaving("Excel 2010", "65 536 blank rows on an own sheet")
def rows_of_old(book: Package) -> None:
    blank_rows(book, 65_536)


@leaving("WPS Windows", "1 048 576 blank rows on an own sheet")
def rows_of_new(book: Package) -> None:
    blank_rows(book, 1_048_576)


@leaving("Excel 2016", "merged cells, whole columns and rows of a format on an own sheet")
def merged(book: Package) -> None:
    merges = "".join(f'<mergeCell ref="A{row}:H{row}"/>' for row in range(1, 200))
    body = (
        '<sheetPr filterMode="1"/><cols><col min="1" max="16384" width="20" style="5" hidden="1"/></cols><sheetData>'
        '<row r="1" s="5" customFormat="1" hidden="1"><c r="A1" s="5"><v>1</v></c></row></sheetData>'
        f'<mergeCells count="199">{merges}</mergeCells>'
    )
    book.own_sheet("合并", body)


@leaving("Excel 2016", "views of an own sheet: formulas shown, no zeros, from right to left")
def views(book: Package) -> None:
    body = (
        '<sheetViews><sheetView showFormulas="1" showZeros="0" rightToLeft="1" workbookViewId="0"><pane ySplit="60" '
        'topLeftCell="A900" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="3" zeroHeight="1"/>'
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    )
    book.own_sheet("视图", body)


@leaving("Excel 2016", "hidden own sheet")
def hidden(book: Package) -> None:
    book.own_sheet("底稿", '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>', state="hidden")


@leaving("Excel 2010", "very hidden own sheet, with lists of choices")
def very_hidden(book: Package) -> None:
    book.own_sheet(
        "代码表", '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>', state="veryHidden"
    )
    book.edit(
        BOOK, "</definedNames>", '<definedName name="代码">代码表!$A$1:$A$9</definedName></definedNames>'
    )


@leaving("Excel 2016", "scenarios, consolidation, sorting and filters of an own sheet")
def tools(book: Package) -> None:
    body = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><scenarios current="0" show="0"><scenario '
        'name="乐观" count="1" user="李明"><inputCells r="A1" val="2"/></scenario></scenarios><autoFilter ref="A1:B9">'
        '<filterColumn colId="0"><customFilters and="1"><customFilter operator="greaterThan" val="1"/></customFilters>'
        '</filterColumn><sortState ref="A2:B9"><sortCondition ref="A2:A9"/></sortState></autoFilter>'
        '<dataConsolidate><dataRefs count="1"><dataRef ref="A1:B9" sheet="数据填报"/></dataRefs></dataConsolidate>'
    )
    book.own_sheet("工具", body)


@leaving("WPS Windows", "picture in a cell by formula, on an own sheet")
def picture_by_formula(book: Package) -> None:
    text = '_xlfn.DISPIMG("ID_5F0E4C1A8D2B4F779A310C6D5E4B3A21",1)'
    cell = f'<c r="A1" t="str"><f>{escape(text, quote=False)}</f><v>=DISPIMG("ID_5F0E",1)</v></c>'
    book.own_sheet("图", f'<sheetData><row r="1">{cell}</row></sheetData>')


@leaving("Excel 365 Windows", "copy of a sheet of the template, with its names", "SHEET_RESEMBLES")
def copied(book: Package) -> None:
    text = book.text(book.sheet("填报说明"))
    body = text[text.index("<sheetPr") : text.index("</worksheet>")]
    book.own_sheet("填报说明 (2)", body.replace(' tabSelected="1"', ""))
    new = '<definedName name="总分" localSheetId="13">\'填报说明 (2)\'!$C$5</definedName></definedNames>'
    book.edit(BOOK, "</definedNames>", new)
