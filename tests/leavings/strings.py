"""Texts and numbers as programs write them: runs, readings, escapes, digits, kinds of cells."""

from __future__ import annotations

import re
from decimal import Decimal

from tests.leavings.kit import STRINGS, Package, leaving
from tests.support.returned import ENTRY
from workbook.layout.names import Place
from workbook.rubric.fields import FieldKind
from workbook.rubric.keys import Sort

_ITEM = re.compile(r"<si><t[^>]*>(.*?)</t></si>", re.S)


def shared(book: Package) -> list[str]:
    """The shared strings, as markup."""
    return _ITEM.findall(book.text(STRINGS))


@leaving("Excel 365 Windows", "texts in runs of their own fonts")
def runs(book: Package) -> None:
    def dressed(match: re.Match[str]) -> str:
        text = match[1]
        if len(text) < 6 or "&" in text[:4] or "_x" in text:
            return match[0]
        font = '<rPr><sz val="11"/><color rgb="FF1F2937"/><rFont val="宋体"/><family val="3"/><charset val="134"/></rPr>'
        return (
            f'<si><r><t xml:space="preserve">{text[:3]}</t></r><r>{font}'
            f'<t xml:space="preserve">{text[3:]}</t></r></si>'
        )

    text = book.text(STRINGS)
    new = text[:40] + _ITEM.sub(dressed, text[40:], count=5)
    assert new != text
    book.put(STRINGS, new)


@leaving("Excel 2010", "phonetic readings of a text")
def readings(book: Package) -> None:
    new = (
        r'<si><t xml:space="preserve">\1</t><rPh sb="0" eb="2"><t>ニホン</t></rPh>'
        r'<phoneticPr fontId="9" type="noConversion"/></si>'
    )
    book.edit(STRINGS, _ITEM.pattern, new, count=40)


@leaving("Apache POI", "every text inline, no shared ones")
def inline(book: Package) -> None:
    texts = shared(book)
    for part in book.sheets:
        text = re.sub(
            r'<c r="(\w+)"((?: s="\d+")?) t="s"><v>(\d+)</v></c>',
            lambda match: f'<c r="{match[1]}"{match[2]} t="inlineStr"><is><t xml:space="preserve">{texts[int(match[3])]}</t></is></c>',
            book.text(part),
        )  # fmt: skip
        book.put(part, text)


@leaving("SheetJS", "every text as the value of a cell")
def values(book: Package) -> None:
    texts = shared(book)
    for part in book.sheets:
        text = re.sub(
            r'<c r="(\w+)"((?: s="\d+")?) t="s"><v>(\d+)</v></c>',
            lambda match: f'<c r="{match[1]}"{match[2]} t="str"><v>{texts[int(match[3])]}</v></c>',
            book.text(part),
        )
        book.put(part, text)


@leaving("Excel 365 Windows", "numbers with seventeen digits and exponents")
def digits(book: Package) -> None:
    def long(match: re.Match[str]) -> str:
        number = Decimal(match[2])
        return f"{match[1]}<v>{number:.16E}</v>" if number else match[0]

    for part in book.sheets:
        book.put(
            part,
            re.sub(r'(<c r="\w+"(?: s="\d+")?>(?:<f>[^<]*</f>)?)<v>([-\d.]+)</v>', long, book.text(part)),
        )


@leaving("Google Sheets", "numbers with a point always")
def pointed(book: Package) -> None:
    book.every(r'(<c r="\w+"(?: s="\d+")?>(?:<f>[^<]*</f>)?)<v>(-?\d+)</v>', r"\1<v>\2.0</v>")


@leaving("ClosedXML", "kinds of cells written out, lines between elements")
def kinds(book: Package) -> None:
    book.every(r'<c r="(\w+)"((?: s="\d+")?)>', r'<c r="\1"\2 t="n">')
    book.every("</row>", "</row>\n  ")


@leaving("Excel 2016", "carriage returns and escapes in a text")
def returns(book: Package) -> None:
    text = "因政策调整_x000D_\n第二行_x005F_x000D_ 原样&#13;\n第三行&#10;第四行"
    book.write(evidence(book), text)


def evidence(book: Package) -> Place:
    """The cell of a text on which no formula depends, but for its being there."""
    keys = book.case.template.inputs
    return next(
        place for key, place in keys.items() if key.sort is Sort.DOCUMENT and "<v>" in book.cell(place)
    )


@leaving("Excel 365 Windows", "emoji, wide spaces, rare characters and quotes in a text")
def characters(book: Package) -> None:
    text = "　已整改👍🏽 𠮷野家 “引号” &lt;标签&gt; &amp;amp; ①②③ \u200b零宽"
    book.write(evidence(book), text)


@leaving("OnlyOffice", "blank texts where a cell was emptied")
def blanks(book: Package) -> None:
    keys = book.case.template.inputs
    blank = next(p for k, p in keys.items() if k.sort is Sort.REASON and book.cell(p).endswith("/>"))
    book.recell(blank, re.sub(r"/>$", ' t="str"><v></v></c>', book.cell(blank)))
    book.every("</sheetData>", '<row r="600"><c r="A600" t="s"/><c r="B600"/></row></sheetData>')


@leaving("LibreOffice 7", "kinds of saved values, results of formulas aca")
def saved(book: Package) -> None:
    book.every("<f>", '<f aca="false">')
    book.every(r'<c r="(\w+)"((?: s="\d+")?)><f', r'<c r="\1"\2 t="n"><f')


@leaving("openpyxl", "no saved values")
def unsaved(book: Package) -> None:
    book.every(r"(</f>)<v>[^<]*</v>", r"\1<v></v>")
    place = book.place(FieldKind.MONEY)
    assert place.sheet == ENTRY


@leaving("WPS Linux", "cells and rows without their places")
def placeless(book: Package) -> None:
    for part in book.sheets:
        text = book.text(part)
        rows = re.findall(r'<row r="(\d+)"', text)
        if rows != [str(number) for number in range(1, len(rows) + 1)]:
            continue
        text = re.sub(r'<row r="\d+"', "<row", text)
        book.put(part, text)


@leaving("online converter", "shared strings without counts, in lines of their own")
def countless(book: Package) -> None:
    book.edit(STRINGS, r'(<sst xmlns="[^"]*")[^>]*>', r"\1>")
    text = book.text(STRINGS)
    book.put(STRINGS, text.replace("<si>", "\n  <si>").replace("</si>", "</si>\r\n"))
