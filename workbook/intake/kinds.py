"""The kind of a received file: by its bytes first, by its name where the bytes do not decide."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from workbook.findings import Finding, found
from workbook.intake import sealed
from workbook.intake.lines import BREAK, blank_line


class Sort(Enum):
    """The handling of a file. PACKAGE (a zip) and OLE are sorted further by their content."""

    WORKBOOK = auto()
    ARCHIVE = auto()
    MAIL = auto()
    MAILBOX = auto()
    PACKAGE = auto()
    OLE = auto()
    NAMED = auto()


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a file. For NAMED: the code of its finding and the clerk's word for it."""

    sort: Sort
    code: str = ""
    label: str = ""

    def finding(self) -> Finding:
        """The finding for a file of this NAMED kind, which is not verified."""
        return found(self.code, kind=self.label)


WORKBOOK, ARCHIVE, MAIL, MAILBOX = (
    Kind(sort) for sort in (Sort.WORKBOOK, Sort.ARCHIVE, Sort.MAIL, Sort.MAILBOX)
)
DAMAGED = Kind(Sort.NAMED, "ARCHIVE_DAMAGED", "压缩包")
_PACKAGE, _OLE = Kind(Sort.PACKAGE), Kind(Sort.OLE)


def _named(code: str, label: str) -> Kind:
    return Kind(Sort.NAMED, code, label)


TNEF = _named("MAIL_FORMAT", "Outlook 专用的附件包（winmail.dat）")

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"PK\x03\x04", _PACKAGE),
    (b"PK\x05\x06", _PACKAGE),
    (b"PK\x07\x08", _named("ARCHIVE_KIND", "分卷压缩包")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLE),
    (b"%PDF-", _named("FILE_DOCUMENT", "PDF 文件")),
    (b"\xff\xd8\xff", _named("FILE_PICTURE", "JPEG")),
    (b"\x89PNG\r\n\x1a\n", _named("FILE_PICTURE", "PNG")),
    (b"GIF8", _named("FILE_PICTURE", "GIF")),
    (b"II*\x00", _named("FILE_PICTURE", "TIFF")),
    (b"MM\x00*", _named("FILE_PICTURE", "TIFF")),
    (b"Rar!\x1a\x07", _named("ARCHIVE_KIND", "RAR 压缩包")),
    (b"7z\xbc\xaf\x27\x1c", _named("ARCHIVE_KIND", "7z 压缩包")),
    (b"\x1f\x8b\x08", _named("ARCHIVE_KIND", "gzip 压缩包")),
    (b"BZh", _named("ARCHIVE_KIND", "bzip2 压缩包")),
    (b"\xfd7zXZ\x00", _named("ARCHIVE_KIND", "xz 压缩包")),
    (b"MSCF\x00\x00\x00\x00", _named("ARCHIVE_KIND", "CAB 压缩包")),
    (b"\x78\x9f\x3e\x22", TNEF),
    (b"!BDN", _named("MAIL_FORMAT", "Outlook 数据文件（.pst/.ost）")),
    (b"{\\rtf", _named("FILE_DOCUMENT", "RTF 文档")),
    (b"\x09\x08\x10\x00", _named("FILE_LEGACY", "旧版 Excel 工作簿（.xls）")),
    (b"\x09\x08\x08\x00", _named("FILE_LEGACY", "旧版 Excel 工作簿（.xls）")),
    (b"\x09\x04\x06\x00", _named("FILE_LEGACY", "旧版 Excel 工作簿（.xls）")),
    (b"MZ", _named("FILE_OTHER_KIND", "可执行程序")),
    (b"\x7fELF", _named("FILE_OTHER_KIND", "可执行程序")),
)
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"}
_TEXTS = {
    ".csv": _named("FILE_TABLE", "CSV 文本表格"),
    ".tsv": _named("FILE_TABLE", "制表符分隔的文本表格"),
    ".txt": _named("FILE_OTHER_KIND", "文本文件"),
}
_HTML = _named("FILE_TABLE", "网页格式的表格（HTML）")
_UNKNOWN = _named("FILE_OTHER_KIND", "无法识别的文件")
_SEALED = _named("FILE_SEALED", sealed.SOFTWARE)
_RIGHTS = _named("FILE_SEALED", "微软的权限管理（IRM/RMS）")
_NOISE = _named("FILE_SEALED_MAYBE", "内容没有任何可识别的结构")
WORKBOOK_SUFFIXES = {".xlsx", ".xlsm", ".xltx", ".xls", ".xlt", ".et", ".ett", ".xlsb"}
"""Of a file that its sender takes for a workbook."""

