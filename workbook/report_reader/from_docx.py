"""Word files as documents: paragraphs and tables in reading order. The only reader of python-docx."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from workbook.report_reader.gate import MAX_PARAGRAPHS, too_many
from workbook.report_reader.model import Block, Grid, Passage, Place

_TEXT, _TAB, _BREAK, _PAGE = qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:lastRenderedPageBreak")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:instrText"), _FALLBACK, qn("w:pPr")}
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_AROUND = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag"), qn("w:customXml"), qn("w:moveTo")}


def docx_steps(data: bytes) -> Iterator[list[Block]]:
    """The blocks of a Word file, in one step. Raises Refused for one that is longer than any report."""
    document = docx.Document(io.BytesIO(data))
    reader = _Reader(document.element.body)
    yield [*reader.blocks(), *(note for part in _notes(document) for note in reader.notes(part))]


def _notes(document: Any) -> Iterator[Any]:
    """The footnotes and endnotes."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/footnotes", "/endnotes")) and not relation.is_external:
            yield parse_xml(relation.target_part.blob)


def paragraph_marks(body: Any) -> list[Any]:
    """The paragraphs of a document by their marks."""
    return list(body.iter(_PARAGRAPH))


class _Reader:
    def __init__(self, body: Any) -> None:
        paragraphs = paragraph_marks(body)
        if len(paragraphs) > MAX_PARAGRAPHS:
            raise too_many()
        self._marks = {paragraph: mark for mark, paragraph in enumerate(paragraphs)}
        self._body = body
        paged = next(body.iter(_PAGE), None) is not None
        self._page: int | None = 1 if paged else None
        self._line = 0

    def blocks(self) -> list[Block]:
        """Everything in the body."""
        return list(self._inside(self._body))

    def notes(self, part: Any) -> Iterator[Passage]:
        """The paragraphs of notes; comments cannot be put there."""
        for paragraph in part.iter(_PARAGRAPH):
            if text := self._text(paragraph).strip():
                self._line += 1
                yield Passage(text, Place(self._line, self._page))

    def _inside(self, parent: Any) -> Iterator[Block]:
        for child in parent:
            if child.tag == _PARAGRAPH:
                yield from self._paragraph(child)
            elif child.tag == _TABLE:
                yield self._table(child)
            elif child.tag in _AROUND:
                yield from self._inside(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Passage]:
        self._line += 1
        text = self._text(paragraph)
        if text.strip():
            yield Passage(text, Place(self._line, self._page, mark=self._marks[paragraph]))
        for box in paragraph.iter(qn("w:txbxContent")):
            if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                for inner in box.iter(_PARAGRAPH):
                    if inner_text := self._text(inner).strip():
                        yield Passage(inner_text, Place(self._line, self._page, mark=self._marks[inner]))

    def _text(self, element: Any) -> str:
        """The text as it is seen: without deletions, field codes and boxes."""
        parts: list[str] = []
        for child in element:
            if child.tag == _TEXT:
                parts.append(child.text or "")
            elif child.tag == _TAB:
                parts.append(" ")
            elif child.tag == _PAGE or (child.tag == _BREAK and child.get(qn("w:type")) == "page"):
                if child.tag == _PAGE and self._page is not None:
                    self._page += 1
            elif child.tag == _BREAK:
                parts.append(" ")
            elif child.tag not in _SKIPPED:
                parts.append(self._text(child))
        return "".join(parts)

    def _table(self, table: Any) -> Grid:
        rows: list[tuple[Passage, ...]] = []
        for element in table.iter(_ROW):
            if next(element.iterancestors(_TABLE)) is table:
                rows.append(tuple(self._row(element, len(rows), rows[-1] if rows else ())))
        return Grid(tuple(rows))

    def _row(self, row: Any, number: int, above: tuple[Passage, ...]) -> Iterator[Passage]:
        at = 0
        self._line += 1
        for cell in row.iter(_CELL):
            if next(cell.iterancestors(_ROW)) is not row:
                continue
            paragraphs = list(cell.iter(_PARAGRAPH))
            text = " ".join(filter(None, (self._text(one).strip() for one in paragraphs)))
            merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
            if goes_on and at < len(above) and not any(char.isdigit() for char in above[at].text):
                text = above[at].text
            mark = self._marks[paragraphs[0]] if paragraphs else None
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            width = min(int(span.get(qn("w:val"), "1")), 60) if span is not None else 1
            for offset in range(width):
                repeated = text if offset == 0 or not any(char.isdigit() for char in text) else ""
                yield Passage(repeated, Place(self._line, self._page, number, at, mark))
                at += 1
