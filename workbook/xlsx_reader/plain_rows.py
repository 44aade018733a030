"""Rows as programs write nearly all of them, read by one pattern instead of a parser.

The pattern takes what XML spells in one way only: attributes in the usual order, texts without markup and
with the five named references. Whatever else a row holds is left to ``rows.RowReader``, which says what is
wrong with it; what the pattern takes, both read alike.
"""

from __future__ import annotations

import re

from workbook.addresses import column_of
from workbook.template.model import Formula
from workbook.xlsx_reader.received import CellValue
from workbook.xlsx_reader.rows import MAX_COL, MAX_ROW, SheetRow, number_of, truth_of
from workbook.xlsx_reader.shelf import Shelf
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


def plain_row(content: bytes, formulas: Shelf[Formula]) -> SheetRow | None:
    """The row in some bytes, its end cut off; None where they are not plain. ``formulas`` by their bytes."""
    head = _ROW.match(content)
    if head is None or int(head[1]) > MAX_ROW:
        return None
    if b"]]>" in content or b"\xef\xbf\xbe" in content or b"\xef\xbf\xbf" in content:
        return None  # what no XML may hold, and the pattern would take
    number, digits, row = head[1], head[1].decode(), SheetRow(int(head[1]))
    if not _is_plain_head(row, head[2]):
        return None
    styles, end, count = row.styles, head.end(), 0
    for cell in _CELL.finditer(content, end):
        if cell.start() != end:
            return None
        end, count = cell.end(), count + 1
        column, line, style, kind, formula, value, inline = cell.groups()
        letters = column.decode()
        if line != number or column_of(letters) > MAX_COL:
            return None
        ref = letters + digits
        styles[ref] = "0" if style is None else style.decode()
        if formula is not None:
            known = formulas.get(formula)
            if known is None:
                text = dereferenced(formula)
                if text is None:
                    return None
                known = formulas.keep(formula, Formula("=" + text), len(formula))
            row.cells[ref] = known
        if (kind == b"inlineStr" or value or inline is not None) and not _add(
            row, ref, kind, value, inline, of_formula=formula is not None
        ):
            return None
    if end != len(content) or count != len(styles):
        return None
    row.used = frozenset(styles.values())
    return row


def _is_plain_head(row: SheetRow, attributes: bytes) -> bool:
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
    row: SheetRow,
    ref: str,
    kind: bytes | None,
    value: bytes | None,
    inline: bytes | None,
    *,
    of_formula: bool,
) -> bool:
    """Add a cell's constant, or the saved value of its formula; False for what is not plain."""
    read: CellValue | None = None
    if kind == b"inlineStr" or inline is not None:
        if kind == b"inlineStr" and inline is not None and not of_formula:
            read = _text(inline)
    elif value is None:
        return True
    elif kind == b"s":
        if value.isdigit() and len(value) <= 9:
            row.strings.append((ref, int(value), of_formula))
            return True
    elif kind is None or kind == b"n":
        read = number_of(value.decode("ascii", "replace"))
    elif kind == b"b":
        read = truth_of(value.decode("ascii", "replace"))
    else:
        read = _text(value)
    if read is None:
        return False
    (row.cached if of_formula else row.cells)[ref] = read
    return True


def _text(value: bytes) -> str | None:
    """A text without escapes of its own."""
    text = dereferenced(value)
    return None if text is None or "_x" in text else text
