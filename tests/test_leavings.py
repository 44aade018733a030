"""The catalogue of what honest programs leave behind: all of it passes, with notes at most."""

from __future__ import annotations

import pytest

from tests import leavings
from tests.leavings.kit import ENTRIES, Leaving
from tests.support import returned
from tests.support.returned import issued, verified
from workbook.findings import Severity
from workbook.verifier.verdict import Verdict

assert leavings.__all__
LEAST = 120


@pytest.mark.parametrize("rubric_id", returned.RUBRICS)
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.program}: {entry.name}")
def test_passes(entry: Leaving, rubric_id: str) -> None:
    report = verified(entry.apply(issued(rubric_id)))
    found = [(f.code, f.sheet, f.cell, f.message) for f in report.findings if f.severity is not Severity.NOTE]
    assert report.verdict is Verdict.PASS, found[:5]
    assert {code for code, *_ in found} == entry.warnings, found[:5]


def test_the_catalogue_is_large_enough() -> None:
    assert len({(entry.program, entry.name) for entry in ENTRIES}) == len(ENTRIES) >= LEAST
    assert len({entry.program.split()[0] for entry in ENTRIES}) >= 12
