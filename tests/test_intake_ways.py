"""One mail written in many ways: its attachment is found, or it is said that there is one; never neither.

The figures in the workbooks are made up; they are noise, so that the attachments have the size of real ones.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.budget import share_of
from tests.support.received import (
    PLAIN,
    PNG,
    TEXT,
    attached,
    codes_of,
    divided,
    listed,
    mail,
    mbox,
    nested,
    part,
    quick,
    received,
    xlsx,
)
from workbook.intake import Candidate, Ignored, Unreadable

WORKBOOK = xlsx(random.Random(11).randbytes(9_000).hex())
"""About 10 KB in base64, in lines of 76 characters."""
ATTACHED = attached(WORKBOOK)
MAIL = mail(TEXT, ATTACHED)
HEAD, BODY = MAIL.split(b"\r\n\r\n", 1)
FIELDS = HEAD.rpartition(b"\r\n")[0] + b"\r\n"
"""The headers without Content-Type, which is the last."""
BASE64 = base64.encodebytes(WORKBOOK)
NAMED = b'Content-Disposition: attachment; filename="a.xlsx"\r\n'
FIRST, SECOND = (xlsx(number) for number in (1, 2))


def top(content_type: bytes) -> bytes:
    """The mail with another Content-Type, or with none."""
    return FIELDS + content_type + b"\r\n" + BODY


def uu(data: bytes, name: bytes = b"a.xlsx", line_break: bytes = b"\n") -> bytes:
    """A uuencoded file."""
    lines = b"".join(binascii.b2a_uu(data[start : start + 45]) for start in range(0, len(data), 45))
    return (b"begin 644 " + name + b"\n" + lines + b"`\nend\n").replace(b"\n", line_break)


def text(content: bytes, encoding: str = "7bit") -> bytes:
    return part(content, b"Content-Type: text/plain; charset=utf-8", encoding=encoding)


def encoded(header: bytes, body: bytes, kind: bytes = b"application/octet-stream") -> bytes:
    """An attachment that says of its encoding what ``header`` says."""
    return b"Content-Type: " + kind + b"\r\n" + NAMED + header + b"\r\n" + body


def with_breaks(data: bytes, *line_breaks: bytes) -> bytes:
    """The mail with these line breaks, in turn."""
    chance = random.Random(5)
    lines = data.replace(b"\r\n", b"\n").split(b"\n")
    return b"".join(line + chance.choice(line_breaks) for line in lines[:-1]) + lines[-1]


def quoted(data: bytes) -> bytes:
    """The data in quoted-printable; every byte of it, so that no line break changes it."""
    lines = [data[start : start + 24] for start in range(0, len(data), 24)]
    return b"=\r\n".join(b"".join(b"=%02X" % byte for byte in line) for line in lines)


CLEAN = MAIL.replace(b"\r\n", b"\n")
HTML_QP = quopri.encodestring(b"<p>=\xe6\x82\xa8</p>" * 30)

FOUND = {
    "as most programs do": MAIL,
    # line ends
    "LF": with_breaks(MAIL, b"\n"),
    "CR": with_breaks(MAIL, b"\r"),
    "CRCRLF": with_breaks(MAIL, b"\r\r\n"),
    "CRCRCRLF": with_breaks(MAIL, b"\r\r\r\n"),
    "CRLF, CRCRLF and LF": with_breaks(MAIL, b"\r\n", b"\r\r\n", b"\n"),
    "CR in the headers only": HEAD.replace(b"\r\n", b"\r") + b"\r\r" + BODY,
    "CR in the body only": HEAD + b"\r\n\r\n" + with_breaks(BODY, b"\r"),
    "CR in the attachment only": mail(TEXT, with_breaks(ATTACHED, b"\r")),
    "CRCRLF in the attachment only": mail(TEXT, with_breaks(ATTACHED, b"\r\r\n")),
    "CR in the text only": mail(with_breaks(TEXT, b"\r"), ATTACHED),
    "CR, and quoted-printable": with_breaks(
        mail(TEXT, encoded(b"Content-Transfer-Encoding: quoted-printable\r\n", quoted(WORKBOOK))),
        b"\r",
    ),
    "CRCRLF, and uuencode": with_breaks(mail(text(b"hello\n" + uu(WORKBOOK))), b"\r\r\n"),
    "blank lines above": b"\r\n\r\n\n" + MAIL,
    "no line break at the end": MAIL.rstrip(),
    # Content-Type
    "no Content-Type": top(b""),
    "only a boundary": top(b'Content-Type: ; boundary="=_b2"\r\n'),
    "only a boundary, no semicolon": top(b'Content-Type: boundary="=_b2"\r\n'),
    "multipart without a subtype": top(b'Content-Type: multipart; boundary="=_b2"\r\n'),
    "multipart with a slash only": top(b'Content-Type: multipart/; boundary="=_b2"\r\n'),
    "mixed": top(b'Content-Type: mixed; boundary="=_b2"\r\n'),
    "text with a boundary": top(b'Content-Type: text/plain; boundary="=_b2"\r\n'),
    "an application with a boundary": top(b'Content-Type: application/mixed; boundary="=_b2"\r\n'),
    "no semicolon": top(b'Content-Type: multipart/mixed boundary="=_b2"\r\n'),
    "a comma": top(b'Content-Type: multipart/mixed, boundary="=_b2"\r\n'),
    "two Content-Types, the first empty": top(
        b'Content-Type:\r\nContent-Type: multipart/mixed; boundary="=_b2"\r\n'
    ),
    "no boundary": top(b"Content-Type: multipart/mixed\r\n"),
    "an empty boundary": top(b'Content-Type: multipart/mixed; boundary=""\r\n'),
    "another boundary": top(b'Content-Type: multipart/mixed; boundary="other"\r\n'),
    "no quotes": top(b"Content-Type: multipart/mixed; boundary==_b2\r\n"),
    "single quotes": top(b"Content-Type: multipart/mixed; boundary='=_b2'\r\n"),
    "one quote": top(b'Content-Type: multipart/mixed; boundary="=_b2\r\n'),
    "a blank behind the boundary": top(b'Content-Type: multipart/mixed; boundary="=_b2 "\r\n'),
    "a comment": top(b"Content-Type: multipart/mixed; boundary==_b2 (generated)\r\n"),
    "folded oddly": top(b'Content-Type:\r\n multipart/mixed;\r\n\tboundary\r\n =\r\n "=_b2"\r\n'),
    "no boundary, other headers first": mail(b"X-Part: 1\r\n" + ATTACHED).replace(
        b'; boundary="=_b1"', b""
    ),
    "no blank line below the headers": HEAD + b"\r\n" + BODY,
    # a part
    "a part without a type": mail(TEXT, NAMED + b"Content-Transfer-Encoding: base64\r\n\r\n" + BASE64),
    "a part without headers": mail(TEXT, b"\r\n" + BASE64),
    "a part of type text": mail(TEXT, part(WORKBOOK, b"Content-Type: text/plain")),
    "a part that is all of the mail": PLAIN + ATTACHED,
    "a part without a blank line": mail(
        TEXT, NAMED + b"Content-Transfer-Encoding: base64\r\n" + BASE64.replace(b"\n", b"\r\n")
    ),
    "a disposition without a type": mail(
        TEXT, part(WORKBOOK, b"Content-Type: application/x", b"Content-Disposition: filename=a.xlsx")
    ),
    "a name without characters": mail(TEXT, attached(WORKBOOK, ".xlsx")),
    # Content-Transfer-Encoding
    "base64 without the header": mail(TEXT, encoded(b"", BASE64)),
    "base64 called 7bit": mail(TEXT, encoded(b"Content-Transfer-Encoding: 7bit\r\n", BASE64)),
    "base64 called 8bit": mail(TEXT, encoded(b"Content-Transfer-Encoding: 8bit\r\n", BASE64)),
    "base64 called binary": mail(TEXT, encoded(b"Content-Transfer-Encoding: binary\r\n", BASE64)),
    "base64 called quoted-printable": mail(
        TEXT, encoded(b"Content-Transfer-Encoding: quoted-printable\r\n", BASE64)
    ),
    "base64 called text": mail(TEXT, encoded(b"", BASE64, b"text/plain")),
    "base64 in quotes": mail(TEXT, encoded(b'Content-Transfer-Encoding: "base64"\r\n', BASE64)),
    "base64 with a parameter": mail(TEXT, encoded(b"Content-Transfer-Encoding: base64; x=1\r\n", BASE64)),
    "base64 in one line": mail(TEXT, encoded(b"", base64.b64encode(WORKBOOK))),
    "base64 below blank lines": mail(TEXT, encoded(b"", b"\r\n\r\n" + BASE64)),
    "quoted-printable": mail(
        TEXT, encoded(b"Content-Transfer-Encoding: quoted-printable\r\n", quoted(WORKBOOK))
    ),
    "quoted-printable called 8bit": mail(
        TEXT, encoded(b"Content-Transfer-Encoding: 8bit\r\n", quoted(WORKBOOK))
    ),
    "raw bytes": mail(TEXT, encoded(b"Content-Transfer-Encoding: binary\r\n", WORKBOOK)),
    "raw bytes without the header": mail(TEXT, encoded(b"", WORKBOOK)),
    "raw bytes called base64": mail(TEXT, encoded(b"Content-Transfer-Encoding: base64\r\n", WORKBOOK)),
    "raw bytes called text": mail(TEXT, encoded(b"", WORKBOOK, b"text/plain")),
    "raw bytes that are all of the mail": PLAIN + encoded(b"", WORKBOOK),
    "uuencode called so": mail(TEXT, encoded(b"Content-Transfer-Encoding: x-uuencode\r\n", uu(WORKBOOK))),
    "uuencode called 7bit": mail(TEXT, encoded(b"Content-Transfer-Encoding: 7bit\r\n", uu(WORKBOOK))),
    "uuencode in the text": mail(text("您好\n\n".encode() + uu(WORKBOOK) + b"\nbye\n")),
    "uuencode in a mail of text": PLAIN + b"\r\nhello\r\n\r\n" + uu(WORKBOOK, line_break=b"\r\n"),
    "uuencode without an end": PLAIN + b"\r\n" + uu(WORKBOOK).removesuffix(b"`\nend\n"),
    "begin-base64": PLAIN + b"\r\nbegin-base64 644 a.xlsx\r\n" + BASE64 + b"====\r\n",
    # mails in mails
    "a digest": mail(b"\r\n" + MAIL, kind="digest"),
    "a digest of mails with a blank line more": mail(b"\r\n\r\n" + MAIL, kind="digest"),
    "a digest of mails with a blank line less": mail(MAIL, kind="digest"),
    "a digest of attachments": mail(
        NAMED + b"Content-Transfer-Encoding: base64\r\n\r\n" + BASE64, kind="digest"
    ),
    "a digest in a mail": mail(TEXT, nested("digest", b"\r\n" + MAIL), TEXT),
    "a digest with CR": with_breaks(mail(b"\r\n" + MAIL, kind="digest"), b"\r"),
    "a forward": mail(TEXT, b"Content-Type: message/rfc822\r\n\r\n" + MAIL, TEXT),
    "a forward in base64 without the header": mail(
        TEXT, b"Content-Type: message/rfc822\r\n\r\n" + base64.encodebytes(MAIL)
    ),
    "a forward called base64": mail(
        TEXT, b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + MAIL, TEXT
    ),
    "a forward without a subtype": mail(TEXT, b"Content-Type: message\r\n\r\n" + MAIL, TEXT),
    "a forward that is no mail": mail(TEXT, part(WORKBOOK, b"Content-Type: message/rfc822")),
    # around the mail
    "UTF-16": b"\xff\xfe" + MAIL.decode().encode("utf-16-le"),
    "a mark of UTF-8": b"\xef\xbb\xbf" + MAIL,
    "an Apple mail": b"12345     \n" + CLEAN + b'<?xml version="1.0"?>\n<plist><dict/></plist>\n',
    "a mailbox": mbox(MAIL),
    "a mailbox with CR": with_breaks(mbox(MAIL), b"\r"),
    "a mailbox with CRCRLF": with_breaks(mbox(MAIL), b"\r\r\n"),
}  # fmt: skip


@pytest.mark.parametrize("way", FOUND)
def test_an_attachment_is_found_in_every_way_of_writing(tmp_path: Path, way: str) -> None:
    """With the very bytes that were sent, and nothing else to be seen to."""
    items = received(tmp_path, FOUND[way], "信.eml")
    assert [item.data for item in items if isinstance(item, Candidate)] == [WORKBOOK]
    assert codes_of(items) <= {"workbook", "ignored"}


@pytest.mark.parametrize("way", [way for way in FOUND if "raw bytes" not in way])
@pytest.mark.parametrize("line_break", [b"\r", b"\r\r\n"])
def test_ways_and_line_ends_together(tmp_path: Path, way: str, line_break: bytes) -> None:
    """Where the combination cannot be read any more, it is said."""
    items = received(tmp_path, with_breaks(FOUND[way], line_break), "信.eml")
    assert codes_of(items) - {"ignored"}


def test_raw_bytes_are_found_under_any_name(tmp_path: Path) -> None:
    """A mail is told by its headers, although its bytes are not those of a text."""
    for name in ("信.eml", "信", "信.txt", "信.emlx"):
        assert "workbook" in codes_of(received(tmp_path, FOUND["raw bytes"], name))


def test_two_files_written_into_one_text(tmp_path: Path) -> None:
    data = (
        PLAIN
        + b"\r\n"
        + uu(FIRST, b"a.xlsx")
        + b"and\n"
        + uu(SECOND, b"b.xlsx")
        + b"begin 644 what we said\n"
    )
    items = received(tmp_path, data, "信.eml")
    assert listed(items)[:2] == [("a.xlsx", "workbook"), ("b.xlsx", "workbook")]
    assert [item.data for item in items if isinstance(item, Candidate)] == [FIRST, SECOND]


PARTIAL = b'Content-Type: message/partial; id="1@x"; number=%d; total=2\r\n\r\n'
ELSEWHERE = {
    "not downloaded": mail(TEXT, encoded(b"X-Apple-Content-Length: 180000\r\n", b"\r\n\r\n")),
    "not downloaded, without a name": mail(
        TEXT, b"Content-Type: application/octet-stream\r\nX-Apple-Content-Length: 180000\r\n\r\n"
    ),
    "the first of two pieces": PLAIN + PARTIAL % 1 + MAIL[: len(MAIL) // 2],
    "the second of two pieces": PLAIN + PARTIAL % 2 + MAIL[len(MAIL) // 2 :],
    "only an address": mail(
        TEXT,
        b'Content-Type: message/external-body; access-type=URL; URL="ftp://x/a.xlsx"\r\n\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n",
    ),
    "detached": mail(
        TEXT,
        encoded(b'X-Mozilla-External-Attachment-URL: file:///C:/a.xlsx\r\n', b"You deleted an attachment"),
    ),
    "deleted": mail(TEXT, encoded(b"", b"You deleted an attachment", b"text/x-moz-deleted")),
}  # fmt: skip


@pytest.mark.parametrize("way", ELSEWHERE)
def test_an_attachment_that_is_not_in_the_file(tmp_path: Path, way: str) -> None:
    """It is said that it is elsewhere; it is not an empty file."""
    items = received(tmp_path, ELSEWHERE[way], "信.emlx")
    assert codes_of(items) - {"ignored"} == {"MAIL_ELSEWHERE"}


HALF = len(BASE64) // 2
TEXT_HEAD = b"From: a@x\r\nSubject: s\r\nMessage-ID: <1@x>\r\nContent-Type: text/plain\r\n\r\n"
UNDECODABLE = {
    "yEnc": (TEXT_HEAD + b"=ybegin line=128 size=9 name=a.xlsx\r\nabc\r\n=yend size=9\r\n", "MAIL_UNCLEAR"),
    "BinHex": (TEXT_HEAD + b"(This file must be converted with BinHex 4.0)\r\n:abc:\r\n", "MAIL_UNCLEAR"),
    "base64 in the text": (TEXT_HEAD + b"see below\r\n" + BASE64, "MAIL_UNCLEAR"),
    "base64 in the text, quoted": (
        TEXT_HEAD + b"see below\n> " + BASE64.replace(b"\n", b"\n> "), "MAIL_UNCLEAR",
    ),
    "base64 in the text, without its start": (TEXT_HEAD + b"x\n" + BASE64[500:], "MAIL_UNCLEAR"),
    "the start of base64 in the text": (TEXT_HEAD + b"x\n" + BASE64[:500], "MAIL_UNCLEAR"),
    "base64 in an address": (TEXT_HEAD + b'<a href="data:x;base64,' + BASE64 + b'">', "MAIL_UNCLEAR"),
    "raw bytes in the text": (TEXT_HEAD + b"see below\r\n" + WORKBOOK, "MAIL_UNCLEAR"),
    "quoted-printable in the text": (TEXT_HEAD + b"x\n" + quoted(WORKBOOK), "MAIL_UNCLEAR"),
    "a broken uuencode": (TEXT_HEAD + b"begin 644 a.xlsx\n\n" + uu(WORKBOOK)[20:], "MAIL_UNCLEAR"),
    "a mail in the text": (TEXT_HEAD + b"returned to you:\r\n\r\n" + MAIL, "MAIL_UNCLEAR"),
    "headers of a mail in the text": (
        TEXT_HEAD + b"Content-Type: multipart/mixed;\r\n boundary=b\r\n", "MAIL_UNCLEAR",
    ),
    "headers in the text": (
        TEXT_HEAD + b"Content-Type: application/x;\r\n name=a.xlsx\r\n\r\n", "MAIL_UNCLEAR",
    ),
    "an attachment above all parts": (
        HEAD + b"\r\n\r\n" + ATTACHED + b"\r\n" + divided(TEXT, boundary=b"=_b2"), "MAIL_UNCLEAR",
    ),
    "an attachment below all parts": (mail(TEXT) + ATTACHED, "MAIL_UNCLEAR"),
    "an attachment with a boundary of its own": (
        MAIL.replace(b"--=_b2\r\nContent-Type: application", b"--=_b3\r\nContent-Type: application"),
        "MAIL_UNCLEAR",
    ),
    "a second mail in the first": (mail(TEXT) + b"\r\n" + MAIL, "MAIL_UNCLEAR"),
    "LFCR": (with_breaks(MAIL, b"\n\r"), "MAIL_UNCLEAR"),
    "a line break more everywhere": (with_breaks(MAIL, b"\r\n\r\n"), "MAIL_UNCLEAR"),
    "no boundary in sight": (
        top(b"Content-Type: multipart/mixed\r\n").replace(b"--=_b2", b""), "MAIL_DAMAGED",
    ),
    "cut in the text": (MAIL[: MAIL.index(b"text/plain") + 60], "MAIL_DAMAGED"),
    "cut behind the headers": (HEAD + b"\r\n\r\n", "MAIL_DAMAGED"),
    "cut in the headers": (HEAD[: HEAD.index(b"Content-Type") + 5], "MAIL_DAMAGED"),
    "cut where only a boundary is named": (
        FIELDS + b'Content-Type: ; boundary="=_b2"\r\n\r\n', "MAIL_DAMAGED",
    ),
    "two uuencoded files in one": (
        mail(TEXT, encoded(b"", uu(FIRST) + uu(SECOND))), "FILE_TABLE",
    ),
    "an invitation with a file": (
        mail(TEXT, part(b"ATTACH;ENCODING=BASE64:" + BASE64, b"Content-Type: text/calendar")), "MAIL_UNCLEAR",
    ),
    "an encrypted text": (TEXT_HEAD + b"-----BEGIN PGP MESSAGE-----\r\n\r\nabc\r\n", "MAIL_ENCRYPTED"),
    "an attachment that decodes to nothing": (
        mail(TEXT, part(b"", b"Content-Type: application/x") + b"$$$$"), "MAIL_DAMAGED",
    ),
    "an attachment of no bytes": (
        mail(TEXT, b"Content-Type: application/vnd.ms-excel\r\n\r\n"), "FILE_EMPTY",
    ),
    "a table without a name": (mail(TEXT, part(b"a,b", b"Content-Type: text/csv")), "FILE_OTHER_KIND"),
    "a forward that is a RAR": (
        mail(TEXT, part(b"Rar!\x1a\x07\x01\x00", b"Content-Type: message/rfc822")), "ARCHIVE_KIND",
    ),
    "encrypted by software": (mail(TEXT, attached(b"%TSD-Header-###%" + WORKBOOK)), "FILE_SEALED"),
    "encrypted by software, without a name": (
        mail(TEXT, part(b"\x62\x14\x23\x65" + WORKBOOK, b"Content-Type: text/plain")), "FILE_SEALED",
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", UNDECODABLE)
def test_what_cannot_be_decoded_is_said(tmp_path: Path, way: str) -> None:
    """A mail that seems to hold a file is unreadable; it is not a mail without attachment."""
    data, code = UNDECODABLE[way]
    items = received(tmp_path, data, "信.eml")
    assert code in codes_of(items)
    assert "邮件没有附件" not in {item.reason for item in items if isinstance(item, Ignored)}
    for item in items:
        if isinstance(item, Unreadable):
            assert item.finding.fix


def test_a_mail_that_ends_inside_the_one_it_forwards(tmp_path: Path) -> None:
    """The forwarded mail looks whole and without attachment; the mail around it shows that it is not."""
    inner = b"Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nhello"
    whole = mail(TEXT, inner)
    assert codes_of(received(tmp_path, whole, "信.eml")) == {"ignored"}
    assert "MAIL_DAMAGED" in codes_of(received(tmp_path, whole[: whole.index(b"hello")], "信.eml"))


LOGO = base64.encodebytes(PNG * 40)
CERTIFICATE = b"-----BEGIN CERTIFICATE-----\n" + BASE64[77:2_002] + b"-----END CERTIFICATE-----\n"
INNOCENT = {
    "a text": TEXT_HEAD + b"begin 2025 with a plan.\r\nbegin 644 words\r\n\r\nfilename=a.xlsx, name: b\r\n",
    "text in base64": PLAIN + part("请查收。".encode() * 3_000, b"Content-Type: text/plain; charset=utf-8"),
    "a picture in the HTML": mail(
        part(b'<img src="data:image/png;base64,\n' + LOGO + b'">', b"Content-Type: text/html")
    ),
    "a picture in the HTML, in one line": mail(
        part(b'<img src="data:image/png;base64,' + LOGO.replace(b"\n", b""), b"Content-Type: text/html")
    ),
    "HTML in quoted-printable": mail(
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + HTML_QP
    ),
    "a certificate": TEXT_HEAD + CERTIFICATE,
    "a name of the multipart": mail(TEXT).replace(b"multipart/mixed;", b'multipart/mixed; name="x";'),
    "an empty name": mail(part(b"hi", b'Content-Type: text/plain; name=""')),
    "a signature of the sender": (
        b"DKIM-Signature: v=1; b=" + BASE64[77:377].replace(b"\n", b"\n\t") + TEXT_HEAD
    ),
    "a text with another boundary": mail(text(b"--\r\nRegards\r\n-- \r\n--- Original ---\r\nFrom: x\r\n")),
    "an inner multipart without its end": mail(
        nested("alternative", TEXT, TEXT).replace(b"--inner--", b"")
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", INNOCENT)
@pytest.mark.parametrize("line_break", [b"\r\n", b"\n", b"\r", b"\r\r\n"])
def test_a_mail_without_attachment_stays_one(tmp_path: Path, way: str, line_break: bytes) -> None:
    """The last look doubts no ordinary mail."""
    items = received(tmp_path, with_breaks(INNOCENT[way], line_break), "信.eml")
    assert codes_of(items) == {"ignored"}


@pytest.mark.parametrize(
    "body",
    [
        b"\r" * 3_000_000,
        b"\r\r\n" * 1_000_000,
        b"--x" * 1_000_000,
        b"\r--x" * 700_000,
        b"\n--" + b"\t" * 3_000_000,
        b"\nbegin 644 a\nM" * 200_000,
        b"\nbegin 644 a\nMABC" * 200_000,
        b"\ncontent-type: x;\n " * 150_000,
        b"\ncontent-type:" + b" " * 3_000_000,
        b"UEsDB" * 600_000,
        b"A" * 39 + b"\n" + b"A" * 3_000_000,
        (b"A" * 76 + b"\n") * 90 + b"!\n" * 1_000_000,
        b"\n-----BEGIN PGP" * 200_000,
        b"".join(b"--%d\n" % number for number in range(300_000)),
        b"".join(b"--%d--\n" % number for number in range(300_000)),
    ],
    ids=range(15),
)
@pytest.mark.parametrize("kind", [b"text/plain", b"multipart/mixed; boundary=x"])
def test_the_last_look_takes_time_in_proportion(tmp_path: Path, kind: bytes, body: bytes) -> None:
    with quick():
        items = received(tmp_path, PLAIN + b"Content-Type: " + kind + b"\r\n\r\n" + body, "信.eml")
    assert items
    assert "INTERNAL" not in codes_of(items)


BREAKS = st.sampled_from(
    [b"\r\n", b"\n", b"\r", b"\r\r\n", b"\n\r", b"\r\r", b"\n\n", b"\r\n\r\n", b"\x0b\n"]
)
CARRIERS = st.sampled_from(
    [
        MAIL,
        mail(ATTACHED),
        mail(nested("alternative", TEXT, TEXT), ATTACHED),
        mail(TEXT, nested("related", TEXT, ATTACHED)),
        FOUND["a forward"],
        FOUND["a digest"],
        FOUND["base64 called 7bit"],
        FOUND["uuencode called 7bit"],
        FOUND["quoted-printable"],
        FOUND["only a boundary"],
        FOUND["no Content-Type"],
        FOUND["a part without headers"],
    ]
)


@given(CARRIERS, st.lists(BREAKS, min_size=1, max_size=4, unique=True), st.integers(0), st.data())
@settings(max_examples=share_of(400), deadline=None)
def test_no_line_ends_and_no_cut_make_a_mail_look_empty(
    data: bytes, line_breaks: list[bytes], seed: int, more: st.DataObject
) -> None:
    """Whatever line breaks a mail with a workbook has, and wherever it ends behind its own headers.

    Unless these do not even say that there are parts: then a mail cut in its text is a mail of text.
    """
    chance = random.Random(seed)
    lines = data.replace(b"\r\n", b"\n").split(b"\n")
    headers = lines.index(b"")
    start = sum(map(len, lines[: headers + 1]))
    broken = b"".join(line + chance.choice(line_breaks) for line in lines)
    since = min(len(broken), start + 4 * (headers + 2))
    if any(line.startswith(b"Content-Type") for line in lines[:headers]) and more.draw(st.booleans()):
        broken = broken[: more.draw(st.integers(since, len(broken)))]
    with TemporaryDirectory() as folder, quick(5):
        items = received(Path(folder), broken, "信.eml")
    assert "INTERNAL" not in codes_of(items)
    assert codes_of(items) - {"ignored"}


@given(st.integers(1, len(MAIL)))
@settings(max_examples=share_of(200), deadline=None)
def test_a_cut_is_seen(length: int) -> None:
    """Inside the headers, too, unless it falls between two of them: then nothing tells that more followed."""
    with TemporaryDirectory() as folder:
        items = received(Path(folder), MAIL[:length], "信.eml")
    is_between = MAIL[:length].endswith((b"\r", b"\n")) or b":" not in MAIL[:length]
    if length > HEAD.index(b"Content-Type") + len(b"Content-Type") or not is_between:
        assert codes_of(items) - {"ignored"}
