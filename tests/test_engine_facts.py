"""What Excel computed, against the engines; and no template's formula holds what they do not share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.engines.facts import Fact, facts
from tests.engines_page import ENGINES, PAGE, differences, page
from tests.support.returned import issued
from workbook.check import constructs as constructs_module
from workbook.check.constructs import FUNCTIONS, constructs, template_constructs
from workbook.check.run import check_spec
from workbook.engine.tokens import shape
from workbook.load.builtin import builtin_ids
from workbook.load.released import released_versions
from workbook.load.rubric import load_rubric
from workbook.template.draw import draw
from workbook.template.fingerprint import load_released
from workbook.template.model import Template

ROOT = Path(__file__).resolve().parent.parent
SPECS = [
    *builtin_ids(),
    *sorted(str(path) for path in (ROOT / "rubric_specs" / "examples").glob("*.yaml")),
    *(str(ROOT / "tests" / "specs" / name) for name in ("every_rule.yaml", "composed.yaml")),
]


def templates() -> Iterator[Template]:
    for spec in SPECS:
        yield draw(load_rubric(Path(spec) if spec.endswith(".yaml") else spec))[1]
    for rubric in builtin_ids():
        for version in released_versions(rubric):
            yield load_released(rubric, version)


def found(fact: Fact) -> list[str]:
    form = shape(fact.formula)
    return list(constructs(form.text, tuple(":" in reference for reference in form.references)))


@pytest.mark.libreoffice
def test_the_page_shows_what_the_engines_give() -> None:
    assert len(facts()) == 1038
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_engine_is_excel_but_for_constructs_that_are_found() -> None:
    """Functions of templates: what is left needs a construct that no template has, or a date as a text."""
    left = [fact for fact, _ in differences("formulas") if fact.functions <= FUNCTIONS]
    assert [fact.formula for fact in left if not found(fact)] == ["=INT(A27)"]
    assert len(left) <= 7


@pytest.mark.parametrize(
    "engine",
    [pytest.param(one, marks=[pytest.mark.libreoffice] if one == "LibreOffice" else []) for one in ENGINES],
)
def test_other_differences_lie_in_values_that_no_cell_of_a_template_has(engine: str) -> None:
    """Truth values, errors, texts that read like numbers, ranks and rows beyond a range."""
    for fact, value in differences(engine):
        if not fact.functions <= FUNCTIONS or found(fact):
            continue
        held = [cell for block in fact.cells.values() for row in block for cell in row]
        odd = any(isinstance(cell, bool | str | dict) for cell in held)
        assert odd or str(value).startswith("#"), fact


def test_every_template_keeps_to_what_is_shared() -> None:
    count = 0
    for template in templates():
        assert list(template_constructs(template)) == [], template.rubric
        count += 1
    assert count >= 15


@pytest.mark.parametrize(
    ("formula", "construct"),
    [
        ("=XLOOKUP(A1,B1:B9,C1:C9)", "函数 XLOOKUP"),
        ('=COUNTIF(A1:A9,"*是")', "COUNTIF 中不是单纯文字的条件"),
        ('=COUNTIF(A1:A9,"<>否")', "COUNTIF 中不是单纯文字的条件"),
        ("=COUNTIF(A1:A9,B1)", "COUNTIF 中不是单纯文字的条件"),
        ("=SUMIF(A1:A9,0,B1:B9)", "SUMIF 中不是单纯文字的条件"),
        ("=ROUND(A1:A9,2)", "只应有一个单元格之处的区域"),
        ("=SUM(A1:A9*2)", "只应有一个单元格之处的区域"),
        ("=IF(A1=TRUE,1,0)", "直接写出的 TRUE"),
        ('=SUM("7",A1)', "SUM 中直接写出的文字"),
        ("=SUM({1,2})", "数组常量"),
        ("=COUNT(#N/A)", "直接写出的 #N/A"),
    ],
)
def test_each_construct_is_found(formula: str, construct: str) -> None:
    assert construct in list(constructs(formula))


def test_a_named_range_where_one_cell_belongs_is_found() -> None:
    template = issued("yantian-2023").template
    name = next(key for key, place in template.names.items() if ":" in place.cell)
    sheet = template.sheets[0]
    odd = type(sheet)(sheet.title, False, {}, {}, {"A1": f"=ROUND({name},2)"}, ())
    other = replace(template, sheets=(odd,))
    assert [construct for _, construct in template_constructs(other)] == ["只应有一个单元格之处的区域"]


def test_no_quantity_is_a_truth_value() -> None:
    """LibreOffice takes them for numbers."""
    from workbook.engine import Model
    from workbook.rubric.inputs import Inputs

    for rubric in builtin_ids():
        template = draw(load_rubric(rubric))[1]
        (values,) = Model(template).recalculate([Inputs({})])
        assert not [key for key, value in values.items() if isinstance(value, bool)]


def test_check_reports_what_a_workbooks_formulas_should_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one function less that all programs share, every spec has the finding once."""
    spec = ROOT / "tests" / "specs" / "tiny.yaml"
    assert check_spec(spec) == []
    monkeypatch.setattr("workbook.check.constructs.FUNCTIONS", FUNCTIONS - {"ISNUMBER"})
    constructs_module._of_shape.cache_clear()
    (finding,) = check_spec(spec)
    constructs_module._of_shape.cache_clear()
    assert finding.code == "FORMULA_NOT_PORTABLE"
    assert "函数 ISNUMBER" in finding.message
