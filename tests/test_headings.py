"""Headings as papers print them and ids in any language: shown as they are, named as programs can."""

from __future__ import annotations

import io
import json
import xml.dom.minidom
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.compare import SHARE, Engines
from tests.engines.generate import cases
from tests.support.budget import share_of
from tests.support.cli import run, run_json
from tests.support.returned import formula as as_formula
from tests.support.returned import parts, with_cell
from workbook.api import new_workbook
from workbook.author.difference import difference
from workbook.author.difference_words import told
from workbook.check.run import check_spec
from workbook.data.read import read_data
from workbook.layout.cell_names import name_problem, plain_name
from workbook.layout.names import IDENTITY_NAME, defined_names
from workbook.load.rubric import load_rubric
from workbook.load.yamltext import Document
from workbook.migration.carry import carry
from workbook.returned.registry import Registry
from workbook.rubric.headings import indicator_headings
from workbook.rubric.inputs import Inputs
from workbook.rubric.keys import AreaKey, Key, Owner, quantity_of
from workbook.rubric.model import Dimension, Group, Rubric
from workbook.scorer.evaluate import evaluate
from workbook.scorer.quantities import describe_key
from workbook.template.draw import draw
from workbook.template.fingerprint import from_json, to_json
from workbook.verifier.verify import verify_batch

SPEC = Path(__file__).resolve().parent / "specs" / "headings.yaml"
RUBRIC = load_rubric(SPEC)

DATA = {
    "department": "测试局", "预算数": "100", "支出数": "90", "三公本年": "5", "三公上年": "10",
    "surveyed": "是", "satisfaction": "90%", "accident": "否", "rules_a": "否", "rules_b": "是",
    "jobs": "2", "faults": "1", "praise": "1",
}  # fmt: skip
"""Made up: 10 + 9 + 0 + 8 + 10 + 10 + 10 + 10 + 9 + 1 = 77."""

NAMES = {
    Key.input("预算数"): "年初_预算数_万元",
    Key.input("支出数"): "全年支出数",  # chosen
    Key.input("faults"): "数据_A1",
    Key.input("rules_a"): "管理制度健全",
    Key.input("rules_b"): "三_资产管理_管理制度健全",
    Key.input("jobs"): "数据_2030年项目数_个",
    Key.rate("变动率"): "三公经费_变动率",
    Key.raw("变动率"): "三公经费_变动率_原值",
    Key.rate("execution_rate"): "预算执行率_全年",
    Key.rate("again"): "比率_BZ2025",
    Key.rate("gap"): "相差率",  # chosen
    Key.score("change"): "得分_三公经费_变动率",
    Key.score("paid"): "得分_2_重点支出_安排率",
    Key.item("paid.all"): "得分_安排率",  # chosen
    Key.score("money_rules"): "得分_管理制度健全性",
    Key.score("asset_rules"): "得分_资产管理_管理制度健全性",
    Key.item("asset_rules.all"): "得分_资产管理_管理制度健全性_1",
    Key.score("jobs"): "得分_1_1",
    Key.score("gap"): "得分_公共サービスの_水準",
    Key.dimension("一、投入（20分）", "score"): "小计_一_投入_20分",
    Key.dimension("BZ2025", "score"): "小计_BZ2025",
    Key.group("一、投入（20分）", "预算/配置~", "open"): "待填分值_一_投入_20分_预算_配置",
    Key.group("加分项（最高 5 分）", "—", "score"): "小计_加分项_最高_5_分_二级指标",
    Key.rows("项目表", "used"): "项目_清单_二_行数",
    AreaKey.column("项目表", "金额"): "项目_清单_二_金额_万元",
    Key.cap("accident"): "限制_一票否决_重大事故",
    Key.light("pace"): "预警_预警_进度_50",
}


def filled(**changes: str) -> Inputs:
    inputs = read_data(RUBRIC, {**DATA, **changes}, Document(SPEC, None)).inputs
    return replace(inputs, reasons={one.id: "测试用的原因" for one in RUBRIC.indicators})


