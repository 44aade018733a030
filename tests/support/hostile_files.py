"""Files that are no workbook of ours, or hostile: how each is made, and words of the reason that it gets."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from tests.support import returned
from tests.support.returned import ENTRY, issued

DATA = issued("yantian-2023").filled
_SHEET = returned.sheet_part(DATA, ENTRY)
_DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def edited(part: str, pattern: str, new: str) -> bytes:
    return returned.in_part(DATA, part, pattern, new)


def foreign() -> bytes:
    book = openpyxl.Workbook()
    book["Sheet"]["A1"] = "别的表"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def without(name: str) -> bytes:
    return returned.packed({part: data for part, data in returned.parts(DATA).items() if part != name})


def bomb() -> bytes:
    return returned.with_part(DATA, "xl/media/image1.png", b"0" * 40_000_000)


def big() -> bytes:
    """Beyond the limit of inflated content, at an honest ratio."""
    noise = random.Random(1).randbytes(100_000)
    pictures = {f"xl/media/{n}.png": noise + b"0" * 1_900_000 for n in range(28)}
    return returned.packed({**returned.parts(DATA), **pictures})


def many_entries() -> bytes:
    return returned.packed({**returned.parts(DATA), **{f"xl/media/{n}.png": b"x" for n in range(400)}})


def twice(name: str, second: str) -> bytes:
    buffer = io.BytesIO(DATA)
    with zipfile.ZipFile(buffer, "a") as archive:
        content = archive.read(name)
        if second == name:
            with pytest.warns(UserWarning, match="Duplicate name"):
                archive.writestr(second, content)
        else:
            archive.writestr(second, content)
    return buffer.getvalue()


def doctype(declaration: str = "") -> bytes:
    """In a sheet, after its XML declaration."""
    return edited(_SHEET, r"<worksheet", f"{declaration or _DOCTYPE}<worksheet")


def doctype_in_utf16() -> bytes:
    text = returned.parts(DATA)[_SHEET].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return returned.with_part(
        DATA, _SHEET, text.replace("<worksheet", _DOCTYPE + "<worksheet").encode("utf-16")
    )


def other_extension() -> bytes:
    """A sheet with a DOCTYPE in a part that is not called .xml."""
    content = returned.parts(doctype())
    content["xl/worksheets/x.bin"] = content.pop(_SHEET)
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        file = _SHEET.rpartition("/")[2].encode()
        content[name] = content[name].replace(b"worksheets/" + file, b"worksheets/x.bin")
    return returned.packed(content)


def far_cell(quote: str = '"', ref: str = "XFD1048576") -> bytes:
    row = f'<row r="1048576"><c r={quote}{ref}{quote}><v>1</v></c></row></sheetData>'
    return edited(_SHEET, "</sheetData>", row)


def wide(tag: str) -> bytes:
    return edited(_SHEET, f"<{tag} ", f'<{tag} ref="A1:XFD1048576"/><{tag} ')


def with_relation(data: bytes, kind: str, target: str, mode: str = "Internal") -> bytes:
    name = f"xl/worksheets/_rels/{_SHEET.rpartition('/')[2]}.rels"
    relation = f'<Relationship Id="r9" Type="{_RELATION}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    content = f'<Relationships xmlns="{_RELS}">{relation}</Relationships>'
    return returned.with_part(data, name, content.encode())


def comments() -> bytes:
    content = (
        b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>x</author>'
        b'</authors><commentList><comment ref="A1:XFD1048576" authorId="0"><text><t>x</t></text></comment>'
        b"</commentList></comments>"
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
    data = returned.in_part(
        returned.with_part(DATA, "xl/comments1.xml", content), "[Content_Types].xml", "</Types>",
        f'<Override PartName="/xl/comments1.xml" ContentType="{kind}"/></Types>',
    )  # fmt: skip
    return with_relation(data, "comments", "../comments1.xml")


def external_image() -> bytes:
    return with_relation(DATA, "image", "http://example.invalid/x.png", "External")


def second_main_part() -> bytes:
    """Excel follows the relationship, some readers the list of content types."""
    content = returned.parts(DATA)
    content["xl/other.xml"] = content["xl/workbook.xml"]
    content["_rels/.rels"] = content["_rels/.rels"].replace(b"xl/workbook.xml", b"xl/other.xml")
    return returned.packed(content)


def second_strings() -> bytes:
    content = returned.parts(DATA)
    content["xl/other.xml"] = content["xl/sharedStrings.xml"].replace("是".encode(), "否".encode())
    name = "xl/_rels/workbook.xml.rels"
    content[name] = content[name].replace(b"sharedStrings.xml", b"other.xml")
    return returned.packed(content)


def shared_formula_twice() -> bytes:
    data = edited(_SHEET, '<c r="G4"([^>]*)><f>', r'<c r="G4"\1><f t="shared" si="0" ref="G4:G5">')
    return returned.in_part(
        data, _SHEET, '<c r="G5"([^>]*)><f>', r'<c r="G5"\1><f t="shared" si="0" ref="G5">'
    )


def cell_twice() -> bytes:
    return edited(_SHEET, r'(<c r="D4"[^>]*>)<v>([^<]*)</v></c>', r"\1<v>1</v></c>\1<v>\2</v></c>")


def names_twice() -> bytes:
    """One reader takes the first list of names, another the last."""
    names = '<definedNames><definedName name="总分">1</definedName></definedNames>'
    return edited("xl/workbook.xml", "<definedNames>", names + "<definedNames>")


def in_an_alternative() -> bytes:
    """A row that only some readers see."""
    row = r'<a:AlternateContent xmlns:a="x"><a:Choice>\1</a:Choice></a:AlternateContent>'
    return edited(_SHEET, r'(<row r="4".*?</row>)', row)


def sheet_twice() -> bytes:
    return edited(
        "xl/workbook.xml", '<sheet name="标识"', f'<sheet name="{ENTRY}" sheetId="9" r:id="rId2"/>\\g<0>'
    )


def many_strings() -> bytes:
    """Random enough not to be refused for its ratio."""
    random, letters = random_of(5), "abcdefghij"
    text = "".join(f"<si><t>{random.choice(letters)}</t></si>" for _ in range(600_000))
    return edited("xl/sharedStrings.xml", "</sst>", text + "</sst>")


def random_of(seed: int) -> random.Random:
    return random.Random(seed)


def many_cells() -> bytes:
    random, letters = random_of(6), "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    rows = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{letter}{row}"><v>{random.randint(0, 9)}</v></c>' for letter in letters)
        + "</row>"
        for row in range(5000, 14000)
    )
    return edited(_SHEET, "</sheetData>", rows + "</sheetData>")


def many_shared_formulas() -> bytes:
    """Short to write, long to write out."""
    random = random_of(7)
    long = "+".join(f"A{random.randint(1, 999)}" for _ in range(200))
    rows = f'<row r="5000"><c r="A5000"><f t="shared" ref="A5000:A19999" si="9">{long}</f></c></row>'
    rows += "".join(
        f'<row r="{row}"><c r="A{row}" s="{random.randint(0, 5)}"><f t="shared" si="9"/></c></row>'
        for row in range(5001, 19999)
    )
    return edited(_SHEET, "</sheetData>", rows + "</sheetData>")


def deep_nesting() -> bytes:
    deep = "".join(f"<a{n % 7}>" for n in range(40_000)) + "".join(
        f"</a{n % 7}>" for n in reversed(range(40_000))
    )
    return edited(_SHEET, "</sheetData>", f"</sheetData><oddHeader>{deep}</oddHeader><cells/></sheetDatas>")


def two_sheets_one_part() -> bytes:
    return edited(BOOK_PART, '(<sheet name="标识"[^>]*r:id=")[^"]*', r"\g<1>rId1")


def macro_sheet() -> bytes:
    return edited("xl/_rels/workbook.xml.rels", '/worksheet(" Target="worksheets/sheet2)', r"/xlMacrosheet\1")


BOOK_PART = "xl/workbook.xml"

CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "不是 .xlsx"),
    "text": (lambda: "部门,得分\n教育局,95\n".encode("gbk"), "不是 .xlsx"),
    "html called xlsx": (lambda: b"<html><table></table></html>", "不是 .xlsx"),
    "zip header only": (lambda: b"PK\x03\x04", "已损坏"),
    "truncated": (lambda: DATA[: len(DATA) // 2], "已损坏"),
    "garbled": (lambda: DATA[:3000] + b"\x00" * 500 + DATA[3500:], "已损坏|无法读取"),
    "old xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4096, "加密|旧版"),
    "foreign": (foreign, "模板标识"),
    "no workbook part": (lambda: without("xl/workbook.xml"), "不是 .xlsx"),
    "no content types": (lambda: without("[Content_Types].xml"), "不是 .xlsx"),
    "no relationships": (lambda: without("xl/_rels/workbook.xml.rels"), "无法读取"),
    "other zip": (lambda: returned.packed({"a.txt": b"x"}), "不是 .xlsx"),
    "bomb": (bomb, "过大"),
    "big": (big, "过大"),
    "too long a file": (lambda: DATA + b"\x00" * 10_000_000, "10 MB"),
    "many entries": (many_entries, "部件"),
    "doctype": (doctype, "文档类型声明"),
    "external doctype": (lambda: doctype('<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "文档类型声明"),
    "doctype in utf-16": (doctype_in_utf16, "编码"),
    "doctype elsewhere": (other_extension, "文档类型声明"),
    "huge merge": (lambda: wide("mergeCell"), "单元格多于"),
    "far cell in small letters": (lambda: far_cell(ref="xfd1048576"), "位置不对"),
    "same entry twice": (lambda: twice(_SHEET, _SHEET), "重名"),
    "same entry in capitals": (lambda: twice(_SHEET, _SHEET.upper()), "重名"),
    "path outside": (lambda: returned.with_part(DATA, "../x.xml", b"<x/>"), "越界"),
    "absolute path": (lambda: returned.with_part(DATA, "/x.xml", b"<x/>"), "越界"),
    "macro": (lambda: returned.with_part(DATA, "xl/vbaProject.bin", b"x"), "宏"),
    "external link": (lambda: returned.with_part(DATA, "xl/externalLinks/a.xml", b"<x/>"), "外部链接"),
    "embedded object": (lambda: returned.with_part(DATA, "xl/embeddings/a.bin", b"x"), "嵌入对象"),
    "external image": (external_image, "外部内容"),
    "zip after a zip": (lambda: returned.packed({"a": b"x"}) + DATA, "别的内容"),
    "second main part": (second_main_part, "不认识"),
    "second strings": (second_strings, "歧义|不认识"),
    "shared formula twice": (shared_formula_twice, "共享公式"),
    "row in an alternative": (in_an_alternative, "不认识的内容 AlternateContent"),
    "value twice": (lambda: edited(_SHEET, r'(<c r="D4"[^>]*>)<v>', r"\1<v>1</v><v>"), "出现两次"),
    "sheet twice": (sheet_twice, "无法读取"),
    "names twice": (names_twice, "不认识的内容 definedNames"),
    "cell twice": (cell_twice, "出现两次"),
    "broken relationships": (lambda: edited("_rels/.rels", "</Rel", "</Rex"), "已损坏"),
    "broken xml": (lambda: edited(_SHEET, "</sheetData>", "</sheet>"), "无法读取"),
    "six hundred thousand strings": (many_strings, "内容过多"),
    "two hundred thousand cells": (many_cells, "单元格多于|内容过多"),
    "deep nesting": (deep_nesting, "无法读取"),
    "two sheets in one part": (two_sheets_one_part, "无法读取"),
    "macro sheet": (macro_sheet, "宏"),
    "cell in another row": (lambda: edited(_SHEET, '<c r="D5"', '<c r="D77"'), "位置不对"),
    "row number": (lambda: edited(_SHEET, '<row r="5"', '<row r="５"'), "无法读取|不合规范"),
    "style that is none": (lambda: edited(_SHEET, r'(<c r="D4" s=")\d+', r"\g<1>99999"), "无法读取"),
    "unknown kind of cell": (lambda: edited(_SHEET, r'(<c r="D4"[^>]*)>', r'\1 t="x">'), "无法读取"),
    "string index": (lambda: edited(_SHEET, r'(<c r="B4"[^>]*><v>)\d+', r"\g<1>99999"), "无法读取"),
    "not a number": (lambda: edited(_SHEET, r'(<c r="D4"[^>]*><v>)[^<]*', r"\g<1>abc"), "无法读取"),
}  # fmt: skip


FAILS: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "far cell": (far_cell, "CELL_ADDED", "XFD1048576"),
    "far cell in single quotes": (lambda: far_cell("'"), "CELL_ADDED", "XFD1048576"),
    "far cell behind a reference": (lambda: far_cell(ref="&#88;FD1048576"), "CELL_ADDED", "XFD1048576"),
    "shared formulas without end": (many_shared_formulas, "CELL_ADDED", "A5000"),
}
"""Read without harm, and seen."""