_MARKUP = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|table|style|meta)\b", re.I | re.S
)
_HEADER = re.compile(rb"([!-9;-~]{1,76})[ \t]*:")
_MAILBOX_START = re.compile(rb"From [^\r\n]*" + BREAK + rb">?[!-9;-~]{1,76}[ \t]*:")
_EMLX_COUNT = re.compile(rb"\d{1,12}[ \t]*" + BREAK + rb"(?=[!-9;-~]{1,76}:)")
_MAIL_SUFFIXES = {".eml", ".emlx"}
_TELLING = 3
_TEXT_HEADS = (b"GIF8", b"{\\rtf", b"!BDN", b"MZ", b"BZh", b"MSCF")
"""Magic that a text may begin with by chance."""
_MAIL_HEADERS = {
    *(b"from", b"to", b"cc", b"subject", b"date", b"received", b"message-id", b"mime-version", b"reply-to"),
    *(b"content-type", b"return-path", b"delivered-to", b"sender", b"x-mailer", b"dkim-signature"),
}
_ALWAYS_MAIL = {b"from", b"received", b"message-id", b"return-path", b"delivered-to"}


def suffix_of(name: str) -> str:
    """The suffix of ``name`` in lower case, with its dot; "" when it has none."""
    stem, dot, suffix = name.rpartition(".")
    return f".{suffix.strip().lower()}" if dot and stem else ""


def is_known(head: bytes) -> bool:
    """Whether ``head`` is so surely that of a file that no header of a mail may call it a text."""
    magics = (magic for magic, _ in _MAGIC if len(magic) >= _TELLING and not magic.startswith(_TEXT_HEADS))
    return head.startswith(tuple(magics)) or (sealed.is_sealed(head) and not is_text(head[:200]))


def by_head(head: bytes, name: str) -> Kind:
    """The kind of a file that starts with ``head``; only zips, OLE files and mails need a further look."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[4:8] == b"ftyp":
        return (
            _named("FILE_PICTURE", "HEIC") if head[8:12] in _HEIC else _named("FILE_OTHER_KIND", "视频或音频")
        )
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _named("FILE_PICTURE", "WebP")
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return _named("FILE_PICTURE", "BMP")
    if head[257:262] == b"ustar":
        return _named("ARCHIVE_KIND", "tar 压缩包")
    if b"%PDF-" in head[:1024]:
        return _named("FILE_DOCUMENT", "PDF 文件")
    suffix = suffix_of(name)
    if sealed.is_sealed(head) and suffix in WORKBOOK_SUFFIXES:
        return _SEALED
    if is_text(head):
        return _by_text(head, suffix)
    if is_mail(head) or (suffix in _MAIL_SUFFIXES and is_text(_first_lines(head))):
        return MAIL  # with an attachment in raw bytes
    if sealed.is_sealed(head):
        return _SEALED
    return _NOISE if suffix in WORKBOOK_SUFFIXES and sealed.is_noise(head) else _UNKNOWN


def _by_text(head: bytes, suffix: str) -> Kind:
    start = head.lstrip(b"\xef\xbb\xbf\r\n\t ")
    if _MAILBOX_START.match(start):
        return MAILBOX
    if _MARKUP.match(start):
        return _HTML
    if start.startswith(b"<?xml") or start.startswith(b"<Workbook"):
        if b"schemas-microsoft-com:office:spreadsheet" in start or b"Excel.Sheet" in start:
            return _named("FILE_TABLE", "XML 电子表格 2003")
        return _named("FILE_OTHER_KIND", "XML 文件")
    if start.startswith(b"// <!-- <mdb:mork"):
        return _named("FILE_OTHER_KIND", "邮件程序的索引文件")
    if _is_mail(start, suffix):
        return _HTML if b"X-Document-Type: Workbook" in start[:1000] or suffix in {".mht", ".mhtml"} else MAIL
    if suffix in WORKBOOK_SUFFIXES:
        return _named("FILE_TABLE", "改了后缀的文本表格")
    return _TEXTS.get(suffix, _TEXTS[".txt"])


def _is_mail(start: bytes, suffix: str) -> bool:
    """Whether a text is a mail: by its name, or by its headers."""
    return suffix in _MAIL_SUFFIXES or is_mail(start)


def is_mail(start: bytes) -> bool:
    """Whether ``start`` is a block of headers of which enough are those of mails."""
    lines = [line for line in _first_lines(without_count(start)).splitlines() if line[:1] not in b" \t"]
    known = {match[1].lower() for line in lines if (match := _HEADER.match(line))} & _MAIL_HEADERS
    regular = sum(_HEADER.match(line) is not None for line in lines)
    return len(known) >= 3 - bool(known & _ALWAYS_MAIL) and regular >= 0.8 * len(lines)


def _first_lines(text: bytes) -> bytes:
    """The lines above the first blank line."""
    blank = blank_line(text, 0, len(text))
    return text if blank is None else text[: blank[0]]


def without_count(data: bytes) -> bytes:
    """A mail without the line with its size that Apple Mail writes before it (.emlx)."""
    match = _EMLX_COUNT.match(data)
    return data[match.end() :] if match else data


def is_text(head: bytes) -> bool:
    """Whether these are characters and not binary data; UTF-16 is told by its mark."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    control = len(head) - len(head.translate(None, bytes({*range(32)} - {9, 10, 12, 13, 27})))
    return 0 not in head and control <= len(head) // 100


