"""What goes back to the officer: the reply, and the folder of replies and copies."""

from __future__ import annotations

import email
from dataclasses import replace
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.support.outcomes import DAPENG, FILES, NASTY, entry, inbox, origin
from tests.support.returned import verified
from workbook.api import receive
from workbook.findings import Refused, found
from workbook.intake.items import Origin
from workbook.reports.copies import Copy, annotated_copy
from workbook.reports.reply import MOST_LISTED, reply_mail
from workbook.reports.returns import write_returns
from workbook.template.identity import issue_id
from workbook.verifier.submission import Submission
from workbook.verifier.verification import Verdict


def copy_of(name: str) -> Copy:
    copy = annotated_copy(entry(name))
    assert copy is not None
    return copy


def mail_of(one: Submission, copy: Copy | None = None, **options: str) -> EmailMessage:
    message = email.message_from_bytes(reply_mail(one, copy, **options), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def body_of(message: EmailMessage) -> str:
    body = message.get_body()
    assert body is not None
    return body.get_content()


# the reply


def test_the_reply_says_what_to_correct_and_has_the_copy() -> None:
    copy = copy_of("=wrong.xlsx")
    message = mail_of(entry("=wrong.xlsx"), copy, name="04_甲.xlsx", sender="czj@example.gov.cn")
    assert (message["X-Unsent"], message["Subject"]) == ("1", "Re: +自评表")
    assert (message["To"], message["From"]) == ("zhang@example.gov.cn", "czj@example.gov.cn")
    body = body_of(message)
    assert body.startswith(f"{NASTY}填报人：")
    for words in ("结论：不通过", "【错误】数据填报!D4", "约三千万元", "处理：请清除该单元格", "点位置"):
        assert words in body
    (part,) = message.iter_attachments()
    assert (part.get_filename(), part.get_content()) == ("04_甲.xlsx", copy.data)
    assert reply_mail(entry("=wrong.xlsx"), copy) == reply_mail(entry("=wrong.xlsx"), copy)


def test_replies_by_verdict() -> None:
    passed = body_of(mail_of(entry("自评表.xlsx"), copy_of("自评表.xlsx")))
    assert "不需要再次报送" in passed
    assert "改正" not in passed
    blank = body_of(mail_of(entry("空白.xlsx"), copy_of("空白.xlsx")))
    assert "请补填" in blank
    assert f"{MOST_LISTED}. 【警告】" in blank
    assert f"另有 {91 - MOST_LISTED} 条，见附件" in blank
    mended = body_of(mail_of(entry("改公式.xlsx"), copy_of("改公式.xlsx")))
    assert "已在附件中修复" in mended
    unreadable = mail_of(entry("@照片.xlsx"))
    assert not list(unreadable.iter_attachments())
    assert "请用下发的原文件填报" in body_of(unreadable)


@pytest.mark.parametrize(
    "sender",
    [
        None,
        "",
        "张三",
        "a@b.cn\r\nBcc: e@b.cn",
        "=?utf-8?q?a=0D=0ABcc=3Ae?=@b.cn",
        "a@b.cn, c@d.cn",
        "a@b.cn <c@d.cn> e",
    ],
)
def test_no_to_without_a_plain_address(sender: str | None) -> None:
    one = replace(entry("@照片.xlsx"), origins=[origin("甲.xlsx", sender=sender)])
    message = mail_of(one)
    assert {key for key, _ in message.items()} <= {
        "Subject", "X-Unsent", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    }  # fmt: skip
    assert "To" not in message


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_no_text_can_add_a_header(end: str) -> None:
    attack = f"甲{end}Bcc: evil@example.com{end}{end}x"
    nasty = Origin(Path("a.eml"), (attack,), "a@b.cn", attack)
    one = replace(entry("@照片.xlsx"), origins=[nasty])
    assert "Bcc" not in mail_of(one)
    raw = email.message_from_bytes(reply_mail(one))["Subject"]
    assert str(make_header(decode_header(raw))) == "Re: 甲 Bcc: evil@example.com x"
    with pytest.raises(Refused):
        reply_mail(entry("@照片.xlsx"), sender=attack)


def test_subjects() -> None:
    one = entry("自评表.xlsx")
    asked = replace(origin("甲.xlsx"), subject="RE：请填报")
    assert mail_of(replace(one, origins=[asked]))["Subject"] == "RE：请填报"
    expected = "审核意见：2024年度部门整体支出绩效自评表（区教育局）"
    assert mail_of(replace(one, origins=[]))["Subject"] == expected
    assert mail_of(replace(entry("@照片.xlsx"), origins=[]))["Subject"] == "审核意见：@照片.xlsx"


def test_what_is_for_the_clerk_is_not_told_to_the_department() -> None:
    report = replace(entry("自评表.xlsx").report, findings=[])
    report.findings += [
        found("FILES_SEVERAL", department="区教育局", others="乙.xlsx"),
        found("INTERNAL", reason="KeyError"),
    ]
    body = body_of(mail_of(Submission(report)))
    assert "乙.xlsx" not in body
    assert "程序处理该文件时出错" in body
    assert "系统维护人员" not in body


# the inbox


def test_an_inbox_becomes_results(tmp_path: Path) -> None:
    for name in ("自评表.xlsx", "@照片.xlsx"):
        (tmp_path / name).write_bytes(FILES[name]())
    (tmp_path / "再报.xlsx").write_bytes(FILES["自评表.xlsx"]())
    (tmp_path / "说明.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "~$自评表.xlsx").write_bytes(b"lock")
    made = receive([tmp_path], full=True, jobs=1)
    assert {one.report.verdict for one in made.entries} == {Verdict.PASS, Verdict.UNREADABLE}
    (passed,) = (one for one in made.entries if one.report.verdict is Verdict.PASS)
    assert passed.note == "同一文件收到 2 份"
    assert passed.report.inputs is not None
    (copy,) = made.superseded
    assert "内容完全相同" in copy.reason
    assert len(made.ignored) == 1
    written = write_returns(tmp_path / "退回", made.entries)
    assert len([path for path in written if path.suffix == ".xlsx"]) == 1
    assert len([path for path in written if path.suffix == ".eml"]) == len(made.entries)


# the folder


def test_a_folder_of_workbooks_and_mails(tmp_path: Path) -> None:
    entries = inbox().entries
    told: list[tuple[int, int]] = []
    written = write_returns(tmp_path / "退回", entries, progress=lambda *done: told.append(done))
    names = [path.name for path in written]
    assert len(names) == len(set(names)) == 2 * len(FILES) - 1
    assert told[-1] == (len(FILES), len(FILES))
    assert sorted(path.name for path in (tmp_path / "退回").iterdir()) == sorted(names)
    assert names[2:4] == ["02_区教育局_通过.xlsx", "02_区教育局_通过.eml"]
    assert names[6] == "04__script_alert(1)__script_&局_不通过.xlsx"
    assert names[10] == "06_@照片_无法读取.eml"
    message = email.message_from_bytes(written[3].read_bytes(), policy=policy.default)
    (part,) = message.iter_attachments()  # type: ignore[attr-defined]
    assert part.get_content() == written[2].read_bytes()
    assert verified(written[2].read_bytes()).identity.issue == issue_id(DAPENG, "区教育局")  # type: ignore[union-attr]


def test_nothing_is_written_while_a_file_is_in_the_way(tmp_path: Path) -> None:
    taken = tmp_path / "02_@照片_无法读取.eml"
    taken.write_bytes(b"edited")
    entries = [entry("自评表.xlsx"), entry("@照片.xlsx")]
    with pytest.raises(Refused) as caught:
        write_returns(tmp_path, entries)
    assert [one.code for one in caught.value.findings] == ["FILE_EXISTS"]
    assert [path.name for path in tmp_path.iterdir()] == [taken.name]
    assert len(write_returns(tmp_path, entries, force=True)) == 3
    assert taken.read_bytes() != b"edited"
    with pytest.raises(Refused):
        write_returns(tmp_path / "neu", entries, sender="nobody")
    assert not (tmp_path / "neu").exists()


@pytest.mark.parametrize("name", ["CON", "../../x", "a.b", "长" * 200, "\u202ecod\nx", "...", ""])
def test_names_that_no_system_refuses(tmp_path: Path, name: str) -> None:
    one = replace(entry("@照片.xlsx"), origins=[origin(f"{name}.xlsx")])
    (path,) = write_returns(tmp_path, [one])
    assert path.parent == tmp_path
    assert path.name.startswith("01_")
    assert path.name.endswith("_无法读取.eml")
    assert len(path.name.encode()) < 255
    assert not set(path.name) & set('<>:"/\\|?*\n\u202e')
