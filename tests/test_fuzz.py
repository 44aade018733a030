"""A short run of the fuzzer, and proof that its oracles see; the long run is ``python -m tests.fuzz``."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from tests import fuzz
from tests.fuzzing import oracles, run
from tests.fuzzing.changes import Mutant, mutant
from tests.fuzzing.display import Shown, says_the_same
from tests.fuzzing.run import Fault, Outcome, chosen, judge, keep_file, verify_mutants
from tests.fuzzing.seeds import Seed, registry
from workbook.verifier.verification import Verification
from workbook.verifier.verify import verify_batch


@pytest.fixture(scope="module")
def seed() -> Seed:
    """The small workbook as it is issued, filled."""
    return chosen(whole=False, office=False)[0]


def _judged(seed: Seed, data: bytes) -> Fault | None:
    """What the oracles say of a file for which the verifier gives the report of the good one."""
    return judge(Mutant(1, seed, data, ()), _report(seed.data), Outcome())


def _report(data: bytes) -> Verification:
    return verify_batch([("x", data)], registry())[0]


def _edited(data: bytes, sheet: str, ref: str, value: object) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    book[sheet][ref] = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_short_run_has_no_fault() -> None:
    outcome = Outcome()
    listed = chosen(whole=False, office=False)
    for first in range(0, 60, 20):
        outcome.add(verify_mutants([mutant(listed, 7, number) for number in range(first, first + 20)]))
    assert outcome.faults == []
    assert outcome.verdicts["pass"] >= 15
    assert outcome.verdicts["fail"] >= 8
    assert outcome.verdicts["unreadable"] >= 5
    assert len(outcome.codes) >= 10


def test_a_number_says_the_whole_file() -> None:
    listed = chosen(whole=False, office=False)
    assert mutant(listed, 3, 17) == mutant(listed, 3, 17)
    assert len({mutant(listed, 3, number).data for number in range(10)}) == 10


def test_the_seeds_pass(seed: Seed) -> None:
    for one in chosen(whole=False, office=False):
        assert _report(one.data).verdict.value == "pass", one.name
    assert _judged(seed, seed.data) is None


def test_a_wrong_pass_is_seen(seed: Seed) -> None:
    """Another text in a cell of the template, in a file that is said to pass."""
    report = _report(seed.data)
    assert report.identity is not None
    sheet = openpyxl.load_workbook(io.BytesIO(seed.data)).worksheets[1]
    ref = next(cell.coordinate for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str))
    fault = _judged(seed, _edited(seed.data, sheet.title, ref, "另一段文字"))
    assert fault is not None
    assert fault.oracle == "record"
    assert f"{sheet.title}!{ref}" in fault.problem


def test_another_reading_is_seen(seed: Seed, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second reader that finds other values, and a reader that remembers another workbook."""
    monkeypatch.setattr(oracles, "by_calamine", lambda data: {})
    fault = _judged(seed, seed.data)
    assert fault is not None
    assert fault.oracle == "calamine"
    other = _edited(seed.data, openpyxl.load_workbook(io.BytesIO(seed.data)).worksheets[1].title, "Z9", 1)
    assert oracles.memory_differs(seed.data, run.read_workbook(seed.data)) is None
    assert oracles.memory_differs(other, run.read_workbook(seed.data)) is not None


def test_a_fault_is_told_and_its_file_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def faulty(files: int, seed: int, *, keep: Path, **_: object) -> Outcome:
        fault = Fault(4, "record", "a made-up fault", ("restyle A1",), b"data")
        keep_file(fault, seed, keep)
        return Outcome(faults=[fault])

    monkeypatch.setattr(fuzz, "run", faulty)
    monkeypatch.setattr("sys.argv", ["fuzz", "--seed", "9", "--keep", str(tmp_path)])
    with pytest.raises(SystemExit) as ended:
        fuzz.main()
    assert ended.value.code == 1
    assert "file 4: record: a made-up fault: restyle A1" in capsys.readouterr().out
    assert (tmp_path / "9-4.xlsx").read_bytes() == b"data"


@pytest.mark.parametrize(
    ("seen", "meant", "same"),
    [
        ("87.5", "87.50", True),
        ("1,200.50", "1200.50", True),
        ("87.50%", "0.875", True),
        ("2030/3/1", "2030-03-01", True),
        ("87.6", "87.50", False),
        ("-87.50", "87.50", False),
        ("", "87.50", False),
        ("90", "87.50", False),
    ],
)
def test_what_a_screen_says(seen: str, meant: str, same: bool) -> None:
    assert says_the_same(seen, meant) is same
    assert Shown({"表": [[seen]]}, run.Counter(), []).cell("表", "A1") == seen
