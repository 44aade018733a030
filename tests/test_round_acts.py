"""What goes out and what the clerk decides: once each, to the right address, with what to do."""

from __future__ import annotations

import email
import email.policy
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.support.cli import run, run_json
from tests.support.ledgers import at
from tests.support.received import PNG
from tests.support.season import (
    BASIS,
    NAMES,
    Season,
    begun,
    clerk,
    mail,
    rubric,
    verified_here,
    verified_whole,
    workbook_of,
)  # fmt: skip
from workbook.cli import round_acts, rounds
from workbook.findings import Refused
from workbook.issue.roster import Department as Addressee
from workbook.load.rubric import load_rubric
from workbook.round import roster as changes
from workbook.round.audit import audit
from workbook.round.decide import assign, decide
from workbook.round.find import find_department, find_filing
from workbook.round.model import Kind, State
from workbook.round.remind import write_reminders
from workbook.round.returns import write_returns
from workbook.round.status import to_decide
from workbook.round.today import play_today


@pytest.fixture
def season(tmp_path: Path) -> Season:
    return begun(tmp_path)


def returned(season: Season, days: float = 1) -> list[Path]:
    who = clerk(days)
    target = season.path / "退回" / who.today.isoformat()
    with season.folder.held(who, "退回"):
        return write_returns(season.folder, season.round(), rubric(), target, who, verified_whole)


def reminded(season: Season, days: float, **options) -> list[Path]:
    who = clerk(days)
    with season.folder.held(who, "催报"):
        target = season.path / "催报" / who.today.isoformat()
        return write_reminders(season.folder, season.round(), rubric(), target, who, **options)


def decided(season: Season, number: int, finding: str, days: float = 1, *, accepted: bool = True) -> None:
    one = season.round()
    decide(
        season.folder, one, one.departments[f"D{number}"], finding, "情况属实", clerk(days), accepted=accepted
    )


