"""Formats of dates, read as somebody reads figures in Chinese; units behind numbers."""

from __future__ import annotations

import pytest

from workbook.verifier.integrity.dates import date_parts
from workbook.verifier.integrity.formats import Sort, shape_of


@pytest.mark.parametrize(
    "style",
    [
        "yyyy-mm-dd", "yyyy/m/d;@", "[$-804]yyyy\\-mm\\-dd;@", 'yyyy"年"m"月"d"日"', "yyyy年m月d日",
        "yyyymmdd", "yy-m-d", "yyyy.mm.dd",
        "d-mmm-yy", "[$-409]mmmm d, yyyy", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "[DBNum1]yyyy年m月d日",
        "yyyy-mm-dd hh:mm:ss",
        "m月d日yyyy年", "hh:mm yyyy m d", "[Red]yyyy-mm-dd", "yyyy-mm-dd aaaa", "yyyy-mm-dd AM/PM h:mm",
        'yyyy"年"m"月"d"号"',
        "yyyy/m/d h:mm", "YYYY-MM-DD",
    ],
)  # fmt: skip
def test_read_as_meant(style: str) -> None:
    shape = shape_of(style)
    assert shape.sort is Sort.DATE
    assert {"y", "m", "d"} <= set(shape.parts)


@pytest.mark.parametrize(
    "style",
    [
        "yyyy-dd-mm", "d/m/yyyy", "m/d/yyyy", "m-d-yy", "mm-dd-yy", "dd.mm.yyyy", "ddmmyyyy",
        "mmddyyyy", "yymd", "yyyymd", "yyyy-mm:mm-dd",
        'yyyy"年"d"月"m"日"', "yyyy年d月m日", "yyyy-yy-mm-dd", "yyyy-hh:mm-dd", "yyyy-mm", "m月d日",
        "yyyy-mmmmm-dd", "yyyy mmmm dddd",
        "d年m月yyyy日", "e-mm-dd", "ge年m月d日", "yyyy-mm-dd\"", "yyyy二-mm-dd", "[$-41E]yyyy-mm-dd",
        "[White]yyyy-mm-dd", "h:mm",
    ],
)  # fmt: skip
def test_read_as_another_day(style: str) -> None:
    shape = shape_of(style)
    assert shape.sort is Sort.OTHER or not {"y", "m", "d"} <= set(shape.parts)


def test_times_are_no_days() -> None:
    assert date_parts("[h]:mm:ss") == "hns"
    assert date_parts("mm:ss.0") == "ns"
    assert date_parts("0.00") == ""


@pytest.mark.parametrize(
    "style",
    [
        '0.00"万元"',
        '#,##0.00 "万元"',
        '0.00\\ "万元"',
        '#,##0.00"（万元）"',
        '0.00"(万元)"',
        '0.00_ " 万元 "',
        '0.00"万元";-0.00 "万元"',
    ],
)
def test_units_behind_numbers(style: str) -> None:
    assert shape_of(style).sort is Sort.NUMBER


@pytest.mark.parametrize(
    "style",
    [
        '0.00"元"',
        '0.00 "亿元"',
        '0.00"（元）"',
        '0.00"(万元"',
        '0.00"万元"0',
        '0.00"0万元"',
        '0.00 "万 元"',
        '0.00,"万元"',
        '0.00"万元万元"',
    ],
)
def test_other_units(style: str) -> None:
    assert shape_of(style).sort is Sort.OTHER
