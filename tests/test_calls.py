"""Formulas of an officer's own stay inside of the file, or are named with what leads out."""

from __future__ import annotations

import time

import pytest

from tests.support.returned import issued, verified
from tests.tricks.books import TRICKS
from workbook.verifier.integrity.calls import World, outside

FILE = World(frozenset({"数据填报", "s1", "s2", "我'的", "a (2)"}), frozenset({"我的函数"}))


@pytest.mark.parametrize(
    "formula",
    [
        "S1!A1",
        "'s1'!$A$1:$B$2",
        "S1:S2!A1",
        "'S1:s2'!A1",
        "S1!A1:S2!B2",
        "'我''的'!A1",
        "=+'A (2)'!A1",
        "S1!#REF!",
        "#REF!",
        "SUM(表1[金额],[@金额],表1[[#All],[甲]:[乙]])",
        "表1[['[1']']]]",
        'INDIRECT("\'"&A1&"\'!B2")',
        '"http://[1]x!A1|#"&A1',
        "1:1",
        "_xlfn._xlws.FILTER(A1:A2,A1:A2>1)",
        "_xlfn.SINGLE(A1#)",
        'IF(A1="","\'[x]\'!A1",1E-3%)',
        "甲、S1!A1",
        "我的函数(A1)+我的函数 (A2)",
        "_xlfn.SOONER(A1)",
        "QUERY(A1:B2,1)+EASTERSUNDAY(2024)",
        'HYPERLINK("#S1!A1","甲")&HYPERLINK("https://x.gov.cn/a.exe",A1)',
        '{1,-2;TRUE,"[1]"}',
        '__xludf.DUMMYFUNCTION("QUERY(A1:B2,""select A"")")',
        "",
    ],
)
def test_inside(formula: str) -> None:
    assert outside(formula, FILE) == ""


@pytest.mark.parametrize(
    ("formula", "what"),
    [
        ("SUM(S3!A1)", "S3!"),
        ("S1:S3!A1", "S3!"),
        ("'S1:[1]S2'!A1", "'S1:[1]S2'!"),
        ("1+'C:\\x\\[b]S1'!A1", "'C:\\x\\[b]S1'!"),
        ("[a]S1!A1", "[a]S1!A1"),
        ("[a.xlsx] S1!A1", "[a.xlsx] S1!A1"),
        ("[1]", "[1]"),
        ("a[b]S1!A1", "[b]S1!A1"),
        ("'S1'#$S1.A1", "'S1'#$S1.A1"),
        ("A1#$x", "#$x"),
        ("cmd|a!b", "|a!b"),
        ('"a', '"a'),
        ("IF(1,Exec(1))", "Exec("),
        ("WebService\u00a0(1)", "WebService("),
        ("_xlfn.IMAGE(S1!A1)", "_xlfn.IMAGE("),
        ("LINKED(1)", "LINKED("),
        ('BDP("x","y")', "BDP("),
        ("他的函数(A1)", "他的函数("),
        ('HYPERLINK("file:///C:/a/b.exe")', "file:///C:/a/b.exe"),
        ('HYPERLINK("\\\\s\\a.bat#"&A1,"x")', "\\\\s\\a.bat#"),
        ('HYPERLINK("ms-word:ofe|u|x")', "ms-word:ofe|u|x"),
        ("GET.CELL(1,A1)", "GET.CELL("),
        ('INDIRECT(IF(1,"[a]S1!A1",""))', "[a]S1!A1"),
        ('__xludf.DUMMYFUNCTION("IMPORTRANGE(""x"")")', "IMPORTRANGE("),
        ("__xludf.OTHER(1)", "__xludf.OTHER("),
    ],
)
def test_outside(formula: str, what: str) -> None:
    assert outside(formula, FILE) == what


def test_a_name_left_over_is_told_with_its_remedy() -> None:
    """What is pasted from another file leaves names, which are hard to find without being told where."""
    trick = next(one for one in TRICKS if one.name == 'name name="外部" [1]Sheet1!$A$1')
    (finding,) = (
        one for one in verified(trick.change(issued("yantian-2023"))).findings if one.code == "CALLS_OUT"
    )
    assert "名称“外部”" in finding.message and "[1]Sheet1!" in finding.message
    assert "名称管理器" in finding.fix


@pytest.mark.parametrize(
    "long", ["A" * 50_000, "9" * 50_000 + "x!", "(" * 30_000 + '"a"', "甲" * 50_000 + '"', "[a]" * 20_000]
)
def test_long_formulas_take_no_time(long: str) -> None:
    """A sign more costs no more than a sign: with squares of it, each of these would take a minute."""
    start = time.process_time()
    outside(long, FILE)
    assert time.process_time() - start < 5
