"""Charts of returned workbooks: points that cannot be read, and points that would lead the eye elsewhere."""

from __future__ import annotations

import pytest

from tests.support.returned import RUBRICS, codes, in_part, issued, parts, verified
from workbook.xlsx_reader.areas import EVERYWHERE
from workbook.xlsx_reader.old_drawings import note_area


def _chart(data: bytes) -> str:
    return next(name for name, part in parts(data).items() if "charts/chart" in name and b"<c:pt " in part)


@pytest.mark.parametrize(
    "index", ["FFFFFF", "", "-1", "1.0", "１", "9" * 5000, "0x1", "1_0"], ids=lambda one: one[:8] or "empty"
)
def test_a_point_without_a_number_is_refused(index: str) -> None:
    data = issued(RUBRICS[0]).filled
    report = verified(in_part(data, _chart(data), r'<c:pt idx="0">', f'<c:pt idx="{index}">'))
    assert report.verdict.value == "unreadable"
    assert "INTERNAL" not in codes(report)
    assert any("图表数据点的序号" in finding.message for finding in report.findings)


def test_a_point_twice_is_refused() -> None:
    data = issued(RUBRICS[0]).filled
    report = verified(
        in_part(data, _chart(data), r'<c:pt idx="0">(.*?)</c:pt>', r'\g<0><c:pt idx="0">\1</c:pt>')
    )
    assert report.verdict.value == "unreadable"


@pytest.mark.parametrize(
    "index", ["", '<c:pt idx="10000"><c:v>1</c:v></c:pt>'], ids=["alone", "and a far one"]
)
def test_a_saved_point_that_no_cell_has_is_found(index: str) -> None:
    """A point far beyond the sheet does not keep the others from being compared."""
    data = issued(RUBRICS[0]).filled
    changed = in_part(
        data, _chart(data), r"(<c:numCache>(?s:.*?)<c:v>)[^<]*(</c:v></c:pt>)", rf"\g<1>0.123456\2{index}"
    )
    report = verified(changed)
    assert "CHART_CHANGED" in codes(report)
    assert report.verdict.value == "fail"


@pytest.mark.parametrize("anchor", ["--1,0,0,0,1,0,1,0", "9" * 5000 + ",0,0,0,1,0,1,0", "1,2"])
def test_a_note_whose_place_cannot_be_read_lies_everywhere(anchor: str) -> None:
    assert note_area(anchor) == EVERYWHERE
    assert note_area("1, 0, 2, 0, 3, 0, 4, 0") != EVERYWHERE
