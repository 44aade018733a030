"""A sheet of a received workbook: its rows, and what is said of them.

Returned workbooks have most of their rows in common, down to the byte: the rows of detail tables that nobody
filled in. Such rows are read once for all files.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils.cell import range_boundaries

from workbook.receive.received import Look, ReceivedSheet
from workbook.receive.rows import MAX_COL, TRUE, Row, RowReader, unreadable, whole
from workbook.receive.xml import RESAVE, PartProblem, Reading, parse

MAX_CELLS = 200_000
"""Cells of one workbook, those of merged areas too."""

_LINK_IDS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


class Budget:
    """How many cells a workbook may still have; raises PartProblem when they are used up."""

    def __init__(self) -> None:
        self.left = MAX_CELLS

    def use(self, cells: int) -> None:
        """Take ``cells`` off."""
        self.left -= cells
        if self.left < 0:
            raise PartProblem(f"单元格多于 {MAX_CELLS} 个", "请删去与评分无关的大量内容。")


def read_sheet(
    sheet: ReceivedSheet,
    name: str,
    content: bytes,
    *,
    strings: Sequence[str],
    looks: Sequence[Look],
    budget: Budget,
    epoch_1904: bool,
) -> None:
    """Read the part ``name`` into ``sheet``; raises PartProblem."""
    sheet.by_style = {str(number): look for number, look in enumerate(looks)}
    frame, rows = _opened(name, content, epoch_1904=epoch_1904)
    for row in rows:
        budget.use(len(row.styles))
        _add(sheet, row, name, strings)
    budget.use(frame.merged_cells)
    sheet.protected, sheet.validated, sheet.filtered = frame.protected, frame.validated, frame.filtered
    sheet.merges, sheet.links, sheet.hidden_columns = frame.merges, frame.links, frame.hidden_columns


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a sheet says beside its rows. ``merged_cells``: how many cells its merges cover."""

    protected: bool
    validated: bool
    filtered: bool
    merges: frozenset[str]
    merged_cells: int
    links: Mapping[str, str]
    hidden_columns: frozenset[int]


def _frame(part: Reading) -> _Frame:
    protection = part.only("sheetProtection")
    merges = [one.get("ref", "") for one in part.children(part.only("mergeCells"), "mergeCell")]
    links = {}
    for one in part.children(part.only("hyperlinks"), "hyperlink"):
        inside = not any(key in one.attrib for key in _LINK_IDS)
        links[one.get("ref", "").partition(":")[0]] = one.get("location", "") if inside else ""
    hidden: set[int] = set()
    for one in part.children(part.only("cols"), "col"):
        if one.get("hidden") in TRUE or one.get("width") == "0":
            first, last = (whole(part, one.get(key, "1")) for key in ("min", "max"))
            hidden.update(range(first, min(last, MAX_COL) + 1))
    return _Frame(
        protected=protection is not None and protection.get("sheet") in TRUE,
        validated=any(
            one.get("sqref") for one in part.children(part.only("dataValidations"), "dataValidation")
        ),
        filtered=part.only("autoFilter") is not None,
        merges=frozenset(merges),
        merged_cells=sum(_area(part, ref) for ref in merges),
        links=links,
        hidden_columns=frozenset(hidden),
    )


def _area(part: Reading, ref: str) -> int:
    """How many cells an area has."""
    try:
        first, top, last, bottom = range_boundaries(ref)
        return (int(last or 0) - int(first or 0) + 1) * (int(bottom or 0) - int(top or 0) + 1)
    except (ValueError, TypeError) as error:
        raise PartProblem(f"部件 {part.name} 中的区域 {ref[:20]} 无法读取", RESAVE) from error


def _add(sheet: ReceivedSheet, row: Row, name: str, strings: Sequence[str]) -> None:
    """What a row says becomes part of the sheet."""
    before = len(sheet.styles)
    sheet.styles.update(row.styles)
    if len(sheet.styles) != before + len(row.styles):
        raise PartProblem(f"部件 {name} 中第 {row.line} 行的单元格出现两次", RESAVE)
    if not row.used <= sheet.by_style.keys():
        ref = next(ref for ref, style in row.styles.items() if style not in sheet.by_style)
        raise unreadable(name, ref, "样式")
    if row.cells:
        sheet.cells.update(row.cells)
        sheet.cached.update(row.cached)
    for ref, index, of_formula in row.strings:
        if index >= len(strings):
            raise unreadable(name, ref, "文字")
        (sheet.cached if of_formula else sheet.cells)[ref] = strings[index]
    if row.hidden:
        sheet.hidden_rows.add(row.line)


# ---- rows that are known -----------------------------------------------------------------------------

_BODY, _BODY_END, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_ROW = re.compile(rb'\s*<row (?:[^>]*?\s)?r="\d+"')
_ROOT = re.compile(rb"<worksheet[ >][^>]*>")
_MOST_ROWS, _MOST_SHEETS = 40_000, 200
_LONG = 50
"""Rows of a sheet that is worth being known as a whole."""

_HEADER = re.compile(
    rb"><headerFooter>(?:<((?:odd|even|first)(?:Header|Footer))>"
    rb"(?:[^<>&\x00-\x1f]|&(?:amp|lt|gt|quot|apos);)*</\1>)*</headerFooter>(?=<)"
)
"""Headers and footers, which name the department: all else of a sheet's frame is often the same."""

