"""Every deceit of the second catalogue is seen at its place, and what was read before changes none of it."""

from __future__ import annotations

import functools
import random

import pytest

from tests.deceits.catalogue import DECEITS, made
from tests.support import returned
from tests.support.readings import reading
from tests.support.returned import codes, issued, verified
from workbook.findings import Severity
from workbook.verifier import verify
from workbook.verifier.registry import Registry
from workbook.verifier.verdict import Report, Verdict
from workbook.xlsx_reader import read
from workbook.xlsx_reader.memory import Memory


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


def _said(report: Report) -> tuple[Verdict, frozenset[str]]:
    return report.verdict, frozenset(codes(report))


def _remembering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing read before, from here on."""
    reader = functools.partial(read.read_workbook, memory=Memory())
    monkeypatch.setattr(verify, "read_workbook", reader)


def test_the_order_of_files_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file is read after all others as it is read alone; some are verified both ways."""
    names, memory = list(DECEITS), Memory()
    random.Random(7).shuffle(names)
    for name in names:
        data = made(name)
        assert reading(data, memory) == reading(data, Memory()), name
    registry = Registry()
    monkeypatch.setattr(verify, "read_workbook", functools.partial(read.read_workbook, memory=memory))
    some = [(name, made(name)) for name in names[:60]]
    together = [_said(one) for one in verify.verify_batch(some, registry, quick=True)]
    for file, said in zip(some, together, strict=True):
        _remembering(monkeypatch)
        assert _said(verify.verify_batch([file], registry, quick=True)[0]) == said, file[0]


def test_colours_of_a_texts_parts_depend_on_the_theme(monkeypatch: pytest.MonkeyPatch) -> None:
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
    _remembering(monkeypatch)
    reports = verify.verify_batch(files, Registry())
    assert [one.verdict for one in reports] == [Verdict.PASS] * 3 + [Verdict.FAIL] * 2 + [Verdict.PASS]
