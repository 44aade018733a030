"""Keys from their written form, as templates and released fingerprints store them.

``sort:id:part`` is a quantity, ``reason.indicator`` and the like an input, ``echo:<key>#<where>`` a cell that
repeats another. What is none of these raises: a key that is not known here has no meaning anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.rubric.keys.key import Key, made
from workbook.rubric.keys.sorts import INPUTS, KINDS, OWNERS, Kind, Owner, Sort
from workbook.rubric.keys.written import EACH, ECHO, WHERE

_QUANTITIES = {sort.value: sort for sort in Sort if sort not in INPUTS}
_ALONE = {Sort.TOTAL, Sort.LOW, Sort.HIGH, Sort.GRADE, Sort.READY}
"""Quantities that are written as one word, as fields are."""


def key_of(text: str) -> Key:
    """The key that is written so, of an input or a quantity. Raises ValueError for none."""
    if ":" in text or text in _ALONE:
        return quantity_of(text)
    return input_of(text)


def quantity_of(text: str) -> Key:
    """The key of a calculated cell. Raises ValueError for what is none."""
    if text.startswith(ECHO):
        source, _, where = text.removeprefix(ECHO).partition(WHERE)
        return _same(key_of(source).echo(where), text)
    word, _, rest = text.partition(":")
    sort = _QUANTITIES.get(word)
    if sort is None:
        raise ValueError(f"no cell has the key {text}")
    id, number, part = rest, "", ""
    if OWNERS[sort] is Owner.WHOLE:
        id, part = "", rest
    elif not isinstance(KINDS[sort], Kind):
        id, _, part = rest.rpartition(":")
    if OWNERS[sort] is Owner.LIST:
        id, number = "", id
    elif sort is Sort.ROW:
        id, _, number = id.rpartition(":")
    numbered = OWNERS[sort] is Owner.LIST or sort is Sort.ROW
    if numbered is not number.isdecimal() or (not id and OWNERS[sort] not in (Owner.WHOLE, Owner.LIST)):
        raise ValueError(f"no cell has the key {text}")
    return _same(made(sort, id, int(number or 0), part), text)


def input_of(text: str) -> Key:
    """The key of a cell that an officer fills in. Raises ValueError for what is none."""
    match text.split("."):
        case ["reason", indicator] if indicator:
            return Key.reason(indicator)
        case ["evidence", indicator] if indicator:
            return Key.documents(indicator)
        case ["evidence", indicator, line, part] if indicator and line.isdecimal():
            return _same(made(Sort.DOCUMENT, indicator, int(line), part), text)
        case ["tables", table, row, column] if table and row.isdecimal() and column:
            return _same(Key.cell(table, int(row), column), text)
        case [field] if field and ":" not in field:
            return Key.input(field)
    raise ValueError(f"no cell has the key {text}")


def rows_of(text: str, rows: int) -> Iterator[Key]:
    """The keys of the first rows of a table, from what they are written as at once."""
    for number in range(1, rows + 1):
        yield key_of(text.replace(EACH, str(number)))


def _same(key: Key, text: str) -> Key:
    """The key, which is written in one way only. Raises ValueError for another way."""
    if key.text != text:
        raise ValueError(f"no cell has the key {text}, which would be {key}")
    return key
