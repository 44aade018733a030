"""The map of the packages is up to date and complete; the public names are those that the docs list."""

from __future__ import annotations

import re

import pytest

import workbook
from tests.architecture_page import PAGE, ROOT, layers, page, sentence

HOME = ROOT / "workbook"


def test_the_map_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python3 dev.py readme"


def test_every_package_and_module_has_its_layer() -> None:
    named = {name for layer in layers() for name in layer}
    there = {one.name for one in HOME.iterdir() if (one / "__init__.py").exists()}
    there |= {one.stem for one in HOME.glob("*.py") if not one.stem.startswith("__")}
    assert named == there


@pytest.mark.parametrize("name", [name for layer in layers() for name in layer])
def test_each_says_in_a_sentence_what_is_inside(name: str) -> None:
    said = sentence(name)
    assert said.endswith(".")
    assert not re.match(r"(?:What|How|The .* that)\b", said), said


def test_the_public_names_are_those_that_the_docs_list() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = re.search(r"<!-- public names -->\n(.*?)<!-- /public names -->", text, re.S)
    assert listed is not None
    assert set(re.findall(r"^\| `(\w+)", listed[1], re.M)) == set(workbook.__all__)
    for name in workbook.__all__:
        assert getattr(workbook, name).__doc__
