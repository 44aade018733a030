"""Cell keys have one home: every key of every rubric is known there, and what is not known raises."""

from __future__ import annotations

import ast
import copy
import json
import multiprocessing
import pickle
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

import workbook
from tests.deceits.kit import Draft
from tests.support import returned
from tests.support.returned import Issued, codes, issued, places, verified
from workbook.api import load_rubric
from workbook.layout.names import Place
from workbook.load.builtin import builtin_ids
from workbook.load.released import released_path, released_versions
from workbook.rubric.inputs import Inputs, inputs_from
from workbook.rubric.keys import (
    Beside,
    DataKey,
    Key,
    Kind,
    Owner,
    Sort,
    data_key_of,
    input_of,
    key_of,
    quantity_of,
)
from workbook.rubric.keys.sorts import INPUTS, KINDS, OWNERS
from workbook.rubric.model import item_key
from workbook.scorer.quantities import describe_key
from workbook.template.draw import draw
from workbook.template.fingerprint import load_released, to_json
from workbook.verifier.agreement import agree
from workbook.verifier.verification import Verdict
from workbook.xlsx_reader.read import read_workbook

SPECS = sorted((Path(__file__).parent / "specs").glob("*.yaml"))
RUBRICS = [*builtin_ids(), *map(str, SPECS)]


@pytest.mark.parametrize("spec", RUBRICS)
def test_every_key_of_a_rubric_is_read_as_it_is_written(spec: str) -> None:
    rubric = load_rubric(spec)
    template = draw(rubric)[1]
    known = {
        Owner.FIELD: rubric.field, Owner.RATE: rubric.rate, Owner.INDICATOR: rubric.indicator,
        Owner.TABLE: rubric.table, Owner.CHECK: {one.id for one in rubric.all_checks},
        Owner.CAP: {one.id for one in rubric.caps}, Owner.LIGHT: {one.id for one in rubric.lights},
        Owner.ITEM: {item_key(one, item) for one in rubric.indicators for item in one.items},
        Owner.DIMENSION: {one.name for one in rubric.dimensions},
        Owner.GROUP: {(one.name, group.name) for one in rubric.dimensions for group in one.groups},
        Owner.LIST: {""}, Owner.WHOLE: {""},
    }  # fmt: skip
    for read, keys in ((input_of, template.inputs), (quantity_of, template.quantities)):
        for key in keys:
            assert read(str(key)) is key
            assert key_of(str(key)) is key
            owner = key.headings if key.owner is Owner.GROUP else key.id
            assert owner in known[key.owner], key
            assert key.indicator is None or key.indicator in rubric.indicator, key
            if key.repeats is not None:
                assert (key.repeats, key.source.kind) == (key.source, key.kind)
            elif read is quantity_of:
                assert describe_key(rubric, key)
    assert {str(key) for key in template.inputs}.isdisjoint(str(key) for key in template.quantities)


def released() -> list[tuple[str, str]]:
    return [(one, version) for one in builtin_ids() for version in released_versions(one)]


@pytest.mark.parametrize(("rubric_id", "version"), released())
def test_a_released_template_is_stored_as_it_was(rubric_id: str, version: str) -> None:
    """Rows of tables stand as one entry; what is read is written again, to the letter."""
    stored = json.loads(released_path(rubric_id, version).read_text(encoding="utf-8"))
    template = load_released(rubric_id, version)
    again = to_json(template)
    if stored["format"] == again["format"]:
        assert json.dumps(again, ensure_ascii=False) == json.dumps(stored, ensure_ascii=False)
    for part in ("inputs", "quantities"):
        written = {str(key): str(place) for key, place in getattr(template, part).items()}
        rows = {name for name in again[part] if name not in written}
        assert all("§" in name for name in rows)
        assert {
            name: place for name, place in again[part].items() if name not in rows
        }.items() <= written.items()


@pytest.mark.parametrize(
    "text",
    [
        "", "x:y", "score:", "group:x", "check:x:other", "row:x:1", "row:x:one:y", "row::1:y", "evidence.x.1",
        "evidence.x.1.colour", "evidence.x.01.name", "tables.x.one.y", "tables.x.1.", "a.b", "reason.",
        "echo:x:y", "echo:total#", "echo:", "total:other", "total:", "low:other", "grade:x", "count:other",
        "count:", "sum:", "todo:1:other", "todo:x:n", "todo:01:n", "largest:1:rest", "table:x:y", "raw:",
        "input:x", "cell:x", "column:x", "document:x",
    ],
)  # fmt: skip
def test_what_is_no_key_raises(text: str) -> None:
    with pytest.raises(ValueError, match="key"):
        key_of(text)


