"""The officer's workbook made anew: the inputs, a comment and a colour on each cell that has a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from workbook.data.typed import with_defaults
from workbook.findings import Finding, Severity
from workbook.layout.book import Book
from workbook.layout.names import Place
from workbook.load.builtin import builtin_ids
from workbook.load.rubric import load_rubric, spec_hash
from workbook.reports.opinion import Opinion, opinion_sheet
from workbook.reports.words import OPINION, SEVERITIES, clean, is_for_officer, remedy
from workbook.rubric.inputs import EVIDENCE_PARTS, Inputs
from workbook.rubric.keys import Key
from workbook.scorer.evaluate import evaluate
from workbook.scorer.quantities import quantities
from workbook.template.draw import draw
from workbook.template.fingerprint import load_released
from workbook.template.identity import Identity
from workbook.template.model import Template
from workbook.verifier.submission import Submission
from workbook.verifier.verification import Verification, severity_order
from workbook.xlsx_writer.notes import Note
from workbook.xlsx_writer.sheets import render_sheets
from workbook.xlsx_writer.xlsx import render

MOST_COMMENTS = 200
"""Cells with a comment, the heaviest first; the others have the colour only and stand in the list. A part
with thousands of comments packs so well that the gate would take it for a bomb."""

_MOST_SHOWN = 200
_LONGEST = 32_767
"""Characters that a cell can hold."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A workbook for the officer. ``remade``: their own, made anew; else only the sheet of opinions."""

    data: bytes
    remade: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """The base of a copy; ``moved`` maps cells of the officer's template to cells in it."""

    book: Book
    template: Template
    moved: Mapping[Place, Place] | None = None

    def place(self, finding: Finding) -> Place | None:
        """The cell of a finding; None where it has none here."""
        if not finding.sheet or not finding.cell:
            return None
        place = Place(finding.sheet, finding.cell)
        if self.moved is not None:
            return self.moved.get(place)
        return place if place.sheet in self.template.sheet else None


@dataclass(slots=True)
class Drawings:
    """Draws each template once, for many copies."""

    _known: dict[tuple[str | None, str | None], Drawn | None] = field(default_factory=dict)

    def of(self, report: Verification) -> Drawn | None:
        """The base for the copy of a reported workbook; None where its version cannot be drawn."""
        key = (report.rubric, report.template)
        if key not in self._known:
            self._known[key] = _drawn(report)
        return self._known[key]


def annotated_copy(entry: Submission, drawings: Drawings | None = None) -> Copy | None:
    """The workbook for the officer; None where no inputs are known.

    Its identity and issue are those of the file that came in. The same entry gives the same bytes.
    """
    report = entry.report
    if report.inputs is None or report.evaluation is None or report.identity is None:
        return None
    drawn = (drawings or Drawings()).of(report)
    findings = for_officer(report)
    if drawn is None or not _holds(drawn.template, report.inputs):
        listed = [Opinion(one, None, remedy(one, remade=False)) for one in findings]
        return Copy(render_sheets(OPINION, [opinion_sheet(entry, listed, remade=False)]), remade=False)
    opinions = [Opinion(one, _linked(drawn, one), remedy(one, remade=True)) for one in findings]
    inputs = with_defaults(report.evaluation.rubric, report.inputs)
    template = drawn.template
    data = render(
        drawn.book,
        template,
        Identity(template.rubric, template.version, template.spec, report.identity.issue),
        inputs,
        quantities(evaluate(report.evaluation.rubric, inputs)),
        notes=_notes(drawn, report.refused, findings),
        front=opinion_sheet(entry, opinions, remade=True),
    )
    return Copy(data, remade=True)


def for_officer(report: Verification) -> list[Finding]:
    """The findings for the officer, errors first; a field is not open because its content is wrong."""
    wrong = {
        (one.sheet, one.cell)
        for one in report.findings
        if one.severity is Severity.ERROR and one.code.startswith("INPUT_")
    }
    kept = filter(is_for_officer, report.findings)
    closed = (one for one in kept if one.code != "FIELD_OPEN" or (one.sheet, one.cell) not in wrong)
    return sorted(closed, key=severity_order)


def _drawn(report: Verification) -> Drawn | None:
    assert report.evaluation is not None
    rubric = report.evaluation.rubric
    book, template = draw(rubric)
    if template.version == report.template:
        return Drawn(book, template)
    # Another version of the template is known to the verifier while it is the rubric's current one.
    if rubric.id not in builtin_ids() or spec_hash(load_rubric(rubric.id)) != template.spec:
        return None
    issued = load_released(rubric.id, str(report.template))
    moved = {
        place: template.place(key)
        for key, place in {**issued.quantities, **issued.inputs}.items()
        if key in template.inputs or key in template.quantities
    }
    return Drawn(book, template, moved)


def _holds(template: Template, inputs: Inputs) -> bool:
    """Whether a template has a cell for all that was filled in, and each fits into its cell."""
    for key in _filled(inputs):
        value = inputs.at(key)
        if key not in template.inputs or (isinstance(value, str) and len(value) > _LONGEST):
            return False
    return True


def _filled(inputs: Inputs) -> Iterator[Key]:
    """The keys of what was filled in."""
    yield from map(Key.input, inputs.values)
    yield from map(Key.reason, inputs.reasons)
    for indicator, lines in inputs.evidence.items():
        for number, line in enumerate(lines, 1):
            written = (part for part in EVIDENCE_PARTS if getattr(line, part))
            yield from (Key.document(indicator, number, part) for part in written)
    for table, rows in inputs.tables.items():
        for number, row in enumerate(rows, 1):
            yield from (Key.cell(table, number, column) for column in row)


def _linked(drawn: Drawn, finding: Finding) -> Place | None:
    """The cell to which a link can lead; None on a hidden sheet, which cannot be gone to."""
    place = drawn.place(finding)
    return None if place is None or drawn.template.sheet[place.sheet].hidden else place


def _notes(drawn: Drawn, refused: Mapping[Key, str], findings: list[Finding]) -> dict[Place, Note]:
    notes: dict[Place, Note] = {}
    for finding in findings:
        place = drawn.place(finding)
        if place is None:
            continue
        text = f"【{SEVERITIES[finding.severity]}】{finding.message}"
        fix = remedy(finding, remade=True)
        note = Note(finding.severity, clean(f"{text}\n处理：{fix}" if fix else text), OPINION)
        notes[place] = notes[place].joined(note) if place in notes else note
    for key, written in refused.items():
        place = drawn.template.place(key)
        if place in notes and written not in notes[place].text:
            typed = Note(notes[place].severity, f"原填内容：{clean(written, most=_MOST_SHOWN)}", OPINION)
            notes[place] = notes[place].joined(typed)
    return {
        place: note if number < MOST_COMMENTS else Note(note.severity, "")
        for number, (place, note) in enumerate(notes.items())
    }
