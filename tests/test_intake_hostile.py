"""Received files that want to harm: nothing is raised, nothing hangs, nothing is lost in silence."""

from __future__ import annotations

import os
import struct
import zipfile
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.budget import share_of
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
    named_zip,
    ole,
    quick,
    received,
    told,
    unicode_path,
    xlsx,
)
from tests.support.zips import zipped
from workbook.intake import limits, opening
from workbook.xlsx_reader.gate import MAX_FILE


def test_a_workbook_of_more_than_10_mb(tmp_path: Path) -> None:
    data = zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b"", "xl/big": os.urandom(MAX_FILE)}, 0)
    with quick():
        assert listed(received(tmp_path, data, NAME)) == [(NAME, "FILE_LARGE")]
        assert listed(received(tmp_path, zipped({NAME: data}, 0), "包.zip")) == [(NAME, "FILE_LARGE")]


def test_a_bomb(tmp_path: Path) -> None:
    """Members of zeros are told by their start; archives of archives stop at what one file may unpack."""
    zeros = zipped({"0": bytes(60_000_000)}, zipfile.ZIP_DEFLATED)
    inner = zipped({f"{n}.zip": b"PK\3\4" + bytes(60_000_000) for n in range(6)})
    with quick():
        assert codes_of(received(tmp_path, zeros, "零.zip")) == {"FILE_OTHER_KIND"}
        items = received(tmp_path, inner, "弹.zip")
    assert listed(items)[-1] == ("弹.zip", "RECEIVED_LIMIT")
    assert len(items) == 4


def test_no_member_takes_all(tmp_path: Path) -> None:
    """One that is too large is left where it is too large; what follows is still looked at."""
    large = b"PK\3\4" + bytes(75_000_000)
    data = zipped({"1.zip": large, "2.zip": large, "3.zip": large, NAME: xlsx()})
    with quick():
        items = received(tmp_path, data, "包.zip")
    assert [told(item) for item in items] == ["FILE_LARGE"] * 3 + ["workbook"]


def test_archives_that_hold_themselves(tmp_path: Path) -> None:
    data = zipped({NAME: xlsx()})
    for _ in range(40):
        data = zipped({"内.zip": data})
    with quick():
        (item,) = received(tmp_path, data, "外.zip")
    assert told(item) == "RECEIVED_LIMIT"
    assert len(item.origin.inside) == limits.MAX_DEPTH


def test_as_many_archives_as_may_be(tmp_path: Path) -> None:
    data = xlsx()
    for _ in range(limits.MAX_DEPTH):
        data = zipped({"内": data})
    (item,) = received(tmp_path, data, "外.zip")
    assert told(item) == "workbook"


def test_many_entries(tmp_path: Path) -> None:
    data = zipped([(f"{n}.txt", b"x") for n in range(limits.MAX_ENTRIES + 500)], 0)
    with quick():
        items = received(tmp_path, data, "包.zip")
    assert len(items) == limits.MAX_ENTRIES + 1
    assert listed(items)[-1] == ("包.zip", "RECEIVED_LIMIT")


def test_a_directory_that_claims_to_be_huge(tmp_path: Path) -> None:
    entry = named_zip(b"a", b"")[31:-22]
    central = entry * 90_000
    data = b"PK\3\4" + central + b"PK\5\6" + struct.pack("<HHHHLLH", 0, 0, 65535, 65535, len(central), 4, 0)
    with quick():
        assert listed(received(tmp_path, data, "包.zip")) == [("包.zip", "RECEIVED_LIMIT")]


def test_lying_sizes(tmp_path: Path) -> None:
    data = xlsx()
    size = struct.pack("<LL", len(data), len(data))
    for lie in (struct.pack("<LL", len(data), 2**31), struct.pack("<LL", 2**31, 2**31), bytes(8)):
        with quick():
            (item,) = received(tmp_path, named_zip(b"a.xlsx", data).replace(size, lie), "包.zip")
        assert told(item) in {"ARCHIVE_DAMAGED", "workbook", "FILE_EMPTY"}


def test_a_hundred_thousand_parts(tmp_path: Path) -> None:
    for one in (b"\r\nx", b'Content-Type: multipart/mixed; boundary="z"\r\n\r\n', b""):
        with quick():
            items = received(tmp_path, mail(*[one] * 100_000), "信.eml")
        assert listed(items)[-1] == ("信.eml", "RECEIVED_LIMIT")
        assert len(items) <= limits.MAX_PARTS + 1


def test_deep_mails(tmp_path: Path) -> None:
    multiparts = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(5_000)
    )
    forwards = mail(attached(xlsx()))
    for _ in range(500):
        forwards = b"Subject: s\r\nContent-Type: message/rfc822\r\n\r\n" + forwards
    with quick():
        assert codes_of(received(tmp_path, PLAIN + multiparts, "信.eml")) == {"RECEIVED_LIMIT"}
        assert codes_of(received(tmp_path, PLAIN + forwards, "信.eml")) == {"RECEIVED_LIMIT"}


