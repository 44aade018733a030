"""A sheet of a received workbook: its rows, and what stands beside them; known bytes are not read anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.xlsx_reader.frame import read_frame
from workbook.xlsx_reader.grammar import Checked
from workbook.xlsx_reader.grammar_sheet import SHEET
from workbook.xlsx_reader.memory import Memory, digest
from workbook.xlsx_reader.received import Frame, Look, ReceivedSheet, Tint
from workbook.xlsx_reader.rows import RowReader, SheetRow, unreadable
from workbook.xlsx_reader.strings import Strings, TextReader
from workbook.xlsx_reader.xml import PartProblem, parse

MAX_CELLS = 200_000
"""Cells of one workbook, those of merged areas too; blank ones count as a fifth."""

_LARGE = 4_000_000
"""Bytes of a part of which blank rows are left out before it is parsed."""


class CellBudget:
    """How many cells a workbook may still have; raises PartProblem when they are used up."""

    def __init__(self) -> None:
        self.left = MAX_CELLS

    def use(self, cells: int, title: str) -> None:
        """Take ``cells`` off."""
        self.left -= cells
        if self.left < 0:
            raise PartProblem("CELLS_TOO_MANY", limit=MAX_CELLS, title=title[:40])


@dataclass(frozen=True, slots=True)
class Context:
    """What the sheets of a workbook refer to, and what has been read before."""

    memory: Memory
    strings: Strings
    texts: TextReader
    looks: Mapping[str, Look]
    tints: Sequence[Tint]
    styles_key: bytes
    budget: CellBudget
    epoch_1904: bool


def read_sheet(sheet: ReceivedSheet, name: str, content: bytes, context: Context) -> None:
    """Read the part ``name`` into ``sheet``; raises PartProblem."""
    sheet.by_style = context.looks
    sheet.frame, rows = _Opening(name, content, context).read()
    for row in rows:
        context.budget.use(len(row.cells) + len(row.strings) + len(row.styles) // 5, sheet.title)
        _add(sheet, row, name, context.strings)
    context.budget.use(sheet.frame.merged_cells, sheet.title)


def _add(sheet: ReceivedSheet, row: SheetRow, name: str, strings: Strings) -> None:
    """What a row says becomes part of the sheet."""
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
    """What few rows have."""
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
    """A style's number may be written with a sign or zeros before it."""
    for ref, style in row.styles.items():
        plain = str(int(style)) if style.removeprefix("+").isdecimal() and style.isascii() else style
        if plain not in sheet.by_style:
            raise unreadable(name, ref, "样式")
        sheet.styles[ref] = plain


# ---- what is known by its bytes ----------------------------------------------------------------------

_BODY, _BODY_END, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_ROW = re.compile(rb'\s*<row (?:[^>]*?\s)?r="\d+"')
_ROOT = re.compile(rb"<worksheet[ >][^>]*>")
_LONG = 50
"""Rows of a sheet that is worth being known as a whole."""

_HEADER = re.compile(
    rb"""><headerFooter(?: differentFirst="false")?(?: differentOddEven="false")?>"""
    rb"((?:<odd(?:Header|Footer)>"
    rb"(?:[^<>&\x00-\x1f]|&(?:amp|lt|gt|quot|apos|#\d{3,5});)*</odd(?:Header|Footer)>)*)"
    rb"(?:<evenHeader></evenHeader><evenFooter></evenFooter><firstHeader></firstHeader>"
    rb"<firstFooter></firstFooter>)?</headerFooter>(?=<)"
)
"""Headers and footers, which name the department: all else of a sheet's frame is often the same."""

_TEXT_OF_HEADER = re.compile(rb"<(odd(?:Header|Footer))>([^<]*)</(odd(?:Header|Footer))>")
_NUMBERED = re.compile(r"&#(\d+);")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_UNTOLD = (b"<!", b"<?", b"shared", b"xmlns", b"sheetData", b"rPr")
"""What in a row means that its bytes do not tell it: comments and the like could hold what looks like a row,
a shared formula depends on the rows before, the colours of a text's parts on the theme."""

_BLANK_ROW = re.compile(rb'<row(?=\s)(?=[^<>]*\sr="\d+")[^<>]*(?:/>|></row>)')
_ANY_ROW, _NUMBERED_ROW = re.compile(rb"<row[\s/>]"), re.compile(rb'<row(?=\s)[^<>]*?\sr="\d+"')


