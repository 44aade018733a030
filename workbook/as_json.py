"""The public map of a rubric's workbook, and other results as plain data for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from workbook import rounding
from workbook.findings import Finding
from workbook.layout.names import Place, defined_names
from workbook.rubric.fields import NO, YES, Field, FieldKind
from workbook.rubric.inputs import EVIDENCE_PARTS
from workbook.rubric.keys import Key
from workbook.rubric.model import Indicator, Origin, Rubric, item_key
from workbook.rubric.needs import required, served_indicators
from workbook.rubric.provenance import clause_origin, weight_origin
from workbook.rubric.states import OUTCOME_NAMES
from workbook.rubric.tables import Table
from workbook.rubric.todo import EVIDENCE_LINES
from workbook.scorer.evaluate import Evaluation
from workbook.scorer.indicators import IndicatorScore
from workbook.template.model import Template


def describe_rubric(rubric: Rubric) -> dict[str, Any]:
    """One line of the list of rubrics."""
    return {
        "id": rubric.id,
        "title": rubric.title,
        "issuer": rubric.issuer,
        "fiscal_year": rubric.fiscal_year,
        "points": _number(rubric.points),
        "status": rubric.status,
        "source": rubric.source,
    }


def describe_template(rubric: Rubric, template: Template) -> dict[str, Any]:
    """The places of all parts: fields, indicators, items, total, grade, ready, attainable range."""
    served = served_indicators(rubric)
    return {
        "rubric": rubric.id,
        "status": rubric.status,
        "template": template.version,
        "fields": [_field(rubric, template, field, served.get(field.id, ())) for field in rubric.fields],
        "indicators": [
            _indicator(rubric, template, (dimension.name, group.name), indicator)
            for dimension, group, indicator in rubric.walk()
        ],
        "tables": [_table(template, table) for table in rubric.tables],
        "total": _outcome(template, Key.total()),
        "grade": _outcome(template, Key.grade()),
        "ready": _outcome(template, Key.ready()),
        "attainable": {"low": _outcome(template, Key.low()), "high": _outcome(template, Key.high())},
    }


def _field(rubric: Rubric, template: Template, field: Field, indicators: tuple[str, ...]) -> dict[str, Any]:
    choices = [YES, NO] if field.kind is FieldKind.YESNO else list(field.choices)
    return {
        "id": field.id,
        "label": field.label,
        "kind": field.kind.value,
        "unit": field.unit,
        "indicators": list(indicators),
        "required": required(rubric, field.id),
        "choices": choices or None,
        "min": _number(field.min),
        "max": _number(field.max),
        "decimals": field.decimals,
        "name": defined_names(rubric)[Key.input(field.id)],
        **_place(template.inputs[Key.input(field.id)]),
    }


def _indicator(
    rubric: Rubric, template: Template, levels: tuple[str, str], indicator: Indicator
) -> dict[str, Any]:
    score = template.quantities[Key.score(indicator.id)]
    return {
        "id": indicator.id,
        "name": indicator.name,
        "dimension": levels[0],
        "group": levels[1],
        "points": _number(indicator.points),
        "origin": _origin(weight_origin(rubric, indicator)),
        "name_score": next(name for name, place in template.names.items() if place == score),
        **_place(score),
        "items": [
            {
                "id": item_key(indicator, item),
                "points": _number(item.points),
                "origin": _origin(clause_origin(rubric, indicator, item)),
                **_place(template.quantities[Key.item(item_key(indicator, item))]),
            }
            for item in indicator.items
        ],
        "reason": _place(template.inputs[Key.reason(indicator.id)]),
        "evidence": [
            {part: _place(template.inputs[Key.document(indicator.id, line, part)]) for part in EVIDENCE_PARTS}
            for line in range(1, EVIDENCE_LINES + 1)
        ],
    }


def _origin(origin: Origin | None) -> dict[str, str] | None:
    """The origin of a weight or a clause; None where the spec gives none."""
    return None if origin is None else {"how": origin.how, "text": origin.text}


def _table(template: Template, table: Table) -> dict[str, Any]:
    """A detail table: its rows, and the first cell of each column that the officer fills."""
    return {
        "id": table.id,
        "title": table.title,
        "rows": table.size,
        "labels": list(table.labels) if table.fixed else None,
        "columns": [
            {
                "id": column.id,
                "label": column.label,
                "kind": column.kind.value,
                **_place(template.inputs[Key.cell(table.id, 1, column.id)]),
            }
            for column in table.inputs
        ],
    }


def _outcome(template: Template, key: Key) -> dict[str, Any]:
    return {"name": OUTCOME_NAMES[key], **_place(template.quantities[key])}


def score_result(evaluation: Evaluation) -> dict[str, Any]:
    """The result of the reference scorer."""
    low, high = evaluation.attainable
    return {
        "rubric": evaluation.rubric.id,
        "status": evaluation.rubric.status,
        "complete": evaluation.ready,
        "total": rounding.text(evaluation.total),
        "attainable": [rounding.text(low), rounding.text(high)],
        "grade": evaluation.grade,
        "indicators": [indicator_result(one) for one in evaluation.indicators],
        **limits_result(evaluation.caps, evaluation.lights),
    }


def limits_result(caps: Mapping[str, bool | None], lights: Mapping[str, str]) -> dict[str, Any]:
    """Limits and warning lights, where the rubric has any; null while a figure is blank."""
    result: dict[str, Any] = {}
    if caps:
        result["caps"] = [{"id": cap, "holds": holds} for cap, holds in caps.items()]
    if lights:
        result["lights"] = [{"id": light, "light": word or None} for light, word in lights.items()]
    return result


def indicator_result(one: IndicatorScore) -> dict[str, Any]:
    """One indicator with its items and their traces."""
    return {
        "id": one.indicator.id,
        "name": one.indicator.name,
        "points": _number(one.indicator.points),
        "score": exact(one.score),
        "deduction": exact(one.deduction),
        "state": one.state.name.lower(),
        "items": [
            {
                "id": item.key,
                "points": _number(item.item.points),
                "score": exact(item.shown),
                "trace": [{"step": step.step, "text": step.text} for step in item.steps],
            }
            for item in one.items
        ],
    }


def finding_result(finding: Finding) -> dict[str, Any]:
    """A finding; place in a workbook or, for specs and data, in a file."""
    data: dict[str, Any] = {
        "code": finding.code,
        "severity": finding.severity.value,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "indicator": finding.indicator,
        "message": finding.message,
        "fix": finding.fix,
    }
    if finding.file is not None:
        data |= {"file": finding.file, "line": finding.line, "column": finding.column}
    if finding.clause is not None:
        data["clause"] = finding.clause
    return data


def exact(value: Fraction | None) -> str | None:
    """A score as a string of an exact decimal, at least 2 decimals; None while it is open."""
    return None if value is None else rounding.text(value)


def _place(place: Place) -> dict[str, str]:
    return {"sheet": place.sheet, "cell": place.cell}


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
