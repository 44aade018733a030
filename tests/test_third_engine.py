"""The third engine calculates received files as they stand: silent on honest ones, loud where they cheat."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import formualizer
import pytest
from click.testing import CliRunner
from openpyxl.workbook import Workbook

from tests.engines.generate import cases
from tests.support import returned
from tests.support.budget import share_of
from tests.support.returned import RUBRICS, codes, issued, places, verified
from tests.tricks.books import own_sheet
from workbook.api import new_workbook
from workbook.cli.commands import cli
from workbook.data.typed import level_findings
from workbook.findings import Severity
from workbook.load.builtin import builtin_ids
from workbook.load.rubric import load_rubric
from workbook.returned.registry import Registry
from workbook.rubric.fields import FieldKind
from workbook.rubric.keys import Key
from workbook.verifier import third_engine, verify
from workbook.verifier.isolated import Crew, verify_here, verify_isolated
from workbook.verifier.third_engine import Unable, third_values
from workbook.verifier.verification import Verdict, Verification
from workbook.xlsx_reader.read import read_workbook

CASE = issued("yantian-2023")
MONEY = CASE[CASE.field(FieldKind.MONEY).id]
TOTAL = CASE.template.quantities[Key.total()]
OPINIONS = {
    "THIRD_ENGINE_DIFFERS",
    "THIRD_ENGINE_FAILED",
    "THIRD_ENGINE_NEEDED",
    "READERS_DIFFER",
    "READER_FAILED",
}


def test_it_is_installed_where_the_tests_run() -> None:
    assert third_engine.installed()


@pytest.mark.parametrize("rubric_id", builtin_ids())
def test_generated_files_agree(rubric_id: str) -> None:
    rubric = load_rubric(rubric_id)
    made = cases(rubric, share_of(15), seed=29)
    batch = [one for one in made if not list(level_findings(rubric, one))]
    files = [(f"{number}.xlsx", new_workbook(rubric, inputs=inputs)) for number, inputs in enumerate(batch)]
    reports = verify.verify_batch(files, Registry())
    assert len(reports) >= len(made) * 0.8
    for report in reports:
        assert not codes(report) & OPINIONS, report.path


@pytest.mark.parametrize("rubric_id", RUBRICS)
def test_saved_by_other_programs_they_agree(rubric_id: str) -> None:
    case = issued(rubric_id)
    for data in (case.filled, case.published, case.blank):
        for saved in (data, returned.by_openpyxl(data)):
            assert not codes(verified(saved)) & OPINIONS


@pytest.mark.libreoffice
@pytest.mark.parametrize("rubric_id", RUBRICS)
def test_saved_by_libreoffice_they_agree(rubric_id: str) -> None:
    case = issued(rubric_id)
    files = {"filled.xlsx": case.filled, "published.xlsx": case.published, "blank.xlsx": case.blank}
    for data in returned.by_libreoffice(files, recalculate=True).values():
        assert not codes(verified(data)) & OPINIONS


def calculated(data: bytes) -> object:
    return third_values(data, CASE.template, read_workbook(data))


def _own_sheet(book: Workbook) -> None:
    """What officers keep beside: functions of newer programs, a circle, errors."""
    sheet = book.create_sheet("我的测算")
    for cell, formula in {
        "A1": '=DISPIMG("ID_1",1)', "A2": "=XLOOKUP(1,B1:B9,C1:C9)", "A3": "=A4+1", "A4": "=A3+1",
        "A5": "=1/0", "A6": "=SUM(", "A7": "=ROT13(1)", "A8": "=RAND()",
    }.items():  # fmt: skip
        sheet[cell] = formula


def test_own_sheets_do_not_disturb_it() -> None:
    report = verified(returned.by_openpyxl(CASE.filled, _own_sheet))
    assert not codes(report) & OPINIONS
    assert report.verdict is not Verdict.FAIL


def test_own_arithmetic_in_an_input_agrees() -> None:
    data = returned.with_cell(CASE.blank, MONEY, returned.formula("0.1+0.2", 0.1 + 0.2))
    assert "THIRD_ENGINE_DIFFERS" not in codes(verified(returned.by_openpyxl(data)))


def test_a_difference_names_cell_values_and_who_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another file's bytes stand for formulas that give something else than the file shows."""
    values = calculated(CASE.filled)
    assert isinstance(values, dict)
    monkeypatch.setattr(verify, "third_values", lambda *_: {**values, Key.total(): 12.5})
    report = verified(CASE.filled)
    assert report.verdict is Verdict.FAIL
    assert places(report, "THIRD_ENGINE_DIFFERS") == [TOTAL]
    (finding,) = (one for one in report.findings if one.code == "THIRD_ENGINE_DIFFERS")
    shown = f"{report.recalculated[Key.total()]:g}" if report.recalculated else ""
    assert finding.message.count(shown) == 2
    assert "12.5" in finding.message
    assert "前两者一致" in finding.message
    bare = verified(returned.by_openpyxl(CASE.filled))
    (finding,) = (one for one in bare.findings if one.code == "THIRD_ENGINE_DIFFERS")
    assert "文件没有保存计算结果" in finding.message


