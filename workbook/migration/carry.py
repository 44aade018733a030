"""The pure core: last year's checked inputs become inputs of another rubric, field by field.

The same field id means the same in every rubric, so that nothing but equal ids is ever paired. What is
carried keeps its value; nothing is converted, guessed or filled in.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.inputcheck import level_findings, with_defaults
from workbook.migration.model import Added, Carried, Dropped, Figure, Migration
from workbook.migration.same import Measures, difference, misfit
from workbook.migration.tables import added_columns, carry_tables
from workbook.scorer.evaluate import evaluate
from workbook.spec.fields import Field
from workbook.spec.inputs import FieldValue, Inputs
from workbook.spec.model import Rubric
from workbook.spec.needs import required
from workbook.spec.states import FieldState

YEAR_BOUND = frozenset({"fiscal_year", "date"})
"""Cover fields that belong to the year of filing alone."""


def carry(old: Rubric, inputs: Inputs, new: Rubric) -> Migration:
    """Carry ``inputs``, which are valid in ``old``, to ``new``; reasons and evidence stay behind."""
    fields = _Fields(old, inputs, new)
    tables = carry_tables(old, inputs, new)
    carried_inputs = with_defaults(new, Inputs(fields.values, tables=tables.rows))
    return Migration(
        old,
        new,
        carried_inputs,
        carried=(*fields.carried, *tables.carried),
        added=(*_added_fields(old, new), *added_columns(old, new)),
        dropped=(*fields.dropped, *tables.dropped),
        blank=tuple(fields.blank),
        from_tables=tuple(_from_tables(new, carried_inputs)),
        reasons=sum(bool(text) for text in inputs.reasons.values()),
        evidence=sum(bool(one) for lines in inputs.evidence.values() for one in lines),
    )


class _Fields:
    """Each field of the old rubric is carried, dropped or blank."""

    def __init__(self, old: Rubric, inputs: Inputs, new: Rubric) -> None:
        self.new = new
        self.before, self.now = Measures(old), Measures(new)
        self.values: dict[str, FieldValue] = {}
        self.carried: list[Carried] = []
        self.dropped: list[Dropped] = []
        self.blank: list[str] = []
        for field in old.fields:
            self._add(field, inputs.values.get(field.id))
        self._mind_levels()

    def _add(self, field: Field, value: FieldValue | None) -> None:
        target = self.new.field.get(field.id)
        if target is not None and value is None:
            self.blank.append(field.id)
            return
        figures = () if value is None else (Figure(field, value),)
        reason = self._obstacle(field, target, value)
        if target is None or value is None or reason is not None:
            self.dropped.append(Dropped(field.id, field.label, figures, reason or ""))
            return
        self.values[field.id] = value
        self.carried.append(Carried(field.id, self.before.wording(field), self.now.wording(target), figures))

    def _obstacle(self, field: Field, target: Field | None, value: FieldValue | None) -> str | None:
        """Why a field is not carried; None when it is."""
        if target is None or value is None:
            return "新标准没有这一项"
        if field.id in YEAR_BOUND:
            return "属于填报当年，不沿用"
        different = difference(field, target)
        if different is not None:
            return different
        before, now = self.before.measure.get(field.id), self.now.measure.get(field.id)
        if before != now:
            return f"自评尺度不同：原为{before or '不设'}，现为{now or '不设'}；请按新标准重新评"
        return misfit(field, target, value)

    def _mind_levels(self) -> None:
        """A degree without its level, or outside it, would be another statement."""
        for field_id, finding in list(level_findings(self.new, Inputs(self.values))):
            one = next(one for one in self.carried if one.key == field_id)
            self.carried.remove(one)
            del self.values[field_id]
            reason = f"不符合新标准的要求：{finding.message}"
            self.dropped.append(Dropped(field_id, one.old.label, one.figures, reason))


def _added_fields(old: Rubric, new: Rubric) -> Iterator[Added]:
    for field in new.fields:
        if field.id not in old.field:
            yield Added(field.id, field.label, required(new, field.id))


def _from_tables(new: Rubric, inputs: Inputs) -> Iterator[Carried]:
    """The blank fields that count or sum the rows carried: last year's figures too."""
    evaluation = evaluate(new, inputs, traced=False)
    measures = Measures(new)
    for field_id, value in evaluation.sourced.items():
        if evaluation.fields[field_id] is FieldState.FROM_TABLE and value is not None:
            field = new.field[field_id]
            wording = measures.wording(field)
            yield Carried(field_id, wording, wording, (Figure(field, value),))
