"""Ways of writing the zip itself."""

from __future__ import annotations

import io
import zipfile

from tests.leavings.kit import TYPES, Package, leaving


def packed(
    book: Package, *, method: int = zipfile.ZIP_DEFLATED, folders: bool = False, order: int = 1
) -> bytes:
    """A zip of the parts in an order, packed by a method, with entries for folders or without."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        made: set[str] = set()
        for name in sorted(book.parts)[::order]:
            folder = name.rpartition("/")[0]
            if folders and folder and folder not in made:
                made.add(folder)
                archive.writestr(zipfile.ZipInfo(folder + "/"), b"")
            archive.writestr(name, book.parts[name])
    return buffer.getvalue()


@leaving("SheetJS", "parts that are not packed")
def stored(book: Package) -> bytes:
    return packed(book, method=zipfile.ZIP_STORED)


@leaving("exceljs", "entries for folders")
def folders(book: Package) -> bytes:
    return packed(book, folders=True)


@leaving("Google Sheets", "types at the end")
def types_last(book: Package) -> bytes:
    book.parts[TYPES] = book.parts.pop(TYPES)
    return book.bytes()


@leaving("7-Zip", "parts packed again in the other order")
def other_order(book: Package) -> bytes:
    return packed(book, order=-1)


class Pipe(io.RawIOBase):
    """Something that can be written to but not wound back."""

    def __init__(self) -> None:
        self.content = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        content = bytes(data)  # type: ignore[call-overload]
        self.content += content
        return len(content)


@leaving("Apache POI", "sizes after the parts, as a stream has to write them")
def streamed(book: Package) -> bytes:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in book.parts.items():
            archive.writestr(name, content)
    return bytes(pipe.content)


@leaving("excelize", "fields for sizes of 64 bits, times of change")
def zip64(book: Package) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in book.parts.items():
            info = zipfile.ZipInfo(name, (2025, 1, 16, 8, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as stream:
                stream.write(content)
    return buffer.getvalue()


@leaving("mail gateway", "a comment of the archive, extra fields, the mark of UTF-8")
def marked(book: Package) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = "已扫描".encode()
        for name, content in book.parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            info.extra = b"UT\x05\x00\x01\x00\x00\x00\x00"
            archive.writestr(info, content)
    return buffer.getvalue()


@leaving("macOS", "files that its Finder leaves in an archive")
def finder(book: Package) -> None:
    book.parts["__MACOSX/._xl"] = bytes(20)
    book.parts["xl/.DS_Store"] = bytes(20)


@leaving("Windows Explorer", "files that its folders leave in an archive")
def explorer(book: Package) -> None:
    book.parts["xl/Thumbs.db"] = bytes(20)
    book.parts["desktop.ini"] = b"[.ShellClassInfo]"


@leaving("Excel 2010", "places of deleted parts")
def trash(book: Package) -> None:
    book.parts["[trash]/0000.dat"] = bytes(40)


@leaving("online converter", "marks of the order of bytes before every part")
def byte_order(book: Package) -> None:
    for name, content in book.parts.items():
        if name.endswith((".xml", ".rels")):
            book.parts[name] = b"\xef\xbb\xbf" + content


@leaving("online converter", "declarations in single quotes, other names of UTF-8, comments and lines")
def declared(book: Package) -> None:
    for name, content in book.parts.items():
        if name.endswith(".xml") and content.startswith(b"<?xml"):
            rest = content[content.index(b"?>") + 2 :].lstrip()
            book.parts[name] = (
                b"<?xml version='1.0' encoding='utf-8' standalone='no'?>\r\n<!-- converted -->\r\n" + rest
            )
