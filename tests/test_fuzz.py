"""A short run of the fuzzer; the long one is ``python -m tests.fuzz --minutes 30``."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from tests import fuzz
from tests.support.returned import issued, verified


def test_a_short_run(tmp_path: Path) -> None:
    counts = fuzz.fuzz(15, seed=20_240_601, keep=tmp_path)
    assert sum(counts.values()) >= 5
    assert len(counts) >= 2


def test_the_oracle_sees_a_wrong_pass() -> None:
    """A report of a good file, held against a file with another formula in it."""
    case = issued("yantian-2023")
    book = openpyxl.load_workbook(io.BytesIO(case.filled))
    place = case["total"]
    book[place.sheet][place.cell] = "=1+1"
    buffer = io.BytesIO()
    book.save(buffer)
    report = verified(case.filled)
    assert fuzz.wrong_pass(case, case.filled, report) is None
    assert fuzz.wrong_pass(case, buffer.getvalue(), report) == f"{place}: '=1+1'"


def test_a_fault_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "wrong_pass", lambda *_: "a made-up fault")
    monkeypatch.setattr(fuzz, "mutated", lambda data, _: data)
    with pytest.raises(SystemExit, match="a made-up fault"):
        fuzz.fuzz(5, seed=1, keep=tmp_path)
    assert list(tmp_path.glob("fuzz-1-*.xlsx"))
