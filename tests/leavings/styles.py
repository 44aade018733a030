"""Styles as programs write them anew: themes, fonts, palettes, number formats, the bloat of years."""

from __future__ import annotations

import re

from tests.leavings.kit import STYLES, Package, leaving, numbered
from workbook.layout.names import Place
from workbook.rubric.fields import FieldKind

THEME = "xl/theme/theme1.xml"
_2013 = {"1F497D": "44546A", "EEECE1": "E7E6E6", "4F81BD": "5B9BD5", "C0504D": "ED7D31", "9BBB59": "A5A5A5"}
_2023 = {"1F497D": "0E2841", "EEECE1": "E8E8E8", "4F81BD": "156082", "C0504D": "E97132", "9BBB59": "196B24"}


def themed(book: Package, colours: dict[str, str], latin: str, hans: str) -> None:
    """Another theme: its colours and fonts."""
    for old, new in colours.items():
        book.put(THEME, book.text(THEME).replace(f'val="{old}"', f'val="{new}"'))
    book.edit(THEME, '<a:latin typeface="[^"]+"', f'<a:latin typeface="{latin}"', count=0)
    book.edit(
        THEME, '<a:font script="Hans" typeface="[^"]+"', f'<a:font script="Hans" typeface="{hans}"', count=0
    )


@leaving("Excel 2016", "theme of Office 2013 to 2022")
def theme_2013(book: Package) -> None:
    themed(book, _2013, "等线", "等线")
    book.edit(STYLES, '<name val="Calibri"/><family val="2"/><scheme val="minor"/>',
              '<name val="等线"/><family val="2"/><scheme val="minor"/>')  # fmt: skip


@leaving("Excel 365 Windows", "theme of Office 2023, with Aptos")
def theme_2023(book: Package) -> None:
    themed(book, _2023, "Aptos Narrow", "等线")
    book.edit(THEME, 'name="Office Theme"|name="Office"', 'name="Office 主题\u200b\u200b"')


@leaving("WPS Windows", "theme of its own")
def theme_wps(book: Package) -> None:
    themed(book, {"1F497D": "44546A", "4F81BD": "4874CB", "C0504D": "EE822F"}, "宋体", "宋体")
    book.edit(THEME, "</a:themeElements>", "</a:themeElements><a:objectDefaults/>")


@leaving("openpyxl", "no theme at all")
def no_theme(book: Package) -> None:
    del book.parts[THEME]
    book.edit("[Content_Types].xml", '<Override PartName="/xl/theme/theme1.xml"[^>]*/>', "")
    book.edit("xl/_rels/workbook.xml.rels", '<Relationship Id="[^"]*" Type="[^"]*/theme"[^>]*/>', "")


def faces(book: Package, font: str, *, more: str = "") -> None:
    """Another face for all fonts of the template."""
    book.edit(STYLES, '<name val="微软雅黑"/><family val="2"/>', f'<name val="{font}"/>{more}', count=0)


@leaving("WPS Linux", "fonts of Linux")
def fonts_linux(book: Package) -> None:
    faces(book, "Noto Sans CJK SC", more='<family val="2"/><charset val="134"/>')


@leaving("LibreOffice 24", "fonts of LibreOffice")
def fonts_libre(book: Package) -> None:
    faces(book, "Liberation Sans", more='<family val="2"/><charset val="1"/>')


@leaving("Excel 365 Mac", "fonts of Mac")
def fonts_mac(book: Package) -> None:
    faces(book, "PingFang SC", more='<family val="2"/><charset val="134"/>')


@leaving("Numbers", "fonts of Numbers")
def fonts_numbers(book: Package) -> None:
    faces(book, "Helvetica Neue")


@leaving("Excel 365 Windows", "fonts with the theme's scheme")
def fonts_scheme(book: Package) -> None:
    faces(book, "等线", more='<family val="3"/><charset val="134"/><scheme val="minor"/>')


@leaving("Excel 2010", "fonts that newer ones replace: DengXian, SimSun")
def fonts_old(book: Package) -> None:
    faces(book, "DengXian", more='<family val="3"/><charset val="134"/>')
    book.edit(STYLES, '<name val="DengXian"/>', '<name val="SimSun"/>')


@leaving("Excel 2010", "palette of 56 colours written out")
def palette(book: Package) -> None:
    colours = [
        "000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF", "000000", "FFFFFF", "FF0000",
        "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF", "800000", "008000", "000080", "808000", "800080", "008080",
        "C0C0C0", "808080", "9999FF", "993366", "FFFFCC", "CCFFFF", "660066", "FF8080", "0066CC", "CCCCFF",
    ]  # fmt: skip
    listed = "".join(f'<rgbColor rgb="00{colour}"/>' for colour in colours)
    recent = '<mruColors><color rgb="FFD6E4F0"/></mruColors>'
    book.edit(
        STYLES,
        "</styleSheet>",
        f"<colors><indexedColors>{listed}</indexedColors>{recent}</colors></styleSheet>",
    )


@leaving("Excel 2010", "thousands of formats of cells, styles and conditional formats")
def bloat(book: Package) -> None:
    xfs = "".join(
        f'<xf numFmtId="0" fontId="{number % 8}" fillId="0" borderId="0" xfId="0"/>'
        for number in range(20_000)
    )
    book.edit(STYLES, "</cellXfs>", f"{xfs}</cellXfs>")
    styles = "".join(
        f'<cellStyle name="常规 {number}" xfId="0" customBuiltin="1"/>' for number in range(4_000)
    )
    book.edit(STYLES, "</cellStyles>", f"{styles}</cellStyles>")
    dxfs = '<dxf><font><color rgb="FF9C0006"/></font><border><left style="thin"/></border></dxf>' * 3_000
    book.edit(STYLES, "</dxfs>", f"{dxfs}</dxfs>")
    fonts = '<font><sz val="9"/><name val="宋体"/><charset val="134"/></font>' * 500
    book.edit(STYLES, "</fonts>", f"{fonts}</fonts>")


