"""Which of several received files count, and what is evidence: with a verifier that takes marks for content.

The departments, senders and files are made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.received import JPEG, OLE, PNG, TEXT, attached, mail, mbox, xlsx
from tests.support.zips import zipped
from workbook.codes import CODES
from workbook.findings import Severity
from workbook.intake import collect
from workbook.verifier.inbox import Inbox, inbox_of
from workbook.verifier.result import file_result
from workbook.verifier.verification import Verdict, Verification
from workbook.xlsx_reader.gate import Zip

NOW = datetime(2025, 3, 10, 9, tzinfo=UTC)
OFFICER, STRANGER = "张三 <Zhang@jyj.gov.cn>", "zhang@jyj.example"
PDF = b"%PDF-1.4"
EVIDENCE = "随工作簿寄来的其他材料，不核验"


def verifier(files: Iterable[tuple[str, bytes]]) -> Iterator[Verification]:
    """A report whose department is what the workbook is marked with, up to a full stop."""
    for path, data in files:
        mark = Zip(data).read("[content_types].xml").decode().partition("<Types/>")[2]
        department = mark.partition(".")[0] or None
        yield Verification(path, Verdict.PASS, rubric="r", department=department, fiscal_year="2024")


def folder(path: Path) -> Inbox:
    return inbox_of(collect([path]), verifier, NOW)


def sent(sender: str, day: int, data: bytes, *more: bytes) -> bytes:
    """A mail with a workbook, so many days before (or after) the day of the test."""
    date = (NOW + timedelta(days=day)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    message = mail(TEXT, attached(data), *more, sender=sender)
    return message.replace(b"Mon, 03 Mar 2025 09:30:00 +0800", date.encode())


def codes(inbox: Inbox) -> list[list[str]]:
    """The codes of each entry, which are those of its JSON, too."""
    for entry in inbox.entries:
        assert [one.code for one in entry.report.findings] == [
            one["code"] for one in file_result(entry.report)["findings"]
        ]
    return [[one.code for one in entry.report.findings] for entry in inbox.entries]


def of_mails(tmp_path: Path, *mails: bytes) -> Inbox:
    for number, data in enumerate(mails, 1):
        (tmp_path / f"{number}.eml").write_bytes(data)
    return folder(tmp_path)


def left(inbox: Inbox) -> list[str]:
    return [entry.origins[0].path.stem for entry in inbox.entries]


# --- several files of one department

OLD, NEW, OTHER = (xlsx(f"教育局.{number}") for number in range(3))


@pytest.mark.parametrize(
    "sender", [OFFICER, "zhang@JYJ.gov.cn", "<ZHANG@jyj.gov.cn>", '"教育局, 张" <zhang@jyj.gov.cn>']
)
def test_the_newer_of_the_same_sender_counts(tmp_path: Path, sender: str) -> None:
    """Whatever name stands before the address, and however it is written."""
    inbox = of_mails(tmp_path, sent(OFFICER, -3, OLD), sent(sender, -2, NEW))
    assert (left(inbox), codes(inbox)) == (["2"], [[]])
    assert [(one.origin.path.stem, one.by.path.stem) for one in inbox.superseded] == [("1", "2")]


@pytest.mark.parametrize("day", [-1, 1, 800])
@pytest.mark.parametrize(
    "sender", [STRANGER, '"张三 <zhang@jyj.gov.cn>" <x@evil.example>', "", "zhang@jyj.gov.cn.evil.example"]
)
def test_a_stranger_replaces_nothing(tmp_path: Path, sender: str, day: int) -> None:
    """Whatever date the mail bears; both count, and the clerk is told of both senders."""
    inbox = of_mails(tmp_path, sent(OFFICER, -3, OLD), sent(sender, day, NEW))
    assert left(inbox) == ["1", "2"]
    assert inbox.superseded == []
    for entry in inbox.entries:
        finding = next(one for one in entry.report.findings if one.code == "FILES_SENDERS")
        assert finding.severity is Severity.WARNING
        assert "张三 <Zhang@jyj.gov.cn>" in finding.message
        assert (sender.partition("<")[0].strip('" ') or "没有写发件人") in finding.message
        assert "核实" in finding.fix
    assert all(("FILES_FUTURE" in one) == (day > 1) for one in codes(inbox))


@pytest.mark.parametrize(("hours", "counts"), [(23, True), (25, False), (20_000, False)])
def test_a_date_in_the_future_replaces_nothing(tmp_path: Path, hours: int, counts: bool) -> None:
    """Of the same sender neither; a clock may be ahead by a day."""
    ahead = sent(OFFICER, 0, NEW).replace(
        NOW.strftime("%a, %d %b %Y %H").encode(),
        (NOW + timedelta(hours=hours)).strftime("%a, %d %b %Y %H").encode(),
    )
    inbox = of_mails(tmp_path, sent(OFFICER, -3, OLD), ahead)
    assert left(inbox) == (["2"] if counts else ["1", "2"])
    assert codes(inbox) == ([[]] if counts else [["FILES_FUTURE"]] * 2)
    if not counts:
        assert "2.eml › 自评表.xlsx的发送日期在将来" in inbox.entries[0].report.findings[0].message


def test_a_date_in_the_future_is_not_replaced_either(tmp_path: Path) -> None:
    """Nobody can say whether the mail with the wrong date was the last."""
    inbox = of_mails(tmp_path, sent(OFFICER, 500, OLD), sent(OFFICER, -4, NEW), sent(OFFICER, -3, OTHER))
    assert (left(inbox), codes(inbox)) == (["1", "3"], [["FILES_FUTURE"]] * 2)


def test_a_copy_dated_in_the_future_does_not_stand_for_the_others(tmp_path: Path) -> None:
    inbox = of_mails(tmp_path, sent(STRANGER, 500, NEW), sent(OFFICER, -2, NEW), sent(STRANGER, -5, NEW))
    assert (left(inbox), codes(inbox)) == (["2"], [[]])
    assert [one.reason for one in inbox.superseded] == ["内容完全相同"] * 2


def test_what_a_colleague_forwards_is_a_copy(tmp_path: Path) -> None:
    """The content that the officer corrected stays corrected, and the correction may be forwarded."""
    inbox = of_mails(tmp_path, sent(OFFICER, -6, OLD), sent(OFFICER, -4, NEW), sent(STRANGER, -1, NEW))
    assert (left(inbox), codes(inbox)) == (["3"], [[]])
    assert {one.origin.path.stem for one in inbox.superseded} == {"1", "2"}


def test_a_copy_gives_its_sender_no_say_over_the_original(tmp_path: Path) -> None:
    """Somebody who sends the officer's file and then another one replaces the officer's with neither."""
    inbox = of_mails(tmp_path, sent(OFFICER, -6, OLD), sent(STRANGER, -5, OLD), sent(STRANGER, -1, NEW))
    assert (left(inbox), codes(inbox)) == (["2", "3"], [["FILES_SENDERS"]] * 2)


def test_only_what_is_left_is_compared(tmp_path: Path) -> None:
    mails = [sent(OFFICER, -day, xlsx(f"教育局.{day}")) for day in (9, 7, 8)]
    inbox = of_mails(tmp_path, *mails, sent(STRANGER, -1, NEW), sent(STRANGER, -1, xlsx("民政局.")))
    assert left(inbox) == ["2", "4", "5"]
    assert codes(inbox) == [["FILES_SENDERS"], ["FILES_SENDERS"], []]
    assert {(one.origin.path.stem, one.by.path.stem) for one in inbox.superseded} == {("1", "2"), ("3", "2")}


def test_the_same_moment_decides_nothing(tmp_path: Path) -> None:
    inbox = of_mails(tmp_path, sent(OFFICER, -3, OLD), sent(OFFICER, -3, NEW))
    assert (left(inbox), codes(inbox)) == (["1", "2"], [["FILES_SEVERAL"]] * 2)


def test_a_mail_and_a_plain_file(tmp_path: Path) -> None:
    (tmp_path / "0.xlsx").write_bytes(OLD)
    inbox = of_mails(tmp_path, sent(OFFICER, -3, NEW))
    assert (left(inbox), codes(inbox)) == (["0", "1"], [["FILES_SEVERAL"]] * 2)


def test_senders_do_not_go_out_to_departments() -> None:
    assert {CODES[one].audience for one in ("FILES_SEVERAL", "FILES_SENDERS", "FILES_FUTURE")} == {"clerk"}


# --- evidence

WORD = zipped({"[Content_Types].xml": b"", "word/document.xml": b""})
A, B = xlsx("教育局."), xlsx("民政局.")
SCAN = {"扫描.pdf": PDF}
COMPANY = [
    # what is in the archive; what is passed over; what is unreadable
    ({"自评表.xlsx": A, "合同.pdf": PDF, "照片.jpg": JPEG, "说明.docx": WORD, "表.csv": b"a,b\n"}, 4, 0),
    ({"区教育局/自评表.xlsx": A, "区教育局/佐证/合同.pdf": PDF, "区教育局/说明.docx": WORD}, 2, 0),
    ({"区教育局\\自评表.xlsx": A, "区教育局\\佐证\\深\\合同.pdf": PDF}, 1, 0),
    ({"自评/自评表.xlsx": A, "佐证/合同.pdf": PDF, "说明.txt": b"hello"}, 2, 0),
    ({"自评表.xlsx": A, "佐证.zip": zipped({"深/合同.pdf": PDF, "照片.png": PNG})}, 2, 0),
    ({"内.zip": zipped({"自评表.xlsx": A, "合同.pdf": PDF}), "照片.png": PNG}, 2, 0),
    ({"信.eml": mail(TEXT, attached(A)), "合同.pdf": PDF}, 1, 0),
    ({"甲/自评表.xlsx": A, "甲/证/合同.pdf": PDF, "乙/自评表.xlsx": B, "乙/证/照片.png": PNG}, 2, 0),
    ({"甲/表/自评表.xlsx": A, "甲/证/合同.pdf": PDF, "乙/自评表.xlsx": B}, 1, 0),
    ({"甲.xlsx": A, "乙.xlsx": B, "合同.pdf": PDF}, 1, 0),
    # a department that sent a scan only is not the evidence of its neighbours
    ({"甲/自评表.xlsx": A, "乙/自评表.xlsx": B, "丙/扫描.pdf": PDF}, 0, 1),
    ({"甲.zip": zipped({"表.xlsx": A}), "乙.zip": zipped({"表.xlsx": B}), "丙.zip": zipped(SCAN)}, 0, 1),
    ({"甲/自评表.xlsx": A, "乙.eml": mail(TEXT, attached(PDF, "扫描.pdf"))}, 0, 1),
    # without a workbook, or where a workbook was meant
    (SCAN, 0, 1),
    ({"甲/合同.pdf": PDF, "照片.jpg": JPEG}, 0, 2),
    ({"自评表.xlsx": A, "民政局.xlsx": PDF}, 0, 1),
    ({"自评表.xlsx": A, "民政局.xls": b"<html><table>"}, 0, 1),
    ({"自评表.xlsx": A, "民政局.xlsx": b"%TSD-Header-###%" + bytes(99)}, 0, 1),
    ({"自评表.xlsx": A, "合同.pdf": b"%TSD-Header-###%" + bytes(99)}, 1, 0),
    ({"自评表.xlsx": A, "佐证.rar": b"Rar!\x1a\x07\x01\x00"}, 0, 1),
    ({"自评表.xlsx": A, "旧.xls": OLE + "Workbook".encode("utf-16-le")}, 0, 1),
]  # fmt: skip


@pytest.mark.parametrize(("members", "passed", "unreadable"), COMPANY)
@pytest.mark.parametrize("how", ["zip", "zip in a zip"])
def test_evidence_in_an_archive(
    tmp_path: Path, members: dict[str, bytes], passed: int, unreadable: int, how: str
) -> None:
    data = zipped(members)
    (tmp_path / "包.zip").write_bytes(data if how == "zip" else zipped({"内/包.zip": data}))
    inbox = folder(tmp_path)
    verdicts = [entry.report.verdict for entry in inbox.entries]
    assert [one.reason for one in inbox.ignored if one.reason == EVIDENCE] == [EVIDENCE] * passed
    assert verdicts.count(Verdict.UNREADABLE) == unreadable


def test_evidence_in_a_plain_folder_is_the_clerks_to_sort(tmp_path: Path) -> None:
    (tmp_path / "自评表.xlsx").write_bytes(A)
    (tmp_path / "合同.pdf").write_bytes(PDF)
    (tmp_path / "证.zip").write_bytes(zipped(SCAN))
    inbox = folder(tmp_path)
    assert [entry.report.verdict for entry in inbox.entries].count(Verdict.UNREADABLE) == 2


def test_evidence_of_one_mail_is_not_that_of_the_next(tmp_path: Path) -> None:
    """Also where mails say neither who sent them nor when."""
    bare = [
        mail(TEXT, *parts).split(b"MIME-Version", 1)[1]
        for parts in ((attached(A), attached(PDF, "合同.pdf")), (attached(PDF, "扫描.pdf"),))
    ]
    (tmp_path / "收件箱").write_bytes(mbox(*[b"X-Kind: made up\nMIME-Version" + one for one in bare]))
    inbox = folder(tmp_path)
    assert [one.name for one in inbox.ignored if one.reason == EVIDENCE] == ["合同.pdf"]
    unreadable = [entry for entry in inbox.entries if entry.report.verdict is Verdict.UNREADABLE]
    assert [entry.origins[0].inside[-1] for entry in unreadable] == ["扫描.pdf"]


def test_evidence_in_a_zip_in_a_mail(tmp_path: Path) -> None:
    data = mail(TEXT, attached(A), attached(zipped({"深/合同.pdf": PDF}), "佐证.zip"))
    (tmp_path / "信.eml").write_bytes(data)
    inbox = folder(tmp_path)
    assert [entry.report.verdict for entry in inbox.entries] == [Verdict.PASS]
    assert EVIDENCE in {one.reason for one in inbox.ignored}
