"""Every deceit of the second catalogue is seen at its place, and what was read before changes none of it."""

from __future__ import annotations

import random

import pytest

from tests.deceits.catalogue import DECEITS, made
from tests.support import returned
from tests.support.returned import codes, issued, verified
from workbook.findings import Severity
from workbook.returned.registry import Registry
from workbook.verifier import verify
from workbook.verifier.verification import Verdict, Verification


def test_the_catalogue_is_large() -> None:
    assert len(DECEITS) >= 250


@pytest.mark.parametrize("name", DECEITS)
def test_deceit(name: str) -> None:
    trick, report = DECEITS[name], verified(made(name))
    assert report.verdict in {Verdict.FAIL, Verdict.UNREADABLE}, codes(report)
    found = [one for one in report.findings if one.code == trick.code and one.severity is Severity.ERROR]
    assert found, codes(report)
    if isinstance(trick.at, str):
        assert any(trick.at in one.message for one in found), [one.message for one in found]
    else:
        places = {(one.sheet, one.cell if trick.at.cell else "") for one in found}
        assert (trick.at.sheet, trick.at.cell) in places


def _said(report: Verification) -> tuple[Verdict, frozenset[str]]:
    return report.verdict, frozenset(codes(report))


@pytest.mark.long
def test_the_order_of_files_changes_nothing() -> None:
    """In twenty batches of any order, and some of them alone with nothing read before."""
    registry, chance = Registry(), random.Random(7)
    names = list(DECEITS)
    chance.shuffle(names)
    together = {}
    for start in range(20):
        batch = names[start::20]
        reports = verify.verify_batch([(name, made(name)) for name in batch], registry, quick=True)
        together.update(zip(batch, map(_said, reports), strict=True))
    for name in chance.sample(names, 60):
        registry.forget()
        assert _said(verify.verify_batch([(name, made(name))], registry, quick=True)[0]) == together[name], (
            name
        )


def test_colours_of_a_texts_parts_depend_on_the_theme() -> None:
    """The same bytes of a row, dark under one theme and white under another, in either order."""
    case = issued(returned.RUBRICS[0])
    part = returned.sheet_part(case.filled, "评分表")
    rich = (
        '<is><r><rPr><rFont val="微软雅黑"/><color theme="1"/></rPr><t xml:space="preserve">{}</t></r></is>'
    )
    text = case.template.sheet["评分表"].texts["F4"]
    inner = rich.format(returned.escape(text)).replace("\\", "\\\\")
    honest = returned.in_part(
        case.filled,
        part,
        r'<c r="F4"( s="\d+") t="s"><v>\d+</v></c>',
        rf'<c r="F4"\1 t="inlineStr">{inner}</c>',
    )
    white = '<a:dk1><a:srgbClr val="FFFFFF"/></a:dk1>'
    false = returned.in_part(honest, "xl/theme/theme1.xml", "(?s)<a:dk1>.*?</a:dk1>", white)
    files = [("honest", honest)] * 3 + [("false", false)] * 2 + [("honest", honest)]
    reports = verify.verify_batch(files, Registry())
    assert [one.verdict for one in reports] == [Verdict.PASS] * 3 + [Verdict.FAIL] * 2 + [Verdict.PASS]
