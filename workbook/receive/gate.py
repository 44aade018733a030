"""Look at the raw zip before any parser does: what a template of ours can never need is refused."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from workbook.findings import Refused, found
from workbook.receive.package import MAIN, check_relations
from workbook.receive.xml import ORIGINAL, RESAVE, PartProblem, check_text, is_xml

MAX_FILE = 10_000_000
MAX_ENTRIES = 300
MAX_INFLATED = 50_000_000
MAX_RATIO = 50
_SMALL = 200_000
_FORBIDDEN = re.compile(
    r"vbaproject|/embeddings/|/activex/|/externallinks/|connections\.xml|/querytables/|/macrosheets/|/ddelinks/",
    re.I,
)
_OLE = b"\xd0\xcf\x11\xe0"


def open_package(data: bytes) -> dict[str, bytes]:
    """The XML parts of a package by their names; raises Refused. Inflates at most 50 MB."""
    if data.startswith(_OLE):
        raise _refused("这是加密的工作簿或旧版 .xls/.et 文件", "请去掉打开密码，另存为 .xlsx 后再报送。")
    if not data.startswith(b"PK"):
        raise _refused("这不是 .xlsx 工作簿", "请报送下发的 .xlsx 原文件。")
    if len(data) > MAX_FILE:
        raise _refused("文件大于 10 MB", "请删去插入的图片等大内容，佐证材料另行报送。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_names(archive.infolist())
            return dict(_contents(archive))
    except _DAMAGES as error:
        raise _refused("文件已损坏，压缩包无法读取", "请重新保存后再报送。") from error


_DAMAGES = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError, NotImplementedError,
    ValueError, struct.error, IndexError,
)  # fmt: skip
"""What zipfile raises on damaged archives."""


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES:
        raise _refused(f"压缩包内有 {len(entries)} 个部件，超过 {MAX_ENTRIES} 个", ORIGINAL)
    if len({name.replace("\\", "/").casefold() for name in names}) != len(names):
        raise _refused("压缩包内有重名部件", RESAVE)
    if any(name.startswith(("/", "\\")) or ".." in Path(name.replace("\\", "/")).parts for name in names):
        raise _refused("压缩包内有越界路径", ORIGINAL)
    if min((entry.header_offset for entry in entries), default=0):
        raise _refused("压缩包之前还有别的内容", RESAVE)
    if MAIN not in names:
        raise _refused("这不是 .xlsx 工作簿", "请报送下发的 .xlsx 原文件。")
    forbidden = next((name for name in names if _FORBIDDEN.search("/" + name)), None)
    if forbidden is not None:
        raise _refused(
            f"文件带有宏、外部链接或嵌入对象（{forbidden}）", "请使用下发的原文件填报，不要加入这些内容。"
        )


def _contents(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Each XML part, inflated within the limits and looked at as text; nothing is parsed but relations."""
    total = 0
    for entry in archive.infolist():
        content = bytearray()
        with archive.open(entry) as stream:
            while chunk := stream.read(1 << 16):
                content += chunk
                total += len(chunk)
                if total > MAX_INFLATED or (
                    len(content) > _SMALL and len(content) > MAX_RATIO * max(entry.compress_size, 1)
                ):
                    raise _refused("文件解压后过大", ORIGINAL)
        part = bytes(content)
        if not is_xml(part):
            continue
        try:
            check_text(entry.filename, part)
            if entry.filename.endswith(".rels"):
                check_relations(entry.filename, part)
        except PartProblem as problem:
            raise _refused(*problem.args) from problem
        yield entry.filename, part


def _refused(problem: str, remedy: str) -> Refused:
    return Refused([found("NOT_WORKBOOK", problem=problem, remedy=remedy)])
