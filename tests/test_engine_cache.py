"""What is kept of a compiled template: the plain steps of its formulas, in memory and on disk."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
import schedula as sh
from formulas.tokens.operand import Error

from workbook import load_rubric
from workbook.data.typed import with_defaults
from workbook.engine import Model, disk_cache, engine, prepared
from workbook.engine.disk_cache import VARIABLE, cache_folder, read_cached, write_cached
from workbook.engine.engine import compiled, known_steps, stacked
from workbook.engine.plan import Plan, plan_of
from workbook.engine.steps import Steps, runner
from workbook.load.builtin import builtin_ids
from workbook.rubric.inputs import BLANK
from workbook.template.draw import draw
from workbook.template.model import Template

SPECS = Path(__file__).resolve().parent / "specs"
OPERANDS = [
    sh.EMPTY,
    0.0,
    1.0,
    -2.5,
    0.1 + 0.2,
    1e9,
    3,
    "",
    "是",
    "否",
    "不适用",
    "12",
    True,
    *Error.errors.values(),
]


@cache
def template(name: str) -> Template:
    return draw(load_rubric(name if name in builtin_ids() else SPECS / name))[1]


SMALL = template("tiny.yaml")


def shapes(name: str) -> list[str]:
    return list({group.text: None for group in plan_of(template(name)).groups})


@pytest.mark.parametrize("name", [*builtin_ids(), "every_rule.yaml", "composed.yaml"])
def test_every_formula_of_a_template_is_plain_steps(name: str) -> None:
    assert [text for text in shapes(name) if text not in known_steps(shapes(name))] == []


def outcome(call: Callable[..., Any], operands: list[Any]) -> list[tuple[str, str]] | str:
    try:
        result = np.asarray(call(*operands), object)
    except Exception as error:
        return type(error).__name__
    return [(type(one).__name__, repr(one)) for one in result.ravel()]


EXTRA = [
    "=V_0", "=V_0/V_1&V_0/V_1", "=IF(V_0,V_1/V_1,V_1/V_1)", "=-V_0%", "=INDEX(V_0,V_1)", "=#N/A", '="a"&TRUE',
    "=COUNTIF(V_0,V_1)", "=MATCH(V_0,V_1,0)", "=TEXT(V_0,\"0.00\")", "=IFERROR(V_0/V_1,V_1)", "=V_0>=V_1",
]  # fmt: skip


def test_steps_give_what_the_engine_gives() -> None:
    random = Random(7)
    texts = [*EXTRA, *shapes("every_rule.yaml")]
    for text in texts:
        function, order = compiled(text)
        whole, whole_order = engine._by_engine(text)
        assert order == whole_order
        for _ in range(5):
            size = random.choice((1, 1, 3))
            operands = [stacked([random.choice(OPERANDS) for _ in range(size)]) for _ in order]
            assert outcome(function, operands) == outcome(whole, operands), (text, operands)


def test_a_step_that_fails_leaves_it_to_the_engine() -> None:
    asked: list[tuple[Any, ...]] = []

    def whole(*operands: Any) -> str:
        asked.append(operands)
        return "whole"

    run = runner(Steps((0, 1), (), (("=+", (0, 1)),), 2), lambda: whole)
    assert run(1.0, 2.0) == 3.0
    assert asked == []
    assert run(1.0) == "whole"
    assert asked == [(1.0,)]


@pytest.mark.parametrize("slots", [(("ABS", (2,)),), (("ABS", (-1,)),), (("ABS", (0,)), ("ABS", (5,)))])
def test_slots_that_nothing_has_filled(slots: Any) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Steps((0,), (1.5,), slots, 2)
    with pytest.raises(ValueError, match="7"):
        Steps((0,), (), (), 7)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Template]]:
    """The templates for which a plan is made anew."""
    made: list[Template] = []

    def counted(one: Template) -> Plan:
        made.append(one)
        return plan_of(one)

    monkeypatch.setattr(prepared, "plan_of", counted)
    yield made
    prepared._code.cache_clear()


def values(one: Template = SMALL) -> dict[str, Any]:
    inputs = with_defaults(load_rubric(SPECS / "tiny.yaml"), BLANK)
    return Model(one).recalculate([inputs])[0]


def test_the_second_time_it_is_read(folder: Path, planned: list[Template]) -> None:
    first = values()
    (file,) = folder.iterdir()
    assert planned == [SMALL]
    engine._compiled.clear()
    assert values() == first
    assert planned == [SMALL]
    assert list(folder.iterdir()) == [file]
    if os.name == "posix":
        assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


def test_another_template_another_version_another_file(
    folder: Path, planned: list[Template], monkeypatch: pytest.MonkeyPatch
) -> None:
    values()
    fewer = replace(SMALL, quantities=dict(list(SMALL.quantities.items())[:-1]))
    Model(fewer).recalculate([BLANK])
    for name in ("formulas_version", "np.__version__", "schedula.__version__", "sys.version_info"):
        monkeypatch.setattr(f"workbook.engine.prepared.{name}", (9, 9) if "info" in name else "9.9")
        prepared._code.cache_clear()
        values()
    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: real(self) + b"#")
    prepared._code.cache_clear()
    values()
    assert len(planned) == len(list(folder.iterdir())) == 7


def rewritten(file: Path, change: Callable[[Any], object]) -> None:
    """The file with other content, as whole as one of ours."""
    data = read_cached(file.name)
    write_cached(file.name, change(data) or data)


def other_plan(data: Any) -> None:
    data["plan"]["inputs"] = dict(reversed(data["plan"]["inputs"].items()))


def far_position(data: Any) -> None:
    data["plan"]["groups"][0][2][0][0][0] = 10**6


def function_of_nobody(data: Any) -> None:
    next(iter(data["shapes"].values()))[2].append(["NOBODYS", [0]])


def forward(data: Any) -> None:
    next(iter(data["shapes"].values()))[2].insert(0, ["ABS", [99]])


def more_shapes(data: Any) -> None:
    data["shapes"]["=1+1"] = [[], [3], [], 0]


CONTENTS: list[Callable[[Any], object]] = [
    other_plan, far_position, function_of_nobody, forward, more_shapes,
    lambda data: [1], lambda data: {"plan": 1}, lambda data: {"plan": data["plan"]},
    lambda data: data["plan"].pop("size") and None, lambda data: data["plan"]["groups"].pop() and None,
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(CONTENTS)))
def test_content_that_does_not_fit_is_made_anew(folder: Path, planned: list[Template], number: int) -> None:
    first = values()
    (file,) = folder.iterdir()
    good = file.read_bytes()
    rewritten(file, CONTENTS[number])
    assert file.read_bytes() != good
    engine._compiled.clear()
    assert values() == first
    assert planned == [SMALL, SMALL]
    assert file.read_bytes() == good


@pytest.mark.parametrize(
    "spoil",
    [
        lambda good: good[: len(good) // 2],
        lambda good: b"",
        lambda good: good.replace(b"size", b"sise"),
        lambda good: b"\x80" + good,
        lambda good: good + b" ",
        lambda good: (
            disk_cache._digest("another.json", good.partition(b"\n")[2]) + b"\n" + good.partition(b"\n")[2]
        ),
    ],
)
def test_a_spoilt_file_is_made_anew(
    folder: Path, planned: list[Template], spoil: Callable[[bytes], bytes]
) -> None:
    first = values()
    (file,) = folder.iterdir()
    good = file.read_bytes()
    file.write_bytes(spoil(good))
    assert values() == first
    assert len(planned) == 2
    assert file.read_bytes() == good


def test_nested_without_end(folder: Path) -> None:
    write_cached("a.json", 1)
    body = b"[" * 200_000
    (folder / "a.json").write_bytes(disk_cache._digest("a.json", body) + b"\n" + body)
    assert read_cached("a.json") is None


posix = pytest.mark.skipif(os.name != "posix", reason="other permissions there")


@posix
def test_what_others_may_write_counts_as_not_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_cached("a.json", [1])
    file = folder / "a.json"
    assert read_cached("a.json") == [1]
    for path, usual in ((file, 0o600), (folder, 0o700)):
        for mode in (usual | 0o020, usual | 0o002):
            path.chmod(mode)
            assert read_cached("a.json") is None
        path.chmod(usual)
    folder.chmod(0o777)
    write_cached("b.json", [1])
    assert [one.name for one in folder.iterdir()] == ["a.json"]
    folder.chmod(0o700)
    uid = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: uid + 1)
    assert read_cached("a.json") is None
    write_cached("b.json", [1])
    assert [one.name for one in folder.iterdir()] == ["a.json"]


@posix
def test_no_file_of_its_own(folder: Path) -> None:
    write_cached("a.json", [1])
    (folder / "link.json").symlink_to("a.json")
    (folder / "folder.json").mkdir()
    os.mkfifo(folder / "pipe.json")
    for name in ("link.json", "folder.json", "pipe.json", "missing.json"):
        assert read_cached(name) is None


def test_where_nothing_can_be_written(
    tmp_path: Path, planned: list[Template], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file" / "cache"))
    assert values() == values()
    assert len(planned) == 2


@pytest.mark.parametrize("word", ["off", "OFF", "0", "no"])
def test_turned_off(
    tmp_path: Path, planned: list[Template], monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv(VARIABLE, word)
    assert values() == values()
    assert len(planned) == 2
    assert list(tmp_path.iterdir()) == []


def test_the_users_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    for platform, given, expected in (
        ("linux", "", tmp_path / ".cache" / "workbook"),
        ("linux", "not/from/the/root", tmp_path / ".cache" / "workbook"),
        ("linux", str(tmp_path / "x"), tmp_path / "x" / "workbook"),
        ("darwin", "", tmp_path / "Library" / "Caches" / "workbook"),
        ("win32", "", tmp_path / "local" / "workbook" / "Cache"),
    ):
        monkeypatch.setattr(sys, "platform", platform)
        monkeypatch.setenv("XDG_CACHE_HOME", given)
        assert cache_folder() == expected

    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", homeless)
    assert cache_folder() is None


def test_many_writers_and_readers(folder: Path) -> None:
    written = [[number] * 20_000 for number in range(4)]
    write_cached("a.json", written[0])

    def work(number: int) -> Any:
        write_cached("a.json", written[number % 4])
        return read_cached("a.json")

    with ThreadPoolExecutor(8) as pool:
        assert all(one in written for one in pool.map(work, range(40)))
    assert [one.name for one in folder.iterdir()] == ["a.json"]


def test_the_oldest_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_cache, "_MOST_FILES", 3)
    for number in range(5):
        write_cached(f"{number}.json", number)
        os.utime(folder / f"{number}.json", (number, number))
    assert sorted(one.name for one in folder.iterdir()) == ["2.json", "3.json", "4.json"]