def read(path: Path) -> tuple[str | None, str, list[str]]:
    """The address, the text and the attachments of a draft."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    return (
        message["To"],
        body.get_content(),
        [part.get_filename() or "" for part in message.iter_attachments()],
    )


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.findings]


def test_replies_go_out_once_each(season: Season) -> None:
    season.send(1, 0.5, workbook_of(1))
    season.send(2, 0.5, workbook_of(2, plan=None))
    season.send(3, 0.5, PNG, name="照片.png")
    season.collect()
    written = returned(season)
    assert [path.suffix for path in written] == [".xlsx", ".eml", ".xlsx", ".eml", ".eml"]
    drafts = {read(path)[0]: read(path)[1] for path in written if path.suffix == ".eml"}
    assert set(drafts) == {f"d{number}@example.invalid" for number in (1, 2, 3)}
    assert "不需要再次报送" in drafts["d1@example.invalid"]
    assert "还有内容没有填完" in drafts["d2@example.invalid"]
    assert returned(season, 1.1) == []
    season.send(2, 1.2, workbook_of(2, plan=200))
    season.collect(1.3)
    (_, draft) = returned(season, 1.4)
    assert "· 计划数：（空白） → 200 万元" in read(draft)[1]
    assert returned(season, 2) == []
    assert len(season.folder.ledger.events(kinds=[Kind.RETURNED])) == 4


def test_what_was_replaced_before_anybody_answered_gets_no_reply(season: Season) -> None:
    season.send(1, 0.5, workbook_of(1, plan=None))
    season.send(1, 0.6, workbook_of(1))
    season.collect()
    assert len([path for path in returned(season) if path.suffix == ".eml"]) == 1
    assert returned(season) == []


def test_another_districts_form_is_answered_with_ours(season: Season) -> None:
    other = workbook_of(2, of=load_rubric("yantian-2023"), issue="Y1")
    season.put(mail("x <d2@example.invalid>", at(0.5), ("表.xlsx", other)))
    season.send(3, 0.5, workbook_of(1))
    season.collect()
    answers = [read(path) for path in returned(season)]
    assert [(to, names) for to, _, names in answers] == [
        ("d2@example.invalid", ["tiny-2030_虚构二局.xlsx"]),
        ("d3@example.invalid", ["tiny-2030_虚构三局.xlsx"]),
    ]  # fmt: skip
    assert all("补填" not in text and "没有计入" in text for _, text, _ in answers)


def test_a_stranger_gets_nothing_of_what_is_known(season: Season) -> None:
    season.send(1, 0.5, workbook_of(1, spent="93"))
    season.put(mail("stranger@example.invalid", at(0.6), ("表.xlsx", workbook_of(1, spent="94"))))
    season.collect()
    assert {read(path)[0] for path in returned(season) if path.suffix == ".eml"} == {"d1@example.invalid"}


def test_reminders_say_what_to_do_and_never_twice_a_day(season: Season) -> None:
    season.send(1, 0.5, workbook_of(1))
    season.send(2, 0.5, workbook_of(2, plan=None))
    season.collect(1)
    returned(season, 1)
    assert [read(path)[0] for path in reminded(season, 1)] == ["d3@example.invalid", "d4@example.invalid"]
    assert reminded(season, 1.2) == []
    assert len(reminded(season, 1.2, again=True)) == 2
    second = {to: (text, names) for to, text, names in map(read, reminded(season, 8))}
    assert set(second) == {f"d{number}@example.invalid" for number in (2, 3, 4)}
    assert "已逾期 1 天" in second["d3@example.invalid"][0]
    assert second["d3@example.invalid"][1] == ["tiny-2030_虚构三局.xlsx"]
    assert "计划数" in second["d2@example.invalid"][0]
    assert second["d2@example.invalid"][1] == []
    assert reminded(season, 9, every=3) == []
    assert reminded(season, 2, before=3) == []


def test_an_accepted_explanation_is_kept_while_its_figures_are_the_same(season: Season) -> None:
    season.send(1, 0.5, workbook_of(1, spent="120"))
    season.collect(1)
    assert season.standing(1).asks == ("CHECK_FAILED@勾稽校验!G21",)
    assert any("round accept" in line for line in to_decide(*season.now(1)))
    decided(season, 1, "CHECK_FAILED")
    assert season.standing(1).asks == ()
    assert [one.accepted for one in season.standing(1).decisions] == [True]
    season.send(1, 1.5, workbook_of(1, spent="120", note="改了填报人"))
    season.collect(2)
    assert season.standing(1, 2).asks == ()
    season.send(1, 2.5, workbook_of(1, spent="121"))
    season.collect(3)
    assert len(season.standing(1, 3).asks) == 1
    assert season.standing(1, 3).decisions == ()


def test_a_refused_explanation_asks_to_correct_and_is_answered(season: Season) -> None:
    season.send(1, 0.5, workbook_of(1, spent="120"))
    season.collect(1)
    returned(season, 1)
    decided(season, 1, "CHECK_FAILED@勾稽校验!G21", accepted=False)
    assert season.standing(1).state is State.TO_CORRECT
    draft = returned(season, 1.5)[-1]
    assert "没有被认可：情况属实" in read(draft)[1]
    assert returned(season, 1.6) == []
    decided(season, 1, "CHECK_FAILED")
    assert season.standing(1).state is State.PASSED


def test_what_cannot_be_decided(season: Season) -> None:
    season.send(1, 0.5, workbook_of(1, spent="-5"))
    season.collect(1)
    for finding, code in (("INPUT_RANGE", "ROUND_FINDING_ERROR"), ("NOTHING", "ROUND_FINDING_UNKNOWN")):
        with pytest.raises(Refused) as refused:
            decided(season, 1, finding)
        assert codes(refused) == [code]
    with pytest.raises(Refused) as refused:
        decided(season, 2, "CHECK_FAILED")
    assert codes(refused) == ["ROUND_FINDING_UNKNOWN"]
    one = season.round()
    with pytest.raises(Refused) as refused:
        decide(season.folder, one, one.departments["D1"], "X", " \n", clerk(), accepted=True)
    assert codes(refused) == ["ROUND_REASON"]


def test_the_clerk_lets_a_file_count(season: Season) -> None:
    season.send(2, 0.5, workbook_of(1))
    season.collect(1)
    one = season.round()
    (held,) = season.standing(2).held
    assign(season.folder, one, held, one.departments["D1"], "电话核实", clerk(1))
    assert [season.standing(number).state for number in (1, 2)] == [State.PASSED, State.NOT_RETURNED]
    assert to_decide(*season.now(1)) == []
    one = season.round()
    assign(season.folder, one, find_filing(one, held.arrived), None, "寄错", clerk(1))
    assert season.standing(1).state is State.NOT_RETURNED
    assert to_decide(*season.now(1)) == []
    with pytest.raises(Refused) as refused:
        find_filing(one, 999)
    assert codes(refused) == ["ROUND_FILE_UNKNOWN"]


def test_the_clerk_goes_back_to_the_earlier_one(season: Season) -> None:
    season.send(1, 0.5, workbook_of(1))
    season.send(1, 8, workbook_of(1, plan=None))
    season.collect(9)
    standing = season.standing(1, 9)
    assert standing.before is not None
    one = season.round()
    assign(
        season.folder, one, find_filing(one, standing.before.arrived), one.departments["D1"], "误发", clerk(9)
    )
    assert (season.standing(1, 9).state, season.standing(1, 9).late) == (State.PASSED, False)


def test_another_rubrics_workbook_is_assigned_to_nobody(season: Season) -> None:
    season.put(workbook_of(2, of=load_rubric("yantian-2023"), issue="Y1"), "表.xlsx")
    season.collect(1)
    one = season.round()
    filing = one.departments["D2"].filings[0]
    with pytest.raises(Refused) as refused:
        assign(season.folder, one, filing, one.departments["D2"], "是", clerk(1))
    assert codes(refused) == ["ROUND_FILE_ASSIGNED"]


def test_the_roster_changes_with_reasons(season: Season) -> None:
    folder, who = season.folder, clerk(1)
    one = season.round()
    changes.rename(folder, one, rubric(), one.departments["D1"], "虚构新局", "机构改革", who)
    changes.merge(folder, one, one.departments["D2"], one.departments["D3"], "机构改革", who)
    changes.drop(folder, one.departments["D4"], "撤销", who)
    changes.add(folder, one, rubric(), Addressee("虚构五局", "d5@example.invalid"), "新设", who)
    changes.extend(folder, one, None, date(2025, 3, 20), "顺延", who)
    one = season.round()
    changes.extend(folder, one, one.departments["D1"], date(2025, 3, 25), "申请延期", who)
    one = season.round()
    assert [department.name for department in one.expected] == ["虚构新局", "虚构三局", "虚构五局"]
    assert one.departments["D1"].former == ["虚构一局"]
    assert find_department(one, "虚构一局").id == "D1"
    assert [one.due(department) for department in one.expected] == [
        date(2025, 3, 25), date(2025, 3, 20), date(2025, 3, 20),
    ]  # fmt: skip
    assert (season.path / "下发" / "tiny-2030_虚构五局.eml").is_file()
    season.send(1, 1.5, workbook_of(1))
    season.send(2, 1.5, workbook_of(2))
    season.collect(2)
    assert season.standing(1, 2).department.filings[0].findings == ()
    assert [filing["code"] for filing in season.standing(3, 2).department.filings[0].findings] == [
        "ROUND_MERGED_FORM"
    ]
    assert all(event.data["reason"] for event in folder.ledger.events(kinds=[
        Kind.RENAMED, Kind.MERGED, Kind.DROPPED, Kind.ADDED, Kind.EXTENDED,
    ]))  # fmt: skip
    changes.add(folder, season.round(), rubric(), Addressee("虚构四局", issue="D4"), "恢复", who)
    assert season.round().departments["D4"].active
    assert audit(folder, None).broken == []


def test_changes_that_make_no_sense(season: Season) -> None:
    one, folder, who = season.round(), season.folder, clerk(1)
    first, second = one.departments["D1"], one.departments["D2"]
    for change in (
        lambda: changes.rename(folder, one, rubric(), first, NAMES[1], "x", who),
        lambda: changes.merge(folder, one, first, first, "x", who),
        lambda: changes.add(folder, one, rubric(), Addressee(NAMES[0], issue="D1"), "x", who),
        lambda: changes.extend(folder, one, second, one.deadline, "x", who),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert codes(refused) == ["ROUND_ROSTER_SAME"]
    with pytest.raises(Refused) as refused:
        changes.rename(folder, one, rubric(), first, "一\n局", "x", who)
    assert codes(refused) == ["ROSTER_TEXT"]


def test_a_morning(season: Season) -> None:
    season.send(1, 0.5, workbook_of(1))
    season.send(2, 0.5, workbook_of(1))
    season.put(mail("x <d4@example.invalid>", at(0.7), subject="收到，月底前报"))

    def morning(days: float):
        who = clerk(days)
        with season.folder.held(who, "每日"):
            return play_today(
                season.folder, rubric(), [season.inbox], who,
                verifier=verified_here, reporter=verified_whole, basis=BASIS, before=3,
            )  # fmt: skip

    made = morning(5)
    assert made.folder.name == "2025-03-08"
    assert "4 家：通过 1，退回 1，未报 2" in made.page()
    assert "收到，月底前报" in made.page()
    assert "需要您决定的 1 项" in made.page()
    assert {path.parent.name for path in made.returned} == {"退回"}
    assert len(made.reminded) == 2
    assert (made.folder / "今日.txt").read_text(encoding="utf-8-sig").strip() == made.page().strip()
    again = morning(5.1)
    assert (again.collected.new, again.returned, again.reminded) == (0, [], [])
    with pytest.raises(Refused) as refused, season.folder.held(clerk(6), "x"):
        season.inbox = season.path
        play_today(season.folder, rubric(), [season.path], clerk(6), verifier=verified_here,
                   reporter=verified_whole, basis=BASIS, before=3)  # fmt: skip
    assert codes(refused) == ["ROUND_OWN_FOLDER"]


def test_hostile_texts_in_what_goes_out(season: Season) -> None:
    evil = "=cmd|'/c calc'!A1\r\nBcc: x@example.invalid"
    season.put(mail("x <d2@example.invalid>", at(0.5), (evil.replace("\r\n", "%0d%0a"), workbook_of(1))))
    season.send(1, 0.5, workbook_of(1, spent="120", reason=evil))
    season.collect()
    for path in returned(season):
        if path.suffix == ".eml":
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            assert message["Bcc"] is None
            assert b"\r\nBcc" not in path.read_bytes().partition(b"\r\n\r\n")[0]
        else:
            book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
            cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
            assert not [cell for cell in cells if cell.data_type == "f" and "cmd" in str(cell.value)]


def test_the_commands_that_act(season: Season, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def verifier(specs: list[str], jobs: int | None, *, full: bool = False):
        return verified_whole if full else verified_here

    monkeypatch.setattr(rounds, "clock", lambda: at(1))
    monkeypatch.setattr(rounds, "verifier_of", verifier)
    monkeypatch.setattr(round_acts, "verifier_of", verifier)
    monkeypatch.setenv("WORKBOOK_ACTOR", "虚构经办人")
    season.send(1, 0.5, workbook_of(1, spent="120"))
    season.send(2, 0.5, workbook_of(1))
    folder = season.path
    today = run_json("round", "today", folder, season.inbox)
    assert (today["new"], len(today["returned"]), len(today["decisions"])) == (2, 3, 2)
    assert "新收 0 份" in run("round", "today", folder, season.inbox).output
    event = run_json("round", "accept", folder, "虚构一局", "CHECK_FAILED", "--reason", "属实")
    assert season.folder.ledger.events()[-1].number == event["event"]
    assert "已退回" in run("round", "refuse", folder, "虚构一局", "CHECK_FAILED", "--reason", "不符").output
    (held,) = season.standing(2).held
    assert (
        "计入“虚构一局”" in run("round", "assign", folder, held.arrived, "虚构一局", "--reason", "x").output
    )
    assert run("round", "assign", folder, held.arrived, "--reason", "x").exit_code == 2
    assert len(run_json("round", "return", folder, "-o", tmp_path / "o")["files"]) == 2
    assert run_json("round", "remind", folder, "-o", tmp_path / "r")["files"] != []
    for arguments in (
        ("add", folder, "虚构五局"), ("rename", folder, "虚构五局", "虚构六局"), ("drop", folder, "虚构六局"),
        ("merge", folder, "虚构四局", "虚构三局"), ("deadline", folder, "2025-03-20"),
        ("deadline", folder, "2025-03-21", "--department", "虚构三局"),
    ):  # fmt: skip
        done = run("round", "roster", *arguments, "--reason", "虚构")
        assert done.exit_code == 0, done.output
        assert "项记录" in done.output
    names = [one["name"] for one in run_json("round", "status", folder)["departments"]]
    assert names == ["虚构一局", "虚构二局", "虚构三局"]


def test_the_clerk_keeps_the_newest(season: Season) -> None:
    season.send(1, 0.5, workbook_of(1))
    season.send(1, 0.6, workbook_of(1, plan=None))
    season.collect(1)
    one = season.round()
    counted = one.departments["D1"].counted
    assert counted is not None
    assert any(f"来件 {counted.arrived} 未填完" in line for line in to_decide(*season.now(1)))
    assign(season.folder, one, counted, one.departments["D1"], "部门确认", clerk(1))
    assert season.standing(1).state is State.INCOMPLETE
    assert to_decide(*season.now(1)) == []
