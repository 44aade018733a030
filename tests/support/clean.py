"""The published evaluations with their contradictions mended by made-up figures, and evidence everywhere."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

from workbook.evaluations.published import load_case
from workbook.load.builtin import published_path
from workbook.rubric.inputs import Evidence, Inputs

MENDED = {
    "yantian-2023": {
        "initial_project": "3436.32",
        "outside_quota_rate_reported": "0.2903",
        "sangong_rate_reported": "0.4405",
    },
    "dapeng-2024": {
        "finance_cut_rate_reported": "0.4175",
        "total_spending": "3000.00",
        "projects_added": "0",
        "key_tasks_total": "2",
    },
}
"""Made up, so that nothing contradicts; the tables that contradict are left out."""

DROPPED = {"yantian-2023": ("procurement", "assets", "expenses", "staff"), "dapeng-2024": ()}


@cache
def clean(rubric_id: str) -> Inputs:
    """Inputs under a rubric that score as published, and light up no cross-check and no hint."""
    case = load_case(published_path(rubric_id))
    inputs = case.data.inputs
    tables = {key: rows for key, rows in inputs.tables.items() if key not in DROPPED[rubric_id]}
    evidence = {one.id: (Evidence("测试材料"),) for one in case.rubric.indicators}
    return changed(replace(inputs, tables=tables, evidence=evidence), MENDED[rubric_id])


def changed(inputs: Inputs, values: dict[str, str]) -> Inputs:
    """Inputs with other numbers in some fields."""
    return replace(inputs, values={**inputs.values, **{key: Decimal(text) for key, text in values.items()}})
