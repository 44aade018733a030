"""Files are read in processes of their own: what goes wrong there is one unreadable file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.returned import RUBRICS, issued
from tests.support.workers import BEGUN, DIES, EATS, HANGS, endangered
from workbook.verifier.isolated import READ_SECONDS, verify_here, verify_isolated
from workbook.verifier.result import file_result
from workbook.verifier.verification import Verdict

GOOD = [issued(rubric_id).filled for rubric_id in RUBRICS]
_CODES = {DIES: "WORKER_DIED", HANGS: "WORKER_SLOW", EATS: "WORKER_MEMORY"}


@pytest.mark.long
@pytest.mark.parametrize("bad", [DIES, HANGS, EATS])
def test_one_bad_file_stops_no_other(bad: bytes) -> None:
    if bad is EATS and not sys.platform.startswith("linux"):
        pytest.skip("memory is limited on Linux only")
    files = [("一.xlsx", GOOD[0]), ("坏.xlsx", bad), ("二.xlsx", GOOD[1]), ("三.xlsx", GOOD[0] + b"")]
    # only what hangs has to be waited for: on a busy machine an honest file takes seconds too
    seconds = 12.0 if bad is HANGS else READ_SECONDS
    reports = list(verify_isolated(files, count=len(files), jobs=1, read_seconds=seconds, work=endangered))
    assert [one.path for one in reports] == [name for name, _ in files]
    assert [one.verdict for one in reports] == [
        Verdict.PASS, Verdict.UNREADABLE, Verdict.PASS, Verdict.PASS
    ]  # fmt: skip
    assert [finding.code for finding in reports[1].findings] == [_CODES[bad]]


@pytest.mark.long
def test_several_processes_give_what_one_gives() -> None:
    files = [(f"{number}.xlsx", GOOD[number % 2]) for number in range(9)]
    here = list(verify_here(files))
    assert list(verify_isolated(files, count=9, jobs=2)) == here
    assert {report.verdict for report in here} == {Verdict.PASS}


def test_whole_reports_come_back_when_asked_for() -> None:
    (whole,) = verify_isolated([("一.xlsx", GOOD[0])], count=1, full=True)
    assert whole.evaluation is not None
    (slim,) = verify_isolated([("一.xlsx", GOOD[0])], count=1)
    assert slim.evaluation is None
    assert slim == whole.slim()
    assert file_result(slim) == file_result(whole)


def _heeding_interrupts() -> None:
    """Jobs in the background are started with SIGINT ignored, and so are their children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_leaves_nothing_behind(tmp_path: Path, stop: signal.Signals) -> None:
    inbox, work = tmp_path / "收件箱", tmp_path / "工作"
    inbox.mkdir()
    work.mkdir()
    for number in range(240):
        comment = f"{number:04d}".encode()  # of the archive: other bytes, the same workbook
        (inbox / f"{number}.xlsx").write_bytes(GOOD[number % 2][:-2] + b"\x04\x00" + comment)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in inbox.iterdir()}
    command = [sys.executable, "-m", "tests.support.begun", "verify", str(inbox), "--json", "--jobs", "2"]
    running = subprocess.Popen(
        command, cwd=work, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, "TMPDIR": str(work), "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
        preexec_fn=_heeding_interrupts,  # noqa: PLW1509 (no threads here)
    )  # fmt: skip
    assert running.stderr is not None
    with running:
        try:
            assert BEGUN in running.stderr  # reads lines until that one
            running.send_signal(stop)
            out, err = running.communicate(timeout=30)
        finally:
            running.kill()
    assert running.returncode not in {0, 1}
    assert out == ""
    assert "Traceback" not in err
    assert list(work.iterdir()) == []
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in inbox.iterdir()} == before
