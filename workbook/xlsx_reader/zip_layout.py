"""The bytes of a zip, accounted for one by one: every program finds the same entries in it.

Programs that read an archive from its start trust each entry's own header, those that read it from its end
the directory; some follow further fields. So both have to say the same, and nothing else stands between.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from workbook.xlsx_reader.xml import PartProblem

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END_64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR = struct.Struct("<4sIQI")
_SIGNATURES = (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07")

_FULL, _FULL_SHORT = 0xFFFFFFFF, 0xFFFF
"""A field whose value stands in the fields of 64 bits."""
_ENCRYPTED, _DESCRIBED, _UTF8 = 0x1, 0x8, 0x800
_TELLING = _ENCRYPTED | _DESCRIBED | 0x20 | 0x40 | 0x2000
"""Flags that change how an entry is read; others are hints of how well it is packed."""

_SIZES, _UNICODE_PATH = 0x0001, 0x7075
_HARMLESS = frozenset(
    {0x000A, 0x000D, 0x5455, 0x5855, 0x6375, 0x7855, 0x7875, 0xA11E, 0xA220, 0xCAFE, 0xD935, 0x4453, 0x4704}
)
"""Further fields that name and measure nothing: times, owners, Excel's room to grow, Java's mark."""

_BLANK = b"\0\r\n "
_MOST_AFTER = 1 << 16


class Ambiguous(PartProblem):
    """A zip that has two readings."""


class _Entry(NamedTuple):
    """An entry as the directory states it. Sizes and offset in bytes."""

    name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int


def check_layout(data: bytes) -> None:
    """Raise Ambiguous where a zip's directory, headers and bytes do not say the same."""
    try:
        _check(data)
    except struct.error as error:
        raise Ambiguous("ZIP_DIRECTORY_SHORT") from error


def _check(data: bytes) -> None:
    end = data.rfind(b"PK\x05\x06")
    if end < 0:
        raise Ambiguous("ZIP_DIRECTORY_NONE")
    _, disk, first, here, count, length, start, comment = _END.unpack_from(data, end)
    after = data[end + _END.size :]
    if len(after) < comment or any(one in after for one in _SIGNATURES):
        raise Ambiguous("ZIP_DIRECTORY_TWICE")
    if after[comment:].strip(_BLANK) or len(after) - comment > _MOST_AFTER:
        raise Ambiguous("ZIP_TAIL")
    told: tuple[int, ...] = (disk, first, here, count, length, start)
    place = end
    locator = data[max(end - _LOCATOR.size, 0) : end]
    if locator.startswith(b"PK\x06\x07"):
        place, large = _end_of_64(data, end, locator)
        if any(small not in {true, _FULL_SHORT if number < 4 else _FULL}
               for number, (small, true) in enumerate(zip(told, large, strict=True))):  # fmt: skip
            raise Ambiguous("ZIP_ENDS_DIFFER")
        told = large
    disk, first, here, count, length, start = told
    if disk or first or here != count or start + length != place:
        raise Ambiguous("ZIP_DIRECTORY_DIFFERS")
    entries = list(_directory(data, start, place))
    if len(entries) != count:
        raise Ambiguous("ZIP_DIRECTORY_DIFFERS")
    reached = 0
    for entry in sorted(entries, key=lambda one: one.offset):
        if entry.offset < reached:
            raise Ambiguous("ZIP_OVERLAP")
        _check_gap(data[reached : entry.offset])
        reached = _end_of_entry(data, entry)
    if reached > start:
        raise Ambiguous("ZIP_OVERLAP")
    _check_gap(data[reached:start])


def _check_gap(between: bytes) -> None:
    if between.strip(b"\0"):
        raise Ambiguous("ZIP_GAP")


def _end_of_64(data: bytes, end: int, locator: bytes) -> tuple[int, tuple[int, ...]]:
    """Find the end record of 64 bits: its offset in bytes, and its numbers. Raises Ambiguous."""
    _, disk, place, disks = _LOCATOR.unpack(locator)
    signature, size, _, _, *told = _END_64.unpack_from(data, place)
    if (
        signature != b"PK\x06\x06"
        or size != _END_64.size - 12
        or disk
        or disks > 1
        or place + 12 + size + _LOCATOR.size != end
    ):
        raise Ambiguous("ZIP_ENDS_DIFFER")
    return place, tuple(told)


def _directory(data: bytes, start: int, end: int) -> Iterator[_Entry]:
    """The entries of the directory, which must fill the room between two places. Raises Ambiguous."""
    while start < end:
        head = _CENTRAL.unpack_from(data, start)
        (
            signature,
            _,
            _,
            flags,
            method,
            _,
            _,
            crc,
            packed,
            size,
            names,
            extras,
            comments,
            disk,
            _,
            _,
            offset,
        ) = head
        start += _CENTRAL.size
        name, extra = data[start : start + names], data[start + names : start + names + extras]
        start += names + extras + comments
        if signature != b"PK\x01\x02" or start > end or b"\0" in name:
            raise Ambiguous("ZIP_DIRECTORY_SHORT")
        true = _large(_fields(extra, name, flags), (size, packed, offset, disk))
        if true[3]:
            raise Ambiguous("ZIP_SPLIT")
        yield _Entry(name, flags, method, crc, true[1], true[0], true[2])


