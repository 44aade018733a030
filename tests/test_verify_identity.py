"""Whose workbook is it, and did the officer see what recalculation gives? Raw edits, saved values kept."""

from __future__ import annotations

import dataclasses
import re

import pytest

from tests.support import returned
from tests.support.identity import COPIES, with_identity
from tests.support.returned import Issued, codes, issued, places, verified
from workbook.findings import Severity
from workbook.rubric.keys import Key, Sort
from workbook.template.identity import Identity
from workbook.verifier.verification import Verdict

pytestmark = pytest.mark.parametrize("rubric_id", returned.RUBRICS)


@pytest.fixture
def case(rubric_id: str) -> Issued:
    return issued(rubric_id)


def identity_of(case: Issued) -> Identity:
    values = re.findall(rb"<vt:lpwstr>([^<]*)", returned.parts(case.filled)["docProps/custom.xml"])
    return Identity(*(value.decode() for value in values))


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("part", ["rubric", "template", "spec", "issue"])
def test_one_copy_differs(case: Issued, copy: str, part: str) -> None:
    wanted = dataclasses.replace(identity_of(case), **{part: "其他"})
    report = verified(with_identity(case.filled, wanted, (copy,)))
    assert report.verdict is Verdict.FAIL
    assert codes(report, Severity.ERROR) == {"IDENTITY_DIFFERS"}
    assert report.rubric == case.rubric.id
    assert report.reference is not None


def test_all_copies_differ(case: Issued) -> None:
    data = case.filled
    for number, copy in enumerate(COPIES):
        data = with_identity(data, dataclasses.replace(identity_of(case), issue=f"x{number}"), (copy,))
    report = verified(data)
    assert report.verdict in {Verdict.FAIL, Verdict.UNREADABLE}
    assert "IDENTITY_DIFFERS" in codes(report, Severity.ERROR)


def test_rubric_of_another(case: Issued) -> None:
    other = issued(next(one for one in returned.RUBRICS if one != case.rubric.id))
    report = verified(with_identity(case.filled, identity_of(other)))
    assert report.verdict is Verdict.FAIL
    assert report.rubric == other.rubric.id
    assert {"CELL_CHANGED", "FORMULA_CHANGED"} <= codes(report, Severity.ERROR)


def test_unknown_rubric_names_the_nearest(case: Issued) -> None:
    wanted = dataclasses.replace(identity_of(case), rubric=case.rubric.id[:-1] + "9")
    report = verified(with_identity(case.filled, wanted))
    assert report.verdict is Verdict.FAIL
    (finding,) = report.findings
    assert finding.code == "RUBRIC_NOT_KNOWN"
    assert "最接近的是 " + case.rubric.id in finding.fix


@pytest.mark.parametrize("version", ["999", "draft-000000000000", "../1", "1 "])
def test_unknown_template_version(case: Issued, version: str) -> None:
    wanted = dataclasses.replace(identity_of(case), template=version)
    report = verified(with_identity(case.filled, wanted))
    assert report.verdict is Verdict.FAIL
    assert codes(report) == {"TEMPLATE_NOT_KNOWN"}
    assert report.reference is None


def test_other_spec(case: Issued) -> None:
    wanted = dataclasses.replace(identity_of(case), spec="000000000000")
    report = verified(with_identity(case.filled, wanted))
    assert report.verdict is Verdict.FAIL
    assert codes(report) == {"SPEC_DIFFERS"}


@pytest.mark.parametrize(
    "key",
    [
        Key.total(), Key.total().echo(), Key.grade(), Key.ready(), Key.low(), Key.count("open"),
        Sort.SCORE, Sort.RAW,
    ],
    ids=str,
)  # fmt: skip
def test_saved_value_changed(case: Issued, key: Key | Sort) -> None:
    """The formula is untouched; what the officer saw was another number."""
    full = next(one for one in case.template.quantities if key in (one, one.sort))
    report = verified(returned.with_cache(case.filled, case[full], "99.5"))
    assert report.verdict is Verdict.FAIL
    assert codes(report, Severity.ERROR) == {"CACHE_DIFFERS"}
    assert places(report, "CACHE_DIFFERS") == [case[full]]
    message = next(f.message for f in report.findings if f.code == "CACHE_DIFFERS")
    assert "99.5" in message


def test_saved_value_off_by_a_hundredth(case: Issued) -> None:
    assert case.rubric.indicators
    report = verified(case.filled)
    assert report.cached is not None
    wrong = f"{float(str(report.cached[Key.total()])) + 0.01:.2f}"
    changed = verified(returned.with_cache(case.filled, case["total"], wrong))
    assert places(changed, "CACHE_DIFFERS") == [case["total"]]
    shown = verified(returned.with_cache(case.filled, case["total"], "1e999"))
    assert places(shown, "CACHE_DIFFERS") == [case["total"]]


def test_one_saved_value_missing(case: Issued) -> None:
    """Only a file without any saved values comes from a program that does not calculate."""
    part = returned.sheet_part(case.filled, case["total"].sheet)
    pattern = rf'(<c r="{case["total"].cell}"[^>]*><f>[^<]*</f>)<v>[^<]*</v>'
    report = verified(returned.in_part(case.filled, part, pattern, r"\1"))
    assert places(report, "CACHE_DIFFERS") == [case["total"]]
    assert report.verdict is Verdict.FAIL


@pytest.mark.parametrize("content", ["#VALUE!", "#REF!"])
def test_saved_value_is_an_error(case: Issued, content: str) -> None:
    part = returned.sheet_part(case.filled, case["total"].sheet)
    pattern = rf'(<c r="{case["total"].cell}" s="\d+")(><f>[^<]*</f>)<v>[^<]*</v>'
    report = verified(returned.in_part(case.filled, part, pattern, rf'\1 t="e"\2<v>{content}</v>'))
    assert places(report, "CACHE_DIFFERS") == [case["total"]]


def test_stale_results(case: Issued) -> None:
    """An input was changed by a program that does not calculate but keeps the saved results."""
    field = case.rubric.field["budgeting_faults"]
    report = verified(returned.with_cell(case.filled, case[field.id], returned.number(3)))
    assert report.verdict is Verdict.FAIL
    assert codes(report, Severity.ERROR) == {"CACHE_DIFFERS"}
    assert case["total"] in places(report, "CACHE_DIFFERS")
    assert all("F9" in f.fix for f in report.findings if f.code == "CACHE_DIFFERS")
    assert report.recalculated is not None
    assert report.cached is not None
    assert report.recalculated[Key.total()] != report.cached[Key.total()]
    fresh = verified(
        returned.by_openpyxl(returned.with_cell(case.filled, case[field.id], returned.number(3)))
    )
    assert fresh.recalculated == report.recalculated
