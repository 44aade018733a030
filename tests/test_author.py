"""The author's first spec and the schema for editors."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.support.cli import run, run_json
from tests.support.paths import TINY
from workbook.author.schema import spec_schema
from workbook.check.run import check_spec
from workbook.load.builtin import builtin_ids, builtin_path
from workbook.load.rubric import load_rubric
from workbook.load.yamltext import load_yaml
from workbook.rubric.model import Rubric
from workbook.rubric.rules import Bands, DeductEach, Judgement

HERE = Path(__file__).parent
VALID = [*(builtin_path(one) for one in builtin_ids()), *sorted((HERE / "specs").glob("*.yaml"))]


class Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: ``on`` is a text, a day is one, too."""


Core.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?[0-9]*\.[0-9]+", "-+.0123456789"),
    ("null", "~|null|Null|NULL|", "~nN"),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))


def as_editors_read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=Core)


VALIDATOR = jsonschema.Draft202012Validator(spec_schema())


# init


def test_the_first_spec_is_clean_and_makes_a_workbook(tmp_path: Path) -> None:
    spec, book = tmp_path / "my-district-2030.yaml", tmp_path / "book.xlsx"
    run("init", "-o", spec, "--year", "2030")
    assert check_spec(spec) == []
    rubric = load_rubric(spec)
    assert (rubric.id, rubric.fiscal_year) == ("my-district-2030", 2030)
    assert "2030" in rubric.title
    assert run("new", spec, "-o", book).exit_code == 0
    assert zipfile.is_zipfile(book)


def test_the_first_spec_shows_every_usual_part(tmp_path: Path) -> None:
    spec = tmp_path / "x.yaml"
    run("init", "-o", spec)
    rubric = load_rubric(spec)
    items = [item for indicator in rubric.indicators for item in indicator.items]
    assert {type(item.rule) for item in items} >= {Bands, DeductEach, Judgement}
    assert any(item.veto for item in items)
    assert rubric.rates
    assert rubric.checks
    own = load_yaml(spec).data["fields"]
    assert {one.id for one in rubric.fields if not one.cover} - own.keys()
    assert sum("# " in line for line in spec.read_text(encoding="utf-8").splitlines()) > 10


def test_the_first_spec_names_the_schema_that_the_command_writes(tmp_path: Path) -> None:
    spec = tmp_path / "x.yaml"
    run("init", "-o", spec)
    first = spec.read_text(encoding="utf-8").splitlines()[0]
    name = first.removeprefix("# yaml-language-server: $schema=")
    assert run("schema", "-o", tmp_path / name).exit_code == 0
    assert json.loads((tmp_path / name).read_text(encoding="utf-8")) == spec_schema()
    assert VALIDATOR.is_valid(as_editors_read(spec))


def test_id_and_title_are_taken_as_they_are(tmp_path: Path) -> None:
    spec = tmp_path / "标准.yaml"
    title = '评分: "标准" # $id'
    made = run_json("init", "-o", spec, "--id", "2031", "--title", title, "--year", "2031")
    assert made == {"rubric": "2031", "files": [str(spec)]}
    assert check_spec(spec) == []
    rubric = load_rubric(spec)
    assert (rubric.id, rubric.title) == ("2031", title)
    assert run_json("init", "-o", spec, "--force", "--year", "2031")["rubric"] == "my-rubric-2031"


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    spec = tmp_path / "x.yaml"
    spec.write_text("mine", encoding="utf-8")
    assert [one["code"] for one in run_json("init", "-o", spec, status=2)["findings"]] == ["FILE_EXISTS"]
    assert spec.read_text(encoding="utf-8") == "mine"
    assert run("init", "-o", spec, "--force").exit_code == 0


@pytest.mark.parametrize("rubric_id", ["Mine", "yantian-2023", "我的", "-x", ""])
def test_an_unusable_id_is_refused(rubric_id: str, tmp_path: Path) -> None:
    result = run_json("init", "-o", tmp_path / "x.yaml", "--id", rubric_id, status=2)
    assert [one["code"] for one in result["findings"]] == ["RUBRIC_ID_NEW"]
    assert not (tmp_path / "x.yaml").exists()


def test_a_spec_is_a_yaml_file(tmp_path: Path) -> None:
    assert run("init", "-o", tmp_path / "x.xlsx").exit_code == 2


# schema


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(spec_schema())
    assert json.loads(run("schema").stdout) == run_json("schema") == spec_schema()


def test_the_schema_is_not_written_over_another_file(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    assert run_json("schema", "-o", path) == {"files": [str(path)]}
    assert [one["code"] for one in run_json("schema", "-o", path, status=2)["findings"]] == ["FILE_EXISTS"]


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    "read", [as_editors_read, lambda path: load_yaml(path).data], ids=["editor", "loader"]
)
def test_a_spec_fits_the_schema(path: Path, read: Callable[[Path], Any]) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(read(path))] == []


def _indicator(spec: dict[str, Any]) -> dict[str, Any]:
    return spec["dimensions"][0]["groups"][0]["indicators"][0]


EDITS: dict[str, Callable[[dict[str, Any]], object]] = {
    "unknown-key": lambda spec: spec.update(titel="x"),
    "unknown-key-of-item": lambda spec: _indicator(spec)["items"][0].update(wieght=3),
    "unknown-key-of-field": lambda spec: spec["fields"]["plan"].update(lable="x"),
    "unknown-key-of-rule": lambda spec: _indicator(spec)["items"][1]["rule"].update(cuont="x"),
    "unknown-key-of-table": lambda spec: spec.update(tables=[{"use": "projects", "colums": []}]),
    "unknown-rule": lambda spec: _indicator(spec)["items"][1]["rule"].update(kind="deduct_eech"),
    "unknown-kind-of-field": lambda spec: spec["fields"]["plan"].update(kind="amount"),
    "wrong-kind-of-list": lambda spec: spec.update(sections="x"),
    "wrong-kind-of-fields": lambda spec: spec.update(fields=["plan"]),
    "points-in-words": lambda spec: spec.update(points="四"),
    "year-in-words": lambda spec: spec.update(fiscal_year="二零"),
    "missing-points": lambda spec: _indicator(spec).pop("points"),
    "missing-dimensions": lambda spec: spec.pop("dimensions"),
    "missing-in-rule": lambda spec: _indicator(spec)["items"][1]["rule"].pop("each"),
    "missing-kind-of-rule": lambda spec: _indicator(spec)["items"][1]["rule"].pop("kind"),
    "neither-items-nor-open": lambda spec: _indicator(spec).pop("items"),
    "items-and-open": lambda spec: _indicator(spec).update(open={"rows": 3, "place": "x", "clause": "y"}),
    "overlay-with-a-whole": lambda spec: spec.update(base="tiny.yaml"),
    "of-the-loader": lambda spec: spec.update(tells_pending=True),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_what_the_loader_refuses_does_not_fit(edit: Callable[[dict[str, Any]], object]) -> None:
    spec = as_editors_read(TINY)
    assert VALIDATOR.is_valid(spec)
    edit(spec)
    assert not VALIDATOR.is_valid(spec)


def test_every_key_of_a_rubric_is_in_the_schema() -> None:
    assert spec_schema()["$defs"]["RubricSpec"]["properties"].keys() == Rubric.model_fields.keys() - {
        "tells_pending",
        "counts_exactly",
        "settles_zero",
    }


def test_descriptions_are_the_docstrings() -> None:
    made = spec_schema()["$defs"]
    assert made["DeductEach"]["description"] == DeductEach.__doc__
    assert made["Item"]["description"].startswith("A numbered part")
