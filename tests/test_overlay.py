"""Overlays: a department's own indicators in the place of open points. Figures are made up."""

from __future__ import annotations

import shutil
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from tests.engines.compare import SHARE, Engines
from tests.engines.generate import cases
from tests.support import returned
from tests.support.budget import share_of
from tests.support.cli import run_json
from tests.support.identity import with_identity
from tests.support.lines import line_of
from tests.support.returned import codes, places
from workbook.api import load_rubric, new_workbook, score
from workbook.check.run import check_spec
from workbook.findings import Severity
from workbook.load.rubric import load_spec, spec_hash
from workbook.returned.registry import Registry
from workbook.rubric.inputs import Inputs
from workbook.rubric.keys import Key
from workbook.rubric.model import Rubric
from workbook.template.draw import draw
from workbook.template.identity import Identity
from workbook.verifier.verification import Verdict, Verification
from workbook.verifier.verify import verify_bytes

SPECS = Path(__file__).resolve().parent / "specs"
BASE, OVERLAY = SPECS / "open_points.yaml", SPECS / "overlay.yaml"
FILLED = Inputs(
    {
        "department": "测试局",
        "plan": Decimal(100), "spent": Decimal(100), "satisfaction": Decimal(1),
        "own_output_points": Decimal(10), "own_output_score": Decimal(10),
        "systems_due": Decimal(100), "systems_done": Decimal(97), "services_kept": "是",
    },
    reasons={"connection": "三个系统年内下线"},
)  # fmt: skip


@cache
def engines() -> Engines:
    return Engines(load_rubric(OVERLAY))


def verified(book: bytes, *specs: Path) -> Verification:
    return verify_bytes(book, Registry.with_specs(specs), "测试.xlsx")


