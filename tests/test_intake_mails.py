"""Mails and mailboxes as mail programs write them: each attachment is one item."""

from __future__ import annotations

import base64
import random
from collections import Counter
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.support.received import (
    GBK,
    NAME,
    PLAIN,
    PNG,
    RELATED,
    REPORT,
    TEXT,
    attached,
    codes_of,
    is_safe,
    listed,
    mail,
    mbox,
    nested,
    ole,
    part,
    quick,
    received,
    told,
    xlsx,
)
from tests.support.zips import zipped
from workbook.intake import Candidate, collect, count, limits


def test_a_mail(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "张三 <zhang@jyj.gov.cn>"
    message["Subject"] = "区教育局自评表"
    message["Date"] = datetime(2025, 3, 3, 1, 30, tzinfo=UTC)
    message.set_content("请查收")
    message.add_alternative("<p>请查收 <img src='cid:logo@x'></p>", subtype="html")
    message.add_attachment(xlsx(), "application", "octet-stream", filename=NAME)
    message.add_attachment(PNG, "image", "png", filename="image001.png", cid="<logo@x>")
    message.add_attachment(PNG, "image", "png", filename="盖章页.png")
    message.add_attachment(b"BEGIN:VCALENDAR", "text", "calendar", filename="会.ics")
    message.add_attachment(b"0\x80", "application", "pkcs7-signature", filename="smime.p7s")
    items = received(tmp_path, bytes(message), "信.eml")
    assert listed(items) == [
        (NAME, "workbook"),
        ("image001.png", "ignored"),
        ("盖章页.png", "FILE_PICTURE"),
        ("会.ics", "ignored"),
        ("smime.p7s", "ignored"),
        ("邮件正文", "ignored"),
        ("邮件正文", "ignored"),
    ]
    for item in items:
        assert item.origin.sender == "张三 <zhang@jyj.gov.cn>"
        assert item.origin.subject == "区教育局自评表"
        assert item.origin.date == datetime(2025, 3, 3, 1, 30, tzinfo=UTC)
    assert str(items[0].origin) == f"{tmp_path / '信.eml'} › {NAME}"


def word(name: str, charset: str, declared: str | None = None) -> bytes:
    return b"=?%s?B?%s?=" % ((declared or charset).encode(), base64.b64encode(name.encode(charset)))


def percent(name: str, charset: str) -> bytes:
    return b"".join(b"%%%02X" % byte for byte in name.encode(charset))


NAMES = [
    b'filename="' + word(NAME, "gbk", "gb2312") + b'"',
    b"filename=" + word(NAME, "gb18030"),
    b"filename*=GBK''" + percent(NAME, "gbk"),
    b"filename*=utf-8'zh-CN'" + percent(NAME, "utf-8"),
    b"filename*0*=gb18030''"
    + percent(NAME, "gb18030")[:6]
    + b";\r\n\tfilename*1*="
    + percent(NAME, "gb18030")[6:],
    b"filename*1=\"xlsx\"; filename*0*=GB2312''" + percent("自评表.", "gbk"),
    b"filename=\"x.xlsx\"; filename*=UTF-8''" + percent(NAME, "utf-8"),
    b'filename="' + GBK + b'"',
    b"filename=" + GBK,
    b'filename="' + NAME.encode() + b'"',
    b'filename="' + percent(NAME, "utf-8") + b'"',
    b"filename*=" + percent(NAME, "utf-8"),
    b"filename*=ISO-8859-1''" + percent(NAME, "gbk"),
    b"filename*=x-nothing''" + percent(NAME, "gbk"),
    b'filename="=?gbk?B?'
    + base64.b64encode(GBK)[:4]
    + b"?=\r\n =?gbk?B?"
    + base64.b64encode(GBK)[4:]
    + b'?="',
    b'filename="=?gb18030?Q?' + b"".join(b"=%02X" % byte for byte in GBK) + b'?="',
    b'filename="=?utf-8?B?' + base64.b64encode(NAME.encode()).rstrip(b"=") + b'?="',
    b'filename="=?gbk?B?' + base64.b64encode(GBK) + b'"',
    b'filename="C:\\\\Users\\\\' + word(NAME, "gbk") + b'"',
    b'filename="../../' + word(NAME, "utf-8") + b'"',
    b'FileName = "' + word(NAME, "utf-8") + b'" ; size=12',
]


@pytest.mark.parametrize("parameter", NAMES)
def test_names_of_attachments(tmp_path: Path, parameter: bytes) -> None:
    """As mail programs really write them."""
    one = part(
        xlsx(), b"Content-Type: application/octet-stream", b"Content-Disposition: attachment; " + parameter
    )
    items = received(tmp_path, mail(TEXT, one), "信.eml")
    assert listed(items) == [(NAME, "workbook"), ("邮件正文", "ignored")]


def test_a_raw_name_whose_last_byte_is_a_backslash(tmp_path: Path) -> None:
    name = "汇总乗"
    assert name.encode("gbk").endswith(b"\\")
    one = part(xlsx(), b'Content-Disposition: attachment; filename="' + name.encode("gbk") + b'"')
    assert listed(received(tmp_path, mail(one), "信.eml")) == [(name, "workbook")]


def test_a_name_cut_inside_a_character(tmp_path: Path) -> None:
    """Words in a row are one text: programs count bytes, not characters."""
    words = b" ".join(b"=?GBK?B?%s?=" % base64.b64encode(GBK[n : n + 3]) for n in range(0, len(GBK), 3))
    one = part(xlsx(), b'Content-Type: application/x; name="' + words + b'"')
    assert listed(received(tmp_path, mail(one), "信.eml")) == [(NAME, "workbook")]


@pytest.mark.parametrize(
    ("header", "sender"),
    [
        (b"=?gb2312?B?1cXI/Q==?= <z@x.cn>", "张三 <z@x.cn>"),
        ("张三 <z@x.cn>".encode("gbk"), "张三 <z@x.cn>"),
        ('"张三" <z@x.cn>'.encode(), '"张三" <z@x.cn>'),
        (b"=?utf-8?Q?a=0D=0ABcc:_b=1B?= <z@x.cn>", "a Bcc: b <z@x.cn>"),
        (b"=?utf-7?Q?+2AA-?= <z@x.cn>", None),
        (b"=?nonsense?B?/////w==?= <z@x.cn>", None),
        (b"", None),
        (b"a" * 300_000, None),
    ],
)
def test_senders(tmp_path: Path, header: bytes, sender: str | None) -> None:
    data = mail(attached(xlsx())).replace(b"a@x.gov.cn", header)
    with quick():
        (item,) = received(tmp_path, data, "信.eml")
    assert sender is None or item.origin.sender == sender
    assert item.origin.sender is None or (is_safe(item.origin.sender) and len(item.origin.sender) <= 200)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon, 03 Mar 2025 09:30:00 +0800", datetime(2025, 3, 3, 1, 30, tzinfo=UTC)),
        ("Mon, 03 Mar 2025 09:30:00", datetime(2025, 3, 3, 9, 30, tzinfo=UTC)),
        ("Mon, 03 Mar 2025 09:30:00 -0000", datetime(2025, 3, 3, 9, 30, tzinfo=UTC)),
        ("3 Mar 2025 09:30 +0800 (CST)", datetime(2025, 3, 3, 1, 30, tzinfo=UTC)),
        ("2025年3月3日", None),
        ("Mon, 99 Mar 2025 99:30:00 +0800", None),
        ("Mon, 03 Mar 2025 09:30:00 +9999", None),
        ("", None),
        ("Mon, 03 Mar " + "9" * 5000, None),
    ],
)
def test_dates(tmp_path: Path, text: str, expected: datetime | None) -> None:
    data = mail(attached(xlsx())).replace(b"Mon, 03 Mar 2025 09:30:00 +0800", text.encode())
    (item,) = received(tmp_path, data, "信.eml")
    assert item.origin.date == expected
    assert expected is None or item.origin.date.utcoffset() is not None


