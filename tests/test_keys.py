"""Cell keys have one home: every key of every rubric is known there, and what is not known raises."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.deceits.kit import Draft
from tests.support import returned
from tests.support.returned import Issued, codes, issued, places, verified
from workbook.api import load_rubric
from workbook.layout.names import Place
from workbook.load.builtin import builtin_ids
from workbook.rubric.keys import Kind, key_of
from workbook.template.draw import draw
from workbook.verifier.agreement import agree
from workbook.verifier.verdict import Verdict
from workbook.xlsx_reader.read import read_workbook

SPECS = sorted((Path(__file__).parent / "specs").glob("*.yaml"))
RUBRICS = [*builtin_ids(), *map(str, SPECS)]


@pytest.mark.parametrize("spec", RUBRICS)
def test_every_key_of_a_rubric_is_known(spec: str) -> None:
    rubric = load_rubric(spec)
    template = draw(rubric)[1]
    owners = {one.id for one in rubric.indicators}
    for text in (*template.quantities, *template.inputs):
        key = key_of(text)
        assert key.indicator is None or key.indicator in owners, text
        if key.sort == "input":
            assert key.owner in rubric.field, text
        if key.echo:
            assert key_of(key.text).kind is key.kind


@pytest.mark.parametrize(
    "text",
    [
        "", "x:y", "score:", "group:x", "check:x:other", "row:x:1", "evidence.x.1", "tables.x.one.y", "a.b",
        "echo:x:y", "total:other", "todo:1:other", "largest:1:rest",
    ],
)  # fmt: skip
def test_what_is_no_key_raises(text: str) -> None:
    with pytest.raises(ValueError, match="key"):
        key_of(text)


@pytest.mark.parametrize(
    ("key", "noisy"),
    [
        ("total", False), ("low", False), ("high", False), ("score:x", False), ("deduction:x", False),
        ("group:甲/乙:score", False), ("total:open", False), ("count:open", False), ("sum:difference", False),
        ("total:share", False), ("echo:total#cover", False), ("largest:1:score", False), ("rate:x", False),
        ("raw:x", True), ("used:x", True), ("num:x", True), ("budget", True), ("echo:budget", True),
        ("tables.works.1.sum", True),
    ],
)  # fmt: skip
def test_noise_of_binary_engines_is_left_to_what_is_not_rounded(key: str, noisy: bool) -> None:
    assert agree(key, 91.75, Fraction(367, 4))
    assert agree(key, 91.75000000005, Fraction(367, 4)) is noisy
    assert key_of(key).kind in {Kind.QUOTIENT, Kind.TYPED} or not noisy


@pytest.mark.parametrize("rubric", returned.RUBRICS)
@pytest.mark.parametrize(
    "key", ["total", "low", "high", "total:share", "echo:total#cover", "score", "count:open"]
)
def test_a_saved_result_that_differs_by_a_hair_fails(rubric: str, key: str) -> None:
    case = issued(rubric)
    key = f"score:{case.rubric.indicators[0].id}" if key == "score" else key
    place = case[key]
    value = read_workbook(case.filled).sheets[place.sheet].cached[place.cell]
    assert isinstance(value, int | float)
    report = verified(returned.with_cache(case.filled, place, f"{value + 5e-11:.17g}"))
    assert report.verdict is Verdict.FAIL
    assert place in places(report, "CACHE_DIFFERS"), codes(report)


FORMATS = ("0.00%", ";;;", '"99.00"', "0,", "yyyy-mm-dd", "0.00E+00")
"""Per cent, nothing, another number, thousandths, a date, another way of writing."""


def _one_of_each_sort(case: Issued) -> dict[str, tuple[Place, object]]:
    """A cell that shows a result, for each sort and part of key in the sheets that are seen."""
    received = read_workbook(case.filled)
    found: dict[str, tuple[Place, object]] = {}
    for text, place in case.template.quantities.items():
        key = key_of(text)
        value = received.sheets[place.sheet].cached.get(place.cell, "")
        if not case.template.sheet[place.sheet].hidden and value not in {"", 0}:
            found.setdefault(f"{'echo ' if key.echo else ''}{key.sort}:{key.part}", (place, value))
    return found


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("rubric", returned.RUBRICS)
def test_no_sort_of_result_may_have_a_format_that_shows_something_else(rubric: str, format: str) -> None:
    case = issued(rubric)
    chosen = _one_of_each_sort(case)
    draft, read = Draft(case), read_workbook(case.filled)
    for place, _ in chosen.values():
        draft.styled(place, format=format)
    report = verified(draft.packed())
    wrong = set(places(report, "CELL_CHANGED"))
    for name, (place, value) in chosen.items():
        if format.endswith("%") and read.sheets[place.sheet].look(place.cell).format.endswith("%"):
            continue
        hides_words = format == ";;;"
        assert (place in wrong) is (not isinstance(value, str) or hides_words), (name, place, value)
