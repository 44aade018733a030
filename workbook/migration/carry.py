"""The pure core: last year's checked inputs become inputs of another rubric, field by field.

The same field id means the same in every rubric, so that nothing but equal ids is ever paired, and a figure
with the field that a rubric names as holding it a year later (``last_year_of``). What is carried keeps its
value; nothing is converted, guessed or filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbook.data.typed import with_defaults
from workbook.migration.carried import Added, Carried, Dropped, Figure, Migration
from workbook.migration.same import Measure, Measures, difference, misfit
from workbook.migration.table_rows import added_columns, carry_tables
from workbook.rubric.fields import Field
from workbook.rubric.inputs import FieldValue, Inputs
from workbook.rubric.keys import Key
from workbook.rubric.model import Rubric
from workbook.rubric.needs import required
from workbook.rubric.states import FieldState
from workbook.scorer.evaluate import evaluate

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
        added=(*_added_fields(old, new, fields.values), *added_columns(old, new)),
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
        self.used: set[str] = set()
        for field in new.fields:
            if field.last_year_of in inputs.values and new.fiscal_year == old.fiscal_year + 1:
                self._from_last_year(old.field[field.last_year_of], field, inputs.values[field.last_year_of])
        for field in old.fields:
            self._add(field, inputs.values.get(field.id))

    def _from_last_year(self, field: Field, target: Field, value: FieldValue) -> None:
        """This year's figure of the old workbook is last year's in the new one."""
        if difference(field, target) is None and misfit(field, target, value) is None:
            self.used.add(field.id)
            self.values[target.id] = value
            wording = self.before.wording(field), self.now.wording(target)
            self.carried.append(Carried(Key.input(target.id), *wording, (Figure(field, value),)))

    def _add(self, field: Field, value: FieldValue | None) -> None:
        target = self.new.field.get(field.id)
        if target is not None and value is None:
            self.blank.append(field.id)
            return
        if target is None and field.id in self.used:
            return
        figures = () if value is None else (Figure(field, value),)
        reason = self._obstacle(field, target, value)
        if target is None or value is None or reason is not None:
            self.dropped.append(Dropped(Key.input(field.id), field.label, figures, reason or ""))
            return
        self.values[field.id] = value
        wordings = self.before.wording(field), self.now.wording(target)
        self.carried.append(Carried(Key.input(field.id), *wordings, figures))

    def _obstacle(self, field: Field, target: Field | None, value: FieldValue | None) -> str | None:
        """The reason why a field is not carried; None when it is."""
        if target is None or value is None:
            return "新标准没有这一项"
        if field.id in YEAR_BOUND:
            return "属于填报当年，不沿用"
        if target.last_year_of:
            return "新表这里填上一年的数，原表所填是再上一年的"
        different = difference(field, target)
        if different is not None:
            return different
        before = self.before.measure.get(field.id, Measure())
        now = self.now.measure.get(field.id, Measure())
        if before != now:
            return f"自评尺度不同：原为{before.text}，现为{now.text}；请按新标准重新评"
        return misfit(field, target, value)


def _added_fields(old: Rubric, new: Rubric, values: Mapping[str, FieldValue]) -> Iterator[Added]:
    for field in new.fields:
        if field.id not in old.field and field.id not in values:
            yield Added(Key.input(field.id), field.label, field.help, required(new, field.id))


def _from_tables(new: Rubric, inputs: Inputs) -> Iterator[Carried]:
    """The blank fields that count or sum the rows carried: last year's figures too."""
    evaluation = evaluate(new, inputs, traced=False)
    measures = Measures(new)
    for field_id, value in evaluation.sourced.items():
        if evaluation.fields[field_id] is FieldState.FROM_TABLE and value is not None:
            field = new.field[field_id]
            wording = measures.wording(field)
            yield Carried(Key.input(field_id), wording, wording, (Figure(field, value),))
