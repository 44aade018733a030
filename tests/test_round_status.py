"""What the round tells: changes between two tries, the page, the workbook, the commands."""

from __future__ import annotations

import io
import json
import re
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from tests.readme import example
from tests.support.cli import run, run_json
from tests.support.ledgers import at
from tests.support.season import NAMES, SPEC, Season, begun, clerk, mail, verified_here, workbook_of
from workbook.cli import rounds
from workbook.round.audit import audit
from workbook.round.changes import changes
from workbook.round.details import Detail
from workbook.round.history import History
from workbook.round.page import status_html
from workbook.round.standing import standings
from workbook.round.status import history_result, summary, to_decide
from workbook.round.table import status_book

EVIL = '=1+1"><script>alert(1)</script>'


@pytest.fixture
def season(tmp_path: Path) -> Season:
    return begun(tmp_path)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "clock", lambda: at(1))
    monkeypatch.setenv("WORKBOOK_ACTOR", "虚构经办人")


def test_a_resubmission_says_what_changed(season: Season) -> None:
    season.send(1, 0.5, workbook_of(1, spent="120", faults=1, reason="旧原因"))
    season.send(1, 0.6, workbook_of(1, spent="80.50", faults=2, reason="新原因", note="虚构二"))
    season.collect()
    one = season.round()
    result = history_result(one, season.standing(1), History(season.folder.ledger, one))
    assert result["noted"] == []
    first, second = result["history"]
    assert first["changes"] is None
    told = [change["text"] for change in second["changes"]]
    assert told == [
        "支出数：120 万元 → 80.5 万元",
        "差错数：1 项 → 2 项",
        "填报人：虚构 → 虚构二",
        "预算执行 扣分原因：旧原因 → 新原因",
        "总分：9.00 → 5.00",
        "等级：合格 → 不合格",
        "预算执行 得分：9.00 → 5.00",
        "预算执行 第1项 得分：6.00 → 3.00",
        "预算执行 第2项 得分：3.00 → 2.00",
        "已消除意见：勾稽不符：支出数不大于计划数（左 120，右 100）。",
    ]


def test_changes_without_a_rubric_name_ids() -> None:
    result = {"total": {"reference": None}, "grade": None, "indicators": [], "findings": []}
    old, new = Detail(result, {"plan": "1", "tables.t.1.c": "甲"}), Detail(result, {"plan": "2"})
    assert [(one.kind, one.text()) for one in changes(old, new, None)] == [
        ("figure", "plan：1 → 2"), ("row", "t第 1 行 c：甲 → （空白）"),
    ]  # fmt: skip


