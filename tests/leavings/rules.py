"""Conditional formats, validations and links as programs write them anew."""

from __future__ import annotations

import re

from tests.leavings.kit import GUID, STYLES, Package, leaving
from tests.support.returned import ENTRY, SCORING
from workbook.rubric.fields import FieldKind

_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"
_BLOCK = re.compile(r'<conditionalFormatting sqref="(\w+):(\w+)">(.*?)</conditionalFormatting>', re.S)


def split(ref: str) -> tuple[str, int]:
    """Letters and row of a reference."""
    letters = ref.rstrip("0123456789")
    return letters, int(ref[len(letters) :])


@leaving("Excel 365 Windows", "conditional formats cut up by pasting")
def fragments(book: Package) -> None:
    def cut(match: re.Match[str]) -> str:
        (left, top), (right, bottom) = split(match[1]), split(match[2])
        if left != right or bottom - top < 3:
            return match[0]
        sqref = f"{left}{top}:{left}{top + 1} {left}{top + 2}:{left}{bottom}"
        return f'<conditionalFormatting sqref="{sqref}">{match[3]}</conditionalFormatting>'

    for part in book.sheets:
        book.put(part, _BLOCK.sub(cut, book.text(part)))


@leaving("Excel 365 Windows", "each row with its own copy of the rules, formulas shifted")
def copies(book: Package) -> None:
    part = book.sheet(SCORING)

    def rows(match: re.Match[str]) -> str:
        (left, top), (right, bottom) = split(match[1]), split(match[2])
        if left != right or 'type="expression"' not in match[3]:
            return match[0]
        blocks = []
        for row in range(top, bottom + 1):
            rule = re.sub(rf"(\$[A-Z]+){top}\b", rf"\g<1>{row}", match[3])
            blocks.append(f'<conditionalFormatting sqref="{left}{row}">{rule}</conditionalFormatting>')
        return "".join(blocks)

    text = book.text(part)
    new = _BLOCK.sub(rows, text)
    assert new != text
    book.put(part, new)


@leaving("WPS Windows", "other priorities, conditional formats that stop")
def priorities(book: Package) -> None:
    for part in book.sheets:
        text = re.sub(r'priority="(\d+)"', lambda match: f'priority="{500 - int(match[1])}"', book.text(part))
        book.put(part, text)
    book.every('(<cfRule type="cellIs" )', r'\1stopIfTrue="1" ')


@leaving("WPS Windows", "fills of conditional formats with both colours, fonts with a name")
def both_colours(book: Package) -> None:
    book.edit(
        STYLES, r'<patternFill><bgColor rgb="(\w+)"/>',
        r'<patternFill patternType="solid"><fgColor rgb="\1"/><bgColor rgb="\1"/>', count=0,
    )  # fmt: skip
    font = '<font><name val="宋体"/><scheme val="none"/><charset val="134"/><family val="0"/><b val="1"/><i val="0"/>'
    book.edit(STYLES, "<dxf><font><b/>", f'<dxf>{font}<u val="none"/><sz val="11"/>', count=0)


@leaving("Excel 2010", "ids of rules for extensions")
def rule_ids(book: Package) -> None:
    extension = (
        f'<extLst><ext xmlns:x14="{_X14}" uri="{{B025F937-C7B1-47D3-B67F-A62EFF666E3E}}"><x14:id>{GUID}</x14:id></ext>'
        "</extLst></cfRule>"
    )
    book.every("</cfRule>", extension)


@leaving("Excel 2016", "own highlights on inputs")
def own_highlights(book: Package) -> None:
    number = book.append(
        "dxf",
        '<dxf><font><color rgb="FF9C0006"/></font><fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill></dxf>',
    )
    ref = book.place(FieldKind.MONEY).cell
    rules = (
        f'<conditionalFormatting sqref="{ref}"><cfRule type="duplicateValues" dxfId="{number}" priority="900"/>'
        f'<cfRule type="cellIs" dxfId="{number}" priority="901" operator="greaterThan"><formula>1000</formula></cfRule>'
        "</conditionalFormatting>"
    )
    book.edit(book.sheet(ENTRY), "<dataValidations", f"{rules}<dataValidations")


@leaving("LibreOffice 24", "attributes of rules written out in full")
def full_attributes(book: Package) -> None:
    full = '<cfRule aboveAverage="0" equalAverage="0" bottom="0" percent="0" rank="0" text="" '
    book.every("<cfRule ", full)