def edited(folder: Path, *edits: tuple[str, str]) -> Path:
    text = SPEC.read_text(encoding="utf-8")
    for stands, other in edits:
        assert stands in text, stands
        text = text.replace(stands, other)
    path = folder / "edited.yaml"
    path.write_text(text, encoding="utf-8")
    return path


# names


def test_headings_are_those_that_no_defined_name_can_be() -> None:
    headings = [one.name for one in (*RUBRIC.dimensions, *RUBRIC.rates, *RUBRIC.caps, *RUBRIC.lights)]
    headings += [one.name for one in RUBRIC.fields if not one.cover] + [one.called for one in RUBRIC.tables]
    for dimension, group, indicator in RUBRIC.walk():
        headings += [group.name, indicator.name, dimension.name]
    assert len({one for one in headings if name_problem(one) is not None}) >= 19


def test_names_are_readable_and_as_they_were() -> None:
    names = defined_names(RUBRIC)
    assert {key: names[key] for key in NAMES} == NAMES


def accepted_by_every_program(rubric: Rubric) -> None:
    names = [*defined_names(rubric).values(), IDENTITY_NAME]
    assert [(one, name_problem(one)) for one in names if name_problem(one) is not None] == []
    assert [one for one, times in Counter(one.casefold() for one in names).items() if times > 1] == []


def test_names_are_accepted_by_every_program() -> None:
    accepted_by_every_program(RUBRIC)


def test_check_shows_what_it_has_made_and_nothing_else() -> None:
    (note,) = check_spec(SPEC)
    assert (note.code, note.line) == ("SPEC_NAME_MADE", 17)
    for made in (
        "字段“预算数”为 年初_预算数_万元",
        "比率“BZ2025”为 比率_BZ2025",
        "一级指标“一、投入（20分）”为 一_投入_20分",
        "指标“管理制度健全性（资产管理）”为 资产管理_管理制度健全性",
    ):
        assert made in note.message
    for silent in ("全年支出数", "相差率", "差额率", "财务管理_"):  # chosen, or a name by itself
        assert silent not in note.message


def test_describe_tells_the_names() -> None:
    public = run_json("describe", SPEC)
    assert {one["id"]: one["name"] for one in public["fields"]}["faults"] == "数据_A1"
    scores = {one["id"]: (one["name"], one["name_score"]) for one in public["indicators"]}
    assert scores["asset_rules"] == ("管理制度健全性", "得分_资产管理_管理制度健全性")


def test_a_new_heading_changes_no_name_that_is_one_by_itself(tmp_path: Path) -> None:
    """A heading from which the name of another indicator would be made stands before it."""
    path = edited(tmp_path, ('name: 资金使用"合规性"', "name: “管理制度健全性”"))
    names = defined_names(load_rubric(path))
    assert names[Key.score("money_rules")] == "得分_管理制度健全性"
    assert names[Key.score("faults")] == "得分_财务管理_管理制度健全性"
    path = edited(
        tmp_path,
        ("name: “三公经费”变动率\n            points", "name: 《管理制度健全性》\n            points"),
    )
    names = defined_names(load_rubric(path))
    assert names[Key.score("money_rules")] == "得分_管理制度健全性"
    assert names[Key.score("change")] == "得分_目标设定_10分_管理制度健全性"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("“三公经费”变动率", "三公经费_变动率"), ("投入（20分）", "投入_20分"), ("一、投入", "一_投入"),
        ("社会公众（或服务对象）满意度", "社会公众_或服务对象_满意度"),
        ("Ⅲ.　ｔｉｍｅ②", "III_time2"), ("٣ أهداف", "3_أهداف"),
        ("𠮷祥", "祥"), ("——★——", ""), ("率" * 300, "率" * 40),
    ],
)  # fmt: skip
def test_what_is_left_of_a_heading(heading: str, name: str) -> None:
    assert plain_name(heading) == name


