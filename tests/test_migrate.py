"""Last year's workbook under this year's rubric: what means the same, nothing else, and all of it said."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engines.generate import cases
from tests.support import returned
from tests.support.budget import share_of
from tests.support.clean import clean
from tests.support.cli import run, run_json
from tests.support.paths import MAILED_FOLDER
from tests.support.returned import SUMMARY, issued, verified
from workbook.api import load_rubric, migrate, migrate_verified, new_workbook, score
from workbook.evaluations.published import load_case
from workbook.findings import Refused
from workbook.layout.names import Place
from workbook.load.builtin import published_path
from workbook.load.released import load_released_rubric
from workbook.load.rubric import plain_rubric
from workbook.migration.carried import Migration
from workbook.migration.carry import YEAR_BOUND, carry
from workbook.migration.result import counts, migration_result
from workbook.rubric.inputs import Evidence, Inputs
from workbook.rubric.keys import Key, Sort
from workbook.rubric.model import Rubric
from workbook.verifier.verification import Verdict

YANTIAN, DAPENG = "yantian-2023", "dapeng-2024"
BOTH_WAYS = [(YANTIAN, DAPENG), (DAPENG, YANTIAN)]
DEPARTMENT = "测试部门"


@cache
def rubric(rubric_id: str) -> Rubric:
    return load_rubric(rubric_id)


@cache
def published(rubric_id: str) -> Inputs:
    return load_case(published_path(rubric_id)).data.inputs


@cache
def migrated(old: str, new: str) -> Migration:
    return carry(rubric(old), published(old), rubric(new))


def reasons(migration: Migration) -> dict[str, str]:
    return {str(one.key): one.reason for one in migration.dropped}


def cells(of: Rubric, inputs: Inputs) -> dict[tuple[str, str, str], object]:
    """What stands in detail tables, by table, row label and column."""
    return {
        (table, of.table[table].labels[number], column): value
        for table, rows in inputs.tables.items()
        for number, row in enumerate(rows)
        for column, value in row.items()
    }


def altered(of: Rubric, change: Callable[[dict[str, Any]], object]) -> Rubric:
    """The rubric after a change of its plain data."""
    plain = plain_rubric(of)
    change(plain)
    return Rubric.model_validate(plain)


def field_altered(field_id: str, **values: object) -> Rubric:
    """Yantian's rubric with other properties of one field."""

    def change(plain: dict[str, Any]) -> None:
        next(one for one in plain["fields"] if one["id"] == field_id).update(values)

    return altered(rubric(YANTIAN), change)


def table_altered(table_id: str, change: Callable[[dict[str, Any]], object]) -> Rubric:
    """Yantian's rubric with one detail table changed; its sums are left out."""

    def within(plain: dict[str, Any]) -> None:
        plain["sources"] = {}
        change(next(one for one in plain["tables"] if one["id"] == table_id))

    return altered(rubric(YANTIAN), within)


# the published evaluations, there and back


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            YANTIAN,
            DAPENG,
            {"carried": 51, "cells": 92, "from_tables": 1, "new": 72, "dropped": 42, "lost": 34},
        ),
        (
            DAPENG,
            YANTIAN,
            {"carried": 47, "cells": 6, "from_tables": 0, "new": 36, "dropped": 77, "lost": 63},
        ),
    ],
)
def test_the_published_evaluations_migrate(old: str, new: str, expected: dict[str, int]) -> None:
    migration = migrated(old, new)
    found = counts(migration)
    assert {key: found[key] for key in expected} == expected
    assert (found["reasons"], found["evidence"]) == (
        len(published(old).reasons),
        sum(map(len, published(old).evidence.values())),
    )
    for one in migration.carried:
        if one.key.sort is Sort.INPUT:
            (figure,) = one.figures
            assert figure.value == published(old).at(one.key) == migration.inputs.at(one.key)
    before = cells(rubric(old), published(old))
    assert all(before[key] == value for key, value in cells(rubric(new), migration.inputs).items())
    assert not migration.inputs.reasons
    assert not migration.inputs.evidence
    assert migration.inputs.values["fiscal_year"] == rubric(new).fiscal_year


@pytest.mark.parametrize(("old", "new"), BOTH_WAYS)
def test_the_new_workbook_is_an_ordinary_one_and_not_complete(old: str, new: str) -> None:
    migration = migrated(old, new)
    report = verified(new_workbook(rubric(new), inputs=migration.inputs))
    assert report.verdict is Verdict.INCOMPLETE
    assert report.inputs == migration.inputs
    assert report.evaluation is not None
    expected = score(rubric(new), migration.inputs)
    assert report.evaluation.total == expected.total
    assert [one.score for one in report.evaluation.indicators] == [one.score for one in expected.indicators]


