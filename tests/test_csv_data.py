"""DATA as a CSV table: the same inputs as from YAML, and every fault with its line."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.cli import run, run_json
from workbook import load_rubric, read_inputs_of
from workbook.data.csv import load_csv_data
from workbook.data.read import load_data
from workbook.evaluations.published import load_case
from workbook.findings import Finding, Refused
from workbook.load.builtin import published_path
from workbook.rubric.model import Rubric

YANTIAN = load_rubric("yantian-2023")


def write(tmp_path: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    path = tmp_path / "数据（局） 表.CSV"
    path.write_bytes(text.encode(encoding))
    return path


def refused(tmp_path: Path, text: str, rubric: Rubric = YANTIAN) -> list[Finding]:
    with pytest.raises(Refused) as caught:
        load_csv_data(rubric, write(tmp_path, text))
    return list(caught.value.findings)


def refusals(tmp_path: Path, text: str) -> list[tuple[str, int | None]]:
    return [(one.code, one.line) for one in refused(tmp_path, text)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_ids_labels_names_and_texts_beside(tmp_path: Path, encoding: str, end: str) -> None:
    lines = [
        "字段,数值",
        "部门（单位）名称,区教育局",
        "填报人 ,",
        "staff_quota,　２６ ",
        'q1_spending,"1,668.650"',
        "public_satisfaction,12.5%",
        "improper_spending,否",
        "date,2024-03-31",
        f'reason.procurement,"甲{end}乙"',
        "reason.procurement.policy,丙",
        "evidence.disclosure,一",
        "evidence.procurement,",
        "evidence.disclosure,",
        '"evidence.disclosure","二"',
        ",",
    ]
    yaml = tmp_path / "same.yaml"
    yaml.write_text(
        "department: 区教育局\nstaff_quota: 26\nq1_spending: '1,668.650'\npublic_satisfaction: 12.5%\n"
        'improper_spending: 否\ndate: 2024-03-31\nreason.procurement: "甲\\n乙"\n'
        "reason.procurement.policy: 丙\nevidence.disclosure: [一, 二]\n",
        encoding="utf-8",
    )
    inputs = read_inputs_of(YANTIAN, write(tmp_path, end.join(lines), encoding)).inputs
    assert inputs == load_data(YANTIAN, yaml).inputs
    assert str(inputs.number("q1_spending")) == "1668.650"


def test_a_saved_entry_sheet_is_data(tmp_path: Path) -> None:
    """Title above the headings, sections between the rows, further columns."""
    text = (
        "数据填报（2023 年度）,,,,\n序号,填报项目,单位,填报数据,状态\n一、预算,,,,\n"
        f"1,{YANTIAN.field['staff_quota'].label},人,26,已填\n"
    )
    assert load_csv_data(YANTIAN, write(tmp_path, text)).inputs.number("staff_quota") == Decimal(26)


def test_the_full_width_forms_of_a_label_do_not_matter(tmp_path: Path) -> None:
    text = "ＫＥＹ,Value\n部门(单位) 名称,甲\n"
    assert load_csv_data(YANTIAN, write(tmp_path, text)).inputs.word("department") == "甲"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("DATA_CSV_COLUMNS", 1)]),
        ("字段;数值\nstaff_quota;1\n", [("DATA_CSV_COLUMNS", 1)]),
        ("字段,数值,填报数据\nstaff_quota,1,2\n", [("CSV_COLUMNS", 1)]),
        ("字段,数值\nq1_spending,1,668.65\n", [("CSV_CELLS", 2)]),
        ('字段,数值\nstaff_quota,1\ncomplaints,"1\ndate,\n', [("CSV_SYNTAX", 3)]),
        ("字段,数值\n,12\n", [("DATA_CSV_KEY_BLANK", 2)]),
        ("字段,数值\nreason.procurment,x\n", [("DATA_KEY_UNKNOWN", 2)]),
        ("字段,数值\nreason.procurement,x\nreason.procurement,y\n", [("YAML_DUPLICATE_KEY", 3)]),
        ("字段,数值\nstaff_quota,1\n\nstaff_quota,1\n", [("YAML_DUPLICATE_KEY", 4)]),
        ("id,填报项目,数值\nstaff_quota,填报人,1\n", [("DATA_CSV_KEYS_DIFFER", 2)]),
    ],
)
def test_refusals(tmp_path: Path, text: str, expected: list[tuple[str, int]]) -> None:
    assert refusals(tmp_path, text) == expected


def test_every_problem_with_its_line_and_the_nearest_key(tmp_path: Path) -> None:
    label = YANTIAN.field["staff_quota"].label
    text = (
        'field,备注,value\nstaff_qouta,"一\n二",1\ncomplaints,,0.5\n填报入,,甲\nassets_total,,很多\n'
        f"staff_quota,,26\n{label},,27\n不存在.x,,1\n"
    )
    found = {(one.code, one.line): one for one in refused(tmp_path, text)}
    assert set(found) == {
        ("DATA_KEY_UNKNOWN", 2),
        ("INPUT_NOT_WHOLE", 4),
        ("DATA_KEY_UNKNOWN", 5),
        ("INPUT_NOT_NUMBER", 6),
        ("YAML_DUPLICATE_KEY", 8),
        ("DATA_KEY_UNKNOWN", 9),
    }
    assert "staff_quota" in found["DATA_KEY_UNKNOWN", 2].fix
    assert "填报人" in found["DATA_KEY_UNKNOWN", 5].fix
    assert "staff_quota" in found["YAML_DUPLICATE_KEY", 8].message
    assert {one.file for one in found.values()} == {str(tmp_path / "数据（局） 表.CSV")}


def test_a_label_of_two_fields_is_no_key(tmp_path: Path) -> None:
    data = YANTIAN.model_dump(by_alias=True)
    fields = tuple(
        one.model_copy(update={"label": "人数"}) if one.id in {"staff_quota", "complaints"} else one
        for one in YANTIAN.fields
    )
    rubric = Rubric.model_construct(**{**{key: getattr(YANTIAN, key) for key in data}, "fields": fields})
    (finding,) = refused(tmp_path, "字段,数值\n人数,1\n", rubric)
    assert (finding.code, finding.line) == ("DATA_LABEL_SHARED", 2)
    assert "complaints、staff_quota" in finding.message
    by_id = "id,填报项目,数值\nstaff_quota,人数,1\n"
    assert load_csv_data(rubric, write(tmp_path, by_id)).inputs.number("staff_quota") == 1


def test_score_explain_and_new_take_csv(tmp_path: Path) -> None:
    case = load_case(published_path("yantian-2023")).data.inputs
    rows = [(key, str(value)) for key, value in case.values.items()]
    rows += [(f"reason.{key}", text) for key, text in case.reasons.items()]
    text = "字段,数值\n" + "".join('{},"{}"\n'.format(key, value.replace('"', '""')) for key, value in rows)
    path = write(tmp_path, text, "gb18030")
    assert run_json("score", "yantian-2023", "--data", path)["total"] == "95.00"
    explained = run_json("explain", "yantian-2023", "public_expenses", "--data", path)
    assert explained["score"] == "5.00"
    book = tmp_path / "自评表.xlsx"
    run_json("new", "yantian-2023", "--data", path, "-o", book)
    assert run_json("score", "yantian-2023", "--data", book)["total"] == "95.00"
    bad = run("score", "yantian-2023", "--data", write(tmp_path, "字段,数值\nx,1\n"), "--json")
    assert bad.exit_code == 2
    assert json.loads(bad.stdout)["findings"][0]["line"] == 2
