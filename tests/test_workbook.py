"""The written workbook: deterministic, small, described by its map, and released with a fingerprint."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import openpyxl
import pytest

import workbook
from workbook.api import new_workbook
from workbook.author.release import release_template
from workbook.evaluations.published import load_cases
from workbook.load.builtin import builtin_ids
from workbook.load.released import frozen_hashes, released_hash, released_versions
from workbook.load.rubric import load_rubric
from workbook.rubric.keys import Key, Sort
from workbook.template.draw import draw
from workbook.template.fingerprint import from_json, load_released, to_json
from workbook.template.model import content_hash
from workbook.xlsx_writer import styles


@pytest.mark.parametrize("rubric_id", builtin_ids())
def test_same_input_same_bytes(rubric_id: str) -> None:
    rubric = load_rubric(rubric_id)
    assert new_workbook(rubric, department="区教育局") == new_workbook(rubric, department="区教育局")
    inputs = load_cases(rubric_id)[0].data.inputs
    assert new_workbook(rubric, inputs=inputs) == new_workbook(rubric, inputs=inputs)


@pytest.mark.parametrize("rubric_id", builtin_ids())
def test_size(rubric_id: str) -> None:
    assert len(new_workbook(load_rubric(rubric_id))) <= 300_000


@pytest.mark.parametrize("rubric_id", builtin_ids())
def test_map_names_and_cells_agree_with_the_file(rubric_id: str) -> None:
    rubric = load_rubric(rubric_id)
    data = workbook.describe(rubric)
    book = openpyxl.load_workbook(io.BytesIO(new_workbook(rubric)))
    for field in data["fields"]:
        target = book.defined_names[field["name"]].attr_text.replace("$", "").replace("'", "")
        assert target == f"{field['sheet']}!{field['cell']}"
        assert not book[field["sheet"]][field["cell"]].protection.locked
    for one in data["indicators"]:
        assert str(book[one["sheet"]][one["cell"]].value).startswith("=")
        assert not book[one["reason"]["sheet"]][one["reason"]["cell"]].protection.locked
    for place in (data["total"], data["grade"], data["ready"], *data["attainable"].values()):
        assert str(book[place["sheet"]][place["cell"]].value).startswith("=")


ELEMENTWISE = {"IF", "ISNUMBER", "ROUND", "INT", "ABS", "TRIM"}
AGGREGATING = {"COUNTIF", "COUNT", "SUM", "SUMIF", "INDEX", "SMALL", "LARGE", "HYPERLINK"}
LISTS = (Sort.COUNT, Sort.TABLE, Sort.SOURCE, Sort.TODO, Sort.LARGEST)
"""The sorts of quantities that look at ranges; all others can be evaluated over many workbooks at once."""


@pytest.mark.parametrize("rubric_id", builtin_ids())
def test_formulas_are_elementwise_and_of_excel_2010(rubric_id: str) -> None:
    _, template = draw(load_rubric(rubric_id))
    for key in template.quantities:
        formula = template.formula(key)
        assert len(formula) < 8192
        used = set(re.findall(r"([A-Z][A-Z0-9.]*)\(", re.sub(r'"[^"]*"', "", formula)))
        assert used <= ELEMENTWISE | AGGREGATING, key
        assert key.sort in LISTS or used <= ELEMENTWISE, key


def test_a_formula_reads_like_its_clause() -> None:
    _, template = draw(load_rubric("yantian-2023"))
    formula = template.formula(Key.item("public_expenses.sangong"))
    assert "IF(三公经费控制率<90%,3,IF(三公经费控制率<=100%,2,0))" in formula


@pytest.mark.parametrize("rubric_id", builtin_ids())
def test_generator_still_makes_the_released_template(rubric_id: str) -> None:
    _, template = draw(load_rubric(rubric_id))
    versions = released_versions(rubric_id)
    assert versions, f"run: workbook release {rubric_id}"
    assert template.version == versions[0], f"the template changed: run workbook release {rubric_id}"
    assert release_template(load_rubric(rubric_id))[2] is False, (
        f"it looks otherwise: workbook release {rubric_id}"
    )


@pytest.mark.parametrize("rubric_id", builtin_ids())
def test_fingerprint_round_trip(rubric_id: str) -> None:
    released = load_released(rubric_id, released_versions(rubric_id)[0])
    assert content_hash(from_json(json.loads(json.dumps(to_json(released))))) == content_hash(released)


def test_a_changed_template_gets_the_next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbook.load.released.released_folder", lambda: tmp_path)
    rubric = load_rubric("yantian-2023")
    assert release_template(rubric)[0] == "1"
    assert release_template(rubric)[2] is False
    changed = rubric.model_copy(update={"title": "改了标题（测试）"})
    version, path, fresh = release_template(changed)
    assert (version, fresh) == ("2", True)
    names = [f"yantian-2023.t{one}{end}" for one in "12" for end in (".json", ".rubric.json", ".xlsx")]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["SHA256SUMS", *names]
    assert path.name == "yantian-2023.t2.json"
    assert frozen_hashes() == {one: released_hash(tmp_path / one) for one in names}


def test_a_changed_look_gets_the_next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cells are the same, but not what anyone sees of them."""
    monkeypatch.setattr("workbook.load.released.released_folder", lambda: tmp_path)
    rubric = load_rubric("yantian-2023")
    assert release_template(rubric)[0] == "1"
    monkeypatch.setitem(styles.WARN, "bg_color", "#123456")
    assert release_template(rubric)[::2] == ("2", True)
    assert release_template(rubric)[::2] == ("2", False)


def test_public_names() -> None:
    for name in workbook.__all__:
        assert getattr(workbook, name) is not None
    with pytest.raises(AttributeError):
        _ = workbook.no_such_thing
