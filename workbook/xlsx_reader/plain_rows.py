"""Rows as programs write nearly all of them, read by one pattern instead of a parser.

The pattern takes what XML spells in one way only: attributes in the usual order, texts without markup and
with the five named references. Whatever else a row holds is left to ``rows.RowReader``, which says what is
wrong with it; what the pattern takes, both read alike.
"""

from __future__ import annotations

import re

from workbook.template.model import Formula
from workbook.xlsx_reader.areas import column_number
from workbook.xlsx_reader.received import CellValue
from workbook.xlsx_reader.rows import MAX_COL, MAX_ROW, Row, number_of, truth_of
from workbook.xlsx_reader.xml import dereferenced

_PLAIN = rb"[^<&\x00-\x08\x0b-\x1f]*+"
_TEXT = _PLAIN + rb"(?:&(?:amp|lt|gt|quot|apos|#[1-9]\d{1,4});" + _PLAIN + rb")*+"
_ROW = re.compile(rb'\s*<row r="([1-9]\d{0,6})"((?: [a-zA-Z]+="[\w.:-]*")*+)>', re.A)
_ATTRIBUTE = re.compile(rb' ([a-zA-Z]+)="([\w.:-]*)"', re.A)
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"(?: s="(\d{1,6})")?(?: t="(n|s|str|b|e|inlineStr)")?'
    rb'(?:/>|>(?:<f(?: aca="false")?>(' + _TEXT + rb")</f>)?"
    rb"(?:<v>(" + _TEXT + rb')</v>|<is><t(?: xml:space="preserve")?>(' + _TEXT + rb")</t></is>)?</c>)"
)

_FALSE = frozenset((b"0", b"false"))
_HARMLESS = {
    b"spans": re.compile(rb".*"), b"s": re.compile(rb"\d{1,6}"), b"outlineLevel": re.compile(rb"\d"),
    **dict.fromkeys((b"customHeight", b"customFormat"), re.compile(rb"[01]|true|false")),
}  # fmt: skip
"""Attributes of a row that say nothing to us."""
_HEIGHT = re.compile(rb"\d{1,3}(?:\.\d{1,12})?")


def plain_row(content: bytes) -> Row | None:
    """The row in some bytes, its end cut off; None where they are not plain."""
    head = _ROW.match(content)
    if head is None or int(head[1]) > MAX_ROW:
        return None
    if b"]]>" in content or b"\xef\xbf\xbe" in content or b"\xef\xbf\xbf" in content:
        return None  # what no XML may hold, and the pattern would take
    number, row = head[1], Row(int(head[1]))
    if not _is_plain_head(row, head[2]):
        return None
    end, count = head.end(), 0
    for cell in _CELL.finditer(content, end):
        if cell.start() != end:
            return None
        end, count = cell.end(), count + 1
        column, line, style, kind, formula, value, inline = cell.groups()
        letters = column.decode()
        if line != number or column_number(letters) > MAX_COL:
            return None
        ref = letters + number.decode()
        row.styles[ref] = "0" if style is None else style.decode()
        if (formula is not None or value is not None or inline is not None) and not _add(
            row, ref, kind or b"n", formula, value, inline
        ):
            return None
    if end != len(content) or count != len(row.styles):
        return None
    row.used = frozenset(row.styles.values())
    return row


def _is_plain_head(row: Row, attributes: bytes) -> bool:
    """Whether a row's attributes are plain; its height becomes part of it."""
    told = _ATTRIBUTE.findall(attributes)
    if len({name for name, _ in told}) < len(told):
        return False
    for name, value in told:
        if name == b"ht":
            if not _HEIGHT.fullmatch(value) or float(value) <= 0:
                return False
            row.heights[row.line] = float(value)
        elif name in {b"hidden", b"collapsed"}:
            if value not in _FALSE:
                return False
        elif name not in _HARMLESS or not _HARMLESS[name].fullmatch(value):
            return False
    return True


def _add(
    row: Row, ref: str, kind: bytes, formula: bytes | None, value: bytes | None, inline: bytes | None
) -> bool:
    """Add what a cell holds; False for what is not plain."""
    if kind == b"inlineStr" or inline is not None:
        if kind != b"inlineStr" or inline is None or formula is not None:
            return False
        read: CellValue | None = _text(inline)
    elif not value:
        read = None
    elif kind == b"s":
        if not value.isdigit() or len(value) > 9:
            return False
        row.strings.append((ref, int(value), formula is not None))
        read = None
    else:
        read = _value(kind, value)
        if read is None:
            return False
    if kind == b"inlineStr" and read is None:
        return False
    if formula is not None:
        text = dereferenced(formula)
        if text is None:
            return False
        row.cells[ref] = Formula("=" + text)
    if read is not None:
        (row.cells if formula is None else row.cached)[ref] = read
    return True


def _value(kind: bytes, value: bytes) -> CellValue | None:
    match kind:
        case b"n":
            text = dereferenced(value)
            return None if text is None else number_of(text)
        case b"b":
            return truth_of(value.decode(errors="replace"))
    return _text(value)


def _text(value: bytes) -> str | None:
    """A text without escapes of its own."""
    text = dereferenced(value)
    return None if text is None or "_x" in text else text