def test_the_files_own_cells_count() -> None:
    """It calculates from the bytes: another input, other quantities; an error, an error."""
    changed = calculated(returned.with_cell(CASE.filled, MONEY, returned.number(1)))
    wrong = calculated(returned.with_cell(CASE.filled, MONEY, returned.error("#N/A")))
    plain = calculated(CASE.filled)
    assert isinstance(changed, dict) and isinstance(wrong, dict) and isinstance(plain, dict)
    assert changed != plain
    assert "#N/A" in wrong.values()


def test_a_text_for_a_number_never_passes_with_or_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    data = returned.by_openpyxl(returned.with_cell(CASE.filled, MONEY, returned.text("15")))
    assert codes(verified(data), Severity.ERROR) == {"INPUT_AS_TEXT"}
    monkeypatch.setattr(verify, "installed", lambda: False)
    assert codes(verified(data), Severity.ERROR) == {"INPUT_AS_TEXT"}


def test_without_it_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(verify, "installed", lambda: False)
    monkeypatch.setattr(verify, "third_values", never)
    assert not codes(verified(CASE.filled)) & OPINIONS


@pytest.mark.parametrize("panics", [True, False])
def test_its_own_fault_is_a_note(monkeypatch: pytest.MonkeyPatch, *, panics: bool) -> None:
    fault = type("PanicException" if panics else "Fault", (BaseException if panics else Exception,), {})

    def fails(*_: object, **__: object) -> None:
        raise fault("overflow")

    monkeypatch.setattr(formualizer.Workbook, "from_bytes", fails, raising=False)
    report = verified(CASE.filled)
    assert codes(report) & OPINIONS == {"THIRD_ENGINE_FAILED"}
    assert report.verdict is not Verdict.FAIL


@pytest.mark.parametrize("rests", [True, False])
def test_its_fault_is_an_error_where_only_it_calculates(
    monkeypatch: pytest.MonkeyPatch, *, rests: bool
) -> None:
    """A file may make it fail: an input that rests on saved results then rests on nothing."""
    inputs = verified(CASE.filled).inputs
    assert inputs is not None
    typed = inputs.values[CASE.field(FieldKind.MONEY).id]
    cell = (
        f'<c r="A1"><f>IF(1&gt;0,{typed},0)</f><v>{typed}</v></c>'
        if rests
        else f'<c r="A1"><v>{typed}</v></c>'
    )
    data = returned.with_cell(
        own_sheet(CASE, "草稿", cell), MONEY, returned.formula("=草稿!A1", float(str(typed)))
    )
    assert verified(data).verdict is Verdict.PASS
    monkeypatch.setattr(verify, "third_values", lambda *_: Unable("overflow"))
    report = verified(data)
    assert codes(report) & OPINIONS == {"THIRD_ENGINE_NEEDED" if rests else "THIRD_ENGINE_FAILED"}
    assert places(report, "THIRD_ENGINE_NEEDED") == ([MONEY] if rests else [])
    assert report.verdict is (Verdict.FAIL if rests else Verdict.PASS)


def test_only_files_without_an_error_are_calculated(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(verify, "third_values", never)
    assert "INTERNAL" in codes(verified(CASE.filled))
    report = verified(returned.with_cell(CASE.filled, MONEY, returned.text("许多")))
    assert "INTERNAL" not in codes(report)


def test_quick_leaves_it_out(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    monkeypatch.setattr(verify, "third_values", lambda data, *_: asked.append(data))
    for quick in (True, False):
        verify.verify_batch([("a.xlsx", CASE.filled)], Registry(), quick=quick)
        assert bool(asked) is not quick


def test_the_command_hands_quick_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(CASE.filled)
    told: list[bool] = []

    class Told(Crew):
        """Says what it is told of the third engine, and verifies in this process."""

        def __init__(self, *_: object, quick: bool, **__: object) -> None:
            told.append(quick)

        def __enter__(self) -> Told:
            return self

        def __exit__(self, *_: object) -> None:
            return

        def verify(self, files: Iterable[tuple[str, bytes]], count: int) -> Iterator[Verification]:
            return verify_here(files, quick=told[-1])

    monkeypatch.setattr("workbook.verifier.isolated.Crew", Told)
    for option in ([], ["--quick"]):
        result = CliRunner().invoke(cli, ["verify", str(path), "--json", *option])
        assert json.loads(result.stdout)["summary"]["pass"] == 1
    assert told == [False, True]


def test_the_processes_take_quick() -> None:
    reports = list(verify_isolated([("a.xlsx", CASE.filled)] * 2, count=2, jobs=1, quick=True))
    assert [one.verdict for one in reports] == [Verdict.PASS] * 2


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(third_engine, "_MILLISECONDS", 20)

    def many(book: Workbook) -> None:
        sheet = book.create_sheet("大表")
        for row in range(1, 3001):
            sheet.cell(row, 1, f"=SUMPRODUCT((B$1:B$3000>{row})*(C$1:C$3000<{row}))")
            sheet.cell(row, 2, row)
            sheet.cell(row, 3, row)

    report = verified(returned.by_openpyxl(CASE.filled, many))
    assert "THIRD_ENGINE_FAILED" in codes(report)
    assert report.verdict is not Verdict.FAIL
