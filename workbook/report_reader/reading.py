"""A document read: every figure with its meaning, and every number that has none, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from workbook.load.wording import load_wording
from workbook.report_reader.annex import annex_figures, split_annex
from workbook.report_reader.flow import Flow, paragraphs, running_heads
from workbook.report_reader.grids import grid_figures
from workbook.report_reader.matcher import Matcher
from workbook.report_reader.model import (
    Block,
    Document,
    Grid,
    Numeral,
    Passage,
    Reading,
    Statement,
    Target,
    Unit,
    Unplaced,
)
from workbook.report_reader.numerals import numerals
from workbook.report_reader.prose import figures
from workbook.report_reader.vocabulary import Vocabulary
from workbook.rubric.model import Rubric

_AROUND = 18
_TITLE = 12
_YEAR_OF_REPORT = re.compile(r"(?<!\d)(\d{4})\s*年度?(?=[^\d，。]{0,40}(?:报告|评价|自评)[^，。]{0,20}$)")
NOT_HERE = "本评分标准没有这项数据"
NO_MEANING = "没有对应的数据"
CRITERION = "评分标准原文中的数"
IN_TABLE = "表格中没有对应的行列"


def read_document(document: Document, rubric: Rubric) -> Reading:
    """All figures of a document under a rubric."""
    matcher = Matcher(Vocabulary(rubric, load_wording()))
    reading = Reading(document)
    _read_year(reading)
    body, annex = split_annex(document.blocks, matcher)
    counter = 0
    heads = running_heads(document)
    for run in _runs(body):
        if isinstance(run, list):
            for flow in paragraphs(one for one in run if one.place not in heads):
                counter = _read_flow(reading, flow, matcher, counter)
            continue
        grid, title = run
        counter += 1
        read, placed = grid_figures(grid, title, matcher, counter)
        reading.grids.append(read)
        for (row, column), target in placed.items():
            numeral = read.figures[row][column]
            assert numeral is not None
            _put(reading, target, numeral, read.cells[row][column], counter, IN_TABLE)
    _read_annex(reading, annex, matcher, counter + 1)
    return reading


def _runs(blocks: Iterable[Block]) -> Iterable[list[Passage] | tuple[Grid, str]]:
    """Runs of passages, and each table with what stands above it."""
    run: list[Passage] = []
    for block in blocks:
        if isinstance(block, Passage):
            run.append(block)
            continue
        yield run
        yield block, "|".join(one.text for one in run[-3:] if len(one.text) < 60)
        run = []
    yield run


def _read_year(reading: Reading) -> None:
    """The year that the title names: the first one before the word for a report."""
    first = [block for block in reading.document.blocks if isinstance(block, Passage)][:_TITLE]
    for passage in first:
        match = _YEAR_OF_REPORT.search(passage.text)
        if match:
            start, end = match.span(1)
            value = Decimal(match[1])
            numeral = Numeral(match[1], value, Unit.COUNT, "年", 0, start, end, end + 1)
            target = Target("field", "fiscal_year")
            reading.statements.append(
                Statement(target, numeral, passage.place, passage.text.strip()[:60], start, end, 0)
            )
            return


def _own_text(one: Numeral, passage: Passage, start: int, end: int) -> Numeral:
    """A number with its digits as the passage prints them."""
    printed = passage.text[start:end]
    return one if len(printed) < len(one.text.lstrip("+-")) else replace(one, text=printed)


def _read_flow(reading: Reading, flow: Flow, matcher: Matcher, counter: int) -> int:
    last = counter
    printed: list[Numeral] = []
    reading.flows.append((flow, printed))
    for told in figures(flow, matcher):
        last = counter + 1 + told.sentence
        one = told.numeral
        printed.append(one)
        passage, start, end = flow.span(one.start, one.end)
        one = _own_text(one, passage, start, end)
        quote = flow.text[max(0, one.start - _AROUND) : one.after + 6]
        target = told.match.target if told.match is not None else None
        if target is not None:
            reading.statements.append(
                Statement(target, one, passage.place, quote, start, end, last, told.year)
            )
        else:
            why = NO_MEANING if told.match is None else NOT_HERE
            around = (
                flow.text[max(0, one.start - 12) : one.start] + "#" + flow.text[one.after : one.after + 16]
            )
            reading.unplaced.append(Unplaced(one, passage.place, quote, start, end, last, why, around))
    return last + 1


def _put(
    reading: Reading, target: Target | None, numeral: Numeral, cell: Passage, sentence: int, why: str
) -> None:
    """A figure in a cell."""
    start = cell.text.find(numeral.text.lstrip("+-"))
    start = max(start, 0)
    end = min(len(cell.text), start + len(numeral.text.lstrip("+-")))
    quote = cell.text.strip()[:60]
    if target is None:
        reading.unplaced.append(Unplaced(numeral, cell.place, quote, start, end, sentence, why))
    else:
        reading.statements.append(Statement(target, numeral, cell.place, quote, start, end, sentence))


def _read_annex(reading: Reading, blocks: tuple[Block, ...], matcher: Matcher, sentence: int) -> None:
    taken: set[tuple[int, int | None]] = set()
    for target, numeral, passage in annex_figures(blocks, matcher):
        _put(reading, target, numeral, passage, sentence, CRITERION)
        taken.add((passage.place.line, passage.place.column))
    for passage in Document("text", blocks).passages():
        if (passage.place.line, passage.place.column) in taken:
            continue
        for flow in paragraphs([passage]):
            for one in numerals(flow.text):
                _, start, end = flow.span(one.start, one.end)
                quote = flow.text[max(0, one.start - _AROUND) : one.after + 6]
                reading.unplaced.append(Unplaced(one, passage.place, quote, start, end, sentence, CRITERION))
