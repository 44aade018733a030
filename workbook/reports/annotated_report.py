"""A checked report as a Word file with a comment at each figure that is wrong."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.text.run import Run

from workbook.report_reader.from_docx import paragraph_marks
from workbook.report_reader.gate import report_kind
from workbook.report_reader.judging import Checked, Mark
from workbook.report_reader.model import Grid, Passage, Place
from workbook.reports.words import SEVERITIES, clean

AUTHOR, INITIALS = "报告核对", "核"


def annotated_report(checked: Checked, report: Path) -> bytes:
    """The report itself with comments; for a PDF or plain text a Word file with its text and tables."""
    if checked.reading.document.kind == "docx":
        data = report.read_bytes()
        report_kind(data)  # it may have been exchanged meanwhile
        document = docx.Document(io.BytesIO(data))
        known = dict(enumerate(paragraph_marks(document.element.body)))
        places = [
            (mark, known.get(-1 if mark.place.mark is None else mark.place.mark)) for mark in checked.marks
        ]
    else:
        document = docx.Document()
        written = dict(_written(document, checked))
        places = [(mark, written.get(_key(mark.place))) for mark in checked.marks]
    for mark, paragraph in places:
        runs = [] if paragraph is None else _runs(paragraph, mark, checked)
        if runs:
            finding = mark.finding
            text = clean(f"{SEVERITIES[finding.severity]}：{finding.message}{finding.fix}")
            document.add_comment(runs, text=text, author=AUTHOR, initials=INITIALS)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def _key(place: Place) -> tuple[int, int | None, int | None]:
    return place.line, place.row, place.column


def _written(document: Any, checked: Checked) -> Iterator[tuple[tuple[int, int | None, int | None], Any]]:
    """The text of the report in a new Word file: each passage's place with its paragraph."""
    for block in checked.reading.document.blocks:
        if isinstance(block, Passage):
            yield _key(block.place), document.add_paragraph(clean(block.text).strip())._p
        elif isinstance(block, Grid):
            width = max(map(len, block.rows))
            table = document.add_table(0, width, style="Table Grid")
            for row in block.rows:
                cells = table.add_row().cells
                for cell, passage in zip(cells, row, strict=False):
                    cell.paragraphs[0].add_run(clean(passage.text).strip())
                    yield _key(passage.place), cell.paragraphs[0]._p


def _runs(paragraph: Any, mark: Mark, checked: Checked) -> list[Run]:
    """The runs that hold the marked figure, or all of the paragraph where it cannot be told."""
    passage = next(
        (one for one in checked.reading.document.passages() if _key(one.place) == _key(mark.place)), None
    )
    figure = passage.text[mark.start : mark.end] if passage is not None else ""
    elements = [run for run in paragraph.iter(qn("w:r")) if run.find(qn("w:t")) is not None]
    if passage is not None:
        before = len(passage.text) - len(passage.text.lstrip())
        found = _holding(elements, figure, mark.start - before if mark.place.row is None else 0)
        elements = found or elements
    chosen = [Run(element, paragraph) for element in elements]
    return [chosen[0], chosen[-1]] if chosen else []


def _holding(elements: Iterable[Any], figure: str, near: int) -> list[Any]:
    """The runs over which a figure goes, where it stands nearest to its place; cut to it."""
    runs = list(elements)
    text = "".join(_text(run) for run in runs)
    spots = [at for at in range(len(text)) if text.startswith(figure, at)] if figure else []
    if not spots:
        return []
    start = min(spots, key=lambda at: abs(at - near))
    end, at, found = start + len(figure), 0, []
    for run in runs:
        length = len(_text(run))
        if at < end and start < at + length:
            found.append(_cut(run, max(start - at, 0), min(end - at, length)))
        at += length
    return found


def _text(run: Any) -> str:
    return "".join(one.text or "" for one in run.iter(qn("w:t")))


def _cut(run: Any, start: int, end: int) -> Any:
    """The part of a run from ``start`` to ``end`` as a run of its own; a run that is not plain as it is."""
    texts = run.findall(qn("w:t"))
    if len(texts) != 1 or (start == 0 and end == len(texts[0].text)):
        return run
    whole = texts[0].text
    parts = [part for part in (whole[:start], whole[start:end], whole[end:]) if part]
    at = 0 if start == 0 else 1
    copies = [run, *(deepcopy(run) for _ in parts[1:])]
    for before, copy in pairwise(copies):
        before.addnext(copy)
    for copy, part in zip(copies, parts, strict=True):
        text = copy.find(qn("w:t"))
        text.text = part
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return copies[at]
