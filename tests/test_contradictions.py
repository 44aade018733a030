"""The contradictions of the published reports that a workbook can show: each lights up its row, no other.

The first table is about the reports as published. The second takes a clean case, in which every such
contradiction is mended by made-up figures, and puts them back one by one.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support.clean import changed, clean
from tests.support.returned import RUBRICS, issued, places, verified
from workbook.api import new_workbook
from workbook.evaluations.published import load_case
from workbook.load.builtin import published_path
from workbook.rubric.inputs import Inputs
from workbook.rubric.keys import Key, Sort
from workbook.rubric.states import CheckState
from workbook.scorer.evaluate import evaluate
from workbook.scorer.quantities import quantities
from workbook.verifier.verification import Verdict

PUBLISHED = {
    "yantian-2023": {
        "budget_parts": ("4755.13", "4755.14"),
        "procurement_rates": ("2", "0"),
        "outside_quota_rate_stated": ("0.2667", "0.290322581"),
        "sangong_rate_stated": ("0.4403", "0.440501044"),
        "source_procurement_plan": ("2039.49", "2128.09"),
        "source_procurement_actual": ("2039.49", "2039.51"),
        "source_assets_total": ("8219.95", "8247.31"),
        "source_assets_in_use": ("7448.70", "7476.06"),
        "source_staff_outside_quota": ("9", "8"),
        "source_sangong_adjusted_budget": ("4.79", "4.70"),
    },
    "dapeng-2024": {
        "cut_rate_stated": ("0.1958", "0.417507213"),
        "q4_without_public_expenses": ("0.000003139", "0.00005"),
        "added_within_new": ("8", "0"),
        "source_key_tasks_total": ("3", "2"),
    },
}
"""Check → both sides, for every cross-check that does not hold in the published evaluation."""

PUT_BACK = [
    ("yantian-2023", {"initial_project": "3436.31"}, "budget_parts"),
    ("yantian-2023", {"outside_quota_rate_reported": "0.2667"}, "outside_quota_rate_stated"),
    ("yantian-2023", {"sangong_rate_reported": "0.4403"}, "sangong_rate_stated"),
    ("yantian-2023", {"sangong_rate_reported": "0.4489"}, "sangong_rate_stated"),
    ("yantian-2023", {"procurement_plan": "2128.07"}, "procurement_rate_stated"),
    ("yantian-2023", {"q2_progress": "0.6251", "q2_spending": "2130.50"}, "progress_q2_stated"),
    ("yantian-2023", {"q3_spending": "3000.00"}, "progress_q3"),
    (
        "yantian-2023",
        {"assets_in_use": "8247.31", "asset_use_rate_reported": "1.0033"},
        "assets_within_total",
    ),
    ("dapeng-2024", {"finance_cut_rate_reported": "0.1958"}, "cut_rate_stated"),
    ("dapeng-2024", {"total_spending": "2978.43"}, "q4_without_public_expenses"),
    ("dapeng-2024", {"projects_added": "8"}, "added_within_new"),
    ("dapeng-2024", {"key_tasks_total": "3"}, "source_key_tasks_total"),
    ("dapeng-2024", {"average_execution_rate_reported": "0.9238"}, "average_rate_stated"),
]


def failing(rubric_id: str, inputs: Inputs) -> set[str]:
    evaluation = evaluate(issued(rubric_id).rubric, inputs)
    return {one.check.id for one in evaluation.checks if one.state in {CheckState.FAILS, CheckState.BLOCKS}}


@pytest.mark.parametrize("rubric_id", RUBRICS)
def test_the_published_reports_contradict_themselves(rubric_id: str) -> None:
    evaluation = evaluate(issued(rubric_id).rubric, load_case(published_path(rubric_id)).data.inputs)
    found = {
        one.check.id: (one.left, one.right) for one in evaluation.checks if one.state is CheckState.FAILS
    }
    assert found == {key: tuple(map(Decimal, sides)) for key, sides in PUBLISHED[rubric_id].items()}
    report = verified(issued(rubric_id).published)
    assert report.verdict is Verdict.PASS  # they warn
    rows = {issued(rubric_id)[f"check:{check}:state"] for check in PUBLISHED[rubric_id]}
    assert set(places(report, "CHECK_FAILED")) == rows


@pytest.mark.parametrize("rubric_id", RUBRICS)
def test_a_clean_case_lights_up_nothing(rubric_id: str) -> None:
    assert failing(rubric_id, clean(rubric_id)) == set()
    values = quantities(evaluate(issued(rubric_id).rubric, clean(rubric_id)))
    hints = {
        key: value
        for key, value in values.items()
        if key.sort is Sort.COUNT and key is not Key.count("filled")
    }
    assert set(hints.values()) == {0}, hints
    report = verified(new_workbook(issued(rubric_id).rubric, inputs=clean(rubric_id)))
    assert report.verdict is Verdict.PASS
    assert places(report, "CHECK_FAILED") == []


@pytest.mark.parametrize(("rubric_id", "values", "check"), PUT_BACK, ids=[entry[2] for entry in PUT_BACK])
def test_each_contradiction_lights_up_its_row(rubric_id: str, values: dict[str, str], check: str) -> None:
    inputs = changed(clean(rubric_id), values)
    assert failing(rubric_id, inputs) == {check}
    report = verified(new_workbook(issued(rubric_id).rubric, inputs=inputs))
    assert places(report, "CHECK_FAILED") == [issued(rubric_id)[f"check:{check}:state"]]
