"""Every Python that is promised makes the same workbooks, byte for byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib
from functools import cache
from pathlib import Path

import pytest

import dev
from tests.support.blanks import WHOLE, made
from tests.support.paths import ROOT

OTHERS = [version for version in dev.promised() if version != dev.own_version()]


@cache
def here() -> dict[str, dict[str, str]]:
    return made()


@pytest.mark.parametrize("version", OTHERS)
def test_the_same_bytes(version: str) -> None:
    """Part by part, and as a whole where the same library packs them."""
    python = dev.prepared_python(version)
    if python is None:
        pytest.skip(f"Python {version} is missing: python3 dev.py test prepares it where the system has it")
    done = subprocess.run(
        [python, "-m", "tests.support.blanks"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    same_packer = answer["packer"] == zlib.ZLIB_RUNTIME_VERSION
    assert list(answer["books"]) == list(here())
    for name, there in answer["books"].items():
        if not same_packer:
            there[WHOLE] = here()[name][WHOLE]
        assert there == here()[name], name


def test_the_hashes_tell_one_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row half a point higher is another workbook."""
    from workbook.layout import canvas

    before = here()["yantian-2023"]
    monkeypatch.setattr(canvas, "LINE_HEIGHT", canvas.LINE_HEIGHT + 0.5)
    changed = made()["yantian-2023"]
    assert {part for part in before if before[part] != changed.get(part)} >= {
        "xl/worksheets/sheet1.xml",
        WHOLE,
    }


def test_the_promise_is_what_is_tested() -> None:
    """The versions of the classifiers, from the least that may install it."""
    assert dev.promised()[0] == dev.project()["requires-python"].removeprefix(">=")
    assert dev.own_version() in dev.promised()


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
def test_a_python_is_found_by_name_or_in_pyenv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """But not where the name only stands for it: pyenv's own runs nothing unless it is chosen."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    assert dev.find_python("9.9") is None
    shim = program(tmp_path / "bin" / "python9.9", "exit 127")
    assert dev.find_python("9.9") is None
    program(tmp_path / "pyenv" / "versions" / "9.8.7" / "bin" / "python", "echo 9.8")
    inside = program(tmp_path / "pyenv" / "versions" / "9.9.1" / "bin" / "python", "echo 9.9")
    assert dev.find_python("9.9") == str(inside)
    program(shim, "echo 9.9")
    assert dev.find_python("9.9") == str(shim)
    assert dev.find_python(dev.own_version()) == sys.executable


def test_nothing_is_set_up_for_a_job_that_there_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(dev, "_install", never)
    for job in ("help", "tset"):
        with pytest.raises(SystemExit) as ended:
            dev.main(job)
        assert ended.value.code == dev.__doc__


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_linked_environment_is_never_emptied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It belongs to another checkout, and others work in it."""
    shared, link = tmp_path / "shared", tmp_path / "link"
    shared.mkdir()
    (shared / "kept").write_text("x", encoding="utf-8")
    link.symlink_to(shared)
    monkeypatch.setattr(dev.subprocess, "call", lambda *_: pytest.fail("a command was run"))
    with pytest.raises(SystemExit) as ended:
        dev.set_up("", link)
    assert "is a link" in str(ended.value.code)
    assert [path.name for path in shared.iterdir()] == ["kept"]
