"""Issuing to a roster: a workbook and a mail draft per department, all of them or none."""

from __future__ import annotations

import email
import io
import zipfile
from datetime import date
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.support.cli import run, run_json
from workbook import load_rubric, new_workbook, verify
from workbook.findings import Refused
from workbook.issue.letters import issue_letter
from workbook.issue.roster import Department, read_roster, workbook_name
from workbook.layout.names import IDENTITY_NAME
from workbook.template.identity import issue_id, parse_identity

RUBRIC = "yantian-2023"
YANTIAN = load_rubric(RUBRIC)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES = [
    "区教育局",
    "发展和改革局（粮食局）[本级]",
    "区 卫生 健康局",
    '"老干部"局’甲‘',
    "海洋局🐟👩‍🔬",
    "a =?utf-8?q?x=0D=0ABcc=3Ae@b.cn?= ; x*=y%20'z'",
    "很长" * 40,
]


def write(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "名册 1.csv"
    path.write_bytes(text.encode(encoding))
    return path


def issue(tmp_path: Path, text: str, *more: str | Path, encoding: str = "utf-8") -> dict:
    roster = write(tmp_path, text, encoding)
    return run_json("new", RUBRIC, "--roster", roster, "-o", tmp_path / "下发", *more)


def refusals(tmp_path: Path, text: str) -> list[tuple[str, int | None]]:
    with pytest.raises(Refused) as caught:
        read_roster(write(tmp_path, text))
    return [(one.code, one.line) for one in caught.value.findings]


def parsed(path: str | Path) -> EmailMessage:
    message = email.message_from_bytes(Path(path).read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def stamped(workbook: bytes) -> str:
    """The issue id in the identity's one-line copy, the defined name."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        text = archive.read("xl/workbook.xml").decode()
    identity = parse_identity(text.partition(f'name="{IDENTITY_NAME}"')[2].split('"')[1])
    assert identity is not None
    return identity.issue


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_each_department_gets_a_workbook_and_a_draft(tmp_path: Path, encoding: str) -> None:
    text = "　部门名称　,联系人, 邮箱 \r\n" + "".join(f"{quoted(f'　{one} ')}\r\n" for one in NAMES)
    result = issue(tmp_path, text, "--deadline", "2025-03-31", encoding=encoding)
    assert len(result["files"]) == len(result["mails"]) == len(NAMES)
    for name, file, mail in zip(NAMES, result["files"], result["mails"], strict=True):
        assert Path(mail) == Path(file).with_suffix(".eml")
        raw = Path(mail).read_bytes()
        assert raw.isascii()
        assert max(map(len, raw.splitlines())) < 100
        message = parsed(mail)
        assert [key for key, _ in message.items()] == ["Subject", "X-Unsent", "MIME-Version", "Content-Type"]
        assert message["X-Unsent"] == "1"
        assert message["Subject"] == f"请填报：2023年度部门整体支出绩效自评表（{name}）"
        body = message.get_body()
        assert body is not None
        words = body.get_content()
        assert words.splitlines()[0] == f"{name}填报人："
        assert "2025 年 3 月 31 日" in words
        assert [line[:2] for line in words.splitlines() if line[1:2] == "."] == ["1.", "2.", "3.", "4.", "5."]
        (part,) = message.iter_attachments()
        assert part.get_filename() == Path(file).name
        assert part.get_content_type() == XLSX
        assert part.get_content() == Path(file).read_bytes()
        assert not message.defects + part.defects + body.defects


def test_the_attached_workbook_verifies_as_incomplete(tmp_path: Path) -> None:
    (mail,) = issue(tmp_path, f"部门\n{quoted(NAMES[3] + NAMES[4])}\n")["mails"]
    (part,) = parsed(mail).iter_attachments()
    returned = tmp_path / "收到 的.xlsx"
    returned.write_bytes(part.get_content())
    (report,) = verify([returned])
    assert report.verdict == "incomplete"
    assert {one.code for one in report.findings} == {"FIELD_OPEN"}


def test_addresses_contact_and_no_deadline(tmp_path: Path) -> None:
    text = "department,Email,contact\n区教育局,jy+1@edu.gov.cn,张 三\n区民政局,,\n"
    mails = issue(tmp_path, text, "--sender", "czj@example.gov.cn")["mails"]
    first, second = map(parsed, mails)
    assert (first["To"], first["From"]) == ("jy+1@edu.gov.cn", "czj@example.gov.cn")
    assert "To" not in second
    body = first.get_body()
    assert body is not None
    assert body.get_content().splitlines()[0] == "张 三："
    assert "以前回复" not in body.get_content()


def test_the_same_draft_has_the_same_bytes() -> None:
    one = Department("区教育局", "a@b.cn", "张三")
    made = [issue_letter(YANTIAN, one, workbook=b"PK", deadline=date(2025, 3, 31)) for _ in range(2)]
    assert made[0] == made[1]
    assert b"\r\nX-Unsent: 1\r\n" in made[0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_no_text_can_add_a_header(tmp_path: Path, end: str) -> None:
    attack = f"局{end}Bcc: evil@example.com{end}{end}x"
    assert refusals(tmp_path, f'部门名称\n"{attack}"\n') == [("ROSTER_TEXT", 2)]
    assert refusals(tmp_path, f'部门名称,联系人\n甲,"{attack}"\n') == [("ROSTER_TEXT", 2)]
    assert refusals(tmp_path, f'部门名称,邮箱\n甲,"a@b.cn{end}Bcc:e@b.cn"\n') == [("MAIL_ADDRESS", 2)]
    # Called from Python, past the roster's checks.
    raw = issue_letter(YANTIAN, Department(attack, "", attack), workbook=b"PK")
    message = email.message_from_bytes(raw, policy=policy.default)
    assert "Bcc" not in message
    assert [key for key, _ in message.items()] == ["Subject", "X-Unsent", "MIME-Version", "Content-Type"]
    for department, sender in (
        (Department("甲", f"a@b.cn{end}Bcc: e@b.cn"), None),
        (Department("甲"), attack),
    ):
        with pytest.raises(Refused):
            issue_letter(YANTIAN, department, workbook=b"PK", sender=sender)


@pytest.mark.parametrize(
    "address",
    ["张三", "a@b", "a@@b.cn", "a b@c.cn", "张三@b.cn", "a＠b.cn", "a@b.cn;c@d.cn", "<a@b.cn>", "a..b@c.cn",
     ".a@b.cn", "a@-b.cn", "a@b.cn,", "mailto:a@b.cn", f"{'a' * 65}@b.cn", "a@b.cn\u200b",
     "=?utf-8?q?a=0D=0ABcc=3Ae?=@b.cn"],
)  # fmt: skip
def test_malformed_addresses(tmp_path: Path, address: str) -> None:
    assert refusals(tmp_path, f'部门名称,电子邮箱\n甲,x@y.cn\n乙,"{address}"\n') == [("MAIL_ADDRESS", 3)]
    roster = write(tmp_path, "部门名称\n甲\n")
    arguments = ("new", RUBRIC, "--roster", roster, "-o", tmp_path / "d", "--sender", address)
    (finding,) = run_json(*arguments, status=2)["findings"]
    assert (finding["code"], finding["severity"]) == ("MAIL_ADDRESS", "error")
    assert not (tmp_path / "d").exists()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("部门名称\n", [("ROSTER_EMPTY", 1)]),
        ("", [("ROSTER_SHAPE", 1)]),
        ("部门名称,部门\n甲,乙\n", [("CSV_COLUMNS", 1)]),
        ("部门名称,邮箱,邮箱\n甲,a@b.cn,c@d.cn\n", [("CSV_COLUMNS", 1)]),
        ("部门名称,序号\n甲,1\n乙,丙,2\n", [("CSV_CELLS", 3)]),
        ('部门名称\n甲\n"乙\n丙\n', [("CSV_SYNTAX", 3)]),
        ("部门名称\n甲\u202e乙\n", [("ROSTER_TEXT", 2)]),
        (f"部门名称\n{'长' * 201}\n", [("ROSTER_TEXT", 2)]),
        ("部门名称\n\n,\nABC局\n甲\nabc局\n", [("ROSTER_FILE_TWICE", 6)]),
        ("部门名称\n甲/乙\n甲:乙\n", [("ROSTER_FILE_TWICE", 3)]),
        ("部门名称\nｅ\u0301\ne\u0301局\n\u00e9局\n", [("ROSTER_FILE_TWICE", 4)]),
        (f"部门名称\n{'长' * 70}\n{'长' * 71}\n", [("ROSTER_FILE_TWICE", 3)]),
        (
            "部门名称,下发编号\n甲,A-1\n乙,A-1\n丙,A 2\n丁,\n戊,\n",
            [("ROSTER_ISSUE_TWICE", 3), ("ISSUE_ID", 4)],
        ),
    ],
)
def test_roster_refusals(tmp_path: Path, text: str, expected: list[tuple[str, int]]) -> None:
    assert refusals(tmp_path, text) == expected


def test_lines_are_counted_through_quoted_breaks_titles_and_blank_rows(tmp_path: Path) -> None:
    text = '2024年名册,\r\n,\r\n部门名称,备注\r\n甲,"一\r\n二"\r\n,\r\n甲,\r\n'
    with pytest.raises(Refused) as caught:
        read_roster(write(tmp_path, text))
    (finding,) = caught.value.findings
    assert (finding.code, finding.line) == ("ROSTER_TWICE", 7)
    assert "第 4 行" in finding.message


def test_refused_rosters_write_nothing(tmp_path: Path) -> None:
    roster = write(tmp_path, "部门名称\nABC\nabc\n")
    found = run_json("new", RUBRIC, "--roster", roster, "-o", tmp_path / "d", status=2)["findings"]
    assert [(one["code"], one["line"]) for one in found] == [("ROSTER_FILE_TWICE", 3)]
    assert not (tmp_path / "d").exists()


def test_one_target_in_the_way_stops_all_of_them(tmp_path: Path) -> None:
    text = "部门名称\n甲\n乙\n"
    folder = tmp_path / "下发"
    folder.mkdir()
    mail = folder / f"{RUBRIC}_乙.eml"
    mail.write_bytes(b"edited")
    roster = write(tmp_path, text)
    found = run_json("new", RUBRIC, "--roster", roster, "-o", folder, status=2)["findings"]
    assert [one["code"] for one in found] == ["FILE_EXISTS"]
    assert str(mail) in found[0]["message"]
    assert [one.name for one in folder.iterdir()] == [mail.name]
    result = issue(tmp_path, text, "--force")
    assert parsed(mail)["X-Unsent"] == "1"
    assert sorted(map(str, folder.iterdir())) == sorted(result["files"] + result["mails"])


def test_issue_ids(tmp_path: Path) -> None:
    text = "部门名称,下发编号\n甲,2024-ED.01_x\n乙,\n"
    first, second = (Path(one).read_bytes() for one in issue(tmp_path, text)["files"])
    assert stamped(first) == "2024-ED.01_x"
    assert stamped(second) == issue_id(RUBRIC, "乙")
    one = tmp_path / "one.xlsx"
    result = run_json("new", RUBRIC, "--department", "甲", "--issue-id", "2024-ED.01_x", "-o", one)
    assert result == {"rubric": RUBRIC, "files": [str(one)], "mails": []}
    assert one.read_bytes() == first


@pytest.mark.parametrize("bad", ["", "a b", "a|b", '"', "编号", "a" * 41, "a\n"])
def test_bad_issue_ids(tmp_path: Path, bad: str) -> None:
    arguments = ("new", RUBRIC, "-o", tmp_path / "x.xlsx", "--issue-id", bad)
    assert [one["code"] for one in run_json(*arguments, status=2)["findings"]] == ["ISSUE_ID"]
    assert not (tmp_path / "x.xlsx").exists()
    with pytest.raises(Refused):
        new_workbook(YANTIAN, issue=bad)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--roster", "r.csv", "--issue-id", "a"), "下发编号"),
        (("--sender", "a@b.cn"), "--roster"),
        (("--deadline", "2025-03-31"), "--roster"),
        (("--roster", "r.csv", "--deadline", "31.3.2025"), "--deadline"),
    ],
)
def test_options_that_do_not_go_together(options: tuple[str, ...], words: str) -> None:
    result = run("new", RUBRIC, *options)
    assert result.exit_code == 2
    assert words in result.stderr


def test_file_names_fit_every_file_system() -> None:
    for name in ("长" * 200, "🐟" * 200, "a" * 200):
        made = workbook_name(RUBRIC, name)
        assert len(made.encode()) <= 255
        assert made.endswith(".xlsx")
