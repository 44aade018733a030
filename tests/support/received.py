"""Received files, made of bytes: workbooks, archives, mails and what mail programs make of names."""

from __future__ import annotations

import base64
import struct
import time
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.zips import zipped
from workbook.intake import Candidate, Ignored, Item, Unreadable, collect

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NAME = "自评表.xlsx"
GBK = NAME.encode("gbk")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
JPEG = b"\xff\xd8\xff\xe0" + bytes(200)


def xlsx(mark: object = "") -> bytes:
    """The least that is taken for a workbook; ``mark`` makes its bytes its own."""
    return zipped({"[Content_Types].xml": f"<Types/>{mark}".encode(), "xl/workbook.xml": b"<workbook/>"})


def named_zip(
    name: bytes,
    data: bytes,
    *,
    extra: bytes = b"",
    flags: int = 0,
    method: int = 0,
    checksum: int | None = None,
) -> bytes:
    """A zip of one member with exactly these bytes as its name, as any program may have made it."""
    crc = zlib.crc32(data) if checksum is None else checksum
    common = struct.pack("<HHHHH", 20, flags, method, 0, 0x21)
    common += struct.pack("<LLLHH", crc, len(data), len(data), len(name), len(extra))
    local = b"PK\x03\x04" + common + name + extra + data
    central = b"PK\x01\x02\x14\0" + common + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + name + extra
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(central), len(local), 0)


def ole(*streams: str) -> bytes:
    """An OLE file with a directory of these streams."""
    entries = [
        (name.encode("utf-16-le") + b"\0\0").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2)
        for name in ("Root Entry", *streams)
    ]
    return OLE.ljust(512, b"\0") + b"".join(entry.ljust(128, b"\0") for entry in entries)


def unicode_path(name: str, of: bytes) -> bytes:
    """Info-ZIP's extra field that says what the name ``of`` these bytes really is."""
    field = b"\x01" + struct.pack("<L", zlib.crc32(of)) + name.encode()
    return struct.pack("<HH", 0x7075, len(field)) + field


def part(data: bytes, *headers: bytes, encoding: str = "base64") -> bytes:
    """A part of a mail with these header lines."""
    body = base64.encodebytes(data) if encoding == "base64" else data
    return b"\r\n".join((*headers, b"Content-Transfer-Encoding: " + encoding.encode(), b"", body))


def attached(data: bytes, name: str = NAME, kind: str = "application/octet-stream") -> bytes:
    """An attachment whose name is encoded as most programs do."""
    word = f"=?UTF-8?B?{base64.b64encode(name.encode()).decode()}?="
    return part(
        data, f"Content-Type: {kind}".encode(), f'Content-Disposition: attachment; filename="{word}"'.encode()
    )


TEXT = part("您好，请查收。".encode(), b"Content-Type: text/plain; charset=utf-8")


def mail(*parts: bytes, kind: str = "mixed", subject: str = "report", sender: str = "a@x.gov.cn") -> bytes:
    """A mail of these parts."""
    head = (
        f"From: {sender}\r\nSubject: {subject}\r\nDate: Mon, 03 Mar 2025 09:30:00 +0800\r\n"
        f'MIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary="=_b{len(parts)}"\r\n\r\n'
    ).encode()
    return head + divided(*parts, boundary=b"=_b%d" % len(parts))


def divided(*parts: bytes, boundary: bytes) -> bytes:
    """The body of a multipart."""
    return (
        b"".join(b"--" + boundary + b"\r\n" + one + b"\r\n" for one in parts) + b"--" + boundary + b"--\r\n"
    )


def nested(kind: str, *parts: bytes, boundary: bytes = b"inner") -> bytes:
    """A multipart as a part of another."""
    return b'Content-Type: multipart/%s; boundary="%s"\r\n\r\n' % (kind.encode(), boundary) + divided(
        *parts, boundary=boundary
    )


def mbox(*mails: bytes) -> bytes:
    """A mailbox of these mails."""
    return b"".join(
        b"From a@x.gov.cn Mon Mar  3 09:30:00 2025\n" + one.replace(b"\r\n", b"\n") + b"\n" for one in mails
    )


PLAIN = b"From: a@x\r\nSubject: s\r\nMessage-ID: <1@x>\r\n"
RELATED = nested(
    "related", part(b"<img src='cid:a'>", b"Content-Type: text/html"), part(PNG, b"Content-Type: image/png")
)
REPORT = mail(
    TEXT,
    part(b"Action: failed", b"Content-Type: message/delivery-status", encoding="7bit"),
    b"Content-Type: message/rfc822\r\n\r\n" + mail(attached(xlsx())),
    kind="report; report-type=delivery-status",
)


def received(path: Path, data: bytes, name: str) -> list[Item]:
    """The items of one file with these bytes."""
    (path / name).write_bytes(data)
    return list(collect([path / name]))


def told(item: Item) -> str:
    """An item in one word: ``workbook``, the code of its finding, or ``ignored``."""
    match item:
        case Candidate():
            return "workbook"
        case Unreadable():
            return item.finding.code
        case Ignored():
            return "ignored"


def listed(items: list[Item]) -> list[tuple[str, str]]:
    """Each item's name and what it is."""
    return [(item.name, told(item)) for item in items]


def codes_of(items: list) -> set[str]:
    """What the items are."""
    return set(map(told, items))


def is_safe(text: str) -> bool:
    """Whether it can be printed in one line and reads as it stands: nothing in it controls the terminal."""
    text.encode("utf-8")
    controls = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return all(char in "\u200c\u200d" or unicodedata.category(char) not in controls for char in text)


@contextmanager
def quick(seconds: float = 5) -> Iterator[None]:
    """What is done within takes less time of the processor, even while coverage watches every line."""
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds
