"""The written files against what makes Excel offer a repair, and each check against its damage."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

import pytest

from tests.support.package import CHECKS, package_problems, problems_by_check
from tests.support.package.damages import DAMAGES, Damage, named, specimen
from tests.support.package.formulas import Known, formula_problems
from workbook.api import new_workbook
from workbook.evaluations.published import PublishedCase, published_cases
from workbook.load.builtin import builtin_ids
from workbook.load.rubric import load_rubric

_EVERY_RULE = Path(__file__).resolve().parent / "specs" / "every_rule.yaml"


@cache
def _blank(rubric: str | Path) -> bytes:
    return new_workbook(load_rubric(rubric))


def _filled(case: PublishedCase) -> bytes:
    return new_workbook(case.rubric, inputs=case.data.inputs)


# what is issued


@pytest.mark.parametrize("rubric", [*builtin_ids(), _EVERY_RULE], ids=str)
def test_blank(rubric: str | Path) -> None:
    assert package_problems(_blank(rubric)) == []


@pytest.mark.parametrize("case", published_cases(), ids=lambda case: case.id)
def test_filled(case: PublishedCase) -> None:
    assert package_problems(_filled(case)) == []


# what the checks find


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda one: f"{one.check}:{one.expected[:40]}")
def test_damage_is_found(damage: Damage) -> None:
    data, expected = damage.done(_blank(_EVERY_RULE))
    found = problems_by_check(data).get(damage.check, [])
    assert any(problem.startswith(expected) for problem in found), (expected, found)


def _added(data: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def test_entry_twice() -> None:
    found = problems_by_check(_added(specimen(), "XL/Workbook.xml", b"<workbook/>"))
    assert found["entries_once"] == ["xl/workbook.xml: 2 entries of this name in the zip"]


def test_part_without_a_content_type() -> None:
    found = problems_by_check(_added(specimen(), "xl/media/a.png", b""))
    assert found == {"content_types": ["[Content_Types].xml xl/media/a.png: no content type"]}


def test_relationships_of_no_part() -> None:
    part = "xl/worksheets/_rels/sheet99.xml.rels"
    found = problems_by_check(_added(specimen(), part, b"<Relationships/>"))
    assert found == {"relationships": [f"{part}: the relationships of a part that is not there"]}


def test_no_zip() -> None:
    assert package_problems(b"PK") == ["not a zip file: File is not a zip file"]


def test_every_check_has_a_damage() -> None:
    shown = {damage.check for damage in DAMAGES} | {"entries_once"}
    assert shown == {check.__name__ for check in CHECKS}


# what the checks leave alone


def test_specimen() -> None:
    assert package_problems(specimen()) == []


@pytest.mark.parametrize(
    "name", ["XFE1", "A1048577", "甲_原值", "一季度3", "R1048577", "_A1", "RCA", "甲.乙"]
)
def test_lawful_names(name: str) -> None:
    assert package_problems(named(name).done(b"")[0]) == []


@pytest.mark.parametrize(
    "formula",
    [
        "-1%+2", "IF(A1,,2)", "MAX({1,2;3,4})", "NA()", '"a""b"&"甲"', "1E+5*.5", "甲!$A$1:B2", "'it''s'!A:A",
        "SUM(1:2,甲乙)", "(1+2)*-(3)", "IF(true,FALSE,#N/A)", "ABS(" * 64 + "1" + ")" * 64,
        "SUM(1" + ",1" * 254 + ")", f'"{"长" * 255}"', "甲!$1:$2,甲!$A:$B",
    ],
)  # fmt: skip
def test_lawful_formulas(formula: str) -> None:
    known = Known(frozenset({"甲", "it's"}), frozenset({"甲乙"}))
    assert list(formula_problems(formula, known)) == []
