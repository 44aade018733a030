"""Files that are no workbook of ours, or hostile: refused with a reason, fast, and never touched."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import returned
from tests.support.hostile_files import CASES, DATA, FAILS, comments, with_relation
from workbook.verifier.verification import Verdict

_CHINESE = re.compile("[一-鿿]")


@pytest.mark.parametrize("name", FAILS)
def test_read_within_seconds(name: str) -> None:
    build, code, cell = FAILS[name]
    data = build()
    started = time.perf_counter()
    report = returned.verified(data)
    assert time.perf_counter() - started < 5
    assert report.verdict is Verdict.FAIL
    assert (code, cell) in {(one.code, one.cell) for one in report.findings}


@pytest.mark.parametrize("name", CASES)
def test_unreadable(tmp_path: Path, name: str) -> None:
    build, reason = CASES[name]
    path = tmp_path / "评价表.xlsx"
    path.write_bytes(build())
    report = returned.verified_file(path)
    assert report.verdict is Verdict.UNREADABLE, report.findings
    (finding,) = report.findings
    assert re.search(reason, finding.message), finding.message
    assert _CHINESE.search(finding.message)
    assert _CHINESE.search(finding.fix)
    assert report.reference is None


def test_missing_file_and_folder(tmp_path: Path) -> None:
    from workbook.returned.registry import Registry
    from workbook.verifier.verify import verify_file

    for path in (tmp_path / "没有.xlsx", tmp_path):
        report = verify_file(path, Registry())
        assert report.verdict is Verdict.UNREADABLE
        assert [f.code for f in report.findings] == ["FILE_UNREADABLE"]


def test_a_plain_hyperlink_and_a_picture_do_no_harm(tmp_path: Path) -> None:
    data = with_relation(DATA, "hyperlink", "https://example.invalid/", "External")
    data = returned.with_part(data, "xl/media/image1.png", b"\x89PNG\r\n\x1a\n")
    path = tmp_path / "评价表.xlsx"
    path.write_bytes(data)
    assert returned.verified_file(path).verdict is Verdict.PASS


def test_a_comment_over_all_cells_costs_nothing(tmp_path: Path) -> None:
    """Comments are the officer's own: they are not read."""
    path = tmp_path / "评价表.xlsx"
    path.write_bytes(comments())
    started = time.perf_counter()
    assert returned.verified_file(path).verdict is Verdict.PASS
    assert time.perf_counter() - started < 10


def test_hostile_files_stay_small() -> None:
    """All of them in one process, which nothing slows down by watching it: 5 seconds a file, 500 MB."""
    command = [sys.executable, "-m", "tests.support.hostile"]
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("COV_")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, env=quiet)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["files"] == len(CASES) >= 30
    assert result["slowest"] <= 5
    assert result["megabytes"] <= 500
