"""A clerk's mailbox: everything that came is accounted for, and the newest file of a department counts."""

from __future__ import annotations

import email.message
import email.policy
import json
import mailbox
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.support import returned
from tests.support.clean import clean
from tests.support.cli import run_json
from tests.support.returned import issued
from workbook import api
from workbook.api import new_workbook
from workbook.verifier.inbox import Inbox
from workbook.verifier.result import file_result, inbox_result
from workbook.verifier.verification import Verdict

RUBRIC = "yantian-2023"
_START = datetime(2024, 3, 1, 9, tzinfo=UTC)


def filled(department: str, comment: str = "") -> bytes:
    """A workbook that passes, of a made-up department."""
    rubric, inputs = issued(RUBRIC).rubric, clean(RUBRIC)
    values = {**inputs.values, "department": department, "preparer": "虚构" + comment}
    return new_workbook(rubric, inputs=replace(inputs, values=values))


def mail(sender: str, day: int, *attachments: tuple[str, bytes], subject: str = "绩效自评") -> bytes:
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"], message["Subject"] = sender, "czj@example.invalid", subject
    message["Date"] = format_datetime(_START + timedelta(days=day))
    message.set_content("您好，报送见附件。")
    for name, data in attachments:
        message.add_attachment(data, "application", "octet-stream", filename=name)
    return message.as_bytes()


def received(folder: Path) -> Inbox:
    return api.receive([folder])


def test_the_newest_by_mail_date_counts(tmp_path: Path) -> None:
    old, new = filled("虚构一局", "旧"), filled("虚构一局", "新")
    (tmp_path / "b.eml").write_bytes(mail("a@example.invalid", 1, ("自评表.xlsx", old)))
    (tmp_path / "a.eml").write_bytes(mail("a@example.invalid", 5, ("自评表.xlsx", new)))
    inbox = received(tmp_path)
    (entry,) = inbox.entries
    assert entry.origins[0].path.name == "a.eml"
    assert entry.report.verdict is Verdict.PASS
    (older,) = inbox.superseded
    assert (older.origin.path.name, older.by.path.name) == ("b.eml", "a.eml")
    result = inbox_result(inbox)
    assert result["summary"]["pass"] == 1
    assert result["superseded"][0]["date"] == "2024-03-02T09:00:00+00:00"
    assert result["files"][0]["sender"] == "a@example.invalid"


def test_identical_files_are_one(tmp_path: Path) -> None:
    data = filled("虚构二局")
    for day in (3, 7, 5):
        (tmp_path / f"{day}.eml").write_bytes(mail("b@example.invalid", day, (f"表{day}.xlsx", data)))
    inbox = received(tmp_path)
    (entry,) = inbox.entries
    assert entry.origins[0].path.name == "7.eml"
    assert {one.origin.path.name for one in inbox.superseded} == {"3.eml", "5.eml"}
    assert {one.reason for one in inbox.superseded} == {"内容完全相同"}


def test_without_dates_nobody_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "一.xlsx").write_bytes(filled("虚构三局", "甲"))
    (tmp_path / "二.xlsx").write_bytes(filled("虚构三局", "乙"))
    inbox = received(tmp_path)
    assert len(inbox.entries) == 2
    assert inbox.superseded == []
    for entry in inbox.entries:
        assert "FILES_SEVERAL" in {one.code for one in entry.report.findings}
        assert "FILES_SEVERAL" in {one["code"] for one in file_result(entry.report)["findings"]}


