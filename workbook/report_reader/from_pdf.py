"""PDF files as documents: lines of text and tables, page by page. The only reader of pdfplumber."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect, PDFTextExtractionNotAllowed
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from workbook.findings import Refused, found
from workbook.report_reader.gate import MAX_PAGES, MAX_PARAGRAPHS, refused
from workbook.report_reader.model import Block, Grid, Passage, Place

_MOST_CHARS = 60_000
"""Characters on one page; a page of fine print has a tenth of that."""


def pdf_steps(data: bytes) -> Iterator[list[Block]]:
    """The blocks of each page. Raises Refused for a file that is locked or longer than any report."""
    try:
        _count(data)
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            yield []
            line = 0
            for number, page in enumerate(pdf.pages, 1):
                blocks = list(_page(page, number, line))
                line += len(blocks)
                page.close()
                yield blocks
    except (PDFPasswordIncorrect, PDFTextExtractionNotAllowed) as error:
        problem, remedy = "PDF 加了密码", "请去掉密码后再试。"
        raise Refused([found("REPORT_UNREADABLE", problem=problem, remedy=remedy)]) from error


def _count(data: bytes) -> None:
    """Count the pages up to the limit, before anything is made of them. Raises Refused beyond it."""
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    for number, _ in enumerate(PDFPage.create_pages(document), 1):
        if number > MAX_PAGES:
            raise refused(f"超过 {MAX_PAGES} 页")


def _page(page: Any, number: int, line: int) -> Iterator[Block]:
    if len(page.chars) > _MOST_CHARS:
        raise refused(f"第 {number} 页的文字多于 {_MOST_CHARS} 个")
    if not page.chars:
        return
    tables = page.find_tables() if page.lines or page.rects else []
    parts: list[tuple[float, str | list[list[str | None]]]] = []
    for table in tables:
        rows = table.extract()
        if rows and max(map(len, rows)) > 1:
            parts.append((table.bbox[1], rows))
    boxes = [table.bbox for table in tables if len(table.rows) and len(table.rows[0].cells) > 1]
    for text in page.extract_text_lines(strip=True, return_chars=False):
        middle = (text["top"] + text["bottom"]) / 2
        if not any(
            box[1] <= middle <= box[3] and text["x0"] < box[2] and text["x1"] > box[0] for box in boxes
        ):
            parts.append((text["top"], text["text"]))
    if len(parts) > MAX_PARAGRAPHS:
        raise refused("一页中的文字过多")
    for at, (_, part) in enumerate(sorted(parts, key=lambda one: one[0]), 1):
        place = line + at
        if isinstance(part, str):
            yield Passage(part, Place(place, number))
        else:
            yield Grid(
                tuple(
                    tuple(
                        Passage((cell or "").replace("\n", ""), Place(place, number, row, column))
                        for column, cell in enumerate(cells)
                    )
                    for row, cells in enumerate(part)
                )
            )