@pytest.mark.parametrize(
    "line",
    [
        b"Content-Type: " + b"a;" * 400_000,
        b"Content-Type: text/plain; name=" + b'"' + b'\\"' * 400_000,
        b"Content-Type: text/plain; name=" + b"=?a?b?" * 200_000,
        b"Content-Type: text/plain; name=" + b"=?gbk?B?QQ==?= " * 20_000,
        b"Content-Type: text/plain; " + b"".join(b"name*%d*=a;" % n for n in range(20_000)),
        b"Subject: " + b"\r\n " * 300_000,
        b"Subject: " + b"=?utf-8?q?" * 100_000,
        b"x" * 3_000_000,
        b"From: " + b"<" * 1_000_000,
        b"Date: " + b"(" * 1_000_000,
        b"Content-Type: multipart/mixed; boundary=" + b"(" * 100_000,
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--a-" * 300_000,
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--aaaaaaaa\r\n" * 100_000,
        b"Content-Transfer-Encoding: base64\r\n\r\n" + b"A=" * 1_000_000,
        b"Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\n" + b"= " * 1_000_000,
        b"Content-Transfer-Encoding: x-uuencode\r\n\r\n" + b"\n" * 2_000_000,
        b"Content-Type: text/html\r\n\r\n" + b"cid:" * 500_000,
        b"Content-Type: text/html; charset=" + b"utf-8" * 10_000 + b"\r\n\r\n" + b"\xff" * 2_000_000,
    ],
)
def test_giant_headers(tmp_path: Path, line: bytes) -> None:
    with quick():
        items = received(tmp_path, PLAIN + line + b"\r\n\r\nbody", "信.eml")
    assert items
    assert codes_of(items) <= {"ignored", "MAIL_DAMAGED", "FILE_OTHER_KIND"}


@pytest.mark.parametrize(
    "data",
    [
        b"From a\nSubject: x\n" + b"From a@x 10:30 2025\n" * 50_000,
        b"From a\nSubject: x\n\n" + b"From " * 500_000,
        b"From a\nSubject: x\n" + b"\nFrom " + b"10:10" * 400_000,
        b"From a\nSubject: x\n" + b"\n" * 1_000_000,
    ],
)
def test_hostile_mailboxes(tmp_path: Path, data: bytes) -> None:
    with quick():
        assert codes_of(received(tmp_path, data, "Inbox")) == {"ignored"}


def test_a_mail_too_large_for_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One mail of a mailbox costs only itself."""
    monkeypatch.setattr("workbook.intake.mailbox.MAX_HELD", 10_000)
    big = mail(attached(os.urandom(20_000)))
    items = received(tmp_path, mbox(mail(attached(xlsx(1))), big, mail(attached(xlsx(2)))), "Inbox")
    assert [told(item) for item in items] == ["workbook", "FILE_LARGE", "workbook"]


def test_a_fault_of_the_program_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = opening.kinds.of_ole

    def fail(data: bytes, name: str):
        if name == "b.xls":
            raise ZeroDivisionError
        return real(data, name)

    monkeypatch.setattr(opening.kinds, "of_ole", fail)
    data = zipped({"a.xls": ole("Workbook"), "b.xls": ole("Workbook"), "c.xls": ole("Workbook")})
    assert [told(item) for item in received(tmp_path, data, "包.zip")] == [
        "FILE_LEGACY",
        "INTERNAL",
        "FILE_LEGACY",
    ]


SEEDS = [
    mail(TEXT, attached(xlsx()), attached(zipped({"a.xlsx": xlsx(), "b.png": PNG}), "包.zip")),
    mail(b"Content-Type: message/rfc822\r\n\r\n" + mail(TEXT, attached(xlsx())), RELATED),
    REPORT,
    mbox(mail(TEXT, attached(xlsx())), mail(TEXT)),
    zipped({"a.xlsx": xlsx(), "乙/b.zip": zipped({"c.xlsx": xlsx()}), "m.eml": mail(attached(xlsx()))}),
    named_zip(GBK, xlsx(), extra=unicode_path(NAME, GBK)),
    ole("Workbook"),
    PNG,
    "部门,得分\n".encode("gbk"),
]
EDITS = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 12),
        st.one_of(st.binary(max_size=8), st.sampled_from([b"\r\n", b'"', b"--", b"=?", b"*0*="])),
    ),
    max_size=12,
)


def edited(data: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    for place, length, new in edits:
        start = int(place * len(data))
        data = data[:start] + new + data[start + length :]
    return data


def sound(data: bytes, name: str) -> None:
    """Looking at ``data`` raises nothing (not even behind INTERNAL), and gives items that can be shown."""
    with TemporaryDirectory() as folder, quick(5):
        items = received(Path(folder), data, name)
    assert items
    for item in items:
        assert told(item) != "INTERNAL"
        assert item.name
        for text in (item.name, *item.origin.inside, item.origin.sender or "", item.origin.subject or ""):
            assert is_safe(text)
        assert item.origin.date is None or isinstance(item.origin.date.utcoffset(), timedelta)


@given(st.binary(max_size=2000), st.sampled_from([NAME, "信.eml", "包.zip", "x", "a.xls"]))
@settings(max_examples=share_of(300), deadline=None)
def test_any_bytes(data: bytes, name: str) -> None:
    sound(data, name)


@given(st.sampled_from(SEEDS), EDITS, st.sampled_from([NAME, "信.eml", "包.zip", "x"]))
@settings(max_examples=share_of(600), deadline=None)
def test_changed_mails_and_archives(seed: bytes, edits: list[tuple[float, int, bytes]], name: str) -> None:
    sound(edited(seed, edits), name)