@pytest.mark.parametrize("how", ["message/rfc822", "application/octet-stream", "base64", "without a name"])
def test_a_mail_in_a_mail(tmp_path: Path, how: str) -> None:
    """The innermost mail says who sent the workbook."""
    inner = mail(TEXT, attached(xlsx()), subject="inner", sender="officer@jyj.gov.cn")
    one = {
        "message/rfc822": b'Content-Type: message/rfc822; name="a.eml"\r\n\r\n' + inner,
        "application/octet-stream": attached(inner, "a.eml"),
        "base64": part(inner, b'Content-Type: message/rfc822; name="a.eml"'),
        "without a name": b"Content-Type: message/rfc822\r\n\r\n" + inner,
    }[how]
    outer = mail(TEXT, one, TEXT, subject="Fwd", sender="clerk@czj.gov.cn")
    items = received(tmp_path, outer, "信.eml")
    label = "inner" if how == "without a name" else "a.eml"
    assert [(item.origin.inside, told(item)) for item in items] == [
        ((label, NAME), "workbook"),
        ((label, "邮件正文"), "ignored"),
        (("邮件正文",), "ignored"),
        (("邮件正文（同名第 2 个）",), "ignored"),
    ]
    assert items[0].origin.sender == "officer@jyj.gov.cn"
    assert items[0].origin.subject == "inner"
    assert items[-1].origin.sender == "clerk@czj.gov.cn"