def test_a_part_that_no_cell_has_raises() -> None:
    with pytest.raises(ValueError, match="colour"):
        Key.check("x", "colour")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no input"):
        Inputs({}).at(Key.score("x"))
    with pytest.raises(ValueError, match="no input"):
        inputs_from({Key.score("x"): "1"})


def test_a_field_may_be_called_as_a_sort_of_quantity_is() -> None:
    """Only five quantities are written as one word; where it is known what is read, not even these."""
    assert key_of("state") is Key.input("state")
    assert key_of("total") is quantity_of("total") is Key.total()
    assert input_of("total") is Key.input("total") is not Key.total()
    assert pickle.loads(pickle.dumps(Key.input("total"))) is Key.input("total")


def every_builder() -> list[Key]:
    """A key by each builder, with each part that it takes."""
    keys = []
    for name, build in vars(Key).items():
        if not isinstance(build, staticmethod):
            continue
        hints = {one: hint for one, hint in get_type_hints(getattr(Key, name)).items() if one != "return"}
        choices = [
            get_args(hint) if get_origin(hint) is Literal else [3] if hint is int else [f"some_{one}"]
            for one, hint in hints.items()
        ]
        keys += [getattr(Key, name)(*chosen) for chosen in product(*choices)]
    return keys


def test_every_builder_is_read_and_sent_as_the_same_key() -> None:
    keys = every_builder()
    assert {key.sort for key in keys} == set(Sort)
    assert len(set(keys)) == len({(key.sort, str(key)) for key in keys})
    for key in keys:
        for one in (key, key.echo(), key.echo("here")):
            assert pickle.loads(pickle.dumps(one)) is one
            assert copy.deepcopy(one) is one
        if key.sort is not Sort.COLUMN:  # which is no cell
            assert key_of(str(key)) is key
            assert key_of(str(key.echo("here"))) is key.echo("here")


def _sent(keys: list[Key]) -> list[str]:
    """In another process, which has made them in another order: each by what is known by it."""
    own = {Key.score("b"): "b", Key.score("a"): "a", Key.score("a").echo("x"): "echo"}
    return [own[key] for key in keys]


def test_keys_are_known_in_another_process() -> None:
    keys = [Key.score("a"), Key.score("b"), Key.score("a").echo("x")]
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert pool.submit(_sent, keys).result() == ["a", "b", "echo"]


def test_keys_made_at_the_same_time_are_one() -> None:
    with ThreadPoolExecutor(8) as pool:
        for number in range(200):
            barrier = threading.Barrier(8)

            def make(number: int = number, barrier: threading.Barrier = barrier) -> Key:
                barrier.wait()
                return Key.cell("racing", number + 1, "column").echo()

            assert len({one.result() for one in [pool.submit(make) for _ in range(8)]}) == 1


def test_every_sort_says_whose_it_is_and_how_it_compares() -> None:
    assert set(OWNERS) == set(KINDS) == set(Sort)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("reason.x", DataKey(Beside.REASON, "x")), ("evidence.x", DataKey(Beside.EVIDENCE, "x")),
        ("tables.x", DataKey(Beside.TABLES, "x")), ("reason.x.y", DataKey(Beside.REASON, "x.y")),
        ("reason", None), ("reasons.x", None), ("x.y", None), ("", None),
    ],
)  # fmt: skip
def test_keys_of_data_files(written: str, known: DataKey | None) -> None:
    assert data_key_of(written) == known
    assert known is None or str(known) == written


@pytest.mark.parametrize(
    ("key", "noisy"),
    [
        (Key.total(), False), (Key.low(), False), (Key.high(), False), (Key.score("x"), False),
        (Key.deduction("x"), False), (Key.group("甲", "乙", "score"), False), (Key.total("open"), False),
        (Key.count("open"), False), (Key.sum_check("difference"), False), (Key.total("share"), False),
        (Key.total().echo("cover"), False), (Key.largest(1, "score"), False), (Key.rate("x"), False),
        (Key.raw("x"), True), (Key.used("x"), True), (Key.numerator("x"), True), (Key.input("budget"), True),
        (Key.input("budget").echo(), True), (Key.cell("works", 1, "sum"), True),
    ],
    ids=str,
)  # fmt: skip
def test_noise_of_binary_engines_is_left_to_what_is_not_rounded(key: Key, noisy: bool) -> None:
    assert agree(key, 91.75, Fraction(367, 4))
    assert agree(key, 91.75000000005, Fraction(367, 4)) is noisy
    assert key.kind in {Kind.QUOTIENT, Kind.TYPED} or not noisy


