"""What DATA may look like, and what is refused with its line and remedy."""

from __future__ import annotations

import string
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from workbook.codes import CODES
from workbook.data.read import load_data
from workbook.findings import Refused, Severity, nearest
from workbook.load.rubric import load_rubric
from workbook.load.yamltext import load_yaml
from workbook.rubric.inputs import Evidence, Inputs

YANTIAN = load_rubric("yantian-2023")
DAPENG = load_rubric("dapeng-2024")


def read(tmp_path: Path, text: str, *, name: str = "data.yaml", encoding: str = "utf-8") -> Inputs:
    path = tmp_path / name
    path.write_text(text, encoding=encoding)
    return load_data(YANTIAN, path).inputs


def refusals(tmp_path: Path, text: str) -> list[tuple[str, int | None]]:
    with pytest.raises(Refused) as caught:
        read(tmp_path, text)
    return [(one.code, one.line) for one in caught.value.findings if one.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1668.65", "1668.65"),
        ("'1,668.65'", "1668.65"),
        ("１６６８．６５", "1668.65"),
        ("'　1668.65 '", "1668.65"),
        ("1668.65万元", "1668.65"),
        ("0.10", "0.10"),
    ],
)
def test_money_is_taken_digit_by_digit(tmp_path: Path, written: str, value: str) -> None:
    assert read(tmp_path, f"q1_spending: {written}").values["q1_spending"] == Decimal(value)


@pytest.mark.parametrize(
    ("written", "value"), [("12.5%", "0.125"), ("１２．５％", "0.125"), ("0.125", "0.125")]
)
def test_percent(tmp_path: Path, written: str, value: str) -> None:
    assert read(tmp_path, f"public_satisfaction: {written}").values["public_satisfaction"] == Decimal(value)


@pytest.mark.parametrize(
    ("written", "value"), [("是", "是"), ("true", "是"), ("' 否 '", "否"), ("False", "否")]
)
def test_yes_and_no(tmp_path: Path, written: str, value: str) -> None:
    assert read(tmp_path, f"improper_spending: {written}").values["improper_spending"] == value


def test_json_dates_covers_reasons_and_evidence(tmp_path: Path) -> None:
    text = (
        '{"department": "区教育局", "date": "2024-03-31", "staff_quota": 26, "complaints": null,'
        ' "reason.procurement": "甲", "reason.procurement.policy": "乙",'
        ' "evidence.disclosure": ["一", "二"], "evidence": {"procurement": "三"}}'
    )
    inputs = read(tmp_path, text, name="data.json")
    assert inputs.values == {
        "department": "区教育局",
        "date": date(2024, 3, 31),
        "staff_quota": Decimal(26),
        "fiscal_year": Decimal(2023),
    }
    assert inputs.reasons == {"procurement": "甲；第2项：乙"}
    assert inputs.evidence == {
        "disclosure": (Evidence("一"), Evidence("二")),
        "procurement": (Evidence("三"),),
    }


def test_files_from_windows_desks_may_be_gb18030(tmp_path: Path) -> None:
    assert read(tmp_path, "department: 区教育局", encoding="gb18030").values["department"] == "区教育局"


@pytest.mark.parametrize("word", ["无", "/", "—", "12,34", "1e3", "nan", ".5", "12.5％％"])
def test_what_is_no_number_is_refused(tmp_path: Path, word: str) -> None:
    assert refusals(tmp_path, f"\nassets_total: '{word}'") == [("INPUT_NOT_NUMBER", 2)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("budget_fits_duties: 1.01", "INPUT_RANGE"),
        ("budget_fits_duties: 0.123", "INPUT_DECIMALS"),
        ("complaints: -1", "INPUT_RANGE"),
        ("complaints: 0.5", "INPUT_NOT_WHOLE"),
        ("fiscal_year: 2024", "INPUT_RANGE"),
        ("budget_disclosure: 公开", "INPUT_CHOICE"),
        ("date: 31.3.2024", "INPUT_DATE"),
        ("date: 1024-03-31", "INPUT_DATE"),
        ("department: [甲, 乙]", "DATA_SHAPE"),
        ("reason.procurement: [甲]", "DATA_SHAPE"),
        ("evidence.procurement: {a: b}", "DATA_SHAPE"),
        ("reason.procurement: \u200b", "DATA_SHAPE"),
        ("evidence.procurement: [\u3164]", "DATA_SHAPE"),
        ("evidence.procurement: [{name: \u2800}]", "DATA_SHAPE"),
        ("department: \u2060", "INPUT_TEXT"),
        ("[1, 2]", "DATA_SHAPE"),
        ('department: "甲\\x01"', "INPUT_TEXT"),
        ("staff_qouta: 1", "DATA_KEY_UNKNOWN"),
        ("a: &x [*x]", "YAML_SYNTAX"),
        ("a: [", "YAML_SYNTAX"),
    ],
)
def test_refusals(tmp_path: Path, text: str, code: str) -> None:
    assert [found for found, _ in refusals(tmp_path, text)] == [code]


def test_a_reason_too_long_is_refused(tmp_path: Path) -> None:
    assert refusals(tmp_path, f"reason.procurement: {'长' * 5001}") == [("DATA_SHAPE", 1)]


def test_more_decimals_than_usual_warn(tmp_path: Path) -> None:
    path = tmp_path / "data.yaml"
    path.write_text("assets_total: 1.2345", encoding="utf-8")
    data = load_data(YANTIAN, path)
    assert [one.code for one in data.findings] == ["INPUT_PRECISION"]
    assert data.inputs.number("assets_total") == Decimal("1.2345")


def test_a_degree_outside_its_level_is_an_input_error(tmp_path: Path) -> None:
    path = tmp_path / "data.yaml"
    path.write_text("tourism_level: 部分实现目标\ntourism_degree: 80%", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        load_data(DAPENG, path)
    (finding,) = caught.value.findings
    assert (finding.code, finding.line) == ("INPUT_LEVEL", 2)
    assert "60%（含）至80%" in finding.message


def test_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        load_yaml(tmp_path / "missing.yaml")
    assert caught.value.findings[0].code == "FILE_UNREADABLE"
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\xff\xff")
    with pytest.raises(Refused):
        load_yaml(binary)


def test_the_catalogue_never_uses_the_names_of_places() -> None:
    places = {"sheet", "cell", "indicator", "file", "line", "clause", "code"}
    for code, entry in CODES.items():
        for text in (entry.message, entry.fix):
            used = {name for _, name, _, _ in string.Formatter().parse(text) if name}
            assert not used & places, code
        assert entry.message.strip()
        assert entry.meaning.isascii()


def test_nearest() -> None:
    assert nearest("staff_qouta", ["staff_quota", "complaints"]) == "最接近的是 staff_quota"
    assert nearest("zzz", ["a", "b"]) == "可用的有 a、b"
    assert nearest("zzz", []) == "目前没有可用的名称"


@pytest.mark.parametrize(
    ("key", "meant"),
    [("reasons.procurement", "reason.procurement"), ("reason.procurment", "reason.procurement"),
     ("table.projects", "tables.projects"), ("evidences.procurement", "evidence.procurement")],
)  # fmt: skip
def test_a_wrong_word_for_a_reason_is_told_the_right_one(tmp_path: Path, key: str, meant: str) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path, f"{key}: 甲")
    assert meant in refused.value.findings[0].fix
