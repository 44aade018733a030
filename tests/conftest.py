"""Figures that several modules use; which tests are measured for coverage.

Measuring doubles the time of a test that verifies workbooks.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.returned import RUBRICS
from workbook.evaluations.published import load_case
from workbook.load.builtin import published_path

MANY = {
    "test_three_engines", "test_rules", "test_composed", "test_examples", "test_open_points", "test_overlay",
    "test_changes", "test_verify_harmful", "test_verify_harmless", "test_package", "test_migrate",
    "test_first_use", "test_fuzz", "test_contradictions",
}  # fmt: skip
"""They run many cases through everything; what they reach is reached by the tests of single parts too."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that runs for each complete rubric is measured for the first one only: the same code runs."""
    others = RUBRICS[1:]
    for item in items:
        module = item.nodeid.partition("::")[0].rpartition("/")[2].removesuffix(".py")
        if module in MANY or any(rubric in item.name for rubric in others):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    """The published Yantian figures as DATA."""
    case = load_case(published_path("yantian-2023"))
    lines = [f"{key}: '{value}'" for key, value in case.data.inputs.values.items()]
    lines += [f"reason.{key}: '{text}'" for key, text in case.data.inputs.reasons.items()]
    path = tmp_path / "figures.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