def test_what_a_mail_does_not_say_is_that_of_the_mail_around_it(tmp_path: Path) -> None:
    inner = b"MIME-Version: 1.0\r\n" + attached(xlsx())
    outer = mail(b"Content-Type: message/rfc822\r\n\r\n" + inner, sender="clerk@czj.gov.cn")
    (item,) = received(tmp_path, outer, "信.eml")
    assert (item.name, item.origin.sender, item.origin.subject) == (NAME, "clerk@czj.gov.cn", "report")
    assert item.origin.date is not None


SHOWN = part(b"<p>x<img src='cid:shown%40x'>", b"Content-Type: text/html")


def picture(name: str, content_id: str) -> bytes:
    """A picture beside the text, which may show it."""
    return part(PNG, f"Content-Type: image/png; name={name}".encode(), f"Content-ID: <{content_id}>".encode())


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (PLAIN + b"\r\nhello", ["ignored"]),
        (PLAIN, ["ignored"]),
        (mail(TEXT), ["ignored"]),
        (mail(nested("alternative", TEXT, part(b"<p>", b"Content-Type: text/html"))), ["ignored"]),
        (mail(RELATED), ["ignored", "ignored"]),  # the picture, and the mail
        (mail(RELATED, attached(xlsx())), ["ignored", "workbook", "ignored"]),
        (mail(SHOWN, picture("p.png", "shown@x")), ["ignored", "ignored"]),
        (mail(SHOWN, picture("p.png", "other@x")), ["FILE_PICTURE", "ignored"]),
        (mail(TEXT, picture("image001.png", "other@x")), ["ignored", "ignored"]),
        (REPORT, ["ignored", "ignored", "ignored"]),
        (PLAIN + attached(xlsx()), ["workbook"]),
        (mail(part(xlsx(), b"Content-Type: text/calendar")), ["workbook"]),
        (mail(part(xlsx(), b"Content-Type: text/plain")), ["workbook"]),
        (
            mail(part(xlsx(), b"Content-ID: <a>", b"Content-Disposition: inline; filename=a.xlsx")),
            ["workbook"],
        ),
        (mail(nested("related", TEXT, attached(xlsx()))), ["workbook", "ignored"]),
        (
            mail(part(PNG, b"Content-Type: image/png", b"Content-Disposition: inline; filename=a.png")),
            ["FILE_PICTURE"],
        ),
        (
            mail(TEXT, attached(zipped({"a.xlsx": xlsx(), "b.png": PNG}), "包.zip")),
            ["workbook", "FILE_PICTURE", "ignored"],
        ),
        (mail(attached(b"anything", "winmail.dat", "application/ms-tnef")), ["MAIL_FORMAT"]),
        (
            PLAIN + part(b"0", b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data"),
            ["MAIL_ENCRYPTED"],
        ),
        (mail(attached(xlsx(), "~$表.xlsx")), ["ignored", "ignored"]),
        (
            mail(part(b"text", b"Content-Type: text/plain; name=ATT00001.txt"), attached(xlsx())),
            ["ignored", "workbook"],
        ),
        (
            mail(
                part(
                    b"begin 644 a\n" + b"#0V%T\n`\nend\n",
                    b"Content-Disposition: attachment",
                    encoding="x-uuencode",
                )
            ),
            ["FILE_OTHER_KIND"],
        ),
        (
            mail(
                part(
                    b"$$$",
                    b"Content-Disposition: attachment; filename=a.xlsx\r\nContent-Transfer-Encoding: base64",
                    encoding="7bit",
                )
            ),
            ["MAIL_DAMAGED"],
        ),
        (mail(attached(b"", "a.xlsx")), ["FILE_EMPTY"]),
        (
            mail(attached(xlsx())).replace(b'; boundary="=_b1"', b""),
            ["workbook"],
        ),  # the boundary in use is found
        (mail(attached(xlsx())).replace(b'"=_b1"', b'"other"'), ["workbook"]),
        (PLAIN + b"Content-Type: multipart/mixed; boundary=b\r\n\r\nlost", ["MAIL_DAMAGED"]),
        (mail(TEXT, attached(xlsx()))[:-12], ["workbook", "ignored"]),  # no end
        (b"123456\n" + mail(attached(xlsx())), ["workbook"]),  # Apple Mail
        (b"\r\n\r\n" + mail(attached(xlsx())), ["workbook"]),
        (mail(attached(xlsx())).replace(b"\r\n", b"\n"), ["workbook"]),
        (b"not a mail at all", ["ignored"]),
    ],
)
def test_what_mails_hold(tmp_path: Path, data: bytes, expected: list[str]) -> None:
    items = received(tmp_path, data, "信.eml")
    assert [told(item) for item in items] == expected
    for item in items:
        if isinstance(item, Candidate):
            assert item.data == xlsx()


