"""What clerks receive, in folders and archives: each file is one item."""

from __future__ import annotations

import os
import random
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.received import (
    GBK,
    JPEG,
    NAME,
    OLE,
    PNG,
    TEXT,
    attached,
    codes_of,
    is_safe,
    listed,
    mail,
    named_zip,
    ole,
    quick,
    received,
    told,
    unicode_path,
    xlsx,
)
from tests.support.zips import zipped
from workbook.findings import Refused
from workbook.intake import Candidate, Ignored, Unreadable, collect, count

ODS = zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b""}, 0)
SHEET_2003 = (
    b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)
MHT = (
    b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n"
    b"Content-Type: multipart/related; boundary=b\r\nDate: x\r\nSubject: x\r\n\r\n"
)

NOISE = random.Random(17).randbytes(3_000)
SEALED_LATER = b"\x01\x02\x03\x04\0\0\0\0E-SafeNet\0LOCK" + NOISE

KINDS = [
    ("表.xlsx", xlsx(), "workbook", ""),
    ("表.xls", xlsx(), "workbook", ""),  # the bytes decide
    ("没有后缀", xlsx(), "workbook", ""),
    ("表.xlsm", zipped({"[Content_Types].xml": b"", "xl/vbaProject.bin": b""}), "workbook", ""),
    ("截断.xlsx", xlsx()[:60], "workbook", ""),  # what is wrong with it is for the verifier to say
    ("表.xlsb", zipped({"[Content_Types].xml": b"", "xl/workbook.bin": b""}), "FILE_TABLE", "xlsb"),
    ("表.ods", ODS, "FILE_TABLE", "ODS"),
    ("表.csv", "部门,得分\n甲,1\n".encode("gbk"), "FILE_TABLE", "CSV"),
    ("表.xls", b"<html><table><tr><td>1</td></tr></table></html>", "FILE_TABLE", "HTML"),
    ("表.xls", b"\xef\xbb\xbf\r\n<!-- x --><TABLE>", "FILE_TABLE", "HTML"),
    ("表.xls", SHEET_2003, "FILE_TABLE", "2003"),
    ("表.xls", MHT, "FILE_TABLE", "HTML"),
    ("表.xlsx", "部门\t得分\n".encode(), "FILE_TABLE", "改了后缀"),
    ("表.xls", ole("Workbook"), "FILE_LEGACY", ".xls"),
    ("表.xls", ole("Book"), "FILE_LEGACY", ".xls"),
    ("表.et", ole("Workbook"), "FILE_LEGACY", ".et"),
    ("表.xlsx", ole("Workbook", "MBD0001", "WordDocument"), "FILE_DOCUMENT", "Word"),
    ("表.xls", ole("Workbook", "MBD0001", "WordDocument"), "FILE_LEGACY", ".xls"),
    ("表.xls", b"\x09\x08\x10\x00\x00\x06\x05\x00", "FILE_LEGACY", ".xls"),
    ("表.xlsx", ole("EncryptionInfo", "EncryptedPackage"), "FILE_ENCRYPTED", "密码"),
    ("表.xlsx", OLE + b"\0" + "EncryptedPackage".encode("utf-16-le"), "FILE_ENCRYPTED", "密码"),
    (
        "表.xlsx",
        ole("\x06DataSpaces", "DRMEncryptedDataSpace", "EncryptedPackage"),
        "FILE_SEALED",
        "权限管理",
    ),
    ("表.xls", ole("\x09DRMContent", "Workbook"), "FILE_SEALED", "IRM"),
    ("表.xlsx", b"%TSD-Header-###%" + NOISE, "FILE_SEALED", "外发"),
    ("表.et", b"%TSD-Header-###%" + NOISE, "FILE_SEALED", "解密"),
    ("表.xls", b"\x62\x14\x23\x65" + NOISE, "FILE_SEALED", "加密软件"),
    ("表.xlsx", SEALED_LATER, "FILE_SEALED", "加密软件"),
    ("表.xlsx", b"E-SafeNet   LOCK".ljust(600), "FILE_SEALED", "加密软件"),
    ("表.xlsx", b"LOCK" + NOISE, "FILE_SEALED", "加密软件"),
    ("没有后缀", b"%TSD-Header-###%" + NOISE, "FILE_SEALED", "加密软件"),
    ("合同.pdf", b"%TSD-Header-###%" + NOISE, "FILE_SEALED", "加密软件"),
    ("表.xlsx", NOISE, "FILE_SEALED_MAYBE", "可能被本单位的加密软件加密"),
    ("表.et", NOISE, "FILE_SEALED_MAYBE", "损坏"),
    ("合同.pdf", NOISE, "FILE_OTHER_KIND", "无法识别"),
    ("表.xlsx", bytes(3_000) + b"\1", "FILE_OTHER_KIND", "无法识别"),
    ("说明.txt", b"%TSD-Header-###% is how such files begin.", "FILE_OTHER_KIND", "文本"),
    ("函.doc", ole("WordDocument"), "FILE_DOCUMENT", "Word"),
    ("函.xls", ole("WordDocument"), "FILE_DOCUMENT", "Word"),
    ("函.doc", ole("WordDocument") + b"text" + ole("EncryptedPackage")[512:], "FILE_DOCUMENT", "Word"),
    ("函.docx", zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "FILE_DOCUMENT", "Word"),
    ("讲.ppt", ole("PowerPoint Document"), "FILE_DOCUMENT", "演示"),
    ("表.ofd", zipped({"OFD.xml": b"", "Doc_0/Document.xml": b""}), "FILE_DOCUMENT", "OFD"),
    ("表.pdf", b"%PDF-1.7\n\x00", "FILE_DOCUMENT", "PDF"),
    ("表.xlsx", b"%PDF-1.7\n\x00", "FILE_DOCUMENT", "PDF"),
    ("照片.png", PNG, "FILE_PICTURE", "PNG"),
    ("照片.xlsx", JPEG, "FILE_PICTURE", "JPEG"),
    ("照片.gif", b"GIF89a" + bytes(9), "FILE_PICTURE", "GIF"),
    ("照片.heic", b"\0\0\0\x18ftypheic" + bytes(9), "FILE_PICTURE", "HEIC"),
    ("照片.webp", b"RIFF\0\0\0\0WEBPVP8 ", "FILE_PICTURE", "WebP"),
    ("扫描.tif", b"II*\0" + bytes(9), "FILE_PICTURE", "TIFF"),
    ("照片.bmp", b"BM\x36\0\0\0\0\0\0\0" + bytes(9), "FILE_PICTURE", "BMP"),
    ("录像.mp4", b"\0\0\0\x18ftypisom" + bytes(9), "FILE_OTHER_KIND", "视频"),
    ("包.rar", b"Rar!\x1a\x07\x01\x00", "ARCHIVE_KIND", "RAR"),
    ("包.zip", b"7z\xbc\xaf\x27\x1c\0\4", "ARCHIVE_KIND", "7z"),
    ("包.tar.gz", b"\x1f\x8b\x08\0", "ARCHIVE_KIND", "gzip"),
    ("说明.txt", "说明".encode("gbk"), "FILE_OTHER_KIND", "文本"),
    ("说明.txt", "说明".encode("utf-16"), "FILE_OTHER_KIND", "文本"),
    ("什么", bytes(range(256)), "FILE_OTHER_KIND", "无法识别"),
    ("程序.exe", b"MZ\x90\0", "FILE_OTHER_KIND", "程序"),
    ("空.xlsx", b"", "FILE_EMPTY", "空"),
    ("空.zip", zipped({}), "FILE_EMPTY", "空"),
    ("邮件.msg", ole("__properties_version1.0", "Workbook"), "MAIL_FORMAT", "msg"),
    ("winmail.dat", b"\x78\x9f\x3e\x22\0\0", "MAIL_FORMAT", "winmail.dat"),
    ("往年.pst", b"!BDN" + bytes(9), "MAIL_FORMAT", "pst"),
    ("包.zip", zipped({"a.txt": b"a" * 99})[:50], "ARCHIVE_DAMAGED", "损坏"),
    ("包.zip", zipped({"a.txt": b"a" * 99}).replace(b"PK\1\2", b"PK\1\1"), "ARCHIVE_DAMAGED", "损坏"),
]


