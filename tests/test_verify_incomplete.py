"""Nothing wrong, something open: a blank workbook, a missing reason, a decisive answer."""

from __future__ import annotations

import pytest

from tests.support import returned
from tests.support.returned import Issued, codes, issued, places, verified
from workbook.data.typed import with_defaults
from workbook.findings import Severity
from workbook.layout.names import Place
from workbook.rubric.inputs import BLANK
from workbook.rubric.keys import Sort
from workbook.rubric.states import FieldState
from workbook.scorer.evaluate import evaluate
from workbook.verifier.verification import Verdict, Verification

pytestmark = pytest.mark.parametrize("rubric_id", returned.RUBRICS)


@pytest.fixture
def case(rubric_id: str) -> Issued:
    return issued(rubric_id)


def incomplete(report: Verification) -> None:
    assert report.verdict is Verdict.INCOMPLETE, [(f.code, f.cell, f.message) for f in report.findings]
    assert codes(report, Severity.ERROR) == set()


def test_blank_template(case: Issued) -> None:
    """Every field that would be open for the reference is named at its cell, with its label."""
    states = evaluate(case.rubric, with_defaults(case.rubric, BLANK)).fields
    expected = {field: case[field] for field, state in states.items() if state is FieldState.OPEN}
    report = verified(case.blank)
    incomplete(report)
    assert codes(report) == {"FIELD_OPEN"}
    assert places(report, "FIELD_OPEN") == list(expected.values())
    assert len(expected) > 50
    labels = {case.rubric.field[field].label for field in expected}
    assert all(any(label in f.message for label in labels) for f in report.findings)
    assert report.evaluation is not None
    assert report.evaluation.attainable == (0, 100)
    assert report.evaluation.grade is None


def test_one_field_blank(case: Issued) -> None:
    data = returned.by_openpyxl(returned.with_cell(case.filled, case["petition_cases"], returned.EMPTY))
    report = verified(data)
    incomplete(report)
    assert case["petition_cases"] in places(report, "FIELD_OPEN")
    assert report.evaluation is not None
    low, high = report.evaluation.attainable
    assert low < high


def deducted(case: Issued) -> list[str]:
    evaluation = verified(case.filled).evaluation
    assert evaluation is not None
    return [one.indicator.id for one in evaluation.indicators if one.score < one.indicator.points]


def test_missing_reason(case: Issued) -> None:
    cells: list[Place] = [case[f"reason.{one}"] for one in deducted(case)]
    data = returned.by_openpyxl(
        returned.with_cells(case.filled, dict.fromkeys(cells, returned.EMPTY)),
    )
    report = verified(data)
    incomplete(report)
    assert places(report, "REASON_OPEN") == cells
    assert [f.indicator for f in report.findings if f.code == "REASON_OPEN"] == deducted(case)
    assert report.evaluation is not None
    assert report.evaluation.total == verified(case.filled).evaluation.total  # type: ignore[union-attr]


UNSEEN = ("\u200b", "\u3164\u2800", "\u0301\ufe0f")
"""Signs that nobody sees: a joiner, fillers, marks that nothing bears."""


@pytest.mark.parametrize("blank", [" ", "  ", "\u3000", "\n", "\t", "\u00a0", " \u3000 ", *UNSEEN])
def test_reason_of_blanks(case: Issued, blank: str) -> None:
    """Excel's TRIM takes away ASCII blanks only: a reason of any others looks given and says nothing.

    Nor does one of signs that nobody sees.
    """
    place = case[f"reason.{deducted(case)[0]}"]
    report = verified(returned.by_openpyxl(returned.with_cell(case.filled, place, returned.text(blank))))
    assert places(report, "REASON_OPEN") == [place]
    wrong = codes(report, Severity.ERROR)
    assert wrong == (set() if not blank.strip(" ") else {"INPUT_TEXT"})
    if wrong:
        assert places(report, "INPUT_TEXT") == [place]


@pytest.mark.parametrize("blank", UNSEEN)
def test_evidence_of_signs_that_nobody_sees(case: Issued, blank: str) -> None:
    place = next(
        one for key, one in case.template.inputs.items() if (key.sort, key.part) == (Sort.DOCUMENT, "name")
    )
    report = verified(returned.with_cell(case.filled, place, returned.text(blank)))
    assert report.verdict is Verdict.FAIL
    assert places(report, "INPUT_TEXT") == [place]


@pytest.mark.parametrize("blank", [" ", "\u3000", "\n", *UNSEEN])
def test_department_of_blanks(case: Issued, blank: str) -> None:
    report = verified(returned.with_cell(case.filled, case["department"], returned.text(blank)))
    assert report.verdict is Verdict.FAIL
    assert places(report, "INPUT_TEXT") == [case["department"]]


SCOPES = {
    "improper_spending": ("spending_regular", "accounting_regular"),
    "supervision_unproven": ("special_fund_rated_poor",),
    "classified_department": ("budget_disclosure", "accounts_disclosure"),
}
"""Vetoes and exemptions of both rubrics, with fields that matter to nothing else."""


@pytest.mark.parametrize("decisive", SCOPES)
def test_decisive_answer_settles_its_scope(case: Issued, decisive: str) -> None:
    """With 是, the scope's other fields are not open; with 否 or without an answer, they are."""
    cells = {case[field]: returned.EMPTY for field in SCOPES[decisive]}

    def open_with(answer: tuple[str, str]) -> set[Place]:
        data = returned.with_cells(case.filled, {**cells, case[decisive]: answer})
        report = verified(returned.by_openpyxl(data))
        assert codes(report, Severity.ERROR) == set()
        return set(places(report, "FIELD_OPEN"))

    assert open_with(returned.text("是")) == set()
    assert open_with(returned.text("否")) == set(cells)
    assert case[decisive] in open_with(returned.EMPTY)