def copied(folder: Path, *edits: tuple[Path, str, str]) -> Path:
    """The overlay in a folder with its base, pieces of their text replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in (BASE, OVERLAY):
        text = path.read_text(encoding="utf-8")
        for _, stands, other in (one for one in edits if one[0] == path):
            assert text.count(stands) == 1, stands
            text = text.replace(stands, other)
        (folder / path.name).write_text(text, encoding="utf-8")
    return folder / OVERLAY.name


def identity_of(rubric: Rubric) -> Identity:
    template = draw(rubric)[1]
    return Identity(rubric.id, template.version, template.spec, "blank")


def test_the_specimens_are_clean() -> None:
    assert check_spec(BASE) == []
    assert check_spec(OVERLAY) == []


def test_what_is_replaced_is_gone_and_all_else_is_the_bases() -> None:
    base, rubric = load_rubric(BASE), engines().rubric
    assert [one.id for one in rubric.indicators] == [
        "spending",
        "output",
        "connection",
        "continuity",
        "public",
    ]
    assert (rubric.id, rubric.title) == ("made-up-centre-2024", "虚构数据中心 2024 年度评分标准")
    for part in ("issuer", "fiscal_year", "status", "source", "points", "grades"):
        assert getattr(rubric, part) == getattr(base, part), part
    assert list(rubric.table) == ["own_output"]
    assert not {one for one in rubric.field if one.startswith("own_effectiveness")}
    assert [one.id for one in rubric.checks] == ["within", "connected", "own_output_whole"]
    assert spec_hash(rubric) != spec_hash(base)


def test_generated_cases_agree() -> None:
    assert engines().without_office([FILLED, *cases(engines().rubric, share_of(60), seed=7)]) == []


@pytest.mark.libreoffice
def test_libreoffice_agrees() -> None:
    assert engines().with_office([FILLED, *cases(engines().rubric, 60, seed=7)[::SHARE]]) == []


def test_a_filled_workbook_passes_and_its_tie_is_rounded_up() -> None:
    evaluation = score(engines().rubric, FILLED)
    scores = {one.indicator.id: one.score for one in evaluation.indicators}
    assert scores["connection"] == Fraction("12.13")  # 97 / 100 × 12.5 = 12.125
    report = verified(new_workbook(engines().rubric, inputs=FILLED), OVERLAY)
    assert report.verdict is Verdict.PASS


def test_only_who_knows_the_overlay_can_verify_its_workbook(tmp_path: Path) -> None:
    book = tmp_path / "表.xlsx"
    run_json("new", OVERLAY, "-o", book, "--department", "测试局")
    for specs in ((), ("--rubric", BASE)):
        file = run_json("verify", book, *specs, status=1)["files"][0]
        assert [one["code"] for one in file["findings"]] == ["RUBRIC_NOT_KNOWN"]
    file = run_json("verify", book, "--rubric", OVERLAY, "--rubric", BASE, status=1)["files"][0]
    assert file["verdict"] == "incomplete"


def test_a_workbook_of_the_base_is_none_of_the_overlay() -> None:
    book = new_workbook(load_rubric(BASE))
    assert codes(verified(book, OVERLAY)) == {"RUBRIC_NOT_KNOWN"}
    assert verified(book, OVERLAY, BASE).verdict is Verdict.INCOMPLETE


@pytest.mark.parametrize(("own", "other"), [(BASE, OVERLAY), (OVERLAY, BASE)], ids=["base", "overlay"])
def test_a_borrowed_identity_is_found(own: Path, other: Path) -> None:
    book = with_identity(new_workbook(load_rubric(own)), identity_of(load_rubric(other)))
    report = verified(book, BASE, OVERLAY)
    assert report.verdict is Verdict.FAIL
    assert report.rubric == load_rubric(other).id
    assert {"CELL_CHANGED", "FORMULA_CHANGED"} & codes(report, Severity.ERROR)


def test_a_changed_formula_is_found() -> None:
    place = engines().template.quantities[Key.item("connection.rate")]
    book = new_workbook(engines().rubric, inputs=FILLED)
    report = verified(returned.with_cell(book, place, returned.formula("12.5", 12.5)), OVERLAY)
    assert place in places(report, "FORMULA_CHANGED")


def test_a_base_that_has_changed_since_is_named(tmp_path: Path) -> None:
    book = new_workbook(engines().rubric)
    changed = copied(tmp_path, (BASE, "clause: 执行率×15", "clause: 执行率乘15"))
    assert codes(verified(book, changed)) == {"SPEC_DIFFERS"}


@pytest.mark.parametrize(
    ("file", "stands", "other", "code", "words"),
    [
        (BASE, "满意度×10\n                rule: {kind: prop", "满意度×10\n                rule: {kind: prap",
         "SPEC_RULE_UNKNOWN", "kind: prap"),
        (BASE, "on: satisfaction", "on: satisfactio", "SPEC_REFERENCE", "on: satisfactio}"),
        (BASE, "fields: [satisfaction]", "fields: [satisfaction, lost]", "SPEC_FIELD_UNKNOWN", "lost"),
        (BASE, "open: {rows: 4,", "open: {row: 4,", "SPEC_KEY_UNKNOWN", "row: 4"),
        (OVERLAY, "field: services_kept", "feld: services_kept", "SPEC_KEY_UNKNOWN", "feld"),
        (OVERLAY, "rule: {kind: prop", "rule: {kind: prap", "SPEC_RULE_UNKNOWN", "kind: prap"),
        (OVERLAY, "left: systems_done", "left: systems_don", "SPEC_REFERENCE", "left: systems_don,"),
        (OVERLAY, "of: systems_done", "of: 1 + systems_done", "SPEC_DIVISION", "of: 1"),
        (OVERLAY, "[systems_due, ", "[systems_due, spent, ", "SPEC_FIELD_TWICE", "spent, "),
        (OVERLAY, "{id: connection, name", "{id: execution, name", "SPEC_ID_TWICE", "id: execution,"),
    ],
)  # fmt: skip
def test_a_slip_is_reported_in_its_own_file(
    file: Path, stands: str, other: str, code: str, words: str, tmp_path: Path
) -> None:
    spec = copied(tmp_path, (file, stands, other))
    changed = tmp_path / file.name
    found = {(one.code, one.file, one.line) for one in check_spec(spec)}
    assert (code, str(changed), line_of(changed, words)) in found


def test_the_base_may_be_built_in(tmp_path: Path) -> None:
    spec = tmp_path / "overlay.yaml"
    text = OVERLAY.read_text(encoding="utf-8").replace("base: open_points.yaml", "base: yantian-2023")
    spec.write_text(text, encoding="utf-8")
    (finding,) = (one for one in check_spec(spec) if one.code == "SPEC_OVERLAY")
    assert "“effectiveness”不在 base 的指标中" in finding.message
    assert finding.line == line_of(spec, "effectiveness:")


def test_the_base_may_be_the_author_s_other_folder(tmp_path: Path) -> None:
    spec = copied(tmp_path / "单位" / "甲", (OVERLAY, "base: open_points.yaml", "base: ../标准/全市.yaml"))
    (tmp_path / "单位" / "标准").mkdir()
    shutil.move(spec.parent / BASE.name, tmp_path / "单位" / "标准" / "全市.yaml")
    assert spec_hash(load_rubric(spec)) == spec_hash(engines().rubric)


def test_files_of_the_same_name_are_kept_apart(tmp_path: Path) -> None:
    one = copied(tmp_path / "a")
    other = copied(tmp_path / "b", (BASE, "about: 支出与计划之比", "about: 另一种说明"))
    assert load_rubric(one).indicators[0].about == "支出与计划之比"
    assert load_rubric(other).indicators[0].about == "另一种说明"


def test_a_part_of_the_points_may_stay_open(tmp_path: Path) -> None:
    spec = copied(
        tmp_path,
        (OVERLAY, OVERLAY.read_text(encoding="utf-8").split("about: 服务没有中断\n")[1],
         "      open: {rows: 3, place: 第2项, clause: 部门另行自定}\n"),
        (OVERLAY, "  services_kept: {label: 服务无中断, name: 服务无中断, kind: yesno}\n", ""),
        (OVERLAY, ", services_kept]", "]"),
    )  # fmt: skip
    assert check_spec(spec) == []
    assert set(load_rubric(spec).table) == {"own_output", "own_continuity"}


def test_both_open_indicators_may_be_replaced(tmp_path: Path) -> None:
    rule = "rule: {kind: all_or_nothing, field: services_kept}"
    item = f"{{id: kept, points: 10, place: 全文, clause: 乙, {rule}}}"
    work = f"{{id: own_work, name: 自定产出, points: 10, about: 甲, items: [{item}]}}"
    more = f"replaces:\n  output: [{work}]\n"
    spec = copied(tmp_path, (OVERLAY, "replaces:\n", more))
    assert check_spec(spec) == []
    rubric = load_rubric(spec)
    assert [one.id for one in rubric.indicators] == [
        "spending",
        "own_work",
        "connection",
        "continuity",
        "public",
    ]
    assert rubric.tables == ()


def test_a_field_of_the_base_may_be_worded_otherwise(tmp_path: Path) -> None:
    wording = "fields:\n  satisfaction: {label: 企业满意度, help: 以问卷为准}\n"
    spec = copied(tmp_path, (OVERLAY, "fields:\n  systems", wording + "  systems"))
    field = load_rubric(spec).field["satisfaction"]
    assert (field.label, field.help, field.name) == ("企业满意度", "以问卷为准", "满意度")


@pytest.mark.parametrize(
    ("stands", "other", "words"),
    [
        ("rates:\n", "rates: {}\nxrates:\n", "应为列表"),
        ("fields:\n", "scales: []\nfields:\n", "应为键值结构"),
        ("replaces:\n", "replaces: [\n", None),
        ("base: open_points.yaml", "base: [open_points.yaml]", "不存在"),
        ("base: open_points.yaml", "base: ../specs", "不存在"),
    ],
)
def test_wrong_shapes_are_findings(stands: str, other: str, words: str | None, tmp_path: Path) -> None:
    loaded = load_spec(copied(tmp_path, (OVERLAY, stands, other)))
    assert loaded.rubric is None
    assert any(words is None or words in one.message for one in loaded.findings)
