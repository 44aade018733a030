"""What goes back to the officer: his workbook with comments, the reply, and both as files."""

from __future__ import annotations

import email
import io
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest

from tests.support.package import package_problems
from tests.support.received import DAPENG, FILES, NASTY, YANTIAN, entry, filled, origin, outcome
from tests.support.returned import (
    by_libreoffice,
    by_openpyxl,
    codes,
    issued,
    number,
    places,
    text,
    verified,
    with_cell,
    with_cells,
)
from workbook.findings import Refused, Severity, found
from workbook.identity import issue_id
from workbook.intake.model import Origin
from workbook.layout.names import Place
from workbook.outcome import copies
from workbook.outcome.copies import MOST_COMMENTS, Copy, annotated_copy
from workbook.outcome.model import Entry
from workbook.outcome.reply import MOST_LISTED, reply_mail
from workbook.outcome.returns import write_returns
from workbook.render import styles
from workbook.spec.fields import FieldKind
from workbook.verifier.verdict import Verdict

OPINION = "审核意见"


def copy_of(name: str) -> Copy:
    copy = annotated_copy(entry(name))
    assert copy is not None
    return copy


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def mail_of(one: Entry, copy: Copy | None = None, **options: str) -> EmailMessage:
    message = email.message_from_bytes(reply_mail(one, copy, **options), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def body_of(message: EmailMessage) -> str:
    body = message.get_body()
    assert body is not None
    return body.get_content()


# the copy


@pytest.mark.parametrize("name", [name for name in FILES if name not in {"@照片.xlsx", "旧版.xlsx"}])
def test_a_copy_is_the_issued_workbook_with_the_same_inputs(name: str) -> None:
    report = entry(name).report
    copy = copy_of(name)
    assert copy.remade
    assert copy == annotated_copy(entry(name))
    assert package_problems(copy.data) == []
    again = verified(copy.data)
    assert not codes(again, Severity.ERROR)
    assert again.read is not None
    assert report.read is not None
    assert replace(again.read.inputs, values={**again.read.inputs.values, "fiscal_year": 0}) == replace(
        report.read.inputs, values={**report.read.inputs.values, "fiscal_year": 0}
    )
    assert again.identity == report.identity
    assert opened(copy.data).sheetnames[0] == OPINION
    assert opened(copy.data).active.title == OPINION


def test_what_an_officer_corrects_in_his_copy_passes() -> None:
    book = issued(YANTIAN)
    good = verified(filled(YANTIAN, "区民政局"))
    assert good.evaluation is not None
    broken = entry("=wrong.xlsx").report
    assert broken.read is not None
    cells = {}
    computed = book.field(FieldKind.MONEY, 3).id
    for key in (*broken.read.refused, computed):
        value = good.evaluation.typed.values[key]
        cells[book[key]] = text(value) if isinstance(value, str) else number(value)
    assert len(cells) == 7
    corrected = with_cells(copy_of("=wrong.xlsx").data, cells)
    saved = by_libreoffice({"copy.xlsx": corrected}, recalculate=True)["copy.xlsx"]
    again = verified(saved)
    assert again.verdict is Verdict.PASS
    assert not codes(again, Severity.WARNING)
    assert OPINION in opened(saved).sheetnames
    assert opened(saved)["数据填报"]["D4"].comment is not None


def test_a_changed_formula_is_mended_and_said_so() -> None:
    report = entry("改公式.xlsx").report
    (place,) = places(report, "FORMULA_CHANGED")
    copy = copy_of("改公式.xlsx")
    assert verified(copy.data).verdict is Verdict.PASS
    cell = opened(copy.data)[place.sheet][place.cell]
    assert cell.comment is not None
    assert "公式被改动" in cell.comment.text
    assert "附件已恢复原样" in cell.comment.text


def test_each_finding_stands_on_its_cell_and_in_the_list() -> None:
    report = entry("=wrong.xlsx").report
    book = opened(copy_of("=wrong.xlsx").data)
    colours = {}
    for finding in report.findings:
        if finding.code == "FIELD_OPEN":  # the refused content of the same cell says more
            continue
        assert finding.sheet is not None
        cell = book[finding.sheet][finding.cell]
        assert cell.comment is not None
        assert finding.message in cell.comment.text
        colours[finding.severity] = cell.fill.fgColor.rgb[2:]
    assert colours == {
        severity: styles.NOTED[severity]["bg_color"][1:] for severity in (Severity.ERROR, Severity.NOTE)
    }
    lines = [row for row in book[OPINION].iter_rows() if isinstance(row[0].value, int)]
    assert [row[1].value for row in lines] == ["错误"] * 6 + ["提示"]
    assert {row[3].value for row in lines} == {
        one.message for one in report.findings if one.code != "FIELD_OPEN"
    }
    assert all(row[3].data_type == "s" for row in lines)
    for row in lines:
        sheet, _, cell = str(row[2].value).partition("!")
        assert row[2].hyperlink.location == f"'{sheet}'!{cell}"
    top = [cell.value for row in book[OPINION].iter_rows(max_row=6) for cell in row]
    assert {NASTY, "不通过", "意见：错误 6 条，提示 1 条", "可得分区间：79.00 至 95.00"} <= set(top)


def test_grey_print_tells_the_severities_apart() -> None:
    looks = [styles.NOTED[severity] for severity in Severity]
    greys = []
    for look in looks:
        red, green, blue = (int(look["bg_color"][at : at + 2], 16) for at in (1, 3, 5))
        greys.append(0.299 * red + 0.587 * green + 0.114 * blue)
    assert greys == sorted(greys)
    assert min(high - low for low, high in pairwise(greys)) > 10
    assert len({look["border"] for look in looks}) == 3


def test_what_was_typed_is_told_where_the_finding_does_not() -> None:
    book = issued(YANTIAN)
    place = book[book.field(FieldKind.MONEY).id]
    one = Entry(verified(with_cell(filled(YANTIAN, "甲"), place, number("123456789012345"))))
    copy = annotated_copy(one)
    assert copy is not None
    assert opened(copy.data)[place.sheet][place.cell].value is None
    report = one.report
    report.findings[:] = [replace(finding, message="超出范围") for finding in report.findings]
    copy = annotated_copy(one)
    assert copy is not None
    assert "原填内容：123456789012345" in opened(copy.data)[place.sheet][place.cell].comment.text


def test_content_outside_the_template_is_marked_and_gone() -> None:
    def add(book: openpyxl.Workbook) -> None:
        book["评分表"]["Z40"] = "备注"
        book["评分表"]["B1"].alignment = openpyxl.styles.Alignment()

    one = Entry(verified(by_openpyxl(filled(DAPENG, "甲"), add)))
    assert places(one.report, "CELL_ADDED") == [Place("评分表", "Z40")]
    copy = annotated_copy(one)
    assert copy is not None
    cell = opened(copy.data)["评分表"]["Z40"]
    assert cell.value is None
    assert "附件中已移除" in cell.comment.text
    assert not codes(verified(copy.data), Severity.ERROR)


def test_a_finding_inside_a_merged_cell_stands_on_its_first() -> None:
    report = verified(filled(DAPENG, "甲"))
    report.findings += [
        found("CELL_ADDED", sheet="评分表", cell="C1", actual="一"),
        found("CELL_CHANGED", sheet="评分表", cell="A1", actual="二", expected="三"),
    ]
    copy = annotated_copy(Entry(report))
    assert copy is not None
    comment = opened(copy.data)["评分表"]["A1"].comment.text
    assert "“一”" in comment
    assert "现为“二”" in comment
    assert package_problems(copy.data) == []


def test_so_many_comments_that_the_gate_would_refuse_them_are_not_made() -> None:
    report = verified(filled(DAPENG, "甲"))
    assert report.evaluation is not None
    quantities = list(issued(DAPENG).template.quantities.values())[:1500]
    report.findings += [
        found("CACHE_DIFFERS", sheet=one.sheet, cell=one.cell, what="甲", cached="1", recalculated="2")
        for one in quantities
    ]
    copy = annotated_copy(Entry(report))
    assert copy is not None
    assert verified(copy.data).verdict is Verdict.PASS
    cells = [cell for sheet in opened(copy.data) for row in sheet.iter_rows() for cell in row]
    assert sum(cell.comment is not None for cell in cells) == MOST_COMMENTS


def test_an_old_template_gets_the_list_only() -> None:
    copy = copy_of("旧版.xlsx")
    assert not copy.remade
    book = opened(copy.data)
    assert book.sheetnames == [OPINION]
    report = entry("旧版.xlsx").report
    report.verdict = Verdict.FAIL
    try:
        listed = copy_of("旧版.xlsx")
    finally:
        report.verdict = Verdict.PASS
    texts = [cell.value for row in opened(listed.data)[OPINION].iter_rows() for cell in row]
    assert any("所用的模板是旧版" in str(one) for one in texts)


def test_another_version_of_the_same_spec_is_drawn_as_the_current_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book = issued(YANTIAN)
    money = book.field(FieldKind.MONEY).id
    elsewhere = Place("数据填报", "D999")
    before = replace(book.template, version="0", inputs={**book.template.inputs, money: elsewhere})
    monkeypatch.setattr(copies, "load_released", lambda rubric, version: before)
    report = verified(filled(YANTIAN, "甲"))
    report.template = "0"
    report.findings.append(found("INPUT_TEXT", sheet="数据填报", cell="D999", label="甲", value="乙"))
    copy = annotated_copy(Entry(report))
    assert copy is not None
    assert copy.remade
    assert verified(copy.data).verdict is Verdict.PASS
    place = book[money]
    assert opened(copy.data)[place.sheet][place.cell].comment is not None


def test_nothing_filled_in_is_lost_for_want_of_a_cell() -> None:
    report = verified(filled(YANTIAN, "甲"))
    assert report.read is not None
    report.read.inputs = replace(report.read.inputs, reasons={"gone": "原因"})
    copy = annotated_copy(Entry(report))
    assert copy is not None
    assert not copy.remade


def test_no_copy_of_what_cannot_be_read() -> None:
    assert annotated_copy(entry("@照片.xlsx")) is None


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
    one = replace(entry("@照片.xlsx"), origin=origin("甲.xlsx", sender=sender))
    message = mail_of(one)
    assert {key for key, _ in message.items()} <= {
        "Subject", "X-Unsent", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    }  # fmt: skip
    assert "To" not in message


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_no_text_can_add_a_header(end: str) -> None:
    attack = f"甲{end}Bcc: evil@example.com{end}{end}x"
    nasty = Origin(Path("a.eml"), (attack,), "a@b.cn", attack)
    message = mail_of(replace(entry("@照片.xlsx"), origin=nasty))
    assert "Bcc" not in message
    assert message["Subject"].startswith("Re: 甲")
    with pytest.raises(Refused):
        reply_mail(entry("@照片.xlsx"), sender=attack)


def test_subjects() -> None:
    one = entry("自评表.xlsx")
    asked = replace(origin("甲.xlsx"), subject="RE：请填报")
    assert mail_of(replace(one, origin=asked))["Subject"] == "RE：请填报"
    expected = "审核意见：2024年度部门整体支出绩效自评表（区教育局）"
    assert mail_of(replace(one, origin=None))["Subject"] == expected
    assert mail_of(replace(entry("@照片.xlsx"), origin=None))["Subject"] == "审核意见：@照片.xlsx"


# the folder


def test_a_folder_of_workbooks_and_mails(tmp_path: Path) -> None:
    entries = outcome().entries
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
    one = replace(entry("@照片.xlsx"), origin=origin(f"{name}.xlsx"))
    (path,) = write_returns(tmp_path, [one])
    assert path.parent == tmp_path
    assert path.name.startswith("01_")
    assert path.name.endswith("_无法读取.eml")
    assert len(path.name.encode()) < 255
    assert not set(path.name) & set('<>:"/\\|?*\n\u202e')