def test_both_texts_are_shown_where_they_differ() -> None:
    found = {one["id"]: one for one in migration_result(migrated(YANTIAN, DAPENG))["carried"]}
    assert found["staff_quota"]["old"]["label"] == "核定编制数（含工勤人员）"
    assert found["staff_quota"]["new"]["label"] == found["staff_quota"]["label"] == "编制人员数"
    assert "不可抗力" in found["budget_adjustment"]["new"]["help"]
    assert "连续2年" in found["budget_not_rigid"]["new"]["clause"]
    assert "old" not in found["initial_budget"]


def test_a_rubric_under_itself_keeps_all_but_the_years_own() -> None:
    inputs = replace(
        clean(DAPENG), values={**clean(DAPENG).values, "preparer": "张三", "date": date(2025, 3, 31)}
    )
    migration = carry(rubric(DAPENG), inputs, rubric(DAPENG))
    left = {key: value for key, value in inputs.values.items() if key not in {"fiscal_year", "date"}}
    assert migration.inputs.values == {**left, "fiscal_year": 2024}
    assert cells(rubric(DAPENG), migration.inputs) == cells(rubric(DAPENG), inputs)
    assert set(reasons(migration)) == {"fiscal_year", "date"}
    assert (migration.added, counts(migration)["reworded"]) == ((), 0)


# for any inputs


