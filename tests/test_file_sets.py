"""Files that belong together: all of them or none, whatever happens while they are written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.cli import run, run_json
from tests.support.killed import KILLED
from tests.support.outcomes import YANTIAN, filled
from workbook.files import UNFINISHED, FileSet, Sources
from workbook.findings import Refused

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("甲.txt", "乙.txt", "丙.txt")


def killed_before(step: int, folder: Path, *command: str | Path) -> int:
    made = subprocess.run(
        [sys.executable, "-m", "tests.support.killed", str(step), str(folder), *map(str, command)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False,
    )  # fmt: skip
    assert b"Traceback" not in made.stderr, made.stderr.decode()
    return made.returncode


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def codes(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as caught:
        act()
    return [one.code for one in caught.value.findings]


def write(folder: Path, *, force: bool = False) -> None:
    with FileSet(folder, NAMES, force=force) as files:
        for name in NAMES:
            files.add(name, b"new")


@pytest.mark.parametrize("old", [True, False])
def test_killed_at_every_step(tmp_path: Path, old: bool) -> None:
    new = dict.fromkeys(NAMES, b"new")
    seen = set()
    for step in range(100):
        folder = tmp_path / str(step)
        before = dict.fromkeys((*NAMES, "别的.txt"), b"old") if old else {}
        if old:
            folder.mkdir()
            for name, data in before.items():
                (folder / name).write_bytes(data)
        status = killed_before(step, folder, "set", *NAMES)
        now = contents(folder) if folder.exists() else {}
        if status != KILLED:
            assert status == 0
            break
        if (folder / UNFINISHED).exists():
            seen.add("unfinished")
            refused = codes(lambda at=folder: write(at))  # type: ignore[misc]
            assert refused == ["OUTPUT_UNFINISHED"]
            assert (contents(folder), (folder / UNFINISHED).exists()) == (now, True)
        else:
            seen.add("whole" if now == {**before, **new} else "old")
            assert now in (before, {**before, **new})
        write(folder, force=True)
        assert contents(folder) == {**before, **new}
        assert not (folder / UNFINISHED).exists()
    else:
        pytest.fail("never done")
    assert step > 2 * len(NAMES)
    assert now == {**before, **new}
    assert not (folder / UNFINISHED).exists()
    assert seen == {"old", "unfinished"}


def test_what_fails_before_all_is_there_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "退回"
    for stop in (RuntimeError, KeyboardInterrupt):
        with pytest.raises(stop), FileSet(folder, NAMES) as files:
            files.add("甲.txt", b"new")
            assert "写到一半" in (folder / UNFINISHED / "说明.txt").read_text("utf-8-sig")
            raise stop
        assert not folder.exists()


def test_what_fails_while_they_move_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is open in Excel cannot be replaced on Windows: here the second, then the first."""
    replace = Path.replace
    refused = ["乙.txt"]

    def locked(self: Path, target: Path) -> Path:
        if target.name in refused:
            raise PermissionError(13, "locked")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    assert codes(lambda: write(tmp_path)) == ["FILE_UNWRITABLE", "OUTPUT_UNFINISHED"]
    assert (tmp_path / UNFINISHED / "丙.txt").exists()
    refused[:] = []
    assert codes(lambda: write(tmp_path)) == ["OUTPUT_UNFINISHED"]
    write(tmp_path, force=True)
    assert contents(tmp_path) == dict.fromkeys(NAMES, b"new")
    refused[:] = ["甲.txt"]
    assert codes(lambda: write(tmp_path / "b")) == ["FILE_UNWRITABLE"]
    assert not (tmp_path / "b").exists()


def test_a_folder_of_that_name_that_is_not_ours_stays(tmp_path: Path) -> None:
    own = tmp_path / UNFINISHED
    own.mkdir()
    (own / "我的.docx").write_bytes(b"mine")
    for force in (False, True):
        assert codes(lambda force=force: write(tmp_path, force=force)) == ["OUTPUT_UNFINISHED"]  # type: ignore[misc]
    assert contents(own) == {"我的.docx": b"mine"}
    (own / "说明.txt").write_text("我的说明", encoding="utf-8")
    assert codes(lambda: write(tmp_path, force=True)) == ["OUTPUT_UNFINISHED"]
    assert len(contents(own)) == 2


def test_a_file_that_comes_meanwhile_stays(tmp_path: Path) -> None:
    def late() -> None:
        with FileSet(tmp_path, NAMES) as files:
            for name in NAMES:
                files.add(name, b"new")
            (tmp_path / "丙.txt").write_bytes(b"theirs")

    assert codes(late) == ["FILE_EXISTS"]
    assert contents(tmp_path) == {"丙.txt": b"theirs"}
    sources = Sources([tmp_path / "丙.txt"])
    assert codes(lambda: FileSet(tmp_path, NAMES, force=True, sources=sources).check()) == ["OUTPUT_IS_INPUT"]


# the commands


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("收件箱")
    (folder / "甲局.xlsx").write_bytes(filled(YANTIAN, "甲局"))
    return folder


@pytest.mark.long
@pytest.mark.parametrize(("option", "count"), [("--return", 2), ("--record", 2)])
def test_verify_killed_while_it_writes(tmp_path: Path, inbox: Path, option: str, count: int) -> None:
    command = ("verify", inbox, option)
    run_json(*command, tmp_path / "whole")
    whole = contents(tmp_path / "whole")
    assert len(whole) == count
    for step in (4, count + 4):  # while they are made; while they move
        folder = tmp_path / str(step)
        assert killed_before(step, folder, *command, folder) == KILLED
        assert (folder / UNFINISHED / "说明.txt").exists()
        again = run_json(*command, folder, status=2)
        assert [one["code"] for one in again["findings"]] == ["OUTPUT_UNFINISHED"]
        run_json(*command, folder, "--force")
        assert contents(folder) == whole
        assert not (folder / UNFINISHED).exists()


def test_new_killed_while_it_writes(tmp_path: Path) -> None:
    roster, folder = tmp_path / "名册.csv", tmp_path / "下发"
    roster.write_text("部门名称\n甲\n乙\n", encoding="utf-8")
    command = ("new", YANTIAN, "--roster", roster, "-o", folder)
    assert killed_before(8, folder, *command) == KILLED
    assert (folder / UNFINISHED).exists()
    refused = run(*command)
    assert (refused.exit_code, "OUTPUT_UNFINISHED" in refused.output) == (2, True)
    assert "没有写完" in refused.output
    assert len(run_json(*command, "--force")["files"]) == 2
    assert len(contents(folder)) == len(list(folder.iterdir())) == 4
