"""Specs with parts taken out, doubled, exchanged or filled with anything: findings, never a traceback."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from workbook.check.run import check_spec
from workbook.findings import has_errors
from workbook.load.rubric import load_rubric
from workbook.template.draw import draw

SPECS = Path(__file__).resolve().parent / "specs"
VALUES: list[Any] = [
    None, "", "x", "0", "-1", "1e9", "9" * 400, "100%", "1/0", "(", "not x", "filled(x)", "spent",
    "true", "是", "“”", '"', "=1", "count(works)", "sum(x.y)", "../specs/tiny.yaml", [], {}, ["a"],
    {"a": "b"}, [[]], [None],
]  # fmt: skip
KEYS = [
    "x",
    "kind",
    "points",
    "when",
    "beside",
    "not_applicable",
    "weight",
    "scored_as",
    "open",
    "base",
    "caps",
]


def paths(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inside:
        yield from paths(value, (*path, key))


def at(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def mutate(data: Any, random: Random) -> None:
    everything = list(paths(data))
    if not everything:
        return
    path = random.choice(everything)
    parent, key = at(data, path[:-1]), path[-1]
    match random.randrange(5):
        case 0:
            parent[key] = copy.deepcopy(random.choice(VALUES))
        case 1:
            del parent[key]
        case 2 if isinstance(parent, list):
            parent.append(copy.deepcopy(parent[key]))
        case 3 if isinstance(parent, dict):
            parent[random.choice(KEYS)] = copy.deepcopy(random.choice(VALUES))
        case _:
            parent[key] = copy.deepcopy(at(data, random.choice(everything)))


@pytest.mark.parametrize("name", ["composed", "every_rule", "open_points", "overlay", "tiny"])
def test_a_broken_spec_is_told_and_a_sound_one_makes_a_workbook(name: str, tmp_path: Path) -> None:
    random = Random(name)
    (tmp_path / "open_points.yaml").write_bytes((SPECS / "open_points.yaml").read_bytes())
    spec = tmp_path / "spec.yaml"
    outcomes = set()
    for _ in range(60):
        data = yaml.load((SPECS / f"{name}.yaml").read_text("utf-8"), yaml.BaseLoader)
        for _ in range(random.choice([1, 1, 2, 4])):
            mutate(data, random)
        spec.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
        refused = has_errors(check_spec(spec))
        outcomes.add(refused)
        if not refused:
            draw(load_rubric(spec))
    assert outcomes == {True, False}