_known: dict[bytes, Row | None] = {}
"""Rows by their bytes; None for one that was met once, which most filled rows are."""

_known_sheets: dict[bytes, Row | None] = {}
"""All rows of a sheet as one, by the digest of their bytes; None for one that was met once."""


_known_frames: dict[bytes, _Frame] = {}
"""What stands beside the rows, by the digest of its bytes."""


def _opened(name: str, content: bytes, *, epoch_1904: bool) -> tuple[_Frame, Iterator[Row]]:
    """What stands beside the rows, and the rows; all is parsed where rows cannot be told by their bytes."""
    pieces = None if epoch_1904 else _pieces(content)
    if pieces is not None:
        root, rest, body = pieces
        digest = _digest(body)
        known = _known_sheets.get(digest)
        rows = _apart(body) if known is None else []
        frame = None if rows is None else _known_frame(name, rest)
        if frame is not None and rows is not None:
            if known is not None:
                return frame, iter([known])
            read = _rows(name, root, rows)
            _remember_sheet(digest, read)
            return frame, iter(read)
    part = Reading(name, parse(name, content), "worksheet")
    reader = RowReader(part, epoch_1904=epoch_1904)
    rows_read = (reader.read(row) for row in part.children(part.only("sheetData"), "row"))
    return _frame(part), rows_read


def _known_frame(name: str, rest: bytes) -> _Frame | None:
    """What a part without its rows says, where a plain header or footer says nothing; None if not told."""
    plain = _HEADER.match(rest, max(rest.find(b"<headerFooter>") - 1, 0))
    if plain is not None and _is_utf8(plain[0]):
        rest = rest[: plain.start() + 1] + rest[plain.end() :]
    digest = _digest(rest)
    if digest not in _known_frames:
        if rest.count(_BODY) != 1 or rest.count(_BODY_END) != 1 or rest.count(b"<?") > 1 or b"<!" in rest:
            return None
        frame = _frame(Reading(name, parse(name, rest), "worksheet"))
        if len(_known_frames) > _MOST_SHEETS:
            _known_frames.clear()
        _known_frames[digest] = frame
    return _known_frames[digest]


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _pieces(content: bytes) -> tuple[bytes, bytes, bytes] | None:
    """The root's tag, the part without its rows, and the rows; None where they are not found."""
    start, end = content.find(_BODY) + len(_BODY), content.rfind(_BODY_END)
    root = _ROOT.search(content, 0, start)
    if start < len(_BODY) or end < start or root is None:
        return None
    return root[0], content[:start] + content[end:], content[start:end]


_UNTOLD = (b"<!", b"<?", b"shared", b"xmlns", b"sheetData")
"""What in a row means that its bytes do not tell it: comments and the like could hold what looks like a row,
and a shared formula depends on the rows before."""


def _apart(body: bytes) -> list[bytes] | None:
    """Each row's bytes; None when one does not tell itself, or not its number, which others then tell."""
    rows = body.split(_ROW_END)
    if rows.pop().strip() or not all(_known.get(row) is not None or _told(row) for row in rows):
        return None
    return rows


def _told(row: bytes) -> bool:
    """Whether a row's bytes alone say what is in it."""
    if row.count(b"<row") != 1 or _ROW.match(row) is None:
        return False
    return not any(mark in row for mark in _UNTOLD)


def _remember_sheet(digest: bytes, rows: list[Row]) -> None:
    """Keep a long sheet that was met before, its rows joined; one with hidden rows is nobody else's."""
    if len(rows) < _LONG or any(row.hidden for row in rows):
        return
    if digest not in _known_sheets:
        if len(_known_sheets) > _MOST_SHEETS:
            _known_sheets.clear()
        _known_sheets[digest] = None
        return
    joined = Row(0, hidden=False, used=frozenset().union(*(row.used for row in rows)))
    for row in rows:
        joined.styles.update(row.styles)
        joined.cells.update(row.cells)
        joined.cached.update(row.cached)
        joined.strings.extend(row.strings)
    if len(joined.styles) == sum(len(row.styles) for row in rows):
        _known_sheets[digest] = joined


def _rows(name: str, root: bytes, rows: list[bytes]) -> list[Row]:
    """The rows in their order; those that are not known are parsed together."""
    found = {row: _known.get(row) for row in rows}
    missing = [row for row, known in found.items() if known is None]
    if missing:
        inside = _ROW_END.join([*missing, b""])
        parsed = parse(name, root + _BODY + inside + _BODY_END + b"</worksheet>")
        reading = Reading(name, parsed, "worksheet")
        reader = RowReader(reading, epoch_1904=False)
        elements = list(reading.children(reading.only("sheetData"), "row"))
        for row, element in zip(missing, elements, strict=True):
            if element.get("r") is None:  # it only looked like one with a number
                raise reading.misplaced(element, parsed)
            found[row] = reader.read(element)
            _remember(row, found[row])
    return [known for row in rows if (known := found[row]) is not None]


def _remember(row: bytes, read: Row | None) -> None:
    if len(_known) > _MOST_ROWS:
        _known.clear()
    _known[row] = read if row in _known else None