@pytest.mark.parametrize(("name", "data", "expected", "words"), KINDS)
@pytest.mark.parametrize("packed", [False, True], ids=["alone", "in a zip"])
def test_every_kind(tmp_path: Path, name: str, data: bytes, expected: str, words: str, packed: bool) -> None:
    """By its bytes first; alone and in an archive alike."""
    if packed:
        (item,) = received(tmp_path, zipped({name: data}), "收件.zip")
        assert item.origin.inside == (name,)
    else:
        (item,) = received(tmp_path, data, name)
        assert item.origin.inside == ()
    assert (item.name, told(item)) == (name, expected)
    if isinstance(item, Candidate):
        assert item.data == data
    if isinstance(item, Unreadable):
        assert words in item.finding.message + item.finding.fix
        assert item.finding.fix


# --- folders


def test_a_folder(tmp_path: Path) -> None:
    """In the order of names; what programs leave there is ignored, and said."""
    for name in (
        "乙.xlsx",
        "下/甲.xlsx",
        "~$乙.xlsx",
        ".~lock.乙.xlsx#",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(xlsx())
    for name in (".隐藏/a.xlsx", "__MACOSX/._a.xlsx"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(xlsx())
    items = list(collect([tmp_path]))
    assert [item.name for item in items if isinstance(item, Candidate)] == ["甲.xlsx", "乙.xlsx"]
    assert sorted(item.name for item in items if isinstance(item, Ignored)) == sorted(
        ["~$乙.xlsx", ".~lock.乙.xlsx#", ".DS_Store", "Thumbs.db", "desktop.ini", ".隐藏", "__MACOSX"]
    )
    assert all(item.reason for item in items if isinstance(item, Ignored))
    assert count([tmp_path]) == len(items) == len({item.origin.path for item in items})


def test_a_path_named_twice_is_looked_at_once(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(xlsx())
    assert len(list(collect([tmp_path / NAME, tmp_path, tmp_path / "." / NAME]))) == 1


def test_what_is_named_is_looked_at_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / ".收件").mkdir()
    (item,) = received(tmp_path / ".收件", xlsx(), ".a.xlsx")
    assert told(item) == "workbook"


def test_refusals(tmp_path: Path) -> None:
    """At once, not when the first item is asked for."""
    with pytest.raises(Refused) as missing:
        collect([tmp_path, tmp_path / "没有"])
    assert [finding.code for finding in missing.value.findings] == ["FILE_UNREADABLE"]
    with pytest.raises(Refused) as empty:
        collect([tmp_path])
    assert [finding.code for finding in empty.value.findings] == ["NOTHING_FOUND"]
    with pytest.raises(Refused):
        collect([])


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_end_and_are_said(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(xlsx())
    (tmp_path / "圈").symlink_to(tmp_path)
    (tmp_path / "断.xlsx").symlink_to(tmp_path / "没有")
    os.mkfifo(tmp_path / "管道.xlsx")
    linked = next(item for item in collect([tmp_path]) if item.name == "圈")
    assert isinstance(linked, Ignored)
    assert linked.reason == "指向其他文件夹的链接"
    kinds = dict(listed(list(collect([tmp_path]))))
    assert kinds == {NAME: "workbook", "圈": "ignored", "断.xlsx": "FILE_UNREADABLE", "管道.xlsx": "ignored"}


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.xlsx").write_bytes(xlsx())
    (tmp_path / "b.xlsx").write_bytes(xlsx())
    real = Path.open

    def refuse(path: Path, *args, **kwargs):
        if path.name == "a.xlsx":
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    assert listed(list(collect([tmp_path]))) == [("a.xlsx", "FILE_UNREADABLE"), ("b.xlsx", "workbook")]


@pytest.mark.skipif(sys.platform != "linux", reason="names are text elsewhere")
def test_a_name_on_disk_in_gbk(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(NAME.encode("gbk"))).write_bytes(xlsx())
    (item,) = collect([tmp_path])
    assert item.name == NAME
    assert str(item.origin).encode("utf-8")


def test_files_are_only_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({NAME: xlsx()}))
    (tmp_path / "inbox").write_bytes(b"From a@x Mon Mar  3 09:30:00 2025\n" + mail(TEXT, attached(xlsx())))
    modes = []
    real = Path.open
    monkeypatch.setattr(
        Path, "open", lambda path, mode="r", *rest: modes.append(mode) or real(path, mode, *rest)
    )
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    modes.clear()
    assert len(list(collect([tmp_path]))) == 3
    assert modes == ["rb", "rb"]
    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}


# --- zips


@pytest.mark.parametrize(
    ("raw", "options", "expected"),
    [
        (NAME.encode("gbk"), {}, NAME),
        (NAME.encode("utf-8"), {}, NAME),
        (NAME.encode("utf-8"), {"flags": 0x800}, NAME),
        ("区教育局/诚信建设表.xlsx".encode("gbk"), {}, "诚信建设表.xlsx"),
        ("許功蓋誠.xlsx".encode("gbk"), {}, "許功蓋誠.xlsx"),
        ("汇總\\誠\\乗.xlsx".encode("gbk"), {}, "乗.xlsx"),
        (b"______.xlsx", {"extra": unicode_path(NAME, b"______.xlsx")}, NAME),
        (b"______.xlsx", {"extra": unicode_path(NAME, b"other")}, "______.xlsx"),
        (b"../../etc/passwd.xlsx", {}, "passwd.xlsx"),
        (b"/etc/passwd.xlsx", {}, "passwd.xlsx"),
        (b"C:\\Windows\\a.xlsx", {}, "a.xlsx"),
        (b"a\x1b[31m\r\n.xlsx", {}, "a [31m .xlsx"),
        ("a\u202exslx.exe".encode(), {"flags": 0x800}, "axslx.exe"),
        (b"\xff\xff\xff.xlsx", {}, None),
        (b"", {}, "（无名文件）"),
        (b"x" * 60_000, {}, None),
    ],
)
def test_names_in_zips(tmp_path: Path, raw: bytes, options: dict, expected: str | None) -> None:
    (item,) = received(tmp_path, named_zip(raw, xlsx(), **options), "包.zip")
    assert told(item) == "workbook"
    assert expected is None or item.name == expected
    assert len(item.name) <= 200
    assert is_safe(item.name)
    assert [path.name for path in tmp_path.iterdir()] == ["包.zip"]


def test_one_name_that_is_no_utf8_settles_all(tmp_path: Path) -> None:
    """The GBK of 模 is UTF-8 by chance; the program that named the files is one."""
    data = zipped({"MM.xlsx": xlsx(1), "NNNNNN.xlsx": xlsx(2)})
    data = data.replace(b"MM.xlsx", "模.xlsx".encode("gbk")).replace(b"NNNNNN.xlsx", GBK)
    assert "模".encode("gbk").decode("utf-8")
    assert listed(received(tmp_path, data, "包.zip")) == [("模.xlsx", "workbook"), (NAME, "workbook")]


def test_members_of_a_zip(tmp_path: Path) -> None:
    inner = zipped({"表.xlsx": xlsx(2), "照片.png": PNG})
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped(
            [
                ("甲/", b""),
                ("甲/表.xlsx", xlsx(1)),
                ("甲/表.xlsx", xlsx(3)),
                ("__MACOSX/甲/._表.xlsx", b"x"),
                ("乙/内.zip", inner),
                ("乙/信.eml", mail(TEXT, attached(xlsx(4)))),
            ]
        )
    items = received(tmp_path, data, "包.zip")
    assert [(item.origin.inside, told(item)) for item in items] == [
        (("甲/表.xlsx",), "workbook"),
        (("甲/表.xlsx（同名第 2 个）",), "workbook"),
        (("__MACOSX/甲/._表.xlsx",), "ignored"),
        (("乙/内.zip", "表.xlsx"), "workbook"),
        (("乙/内.zip", "照片.png"), "FILE_PICTURE"),
        (("乙/信.eml", "自评表.xlsx"), "workbook"),
        (("乙/信.eml", "邮件正文"), "ignored"),
    ]
    assert [item.data for item in items if isinstance(item, Candidate)] == [xlsx(n) for n in (1, 3, 2, 4)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (named_zip(b"a.xlsx", xlsx(), flags=1), "ARCHIVE_ENCRYPTED"),
        (named_zip(b"a.xlsx", xlsx(), method=9), "ARCHIVE_METHOD"),
        (named_zip(b"a.xlsx", xlsx(), method=14), "ARCHIVE_METHOD"),
        (named_zip(b"a.xlsx", xlsx(), method=8), "ARCHIVE_DAMAGED"),
        (named_zip(b"a.xlsx", xlsx(), checksum=1), "ARCHIVE_DAMAGED"),
        (named_zip(b"a.xlsx", xlsx()).replace(b"a.xlsx", b"b.xlsx", 1), "ARCHIVE_DAMAGED"),
        (zipped({"a.xlsx": b"x" * 99_999}, zipfile.ZIP_LZMA), "ARCHIVE_METHOD"),
    ],
)
def test_members_that_cannot_be_read(tmp_path: Path, data: bytes, code: str) -> None:
    (item,) = received(tmp_path, data, "包.zip")
    assert (item.name, told(item)) == ("a.xlsx", code)