def test_a_mail_without_attachment(tmp_path: Path) -> None:
    """One item for the mail; a link to the workbook in its text is worth saying."""
    (item,) = received(tmp_path, mail(TEXT), "信.eml")
    assert (item.name, item.origin.inside, item.reason) == ("信.eml", (), "邮件没有附件")
    linked = mail(part("从QQ邮箱发来的超大附件".encode("gbk"), b"Content-Type: text/html; charset=gb2312"))
    (item,) = received(tmp_path, linked, "信.eml")
    assert "下载" in item.reason


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace(b"\n", b"\n\n"),
        lambda text: text.rstrip(b"=\r\n"),
        lambda text: text.replace(b"\n", b" !\n"),
        lambda text: text + b"_____\nlist footer\n",
        lambda text: base64.encodebytes(xlsx()[:40]) + base64.encodebytes(xlsx()[40:]),
    ],
)
def test_broken_base64(tmp_path: Path, spoil) -> None:
    one = b"Content-Disposition: attachment; filename=a.xlsx\r\nContent-Transfer-Encoding: BASE64 \r\n\r\n"
    (item,) = received(tmp_path, mail(one + spoil(base64.encodebytes(xlsx()))), "信.eml")
    assert isinstance(item, Candidate)
    assert item.data == xlsx()


def test_a_mailbox(tmp_path: Path) -> None:
    """Told by its start, whatever its name; lines of text that begin like a divider divide nothing."""
    text = part(
        b"Hello\n\nFrom 10:30 on 3 March 2025\nwe meet.\n\nFrom all of us\nNote: x\n"
        b"From b@x Mon Mar  3 09:30:00 2025\nSubject: x\n\nFrom: x\n\n>From y",
        b"Content-Type: text/plain",
        encoding="7bit",
    )
    data = mbox(
        mail(text, attached(xlsx(1)), subject="one"),
        mail(TEXT, subject="two"),
        mail(attached(xlsx(2)), subject="three"),
    )
    for name in ("Inbox", "收件箱.mbox", "x.txt"):
        items = received(tmp_path, data, name)
        assert [(item.origin.inside, told(item)) for item in items] == [
            (("第 1 封：one", NAME), "workbook"),
            (("第 1 封：one", "邮件正文"), "ignored"),
            (("第 2 封：two",), "ignored"),
            (("第 3 封：three", NAME), "workbook"),
        ]
    assert count([tmp_path]) == 3


