"""Comments where officers and reviewers leave them, readings that nothing shows, blank rows put away."""

from __future__ import annotations

from tests.leavings.excel_parts import comments
from tests.leavings.kit import GUID, MICROSOFT, Package, leaving
from tests.support.returned import ENTRY, SCORING
from workbook.rubric.fields import FieldKind
from workbook.rubric.keys import Sort


@leaving("Excel 2016", "note of a reviewer on a label", "COMMENT_ADDED")
def on_a_label(book: Package) -> None:
    comments(book, book.sheet(ENTRY), ["B4"], "请财务处核对")


@leaving("WPS Windows", "notes with scores on reasons and choices, hidden")
def on_inputs(book: Package) -> None:
    refs = [ref for ref, key in book.case.template.keys[SCORING].inputs.items() if key.sort is Sort.REASON]
    comments(book, book.sheet(SCORING), refs[:3], "扣 0.5 分，总分 95.5 分")


@leaving(
    "Excel 365 Windows",
    "a note for older programs with the address where to read of threads",
    "COMMENT_ADDED",
)
def thread_on_a_label(book: Package) -> None:
    text = "[线程批注]\n了解详细信息: https://go.microsoft.com/fwlink/?linkid=870924\n注释:\n    请核对"
    sheet = book.sheet(ENTRY)
    comments(book, sheet, ["B4"], text)
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    threads = (
        f'<ThreadedComments xmlns="{space}"><threadedComment ref="D4" id="{GUID}"><text>已核，95 分</text>'
        "</threadedComment></ThreadedComments>"
    )
    uri = f"{MICROSOFT}2017/10/relationships/threadedComment"
    book.add(sheet, uri, "xl/threadedComments/threadedComment5.xml", threads,
             "application/vnd.ms-excel.threadedcomments+xml")  # fmt: skip


@leaving("Excel 2010", "reading of an input that is not shown")
def reading(book: Package) -> None:
    place = book.place(FieldKind.YESNO)
    book.write(place, "否")
    markup = book.cell(place).replace("</t></is>", '</t><rPh sb="0" eb="1"><t>ふ</t></rPh></is>')
    book.recell(place, markup)


@leaving("WPS Windows", "blank rows of a detail table put away")
def blank_rows_hidden(book: Package) -> None:
    book.edit(book.sheet("项目明细"), r'(<row r="1(?:5|6|7)\d"[^>]*?)>', r'\1 hidden="1">', count=0)
