"""Published reports without a scored annex: what their figures decide, and whether the cases say it right."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tests.support.returned import codes, number, text, verified, with_cell
from workbook.api import new_workbook
from workbook.cli.partial import partial_good, partial_result, printed_result
from workbook.evaluations.implied import implied
from workbook.evaluations.printed import printed_rates, stated_contradictions, unstated_checks
from workbook.evaluations.published import PublishedCase, load_case, published_cases
from workbook.findings import Refused, Severity
from workbook.load.builtin import published_path
from workbook.rubric.keys import Key
from workbook.scorer.evaluate import evaluate
from workbook.template.draw import draw
from workbook.verifier.verification import Verdict

PARTIAL = [case for case in published_cases() if not case.complete]
BUREAU, CENTRE, LONGHUA = "shenzhen-2024.city-bureau", "shenzhen-2024.bigdata-centre", "longhua-2020"

DECIDED = {
    BUREAU: {"disclosure": "3", "staff_control": "1", "public_expenses": "6"},
    CENTRE: {"asset_use": "1", "staff_control": "1", "public_expenses": "6"},
    LONGHUA: {
        "asset_use": "1", "public_expenses": "5", "budget_execution": "6", "key_tasks": "8",
        "project_timeliness": "6", "public_satisfaction": "6",
    },
}  # fmt: skip
RANGES = {
    BUREAU: ("10", "100", "11.80", "99.80"),
    CENTRE: ("8", "100", "10.90", "99.90"),
    LONGHUA: ("32", "99", "34.42", "98.92"),
}
"""What is attainable by whole indicators, and when the scored items of open ones count."""


def case_of(name: str) -> PublishedCase:
    return load_case(published_path(name))


def result_of(case: PublishedCase) -> dict:
    evaluation = evaluate(case.rubric, case.data.inputs)
    report = verified(new_workbook(case.rubric, inputs=case.data.inputs))
    return {
        **printed_result(case, evaluation),
        **partial_result(case, evaluation),
        "verdict": report.verdict.value,
    }


def with_values(case: PublishedCase, **values: str | None) -> PublishedCase:
    """The case with other figures; None takes one away."""
    kept = {key: value for key, value in case.data.inputs.values.items() if key not in values}
    put = {key: Decimal(value) for key, value in values.items() if value is not None}
    return replace(case, data=replace(case.data, inputs=replace(case.data.inputs, values={**kept, **put})))


def edited(folder: Path, name: str, stands: str, other: str) -> Path:
    """A case file with a piece of its text replaced."""
    content = published_path(name).read_text(encoding="utf-8")
    assert content.count(stands) == 1, stands
    path = folder / f"{name}.yaml"
    path.write_text(content.replace(stands, other), encoding="utf-8")
    return path


def test_the_three_reports_are_there_and_assume_nothing() -> None:
    assert {case.id for case in PARTIAL} == {BUREAU, CENTRE, LONGHUA}
    assert {case.id: case.total and str(case.total) for case in PARTIAL} == {
        BUREAU: "97.53",
        CENTRE: "97.62",
        LONGHUA: None,
    }
    for case in PARTIAL:
        assert not case.assumed
        assert not case.scores


@pytest.mark.parametrize("case", PARTIAL, ids=lambda case: case.id)
def test_what_the_printed_figures_decide(case: PublishedCase) -> None:
    evaluation = evaluate(case.rubric, case.data.inputs)
    scores = {one.indicator.id: one.score for one in evaluation.indicators if one.score is not None}
    assert scores == {key: Fraction(value) for key, value in DECIDED[case.id].items()}
    known = implied(evaluation, None)
    found = (*evaluation.attainable, known.low, known.high)
    assert found == tuple(map(Fraction, RANGES[case.id]))


@pytest.mark.parametrize("case", PARTIAL, ids=lambda case: case.id)
def test_the_range_contains_the_total_and_the_workbook_is_incomplete(case: PublishedCase) -> None:
    result = result_of(case)
    assert result["contains"] is (None if case.total is None else True)
    assert result["verdict"] == Verdict.INCOMPLETE.value
    assert partial_good(result)
    report = verified(new_workbook(case.rubric, inputs=case.data.inputs))
    assert "CHECK_FAILED" not in codes(report, Severity.ERROR)


@pytest.mark.parametrize("case", PARTIAL, ids=lambda case: case.id)
def test_every_printed_rate_comes_out_at_its_decimals(case: PublishedCase) -> None:
    rates = printed_rates(case, evaluate(case.rubric, case.data.inputs))
    assert rates
    assert {one.rate for one in rates if not one.equal} == {one.rate for one in rates if one.stated}


def test_rates_without_decimals_are_compared_without() -> None:
    case = case_of(BUREAU)
    (rate,) = [
        one
        for one in printed_rates(case, evaluate(case.rubric, case.data.inputs))
        if one.rate == "procurement_rate"
    ]
    assert (rate.printed, rate.computed, rate.exact) == ("88%", "88%", "88.0162%")
    other = replace(case, printed_rates={**case.printed_rates, "procurement_rate": "88.0%"})
    assert all(one.equal for one in printed_rates(other, evaluate(case.rubric, case.data.inputs)))
    wrong = replace(case, printed_rates={**case.printed_rates, "procurement_rate": "88.1%"})
    assert not printed_result(wrong, evaluate(case.rubric, case.data.inputs))["as_stated"]


def test_contradictions_of_longhua() -> None:
    case = case_of(LONGHUA)
    evaluation = evaluate(case.rubric, case.data.inputs)
    stated = stated_contradictions(case, evaluation)
    assert {one.contradiction.about for one in stated} == {
        "budget_parts", "basic_parts", "adjusted_parts", "procurement_parts", "q4_progress_rate",
        "q4_uncapped_rate", "vehicle_drop_rate", "satisfaction_agrees", "fiscal_income",
    }  # fmt: skip
    assert all(one.found and one.name for one in stated)
    assert unstated_checks(case, evaluation) == ()


@pytest.mark.parametrize(
    ("values", "about"),
    [
        ({"initial_budget": "17110"}, "budget_parts"),
        ({"personnel_initial_budget": "1174"}, "basic_parts"),
        ({"adjusted_basic": "2409.18"}, "adjusted_parts"),
        ({"procurement_goods": "215.13"}, "procurement_parts"),
        ({"q4_spending": None, "total_spending": None}, "q4_progress_rate"),
        ({"vehicle_decrease": "8.23"}, "vehicle_drop_rate"),
        ({"survey_satisfaction": "0.9802"}, "satisfaction_agrees"),
        ({"carried_out": "0.76"}, "fiscal_income"),
    ],
)  # fmt: skip
def test_a_stated_contradiction_that_is_not_there_is_a_failure(
    values: dict[str, str | None], about: str
) -> None:
    mended = with_values(case_of(LONGHUA), **values)
    evaluation = evaluate(mended.rubric, mended.data.inputs)
    found = {one.contradiction.about: one.found for one in stated_contradictions(mended, evaluation)}
    assert found[about] is False
    assert not printed_result(mended, evaluation)["as_stated"]


def test_a_contradiction_stated_with_other_figures_is_not_there(tmp_path: Path) -> None:
    case = load_case(edited(tmp_path, LONGHUA, "computed: 24041.76", "computed: 24041.77"))
    stated = stated_contradictions(case, evaluate(case.rubric, case.data.inputs))
    assert [one.contradiction.about for one in stated if not one.found] == ["adjusted_parts"]


def test_a_check_that_fails_unsaid_is_a_failure() -> None:
    case = with_values(case_of(BUREAU), sangong_travel_spent="17.49")
    evaluation = evaluate(case.rubric, case.data.inputs)
    assert [check.id for check in unstated_checks(case, evaluation)] == ["sangong_parts"]
    assert not partial_good(result_of(case))


def test_a_total_beyond_the_range_is_a_failure() -> None:
    case = replace(case_of(CENTRE), total=Decimal("99.95"))  # not with the items that are scored
    result = result_of(case)
    assert result["contains"] is False
    assert not partial_good(result)
    assert {one["least"] for one in result["implied"]["open"]} == {None}


def test_a_garbled_number_is_refused_and_said(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        load_case(
            edited(
                tmp_path, LONGHUA, "  carried_out: 0.75", "  carried_out: 0.75\n  fiscal_income: 24.000.30"
            )
        )
    assert [one.code for one in refused.value.findings] == ["INPUT_NOT_NUMBER"]
    assert "24.000.30" in refused.value.findings[0].message
    case = case_of(LONGHUA)
    place = draw(case.rubric)[1].inputs[Key.input("fiscal_income")]
    blank = new_workbook(case.rubric, inputs=case.data.inputs)
    report = verified(with_cell(blank, place, text("24.000.30")))
    assert [one.cell for one in report.findings if one.code == "INPUT_NOT_NUMBER"] == [place.cell]
    assert "INPUT_NOT_NUMBER" not in codes(verified(with_cell(blank, place, number(24000.30))))


@pytest.mark.parametrize(
    ("stands", "other", "named"),
    [
        ("  timely_rate: 100%\n", "  timly_rate: 100%\n", "timely_rate"),
        ("checks: [budget_parts]", "checks: [budget_part]", "budget_parts"),
        ("rate: vehicle_drop_rate\n", "rate: vehicle_rate\n", "vehicle_drop_rate"),
        ("field: fiscal_income", "field: fiscal_incom", "fiscal_income"),
        ("printed_rates:", "printed_rate:", "printed_rates"),
    ],
)
def test_a_case_file_names_what_is_there(stands: str, other: str, named: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        load_case(edited(tmp_path, LONGHUA, stands, other))
    (finding,) = refused.value.findings
    assert finding.line is not None
    assert named in finding.fix


@pytest.mark.parametrize("name", [BUREAU, CENTRE])
def test_what_a_total_implies(name: str) -> None:
    case = case_of(name)
    assert case.total is not None
    known = implied(evaluate(case.rubric, case.data.inputs), Fraction(case.total))
    assert known.lost == 100 - Fraction(case.total)
    assert known.left == known.high - Fraction(case.total)
    least = {one.indicator.id: one.least for one in known.open}
    assert least["key_tasks"] == 8  # one unfinished would lose 4
    assert least["public_satisfaction"] == 4  # 3.73 is no band
    assert least["effectiveness"] == 25 - known.left
    assert least["project_supervision"] == 0
    for one in known.open:
        assert one.least is not None
        assert one.low <= one.least <= one.high
