"""Standard output that is full, closed or no longer read: no traceback, and an exit status that says so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbook.cli.streams import CUT, LOST

ROOT = Path(__file__).resolve().parents[1]
FULL = Path("/dev/full")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}

COMMANDS = [
    ("rubrics",),
    ("rubrics", "--json"),
    ("--help",),
    ("--version",),
    ("new", "--help"),
    ("describe", "yantian-2023"),
    ("describe", "yantian-2023", "--json"),
    ("check", "rubric_specs/yantian-2023.yaml"),
    ("schema",),
    ("diff", "yantian-2023", "dapeng-2024"),
    ("score", "yantian-2023", "--data", "tests/mailed/yantian-2023.t2.xlsx"),
    ("explain", "yantian-2023", "total", "--data", "tests/mailed/yantian-2023.t2.xlsx", "--json"),
    ("verify", "tests/mailed/yantian-2023.t1.xlsx"),
]
FEW = [COMMANDS[0], COMMANDS[1], COMMANDS[-1]]


def started(command: tuple[str, ...], code: str = "", **options: object) -> tuple[int, str]:
    """Exit status and standard error of a command; ``code`` runs before it in its process."""
    call = ["-c", f"{code}\nfrom workbook.cli import main\nmain()"] if code else ["-m", "workbook"]
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, **options}
    process = subprocess.Popen([sys.executable, *call, *command], cwd=ROOT, env=ENVIRONMENT, **streams)  # type: ignore[call-overload]
    if process.stdout is not None:
        process.stdout.close()
    _, told = process.communicate(timeout=120)
    text = "" if told is None else told.decode("utf-8")
    assert "Traceback" not in text, text
    assert "Exception ignored" not in text, text
    return process.returncode, "".join(text.split())


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nobody_reads(command: tuple[str, ...]) -> None:
    status, told = started(command, stdout=subprocess.PIPE)
    assert status in {CUT, LOST} if os.name == "nt" else status == CUT
    assert "OUTPUT_LOST结果没有全部输出" in told


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_disk_is_full(command: tuple[str, ...]) -> None:
    with FULL.open("wb") as full:
        status, told = started(command, stdout=full)
        assert status == LOST
        assert "OUTPUT_LOST结果没有全部输出：磁盘已满" in told
        # nothing can be told any more
        assert started(command, stdout=full, stderr=full)[0] == LOST


def shell(command: tuple[str, ...], redirections: str) -> tuple[int, str]:
    call = ["sh", "-c", f'"$0" -m workbook "$@" {redirections}', sys.executable, *command]
    made = subprocess.run(call, cwd=ROOT, env=ENVIRONMENT, capture_output=True, check=False)
    text = made.stderr.decode("utf-8")
    assert "Traceback" not in text, text
    assert "Exception ignored" not in text, text
    return made.returncode, "".join(text.split())


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("command", FEW, ids=" ".join)
def test_closed_streams(command: tuple[str, ...]) -> None:
    status, told = shell(command, ">&-")
    assert status == LOST
    assert "标准输出已关闭" in told
    assert shell(command, "<&- >&- 2>&-") == (LOST, "")
    if FULL.exists():
        assert shell(command, ">/dev/null 2>/dev/full") == (0, "")
    # messages are no output: the command has done what it was asked for
    assert shell(command, ">/dev/null 2>&-") == (0, "")


def test_without_standard_streams() -> None:
    """What Windows gives a program without a console: None."""
    code = "import sys; sys.stdout = sys.stderr = sys.stdin = None"
    assert started(("rubrics",), code) == (LOST, "")
    assert started(("describe", "unknown"), code) == (2, "")


def test_nothing_printed_is_nothing_lost(tmp_path: Path) -> None:
    code = "import workbook.cli.author, sys; sys.modules['click'].echo = lambda *_, **__: None"
    target = tmp_path / "mein.yaml"
    assert started(("init", "-o", str(target)), code, stdout=subprocess.PIPE) == (0, "")
    assert target.exists()
    code += "; sys.stdout = None"
    assert started(("init", "-o", str(target), "--force"), code) == (0, "")


def test_a_refusal_keeps_its_status_when_it_cannot_be_told() -> None:
    if FULL.exists():
        with FULL.open("wb") as full:
            assert started(("describe", "unknown"), stderr=full)[0] == 2
            assert started(("describe",), stderr=full)[0] == 2
    status, told = started(("describe", "unknown", "--json"), stdout=subprocess.PIPE)
    assert status != 2
    assert "RUBRIC_UNKNOWN" in told


def test_unbuffered_and_in_a_terminal_encoding() -> None:
    code = "import os, sys; sys.stdout.reconfigure(encoding='gbk', errors='strict')"
    made = subprocess.run(
        [sys.executable, "-u", "-c", f"{code}\nfrom workbook.cli import main\nmain()", "rubrics"],
        cwd=ROOT, env=ENVIRONMENT, capture_output=True, check=True,
    )  # fmt: skip
    assert "评分标准" in made.stdout.decode("gbk")


def test_files_are_written_though_nobody_reads(tmp_path: Path) -> None:
    out = tmp_path / "自评表.xlsx"
    status, _ = started(("new", "yantian-2023", "-o", str(out)), stdout=subprocess.PIPE)
    assert status != 0
    assert out.read_bytes().startswith(b"PK")