class _Opening:
    """One part, taken apart as far as its bytes allow."""

    def __init__(self, name: str, content: bytes, context: Context) -> None:
        self.name = name
        self.content = content if len(content) < _LARGE else without_blank_rows(content)
        self.context = context
        self.memory = context.memory

    def read(self) -> tuple[Frame, Iterable[SheetRow]]:
        """What stands beside the rows, and the rows; all is parsed where bytes do not tell them apart."""
        pieces = None if self.context.epoch_1904 else _pieces(self.content)
        if pieces is not None:
            root, rest, body = pieces
            key = digest(root, body)
            known = self.memory.sheets.get(key)
            rows = self._apart(root, body) if known is None else []
            frame = None if rows is None else self._frame(rest)
            if frame is not None and rows is not None:
                if known is not None:
                    return frame, [known]
                read = self._rows(root, rows)
                self._keep(key, read)
                return frame, read
        part = self._checked(self.content)
        reader = self._reader(part)
        data = part.one("sheetData")
        return read_frame(part, self.context.tints), map(reader.read, () if data is None else data)

    def _checked(self, content: bytes) -> Checked:
        """A worksheet part whose markup is known, its rows left to their reader."""
        root = parse(self.name, content)
        data = [one for one in root if str(one.tag).endswith("}sheetData")]
        rows = [list(one) for one in data]
        for one in data:
            one[:] = []
        part = SHEET.check(self.name, root, "worksheet")
        for one, inside in zip(data, rows, strict=True):
            for row in inside:
                if part.local(row) != "row":
                    raise part.unknown("sheetData", str(row.tag).rpartition("}")[2])
            one[:] = inside
        return part

    def _reader(self, part: Checked) -> RowReader:
        return RowReader(part, self.context.texts, epoch_1904=self.context.epoch_1904)

    def _frame(self, rest: bytes) -> Frame | None:
        """What a part without its rows says; None if its bytes do not tell. Its header is read by itself."""
        plain, header = _HEADER.match(rest, max(rest.find(b"<headerFooter") - 1, 0)), None
        if plain is not None:
            header = _header_of(plain[1])
            # a second list of headers is refused with the rest
            if header is not None and rest.count(b"headerFooter") > 2:
                header = None
            if header is not None:
                rest = rest[: plain.start() + 1] + rest[plain.end() :]
        key = digest(rest, self.context.styles_key)
        if key not in self.memory.frames:
            if rest.count(_BODY) != 1 or rest.count(_BODY_END) != 1 or rest.count(b"<?") > 1 or b"<!" in rest:
                return None
            self.memory.keep_frame(key, read_frame(self._checked(rest), self.context.tints))
        frame = self.memory.frames[key]
        return frame if header is None else replace(frame, header=header)

    def _apart(self, root: bytes, body: bytes) -> list[bytes] | None:
        """Each row's bytes; None when one does not tell itself, or not its number, which others then tell."""
        rows, space, known = body.split(_ROW_END), digest(root), self.memory.rows
        if rows.pop().strip() or not all(_told(row) for row in rows if known.get((space, row)) is None):
            return None
        return rows

    def _rows(self, root: bytes, rows: list[bytes]) -> list[SheetRow]:
        """The rows in their order; those that are not known are parsed together."""
        space = digest(root)
        found = {row: self.memory.rows.get((space, row)) for row in rows}
        missing = [row for row, known in found.items() if known is None]
        if missing:
            inside = _ROW_END.join([*missing, b""])
            part = self._checked(root + _BODY + inside + _BODY_END + b"</worksheet>")
            data, reader = part.one("sheetData"), self._reader(part)
            elements = [] if data is None else list(data)
            if len(elements) != len(missing):
                raise part.unknown("sheetData", "row")
            for row, element in zip(missing, elements, strict=True):
                if element.get("r") is None:  # it only looked like one with a number
                    raise part.unknown("sheetData", "row")
                read = reader.read(element)
                found[row] = read
                self.memory.keep_row((space, row), read)
        return [known for row in rows if (known := found[row]) is not None]

    def _keep(self, key: bytes, rows: list[SheetRow]) -> None:
        """Keep a long sheet that was met before, its rows joined; one with odd rows is nobody else's."""
        odd = any(
            row.hidden or row.rich or row.dates or row.pictures or row.collapsed or row.far for row in rows
        )
        if len(rows) < _LONG or odd or not self.memory.met_sheet(key):
            return
        joined = SheetRow(0, used=frozenset().union(*(row.used for row in rows)))
        for row in rows:
            joined.styles.update(row.styles)
            joined.cells.update(row.cells)
            joined.cached.update(row.cached)
            joined.strings.extend(row.strings)
            joined.phonetic = joined.phonetic or row.phonetic
            joined.heights.update(row.heights)
        if all(
            len(whole) == sum(map(len, single))
            for whole, single in (
                (joined.styles, [row.styles for row in rows]),
                (joined.heights, [row.heights for row in rows]),
            )
        ):
            self.memory.sheets[key] = joined


def _header_of(content: bytes) -> dict[str, str] | None:
    """The plain headers and footers in some bytes; None where one stands twice or is no UTF-8."""
    found: dict[str, str] = {}
    for start, text, end in _TEXT_OF_HEADER.findall(content):
        if start != end or start.decode() in found:
            return None
        try:
            plain = text.decode("utf-8")
        except UnicodeDecodeError:
            return None
        if "&#" in plain:
            numbers = {int(number) for number in _NUMBERED.findall(plain)}
            if not all(0x20 <= one < 0xD800 or 0xE000 <= one < 0xFFFE for one in numbers):
                return None  # no sign of XML, or none that stands alone
            plain = _NUMBERED.sub(lambda match: chr(int(match[1])), plain)
        for entity, sign in _ENTITIES.items():
            plain = plain.replace(entity, sign)
        found[start.decode()] = plain
    return found


def without_blank_rows(content: bytes) -> bytes:
    """A worksheet's bytes without the rows that hold nothing, where each row has its own number."""
    if b"<!" in content or len(_ANY_ROW.findall(content)) != len(_NUMBERED_ROW.findall(content)):
        return content
    return _BLANK_ROW.sub(b"", content)


def _pieces(content: bytes) -> tuple[bytes, bytes, bytes] | None:
    """The root's tag, the part without its rows, and the rows; None where they are not found."""
    start, end = content.find(_BODY) + len(_BODY), content.rfind(_BODY_END)
    root = _ROOT.search(content, 0, start)
    if start < len(_BODY) or end < start or root is None:
        return None
    return root[0], content[:start] + content[end:], content[start:end]


def _told(row: bytes) -> bool:
    """Whether a row's bytes alone say what is in it."""
    if row.count(b"<row") != 1 or _ROW.match(row) is None:
        return False
    return not any(mark in row for mark in _UNTOLD)
