"""The reader: what it reads does not depend on how; and it agrees with another reader."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, datetime, time

import openpyxl
import pytest

from tests.changes.harmless import HARMLESS
from tests.support import returned
from tests.support.paths import MAILED
from tests.support.returned import RUBRICS, issued
from workbook.findings import Refused
from workbook.template.model import Formula
from workbook.xlsx_reader.memory import Memory
from workbook.xlsx_reader.read import read_workbook
from workbook.xlsx_reader.received import Received

FILES: dict[str, Callable[[], bytes]] = {
    **{path.name: path.read_bytes for path in MAILED},
    **{f"{rubric_id} blank": lambda one=rubric_id: issued(one).blank for rubric_id in RUBRICS},
    **{
        f"{rubric_id} {kind}": lambda one=rubric_id, do=HARMLESS[kind]: do(issued(one))
        for rubric_id in RUBRICS
        for kind in ("saved by openpyxl", "own sheet", "shared formulas", "rows filtered in a detail table")
    },
}  # fmt: skip


def parsed_whole(data: bytes, *, in_rows: bool) -> Received:
    """With a comment in each part, beside the rows or among them: then no row is told by its bytes alone."""
    content = returned.parts(data)
    for name, part in content.items():
        if name.startswith("xl/worksheets/sheet"):
            commented = b"<sheetData><!-- -->" if in_rows else b"<!-- --><sheetData>"
            content[name] = part.replace(b"<sheetData>", commented)
    memory = Memory()
    read = read_workbook(returned.packed(content), memory)
    assert not memory.counts()["rows" if in_rows else "frames"]
    return read


@pytest.mark.parametrize("name", FILES)
def test_known_rows_are_read_as_new_ones(name: str) -> None:
    data, memory = FILES[name](), Memory()
    first, second, third, fourth = (read_workbook(data, memory) for _ in range(4))
    assert first == second == third == fourth == read_workbook(data, Memory())
    assert first == parsed_whole(data, in_rows=False) == parsed_whole(data, in_rows=True)


def test_rows_are_known_by_then() -> None:
    """The case that the test before is about does occur."""
    data, memory = issued(RUBRICS[0]).filled, Memory()
    for _ in range(2):
        read_workbook(data, memory)
    counts = memory.counts()
    assert counts["rows"] > 300 and counts["sheets"] > 5 and counts["frames"] > 5
    assert counts["items"] > 300 and counts["names"] > 100 and counts["relations"] > 3
    memory.clear()
    assert not any(memory.counts().values())


def test_the_same_row_under_another_root_is_another_row() -> None:
    """A prefix that one root binds to nothing, another to the main namespace: no order of reading matters."""
    case = issued(RUBRICS[0])
    part = returned.sheet_part(case.filled, returned.SUMMARY)
    place = case["total"]
    text = returned.parts(case.filled)[part].decode()
    row = re.search(rf'<row r="{place.cell[1:]}".*?</row>', text)
    assert row is not None
    prefixed = re.sub(r"<(/?)(c|f|v)(?=[ />])", r"<\1p:\2", row[0])
    books = {}
    for space in ("urn:nothing", "http://schemas.openxmlformats.org/spreadsheetml/2006/main"):
        changed = text.replace(row[0], prefixed).replace("<worksheet ", f'<worksheet xmlns:p="{space}" ', 1)
        books[space] = returned.with_part(case.filled, part, changed.encode())
    alone = {space: verdict_of(data, Memory()) for space, data in books.items()}
    assert set(alone.values()) == {"refused", "read"}
    for order in (list(books), list(reversed(books))):
        memory = Memory()
        assert [verdict_of(books[space], memory) for space in order * 3] == [
            alone[space] for space in order * 3
        ]


def verdict_of(data: bytes, memory: Memory) -> str:
    try:
        read_workbook(data, memory)
    except Refused:
        return "refused"
    return "read"


@pytest.mark.parametrize(
    ("find", "put"),
    [
        (b"</headerFooter>", b"<oddFooter>&bad;</oddFooter></headerFooter>"),
        (b"</headerFooter>", b"<oddFooter><b></oddFooter></headerFooter>"),
        (b"</headerFooter>", b"<oddFooter>\xff</oddFooter></headerFooter>"),
        (b"</headerFooter>", b"<oddFooter>\x01</oddFooter></headerFooter>"),
        (b"<pageMargins ", b'<pageMargins x="><headerFooter></headerFooter><" '),
    ],
)
def test_headers_and_footers_are_xml_too(find: bytes, put: bytes) -> None:
    """Headers are passed over where they are plain text; what is no XML is refused as anywhere."""
    case = issued(RUBRICS[0])
    part = returned.sheet_part(case.filled, returned.ENTRY)
    content = returned.parts(case.filled)
    assert find in content[part]
    read_workbook(case.filled)
    content[part] = content[part].replace(find, put, 1)
    assert returned.verified(returned.packed(content)).verdict.value == "unreadable"


def test_a_row_that_only_looks_like_one_with_a_number() -> None:
    case = issued(RUBRICS[0])
    part = returned.sheet_part(case.filled, returned.ENTRY)
    data = returned.in_part(case.filled, part, r'<row r="5"', "<row a=' r=\"5\"'")
    assert returned.verified(data).verdict.value == "unreadable"


@pytest.mark.parametrize("name", FILES)
def test_another_reader_sees_the_same(name: str) -> None:
    """Every formula, text, number and saved value, by openpyxl."""
    data = FILES[name]()
    received = read_workbook(data)
    book, saved = (openpyxl.load_workbook(io.BytesIO(data), data_only=only) for only in (False, True))
    assert [title for title in book.sheetnames if title in received.sheets] == list(received.sheets)
    for title, sheet in received.sheets.items():
        cells = {cell.coordinate: cell.value for row in book[title] for cell in row if cell.value is not None}
        for ref, value in cells.items():
            mine = sheet.cells[ref]
            if isinstance(mine, Formula):
                assert mine.text == getattr(value, "text", value), (title, ref)
                assert plain(saved[title][ref].value) == plain(sheet.cached.get(ref)), (title, ref)
            else:
                assert plain(value) == plain(mine), (title, ref)
        merged = {ref for area in book[title].merged_cells.ranges for row in area.rows for ref in row}
        others = {ref for ref in sheet.cells if sheet.cells[ref] != ""} - cells.keys()
        assert not others - {f"{openpyxl.utils.get_column_letter(column)}{row}" for row, column in merged}


def plain(value: object) -> object:
    """Values of both readers alike: dates as serial numbers, whole floats as integers, nothing as ''."""
    if isinstance(value, datetime | date | time):
        value = openpyxl.utils.datetime.to_excel(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return "" if value is None else value