UNPACKED = [("[Content_Types].xml", b"<Types/>"), ("_rels/.rels", b"x"), ("xl/workbook.xml", b"<workbook/>")]


def below(folder: str, members: list[tuple[str, bytes]] = UNPACKED) -> list[tuple[str, bytes]]:
    return [(folder + name, data) for name, data in members]


@pytest.mark.parametrize("folder", ["自评表/", "区教育局/自评表/", "自评表\\", "自评表.xlsx/"])
def test_a_workbook_unpacked_and_packed_again(tmp_path: Path, folder: str) -> None:
    """One item, not one for each of its parts; what stands beside it is looked at as ever."""
    data = zipped([*below(folder), (folder + "乙.xlsx", xlsx()), ("照片.png", PNG)])
    items = received(tmp_path, data, "包.zip")
    assert listed(items) == [
        (folder.strip("/\\").replace("\\", "/").rpartition("/")[2], "FILE_REPACKED"),
        ("乙.xlsx", "workbook"),
        ("照片.png", "FILE_PICTURE"),
    ]
    assert folder.strip("/\\") in items[0].finding.message


def test_two_unpacked_workbooks_and_a_folder_that_is_none(tmp_path: Path) -> None:
    data = zipped([*below("甲/"), *below("乙/"), ("丙/xl/workbook.xml", b"<x/>")])
    assert listed(received(tmp_path, data, "包.zip")) == [
        ("甲", "FILE_REPACKED"),
        ("乙", "FILE_REPACKED"),
        ("workbook.xml", "FILE_OTHER_KIND"),
    ]


