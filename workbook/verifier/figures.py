"""The figures of a verified file, as texts, out of the thousands of values of its verification."""

from __future__ import annotations

from workbook import rounding
from workbook.rubric.keys import Key, Kind, Sort
from workbook.rubric.states import IndicatorState
from workbook.scorer.quantities import Quantity
from workbook.template.model import Result
from workbook.verifier.agreement import display
from workbook.verifier.verification import NOTHING, Figures, IndicatorFigures, ThreeValues, Verification
from workbook.xlsx_reader.received import CellValue


def figures_of(report: Verification) -> Figures:
    """The figures of a report with all its values."""
    evaluation = report.evaluation
    if evaluation is None:
        return NOTHING
    low, high = evaluation.attainable
    return Figures(
        status=evaluation.rubric.status,
        complete=evaluation.ready,
        total=_three(report, Key.total()),
        attainable=(rounding.text(low), rounding.text(high)),
        grade=evaluation.grade,
        indicators=tuple(
            IndicatorFigures(
                id=one.indicator.id,
                state=one.state.name.lower(),
                points=_three(report, Key.score(one.indicator.id)),
                items=tuple((item.key, _three(report, Key.item(item.key))) for item in one.items),
            )
            for one in evaluation.indicators
        ),
        caps=evaluation.caps,
        lights=evaluation.lights,
    )


def _three(report: Verification, key: Key) -> ThreeValues:
    return ThreeValues(
        cached=_text(key, (report.cached or {}).get(key)),
        recalculated=_text(key, (report.recalculated or {}).get(key)),
        reference=_text(key, (report.reference or {}).get(key)),
    )


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