@leaving("Excel 365 Windows", "styles of slicers and timelines, known fonts, tables of styles")
def extensions(book: Package) -> None:
    known = (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac x16r2 xr" '
        'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
        'xmlns:x16r2="http://schemas.microsoft.com/office/spreadsheetml/2015/02/main" '
        'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision">'
    )
    book.edit(STYLES, "(<styleSheet [^>]*)>", rf"\1{known}")
    book.edit(STYLES, "<fonts ", '<fonts x14ac:knownFonts="1" ')
    styles = (
        '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'uri="{EB79DEF2-80B8-43e5-95BD-54CBDDF9020C}"><x14:slicerStyles defaultSlicerStyle="SlicerStyleLight1"/></ext><ext '
        'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main" '
        'uri="{9260A510-F301-46a8-8635-F512D64BE5F5}"><x15:timelineStyles defaultTimelineStyle="TimeSlicerStyleLight1"/>'
        "</ext></extLst></styleSheet>"
    )
    book.edit(STYLES, "</styleSheet>", styles)


def recoded(book: Package, codes: dict[str, str]) -> None:
    """Number formats in another spelling."""
    for old, new in codes.items():
        text = book.text(STYLES)
        book.put(STYLES, text.replace(f'formatCode="{old}"', f'formatCode="{new}"'))


@leaving("Excel 2010", "number formats in the spelling of Chinese editions")
def formats_chinese(book: Package) -> None:
    recoded(
        book, {"0.00": "0.00_ ", "#,##0.00": "#,##0.00_ ", "yyyy-mm-dd": "yyyy\\-mm\\-dd", "0.00%": "0.00%_ "}
    )


@leaving("WPS Windows", "number formats with red negatives in brackets, dates with the text's section")
def formats_wps(book: Package) -> None:
    red = "0.00_);[Red]\\(0.00\\)"
    recoded(
        book, {"0.00": red, "#,##0.00": "#,##0.00_);[Red]\\(#,##0.00\\)", "yyyy-mm-dd": "yyyy\\-mm\\-dd;@"}
    )


@leaving("LibreOffice 7", "number formats with their negatives written out, language before dates")
def formats_libre(book: Package) -> None:
    recoded(
        book,
        {"#,##0.00": "#,##0.00;-#,##0.00", "yyyy-mm-dd": "[$-804]yyyy\\-mm\\-dd;@", "0.00": "0.00;-0.00"},
    )


@leaving("Google Sheets", "number formats by the standard's own numbers")
def formats_standard(book: Package) -> None:
    numbers = {"@": 49, "0.00": 2, "0.00%": 10, "#,##0.00": 4}
    text = book.text(STYLES)
    for code, number in numbers.items():
        match = re.search(rf'<numFmt numFmtId="(\d+)" formatCode="{re.escape(code)}"/>', text)
        assert match
        text = text.replace(match[0], "").replace(f'<xf numFmtId="{match[1]}"', f'<xf numFmtId="{number}"')
    book.put(STYLES, text)


@leaving("WPS Linux", "the plain format by its Chinese name, accounting written out anew")
def formats_named(book: Package) -> None:
    plain = book.number_format("G/通用格式")
    for number in (41, 42, 43, 44):
        book.number_format("_ * #,##0_ ;_ * \\-#,##0_ ;_ * &quot;-&quot;_ ;_ @_ ", number)
    book.edit(
        STYLES, '<xf numFmtId="0" (fontId="5")', rf'<xf numFmtId="{plain}" applyNumberFormat="1" \1', count=0
    )


@leaving("SheetJS", "a time of Taiwan described on every save")
def formats_sheetjs(book: Package) -> None:
    book.number_format("&quot;上午/下午 &quot;hh&quot;時&quot;mm&quot;分&quot;ss&quot;秒 &quot;", 56)


@leaving("Excel 365 Windows", "dates of the officer's own kind on the cells of dates")
def formats_dates(book: Package) -> None:
    for place in dates(book):
        book.restyle(place, numbered(book.number_format("yyyy/m/d;@")))


@leaving("WPS Windows", "long dates on the cells of dates")
def formats_long_dates(book: Package) -> None:
    for place in dates(book):
        book.restyle(place, numbered(book.number_format("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy")))


@leaving("Excel 365 Windows", "the locale's short date, by number")
def formats_short_dates(book: Package) -> None:
    for place in dates(book):
        filled(book, place)
        book.restyle(place, numbered(14))


@leaving("WPS Windows", "a date with its time")
def formats_times(book: Package) -> None:
    for place in dates(book):
        filled(book, place)
        book.restyle(place, numbered(book.number_format("yyyy/m/d h:mm")))


@leaving("Excel 365 Mac", "a date with the month's name in front of the year")
def formats_named_months(book: Package) -> None:
    for place in dates(book):
        filled(book, place)
        book.restyle(place, numbered(book.number_format("[$-409]d\\-mmm\\-yy;@")))


def filled(book: Package, place: Place) -> None:
    """A day in the cell of a date, by a program that saves no values of formulas."""
    style = re.search(r' s="\d+"', book.cell(place))
    book.recell(place, f'<c r="{place.cell}"{style[0] if style else ""}><v>45413</v></c>')
    book.every("(</f>)<v>[^<]*</v>", r"\1")


def dates(book: Package):  # type: ignore[no-untyped-def]
    """The cells of dates that are filled in."""
    fields = [field for field in book.case.rubric.fields if field.kind is FieldKind.DATE]
    return [book.case[field.id] for field in fields]