def test_names_in_zips_in_zips(tmp_path: Path) -> None:
    """In GBK at every level; nothing is lost."""
    inner = named_zip("区教育局\\自评表.xlsx".encode("gbk"), xlsx())
    middle = named_zip("教育.zip".encode("gbk"), inner)
    (item,) = received(tmp_path, named_zip("汇总.zip".encode("gbk"), middle), "包.zip")
    assert told(item) == "workbook"
    assert item.origin.inside == ("汇总.zip", "教育.zip", "区教育局/自评表.xlsx")


def test_many_folders_take_no_long(tmp_path: Path) -> None:
    names = [f"{number}/{'a/' * 200}xl/workbook.xml" for number in range(3_000)]
    with quick():
        items = received(tmp_path, zipped([(name, b"x") for name in names], 0), "包.zip")
    assert codes_of(items) == {"FILE_OTHER_KIND"}


@pytest.mark.parametrize("names", [["~$自评表.xlsx"], ["__MACOSX/._表.xlsx", ".DS_Store"]])
def test_an_archive_of_nothing_but_what_programs_leave(tmp_path: Path, names: list[str]) -> None:
    """Somebody sent the lock file instead of the workbook: that is no reply without a fault."""
    items = received(tmp_path, zipped([(name, b"x") for name in names]), "包.zip")
    assert [told(item) for item in items] == ["ignored"] * len(names) + ["FILE_EMPTY"]
    assert "锁定文件" in items[-1].finding.message


def test_a_suffix_without_a_name_is_no_hidden_file(tmp_path: Path) -> None:
    assert listed(received(tmp_path, zipped({"甲/.xlsx": xlsx()}), "包.zip")) == [(".xlsx", "workbook")]