ODD = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["A1", "r1c1", "C", "TRUE", "总分", "模板标识", "1", "_", "·", "得分_a", "a_1", "a", "A", "x" * 300]
    ),
)


@settings(max_examples=share_of(150), deadline=None)
@given(st.data())
def test_whatever_is_printed_has_names(data: st.DataObject) -> None:
    """Any headings, some of them alike: all names are valid, different, and the same when made again."""

    def some(one: Any) -> Any:
        return one.model_copy(update={"name": data.draw(ODD)})

    dimensions = []
    for dimension in RUBRIC.dimensions:
        groups: list[Group] = []
        for number, group in enumerate(dimension.groups):
            called = f"{data.draw(ODD)}{number}"
            inside = tuple(map(some, group.indicators))
            groups.append(group.model_copy(update={"name": called, "indicators": inside}))
        update = {"name": f"{data.draw(ODD)}{len(dimensions)}", "groups": tuple(groups)}
        dimensions.append(Dimension.model_copy(dimension, update=update))
    update = {
        "dimensions": tuple(dimensions),
        **{
            part: tuple(map(some, getattr(RUBRIC, part)))
            for part in ("fields", "rates", "caps", "lights", "tables")
        },
    }
    rubric = RUBRIC.model_copy(update=update)
    for part in ("field", "rate", "table", "indicators", "indicator", "beside", "composed", "rescales"):
        rubric.__dict__.pop(part, None)
    chosen = {"全年支出数", "相差率", "得分_安排率"}
    assert chosen <= set(defined_names(rubric).values())
    accepted_by_every_program(rubric)
    assert defined_names(rubric) == defined_names(rubric.model_copy())
    assert len(set(map(str, defined_names(rubric)))) == len(defined_names(rubric))


# sheets, engines, files


def test_sheets_show_the_headings_as_they_are_printed() -> None:
    data = new_workbook(RUBRIC, inputs=filled())
    book = openpyxl.load_workbook(io.BytesIO(data))
    shown = {(sheet.title, cell.value) for sheet in book for row in sheet.iter_rows() for cell in row
             if cell.data_type == "s"}  # fmt: skip
    for dimension, group, indicator in RUBRIC.walk():
        assert {("评分表", one.name) for one in (dimension, group, indicator)} <= shown
    assert {("计算过程", one.name) for one in RUBRIC.rates} <= shown
    for title in ("佐证材料", "辅助计算"):
        assert {(title, called) for called in indicator_headings(RUBRIC).values()} <= shown
    formulas = {
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    }
    assert "=1+1" not in formulas
    assert any('"预算执行率""全年""（%）"' in str(one) for one in formulas)
    assert set(book.defined_names) == {*defined_names(RUBRIC).values(), IDENTITY_NAME}
    for name, content in parts(data).items():
        if name.endswith((".xml", ".rels")):
            xml.dom.minidom.parseString(content)


def test_all_engines_agree() -> None:
    engines = Engines(RUBRIC)
    assert (
        engines.without_office([filled(), filled(accident="是"), *cases(RUBRIC, share_of(40), seed=7)]) == []
    )


@pytest.mark.libreoffice
def test_all_engines_agree_in_libreoffice() -> None:
    batch = [filled(), filled(accident="是"), *cases(RUBRIC, share_of(40), seed=7)[::SHARE]]
    assert Engines(RUBRIC).with_office(batch) == []