def test_evidence_that_comes_with_a_workbook_is_no_failure(tmp_path: Path) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + b"0" * 100
    (tmp_path / "a.eml").write_bytes(
        mail("a@example.invalid", 1, ("自评表.xlsx", filled("虚构一局")), ("合同.png", picture))
    )
    (tmp_path / "b.eml").write_bytes(mail("b@example.invalid", 1, ("照片.png", picture)))
    inbox = received(tmp_path)
    assert [entry.report.verdict for entry in inbox.entries] == [Verdict.PASS, Verdict.UNREADABLE]
    assert [one.name for one in inbox.ignored if one.name.endswith(".png")] == ["合同.png"]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """200 mails: every tenth of another sort."""
    folder = tmp_path_factory.mktemp("邮箱")
    box = mailbox.mbox(folder / "收件箱.mbox")
    tables = [filled(f"虚构{number}局") for number in range(8)]
    wrong = returned.with_cell(tables[0], issued(RUBRIC)["total"], returned.number(99))
    contents: list[tuple[tuple[str, bytes], ...]] = [
        (("自评表.xlsx", b""),),  # one of the tables
        (("自评表.xlsx", wrong),),
        (("老表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W\0o\0r\0k\0b\0o\0o\0k\0" * 90),),
        (("照片.png", b"\x89PNG\r\n\x1a\n" + b"1" * 90),),
        (("说明.txt", "没有填".encode("gbk")),),
        (),
        (("打包.zip", returned.packed({"自评表.xlsx": tables[1], "附件/合同.pdf": b"%PDF-1.4"})),),
        (("转发.eml", mail("inner@example.invalid", 3, ("表.xlsx", tables[2]))),),
        (("坏.xlsx", tables[3][: len(tables[3]) // 2]),),
        (("自评表.xlsx", tables[4]), ("合同.pdf", b"%PDF-1.4")),
    ]
    for number in range(200):
        content = contents[number % 10]
        if number % 10 == 0:
            content = (("自评表.xlsx", tables[number // 10 % 8]),)
        box.add(mail(f"d{number}@example.invalid", number % 30, *content, subject=f"第{number}封"))
    box.close()
    return folder


@pytest.mark.long
def test_a_mailbox_adds_up(mixed: Path) -> None:
    """Each attachment is verified, superseded, refused or ignored with its reason, and only one of these."""
    result = run_json("verify", mixed, status=1)
    ways = [one["path"] for part in ("files", "superseded", "ignored") for one in result[part]]
    assert len(set(ways)) == len(ways)
    attachments = [way for way in ways if "邮件" not in way.rpartition(" › ")[2]]
    expected = 20 * (1 + 1 + 1 + 1 + 1 + 0 + 2 + 1 + 1 + 2)
    named = {".xlsx", ".xls", ".png", ".pdf", ".txt"}
    assert sum(any(way.endswith(end) for end in named) for way in attachments) == expected
    assert all(one["reason"] for part in ("superseded", "ignored") for one in result[part])
    assert all(one["findings"] for one in result["files"] if one["verdict"] == "unreadable")
    summary = result["summary"]
    assert sum(summary.values()) == len(result["files"])
    # eight departments; the wrong copy of the first one's comes from somebody else
    assert (summary["pass"], summary["fail"]) == (8, 1)
    told = [[one["code"] for one in file["findings"]] for file in result["files"]]
    assert sum("FILES_SENDERS" in codes for codes in told) == 2
    json.dumps(result)


@pytest.mark.long
def test_everything_that_can_be_handed_on(tmp_path: Path) -> None:
    inbox, out = tmp_path / "收件箱", tmp_path / "结果"
    inbox.mkdir()
    wrong = returned.with_cell(filled("虚构一局"), issued(RUBRIC)["initial_budget"], returned.text("一千"))
    (inbox / "a.eml").write_bytes(mail("a@example.invalid", 1, ("自评表.xlsx", wrong)))
    (inbox / "b.xlsx").write_bytes(filled("虚构二局"))
    options = ("--report", out / "结果.xlsx", "--html", out / "结果.html", "--return", out / "退回")
    result = run_json("verify", inbox, *options, status=1)
    assert result["summary"] == {"pass": 1, "incomplete": 0, "fail": 1, "unreadable": 0}
    assert sorted(path.name for path in (out / "退回").iterdir()) == [
        "01_虚构一局_不通过.eml", "01_虚构一局_不通过.xlsx", "02_虚构二局_通过.eml", "02_虚构二局_通过.xlsx",
    ]  # fmt: skip
    assert "虚构一局" in (out / "结果.html").read_text("utf-8")
    assert (out / "结果.xlsx").read_bytes().startswith(b"PK")
    again = run_json("verify", inbox, *options, status=2)
    assert {one["code"] for one in again["findings"]} == {"FILE_EXISTS"}
    run_json("verify", inbox, *options, "--force", status=1)
    copies = run_json("verify", out / "退回" / "02_虚构二局_通过.xlsx")
    assert copies["files"][0]["verdict"] == "pass"
