"""The verifier's reports as plain data for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from workbook import rounding
from workbook.as_json import exact, finding_result, outcome_result
from workbook.rubric.keys import Key, Kind, Sort
from workbook.rubric.states import IndicatorState
from workbook.scorer.quantities import Quantity
from workbook.template.model import Result
from workbook.verifier.agreement import display
from workbook.verifier.verdict import Report, Verdict
from workbook.xlsx_reader.received import CellValue


def verify_result(files: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """All files with their verdicts, values and findings, and the count of each verdict."""
    listed = list(files)
    counts = Counter(file["verdict"] for file in listed)
    return {
        "files": listed,
        "summary": {
            verdict.value: counts[verdict.value]
            for verdict in (Verdict.PASS, Verdict.INCOMPLETE, Verdict.FAIL, Verdict.UNREADABLE)
        },
    }


def file_result(report: Report) -> dict[str, Any]:
    """The entry of one file."""
    evaluation = report.evaluation
    return {
        "path": report.path,
        "rubric": report.rubric,
        "status": None if evaluation is None else evaluation.rubric.status,
        "template": report.template,
        "verdict": report.verdict.value,
        "complete": None if evaluation is None else evaluation.ready,
        "total": three_values(report, Key.total()),
        "attainable": None if evaluation is None else [exact(value) for value in evaluation.attainable],
        "grade": None if evaluation is None else evaluation.grade,
        "indicators": []
        if evaluation is None
        else [
            {
                "id": one.indicator.id,
                "state": one.state.name.lower(),
                **three_values(report, Key.score(one.indicator.id)),
                "items": [{"id": item.key, **three_values(report, Key.item(item.key))} for item in one.items],
            }
            for one in evaluation.indicators
        ],
        **({} if evaluation is None else outcome_result(evaluation)),
        "findings": [finding_result(finding) for finding in report.findings],
    }


def three_values(report: Report, key: Key) -> dict[str, str | None]:
    """A quantity as the officer saw it, as recalculated, and by the reference."""
    return {
        "cached": _text(key, (report.cached or {}).get(key)),
        "recalculated": _text(key, (report.recalculated or {}).get(key)),
        "reference": _text(key, (report.reference or {}).get(key)),
    }


def _text(key: Key, value: CellValue | Result | Quantity | None) -> str | None:
    if value is None or value == "":
        return None
    if key.sort is Sort.SCORE and value == IndicatorState.NOT_APPLICABLE.value:
        return None
    if isinstance(value, bool | str):
        return str(value)
    number = rounding.as_fraction(value)
    if key.kind is Kind.ITEM_POINTS:
        number = rounding.official(number, rounding.ITEM_PLACES)
    try:
        return rounding.text(number)
    except ValueError:  # a saved value that no rule has rounded
        return display(number)
