"""Points left to the department, as rows of its own indicators in the workbook. Figures are made up."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.engines.compare import SHARE, Engines
from tests.engines.generate import cases
from tests.support import returned
from tests.support.cli import run_json
from tests.support.lines import line_of
from tests.support.returned import by_libreoffice, codes, places
from workbook.api import describe, load_rubric, new_workbook, read_inputs_of, score
from workbook.check.run import check_spec
from workbook.data.read import load_data
from workbook.findings import Severity
from workbook.layout.names import Place
from workbook.returned.registry import Registry
from workbook.rubric.inputs import Inputs
from workbook.rubric.keys import Key
from workbook.rubric.states import CheckState, FieldState, IndicatorState, RowState
from workbook.scorer.evaluate import Evaluation
from workbook.scorer.quantities import quantities
from workbook.verifier.verification import Verdict, Verification
from workbook.verifier.verify import verify_bytes

SPEC = Path(__file__).resolve().parent / "specs" / "open_points.yaml"
TABLE, POINTS, SCORE, WHOLE = (f"own_effectiveness{part}" for part in ("", "_points", "_score", "_whole"))
REST = {
    "department": "测试局", "plan": "100", "spent": "100", "satisfaction": "95%",
    "reason.public": "未满分", "reason.effectiveness": "见自定指标表",
    "tables.own_output": [{"name": "检查", "points": "10", "standard": "12 次", "degree": "1"}],
}  # fmt: skip
"""Everything but the indicators of 效果性, complete."""


def row(points: str, degree: str | None, reason: str | None = None, **changed: str | None) -> dict:
    cells = {"name": "指标", "points": points, "standard": "按实现程度", "degree": degree, "reason": reason}
    return {key: value for key, value in {**cells, **changed}.items() if value is not None}


FULL = [row("2", "1") for _ in range(11)] + [row("3", "88.8%", "差一点")]
CASES: dict[str, tuple[dict[str, object], str | None, CheckState]] = {
    # name: (DATA, the points of the item or None while open, the cross-check)
    "a tie": ({TABLE: [row("12.5", "97%", "迟"), row("12.5", "100%")]}, "24.625", CheckState.HOLDS),
    "ties that add up": (
        {TABLE: [row("12.5", "97%", "迟"), row("12.5", "97%", "迟")]},
        "24.25",
        CheckState.HOLDS,
    ),
    "a hundredth too few": ({TABLE: [row("12.5", "1"), row("12.49", "1")]}, None, CheckState.BLOCKS),
    "a hundredth too many": ({TABLE: [row("12.5", "1"), row("12.51", "1")]}, None, CheckState.BLOCKS),
    "a blank degree": ({TABLE: [row("12.5", None), row("12.5", "1")]}, None, CheckState.HOLDS),
    "blank points": ({TABLE: [row("25", "1"), {"name": "乙", "degree": "1"}]}, None, CheckState.UNCHECKED),
    "nothing reached": ({TABLE: [row("25", "0", "没有开展")]}, "0", CheckState.HOLDS),
    "nothing reached, no reason": ({TABLE: [row("25", "0")]}, None, CheckState.HOLDS),
    "all reached": ({TABLE: [row("25", "100%")]}, "25", CheckState.HOLDS),
    "just not reached, no reason": ({TABLE: [row("25", "99.99%")]}, None, CheckState.HOLDS),
    "just not reached": ({TABLE: [row("25", "99.99%", "差一点")]}, "24.9975", CheckState.HOLDS),
    "no name": ({TABLE: [row("25", "1", name=None)]}, None, CheckState.HOLDS),
    "no standard": ({TABLE: [row("25", "1", standard=None)]}, None, CheckState.HOLDS),
    "a row of reasons only": ({TABLE: [row("25", "1"), {"reason": "多余"}]}, None, CheckState.UNCHECKED),
    "no rows": ({}, None, CheckState.UNCHECKED),
    "a blank row between": ({TABLE: [row("20", "1"), {}, row("5", "1")]}, "25", CheckState.HOLDS),
    "full rows": ({TABLE: FULL}, "24.664", CheckState.HOLDS),
    "typed sums": ({POINTS: "25", SCORE: "24.5"}, "24.5", CheckState.HOLDS),
    "typed sums too few": ({POINTS: "24", SCORE: "24"}, None, CheckState.BLOCKS),
    "one typed sum": ({POINTS: "25"}, None, CheckState.HOLDS),
    "typed beside the table": ({TABLE: [row("25", "1")], SCORE: "20"}, "20", CheckState.HOLDS),
}  # fmt: skip


@cache
def engines() -> Engines:
    return Engines(load_rubric(SPEC))


def data(own: Mapping[str, object]) -> dict[str, object]:
    return {**REST, **{f"tables.{key}" if key == TABLE else key: value for key, value in own.items()}}


def inputs_of(folder: Path, own: Mapping[str, object]) -> Inputs:
    path = folder / "数据.yaml"
    path.write_text(yaml.safe_dump(data(own), allow_unicode=True), encoding="utf-8")
    return load_data(engines().rubric, path).inputs


def evaluated(folder: Path, own: Mapping[str, object]) -> Evaluation:
    return score(engines().rubric, inputs_of(folder, own))


def filled(folder: Path, name: str) -> bytes:
    return new_workbook(engines().rubric, inputs=inputs_of(folder, CASES[name][0]))


def verified(book: bytes) -> Verification:
    return verify_bytes(book, Registry.with_specs([SPEC]), "测试.xlsx")


def cell(number: int, column: str) -> Place:
    return engines().template.inputs[Key.cell(TABLE, number, column)]


@pytest.mark.parametrize("name", CASES)
def test_a_case_by_the_reference(name: str, tmp_path: Path) -> None:
    own, points, check = CASES[name]
    evaluation = evaluated(tmp_path, own)
    (indicator,) = (one for one in evaluation.indicators if one.indicator.id == "effectiveness")
    assert indicator.items[0].raw == (None if points is None else Fraction(points))
    assert {one.check.id: one.state for one in evaluation.checks}[WHOLE] is check
    assert evaluation.ready == (points is not None and check is CheckState.HOLDS)
    assert (indicator.state is IndicatorState.OPEN) == (points is None)


def test_all_cases_agree(tmp_path: Path) -> None:
    assert engines().without_office([inputs_of(tmp_path, own) for own, _, _ in CASES.values()]) == []


@pytest.mark.libreoffice
def test_libreoffice_agrees(tmp_path: Path) -> None:
    """As inputs change in one open workbook, and on files by themselves."""
    batch = [inputs_of(tmp_path, own) for own, _, _ in CASES.values()]
    assert engines().with_office([*batch, *cases(engines().rubric, 100, seed=7)[::SHARE]]) == []
    assert engines().with_office_files(batch[:3]) == []


def test_generated_cases_agree() -> None:
    batch = cases(engines().rubric, 100, seed=7)
    results = [quantities(score(engines().rubric, one)) for one in batch]
    scored = {result[Key.item("effectiveness.own")] for result in results}
    assert len(scored - {""}) > 10  # the rows do add up now and then
    assert engines().without_office(batch) == []


def test_the_trace_tells_the_rows_that_count(tmp_path: Path) -> None:
    def told(name: str) -> str:
        one = evaluated(tmp_path, CASES[name][0])
        (indicator,) = (one for one in one.indicators if one.indicator.id == "effectiveness")
        return "\n".join(step.text for step in indicator.items[0].steps)

    assert "第 1 行：指标名称＝指标；分值＝12.5；评分标准＝按实现程度；实现程度＝97%；" in told("a tie")
    assert "分值合计正好 25 分" in told("a tie")
    assert "分值合计 24.99，不是 25 分" in told("a hundredth too few")
    assert "第 1 行" not in told("typed beside the table")


def test_a_tie_is_rounded_up(tmp_path: Path) -> None:
    one = evaluated(tmp_path, CASES["a tie"][0])
    assert {item.indicator.id: item.score for item in one.indicators}["effectiveness"] == Fraction("24.63")
    assert one.total == Fraction("59.13")


@pytest.mark.parametrize("name", ["a blank degree", "nothing reached, no reason", "no name", "no standard"])
def test_what_a_row_lacks_makes_it_partial(name: str, tmp_path: Path) -> None:
    one = evaluated(tmp_path, CASES[name][0])
    assert one.tables[TABLE].rows[1].state is RowState.PARTIAL
    assert one.tables[TABLE].rows[1].computed["score"] is None
    assert one.fields[SCORE] is FieldState.OPEN
    assert one.sourced[POINTS] == 25  # known as soon as the weights are there
    assert "ROWS_PARTIAL" in codes(verified(filled(tmp_path, name)))


def test_typed_sums_count_and_are_held_against_the_table(tmp_path: Path) -> None:
    one = evaluated(tmp_path, CASES["typed beside the table"][0])
    states = {check.check.id: check.state for check in one.checks}
    assert states[f"source_{SCORE}"] is CheckState.FAILS
    assert states[f"source_{POINTS}"] is CheckState.UNCHECKED


@pytest.mark.parametrize("name", ["a tie", "full rows", "typed sums", "nothing reached"])
def test_a_complete_workbook_passes(name: str, tmp_path: Path) -> None:
    assert verified(filled(tmp_path, name)).verdict is Verdict.PASS


@pytest.mark.libreoffice
def test_a_workbook_saved_by_office_passes(tmp_path: Path) -> None:
    book = by_libreoffice({"a.xlsx": filled(tmp_path, "a tie")}, recalculate=True)["a.xlsx"]
    report = verified(book)
    assert report.verdict is Verdict.PASS
    assert report.reference is not None
    assert report.reference[Key.item("effectiveness.own")] == Fraction("24.625")


def test_points_that_do_not_add_up_fail_and_say_what_to_do(tmp_path: Path) -> None:
    report = verified(filled(tmp_path, "a hundredth too few"))
    assert report.verdict is Verdict.FAIL
    (finding,) = (one for one in report.findings if one.severity is Severity.ERROR)
    assert finding.code == "CHECK_BLOCKS"
    assert "24.99" in finding.message
    assert "“自定指标”表" in finding.fix
    assert "正好 25 分" in finding.fix


@pytest.mark.parametrize(
    ("column", "value"), [("points", "26"), ("points", "-1"), ("points", "12.345"), ("degree", "1.2")]
)
def test_an_impossible_figure_is_found_in_its_cell(column: str, value: str, tmp_path: Path) -> None:
    place = cell(2, column)
    book = returned.with_cell(filled(tmp_path, "a tie"), place, returned.number(value))
    report = verified(book)
    assert report.verdict is Verdict.FAIL
    assert place in places(report, "INPUT_DECIMALS" if value == "12.345" else "INPUT_RANGE")
    (message,) = (one.message for one in report.findings if one.cell == place.cell)
    assert "效果性自定指标第 2 行" in message


@pytest.mark.parametrize(
    "key", [Key.computed("own_effectiveness", 1, "score"), Key.item("effectiveness.own")], ids=str
)
def test_a_changed_formula_is_found(key: Key, tmp_path: Path) -> None:
    place = engines().template.quantities[key]
    book = returned.with_cell(filled(tmp_path, "a tie"), place, returned.formula("12.5", 12.5))
    assert place in places(verified(book), "FORMULA_CHANGED")


def test_open_points_become_parts_of_the_rubric() -> None:
    rubric = engines().rubric
    assert list(rubric.table) == ["own_output", TABLE]
    assert rubric.table[TABLE].size == 12
    assert {field_id: rubric.field[field_id].max for field_id in (POINTS, SCORE)} == {
        POINTS: Decimal(25),
        SCORE: Decimal(25),
    }
    assert [one.blocking for one in rubric.checks] == [False, True, True]
    (item,) = rubric.indicator["effectiveness"].items
    assert (item.place, item.points, item.rule.kind) == ("第1项", Decimal(25), "own_indicators")


def test_one_thing_to_do_leads_to_the_rows() -> None:
    template = engines().template
    links = [link for sheet in template.sheets for link in sheet.texts.values() if link.startswith("'自定")]
    first = cell(1, "name")
    assert f"'{first.sheet}'!{first.cell}" in links


def test_the_public_map_names_the_rows() -> None:
    tables = {one["id"]: one for one in describe(engines().rubric)["tables"]}
    assert [one["id"] for one in tables[TABLE]["columns"]] == [
        "name", "points", "standard", "degree", "reason",
    ]  # fmt: skip


def test_data_goes_in_and_comes_back_by_the_command(tmp_path: Path) -> None:
    given, book = tmp_path / "数据.yaml", tmp_path / "表.xlsx"
    inputs = inputs_of(tmp_path, CASES["a tie"][0])
    run_json("new", SPEC, "--data", given, "-o", book)
    assert read_inputs_of(engines().rubric, book).inputs.tables == inputs.tables
    result = run_json("score", SPEC, "--data", book)
    assert result["complete"]
    (one,) = (one for one in result["indicators"] if one["id"] == "effectiveness")
    assert one["score"] == "24.63"
    assert one["items"][0]["score"] == "24.625"


def edited(folder: Path, *edits: tuple[str, str]) -> Path:
    text = SPEC.read_text(encoding="utf-8")
    for stands, other in edits:
        assert text.count(stands) == 1, stands
        text = text.replace(stands, other)
    path = folder / "edited.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_spec_may_word_the_fields_otherwise(tmp_path: Path) -> None:
    spec = edited(tmp_path, ("fields:\n", f"fields:\n  {SCORE}: {{label: 效果得分}}\n"))
    field = load_rubric(spec).field[SCORE]
    assert (field.label, field.name) == ("效果得分", "自定指标得分_效果性")


def test_what_stands_in_the_place_of_a_made_part_is_reported(tmp_path: Path) -> None:
    spec = edited(tmp_path, ("rates:\n", f"sources: {{{SCORE}: count(own_output)}}\n\nrates:\n"))
    assert [(one.code, one.line) for one in check_spec(spec)] == [
        ("SPEC_ID_TWICE", line_of(spec, "sources:"))
    ]


@pytest.mark.parametrize("points", ["dozen", "[25]"])
def test_points_that_are_no_number_are_reported_once(points: str, tmp_path: Path) -> None:
    spec = edited(tmp_path, ("            points: 25\n", f"            points: {points}\n"))
    assert [(one.code, one.line) for one in check_spec(spec)] == [
        ("SPEC_INVALID", line_of(spec, f"points: {points}"))
    ]