def test_a_filled_workbook_passes_and_a_changed_one_does_not() -> None:
    data = new_workbook(RUBRIC, inputs=filled())
    template = draw(RUBRIC)[1]
    score, rate = template.place(Key.score("asset_rules")), template.place(Key.rate("变动率"))
    files = [
        ("一.xlsx", data),
        ("二.xlsx", with_cell(data, score, as_formula("=10", 10))),
        ("三.xlsx", with_cell(data, rate, as_formula(template.formula(Key.rate("变动率")), "0.25"))),
        ("四.xlsx", new_workbook(RUBRIC, inputs=replace(filled(rules_b="否"), reasons={}))),
    ]
    passed, forged, stale, open_ = verify_batch(files, Registry.with_specs([SPEC]))
    assert passed.verdict == "pass", passed.findings
    assert passed.evaluation is not None
    assert (passed.evaluation.total, passed.evaluation.grade) == (77, "良")
    assert (
        "管理制度健全性（资产管理）"
        in next(one for one in passed.findings if one.code == "EVIDENCE_OPEN").message
    )
    (changed,) = [one for one in forged.findings if one.code == "FORMULA_CHANGED"]
    assert (changed.sheet, changed.cell) == (score.sheet, score.cell)
    assert {forged.verdict, stale.verdict} == {"fail"}
    assert any((one.sheet, one.cell) == (rate.sheet, rate.cell) for one in stale.findings)
    reasons = [one.message for one in open_.findings if one.code == "REASON_OPEN"]
    assert any("“管理制度健全性（资产管理）”" in one for one in reasons)
    assert any("“管理制度健全性（财务管理）”" in one for one in reasons)


def test_no_message_shows_a_name_that_nobody_wrote() -> None:
    """All that is said of any quantity is said with headings."""
    made = {name for key, name in defined_names(RUBRIC).items() if key in NAMES and "_" in name}
    keys = [
        key
        for key in draw(RUBRIC)[1].quantities
        if key.owner not in {Owner.WHOLE, Owner.LIST} and key.repeats is None
    ]
    said = [describe_key(RUBRIC, key) for key in keys]
    assert not [one for one in said for name in made if name in one]
    assert "管理制度健全性（资产管理）得分" in said
    assert "一、投入（20分）/预算/配置~得分" in said


