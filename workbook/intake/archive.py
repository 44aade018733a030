"""Zip archives: their members one by one, in memory and within limits. Nothing is ever extracted to disk."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from workbook.findings import found
from workbook.intake import kinds
from workbook.intake.labels import base_name, clean, decoded
from workbook.intake.limits import HEAD, MAX_DIRECTORY, MAX_HELD, LimitReached, UnpackBudget
from workbook.intake.piece import Piece
from workbook.intake.unwanted import why_unwanted
from workbook.xlsx_reader.gate import MAX_FILE, too_large

_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_UNICODE_PATH = 0x7075
_CHUNK = 1 << 16
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    OverflowError,
)
"""Errors that zipfile raises on bytes that are not a sound zip."""


class _Bounded:
    """A stream of which no single read is large: zipfile takes the size of the directory on trust."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.tell = stream.tell
        self.seek = stream.seek
        self.seekable = stream.seekable
        self.close = stream.close

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes; without it the rest, which is a comment.

        Raises LimitReached for more than a directory may have.
        """
        if size > MAX_DIRECTORY:
            raise LimitReached("压缩包的目录过大")
        return self._stream.read(size if size >= 0 else MAX_DIRECTORY)


def opened(stream: BinaryIO) -> zipfile.ZipFile | None:
    """The zip in ``stream``, None when its directory cannot be read. Raises LimitReached."""
    try:
        return zipfile.ZipFile(_Bounded(stream))
    except _BROKEN:
        return None


def names(archive: zipfile.ZipFile) -> list[str]:
    """The names of all entries, in their order, as the sender saw them; folders end in a slash."""
    entries = archive.infolist()
    raw = [_raw_name(entry) for entry in entries]
    # One program named all of them: a single name that is not UTF-8 settles it.
    charset = "utf-8" if all(map(_is_utf8, raw)) else "gb18030"
    return [
        _unicode_path(entry, name)
        or (entry.orig_filename if entry.flag_bits & _UTF8_FLAG else decoded(name, charset))
        for entry, name in zip(entries, raw, strict=True)
    ]


def pieces(archive: zipfile.ZipFile, budget: UnpackBudget) -> Iterator[Piece]:
    """Each member of ``archive`` that is no folder. Raises LimitReached when ``budget`` is used up.

    The parts of a workbook that was unpacked into a folder are one piece.
    """
    all_names = names(archive)
    unpacked = kinds.unpacked_workbooks(all_names)
    for folder in unpacked:
        yield Piece(clean(folder), finding=found("FILE_REPACKED", folder=clean(folder)))
    for entry, name in zip(archive.infolist(), all_names, strict=True):
        path = name.replace("\\", "/")
        if path.endswith("/") and not entry.file_size:
            continue
        if unpacked and kinds.is_part_of(path, unpacked):
            continue
        label = clean(path) or "（无名文件）"
        reason = why_unwanted(path)
        if reason is not None:
            yield Piece(label, reason=reason)
        elif entry.flag_bits & _ENCRYPTED_FLAG:
            yield Piece(label, finding=found("ARCHIVE_ENCRYPTED"))
        elif entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            # zipfile's readers of bzip2 and LZMA inflate without a limit.
            yield Piece(label, finding=found("ARCHIVE_METHOD"))
        else:
            yield _member(archive, entry, label, budget)


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, label: str, budget: UnpackBudget) -> Piece:
    """The member with its content, of which no more is inflated than its kind needs."""
    try:
        with archive.open(entry) as stream:
            content = bytearray(stream.read(HEAD))
            budget.spend(len(content))
            kind = kinds.by_head(bytes(content), base_name(label))
            if kind.sort is kinds.Sort.NAMED and content:
                return Piece(label, finding=kind.finding())
            most = MAX_FILE if kind.sort is kinds.Sort.OLE else MAX_HELD
            while len(content) <= most and (chunk := stream.read(_CHUNK)):
                budget.spend(len(chunk))
                content += chunk
    except _BROKEN:
        return Piece(label, finding=found("ARCHIVE_DAMAGED"))
    if len(content) > MAX_HELD:
        return Piece(label, finding=too_large(MAX_HELD))
    return Piece(label, bytes(content))


def _raw_name(entry: zipfile.ZipInfo) -> bytes:
    """The bytes of the name; zipfile has read them as UTF-8 or code page 437, as the flag says."""
    codec = "utf-8" if entry.flag_bits & _UTF8_FLAG else "cp437"
    return entry.orig_filename.encode(codec, errors="replace")


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _unicode_path(entry: zipfile.ZipInfo, raw: bytes) -> str | None:
    """The name in Info-ZIP's extra field, when it belongs to this very name."""
    extra = entry.extra
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            (checksum,) = struct.unpack("<L", field[1:5])
            if checksum == zlib.crc32(raw) and _is_utf8(field[5:]):
                return field[5:].decode("utf-8")
    return None
