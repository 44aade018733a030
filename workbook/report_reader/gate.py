"""The gate for reports: their kinds by their bytes, and the limits on their size and packing."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from workbook.findings import Refused, found
from workbook.report_reader.model import Kind

MAX_FILE = 30_000_000
"""Bytes of a file; reports carry photographs."""
MAX_ENTRIES = 3_000
MAX_PART = 12_000_000
"""Bytes of a part that is parsed: some thousand pages of text and tables."""
MAX_INFLATED = 150_000_000
MAX_PAGES = 500
MAX_PARAGRAPHS = 100_000
"""Paragraphs, those in the cells of tables as well."""

_OLE = b"\xd0\xcf\x11\xe0"
_OUTSIDE = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
_PARAGRAPHS = re.compile(rb"<(?:\w+:)?p[ />]")
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")
_PARSED = re.compile(r"(?:\.xml|\.rels|\.vml)$", re.IGNORECASE)
_UNSAFE = (b"<!DOCTYPE", b"<!ENTITY")
_ANOTHER = "请在 Word 或 WPS 中另存为 .docx，或导出为 PDF。"
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def refused(problem: str) -> Refused:
    """The refusal of a file that is no ordinary report."""
    return Refused([found("REPORT_HOSTILE", problem=problem)])


def too_many() -> Refused:
    """The refusal of a document with more paragraphs and cells than any report."""
    return refused(f"段落和表格单元格超过 {MAX_PARAGRAPHS} 个")


def report_kind(data: bytes) -> Kind:
    """The kind of a report by its bytes; a packed one has passed the gate. Raises Refused."""
    if len(data) > MAX_FILE:
        raise refused(f"文件大于 {MAX_FILE // 1_000_000} MB")
    if data.startswith(_OLE):
        raise _unreadable("这是旧版 .doc、.wps，或加了打开密码的文件", f"去掉打开密码；{_ANOTHER}")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        _check_package(data)
        return "docx"
    if data[:4] in {b"\x89PNG", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1", b"II*\x00", b"MM\x00*"}:
        raise Refused([found("REPORT_EMPTY")])
    if data[:5] == b"{\\rtf":
        raise _unreadable("这是 .rtf 文件", _ANOTHER)
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _unreadable("不是 .docx、PDF 或文本文件", _ANOTHER)
    return "text"


def _unreadable(problem: str, remedy: str) -> Refused:
    return Refused([found("REPORT_UNREADABLE", problem=problem, remedy=remedy)])


def _check_package(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive)
    except _DAMAGED as error:
        raise _unreadable("压缩包已损坏", "请重新导出后再试。") from error


def _check_entries(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = {one.filename.lower().replace("\\", "/").lstrip("/") for one in entries}
    if "ofd.xml" in names:
        raise _unreadable("这是 .ofd 版式文件", "请由原程序导出为 .docx 或 PDF。")
    if "word/document.xml" not in names:
        raise _unreadable("压缩包内没有 Word 文档", _ANOTHER)
    if len(entries) > MAX_ENTRIES:
        raise refused(f"内含的部件超过 {MAX_ENTRIES} 个")
    if len(names) < len(entries):
        raise refused("内含同名的部件")
    if any("vbaproject" in name or name.endswith((".exe", ".dll", ".js", ".vbs")) for name in names):
        raise refused("含有宏或程序")
    if sum(one.file_size for one in entries) > MAX_INFLATED:
        raise refused("解压后的内容过大")
    for one in entries:
        if _PARSED.search(one.filename):
            if one.file_size > MAX_PART:
                raise refused("正文过长")
            _check_part(archive, one)


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Check a part that a parser sees: its length, document type, links outside. Raises Refused."""
    with archive.open(entry) as stream:
        content = stream.read(MAX_PART + 1)
    if len(content) > MAX_PART:
        raise refused("正文过长")
    plain = content.replace(b"\x00", b"")
    if any(mark in plain for mark in _UNSAFE):
        raise refused("XML 中带有文档类型定义")
    if len(_PARAGRAPHS.findall(plain)) > MAX_PARAGRAPHS:
        raise too_many()
    if entry.filename.lower().endswith(".rels"):
        for link in _OUTSIDE.findall(plain):
            if not _HYPERLINK.search(link):
                raise refused("链接了外部文件")
