"""Totals that are more than the sum of the scores, by hand and by chance (a made-up standard)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.generate import cases
from tests.support.budget import share_of
from tests.support.cli import run, run_json
from tests.support.strategies import inputs_for
from workbook.api import new_workbook
from workbook.as_json import score_result
from workbook.data.read import read_data
from workbook.engine import Model
from workbook.load.rubric import load_rubric
from workbook.load.yamltext import Document
from workbook.returned.registry import Registry
from workbook.rubric.inputs import Inputs
from workbook.rubric.keys import Key
from workbook.scorer.evaluate import Evaluation, evaluate
from workbook.scorer.quantities import quantities
from workbook.template.draw import draw
from workbook.verifier.agreement import Noise, agree
from workbook.verifier.result import file_result
from workbook.verifier.verify import verify_batch

SPEC = Path(__file__).resolve().parent / "specs" / "composed.yaml"
RUBRIC = load_rubric(SPEC)

FULL = {
    "department": "测试部门", "spent": "90", "budget": "100", "last_year": "90",
    "has_buildings": "是", "built": "100", "approved": "100",
    "has_surveys": "是", "satisfaction": "95%",
    "judged": "20", "judged_a": "10", "judged_b": "13", "judged_c": "13",
    "innovations": "0", "violations": "0", "falsified": "否",
}  # fmt: skip
"""Made up: execution 90 % (27 of 30), everything else full: 97."""


def scored(**changes: str | None) -> Evaluation:
    data = {key: value for key, value in {**FULL, **changes}.items() if value is not None}
    return evaluate(RUBRIC, read_data(RUBRIC, data, Document(SPEC, None)).inputs)


BY_HAND: list[tuple[dict[str, str | None], str, str]] = [
    ({}, "97", "优"),
    ({"innovations": "3"}, "99.4", "优"),  # 3 × 0.8
    ({"innovations": "9", "spent": "100", "last_year": "100"}, "101.5", "优"),  # 100 + 3, at most 101.5
    ({"violations": "3"}, "89.5", "良"),  # 97 − 7.5
    ({"violations": "40"}, "77", "中"),  # 20 at most; more than 3 bounds only the grade, at 良
    ({"falsified": "是"}, "87", "良"),
    ({"violations": "4", "judged": "20", "innovations": "9"}, "90", "良"),  # 97 + 3 − 10
    ({"has_buildings": "否", "built": None, "approved": None}, "96.67", "优"),  # 87 ÷ 90 × 100
    ({"has_buildings": "否", "has_surveys": "否", "built": None, "approved": None, "satisfaction": None},
     "95.89", "优"),  # 70 ÷ 73 × 100 = 95.8904
    ({"spent": "60"}, "79", "中"),  # 18 + 70 = 88, at most 79
    ({"spent": "70"}, "91", "优"),  # at 70 % nothing is limited
    ({"spent": "59.99"}, "59.5", "差"),  # at most 59.5 and 差
    ({"spent": "135", "last_year": "135"}, "95", "优"),  # the lower of 30 and 30 − 5
    ({"last_year": "89"}, "97", "优"),  # 1.1 % more counts 2 points: 29, and the lower is 27
    ({"last_year": "80"}, "93.5", "优"),  # 12.5 % more counts 13: 30 − 6.5
    ({"judged_a": "2"}, "96", "优"),  # the higher of 2 and 9
    ({"judged_b": "10", "judged_c": "12.5"}, "95.07", "优"),  # (2 × 10 + 1.5 × 12.5) ÷ 3.5 = 11.0714…
    ({"built": "106", "satisfaction": "82.5%"}, "86.5", "良"),  # 10 − 2; half of 17
]  # fmt: skip


@pytest.mark.parametrize(("changes", "total", "grade"), BY_HAND)
def test_totals_by_hand(changes: dict[str, str | None], total: str, grade: str) -> None:
    evaluation = scored(**changes)
    assert (evaluation.total, evaluation.grade) == (Fraction(total), grade)
    assert evaluation.attainable == (evaluation.total, evaluation.total)
    assert quantities(evaluation)[Key.sum_check("state")] == "相符"


def test_an_open_condition_leaves_the_grade_open_and_bounds_the_range() -> None:
    evaluation = scored(falsified=None)
    assert evaluation.grade is None
    assert evaluation.attainable == (Fraction(67), Fraction(97))  # 违规违纪 is open as a whole: 30
    evaluation = scored(spent=None, last_year=None)
    assert evaluation.attainable == (Fraction("59.5"), Fraction(100))
    assert not evaluation.ready


def test_what_does_not_apply_is_neither_open_nor_a_deduction() -> None:
    evaluation = scored(has_buildings="否", built=None, approved=None)
    entry = next(one for one in score_result(evaluation)["indicators"] if one["id"] == "buildings")
    assert (entry["state"], entry["score"], entry["deduction"]) == ("not_applicable", None, None)
    assert quantities(evaluation)[Key.count("open")] == 0
    assert quantities(evaluation)[Key.score("buildings")] == "不适用"


def test_lights_show_and_are_in_the_result() -> None:
    assert scored().lights == {"execution": "绿灯", "happy": "不亮灯"}
    assert scored(spent="79.99").lights["execution"] == "黄灯"
    assert scored(spent="120").lights["execution"] == "蓝灯"
    assert scored(satisfaction="88%").lights["happy"] == "红灯"
    assert scored(budget="0").lights["execution"] == "蓝灯"  # above a zero base is beyond every limit
    assert scored(spent="0", budget="0").lights["execution"] == "不适用"
    assert scored(budget=None).lights["execution"] == ""
    assert score_result(scored())["lights"][1] == {"id": "happy", "light": "不亮灯"}


def test_every_completion_lies_in_the_attainable_range() -> None:
    random = Random(5)
    filled = cases(RUBRIC, 200, seed=11)
    for inputs in filled:
        kept = {key: value for key, value in inputs.values.items() if random.random() < 0.6}
        low, high = evaluate(RUBRIC, Inputs(kept)).attainable
        for other in random.sample(filled, 12):
            completed = evaluate(RUBRIC, Inputs({**other.values, **kept}))
            if not completed.indicator_counts["待填"]:
                assert low <= completed.total <= high, (kept, completed.typed.values)


def test_filled_workbooks_pass_with_the_totals_by_hand() -> None:
    reasons = {one.id: "测试用的原因" for one in RUBRIC.indicators}
    files = [
        (f"{number}.xlsx", new_workbook(RUBRIC, inputs=replace(scored(**changes).typed, reasons=reasons)))
        for number, (changes, _, _) in enumerate(BY_HAND)
    ]
    reports = verify_batch(files, Registry.with_specs([SPEC]))
    for report, (changes, total, grade) in zip(reports, BY_HAND, strict=True):
        result = file_result(report)
        assert result["verdict"] == "pass", (changes, result["findings"])
        assert {Fraction(value) for value in result["total"].values()} == {Fraction(total)}
        assert result["grade"] == grade


_IDS = [one.id for one in RUBRIC.indicators]
TOTALS = [
    *(Key.total(part) for part in ("", "open", "share", "scored", "void", "raw")),
    Key.low("raw"), Key.high("raw"), Key.low(), Key.high(), Key.grade(), Key.count("unscored"),
    Key.sum_check("difference"),
    *(Key.cap(cap.id) for cap in RUBRIC.caps), *(Key.light(light.id) for light in RUBRIC.lights),
    *map(Key.score, _IDS), *map(Key.deduction, _IDS),
]  # fmt: skip


@st.composite
def aimed(draw_value: Callable) -> Inputs:
    """Any inputs, or nearly full ones with some of them other or blank; the execution rate often at an edge
    of a limit, a light or a rule, or a cent beside it."""
    fields = [field for field in RUBRIC.fields if not field.cover]
    if draw_value(st.booleans()):
        changed = draw_value(st.lists(st.sampled_from(fields), max_size=3, unique=True))
        other = draw_value(inputs_for(RUBRIC, changed)).values
        kept = {
            key: value for key, value in scored().typed.values.items() if key not in {f.id for f in changed}
        }
        return Inputs({**kept, **other})
    inputs = draw_value(inputs_for(RUBRIC, fields))
    budget = draw_value(st.sampled_from([0, 100, 250, 1000]))
    edge = draw_value(st.sampled_from(["0.6", "0.7", "0.8", "1.2", "1.3", "1.31", "0"]))
    beside = draw_value(st.sampled_from(["0", "0.01", "-0.01"]))
    spent = max(Decimal(0), budget * Decimal(edge) + Decimal(beside))
    return replace(inputs, values={**inputs.values, "spent": spent, "budget": Decimal(budget)})


def test_totals_agree_with_the_engine_whatever_is_filled_in() -> None:
    _, template = draw(RUBRIC)
    model = Model(template)

    @settings(deadline=None, max_examples=share_of(80))
    @given(st.lists(aimed(), min_size=1, max_size=8))
    def holds(batch: list[Inputs]) -> None:
        for inputs, values in zip(batch, model.recalculate(batch), strict=True):
            reference = quantities(evaluate(RUBRIC, inputs))
            noise = Noise(reference)
            for key in TOTALS:
                assert agree(key, values[key], reference[key], noise), (key, values[key], inputs.values)

    holds()


def test_score_and_explain_tell_how_the_total_comes_about(tmp_path: Path) -> None:
    data = tmp_path / "数据.yaml"
    lines = {**FULL, "spent": "60", "last_year": "60", "has_buildings": "否", "violations": "1"}
    data.write_text("\n".join(f"{key}: {value}" for key, value in lines.items()), "utf-8")
    told = [
        "各部分小计：过程 38，效果 40，加分 0，减分 -2.5；合计 75.5",
        "不适用：楼堂馆所，共 10 分；其余得分 ×100÷（100－10）",
        "汇总得分：84.17",  # 78 ÷ 90 × 100 = 86.67; − 2.5
        "执行率低限总分：成立，总分不高于 79 分（执行率60%至70%的，总分最高79分）",
        "总分：79",
        "执行进度灯：黄灯",
    ]
    scored_text = run("score", str(SPEC), "--data", str(data)).output
    total_text = run("explain", str(SPEC), "总分", "--data", str(data)).output
    for line in told:
        assert line in scored_text
        assert line in total_text
    assert run_json("explain", str(SPEC), "total", "--data", str(data))["total"] == "79.00"


def test_verify_notes_a_limit_and_a_light_that_are_on() -> None:
    inputs = replace(scored(spent="60").typed, reasons={one.id: "测试用的原因" for one in RUBRIC.indicators})
    files = [("一.xlsx", new_workbook(RUBRIC, inputs=inputs))]
    (report,) = verify_batch(files, Registry.with_specs([SPEC]))
    notes = {finding.code: finding for finding in report.findings}
    assert notes["TOTAL_LIMITED"].message == "“执行率低限总分”成立：总分不高于 79 分。"
    assert notes["LIGHT_ON"].message == "“执行进度灯”为黄灯。"
    assert notes["LIGHT_ON"].sheet == "得分汇总"