# nobody but their home builds or takes apart what is written


PACKAGE = Path(workbook.__file__).parent
HOME = PACKAGE / "rubric" / "keys"
_WORDS = "|".join([*(sort.value for sort in Sort if sort not in INPUTS), "echo"])
_PARTS = {part for kinds in KINDS.values() if not isinstance(kinds, Kind) for part in kinds if part.isalpha()}
_BEGINS = re.compile(rf"(?:{_WORDS}):|(?:{'|'.join(Beside)})\.")
_ENDS = re.compile(rf".*:(?:{'|'.join(_PARTS)})")
_WHOLE = re.compile(rf"(?:{_WORDS}):(?:{'|'.join(_PARTS)})?")


def written_keys(source: str) -> Iterator[tuple[int, str]]:
    """Where a module writes keys, or parts of them: (line, what it writes)."""
    tree = ast.parse(source)
    texts = {
        id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)
    }  # docstrings tell of keys as they are written
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            first, last = node.values[0], node.values[-1]
            begins = isinstance(first, ast.Constant) and _BEGINS.fullmatch(str(first.value))
            begins = begins or (isinstance(first, ast.Constant) and _begins_a_key(str(first.value)))
            ends = isinstance(first, ast.FormattedValue) and isinstance(last, ast.Constant)
            if begins or (ends and _ENDS.fullmatch(str(last.value))):
                yield node.lineno, ast.unparse(node)
        elif id(node) not in texts and isinstance(node, ast.Constant):
            written = str(node.value)
            if _BEGINS.fullmatch(written) or _WHOLE.fullmatch(written):
                yield node.lineno, written


def _begins_a_key(text: str) -> bool:
    """Whether a key may go on behind a text: ``score:``, ``largest:1:``, ``tables.works.``."""
    begun = _BEGINS.match(text)
    return begun is not None and re.fullmatch(r"[\w./:]*[.:]", text) is not None


def test_only_their_home_writes_keys() -> None:
    modules = [one for one in sorted(PACKAGE.rglob("*.py")) if HOME not in one.parents]
    assert len(modules) > 200
    found = [
        (str(one.relative_to(PACKAGE)), *at) for one in modules for at in written_keys(one.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'f"score:{one}"', 'f"echo:{key}#cover"', 'f"reason.{one}"', 'f"tables.{table}.1.{column}"',
        'f"{key}:score"', 'f"{part}:{one}:open"', 'key.startswith("reason.")', '"tables." in key',
        '"total:open"', 'key == "count:filled"', 'key.removeprefix("echo:")', 'f"largest:{line}:name"',
        '"check:" + one',        'f"todo:1:{part}"', 'f"tables.works.{row}.{column}"',
    ],
)  # fmt: skip
def test_the_lint_sees_who_writes_keys(source: str) -> None:
    assert list(written_keys(f"one = {source}"))


@pytest.mark.parametrize(
    "source",
    ['f"{key}：{one}"', '"total"', 'f"{first}:{last}"', 'f"{sheet}!{cell}"', '"state"', 'f"得分_{name}"',
     'f"xl/{name}.xml"', '"row: 1"', 'f"note: {text}"'],
)  # fmt: skip
def test_the_lint_leaves_other_texts_alone(source: str) -> None:
    assert not list(written_keys(f"one = {source}"))


@pytest.mark.parametrize("rubric", returned.RUBRICS)
@pytest.mark.parametrize(
    "key",
    [
        Key.total(), Key.low(), Key.high(), Key.total("share"), Key.total().echo("cover"), Sort.SCORE,
        Key.count("open"),
    ],
    ids=str,
)  # fmt: skip
def test_a_saved_result_that_differs_by_a_hair_fails(rubric: str, key: Key | Sort) -> None:
    case = issued(rubric)
    place = case[next(one for one in case.template.quantities if key in (one, one.sort))]
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
    for key, place in case.template.quantities.items():
        value = received.sheets[place.sheet].cached.get(place.cell, "")
        if not case.template.sheet[place.sheet].hidden and value not in {"", 0}:
            found.setdefault(f"{'' if key.repeats is None else 'echo '}{key.sort} {key.part}", (place, value))
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
