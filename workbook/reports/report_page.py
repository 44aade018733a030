"""A checked report as one self-contained page: its text with each figure marked, and the findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from workbook.report_reader.judging import Checked
from workbook.report_reader.model import Grid, Passage, Place, Told
from workbook.report_reader.naming import WORDS, place_text, target_name
from workbook.reports.words import SEVERITIES, clean

if TYPE_CHECKING:
    from jinja2 import Template

Spot = tuple[int, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage: plain, or a figure with its colour, its words and its finding's number."""

    text: str
    colour: str = ""
    title: str = ""
    number: int | None = None


def report_page(checked: Checked, name: str) -> str:
    """The page as text, without script, network or font of its own; everything from the report is escaped."""
    document, counts = checked.reading.document, checked.counts
    pieces = _Pieces(checked)
    return _template().render(
        name=clean(name),
        counts=[(told.value, word, counts[told]) for told, word in WORDS.items()],
        findings=[
            (number, mark.finding, SEVERITIES[mark.finding.severity])
            for number, mark in enumerate(checked.marks, 1)
        ],
        statements=[
            (
                place_text(document, one.statement.place),
                target_name(checked.rubric, one.statement.target),
                clean(one.statement.numeral.text + one.statement.numeral.unit_text),
                one.expected or "—",
                one.verdict.value,
                WORDS[one.verdict],
                one.why,
            )
            for one in checked.judged
        ],
        unplaced=[
            (place_text(document, one.place), clean(one.quote), one.why) for one in checked.reading.unplaced
        ],
        blocks=list(pieces.blocks()),
    )


class _Pieces:
    """The report's text cut at its figures."""

    def __init__(self, checked: Checked) -> None:
        self._document = checked.reading.document
        self._spans: dict[Spot, dict[tuple[int, int], Piece]] = defaultdict(dict)
        for one in checked.reading.unplaced:
            self._put(one.place, one.start, one.end, Piece("", "unplaced", one.why))
        for judged in checked.judged:
            statement = judged.statement
            told = f"{target_name(checked.rubric, statement.target)}：{WORDS[judged.verdict]}"
            if judged.expected is not None and judged.verdict is not Told.AGREE:
                told += f"，应为 {judged.expected}"
            self._put(statement.place, statement.start, statement.end, Piece("", judged.verdict.value, told))
        for number, mark in enumerate(checked.marks, 1):
            finding = mark.finding
            piece = Piece("", f"found {finding.severity.value}", finding.message, number)
            self._put(mark.place, mark.start, mark.end, piece)

    def _put(self, place: Place, start: int, end: int, piece: Piece) -> None:
        self._spans[place.line, place.row, place.column][start, end] = piece

    def blocks(self) -> Iterator[tuple[str, list[object]]]:
        """Paragraphs as pieces, tables as rows of cells of pieces."""
        for block in self._document.blocks:
            if isinstance(block, Passage):
                yield "text", list(self._cut(block))
            elif isinstance(block, Grid):
                yield "table", [[list(self._cut(cell)) for cell in row] for row in block.rows]

    def _cut(self, passage: Passage) -> Iterator[Piece]:
        at = 0
        spans = self._spans.get((passage.place.line, passage.place.row, passage.place.column), {})
        for (start, end), piece in sorted(spans.items(), key=lambda one: one[0]):
            if start < at or end > len(passage.text):
                continue
            yield Piece(clean(passage.text[at:start]))
            yield Piece(clean(passage.text[start:end]), piece.colour, clean(piece.title), piece.number)
            at = end
        yield Piece(clean(passage.text[at:]))


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("workbook.reports", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("checked_report.html")
