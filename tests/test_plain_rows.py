"""Rows that one pattern reads are read as the parser reads them; what is not plain is left to the parser."""

from __future__ import annotations

import pytest

from tests.support.returned import RUBRICS, issued, parts
from workbook.template.model import Formula
from workbook.xlsx_reader.colours import Palette
from workbook.xlsx_reader.grammar import Checked
from workbook.xlsx_reader.plain_rows import plain_row
from workbook.xlsx_reader.rows import RowReader, SheetRow
from workbook.xlsx_reader.sheet_bytes import rows_of, take_apart
from workbook.xlsx_reader.shelf import Shelf
from workbook.xlsx_reader.strings import TextReader
from workbook.xlsx_reader.xml import PartProblem, parse

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def plain(content: bytes) -> SheetRow | None:
    return plain_row(content, Shelf[Formula](10_000))


def parsed(content: bytes) -> SheetRow:
    """As the parser reads it; raises PartProblem."""
    root = parse("sheet", f'<sheetData xmlns="{SPACE}">'.encode() + content + b"</row></sheetData>")
    (row,) = root
    return RowReader(Checked("sheet", root, f"{{{SPACE}}}"), TextReader(Palette()), epoch_1904=False).read(
        row
    )


@pytest.mark.parametrize("rubric", RUBRICS)
def test_rows_of_our_own_files_are_plain_and_read_alike(rubric: str) -> None:
    seen = 0
    for name, part in parts(issued(rubric).filled).items():
        apart = take_apart(part) if name.startswith("xl/worksheets/sheet") else None
        for row in (rows_of(apart.body) or ()) if apart is not None else ():
            read = plain(row)
            assert read is not None, row
            assert read == parsed(row), row
            seen += 1
    assert seen > 300


def in_row(inside: str, head: str = "") -> bytes:
    return f'<row r="7"{head}>{inside}'.encode()


