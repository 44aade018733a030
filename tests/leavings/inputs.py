"""What pasting leaves on input cells, where the number can still be seen."""

from __future__ import annotations

import re

from tests.leavings.kit import STYLES, Package, leaving, numbered, with_fill, with_font
from tests.support.returned import ENTRY
from workbook.rubric.fields import FieldKind
from workbook.rubric.keys import Sort

AMOUNTS = range(6)


def pasted(book: Package, code: str, kind: FieldKind = FieldKind.MONEY) -> None:
    """A number format on some inputs."""
    number = 0 if code == "General" else book.number_format(code)
    for count in AMOUNTS:
        place = book.place(kind, count)
        if place.sheet == ENTRY:
            book.restyle(place, numbered(number))


@leaving("Excel 365 Windows", "plain format pasted on amounts")
def general(book: Package) -> None:
    pasted(book, "General")


@leaving("WPS Windows", "format of texts pasted on amounts")
def text(book: Package) -> None:
    pasted(book, "@")


@leaving("Excel 2010", "more decimals pasted on amounts")
def more_decimals(book: Package) -> None:
    pasted(book, "#,##0.000000_ ")


@leaving("WPS Windows", "red negatives pasted on amounts")
def red(book: Package) -> None:
    pasted(book, "#,##0.00_);[Red]\\(#,##0.00\\)")


@leaving("Excel 365 Windows", "units behind amounts, with a blank, in brackets")
def units(book: Package) -> None:
    codes = (
        "0.00 &quot;万元&quot;",
        "#,##0.00\\ &quot;万元&quot;",
        "#,##0.00&quot;（万元）&quot;",
        "0.00&quot;(万元)&quot;",
    )
    for count, code in enumerate(codes):
        book.restyle(book.place(FieldKind.MONEY, count), numbered(book.number_format(code)))


@leaving("Excel 2016", "negatives with their sign spelt out, pasted on amounts")
def negatives(book: Package) -> None:
    pasted(book, "0.00_ ;\\-0.00\\ ")


@leaving("Excel 365 Windows", "thousands by the button, zero as a dash")
def accounting(book: Package) -> None:
    pasted(book, "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * &quot;-&quot;??_ ;_ @_ ")


@leaving("WPS Windows", "thousands by the button, with the standard's own number")
def accounting_number(book: Package) -> None:
    for number in AMOUNTS:
        book.restyle(book.place(FieldKind.MONEY, number), numbered(43))


@leaving("LibreOffice 24", "language before numbers, on the whole template")
def language(book: Package) -> None:
    for code in ("0.00", "0.00%", "#,##0.00", "0.00##", "#,##0.00####"):
        book.put(STYLES, book.text(STYLES).replace(f'formatCode="{code}"', f'formatCode="[$-804]{code}"'))


@leaving("Excel 2016", "counts with decimals")
def counts(book: Package) -> None:
    for number in range(3):
        book.restyle(book.place(FieldKind.COUNT, number), numbered(2))


@leaving("Excel 365 Mac", "shares as plain numbers")
def shares(book: Package) -> None:
    book.restyle(book.place(FieldKind.PERCENT), numbered(0))


@leaving("Word", "fonts, fills and borders of a document pasted on inputs")
def dressed(book: Package) -> None:
    font = book.append(
        "font",
        '<font><b/><i/><u/><sz val="12"/><color rgb="FF7030A0"/><name val="仿宋_GB2312"/><family val="3"/><charset val="134"/></font>',
    )
    fill = book.append(
        "fill",
        '<fill><patternFill patternType="solid"><fgColor rgb="FFFFFF00"/><bgColor indexed="64"/></patternFill></fill>',
    )
    border = book.append(
        "border",
        '<border><left style="double"/><right/><top/><bottom/><diagonal/></border>',
    )
    for number in AMOUNTS:
        place = book.place(FieldKind.MONEY, number)
        book.restyle(place, with_font(font))
        book.restyle(place, with_fill(fill))
        book.restyle(place, lambda xf: re.sub(r'borderId="\d+"', f'borderId="{border}"', xf))


@leaving("online page", "alignment of a web page pasted on inputs: top, no wrap, other side")
def aligned(book: Package) -> None:
    alignment = (
        '<alignment horizontal="justify" vertical="top" textRotation="0" indent="2" readingOrder="1"/>'
    )
    for number in AMOUNTS:
        place = book.place(FieldKind.MONEY, number)
        book.restyle(place, lambda xf: re.sub("<alignment [^>]*/>", alignment, xf))


@leaving("Excel 2010", "style without number pasted on inputs, all of it from the normal style")
def unstyled(book: Package) -> None:
    for number in AMOUNTS:
        place = book.place(FieldKind.MONEY, number)
        book.recell(place, re.sub(r' s="\d+"', "", book.cell(place)))


@leaving("WPS mobile", "locks of inputs set")
def locked(book: Package) -> None:
    for number in AMOUNTS:
        book.restyle(book.place(FieldKind.MONEY, number), lambda xf: re.sub("<protection [^>]*/>", "", xf))


@leaving("Excel 2016", "own arithmetic in an amount")
def arithmetic(book: Package) -> None:
    place = book.place(FieldKind.MONEY)
    value = re.search("<v>([^<]*)</v>", book.cell(place))
    assert value
    book.recell(place, book.cell(place).replace("<v>", f"<f>({value[1]}-1)+2/2</f><v>"))


@leaving("Excel 365 Windows", "quote before a text, marks of errors")
def quoted(book: Package) -> None:
    keys = book.case.template.inputs
    place = next(
        place for key, place in keys.items() if key.sort is Sort.DOCUMENT and "<v>" in book.cell(place)
    )
    book.restyle(place, lambda xf: xf.replace("<xf ", '<xf quotePrefix="1" pivotButton="0" '))
