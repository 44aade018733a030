"""Findings from the reference's evaluation: missing reasons, cross-checks that do not hold, hints."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.data.typed import shown
from workbook.findings import Finding, found
from workbook.rubric.headings import indicator_headings
from workbook.rubric.keys import Key
from workbook.rubric.states import LIGHT_WORDS, CheckState, FieldState, IndicatorState, RowState
from workbook.scorer.evaluate import Evaluation
from workbook.scorer.overview import unproven
from workbook.template.model import Template
from workbook.verifier.agreement import display


def judgement_findings(evaluation: Evaluation, template: Template) -> Iterator[Finding]:
    """Missing reasons and cross-checks that do not hold."""
    for one in evaluation.indicators:
        if one.state is IndicatorState.REASON_OPEN:
            place = template.inputs[Key.reason(one.indicator.id)]
            yield found(
                "REASON_OPEN",
                sheet=place.sheet,
                cell=place.cell,
                indicator=one.indicator.id,
                name=indicator_headings(evaluation.rubric)[one.indicator.id],
                deduction=display(one.deduction),
            )
    yield from _hints(evaluation, template)
    for result in evaluation.checks:
        if result.state in {CheckState.FAILS, CheckState.BLOCKS}:
            place = template.quantities[Key.check(result.check.id, "state")]
            code = "CHECK_BLOCKS" if result.state is CheckState.BLOCKS else "CHECK_FAILED"
            yield found(
                code,
                sheet=place.sheet,
                cell=place.cell,
                title=result.check.title,
                left=display(result.left),
                right=display(result.right),
                why=result.check.why,
            )


def _hints(evaluation: Evaluation, template: Template) -> Iterator[Finding]:
    """Findings that do not stop a pass but deserve a look."""
    for field_id, state in evaluation.fields.items():
        if state is FieldState.UNUSUAL:
            field, value = evaluation.rubric.field[field_id], evaluation.typed.number(field_id)
            place = template.inputs[Key.input(field_id)]
            text = f"{shown(field, value)}{field.unit if field.unit != '%' else ''}"
            yield found("INPUT_UNUSUAL", sheet=place.sheet, cell=place.cell, label=field.label, value=text)
    for table in evaluation.tables.values():
        if partial := table.count(RowState.PARTIAL):
            yield found("ROWS_PARTIAL", sheet=table.table.sheet, title=table.table.title, count=partial)
    if evaluation.outcome.vanished:
        place = template.quantities[Key.grade()]
        yield found("NOTHING_APPLIES", sheet=place.sheet, cell=place.cell)
    for cap in evaluation.rubric.caps:
        if evaluation.caps[cap.id]:
            place = template.quantities[Key.cap(cap.id)]
            yield found(
                "TOTAL_LIMITED",
                sheet=place.sheet,
                cell=place.cell,
                clause=cap.clause,
                name=cap.name,
                limits=cap.limits,
            )
    for lights in evaluation.rubric.lights:
        light = evaluation.lights[lights.id]
        if light in {LIGHT_WORDS["red"], LIGHT_WORDS["yellow"]}:
            place = template.quantities[Key.light(lights.id)]
            yield found(
                "LIGHT_ON",
                sheet=place.sheet,
                cell=place.cell,
                clause=lights.clause,
                name=lights.name,
                light=light,
            )
    called = indicator_headings(evaluation.rubric)
    if bare := [called[one.indicator.id] for one in unproven(evaluation)]:
        yield found("EVIDENCE_OPEN", count=len(bare), names="、".join(bare))