def test_one_line_says_where_the_round_stands(season: Season) -> None:
    season.send(1, 0.5, workbook_of(1))
    season.send(2, 0.5, workbook_of(1))
    season.collect()
    one = season.round()
    assert summary(standings(one, clerk(1).today)) == "4 家：通过 1，退回 1，未报 2"
    assert summary(standings(one, clerk(8).today)) == "4 家：通过 1，退回 1，未报 2（逾期 2）"
    (line,) = to_decide(*season.now(1))
    assert "虚构二局" in line
    assert "workbook round assign" in line


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_page_and_workbook_show_hostile_texts_as_texts(season: Season) -> None:
    season.put(mail(f'"{EVIL}" <x@example.invalid>', at(0.5), (f"{EVIL}.xlsx", workbook_of(1, name=EVIL))))
    season.put(workbook_of(2, name=EVIL, issue="none"), "x.xlsx")
    season.collect()
    one, day = season.round(), clerk(1).today
    one.departments["D3"].name = EVIL
    page = _Page()
    page.feed(status_html(one, standings(one, day), day))
    assert "script" not in page.tags
    assert EVIL in page.text
    assert page.tags.count("tr") == 5
    book = openpyxl.load_workbook(io.BytesIO(status_book(one, standings(one, day))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert EVIL in {cell.value for cell in cells}
    assert book.sheetnames == ["部门", "来件", "待决定"]


def test_the_commands_of_a_round(tmp_path: Path, today: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "verifier_of", lambda specs, jobs: verified_here)
    roster = tmp_path / "名册.csv"
    rows = [f"{name},d{number}@example.invalid,D{number}\n" for number, name in enumerate(NAMES, 1)]
    roster.write_text("部门名称,邮箱,下发编号\n" + "".join(rows), encoding="utf-8")
    folder = tmp_path / "2025自评"
    begin = ("round", "start", folder, "--rubric", SPEC, "--roster", roster, "--deadline", "2025-03-10")
    started = run_json(*begin)
    assert (started["round"], started["departments"]) == ("2025自评", 4)
    assert all(Path(path).is_file() for path in (*started["files"], *started["mails"]))
    assert "ROUND_EXISTS" in run(*begin).output
    inbox = tmp_path / "收件箱"
    inbox.mkdir()
    (inbox / "a.xlsx").write_bytes(workbook_of(1))
    collected = run_json("round", "collect", folder, inbox)
    assert {key: collected[key] for key in ("new", "known", "lost")} == {"new": 1, "known": 0, "lost": []}
    assert collected["files"][0]["department"] == "虚构一局"
    assert collected["files"][0]["verdict"] == "pass"
    assert "已知 1 份" in run("round", "collect", folder, inbox).output
    status = run_json("round", "status", folder)
    assert status["counts"]["passed"] == 1
    html, report = tmp_path / "状态.html", tmp_path / "状态.xlsx"
    told = run("round", "status", folder, "--html", html, "--report", report).output
    assert "4 家：通过 1，退回 0，未报 3" in told
    assert html.stat().st_size > 0
    assert report.stat().st_size > 0
    assert "FILE_EXISTS" in run("round", "status", folder, "--html", html).output
    assert "虚构一局" in run("round", "status", folder, "--department", "虚构一局").output
    assert "ROUND_DEPARTMENT_UNKNOWN" in run("round", "status", folder, "--department", "没有的局").output
    audited = run_json("round", "audit", folder)
    assert audited["broken"] == []
    assert "全部相符" in run("round", "audit", folder, "--quick").output


def test_outputs_never_take_the_ledgers_place(season: Season, today: None) -> None:
    for name in ("ledger.sqlite", "round.json"):
        target = season.path / name
        before = target.read_bytes()
        assert "OUTPUT_IS_INPUT" in run("round", "status", season.path, "--html", target, "--force").output
        assert target.read_bytes() == before


def test_every_command_of_the_round_ends_its_help_with_an_example() -> None:
    for name, command in rounds.round_group.commands.items():
        text = run("round", name, "--help").output
        assert example(command).startswith(f"workbook round {name}")
        assert text.rstrip().endswith(example(command))
    assert "没有这个命令" in run("round", "stat").output
    assert "status" in run("round", "stat").output


def test_the_audit_finds_each_kind_of_change(season: Season) -> None:
    season.send(1, 0.5, workbook_of(1))
    season.collect()
    ledger = season.folder.ledger
    assert audit(season.folder, verified_here).broken == []

    def change(*statements: str) -> list[tuple[int, str]]:
        """What is broken after somebody has written into the database behind our back."""
        import sqlite3

        path = season.path / "ledger.sqlite"
        before = path.read_bytes()
        with sqlite3.connect(path, isolation_level=None) as connection:
            for table in ("events", "documents"):
                for verb in ("update", "delete"):
                    connection.execute(f"DROP TRIGGER {table}_no_{verb}")
            for statement in statements:
                connection.execute(statement)
        connection.close()
        found = [(one.event.number, one.finding.code) for one in audit(season.folder, verified_here).broken]
        path.write_bytes(before)
        return found

    assert change("UPDATE events SET actor = 'x' WHERE number = 3") == [(3, "AUDIT_EVENT")]
    assert change("DELETE FROM events WHERE number = 3") == [(4, "AUDIT_CHAIN")]
    assert change("UPDATE documents SET body = x'00'") == [(7, "DOCUMENT_MISSING")]
    (verified,) = ledger.events(kinds=["verified"])
    assert (verified.number, datetime.fromisoformat(verified.time)) == (7, at(1))
    file = season.path / "下发" / "tiny-2030_虚构二局.xlsx"
    file.write_bytes(file.read_bytes() + b"x")
    assert change() == [(3, "AUDIT_ISSUED")]
    file.unlink()
    assert change() == []

    def otherwise(files, count):
        for name, _ in files:
            yield from verified_here([(name, workbook_of(1, spent="80"))], 1)

    (broken,) = audit(season.folder, otherwise).broken
    assert broken.finding.code == "AUDIT_VERDICT"
    assert json.loads(json.dumps(broken.result()))["event"] == 7


def test_a_click_on_a_state_hides_other_departments_only(season: Season) -> None:
    """The page has no script: each rule that hides is by itself, and hides rows."""
    one = season.round()
    style = status_html(one, standings(one, clerk(1).today), clerk(1).today).partition("</style>")[0]
    hiding = re.findall(r"([^{}]*)\{ display: none; \}", style)
    shown = [rule.strip() for rule in hiding if "#show-" in rule]
    assert len(shown) >= 4
    for rule in shown:
        assert re.fullmatch(r"#show-(\w+):checked ~ \.card tbody tr:not\(\.\1\)", rule), rule


def test_a_mail_without_attachment_stands_in_the_departments_history(season: Season) -> None:
    season.put(mail("x <d4@example.invalid>", at(0.7), subject="收到，月底前报"))
    season.collect()
    one = season.round()
    result = history_result(one, season.standing(4), History(season.folder.ledger, one))
    assert [note["subject"] for note in result["noted"]] == ["收到，月底前报"]
    assert (result["state"], result["history"]) == ("not_returned", [])