def _fields(extra: bytes, name: bytes, flags: int) -> tuple[int, ...] | None:
    """The sizes of 64 bits among an entry's further fields, all of them harmless. Raises Ambiguous."""
    sizes: tuple[int, ...] | None = None
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<2H", extra)
        content, extra = extra[4 : 4 + length], extra[4 + length :]
        if not kind and not length and not extra.strip(b"\0"):
            return sizes
        if len(content) < length:
            raise Ambiguous("ZIP_FIELD_DAMAGED")
        if kind == _SIZES and sizes is None:
            sizes = struct.unpack(f"<{length // 8}Q", content[: length // 8 * 8])
            sizes += struct.unpack("<I", content[-4:]) if length % 8 == 4 else ()
        elif kind == _UNICODE_PATH:
            if content[5:].decode("utf-8", "replace") != name.decode(
                "utf-8" if flags & _UTF8 else "cp437", "replace"
            ):
                raise Ambiguous("ZIP_NAME_OTHER")
        elif kind not in _HARMLESS:
            raise Ambiguous("ZIP_FIELD_UNKNOWN")
    if extra.strip(b"\0"):
        raise Ambiguous("ZIP_FIELD_DAMAGED")
    return sizes


def _large(sizes: tuple[int, ...] | None, told: tuple[int, ...]) -> tuple[int, ...]:
    """The values of size, packed size, offset and disk: those of 64 bits where the usual fields are full.

    Fields of 64 bits that nobody needs are read by some programs, and so must say the same. Raises Ambiguous.
    """
    full = [
        (number == 3 and one == _FULL_SHORT) or (number < 3 and one == _FULL)
        for number, one in enumerate(told)
    ]
    if sizes is None:
        return told
    if len(sizes) == sum(full):
        more = iter(sizes)
        return tuple(next(more) if large else one for large, one in zip(full, told, strict=True))
    true = tuple(sizes[number] if large and number < len(sizes) else one
                 for number, (large, one) in enumerate(zip(full, told, strict=True)))  # fmt: skip
    if sizes != true[: len(sizes)]:
        raise Ambiguous("ZIP_SIZE_DIFFERS")
    return true


def _end_of_entry(data: bytes, entry: _Entry) -> int:
    """Find the end of an entry and its description, in bytes. Raises Ambiguous if its own header differs."""
    head = _LOCAL.unpack_from(data, entry.offset)
    signature, _, flags, method, _, _, crc, packed, size, names, extras = head
    start = entry.offset + _LOCAL.size
    name, extra = data[start : start + names], data[start + names : start + names + extras]
    if signature != b"PK\x03\x04" or name != entry.name or method != entry.method:
        raise Ambiguous("ZIP_NAME_DIFFERS")
    telling = _TELLING if name.isascii() else _TELLING | _UTF8
    if (flags ^ entry.flags) & telling:
        raise Ambiguous("ZIP_FLAGS_DIFFER")
    sizes = _fields(extra, name, flags)
    described = bool(flags & _DESCRIBED)
    if sizes is not None and not (described and not any(sizes)):
        size, packed = _large(sizes, (size, packed, 0, 0))[:2]
    unknown = {0, _FULL} if described else set()
    if crc not in {entry.crc} | ({0} if described else set()):
        raise Ambiguous("ZIP_CHECKSUM_DIFFERS")
    if size not in {entry.size} | unknown or packed not in {entry.packed} | unknown:
        raise Ambiguous("ZIP_SIZE_DIFFERS")
    start += names + extras
    end = start + entry.packed
    if end > len(data):
        raise Ambiguous("ZIP_OVERLAP")
    return _end_of_description(data, start, end, entry) if described else end


def _end_of_description(data: bytes, start: int, end: int, entry: _Entry) -> int:
    """Find the end of the description behind a content. Raises Ambiguous unless it equals the directory's."""
    if entry.method == zlib.DEFLATED and not _ends_there(data[start:end], entry.size):
        raise Ambiguous("ZIP_SIZE_DIFFERS")
    for form in ("<4sIII", "<4sIQQ", "<III", "<IQQ"):
        if end + struct.calcsize(form) > len(data):
            continue
        told = struct.unpack_from(form, data, end)
        if told[-3:] == (entry.crc, entry.packed, entry.size) and told[0] in {b"PK\x07\x08", entry.crc}:
            return end + struct.calcsize(form)
    if not entry.size and not entry.packed:
        return end  # some leave it out behind a folder's name
    raise Ambiguous("ZIP_SIZE_DIFFERS")


def _ends_there(content: bytes, size: int) -> bool:
    """Whether packed content ends with its last byte: who goes on from its end finds nothing else."""
    reader = zlib.decompressobj(-zlib.MAX_WBITS)
    left = size
    try:
        while not reader.eof and content:
            left -= len(reader.decompress(content, 1 << 16))
            content = reader.unconsumed_tail
            if left < 0:
                return False
    except zlib.error:
        return True  # damage is told by whoever reads the part
    return not reader.unused_data
