"""Two rubrics compared: one edit of a spec is one difference, told in words that a clerk understands."""

from __future__ import annotations

import io
import itertools
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from tests.support import bad_specs
from tests.support.cli import run, run_json
from workbook.author.change import Change, parts
from workbook.author.difference import difference
from workbook.author.difference_book import difference_book
from workbook.author.difference_words import counted, told
from workbook.load.builtin import builtin_ids
from workbook.load.rubric import load_rubric
from workbook.rubric.model import Rubric
from workbook.rubric.values import Amount, Strict

SPECS = Path(__file__).parent / "specs"
EVERY, TINY = SPECS / "every_rule.yaml", SPECS / "tiny.yaml"


def edited(folder: Path, *edits: tuple[str, str]) -> Rubric:
    """The rubric of the spec with pieces of its text replaced."""
    text = EVERY.read_text(encoding="utf-8")
    for stands, other in edits:
        assert text.count(stands) == 1, (stands, text.count(stands))
        text = text.replace(stands, other)
    path = folder / "edited.yaml"
    path.write_text(text, encoding="utf-8")
    return load_rubric(path)


ONE_EDIT = yaml.safe_load((SPECS.parent / "edits.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("edit", ONE_EDIT.values(), ids=ONE_EDIT.keys())
def test_one_edit_is_one_difference(edit: dict[str, Any], tmp_path: Path) -> None:
    before = load_rubric(EVERY)
    edits = [(edit["stands"], edit["other"])]
    if "preparer_two" in edit["other"]:
        edits.append(
            (
                "fields:\n  veto_all",
                "fields:\n  preparer_two: {label: 另一人, name: 另一人, kind: text}\n  veto_all",
            )
        )
    after = edited(tmp_path, *edits)
    [change] = difference(before, after)
    assert (change.kind, change.id, change.change, change.part) == tuple(edit["change"])
    assert change.before != change.after
    [back] = difference(after, before)
    assert (back.before, back.after) == (change.after, change.before)
    [row] = told([change], before, after)
    assert all(row.cells)
    assert not [word for word in ("None", "{", "Decimal") if word in row.before + row.after]


def test_a_moved_indicator_is_one_difference(tmp_path: Path) -> None:
    text = EVERY.read_text(encoding="utf-8")
    start, end = text.index("          - id: weighted"), text.index("      - name: 扣分\n")
    block = text[start:end]
    moved = text.replace(block, "").replace(
        "        indicators:\n          - id: deducting",
        f"        indicators:\n{block}          - id: deducting",
    )
    path = tmp_path / "moved.yaml"
    path.write_text(moved, encoding="utf-8")
    [change] = difference(load_rubric(EVERY), load_rubric(path))
    assert change == Change("indicator", "weighted", "moved", "group", "甲部分/判断", "甲部分/扣分")


def test_a_moved_field_is_one_difference(tmp_path: Path) -> None:
    after = edited(
        tmp_path,
        (", satisfaction]", "]"),
        ("fields: [spent, budget,", "fields: [satisfaction, spent, budget,"),
    )
    [change] = difference(load_rubric(EVERY), after)
    assert (change.id, change.change, change.before, change.after) == (
        "satisfaction", "moved", "二、数量", "三、金额",
    )  # fmt: skip


def test_items_in_another_order_are_one_difference(tmp_path: Path) -> None:
    items = [line for line in EVERY.read_text(encoding="utf-8").splitlines() if "- {id: " in line]
    judged = next(f"{line}\n" for line in items if "id: judged," in line)
    done = next(f"{line}\n" for line in items if "id: all," in line)
    after = edited(tmp_path, (judged + done, done + judged))
    [change] = difference(load_rubric(EVERY), after)
    assert (change.kind, change.id, change.change) == ("indicator", "judging", "reordered")
    [row] = told([change], load_rubric(EVERY), after)
    assert row.after == "判断类 第2项、判断类 第1项、判断类 第3项、判断类 第4项"


@pytest.mark.parametrize("rubric", ["yantian-2023", "dapeng-2024", EVERY, TINY], ids=str)
def test_a_rubric_does_not_differ_from_itself(rubric: str | Path) -> None:
    assert difference(load_rubric(rubric), load_rubric(rubric)) == []


def test_a_key_that_nobody_has_told_the_comparison_of_is_compared() -> None:
    class Lamp(Strict):
        id: str
        colour: str = ""

    class Novel(Strict):
        kind: str = "novel"
        factor: Amount
        lamps: tuple[Lamp, ...] = ()

    before = Novel(factor="0.5", lamps=(Lamp(id="a"), Lamp(id="b", colour="red")))
    after = Novel(factor="0.6", lamps=(Lamp(id="b", colour="green"), Lamp(id="c")))
    found = [(one.kind, one.id, one.change, one.part) for one in parts("thing", "x", before, after)]
    assert found == [
        ("thing", "x", "changed", "factor"),
        ("lamp", "x.a", "removed", ""),
        ("lamp", "x.b", "changed", "colour"),
        ("lamp", "x.c", "added", ""),
    ]


OPEN = SPECS / "open_points.yaml"


@pytest.mark.parametrize(
    ("stands", "other", "expected"),
    [
        ("            points: 25\n", "            points: 24\n", ("indicator", "effectiveness", "points")),
        ("open: {rows: 4,", "open: {rows: 5,", ("table", "own_output", "rows")),
        ("place: 第2项, clause", "place: 第3项, clause", ("item", "output.own", "place")),
    ],
)
def test_one_edit_of_open_points_is_one_difference(
    stands: str, other: str, expected: tuple[str, ...], tmp_path: Path
) -> None:
    text = OPEN.read_text(encoding="utf-8")
    assert text.count(stands) == 1
    path = tmp_path / "edited.yaml"
    path.write_text(text.replace(stands, other), encoding="utf-8")
    [change] = difference(load_rubric(OPEN), load_rubric(path))
    assert (change.kind, change.id, change.part) == expected


def test_an_overlay_differs_from_its_base_by_what_it_says() -> None:
    changes = difference(load_rubric(OPEN), load_rubric(SPECS / "overlay.yaml"))
    assert [(one.kind, one.id, one.change) for one in changes if one.kind in {"indicator", "table"}] == [
        ("indicator", "effectiveness", "removed"),
        ("indicator", "connection", "added"),
        ("indicator", "continuity", "added"),
    ]
    assert not [one for one in changes if one.id.startswith("own_")]


def test_a_new_key_of_a_rubric_has_a_kind_of_its_own() -> None:
    class Lamp(Strict):
        id: str
        colour: str = ""

    class Brighter(Rubric):
        lamps: tuple[Lamp, ...] = ()
        shade: Lamp | None = None

    plain = {name: getattr(load_rubric(TINY), name) for name in Rubric.model_fields}
    before = Brighter(**plain, lamps=(Lamp(id="a"),))
    after = Brighter(**plain, lamps=(Lamp(id="a", colour="red"), Lamp(id="b")), shade=Lamp(id="s"))
    changes = difference(before, after)
    assert [(one.kind, one.id, one.change, one.part) for one in changes] == [
        ("rubric", "tiny-2030", "changed", "shade"),
        ("lamp", "a", "changed", "colour"),
        ("lamp", "b", "added", ""),
    ]
    assert [row.cells[:3] for row in told(changes, before, after)] == [
        ("评分标准", "测试用评分标准（2030年度）", "shade新增"),
        ("lamp", "a", "colour新增"),
        ("lamp", "b", "新增"),
    ]


# in words


def _row(folder: Path, stands: str, other: str) -> tuple[str, ...]:
    before, after = load_rubric(EVERY), edited(folder, (stands, other))
    [row] = told(difference(before, after), before, after)
    return row.cells


def test_bands_are_told_as_intervals(tmp_path: Path) -> None:
    stands = "[{below: 90%, points: 6}, {at_least: 90%, at_most"
    assert _row(tmp_path, stands, stands.replace("90", "85")) == (
        "评分要点", "分档类 第1项", "分档修改",
        "＜90% 得6分；≥90%，≤100% 得3分；＞100% 得0分",
        "＜85% 得6分；≥85%，≤100% 得3分；＞100% 得0分",
    )  # fmt: skip


def test_formulas_are_told_by_names(tmp_path: Path) -> None:
    assert _row(tmp_path, "of: spent / (budget + returned)", "of: spent / budget") == (
        "比率", "控制率", "算式修改", "支出数÷(预算数＋上缴数)", "支出数÷预算数",
    )  # fmt: skip
    assert _row(tmp_path, "when: veto_one or spent > budget", "when: not veto_one") == (
        "评分要点", "扣分类 第2项", "否决·条件修改", "单项否决 或 (支出数＞预算数)", "非 单项否决",
    )  # fmt: skip


def test_sources_are_told_by_the_names_of_columns(tmp_path: Path) -> None:
    assert _row(tmp_path, "finished: sum(works.number, works.counted)", "finished: count(works)") == (
        "数据来源", "办结件数", "修改", "事项明细·件数合计（事项明细·计入为“是”的行）", "事项明细的行数",
    )  # fmt: skip


@pytest.mark.parametrize(("first", "second"), list(itertools.pairwise(builtin_ids())))
def test_built_in_rubrics_are_told_without_ids_and_code(first: str, second: str) -> None:
    before, after = load_rubric(first), load_rubric(second)
    changes = difference(before, after)
    text = "\n".join(cell for row in told(changes, before, after) for cell in row.cells)
    assert "{" not in text
    assert "None" not in text
    ids = {one.id for one in (*before.fields, *before.rates, *after.fields, *after.rates)}
    assert [one for one in ids if "_" in one and one in text] == []


# the command


def test_diff_as_json(tmp_path: Path) -> None:
    edited(tmp_path, ("limit: 10%", "limit: 12%"), ("id: every-rule-2024", "id: every-rule-2025"))
    data = run_json("diff", EVERY, tmp_path / "edited.yaml")
    assert (data["a"]["id"], data["b"]["id"], data["identical"]) == (
        "every-rule-2024",
        "every-rule-2025",
        False,
    )
    assert data["changes"] == [
        {"kind": "rubric", "id": "every-rule-2024", "change": "changed", "part": "id",
         "before": "every-rule-2024", "after": "every-rule-2025"},
        {"kind": "item", "id": "deducting.point", "change": "changed", "part": "rule.limit",
         "before": "0.1", "after": "0.12"},
    ]  # fmt: skip


def test_diff_on_the_terminal(tmp_path: Path) -> None:
    edited(tmp_path, ("limit: 10%", "limit: 12%"))
    result = run("diff", EVERY, tmp_path / "edited.yaml")
    assert result.exit_code == 0
    assert "甲" in result.stdout
    assert "界限修改" in result.stdout
    assert "12%" in result.stdout
    assert counted(difference(load_rubric(EVERY), load_rubric(tmp_path / "edited.yaml"))) in result.stdout


def test_identical_rubrics_are_told_so() -> None:
    assert "内容相同" in run("diff", "yantian-2023", "yantian-2023").stdout
    assert run_json("diff", TINY, TINY)["changes"] == []


def test_diff_as_a_workbook(tmp_path: Path) -> None:
    before, after = load_rubric("yantian-2023"), load_rubric("dapeng-2024")
    path = tmp_path / "对照.xlsx"
    assert run("diff", "yantian-2023", "dapeng-2024", "-o", path).exit_code == 0
    changes = difference(before, after)
    assert path.read_bytes() == difference_book(changes, before, after)
    [sheet] = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).worksheets
    headings = ["类别", "对象", "变化", "甲：yantian-2023", "乙：dapeng-2024"]
    assert [cell.value for cell in sheet[1]] == headings
    assert sheet.max_row == len(changes) + 1
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == f"A1:E{sheet.max_row}"
    assert all(cell.alignment.wrap_text for cell in sheet[2])
    assert all(sheet.column_dimensions[letter].width >= 10 for letter in "ABCDE")
    again = run_json("diff", "yantian-2023", "dapeng-2024", "-o", path, status=2)
    assert [one["code"] for one in again["findings"]] == ["FILE_EXISTS"]


def test_a_rubric_with_errors_is_not_compared(tmp_path: Path) -> None:
    bad = bad_specs.write("bands_gap", tmp_path)
    found = run_json("diff", TINY, bad, status=2)["findings"]
    assert [one["code"] for one in found] == ["SPEC_BANDS_GAP"]
