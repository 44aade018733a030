"""Plain text as a document: lines, rows of cells parted by tabs, form feeds between pages."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from workbook.findings import Refused, found
from workbook.report_reader.gate import MAX_PART, refused
from workbook.report_reader.model import Block, Document, Grid, Passage, Place


def decoded(data: bytes) -> str:
    """The text of a file in one of the encodings in use. Raises Refused."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        with contextlib.suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if len(text) > MAX_PART:
                raise refused("正文过长")
            return text
    remedy = "请另存为 UTF-8 编码的文本，或 .docx。"
    raise Refused([found("REPORT_UNREADABLE", problem="文字编码无法识别", remedy=remedy)])


def text_document(text: str) -> Document:
    """The document of a text file."""
    return Document("text", tuple(_blocks(text)))


def _blocks(text: str) -> Iterator[Block]:
    page = 1 if "\f" in text else None
    rows: list[tuple[Passage, ...]] = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if "\f" in line and page is not None:
            page += line.count("\f")
        content = line.replace("\f", "")
        if "\t" in content:
            cells = content.split("\t")
            rows.append(
                tuple(Passage(cell, Place(number, page, len(rows), at)) for at, cell in enumerate(cells))
            )
            continue
        if content.strip():
            if rows:
                yield Grid(tuple(rows))
                rows = []
            yield Passage(content, Place(number, page))
    if rows:
        yield Grid(tuple(rows))