@leaving("Excel 2010", "lists of choices from another sheet, as an extension")
def validations_extended(book: Package) -> None:
    place = book.place(FieldKind.YESNO)
    new = (
        f'<extLst><ext xmlns:x14="{_X14}" uri="{{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}}"><x14:dataValidations count="1" '
        f'xmlns:xm="{_XM}"><x14:dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1">'
        f"<x14:formula1><xm:f>草稿!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>{place.cell}</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations></ext></extLst>"
    )
    book.edit(book.sheet(ENTRY), "</worksheet>", f"{new}</worksheet>")
    book.own_sheet("草稿", '<sheetData><row r="1"><c r="A1" t="str"><v>是</v></c></row></sheetData>')


@leaving("WPS Windows", "validations joined and cut by pasting, defaults written out")
def validations_joined(book: Package) -> None:
    book.every(
        'allowBlank="1" showInputMessage="1"',
        'errorStyle="stop" imeMode="noControl" allowBlank="true" showDropDown="0" showInputMessage="1"',
    )
    part = book.sheet(ENTRY)
    text = book.text(part)
    book.put(
        part,
        re.sub(
            r'(<dataValidations count=")\d+"',
            r'\g<1>99" disablePrompts="0" xWindow="600" yWindow="300"',
            text,
        ),
    )


@leaving("WPS mobile", "validations lost")
def validations_lost(book: Package) -> None:
    book.every("<dataValidations.*?</dataValidations>", "")


@leaving("Excel 365 Mac", "prompts of its own on an input")
def own_prompt(book: Package) -> None:
    ref = book.place(FieldKind.MONEY).cell
    new = (
        f'<dataValidation allowBlank="1" showInputMessage="1" promptTitle="提醒" prompt="财务处核对过" sqref="{ref}"/>'
        "</dataValidations>"
    )
    book.edit(book.sheet(ENTRY), "</dataValidations>", new)


@leaving("Excel 365 Windows", "links with display, tips and other quotes")
def links(book: Package) -> None:
    text_of = r'<hyperlink ref="(\w+)" location="\'?([^\'"!]+)\'?!([^"]*)"[^>]*/>'
    book.every(text_of, r'<hyperlink ref="\1" location="\2!\3" tooltip="按住 Ctrl 并单击" display="\2"/>')


@leaving("LibreOffice 7", "links with a number sign and a point")
def links_of_office(book: Package) -> None:
    book.every(r'location="\'?([^\'"!]+)\'?!([^"]*)"', r'''location="#'\1'.\2"''')


@leaving("exceljs", "links lost")
def links_lost(book: Package) -> None:
    book.every("<hyperlinks>.*?</hyperlinks>", "")


@leaving("Excel 2016", "link to a web page in an input of evidence")
def own_link(book: Package) -> None:
    part = book.sheet("佐证材料")
    address = "https://www.example.gov.cn/jxpj/2024.html?a=1&amp;b=2"
    identifier = book.relate(part, "hyperlink", address, "External")
    inputs = [one for one, key in book.case.template.keys["佐证材料"].inputs.items() if key]
    new = f'<hyperlink ref="{inputs[0]}" r:id="{identifier}" tooltip="公开网址"/>'
    if "<hyperlinks>" in book.text(part):
        book.edit(part, "<hyperlinks>", f"<hyperlinks>{new}")
    else:
        book.edit(part, "<pageMargins", f"<hyperlinks>{new}</hyperlinks><pageMargins")


@leaving("WPS Windows", "colours of conditional formats from its own palette")
def other_tints(book: Package) -> None:
    for before, now in (
        ("166534", "008000"),
        ("991B1B", "9C0006"),
        ("F9C7C7", "FFC7CE"),
        ("FDE2C4", "FFE699"),
    ):
        book.edit(STYLES, f"(<dxf>.*?)FF{before}", rf"\1FF{now}")


@leaving("openpyxl", "some conditional formats lost")
def some_lost(book: Package) -> None:
    book.edit(book.sheet("勾稽校验"), "<conditionalFormatting .*?</conditionalFormatting>", "")


@leaving("SheetJS", "all conditional formats lost", "HIGHLIGHT_BLANKS_LOST")
def all_lost(book: Package) -> None:
    for part in book.sheets:
        text = re.sub("<conditionalFormatting .*?</conditionalFormatting>", "", book.text(part), flags=re.S)
        book.put(part, text)
