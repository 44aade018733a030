"""Workbooks of a roster: the same bytes as one by one, whatever the names and the processes."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.cli import run_json
from workbook import load_rubric, new_workbook
from workbook.findings import Refused
from workbook.issue import workbooks
from workbook.issue.letters import issue_letter
from workbook.issue.roster import Department
from workbook.issue.workbooks import Issued, issue_all, processors
from workbook.rubric.inputs import BLANK, Inputs
from workbook.xlsx_writer.series import Series

SMALL = load_rubric(Path(__file__).parent / "specs" / "tiny.yaml")
PLAIN = ["区教育局", "发展和改革局（粮食局）[本级]", "区 卫生 健康局", "海洋局🐟", "很长" * 29, "第１２局"]
ODD = [
    "很长" * 40,
    "a&b<局>",
    '"老干部"局',
    "局👩‍🔬",
    "123",
    "１２",
    "true",
    "填报人",
    "局\u3000一",
]


def whole_calls(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Departments whose workbook is written anew from here on."""
    calls: list[str | None] = []
    whole = Series.whole

    def counted(self: Series, department: str | None, issue: str | None) -> bytes:
        calls.append(department)
        return whole(self, department, issue)

    monkeypatch.setattr(Series, "whole", counted)
    return calls


def test_a_stencil_gives_the_bytes_of_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [new_workbook(SMALL, department=name) for name in (*PLAIN, *ODD)]
    calls = whole_calls(monkeypatch)
    series = Series(SMALL, BLANK)
    assert [series.workbook(name, None) for name in (*PLAIN, *ODD)] == expected
    assert calls == ODD


def test_issue_ids_and_texts_that_are_there_already(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = whole_calls(monkeypatch)
    series = Series(SMALL, BLANK)
    title = series.book.sheets[0].title
    there = next(text for text in series.template.sheet[title].texts.values() if text.isalnum())
    for name, issue in ((there, None), ("甲局", "_x0041_"), ("甲局", "A-1.b"), ("甲局", "blank")):
        calls.clear()
        made = series.workbook(name, issue)
        assert calls == ([] if issue in {"A-1.b", "blank"} else [name])
        assert made == new_workbook(SMALL, department=name, issue=issue)


def test_inputs_that_all_share() -> None:
    money = next(one for one in SMALL.fields if one.kind == "money")
    inputs = Inputs({money.id: Decimal("12.5"), "preparer": "张三"}, {SMALL.indicators[0].id: "虚构的原因"})
    series = Series(SMALL, inputs)
    for name in ("甲局", "张三"):
        assert series.workbook(name, None) == new_workbook(SMALL, department=name, inputs=inputs)


def test_a_stencil_that_gives_other_bytes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here a text of the inputs looks like a mark; a change of XlsxWriter would be seen in the same way."""
    series = Series(SMALL, BLANK)
    series.workbook("甲局", None)
    (stencil,) = series._stencils.values()
    assert stencil is not None
    inputs = Inputs({"preparer": stencil.mark})
    expected = new_workbook(SMALL, department="甲局", inputs=inputs)
    hidden = Series(SMALL, inputs)
    assert hidden.workbook("甲局", None) != expected
    hidden.prepare("甲局", None)
    calls = whole_calls(monkeypatch)
    assert hidden.workbook("甲局", None) == expected
    assert calls == ["甲局"]


DEPARTMENTS = [Department(f"虚构{number}局", f"a{number}@b.cn", issue=None) for number in range(7)]
DEPARTMENTS[3] = replace(DEPARTMENTS[3], name="a&b", issue="A-3")


def one_by_one() -> list[Issued]:
    made = []
    for one in DEPARTMENTS:
        book = new_workbook(SMALL, department=one.name, issue=one.issue)
        mail = issue_letter(SMALL, one, workbook=book, sender="c@d.cn", deadline=date(2025, 3, 31))
        made.append(Issued(book, mail))
    return made


def all_of_them(jobs: int) -> list[Issued]:
    made = issue_all(SMALL, DEPARTMENTS, sender="c@d.cn", deadline=date(2025, 3, 31), jobs=jobs)
    return list(made)


def test_processes_give_the_same_in_the_same_order() -> None:
    assert all_of_them(jobs=1) == all_of_them(jobs=2) == one_by_one()


def die(department: Department) -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def test_processes_that_die_are_no_reason_to_issue_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "_make", die)
    assert all_of_them(jobs=2) == one_by_one()


def test_what_no_workbook_or_mail_can_hold_is_refused_from_any_process() -> None:
    for bad, code in (
        (Department("\ud800"), "INPUT_TEXT"),
        (Department("甲", issue="编号"), "ISSUE_ID"),
        (Department("甲", "a@b"), "MAIL_ADDRESS"),
    ):
        for jobs in (1, 2):
            with pytest.raises(Refused) as caught:
                list(issue_all(SMALL, [DEPARTMENTS[0], bad], jobs=jobs))
            assert [one.code for one in caught.value.findings] == [code]


def test_processes_are_started_when_they_are_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(4)), raising=False)
    assert [processors(count) for count in (1, 59, 60, 119, 1000)] == [1, 1, 2, 3, 4]


def test_the_command_uses_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "_FOR_ANOTHER_JOB", 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    roster = tmp_path / "名册.csv"
    roster.write_text("部门名称\n甲局\n乙局\n", encoding="utf-8")
    spec = Path(__file__).parent / "specs" / "tiny.yaml"
    result = run_json("new", spec, "--roster", roster, "-o", tmp_path / "下发")
    made = [Path(one).read_bytes() for one in result["files"]]
    assert made == [new_workbook(SMALL, department=name) for name in ("甲局", "乙局")]
