"""A zip whose bytes every program reads alike, and the ways in which one has two readings."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest

from tests.leavings.zips import Pipe
from tests.support import returned
from tests.support.returned import issued, verified
from workbook.verifier.verification import Verdict
from workbook.xlsx_reader.zip_layout import Ambiguous, check_layout


def plain(extra: bytes = b"", comment: bytes = b"") -> bytes:
    """Two entries, the second with further fields."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        archive.writestr("a.xml", b"<a/>" * 50)
        info = zipfile.ZipInfo("b.xml")
        info.compress_type, info.extra = zipfile.ZIP_DEFLATED, extra
        archive.writestr(info, b"<b/>" * 50)
    return buffer.getvalue()


def streamed() -> bytes:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"<a/>" * 50)
    return bytes(pipe.content)


def field(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def path(name: bytes) -> bytes:
    return field(0x7075, b"\x01" + struct.pack("<I", zlib.crc32(b"b.xml")) + name)


def local(data: bytes, offset: int, form: str, value: int) -> bytes:
    """The second entry's own header with another value in it."""
    place = data.rindex(b"PK\x03\x04") + offset
    return data[:place] + struct.pack(form, value) + data[place + struct.calcsize(form) :]


def between(new: bytes) -> Callable[[], bytes]:
    """Bytes between the entries and the directory."""

    def made() -> bytes:
        data = plain()
        place, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
        tail = bytearray(data[end:])
        struct.pack_into("<I", tail, 16, place + len(new))
        return data[:place] + new + data[place:end] + bytes(tail)

    return made


def described(old: bytes, new: bytes) -> bytes:
    data = streamed()
    place = data.index(b"PK\x07\x08")
    return data[:place] + data[place : place + 16].replace(old, new, 1) + data[place + 16 :]


def large(
    *, masked: bool, told: dict[int, int] | None = None, place: int = 0, size: int = 44
) -> Callable[[], bytes]:
    """An end of 64 bits before the end; ``told`` replaces its numbers, ``masked``: the short end has none."""

    def made() -> bytes:
        data = plain()
        end = data.rindex(b"PK\x05\x06")
        numbers = list(struct.unpack_from("<4H2I", data, end + 4))
        for which, number in (told or {}).items():
            numbers[which] = number
        record = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", size, 45, 45, *numbers) + b"x" * (size - 44)
        locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end + place, 1)
        short = bytearray(data[end:])
        if masked:
            struct.pack_into("<2H2I", short, 8, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
        return data[:end] + record + locator + bytes(short)

    return made


HONEST: dict[str, Callable[[], bytes]] = {
    "plain": plain,
    "sizes behind the content": streamed,
    "sizes behind the content, without a sign": lambda: _unsigned(streamed()),
    "times": lambda: plain(field(0x5455, b"\x01\0\0\0\0")),
    "room to grow": lambda: plain(field(0xA220, b"\x28\xa0" + b"\0" * 40)),
    "Java's mark": lambda: plain(field(0xCAFE, b"")),
    "zeros": lambda: plain(b"\0" * 7),
    "its own name": lambda: plain(path(b"b.xml")),
    "a comment": lambda: plain(comment=b"scanned"),
    "line ends after the end": lambda: plain() + b"\r\n\0",
    "zeros before the directory": between(b"\0" * 30),
    "an end of 64 bits as well": large(masked=False),
    "an end of 64 bits alone": large(masked=True),
}
FALSE: dict[str, Callable[[], bytes]] = {
    "another name": lambda: plain(path(b"c.xml")),
    "a field of nobody": lambda: plain(field(0x1234, b"x")),
    "sizes that nobody asked for": lambda: plain(field(0x0001, struct.pack("<QQ", 1, 1))),
    "broken fields": lambda: plain(b"\x55\x54\xff\x00\x01"),
    "another sum": lambda: local(plain(), 14, "<I", 1),
    "another packed size": lambda: local(plain(), 18, "<I", 1),
    "another size": lambda: local(plain(), 22, "<I", 1),
    "another method": lambda: local(plain(), 8, "<H", 0),
    "sizes said to follow": lambda: local(plain(), 6, "<H", 8),
    "said to be encrypted": lambda: local(plain(), 6, "<H", 1),
    "another own name": lambda: local(plain(), 30, "<B", ord("c")),
    "an entry that no directory names": between(plain()[: plain().index(b"PK\x03\x04", 4)]),
    "bytes before the directory": between(b"x"),
    "a comment with an end record": lambda: plain(comment=plain()[-22:]),
    "bytes after the end": lambda: plain() + b"x",
    "an archive after the end": lambda: plain() + plain(),
    "another count of entries": lambda: plain()[:-12] + b"\x01\0" + plain()[-10:],
    "another sum behind the content": lambda: described(b"PK\x07\x08", b"PK\x07\x09"),
    "an end of 64 bits with another count": large(masked=False, told={3: 1}),
    "an end of 64 bits alone, with another count": large(masked=True, told={2: 1, 3: 1}),
    "an end of 64 bits with another place": large(masked=True, told={5: 1}),
    "an end of 64 bits on another disk": large(masked=True, told={0: 1}),
    "an end of 64 bits that stands elsewhere": large(masked=True, place=-1),
    "an end of 64 bits that says more": large(masked=True, size=60),
    "an end record cut off": lambda: plain()[:-5],
}


def _unsigned(data: bytes) -> bytes:
    place, end = data.index(b"PK\x07\x08"), data.rindex(b"PK\x05\x06")
    tail = bytearray(data[end:])
    struct.pack_into("<I", tail, 16, data.index(b"PK\x01\x02") - 4)
    return data[:place] + data[place + 4 : end] + bytes(tail)


@pytest.mark.parametrize("name", HONEST)
def test_one_reading(name: str) -> None:
    check_layout(HONEST[name]())


@pytest.mark.parametrize("name", FALSE)
def test_two_readings(name: str) -> None:
    with pytest.raises(Ambiguous):
        check_layout(FALSE[name]())


def test_a_content_that_ends_before_its_end() -> None:
    """A program that reads from the start goes on behind the content, where other entries may stand."""
    data = streamed()
    place = data.index(b"PK\x07\x08")
    hidden = plain()[: plain().index(b"PK\x03\x04", 4)]
    size = place - data.index(b"a.xml") - 5 + len(hidden)
    changed = bytearray(data[:place] + hidden + data[place:])
    at = place + len(hidden)
    struct.pack_into("<I", changed, at + 8, size)
    directory = changed.index(b"PK\x01\x02")
    struct.pack_into("<I", changed, directory + 20, size)
    struct.pack_into("<I", changed, len(changed) - 6, directory)
    with pytest.raises(Ambiguous, match="大小"):
        check_layout(bytes(changed))


def test_a_whole_file() -> None:
    data = issued(returned.RUBRICS[0]).filled
    check_layout(data)
    report = verified(local(data, 14, "<I", 1))
    assert report.verdict is Verdict.UNREADABLE
    assert "校验码" in report.findings[0].message
