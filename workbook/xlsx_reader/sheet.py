"""A sheet of a received workbook: its rows, and what stands beside them; known bytes are not read anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.xlsx_reader.frame import read_frame
from workbook.xlsx_reader.grammar import Checked
from workbook.xlsx_reader.grammar_sheet import SHEET
from workbook.xlsx_reader.memory import Memory
from workbook.xlsx_reader.plain_rows import plain_row
from workbook.xlsx_reader.received import Frame, Look, ReceivedSheet, Tint
from workbook.xlsx_reader.rows import RowReader, SheetRow, unreadable
from workbook.xlsx_reader.sheet_bytes import (
    BODY,
    BODY_END,
    ROW_END,
    SheetBytes,
    is_plain,
    is_told,
    rows_of,
    take_apart,
    without_blank_rows,
)
from workbook.xlsx_reader.shelf import digest
from workbook.xlsx_reader.strings import Strings, TextReader
from workbook.xlsx_reader.xml import PartProblem, parse

MAX_CELLS = 200_000
"""Cells of one workbook, those of merged areas too; blank ones count as a fifth."""

_LARGE = 4_000_000
"""Bytes of a part of which blank rows are left out before it is parsed."""


class CellBudget:
    """The number of cells that a workbook may still have."""

    def __init__(self) -> None:
        self.left = MAX_CELLS

    def use(self, cells: int, title: str) -> None:
        """Take ``cells`` off. Raises PartProblem when none are left."""
        self.left -= cells
        if self.left < 0:
            raise PartProblem("CELLS_TOO_MANY", limit=MAX_CELLS, title=title[:40])


@dataclass(frozen=True, slots=True)
class Context:
    """Parts that the sheets of a workbook refer to, and the memory of things read before."""

    memory: Memory
    strings: Strings
    texts: TextReader
    looks: Mapping[str, Look]
    tints: Sequence[Tint]
    styles_key: bytes
    budget: CellBudget
    epoch_1904: bool


def read_sheet(sheet: ReceivedSheet, name: str, content: bytes, context: Context) -> None:
    """Read the part ``name`` into ``sheet``. Raises PartProblem."""
    if len(content) >= _LARGE:
        content = without_blank_rows(content)
    apart = None if context.epoch_1904 else take_apart(content)
    if apart is None or not _read_apart(sheet, name, apart, context):
        _read_whole(sheet, name, content, context)


# ---- a part as a whole ---------------------------------------------------------------------------------


def _read_whole(sheet: ReceivedSheet, name: str, content: bytes, context: Context) -> None:
    part = _checked(name, content)
    reader = RowReader(part, context.texts, epoch_1904=context.epoch_1904)
    data = part.one("sheetData")
    sheet.frame = read_frame(part, context.tints)
    _add_all(sheet, map(reader.read, () if data is None else data), name, context)


def _checked(name: str, content: bytes) -> Checked:
    """A worksheet part whose markup is known, its rows left to their reader. Raises PartProblem."""
    root = parse(name, content)
    data = [one for one in root if str(one.tag).endswith("}sheetData")]
    rows = [list(one) for one in data]
    for one in data:
        one[:] = []
    part = SHEET.check(name, root, "worksheet")
    for one, inside in zip(data, rows, strict=True):
        for row in inside:
            if part.local(row) != "row":
                raise part.unknown("sheetData", str(row.tag).rpartition("}")[2])
        one[:] = inside
    return part


# ---- a part whose bytes tell each row ------------------------------------------------------------------


def _read_apart(sheet: ReceivedSheet, name: str, apart: SheetBytes, context: Context) -> bool:
    """Read a part by what is known of its bytes; False, and nothing done, where bytes do not tell."""
    memory, strings = context.memory, context.strings
    key = digest(apart.rest, apart.body, context.styles_key)
    numbers = memory.numbers.get(key)
    told = None if numbers is None else strings.told(numbers)
    if told is not None:
        sheet.source = digest(key, told)
        known = memory.sheets.get(sheet.source)
        if known is not None:
            context.budget.use(known[1], sheet.title)
            _take(sheet, known[0], apart.header)
            return True
    reading = _Rows(name, apart, context)
    frame = reading.frame() if reading.told() else None
    if frame is None:
        sheet.source = b""
        return False
    sheet.frame = frame if apart.header is None else replace(frame, header=apart.header)
    rows = reading.read()
    before = context.budget.left
    _add_all(sheet, rows, name, context)
    if numbers is None:
        numbers = tuple(number for row in rows for _, number, _ in row.strings)
        memory.numbers.keep(key, numbers, len(numbers) + 1)
        told = strings.told(numbers)
    if told is not None:
        sheet.source = digest(key, told)
        kept = ReceivedSheet(sheet.title, sheet.hidden)
        _take(kept, sheet, None)
        kept.frame = frame  # without the headers: the next sheet of these bytes may have none
        memory.sheets.keep_again(sheet.source, (kept, before - context.budget.left), len(sheet.styles) + 1)
    return True


def _take(sheet: ReceivedSheet, other: ReceivedSheet, header: Mapping[str, str] | None) -> None:
    """Make what one sheet says that of another; ``header`` is its own where it was taken out."""
    for part in _SAID:
        setattr(sheet, part, getattr(other, part))
    sheet.frame = other.frame if header is None else replace(other.frame, header=header)


_SAID = (
    "source", "cells", "cached", "styles", "by_style", "heights", "hidden_rows", "collapsed_rows", "dates",
    "pictures", "rich", "phonetic_rows", "far",
)  # fmt: skip


class _Rows:
    """The rows of a part that was taken apart, and what stands beside them."""

    def __init__(self, name: str, apart: SheetBytes, context: Context) -> None:
        self.name, self.apart, self.context = name, apart, context
        self.memory, self.space = context.memory, digest(apart.root)
        self.bytes = rows_of(apart.body)
        self.rows = {row: self.memory.rows.get((self.space, row)) for row in self.bytes or ()}

    def told(self) -> bool:
        """Whether each row's bytes tell it, and its number, which else the rows before it tell."""
        return self.bytes is not None and all(
            known is not None or is_told(row) for row, known in self.rows.items()
        )

    def frame(self) -> Frame | None:
        """The frame beside the rows; None if its bytes alone do not decide it."""
        rest, shelf = self.apart.rest, self.memory.frames
        key = digest(rest, self.context.styles_key)
        known = shelf.get(key)
        if known is None and is_plain(rest):
            known = shelf.keep(key, read_frame(_checked(self.name, rest), self.context.tints))
        return known

    def read(self) -> list[SheetRow]:
        """The rows in their order; of the unknown ones most are plain, and the others are parsed together."""
        missing = []
        for bytes_, known in self.rows.items():
            if known is None:
                row = plain_row(bytes_, self.memory.formulas)
                if row is None:
                    missing.append(bytes_)
                else:
                    self._keep(bytes_, row)
        if missing:
            self._parse(missing)
        return [row for bytes_ in self.bytes or () if (row := self.rows[bytes_]) is not None]

    def _parse(self, missing: Sequence[bytes]) -> None:
        inside = ROW_END.join([*missing, b""])
        part = _checked(self.name, self.apart.root + BODY + inside + BODY_END + b"</worksheet>")
        data, reader = part.one("sheetData"), RowReader(part, self.context.texts, epoch_1904=False)
        elements = [] if data is None else list(data)
        if len(elements) != len(missing):
            raise part.unknown("sheetData", "row")
        for bytes_, element in zip(missing, elements, strict=True):
            if element.get("r") is None:  # it only looked like one with a number
                raise part.unknown("sheetData", "row")
            self._keep(bytes_, reader.read(element))

    def _keep(self, bytes_: bytes, row: SheetRow) -> None:
        self.rows[bytes_] = self.memory.rows.keep((self.space, bytes_), row, len(row.styles) + 1)


# ---- rows become a sheet -------------------------------------------------------------------------------


def _add_all(sheet: ReceivedSheet, rows: Iterable[SheetRow], name: str, context: Context) -> None:
    sheet.by_style = context.looks
    for row in rows:
        context.budget.use(len(row.cells) + len(row.strings) + len(row.styles) // 5, sheet.title)
        _add(sheet, row, name, context.strings)
    context.budget.use(sheet.frame.merged_cells, sheet.title)


def _add(sheet: ReceivedSheet, row: SheetRow, name: str, strings: Strings) -> None:
    """Add a row to the sheet. Raises PartProblem for a row or a cell that stands twice."""
    before = len(sheet.styles), len(sheet.cells)
    sheet.styles.update(row.styles)
    sheet.cells.update(row.cells)
    if before != (len(sheet.styles) - len(row.styles), len(sheet.cells) - len(row.cells)):
        raise PartProblem("ROW_CELL_TWICE", part=name, row=row.line)
    if not sheet.heights.keys().isdisjoint(row.heights):
        raise PartProblem("ROW_TWICE", part=name, row=row.line)
    sheet.heights.update(row.heights)
    if not row.used <= sheet.by_style.keys():
        _respell(sheet, row, name)
    if row.cached:
        sheet.cached.update(row.cached)
    for ref, index, of_formula in row.strings:
        if index >= len(strings.texts):
            raise unreadable(name, ref, "文字")
        (sheet.cached if of_formula else sheet.cells)[ref] = strings.texts[index]
        if index in strings.rich:
            sheet.rich[ref] = strings.rich[index]
    if row.rich or row.dates or row.pictures or row.far or row.hidden or row.collapsed:
        _add_rare(sheet, row)


def _add_rare(sheet: ReceivedSheet, row: SheetRow) -> None:
    """Add the rare parts of a row to the sheet."""
    sheet.far = sheet.far or row.far
    for ref, runs in row.rich:
        sheet.rich[ref] = (*sheet.rich.get(ref, ()), *runs)
    sheet.dates.update(row.dates)
    sheet.pictures.update(row.pictures)
    if row.hidden:
        sheet.hidden_rows.add(row.line)
    if row.collapsed:
        sheet.collapsed_rows.add(row.line)
    sheet.phonetic_rows = sheet.phonetic_rows or row.phonetic


def _respell(sheet: ReceivedSheet, row: SheetRow, name: str) -> None:
    """A style's number may be written with a sign or zeros before it. Raises PartProblem if it is unknown."""
    for ref, style in row.styles.items():
        plain = str(int(style)) if style.removeprefix("+").isdecimal() and style.isascii() else style
        if plain not in sheet.by_style:
            raise unreadable(name, ref, "样式")
        sheet.styles[ref] = plain
