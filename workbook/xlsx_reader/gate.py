"""Look at the raw zip before any parser does: its size, its names, and that it has one reading only."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from pathlib import Path
from urllib.parse import unquote

from workbook.findings import Finding, Refused, found
from workbook.xlsx_reader.xml import Forbidden, PartProblem, check_text
from workbook.xlsx_reader.zip_layout import check_layout

MAX_FILE = 10_000_000
"""Bytes of a workbook."""
MAX_ENTRIES = 300
MAX_INFLATED = 100_000_000
"""Bytes of all parts that are read, and of all parts together as the archive's directory states them …"""
MAX_BESIDE = 50_000_000
"""… and of those that are no sheets: a million blank rows are long, but no harm."""
MAX_RATIO, _SOME = 100, 20_000_000
"""Factor by which the parts may be larger than the file, beyond some megabytes in all."""

_OLE = b"\xd0\xcf\x11\xe0"
_UNRESERVED = re.compile(r"%(?:2[dDeE]|3[0-9]|[46][1-9a-fA-F]|[57][0-9aA]|5[fF]|7[eE])")


def part_key(name: str) -> str:
    """A part's name in the form in which names are compared: small letters, no needless percent signs.

    ECMA-376 part 2, 6.2: names are compared without regard to ASCII case, and an unreserved character is the
    same whether it is written as itself or by its number.
    """
    return _UNRESERVED.sub(lambda match: unquote(match[0]), name.removeprefix("/")).lower()


def too_large(limit: int = MAX_FILE) -> Finding:
    """The finding for a file of more than ``limit`` bytes."""
    return found("FILE_LARGE", limit=limit // 1_000_000)


def read_file(path: Path) -> bytes:
    """The bytes of a file of an acceptable size. Raises Refused."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise Refused([too_large()])
        return path.read_bytes()
    except OSError as error:
        raise Refused([found("FILE_UNREADABLE", reason=error.strerror or str(error))]) from error


class Zip:
    """The entries of a received package by the key of their name; read when asked for, within the limits."""

    def __init__(self, data: bytes) -> None:
        """Raises PartProblem for what is no sound zip, or has two readings."""
        if data.startswith(_OLE):
            raise PartProblem("NOT_WORKBOOK_OLE")
        if not data.startswith(b"PK"):
            raise PartProblem("NOT_WORKBOOK")
        if len(data) > MAX_FILE:
            raise Forbidden(too_large())
        try:
            self._archive, self._data = zipfile.ZipFile(io.BytesIO(data)), data
        except _DAMAGES as error:
            raise PartProblem("ZIP_DAMAGED") from error
        entries = self._archive.infolist()
        names = slashed([one.filename for one in entries])
        _check_entries(entries, names)
        check_layout(data)
        self.names = {
            part_key(name): one.filename
            for name, one in zip(names, entries, strict=True)
            if not name.endswith("/")
        }
        self._left = MAX_INFLATED
        self.sound = True
        """Whether all that was read so far is packed so that any reader gets these bytes and no others."""
        self.packing = repr([(one.filename, one.compress_type, one.flag_bits) for one in entries])
        """The names of all entries, and what tells readers how each is packed."""

    def read(self, key: str) -> bytes:
        """The bytes of a part. Raises PartProblem for damage, and when too much has been read."""
        name, content = self.names[key], bytearray()
        plain = self._plain(name)
        if plain is not None:
            self._left -= len(plain)
            if self._left >= 0:
                return plain
            raise PartProblem("ZIP_INFLATES", part=name)
        self.sound = False
        try:
            with self._archive.open(name) as stream:
                while chunk := stream.read(1 << 16):
                    content += chunk
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise PartProblem("ZIP_INFLATES", part=name)
        except _DAMAGES as error:
            raise PartProblem("ZIP_DAMAGED") from error
        return bytes(content)

    def _plain(self, name: str) -> bytes | None:
        """A part's bytes where they are packed as usual and are just what the directory says of them."""
        entry = self._archive.getinfo(name)
        lengths = struct.unpack_from("<2H", self._data, entry.header_offset + 26)
        start = entry.header_offset + 30 + sum(lengths)
        packed = self._data[start : start + entry.compress_size]
        content = packed
        if entry.compress_type == zipfile.ZIP_DEFLATED:
            stream = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                content = stream.decompress(packed, entry.file_size + 1)
            except zlib.error:
                return None
            if not stream.eof or stream.unused_data or stream.unconsumed_tail:
                return None
        elif entry.compress_type != zipfile.ZIP_STORED:
            return None
        told = len(content) == entry.file_size and zlib.crc32(content) == entry.CRC
        return content if told and len(packed) == entry.compress_size else None

    def read_xml(self, key: str) -> bytes:
        """The bytes of a part that is to be parsed: UTF-8 without a document type. Raises PartProblem."""
        content = self.read(key)
        check_text(self.names[key], content)
        return content


_DAMAGES = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError, NotImplementedError,
    ValueError, struct.error, IndexError,
)  # fmt: skip
"""Errors that zipfile raises on damaged archives."""


def slashed(names: list[str]) -> list[str]:
    """The names with slashes, where all have backslashes instead, as WPS and old libraries write them.

    With both in one archive, a part under a backslash is there for some programs only: that is left
    to be refused.
    """
    if any("/" in name for name in names):
        return names
    return [name.replace("\\", "/") for name in names]


def _check_entries(entries: list[zipfile.ZipInfo], names: list[str]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise PartProblem("ZIP_PARTS_MANY", count=len(entries), limit=MAX_ENTRIES)
    if len({part_key(name.replace("\\", "/")) for name in names}) != len(names):
        raise PartProblem("ZIP_NAME_TWICE")
    if any(_leads_out(name) for name in names):
        raise PartProblem("ZIP_PATH")
    if min((entry.header_offset for entry in entries), default=0):
        raise PartProblem("ZIP_PREFIX")
    whole = sum(entry.file_size for entry in entries)
    beside = sum(entry.file_size for entry in entries if "/worksheets/" not in part_key(entry.filename))
    packed = sum(entry.compress_size for entry in entries)
    if whole > MAX_INFLATED or beside > MAX_BESIDE or (whole > _SOME and whole > MAX_RATIO * packed):
        largest = max(entries, key=lambda entry: entry.file_size)
        raise PartProblem("ZIP_INFLATES", part=largest.filename)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise PartProblem("ZIP_ENCRYPTED")


def _leads_out(name: str) -> bool:
    parts = part_key(name.replace("\\", "/")).split("/")
    return name.startswith(("/", "\\")) or ".." in parts or "." in parts or "\\" in name or "\0" in name