PLAIN = [
    in_row(""),
    in_row("", ' spans="1:21" s="3" customFormat="1" ht="32.25" customHeight="1"'),
    in_row("", ' customFormat="false" ht="21.75" hidden="false" outlineLevel="0" collapsed="false"'),
    in_row('<c r="A7"/><c r="B7" s="12"></c><c r="AB7" s="0"><v></v></c>'),
    in_row('<c r="A7"><v>-1.50</v></c><c r="B7" t="n"><v>1e400</v></c><c r="C7"><v>9007199254740993</v></c>'),
    in_row('<c r="A7" s="4" t="s"><v>12</v></c><c r="B7" t="s"><f>A7</f><v>3</v></c>'),
    in_row('<c r="A7" t="b"><v>1</v></c><c r="B7" t="b"><f>TRUE</f><v>false</v></c>'),
    in_row('<c r="A7" t="e"><f aca="false">1/0</f><v>#DIV/0!</v></c><c r="B7"><f>A7&amp;"&lt;"</f></c>'),
    in_row('<c r="A7" t="str"><f>"&#37096;&#38376;"</f><v>&#37096;&#38376; &quot;a&apos; &gt;</v></c>'),
    in_row('<c r="A7" t="inlineStr"><is><t xml:space="preserve"> 甲\n乙 </t></is></c>'),
    in_row('<c r="A7" t="inlineStr"><is><t></t></is></c>'),
    in_row('<c r="B7"><v>1</v></c><c r="A7"><v>2</v></c>'),
]
LEFT = {
    "an attribute twice": in_row("", ' ht="3" ht="30"'),
    "hidden": in_row("", ' hidden="1"'),
    "no height": in_row("", ' ht="0"'),
    "unknown attribute": in_row("", ' bad="1"'),
    "readings": in_row("", ' ph="1"'),
    "a cell of another row": in_row('<c r="A8"><v>1</v></c>'),
    "a cell twice": in_row('<c r="A7"><v>1</v></c><c r="A7"/>'),
    "zeros before": b'<row r="07"><c r="A07"/>',
    "far": in_row('<c r="XFD7"/>'),
    "beyond": in_row('<c r="ZZZ7"/>'),
    "small letters": in_row('<c r="a7"/>'),
    "text between cells": in_row('<c r="A7"/>1<c r="B7"/>'),
    "text in a cell": in_row('<c r="A7">1<v>2</v></c>'),
    "a value twice": in_row('<c r="A7"><v>1</v><v>2</v></c>'),
    "a formula behind": in_row('<c r="A7"><v>1</v><f>2</f></c>'),
    "no formula": in_row('<c r="A7"><f>&#1;</f><v>1</v></c>'),
    "a shared formula": in_row('<c r="A7"><f t="shared" si="0"/><v>1</v></c>'),
    "an array": in_row('<c r="A7"><f t="array" ref="A7">1</f><v>1</v></c>'),
    "no number": in_row('<c r="A7"><v>１</v></c>'),
    "blanks around": in_row('<c r="A7"><v> 1 </v></c>'),
    "a string's number": in_row('<c r="A7" t="s"><v>x</v></c>'),
    "a truth": in_row('<c r="A7" t="b"><v>2</v></c>'),
    "a type": in_row('<c r="A7" t="z"><v>2</v></c>'),
    "a date": in_row('<c r="A7" t="d"><v>2024-01-01</v></c>'),
    "a picture": in_row('<c r="A7" t="e" vm="1"><v>#VALUE!</v></c>'),
    "inline without text": in_row('<c r="A7" t="inlineStr"><v>2</v></c>'),
    "text without inline": in_row('<c r="A7" t="str"><is><t>2</t></is></c>'),
    "an inline text by a formula": in_row('<c r="A7" t="inlineStr"><f>1</f><is><t>2</t></is></c>'),
    "runs": in_row('<c r="A7" t="inlineStr"><is><r><t>2</t></r></is></c>'),
    "an escape": in_row('<c r="A7" t="str"><v>_x0041_</v></c>'),
    "an ampersand by its number": in_row('<c r="A7" t="str"><v>&#38;lt;</v></c>'),
    "hexadecimal": in_row('<c r="A7" t="str"><v>&#x41;</v></c>'),
    "half a pair": in_row('<c r="A7" t="str"><v>&#55296;</v></c>'),
    "no sign": in_row('<c r="A7" t="str"><v>&#65534;</v></c>'),
    "no reference": in_row('<c r="A7" t="str"><v>&nbsp;</v></c>'),
    "the end of a section": in_row('<c r="A7" t="str"><v>]]></v></c>'),
    "no character": in_row('<c r="A7" t="str"><v>\uffff</v></c>'),
    "a control": in_row('<c r="A7" t="str"><v>\x01</v></c>'),
    "a line end": in_row('<c r="A7" t="str"><v>a\r\nb</v></c>'),
    "no UTF-8": b'<row r="7"><c r="A7" t="str"><v>\xff</v></c>',
    "a comment": in_row("<!-- --><c r='A7'/>"),
    "single quotes": in_row("<c r='A7'/>"),
    "cut off": in_row('<c r="A7"><v>1</v>'),
}  # fmt: skip


@pytest.mark.parametrize("content", PLAIN)
def test_plain_rows_are_read_as_the_parser_reads_them(content: bytes) -> None:
    read, other = plain(content), parsed(content)
    assert read is not None
    assert read == other
    for one, two in ((read.cells, other.cells), (read.cached, other.cached)):
        assert {ref: type(value) for ref, value in one.items()} == {ref: type(two[ref]) for ref in two}


@pytest.mark.parametrize("name", LEFT)
def test_other_rows_are_left_to_the_parser(name: str) -> None:
    assert plain(LEFT[name]) is None


def test_of_what_is_left_some_is_read_and_some_is_refused() -> None:
    """The pattern is not asked to tell them apart."""
    refused = set()
    for name, content in LEFT.items():
        try:
            parsed(content)
        except PartProblem:
            refused.add(name)
    assert {"an attribute twice", "no UTF-8", "the end of a section", "no character"} <= refused
    assert {"blanks around", "an ampersand by its number", "runs", "hidden"}.isdisjoint(refused)