def test_reports_hold_the_headings_without_harm(tmp_path: Path) -> None:
    book = tmp_path / "一.xlsx"
    book.write_bytes(new_workbook(RUBRIC, inputs=replace(filled(), reasons={})))
    page, table = tmp_path / "page.html", tmp_path / "table.xlsx"
    result = run("verify", book, "--rubric", SPEC, "--html", page, "--report", table)
    assert result.exit_code == 1
    html = page.read_text(encoding="utf-8")
    assert "管理制度健全性（资产管理）" in html
    assert "Payment pace &lt;b&gt;&amp; " in html
    assert "pace <b>" not in html
    cells = [cell for sheet in openpyxl.load_workbook(table) for row in sheet.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"].count("s") >= 1
    assert not [cell.value for cell in cells if cell.data_type == "f" and "1+1" in str(cell.value)]


# keys, data, migration, comparison


def test_a_stroke_in_a_heading_parts_nothing() -> None:
    one, other = Key.group("a/b", "c", "score"), Key.group("a", "b/c", "score")
    assert one is not other
    assert (one.headings, other.headings) == (("a/b", "c"), ("a", "b/c"))
    assert Key.group("a~1b", "c", "score") is not one
    for key in (one, other, Key.group("~", "/~1", "open"), Key.dimension("甲:乙#丙", "open")):
        assert quantity_of(str(key)) is key


def test_the_fingerprint_holds_every_heading(tmp_path: Path) -> None:
    path = edited(
        tmp_path, ("name: “三公经费”变动率\n            points", "name: A¶、B12 变动\n            points")
    )
    template = draw(load_rubric(path))[1]
    rows = {f"Z{row}": "同一句话¶" for row in range(1, 9)}  # as items of one indicator repeat its heading
    first = replace(template.sheets[0], texts={**template.sheets[0].texts, **rows})
    template = replace(template, sheets=(first, *template.sheets[1:]))
    assert from_json(json.loads(json.dumps(to_json(template)))) == template


def test_data_by_chinese_ids_and_labels(tmp_path: Path) -> None:
    csv = tmp_path / "数据.csv"
    csv.write_text(
        "填报项目,数值\n年初 预算数（万元）,100\n支出数,90\n“三公经费”本年预算,5\n三公上年,10\n表彰/奖励,1\n",
        encoding="utf-8",
    )
    assert run_json("score", SPEC, "--data", csv)["indicators"][0]["score"] == "10.00"
    yaml = tmp_path / "数据.yaml"
    yaml.write_text(
        "表彰/奖励: 1\nreason.管理制度健全性: 没有\ntables.项目 清单（二）: []\n", encoding="utf-8"
    )
    found = run_json("score", SPEC, "--data", yaml, status=2)["findings"]
    assert [one["fix"].partition("，")[2] for one in found] == [
        "它的 id 是 praise，这里请写 id。",
        "它的 id 是 reason.money_rules、reason.asset_rules，这里请写 id。",
        "它的 id 是 tables.项目表，这里请写 id。",
    ]


def test_explain_takes_a_heading_and_asks_where_two_have_it(tmp_path: Path) -> None:
    data = tmp_path / "数据.yaml"
    data.write_text("\n".join(f"{key}: {value}" for key, value in DATA.items()), encoding="utf-8")
    (found,) = run_json("explain", SPEC, "管理制度健全性", "--data", data, status=2)["findings"]
    assert (found["code"], "money_rules、asset_rules" in found["fix"]) == ("INDICATOR_SHARED", True)
    for name in ("管理制度健全性（资产管理）", "asset_rules"):
        assert run("explain", SPEC, name, "--data", data).output.startswith(
            "管理制度健全性（资产管理）：得分 10"
        )
    shown = run("explain", SPEC, "2.重点支出 安排率（%）", "--data", data).output
    assert '预算执行率"全年"（%）＝90%（支出数÷预算数）' in shown


def test_migration_goes_by_id_whatever_the_heading(tmp_path: Path) -> None:
    path = edited(
        tmp_path,
        ("id: headings-2030", "id: headings-2031"),
        ("fiscal_year: 2030", "fiscal_year: 2031"),
        ("name: “三公经费”变动率", "name: 三公经费【变动】"),
        ("name: 二、过程", "name: 二、过程（50分）"),
        ("项目 清单（二）", "清单[二]"),
        ("上年预算, kind: money", "去年预算, kind: money, last_year_of: 三公本年"),
    )
    result = carry(RUBRIC, filled(), load_rubric(path))
    assert result.inputs.values["rules_b"] == "是"
    assert result.inputs.values["三公上年"] == 5
    assert {"三公本年", "预算数", "faults"} <= {str(one.key) for one in result.carried}


def test_comparison_says_headings_for_ids_of_any_language(tmp_path: Path) -> None:
    stands = "name: 管理制度健全性\n            points: 10"
    path = edited(
        tmp_path,
        ("of: 支出数 / 预算数,", "of: 支出数 / 三公上年,"),
        ("预算/配置~", "预算/配置"),
        (stands, stands.replace("健全性", "")),
    )
    changes = run_json("diff", SPEC, path)["changes"]
    known = {(one["kind"], one["change"]): one for one in changes}
    assert known["group", "renamed"]["after"] == "预算/配置"
    assert known["indicator", "renamed"]["after"] == "管理制度"
    after = load_rubric(path)
    rows = [(one.object, one.before, one.after) for one in told(difference(RUBRIC, after), RUBRIC, after)]
    assert (
        '预算执行率"全年"（%）',
        "“全年”支出数÷年初 预算数（万元）",
        "“全年”支出数÷“三公经费”上年预算",
    ) in rows
    assert "管理制度健全性（资产管理）" in {row[0] for row in rows}


def test_the_scores_are_those_by_hand() -> None:
    evaluation = evaluate(RUBRIC, filled())
    assert [int(one.score or 0) for one in evaluation.indicators] == [10, 9, 0, 8, 10, 10, 10, 10, 9, 1]
    assert evaluate(RUBRIC, filled(accident="是")).total == 59