def of_package(names: Sequence[str], head: bytes, name: str) -> Kind:
    """The kind of a zip with entries ``names``."""
    entries = {one.replace("\\", "/").lower() for one in names}
    top = {one.partition("/")[0] for one in entries}
    if "xl/workbook.bin" in entries:
        return _named("FILE_TABLE", "二进制工作簿（.xlsb）")
    if ("xl" in top and "[content_types].xml" in entries) or "xl/workbook.xml" in entries:
        return WORKBOOK
    if "[content_types].xml" in entries:
        if "word" in top:
            return _named("FILE_DOCUMENT", "Word 文档")
        return _named("FILE_DOCUMENT", "演示文稿") if "ppt" in top else WORKBOOK
    if {"mimetype", "content.xml"} <= entries:
        is_table = b"opendocument.spreadsheet" in head[:300] or suffix_of(name) in {".ods", ".ots"}
        return (
            _named("FILE_TABLE", "ODS 表格（.ods）")
            if is_table
            else _named("FILE_DOCUMENT", "OpenDocument 文档")
        )
    if "ofd.xml" in entries:
        return _named("FILE_DOCUMENT", "OFD 文件")
    if "index/document.iwa" in entries or ("index.zip" in entries and suffix_of(name) == ".numbers"):
        return _named("FILE_TABLE", "Numbers 表格")
    return ARCHIVE


_PARTS = ("[content_types].xml", "_rels/", "xl/", "docprops/", "customxml/")
_MOST_FOLDERS = 60
"""Folders above a part of an unpacked workbook."""


def unpacked_workbooks(names: Sequence[str]) -> dict[str, None]:
    """The folders of a zip that hold the parts of a workbook, in order: it was unpacked and packed again."""
    paths = [one.replace("\\", "/") for one in names]
    entries = {path.lower() for path in paths}
    main = [path[: -len("/xl/workbook.xml")] for path in paths if path.lower().endswith("/xl/workbook.xml")]
    return dict.fromkeys(one for one in main if f"{one}/[content_types].xml".lower() in entries)


def is_part_of(path: str, folders: Collection[str]) -> bool:
    """Whether ``path`` is a part of one of the unpacked workbooks in ``folders``."""
    lower = path.lower()
    slash = path.find("/")
    for _ in range(_MOST_FOLDERS):
        if slash < 0:
            return False
        if lower.startswith(_PARTS, slash + 1) and path[:slash] in folders:
            return True
        slash = path.find("/", slash + 1)
    return False


def of_damaged_package(head: bytes, name: str) -> Kind:
    """The kind of a zip without a readable directory; the faults of a workbook are left to the verifier."""
    first = head[30:130].lower()
    parts = (b"[content_types].xml", b"xl/", b"_rels/", b"docprops/")
    is_workbook = first.startswith(parts) or suffix_of(name) in {".xlsx", ".xlsm"}
    return WORKBOOK if is_workbook else DAMAGED


_STREAMS = (
    "DRMEncryptedDataSpace",
    "DRMEncryptedTransform",
    "\x09DRMContent",
    "__properties_version1.0",
    "EncryptedPackage",
    "EncryptionInfo",
    "Workbook",
    "Book",
    "WordDocument",
    "PowerPoint Document",
)


def of_ole(data: bytes, name: str) -> Kind:
    """The kind of an OLE compound file, by the names of its streams. ``data``: its first megabytes."""
    suffix = suffix_of(name)
    streams = {one for one in _STREAMS if _in_directory(data, one)}
    # A damaged file may have lost its alignment; then any place will do.
    streams = streams or {one for one in _STREAMS if one.encode("utf-16-le") in data}
    if "__properties_version1.0" in streams:
        return _named("MAIL_FORMAT", "Outlook 邮件（.msg）")
    if any("DRM" in stream for stream in streams):
        return _RIGHTS
    if streams & {"EncryptedPackage", "EncryptionInfo"}:
        return _named("FILE_ENCRYPTED", "加密文件")
    table = _named(
        "FILE_LEGACY", "WPS 表格（.et）" if suffix in {".et", ".ett"} else "旧版 Excel 工作簿（.xls）"
    )
    is_table = bool(streams & {"Workbook", "Book"})
    # A document may hold a table and the other way round; the name says which is the outer one.
    if is_table and suffix in {".xls", ".et", ".xlt", ".ett"}:
        return table
    if "WordDocument" in streams or suffix in {".doc", ".wps"}:
        return _named("FILE_DOCUMENT", "旧版 Word 文档（.doc/.wps）")
    if "PowerPoint Document" in streams or suffix in {".ppt", ".dps"}:
        return _named("FILE_DOCUMENT", "旧版演示文稿（.ppt/.dps）")
    return table if is_table or suffix in {".xls", ".et"} else _UNKNOWN


def _in_directory(data: bytes, name: str) -> bool:
    """Whether the directory has an entry ``name``: entries are 128 bytes, the name's size stands at 64."""
    wanted = name.encode("utf-16-le") + b"\0\0"
    size = len(wanted).to_bytes(2, "little")
    start = data.find(wanted)
    while start >= 0:
        if start % 128 == 0 and data[start + 64 : start + 66] == size:
            return True
        start = data.find(wanted, start + 1)
    return False
