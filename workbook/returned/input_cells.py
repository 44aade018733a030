"""The inputs of a received workbook: typed, bounded, every problem at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from workbook.data.typed import (
    ERROR_VALUES,
    Understood,
    bounds_findings,
    from_cell,
    level_findings,
    shown,
    unseen,
)
from workbook.findings import Finding, Severity, found
from workbook.layout.names import Place
from workbook.returned import written
from workbook.returned.own_formulas import Arithmetic, NotAllowed, as_decimal, differs
from workbook.returned.programs import check_whole
from workbook.rubric.fields import Field, FieldKind
from workbook.rubric.headings import indicator_headings
from workbook.rubric.inputs import FieldValue, Inputs, inputs_from
from workbook.rubric.keys import Key, Sort
from workbook.rubric.model import Rubric
from workbook.rubric.states import FieldState
from workbook.template.model import Formula, Template
from workbook.xlsx_reader.received import CellValue, Received


@dataclass(slots=True)
class ReadInputs:
    """Inputs as read; fields with an error are left out of ``inputs``.

    ``refused`` is what stands in the cells that were left out, by their keys.
    """

    inputs: Inputs
    findings: list[Finding] = field(default_factory=list)
    refused: dict[Key, str] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        """Whether no input has an error."""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)


def missing_sheets(template: Template, received: Received) -> Iterator[Finding]:
    """The sheets that hold inputs and are not there."""
    for title in dict.fromkeys(place.sheet for place in template.inputs.values()):
        if title not in received.sheets:
            yield found("SHEET_MISSING", sheet=title, sheet_name=title)


def read_inputs(rubric: Rubric, template: Template, received: Received) -> ReadInputs | None:
    """The inputs of ``received``; None when a sheet that holds inputs is missing."""
    if any(missing_sheets(template, received)):
        return None
    return _Reader(rubric, template, received).read()


class _Reader:
    def __init__(self, rubric: Rubric, template: Template, received: Received) -> None:
        self.rubric = rubric
        self.template = template
        self.received = received
        self.arithmetic = Arithmetic(received, template.sheet.keys())
        self.findings: list[Finding] = []
        self.pictures: set[Key] = set()

    def read(self) -> ReadInputs:
        cells = {title: sheet.cells for title, sheet in self.received.sheets.items()}
        filled = {
            key: cell
            for key, place in self.template.inputs.items()
            if (cell := cells[place.sheet].get(place.cell)) is not None
        }
        values = {
            key: value
            for key, cell in filled.items()
            if (value := self._value(key, self.template.inputs[key], cell)) is not None
        }
        for field_id, finding in level_findings(self.rubric, inputs_from(values)):
            key = Key.input(field_id)
            self._add(finding, self.template.inputs[key])
            del values[key]
        refused = {
            key: text
            for key, cell in filled.items()
            if key not in values
            and key not in self.pictures
            and (text := (cell.text if isinstance(cell, Formula) else written.shown_text(cell)).strip())
        }
        return ReadInputs(inputs_from(values), self.findings, refused)

    def _value(self, key: Key, place: Place, cell: CellValue | Formula) -> FieldValue | None:
        match key.sort:
            case Sort.INPUT:
                return self._field(self.rubric.field[key.id], place, cell)
            case Sort.CELL:
                return self._field(self.rubric.table[key.id].row_input(key.number, key.part), place, cell)
        if written.is_picture(self.received, place, cell, words=True):
            return self._picture(key, place)
        return self._text(key, place, cell)

    def _field(self, spec: Field, place: Place, cell: CellValue | Formula | None) -> FieldValue | None:
        if written.is_picture(self.received, place, cell):
            self._add(found("INPUT_PICTURE_NEEDED", label=spec.label), place)
            return None
        typed = not isinstance(cell, Formula)
        if isinstance(cell, Formula):
            cell = self._computed(spec, place, cell)
        read = from_cell(spec, written.as_date(self.received, cell) if spec.kind is FieldKind.DATE else cell)
        if isinstance(read, Finding):
            self._add(read, place)
            return None
        if read is None:
            return None
        value = read.value if isinstance(read, Understood) else read
        if not typed and isinstance(value, Decimal):
            value = as_decimal(float(value))
        problems = list(bounds_findings(spec, value, typed=typed))
        valid = not any(problem.severity is Severity.ERROR for problem in problems)
        if isinstance(read, Understood) and valid:  # else what it would mean is nothing to type anew
            self._understood(spec, place, read)
        for problem in problems:
            self._add(problem, place)
        return value if valid else None

    def _understood(self, spec: Field, place: Place, read: Understood) -> None:
        """A text that means one value: an error, since the officer's program calculates without it."""
        value = shown(spec, read.value) if isinstance(read.value, Decimal) else str(read.value)
        self._add(found("INPUT_AS_TEXT", label=spec.label, text=read.text[:80], value=value), place)

    def _computed(self, spec: Field, place: Place, formula: Formula) -> float | None:
        if not spec.kind.numeric:
            self._refuse(spec, place, formula, "此处应直接填写")
            return None
        try:
            value = self.arithmetic.value(place.sheet, place.cell)
            if spec.kind is FieldKind.COUNT:
                check_whole(value)
        except NotAllowed as refusal:
            self._refuse(spec, place, formula, str(refusal))
            return None
        cached = self.received.sheets[place.sheet].cached.get(place.cell)
        if cached is not None and differs(cached, value):
            self._add(found("CACHE_DIFFERS", what=spec.label, cached=cached, recalculated=value), place)
        self._add(
            found(
                "INPUT_FORMULA",
                label=spec.label,
                formula=formula.text[:80],
                value=shown(spec, as_decimal(value)),
            ),
            place,
        )
        saved = self.arithmetic.saved(place.sheet, place.cell)
        if saved:
            cells = "、".join(saved[:5]) + ("等" if len(saved) > 5 else "")
            self._add(found("INPUT_FORMULA_SAVED", label=spec.label, cells=cells), place)
        return value

    def _refuse(self, spec: Field, place: Place, formula: Formula, problem: str) -> None:
        self._add(
            found("INPUT_FORMULA_REFUSED", label=spec.label, formula=formula.text[:80], problem=problem),
            place,
        )

    def _text(self, key: Key, place: Place, cell: CellValue | Formula) -> str | None:
        name = indicator_headings(self.rubric)[key.id]
        if isinstance(cell, Formula):
            self._add(
                found("INPUT_FORMULA_REFUSED", label=name, formula=cell.text[:80], problem="此处应填写文字"),
                place,
            )
            return None
        if key.sort is Sort.REASON:
            text = written.shown_text(cell)
        else:
            text = written.of_document(self.received, place, cell, dated=key.part == "date")
        if text.strip(" ") == "":
            return None
        if text in ERROR_VALUES:
            self._add(found("INPUT_ERROR_VALUE", label=name, value=text), place)
            return None
        if what := unseen(text):  # a wide blank, a line end, a joiner: the sheet takes it for something
            if key.part not in {"number", "date", "page"}:
                self._add(found("INPUT_TEXT", label=name, value=what), place)
            return None
        return text

    def _picture(self, key: Key, place: Place) -> str | None:
        """A picture where words belong: nothing, or what the sheet's own formulas have taken it for."""
        self.pictures.add(key)
        label, value, code = indicator_headings(self.rubric)[key.id], None, "INPUT_PICTURE"
        cached = self.received.sheets[place.sheet].cached.get(place.cell)
        if key.sort is Sort.REASON:
            if self._saved(Key.state(key.id)) in ERROR_VALUES or cached:
                code = "INPUT_PICTURE_NEEDED"
        elif key.part == "name":
            words, pictures = self._names(key.id)
            saved = self._saved(Key.listed(key.id))
            if saved == words + pictures:
                value = written.PICTURE
            elif saved is not None and saved != words:
                code = "INPUT_PICTURE_NEEDED"
        self._add(found(code, label=label), place)
        return value

    def _names(self, indicator: str) -> tuple[int, int]:
        """Count the names of an indicator's documents that are words, and those that are pictures."""
        words = pictures = 0
        for key, place in self.template.inputs.items():
            if key.sort is Sort.DOCUMENT and key.id == indicator and key.part == "name":
                cell = self.received.sheets[place.sheet].cells.get(place.cell)
                if written.is_picture(self.received, place, cell, words=True):
                    pictures += 1
                elif cell is not None and not isinstance(cell, Formula):
                    words += bool(written.shown_text(cell).strip(" "))
        return words, pictures

    def _saved(self, key: Key) -> CellValue | None:
        """The saved value of a quantity."""
        place = self.template.quantities.get(key)
        sheet = None if place is None else self.received.sheets.get(place.sheet)
        return None if place is None or sheet is None else sheet.cached.get(place.cell)

    def _add(self, finding: Finding, place: Place) -> None:
        self.findings.append(finding.placed(sheet=place.sheet, cell=place.cell))


def open_findings(rubric: Rubric, template: Template, states: Mapping[str, FieldState]) -> Iterator[Finding]:
    """A finding for each field that is still open."""
    for field_id, state in states.items():
        if state is FieldState.OPEN:
            place = template.inputs[Key.input(field_id)]
            spec = rubric.field[field_id]
            yield found(
                "FIELD_OPEN", sheet=place.sheet, cell=place.cell, label=spec.label, unit=spec.unit or "文字"
            )
