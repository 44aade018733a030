"""What is known by its bytes: each key holds all that its value depends on, and every shelf is bounded."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest

from tests.support import returned
from tests.support.returned import RUBRICS, codes, in_part, issued, parts, sheet_part
from workbook.findings import Refused
from workbook.returned.registry import Registry
from workbook.verifier import second_reader
from workbook.verifier.verification import Verdict
from workbook.verifier.verify import verify_batch
from workbook.xlsx_reader.gate import Zip
from workbook.xlsx_reader.memory import Memory
from workbook.xlsx_reader.read import read_workbook
from workbook.xlsx_reader.received import Received
from workbook.xlsx_reader.shelf import Shelf

CASE = issued(RUBRICS[0])
STRINGS = "xl/sharedStrings.xml"
TITLE = returned.SUMMARY


def test_a_shelf_is_emptied_when_it_is_full() -> None:
    shelf = Shelf[str](10)
    for number in range(10):
        shelf.keep(number, "one")
    assert len(shelf) == 10 and shelf.get(0) == "one"
    shelf.keep("more", "another", 4)
    assert len(shelf) == 1 and shelf.get(0) is None and shelf.get("more") == "another"
    shelf.keep("too much", "a third", 11)
    assert len(shelf) == 1 and shelf.get("too much") is None


def test_a_shelf_may_wait_until_something_comes_again() -> None:
    shelf = Shelf[str](3)
    assert shelf.keep_again("key", "first") == "first" and shelf.get("key") is None
    assert shelf.keep_again("key", "second") == "second" and shelf.get("key") == "second"
    for number in range(10):
        shelf.keep_again(number, "once")
    assert len(shelf) == 1


def read_thrice(data: bytes, memory: Memory) -> Received:
    return [read_workbook(data, memory) for _ in range(3)][-1]


def test_a_sheet_has_one_source_while_its_own_texts_are_the_same() -> None:
    """A shared string that changes is another source for the sheets that refer to it, and for no other."""
    memory = Memory()
    before = read_thrice(CASE.filled, memory)
    text = CASE.template.sheet[TITLE].texts
    alone = next(
        one for one in text.values()
        if sum(one in sheet.cells.values() for sheet in before.sheets.values()) == 1 and one.isalnum()
    )  # fmt: skip
    changed = in_part(CASE.filled, STRINGS, f">{alone}<", f">{alone}号<")
    after = read_thrice(changed, memory)
    other = {title for title in before.sheets if before.sheets[title].source != after.sheets[title].source}
    assert other == {TITLE}
    assert f"{alone}号" in after.sheets[TITLE].cells.values()
    assert all(one.source for one in after.sheets.values())


def test_headers_are_a_files_own() -> None:
    """A sheet that is known has the header of the file in which it is met."""
    memory = Memory()
    part = sheet_part(CASE.filled, TITLE)
    old = read_thrice(CASE.filled, memory).sheets[TITLE]
    data = in_part(CASE.filled, part, "<oddHeader>.*?</oddHeader>", "<oddHeader>&amp;C另一部门</oddHeader>")
    new = read_workbook(data, memory).sheets[TITLE]
    assert new.source == old.source and new.cells is old.cells
    assert new.frame.header["oddHeader"] == "&C另一部门" != old.frame.header["oddHeader"]


@pytest.mark.parametrize("title", [sheet.title for sheet in CASE.template.sheets])
def test_a_sheet_without_headers_has_none_after_one_that_has(title: str) -> None:
    """Taken out, headers leave the bytes of a sheet that never had any."""
    part = sheet_part(CASE.filled, title)
    bare = in_part(CASE.filled, part, r"<headerFooter.*?</headerFooter>", "")
    memory = Memory()
    read_thrice(CASE.filled, memory)
    read = read_thrice(bare, memory)
    assert not read.sheets[title].frame.header
    assert read.sheets[title].frame == read_workbook(bare, Memory()).sheets[title].frame
    assert read_workbook(CASE.filled, memory).sheets[title].frame.header


def test_an_ampersand_by_its_number_is_no_markup() -> None:
    part = sheet_part(CASE.filled, TITLE)
    data = in_part(CASE.filled, part, "<oddHeader>.*?</oddHeader>", "<oddHeader>a&#38;lt;b</oddHeader>")
    assert read_workbook(data).sheets[TITLE].frame.header["oddHeader"] == "a&lt;b"


def test_the_route_is_told_only_where_every_reader_finds_the_same_parts() -> None:
    content = parts(CASE.filled)
    usual = read_workbook(CASE.filled).route
    assert usual and usual == read_workbook(returned.packed(content)).route
    listed = in_part(CASE.filled, "xl/workbook.xml", ' sheetId="1"', ' sheetId="77"')
    assert read_workbook(listed).route not in {usual, b""}
    more = returned.packed({**content, "docProps/thumbnail.jpeg": b""})
    assert read_workbook(more).route not in {usual, b""}
    for part in ("styles", "sharedStrings"):
        moved = {name.replace(f"xl/{part}.xml", f"xl/{part}2.xml"): one for name, one in content.items()}
        for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            moved[name] = moved[name].replace(f"{part}.xml".encode(), f"{part}2.xml".encode())
        assert read_workbook(returned.packed(moved)).route == b"", part


def packed_otherwise(data: bytes, part: str, method: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(data).items():
            archive.writestr(name, content, method if name == part else zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def test_a_known_sheet_that_only_some_readers_can_unpack_is_not_taken_as_read() -> None:
    part = sheet_part(CASE.filled, TITLE)
    assert read_workbook(packed_otherwise(CASE.filled, part, zipfile.ZIP_STORED)).route
    data = packed_otherwise(CASE.filled, part, zipfile.ZIP_LZMA)
    assert read_workbook(data).route == b""
    registry = Registry()
    (fresh,) = verify_batch([("a.xlsx", data)], registry, quick=True)
    assert "READER_FAILED" in codes(fresh)
    for name in [CASE.filled, CASE.filled, CASE.filled, data]:
        (last,) = verify_batch([("a.xlsx", name)], registry, quick=True)
    assert last.findings == fresh.findings


def test_a_part_longer_than_the_directory_says_is_not_sound() -> None:
    """Its beginning has the checksum that the directory gives."""
    content = parts(CASE.filled)["docProps/custom.xml"]
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    longer = stream.compress(content + b"<!-- -->") + stream.flush()
    whole = Zip(CASE.filled)
    assert whole.read("docprops/custom.xml") == content and whole.sound
    entry = whole._archive.getinfo("docProps/custom.xml")
    start = entry.header_offset + 30 + len(entry.filename)
    whole._data = whole._data[:start] + longer + whole._data[start + entry.compress_size :]
    entry.compress_size = len(longer)
    assert whole._plain("docProps/custom.xml") is None


def test_what_is_known_is_neither_compared_nor_read_by_the_second_reader_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    differences = second_reader._differences

    def spied(sheet, *rest):
        asked.append(sheet.title)
        return differences(sheet, *rest)

    monkeypatch.setattr(second_reader, "_differences", spied)
    registry = Registry()
    counts = []
    for _ in range(4):
        (report,) = verify_batch([("a.xlsx", CASE.filled)], registry, quick=True)
        assert report.verdict is Verdict.PASS, codes(report)
        counts.append(len(asked))
        asked.clear()
    assert counts[0] > 5 and counts[-1] == 0
    changed = in_part(CASE.filled, STRINGS, f">{CASE.template.sheet[TITLE].texts['A1']}<", ">另一标题<")
    (report,) = verify_batch([("b.xlsx", changed)], registry, quick=True)
    assert "CELL_CHANGED" in codes(report)
    registry.forget()
    assert not any(registry.memory.counts().values())
    verify_batch([("a.xlsx", CASE.filled)], registry, quick=True)
    assert len(asked) == counts[0]


@pytest.mark.parametrize("first", [0, 1])
def test_strings_under_another_root_are_other_strings(first: int) -> None:
    """A prefix that one root binds to the main namespace and another to nothing, in either order."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    books = []
    for space in (main, "urn:nothing"):
        text = parts(CASE.filled)[STRINGS].decode()
        text = text.replace("<sst ", f'<sst xmlns:p="{space}" ', 1)
        text = text.replace("<si><t>", "<si><p:t>", 1).replace("</t></si>", "</p:t></si>", 1)
        books.append(returned.with_part(CASE.filled, STRINGS, text.encode()))
    alone = [_said(book, Memory()) for book in books]
    assert alone == ["read", "refused"]
    memory = Memory()
    for number in [first, 1 - first] * 3:
        assert _said(books[number], memory) == alone[number]


def _said(data: bytes, memory: Memory) -> str:
    try:
        read_workbook(data, memory)
    except Refused:
        return "refused"
    return "read"
