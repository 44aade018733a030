"""Reading of reports against the gold list of two readers, and against other people's wording."""

from __future__ import annotations

import re

import pytest

from tests.readme import README
from tests.report_reading.measure import REPORTS, gold, measured, report_text, together

RECALL, PRECISION = 0.90, 0.97
OTHERS = 0.85
LEAST = {"yantian-2023": 60, "dapeng-2024": 60, "longhua-2020": 50}
"""Labels that the long reports must have; the third prints no more than these."""


@pytest.mark.parametrize("report", REPORTS)
def test_gold_labels_stand_in_the_text(report: str) -> None:
    lines = report_text(report).split("\n")
    for label in gold(report):
        assert label["number"].replace(" ", "") in lines[label["line"] - 1].replace(" ", ""), label
    counted = sum(label["counted"] for label in gold(report))
    assert counted >= LEAST.get(report, 20)


@pytest.mark.parametrize("report", REPORTS)
def test_recall_and_precision(report: str) -> None:
    one = measured(report)
    assert one.recall >= RECALL, one.missed
    assert one.precision >= PRECISION, one.wrong


@pytest.mark.parametrize("paragraphs", ["made_up", "made_up_2", "made_up_3", "made_up_4"])
def test_other_wording(paragraphs: str) -> None:
    one = together(paragraphs)
    assert one.recall >= OTHERS, one.missed
    assert one.precision >= PRECISION - 0.005, one.wrong


def test_the_docs_tell_what_is_measured() -> None:
    page = (README.parent / "docs" / "reports.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| (\w[\w-]+) \| (\d+) \| ([\d.]+) % \| ([\d.]+) %", page, re.M)
    assert len(told) == len(REPORTS) + 4
    readme = README.read_text(encoding="utf-8")
    for name, labels, recall, precision in told:
        one = measured(name) if name in REPORTS else together(name)
        assert (labels, recall, precision) == (
            str(one.labels),
            f"{one.recall:.1%}"[:-1],
            f"{one.precision:.1%}"[:-1],
        )
        if name in REPORTS:
            assert f"| {name} | {labels} | {recall} % | {precision} % |" in readme
