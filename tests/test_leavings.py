"""The catalogue of what honest programs leave behind: all of it passes, with notes at most."""

from __future__ import annotations

import pytest

from tests import leavings
from tests.leavings.kit import ENTRIES
from tests.support import returned
from tests.support.returned import issued, verified
from workbook.findings import Severity
from workbook.verifier.verdict import Verdict

assert leavings.__all__
LEAST = 120


@pytest.mark.parametrize("number", range(len(ENTRIES)), ids=lambda number: ENTRIES[number].title)
def test_passes(number: int) -> None:
    """Each on one of the complete rubrics in turn."""
    entry, rubric_id = ENTRIES[number], returned.RUBRICS[number % 2]
    report = verified(entry.apply(issued(rubric_id)))
    found = [(f.code, f.sheet, f.cell, f.message) for f in report.findings if f.severity is not Severity.NOTE]
    assert report.verdict is Verdict.PASS, found[:5]
    assert {code for code, *_ in found} == entry.warnings, found[:5]


def test_the_catalogue_is_large_enough() -> None:
    assert len({(entry.program, entry.name) for entry in ENTRIES}) == len(ENTRIES) >= LEAST
    assert len({entry.program.split()[0] for entry in ENTRIES}) >= 12
