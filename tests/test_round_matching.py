"""Whose a file is: by its 下发编号, then its sender, then its name; what contradicts itself is held."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.ledgers import at
from tests.support.season import NAMES, Season, begun, mail, workbook_of
from workbook.load.rubric import load_rubric
from workbook.round.matching import Clues, Match, Matcher
from workbook.round.model import Department, Round, State

TINY = "tiny-2030"


@pytest.fixture
def season(tmp_path: Path) -> Season:
    return begun(tmp_path)


def a_round() -> Round:
    made = Round("r", TINY, TINY, "t", at().date(), None, "")
    for number, name in enumerate(NAMES, 1):
        made.departments[f"D{number}"] = Department(f"D{number}", name, f"d{number}@example.invalid")
    return made


def match(
    one: Round, issue: str | None, sender: int | str | None, name: str | None, rubric: str | None = TINY
) -> Match:
    address = f"d{sender}@example.invalid" if isinstance(sender, int) else sender
    return Matcher(one).match(Clues(issue, address, name, rubric))


def codes(found: Match) -> list[str]:
    return [one.code for one in found.findings]


@pytest.mark.parametrize(("issue", "sender", "name", "department", "how", "held", "told"), [
    ("D1", 1, "虚构一局", "D1", "issue", False, []),
    ("D1", None, "虚构一局", "D1", "issue", False, []),
    ("D1", "D1@EXAMPLE.INVALID".lower(), " 虚构 一局", "D1", "issue", False, []),
    ("D1", 1, "虚构新局", "D1", "issue", False, ["ROUND_NAME_OTHER"]),
    ("D1", "x@example.invalid", "虚构一局", "D1", "issue", False, ["ROUND_SENDER_OTHER"]),
    ("D1", 1, "虚构二局", "D1", "issue", False, ["ROUND_NAME_OTHER"]),
    ("D1", 2, "虚构一局", "D2", "sender", True, ["ROUND_OTHERS_FILE"]),
    ("D1", 2, "虚构二局", "D2", "sender", True, ["ROUND_OTHERS_FILE"]),
    ("D1", None, "虚构二局", None, "nobody", True, ["ROUND_NAME_OF_OTHER"]),
    ("D1", "x@example.invalid", "虚构二局", None, "nobody", True, ["ROUND_NAME_OF_OTHER"]),
    ("blank", 3, "虚构三局", "D3", "sender", False, ["ROUND_ISSUE_UNKNOWN"]),
    ("blank", 3, "虚构二局", "D3", "sender", True, ["ROUND_ISSUE_UNKNOWN", "ROUND_NAME_OTHER"]),
    ("other", None, "虚构三局", "D3", "name", False, ["ROUND_ISSUE_UNKNOWN"]),
    ("other", None, "陌生局", None, "nobody", True, ["ROUND_UNMATCHED"]),
    ("other", None, None, None, "nobody", True, ["ROUND_UNMATCHED"]),
])  # fmt: skip
def test_clues(issue, sender, name, department, how, held, told) -> None:
    found = match(a_round(), issue, sender, name)
    assert (found.department, found.how, found.held, codes(found)) == (department, how, held, told)


def test_what_is_no_workbook_has_its_sender_only() -> None:
    assert match(a_round(), None, 2, None, None) == Match("D2", "sender", False, ())
    found = match(a_round(), None, None, None, None)
    assert (found.department, found.held, codes(found)) == (None, True, ["ROUND_UNMATCHED"])


def test_another_rubric_counts_for_nobody() -> None:
    for sender, name, department in ((2, "别区二局", "D2"), (None, "虚构三局", "D3"), (None, "别区局", None)):
        found = match(a_round(), "X1", sender, name, "other-2029")
        assert (found.department, found.held, codes(found)) == (department, True, ["ROUND_OTHER_RUBRIC"])


def test_one_address_of_two_departments() -> None:
    one = a_round()
    one.departments["D2"].email = "d1@example.invalid"
    assert match(one, "D2", 1, "虚构二局") == Match("D2", "issue", False, ())
    assert match(one, None, 1, None, None).department is None
    assert match(one, "blank", 1, "虚构二局").department == "D2"


def test_after_changes_of_the_roster() -> None:
    one = a_round()
    one.departments["D1"].former.append("虚构老局")
    one.departments["D2"].into = "D3"
    one.departments["D4"].dropped = "撤销"
    assert match(one, "D1", 1, "虚构老局") == Match("D1", "issue", False, ())
    merged = match(one, "D2", 2, "虚构二局")
    assert (merged.department, merged.held, codes(merged)) == ("D3", True, ["ROUND_MERGED_FORM"])
    assert match(one, "D3", 2, "虚构三局").held is False
    dropped = match(one, "D4", 4, "虚构四局")
    assert (dropped.department, dropped.held, codes(dropped)) == ("D4", True, ["ROUND_DROPPED"])


def test_anothers_file_neither_counts_nor_replaces(season: Season) -> None:
    season.send(1, 0.5, workbook_of(1, spent="92"))
    season.send(2, 0.6, workbook_of(1))
    season.collect()
    first, second = season.standing(1), season.standing(2)
    assert (first.state, len(first.department.filings)) == (State.PASSED, 1)
    assert (second.state, second.total) == (State.TO_CORRECT, None)
    season.send(2, 0.7, workbook_of(2))
    season.collect()
    assert season.standing(2).state is State.PASSED
    season.send(2, 0.8, workbook_of(1))
    season.collect()
    assert season.standing(2).state is State.PASSED
    assert [one.held for one in season.standing(2).department.filings] == [True, False, True]


def test_a_renamed_department_is_the_same(season: Season) -> None:
    season.send(1, 0.5, workbook_of(1, name="虚构新局"))
    season.collect()
    assert season.standing(1).state is State.PASSED
    assert len(season.round().departments) == 4


def test_another_districts_form_asks_for_ours(season: Season) -> None:
    other = load_rubric("yantian-2023")
    season.put(mail("x <d2@example.invalid>", at(0.5), ("表.xlsx", workbook_of(2, of=other, issue="Y1"))))
    season.collect()
    standing = season.standing(2)
    assert standing.state is State.TO_CORRECT
    (filing,) = standing.department.filings
    assert [one["code"] for one in filing.findings] == ["ROUND_OTHER_RUBRIC"]


def test_a_newer_failure_replaces_a_pass_with_a_word(season: Season) -> None:
    season.send(1, 0.5, workbook_of(1))
    season.send(1, 0.6, workbook_of(1, plan=None))
    season.collect()
    standing = season.standing(1)
    assert standing.state is State.INCOMPLETE
    assert [one.code for one in standing.findings()] == ["ROUND_PASS_BEFORE"]


def test_an_older_mail_that_comes_later_replaces_nothing(season: Season) -> None:
    season.send(1, 0.6, workbook_of(1))
    season.collect(1)
    season.send(1, 0.5, workbook_of(1, plan=None))
    season.collect(2)
    assert season.standing(1).state is State.PASSED


def test_a_date_in_the_future_is_the_day_of_collecting(season: Season) -> None:
    season.send(1, 30, workbook_of(1, plan=None))
    season.collect(1)
    season.send(1, 1.5, workbook_of(1))
    season.collect(2)
    assert season.standing(1).state is State.PASSED


def test_a_scan_after_a_pass_does_not_replace_it(season: Season) -> None:
    season.send(1, 0.5, workbook_of(1))
    season.send(1, 0.6, b"%PDF-1.7\n" + bytes(100), name="盖章扫描件.pdf")
    season.collect()
    assert season.standing(1).state is State.PASSED


def test_late_is_after_the_last_day(season: Season) -> None:
    assert season.standing(1, 7).state is State.NOT_RETURNED
    assert season.standing(1, 8).state is State.LATE
    season.send(1, 7, workbook_of(1))
    season.send(2, 8, workbook_of(2))
    season.collect(9)
    assert [season.standing(number, 9).late for number in (1, 2)] == [False, True]
    assert season.standing(2, 9).state is State.PASSED
