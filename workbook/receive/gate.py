"""Look at the raw zip before any parser does: what a template of ours can never need is refused."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from workbook.findings import Finding, found
from workbook.receive.parts import KEPT, PartProblem, Parts, ambiguities, external

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


def gate(data: bytes) -> Finding | None:
    """Why ``data`` is not to be parsed, or None. Reads at most 50 MB of inflated content."""
    if data.startswith(_OLE):
        return _refused("这是加密的工作簿或旧版 .xls/.et 文件", "请去掉打开密码，另存为 .xlsx 后再报送。")
    if not data.startswith(b"PK"):
        return _refused("这不是 .xlsx 工作簿", "请报送下发的 .xlsx 原文件。")
    if len(data) > MAX_FILE:
        return _refused("文件大于 10 MB", "请删去插入的图片等大内容，佐证材料另行报送。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return next(_problems(archive), None)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError):
        return _refused("文件已损坏，压缩包无法读取", "请重新保存后再报送。")


def _problems(archive: zipfile.ZipFile) -> Iterator[Finding]:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES:
        yield _refused(f"压缩包内有 {len(entries)} 个部件，超过 {MAX_ENTRIES} 个", "请使用下发的原文件。")
    if len({name.replace("\\", "/").casefold() for name in names}) != len(names):
        yield _refused("压缩包内有重名部件", "请在 Excel 或 WPS 中打开后另存。")
    if any(name.startswith(("/", "\\")) or ".." in Path(name.replace("\\", "/")).parts for name in names):
        yield _refused("压缩包内有越界路径", "请使用下发的原文件。")
    if min((entry.header_offset for entry in entries), default=0):
        yield _refused("压缩包之前还有别的内容", "请在 Excel 或 WPS 中打开后另存。")
    if "xl/workbook.xml" not in names:
        yield _refused("这不是 .xlsx 工作簿", "请报送下发的 .xlsx 原文件。")
    forbidden = next((name for name in names if _FORBIDDEN.search("/" + name)), None)
    if forbidden is not None:
        yield _refused(
            f"文件带有宏、外部链接或嵌入对象（{forbidden}）", "请使用下发的原文件填报，不要加入这些内容。"
        )
    yield from _content_problems(archive, entries)


def _content_problems(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    """What is wrong inside the parts; nothing is read beyond the first that is."""
    total = 0
    seen = Parts()
    kept: dict[str, bytes] = {}
    for entry in entries:
        content = bytearray()
        with archive.open(entry) as stream:
            while chunk := stream.read(1 << 16):
                content += chunk
                total += len(chunk)
                if total > MAX_INFLATED or (
                    len(content) > _SMALL and len(content) > MAX_RATIO * max(entry.compress_size, 1)
                ):
                    yield _refused("文件解压后过大", "请使用下发的原文件。")
                    return
        part = bytes(content)
        try:
            seen.look(entry.filename, part)
        except PartProblem as problem:
            yield _refused(*problem.args)
            return
        if entry.filename in KEPT:
            kept[entry.filename] = part
        if entry.filename.endswith(".rels") and external(part):
            yield _refused(f"部件 {entry.filename} 引用了外部内容", "请删去链接的图片等外部内容。")
    for problem_text in ambiguities(kept):
        yield _refused(f"文件结构有歧义（{problem_text}）", "请在 Excel 或 WPS 中打开后另存。")


def _refused(problem: str, remedy: str) -> Finding:
    return found("NOT_WORKBOOK", problem=problem, remedy=remedy)