def test_each_mail_of_a_mailbox_has_its_own_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mailbox on disk may be of any size; the same mailbox in an archive may not."""
    monkeypatch.setattr(limits, "MAX_ENTRIES", 6)
    data = mbox(*[mail(*[attached(xlsx())] * 3)] * 4)
    assert len(received(tmp_path, data, "Inbox")) == 12
    assert "RECEIVED_LIMIT" in codes_of(received(tmp_path, zipped({"Inbox": data}), "包.zip"))


def test_dividers_without_a_date(tmp_path: Path) -> None:
    data = mbox(mail(attached(xlsx(1))), mail(attached(xlsx(2)))).replace(b" Mon Mar  3 09:30:00 2025", b"")
    assert len(received(tmp_path, data, "Inbox")) == 2


def test_a_maildir(tmp_path: Path) -> None:
    """Also its sub-folders, whose names begin with a dot."""
    for folder in ("cur", "new", "tmp", ".已发送/cur", ".已发送/new", ".已发送/tmp"):
        (tmp_path / "Maildir" / folder).mkdir(parents=True)
    box = tmp_path / "Maildir"
    (box / "cur" / "1.host").write_bytes(mail(TEXT, attached(xlsx(1))))
    (box / "new" / "2.host").write_bytes(b"Subject: only\n\nx")
    (box / "tmp" / "3.host").write_bytes(mail(attached(xlsx(3))))
    (box / ".已发送" / "cur" / "4.host").write_bytes(mail(attached(xlsx(4))))
    (box / "dovecot.index").write_bytes(b"\0")
    items = list(collect([tmp_path]))
    assert [(item.origin.path.name, told(item)) for item in items] == [
        ("4.host", "workbook"),
        ("1.host", "workbook"),
        ("1.host", "ignored"),
        ("dovecot.index", "ignored"),
        ("2.host", "ignored"),
        ("3.host", "ignored"),
    ]
    assert count([tmp_path]) == 5


def test_two_hundred_mails(tmp_path: Path) -> None:
    """Nothing is lost and nothing counted twice."""
    chance = random.Random(7)
    expected: Counter[str] = Counter()
    mails, sent = [], []
    for number in range(200):
        parts = [TEXT]
        for index in range(chance.randrange(4)):
            data = xlsx(f"{number}-{index}")
            choice = chance.choice(["plain", "zip", "mail", "picture", "legacy", "pdf"])
            match choice:
                case "plain":
                    parts.append(attached(data))
                case "zip":
                    parts.append(attached(zipped({"表.xlsx": data, "~$表.xlsx": b"x"}), "包.zip"))
                    expected["ignored"] += 1
                case "mail":
                    parts.append(
                        b"Content-Type: message/rfc822\r\n\r\n"
                        + mail(TEXT, attached(data), TEXT, TEXT, TEXT, TEXT)
                    )
                    expected["ignored"] += 5
                case "picture":
                    parts.append(attached(PNG, "照片.png"))
                    expected["FILE_PICTURE"] += 1
                case "legacy":
                    parts.append(attached(ole("Workbook"), "表.xls"))
                    expected["FILE_LEGACY"] += 1
                case "pdf":
                    parts.append(attached(b"%PDF-1.4", "函.pdf"))
                    expected["FILE_DOCUMENT"] += 1
            if choice in {"plain", "zip", "mail"}:
                expected["workbook"] += 1
                sent.append(data)
        expected["ignored"] += 1  # the text, or the mail for want of an attachment
        mails.append(mail(*parts, subject=f"s{number}", sender=f"d{number}@x.cn"))
    items = received(tmp_path, mbox(*mails), "Inbox")
    assert Counter(map(told, items)) == expected
    assert [item.data for item in items if isinstance(item, Candidate)] == sent
    assert len({item.origin.inside[0] for item in items}) == 200
    assert len({item.origin.inside for item in items}) == len(items)
