"""Every trick of the catalogue is seen: its code as an error, at its sheet and cell; nothing of it passes."""

from __future__ import annotations

import pytest

from tests.support import returned
from tests.support.returned import issued, verified
from tests.tricks.catalogue import ALL
from workbook.findings import Severity
from workbook.verifier.verification import Verdict


@pytest.mark.parametrize("number", range(len(ALL)), ids=[trick.name for trick in ALL])
def test_trick(number: int) -> None:
    trick = ALL[number]
    case = issued(returned.RUBRICS[number % len(returned.RUBRICS)])
    report = verified(trick.change(case))
    said = [(one.code, one.sheet, one.cell) for one in report.findings if one.severity is Severity.ERROR]
    assert report.verdict in {Verdict.FAIL, Verdict.UNREADABLE}, [one.code for one in report.findings]
    cell = None if trick.cell is None else trick.cell(case)
    assert any(
        code == trick.code and (trick.sheet is None or sheet == trick.sheet) and (cell is None or ref == cell)
        for code, sheet, ref in said
    ), said[:6]


def test_names_are_unique() -> None:
    assert len({trick.name for trick in ALL}) == len(ALL)