@settings(max_examples=share_of(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ways=st.sampled_from(BOTH_WAYS), seed=st.integers(0, 10_000), number=st.integers(0, 4))
def test_nothing_changes_its_value_or_its_field(ways: tuple[str, str], seed: int, number: int) -> None:
    old, new = map(rubric, ways)
    inputs = cases(old, number + 1, seed)[-1]
    there = carry(old, inputs, new)
    values = {key: value for key, value in there.inputs.values.items() if key != "fiscal_year"}
    assert values.items() <= inputs.values.items()
    assert not YEAR_BOUND & set(values)
    assert cells(new, there.inputs).items() <= cells(old, inputs).items()

    # every field of both rubrics is said to be one thing
    told = [
        *(one.key for one in there.carried),
        *(one.key for one in there.dropped),
        *(one.key for one in there.added),
        *map(Key.input, there.blank),
    ]
    fields = [key.id for key in told if key.sort is Sort.INPUT]
    assert sorted(fields) == sorted({*old.field, *new.field})
    assert set(values) == {one.key.id for one in there.carried if one.key.sort is Sort.INPUT}
    told_cells = sum(
        len(one.figures) for one in (*there.carried, *there.dropped) if one.key.sort is Sort.COLUMN
    )
    assert told_cells == len(cells(old, inputs))

    # and back: exactly what both hold
    back = carry(new, there.inputs, old)
    assert {key: value for key, value in back.inputs.values.items() if key != "fiscal_year"} == values
    assert cells(old, back.inputs) == cells(new, there.inputs)


# field by field


def test_a_judgement_under_other_points_is_another_judgement() -> None:
    found = reasons(migrated(YANTIAN, DAPENG))
    assert published(YANTIAN).values["project_approval"] == 1
    assert "满分 1 分" in found["project_approval"]
    assert "满分 0.5 分" in found["project_approval"]
    assert "project_approval" not in migrated(YANTIAN, DAPENG).inputs.values
    # it would be valid: 1 of 1 in an item of 2
    assert "满分 2 分" in reasons(migrated(DAPENG, YANTIAN))["targets_show_effects"]
    assert "targets_show_effects" not in migrated(DAPENG, YANTIAN).inputs.values


@pytest.mark.parametrize(
    ("field_id", "change", "words"),
    [
        ("initial_budget", {"kind": "count", "decimals": 0}, "数据类型不同：原为金额，现为个数"),
        ("initial_budget", {"unit": "元"}, "单位不同：原为“万元”，现为“元”"),
        ("initial_budget", {"max": "4755.13"}, "超出允许范围"),
        ("initial_budget", {"decimals": 1}, "多于 1 位小数"),
        ("enterprise_satisfaction", {"max": "0.9"}, "超出允许范围"),
        ("budget_disclosure", {"choices": ["按规定公开", "未公开"]}, "选项不同"),
    ],
)
def test_a_field_that_cannot_hold_the_value(field_id: str, change: dict[str, Any], words: str) -> None:
    new = field_altered(field_id, **change)
    migration = carry(rubric(YANTIAN), published(YANTIAN), new)
    assert words in reasons(migration)[field_id]
    assert field_id not in migration.inputs.values
    assert set(reasons(migration)) == {field_id, "fiscal_year"}


def test_the_order_of_choices_does_not_count() -> None:
    choices = ["未公开", "公开但有不符合要求", "按规定公开"]
    migration = carry(
        rubric(YANTIAN), published(YANTIAN), field_altered("budget_disclosure", choices=choices)
    )
    assert migration.inputs.values["budget_disclosure"] == "按规定公开"


def test_a_degree_on_another_scale_is_another_degree() -> None:
    def change(plain: dict[str, Any]) -> None:
        (levels,) = plain["scales"].values()
        levels[0]["at_least"] = levels[1]["below"] = "0.85"

    found = reasons(carry(rubric(DAPENG), published(DAPENG), altered(rubric(DAPENG), change)))
    assert "85%" in found["tourism_level"]
    assert "85%" in found["tourism_degree"]


def test_a_value_with_more_decimals_than_shown_stays_where_it_was_allowed() -> None:
    value = Decimal("1668.65") / Decimal("5008.04")
    inputs = Inputs({"q1_progress": value})
    assert carry(rubric(YANTIAN), inputs, rubric(YANTIAN)).inputs.values["q1_progress"] == value


# detail tables


PROCUREMENT = Inputs(
    {}, tables={"procurement": ({"plan": Decimal(5)}, {}, {"plan": Decimal(7), "paid": Decimal(6)})}
)


def test_rows_beyond_the_new_table_are_dropped_and_said() -> None:
    new = table_altered("procurement", lambda table: table.update(rows=2))
    migration = carry(rubric(YANTIAN), PROCUREMENT, new)
    assert migration.inputs.tables == {"procurement": ({"plan": Decimal(5)},)}
    left = [one for one in migration.dropped if one.figures]
    dropped = {str(one.key): [figure.text for figure in one.figures] for one in left}
    assert dropped == {"tables.procurement.plan": ["7 万元"], "tables.procurement.paid": ["6 万元"]}
    assert "只有 2 行" in reasons(migration)["tables.procurement.paid"]


def test_a_column_that_is_another_or_computed_is_dropped() -> None:
    def change(table: dict[str, Any]) -> None:
        columns = {one["id"]: one for one in table["columns"]}
        columns["plan"]["kind"] = "count"
        columns["paid"]["of"] = "plan * 2"

    found = reasons(carry(rubric(YANTIAN), PROCUREMENT, table_altered("procurement", change)))
    assert "数据类型不同" in found["tables.procurement.plan"]
    assert "自动计算" in found["tables.procurement.paid"]


def test_fixed_rows_are_found_by_their_labels() -> None:
    inputs = Inputs({}, tables={"quarters": ({"spent": Decimal(1)}, {"spent": Decimal(2)})})
    new = table_altered("quarters", lambda table: table.update(rows=["二季度", "上半年", "三季度"]))
    migration = carry(rubric(YANTIAN), inputs, new)
    assert migration.inputs.tables == {"quarters": ({"spent": Decimal(2)},)}
    (left,) = [one for one in migration.dropped if one.key is Key.column("quarters", "spent")]
    assert ([figure.row for figure in left.figures], left.reason) == (["一季度"], "新标准的明细表没有这一行")
    other = carry(rubric(YANTIAN), inputs, table_altered("quarters", lambda table: table.update(rows=9)))
    assert other.inputs.tables == {}
    assert "行不同" in reasons(other)["tables.quarters.spent"]


def test_fields_that_carried_rows_fill_are_told() -> None:
    tasks = ({"task": "甲", "finished": "是"}, {"task": "乙", "finished": "否"})
    migration = carry(rubric(YANTIAN), Inputs({}, tables={"key_tasks": tasks}), rubric(DAPENG))
    told = {str(one.key): one.figures[0].plain for one in migration.from_tables}
    assert told["key_tasks_total"] == "2"
    assert told["key_tasks_unfinished"] == "1"
    assert "key_tasks_total" not in migration.inputs.values


# files


def test_a_workbook_of_the_first_template_migrates() -> None:
    path = MAILED_FOLDER / f"{YANTIAN}.t1.xlsx"
    before = path.read_bytes()
    migration = migrate(path, rubric(DAPENG))
    assert path.read_bytes() == before
    known = load_released_rubric(YANTIAN, "1").field
    now = migrated(YANTIAN, DAPENG).inputs.values
    assert migration.inputs.values == {key: value for key, value in now.items() if key in known}
    assert len(now) - len(migration.inputs.values) == 7  # rates as reported came with the second template
    assert counts(migration)["evidence"] > 0


def test_a_changed_workbook_is_refused() -> None:
    case = issued(YANTIAN)
    place = Place(SUMMARY, list(case.template.sheet[SUMMARY].texts)[-1])
    with pytest.raises(Refused) as refusal:
        migration_of(returned.with_cell(case.filled, place, returned.text("改动了的文字")))
    assert [one.code for one in refusal.value.findings] == ["CELL_CHANGED"]


def migration_of(data: bytes) -> Migration:
    return migrate_verified(verified(data), rubric(DAPENG))


def test_one_file_as_json(tmp_path: Path) -> None:
    book, out, told = tmp_path / "去年.xlsx", tmp_path / "今年.xlsx", tmp_path / "说明.xlsx"
    book.write_bytes(issued(YANTIAN).published)
    data = run_json("migrate", book, "--to", DAPENG, "-o", out, "--report", told)
    assert book.read_bytes() == issued(YANTIAN).published
    assert out.read_bytes() == new_workbook(rubric(DAPENG), inputs=migrated(YANTIAN, DAPENG).inputs)
    expected = json.loads(json.dumps(migration_result(migrated(YANTIAN, DAPENG)), ensure_ascii=False))
    assert data == {"source": str(book), **expected, "file": str(out)}
    assert (data["from"], data["to"]) == (YANTIAN, DAPENG)
    sheets = openpyxl.load_workbook(told)
    assert sheets.sheetnames == ["迁移结果", "沿用_请逐项核对", "新增_请填报", "未沿用"]
    assert [sheet.max_row - 2 for sheet in sheets] == [1, 52, 72, 42]
    assert all("2023 年度" in sheet["A1"].value and "逐项核对" in sheet["A1"].value for sheet in sheets)

    again = run("migrate", book, "--to", DAPENG, "-o", out)
    assert again.exit_code == 2
    assert "FILE_EXISTS" in again.output
    again = run("migrate", book, "--to", DAPENG, "-o", out, "--force")
    assert again.exit_code == 0
    assert "2023 年度" in again.output
    assert "请逐项核对" in again.output


def test_many_files_one_of_them_refused(tmp_path: Path) -> None:
    box, out = tmp_path / "收件箱", tmp_path / "下发"
    box.mkdir()
    inputs = published(YANTIAN)
    for name in ("甲局", "乙局"):
        values = {**inputs.values, "department": name}
        (box / f"{name}.xlsx").write_bytes(
            new_workbook(rubric(YANTIAN), inputs=replace(inputs, values=values))
        )
    (box / "坏.xlsx").write_bytes(b"PK no workbook")
    data = run_json("migrate", box, "--to", DAPENG, "-o", out, status=1)
    assert data["summary"] == {"migrated": 2, "files": 3}
    bad = next(one for one in data["files"] if one["file"] is None)
    assert bad["source"].endswith("坏.xlsx")
    assert bad["findings"][0]["severity"] == "error"
    assert sorted(path.name for path in out.iterdir()) == [
        f"{DAPENG}_乙局_沿用2023年度.xlsx",
        f"{DAPENG}_甲局_沿用2023年度.xlsx",
    ]
    again = run("migrate", box, "--to", DAPENG, "-o", out, "--force", "--report", tmp_path / "说明.xlsx")
    assert (again.exit_code, "已迁移 2 个，不能迁移 1 个" in again.output) == (1, True)
    sheet = openpyxl.load_workbook(tmp_path / "说明.xlsx")["迁移结果"]
    assert {sheet[f"F{row}"].value for row in range(3, 6)} == {"已迁移", "未迁移"}


def test_two_workbooks_of_one_department_get_two_files(tmp_path: Path) -> None:
    inputs = published(YANTIAN)
    for name, staff in (("a", 1), ("b", 2)):
        values = {**inputs.values, "department": DEPARTMENT, "staff_outside_quota": Decimal(staff)}
        data = new_workbook(rubric(YANTIAN), inputs=replace(inputs, values=values))
        (tmp_path / f"{name}.xlsx").write_bytes(data)
    found = run_json(
        "migrate", tmp_path / "a.xlsx", tmp_path / "b.xlsx", "--to", DAPENG, "-o", tmp_path / "o"
    )
    assert len({one["file"] for one in found["files"]}) == 2
    assert len(list((tmp_path / "o").iterdir())) == 2
    # one of them in the way: nothing is written
    Path(found["files"][0]["file"]).unlink()
    again = run("migrate", tmp_path / "a.xlsx", tmp_path / "b.xlsx", "--to", DAPENG, "-o", tmp_path / "o")
    assert (again.exit_code, "FILE_EXISTS" in again.output) == (2, True)
    assert len(list((tmp_path / "o").iterdir())) == 1


def test_what_cannot_be_asked_for(tmp_path: Path) -> None:
    book = tmp_path / "去年.xlsx"
    book.write_bytes(issued(YANTIAN).blank)
    for arguments in (
        (book, "--to", DAPENG, "-o", book, "--force"),
        (book, "--to", DAPENG, "--report", book, "--force"),
        (tmp_path, "--to", DAPENG, "-o", tmp_path / "x.xlsx"),
        (book, "--to", "no-such-rubric", "-o", tmp_path / "x.xlsx"),
        (tmp_path / "不存在.xlsx", "--to", DAPENG, "-o", tmp_path / "x.xlsx"),
    ):
        assert run("migrate", *arguments).exit_code == 2, arguments
    assert book.read_bytes() == issued(YANTIAN).blank
    assert [path.name for path in tmp_path.iterdir()] == [book.name]


def test_own_specs_migrate_both_ways(tmp_path: Path) -> None:
    spec = Path(__file__).parent / "specs" / "tiny.yaml"
    book = tmp_path / "own.xlsx"
    book.write_bytes(new_workbook(load_rubric(spec), department=DEPARTMENT))
    refused = run_json("migrate", book, "--to", DAPENG, "-o", tmp_path / "x.xlsx", status=1)
    assert [one["code"] for one in refused["findings"]] == ["RUBRIC_NOT_KNOWN"]
    found = run_json("migrate", book, "--to", DAPENG, "--rubric", spec, "-o", tmp_path / "x.xlsx")
    assert {one["id"]: one["value"] for one in found["carried"]} == {"department": DEPARTMENT}
    found = run_json("migrate", book, "--to", spec, "-o", tmp_path / "y.xlsx")
    assert (found["from"], found["to"], found["new"]) == (found["to"], found["from"], [])


def test_no_text_of_a_file_becomes_a_formula(tmp_path: Path) -> None:
    values = {"department": "=1+1", "preparer": "@SUM(A1)"}
    inputs = Inputs(
        values, {"budget_rationality": "原因"}, {"budget_rationality": (Evidence("材料"), Evidence())}
    )
    book, told = tmp_path / "a.xlsx", tmp_path / "说明.xlsx"
    book.write_bytes(new_workbook(rubric(YANTIAN), inputs=inputs))
    found = run_json("migrate", book, "--to", DAPENG, "-o", tmp_path / "b.xlsx", "--report", told)
    assert {key: found["counts"][key] for key in ("reasons", "evidence")} == {"reasons": 1, "evidence": 1}
    for sheet in openpyxl.load_workbook(told):
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


GUIDE = Path(__file__).parent.parent / "docs" / "authoring" / "archive-2025.yaml"


def test_this_years_figure_is_last_years_a_year_later(tmp_path: Path) -> None:
    later = tmp_path / "archive-2026.yaml"
    text = GUIDE.read_text("utf-8").replace("archive-2025", "archive-2026")
    later.write_text(text.replace("fiscal_year: 2025", "fiscal_year: 2026"), "utf-8")
    old, new = load_rubric(GUIDE), load_rubric(later)
    figures = {"sangong_spent": Decimal(12), "sangong_spent_before": Decimal(15)}  # made up
    migration = carry(old, Inputs(figures), new)
    assert migration.inputs.values["sangong_spent_before"] == 12
    assert migration.inputs.values["sangong_spent"] == 12  # to be confirmed, as every figure carried
    assert reasons(migration)["sangong_spent_before"] == "新表这里填上一年的数，原表所填是再上一年的"
    assert [one.key for one in migration.carried].count(Key.input("sangong_spent_before")) == 1

    again = carry(old, Inputs(figures), old)  # the same year: neither is last year's of the other
    assert "sangong_spent_before" not in again.inputs.values
