"""The catalogue of changes: every one starts from a workbook that passes.

Harmful ones must fail with their code at their cell; harmless ones must still pass.
"""

from __future__ import annotations

import pytest

from tests.changes.harmful import HARMFUL
from tests.changes.harmless import HARMLESS
from tests.support import returned
from tests.support.returned import issued, places, verified
from workbook.findings import Severity
from workbook.verifier.verification import Verdict


@pytest.mark.parametrize("rubric_id", returned.RUBRICS)
@pytest.mark.parametrize("kind", HARMFUL)
def test_harmful(kind: str, rubric_id: str) -> None:
    change, code = HARMFUL[kind]
    data, place = change(issued(rubric_id))
    report = verified(data)
    assert report.verdict is Verdict.FAIL, [(f.code, f.cell) for f in report.findings]
    found = [one for one in report.findings if one.code == code]
    assert found, [(f.code, f.sheet, f.cell) for f in report.findings]
    assert all(one.severity is Severity.ERROR and one.message and one.fix for one in found)
    if place is not None:
        assert place in places(report, code)


@pytest.mark.parametrize("rubric_id", returned.RUBRICS)
@pytest.mark.parametrize("kind", HARMLESS)
def test_harmless(kind: str, rubric_id: str) -> None:
    report = verified(HARMLESS[kind](issued(rubric_id)))
    assert report.verdict is Verdict.PASS, [(f.code, f.sheet, f.cell) for f in report.findings]


def test_the_catalogue_is_large_enough() -> None:
    assert len(HARMFUL) >= 50
    assert len(HARMLESS) >= 15
