"""Look into the XML of a package before openpyxl does: sizes, places, and one reading for every program.

Where the standard leaves it to a reader which of two things counts (two main parts, a cell that stands
twice, a shared formula that is given twice), the officer's program and ours could see different workbooks.
Such files are refused; no spreadsheet program writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import normpath
from xml.parsers import expat

MAX_ROW = 20_000
MAX_COL = 512
MAX_CELLS = 300_000
MAX_ELEMENTS = 1_500_000
MAX_DEPTH = 200
_AREA_TAGS = {"mergeCell", "hyperlink", "comment"}
_ONCE = {"sheets", "definedNames", "sheetData", "mergeCells", "cellXfs", "cellStyleXfs", "numFmts"}
_PARENTS = {
    "worksheet": {
        "sheetData": "worksheet", "mergeCells": "worksheet", "row": "sheetData", "c": "row",
        "f": "c", "v": "c", "is": "c", "mergeCell": "mergeCells",
    },
    "workbook": {
        "sheets": "workbook", "definedNames": "workbook", "sheet": "sheets", "definedName": "definedNames",
    },
    "sst": {"si": "sst"},
    "styleSheet": {"cellXfs": "styleSheet", "cellStyleXfs": "styleSheet", "numFmts": "styleSheet"},
}  # fmt: skip
_SHADOWS = frozenset(
    """sheets sheet definedNames definedName workbookPr numFmts numFmt cellXfs cellStyleXfs xf protection si
    is t r rPh dataValidations dataValidation mergeCells mergeCell sheetProtection hyperlinks hyperlink
    sheetData row c f v worksheet workbook styleSheet sst""".split()  # noqa: SIM905
)
"""Names that mean something in the main namespace: a reader that does not look at namespaces would take an
element of another one, which the officer's program passes over, for the real thing."""

_DEPTHS = {
    "worksheet": 1,
    "workbook": 1,
    "sheetData": 2,
    "mergeCells": 2,
    "sheets": 2,
    "definedNames": 2,
    "row": 3,
    "c": 4,
    "sst": 1,
    "styleSheet": 1,
}
"""Where an element stands that counts: one inside an extension, say, is seen by some readers only."""
_ROOTS = frozenset({"worksheet", "workbook", "styleSheet", "sst"})
_MAIN = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
}
"""The namespace of what counts, in its two forms."""
_CELL = re.compile(r"\$?([A-Za-z]{1,8})\$?(\d{1,12})")
_DECLARED = re.compile(rb"""^<\?xml[^>]*\bencoding\s*=\s*["']([^"']+)["']""")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_TYPES, _ROOT, _BOOK = "[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"
KEPT = frozenset({_TYPES, _ROOT, _BOOK})
"""The parts that say which part is which."""


class PartProblem(Exception):
    """Why a part is refused, in Chinese: ``(problem, remedy)``."""


class Parts:
    """What has been seen in the parts of one package so far; raises PartProblem."""

    def __init__(self) -> None:
        self.elements = 0
        self.cells = 0

    def look(self, name: str, content: bytes) -> None:
        """Look through one part, if it is XML; broken XML is left to the reader."""
        text = content.removeprefix(b"\xef\xbb\xbf").lstrip()
        declared = _DECLARED.match(text)
        if content.startswith(_WIDE) or (declared and declared[1].lower() not in {b"utf-8", b"us-ascii"}):
            raise PartProblem(f"部件 {name} 不是 UTF-8 编码", "请在 Excel 或 WPS 中打开后另存。")
        if name.lower().endswith(".vml"):  # Excel's own are not always well-formed
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                raise _doctype(name)
        elif text.startswith(b"<"):
            _Look(self, name).parse(content)

    def add_cells(self, number: int) -> None:
        """Count cells, or the cells of an area; there is a limit for the whole workbook."""
        self.cells += number
        if self.cells > MAX_CELLS:
            raise PartProblem(f"单元格多于 {MAX_CELLS} 个", "请删去与评分无关的大量内容。")


class _Look:
    def __init__(self, seen: Parts, name: str) -> None:
        self.seen = seen
        self.name = name
        self.path: list[str] = []
        self.inside: set[str] = set()
        self.refs: set[str] = set()
        self.masters: set[str] = set()
        self.once: set[str] = set()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.doctype

    def parse(self, content: bytes) -> None:
        try:
            self.parser.Parse(content, True)
        except expat.ExpatError as error:
            if self.name in KEPT:
                raise PartProblem(f"部件 {self.name} 已损坏", "请重新保存后再报送。") from error

    def doctype(self, *_: object) -> None:
        raise _doctype(self.name)

    def end(self, _: str) -> None:
        self.path.pop()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        space, _, local = tag.rpartition(" ")
        if space not in _MAIN:  # an extension's f, say, is no formula of a cell
            if local in _SHADOWS and self.path and self.path[0] in _ROOTS and "ext" not in self.path:
                problem = f"部件 {self.name} 中有别的命名空间的 {local}"
                raise PartProblem(problem, "请在 Excel 或 WPS 中打开后另存。")
            local = ""
        self.seen.elements += 1
        if len(self.path) > MAX_DEPTH or self.seen.elements > MAX_ELEMENTS:
            raise PartProblem(f"部件 {self.name} 内容过多", "请使用下发的原文件。")
        if self.path:
            self.place(local, self.path[-1], _PARENTS.get(self.path[0], {}))
        self.path.append(local)
        if local == "c" and "r" in attributes:
            self.cell(attributes["r"])
        elif local == "c":
            self.seen.add_cells(1)
        elif local == "f" and attributes.get("t") == "shared":
            self.shared(attributes)
        elif local in _AREA_TAGS and "ref" in attributes:
            first, last = _corner(attributes["ref"]), _corner(attributes["ref"].rpartition(":")[2])
            self.seen.add_cells((abs(last[0] - first[0]) + 1) * (abs(last[1] - first[1]) + 1))

    def place(self, local: str, parent: str, parents: Mapping[str, str]) -> None:
        """Each element that counts stands in its own place, and once where there can be only one."""
        wanted = parents.get(local)
        if wanted is None:
            return
        if local == "c":
            self.inside.clear()
        seen = self.inside if wanted == "c" else self.once
        misplaced = parent != wanted or len(self.path) > _DEPTHS[wanted]
        if misplaced or local in seen:
            problem = "位置不对" if misplaced else "出现两次"
            raise PartProblem(f"部件 {self.name} 中 {local} {problem}", "请在 Excel 或 WPS 中打开后另存。")
        if wanted == "c" or local in _ONCE:
            seen.add(local)

    def cell(self, ref: str) -> None:
        self.seen.add_cells(1)
        row, column = _corner(ref)
        if row > MAX_ROW or column > MAX_COL:
            raise PartProblem(f"单元格 {ref[:20]} 超出允许范围", "请删去表格以外很远处的内容。")
        if ref.upper() in self.refs:
            raise PartProblem(f"部件 {self.name} 中单元格 {ref} 出现两次", "请在 Excel 或 WPS 中打开后另存。")
        self.refs.add(ref.upper())

    def shared(self, attributes: Mapping[str, str]) -> None:
        index = attributes.get("si", "")
        if ("ref" in attributes) == (index in self.masters):
            raise PartProblem(
                f"部件 {self.name} 中共享公式 {index} 有歧义", "请在 Excel 或 WPS 中打开后另存。"
            )
        self.masters.add(index)


def ambiguities(parts: Mapping[str, bytes]) -> Iterator[str]:
    """What makes it a matter of the program which parts are the workbook; ``parts`` as in KEPT."""
    main = {part for kind, part in _overrides(parts) if kind.endswith("main+xml") and ".sheet" in kind}
    if main - {"xl/workbook.xml"}:
        yield "主部件不止一个"
    if _targets(parts.get(_ROOT, b""), "", "officeDocument") not in ([], ["xl/workbook.xml"]):
        yield "主部件不是 xl/workbook.xml"
    typed = [part for kind, part in _overrides(parts) if kind.endswith(".sharedStrings+xml")]
    strings = _targets(parts.get(_BOOK, b""), "xl", "sharedStrings")
    if len(typed) > 1 or (strings or typed) != (typed or strings):
        yield "共享字符串部件不止一个"
    if _targets(parts.get(_BOOK, b""), "xl", "styles") not in ([], ["xl/styles.xml"]):
        yield "样式部件不是 xl/styles.xml"
    ids = [one.get("Id") for one in _elements(parts.get(_BOOK, b""), "Relationship")]
    if len(set(ids)) != len(ids):
        yield "部件之间的关系编号重复"


def external(content: bytes) -> bool:
    """Whether a relationships part points outside by anything but a hyperlink."""
    return any(
        one.get("TargetMode") == "External" and not one.get("Type", "").endswith("/hyperlink")
        for one in _elements(content, "Relationship")
    )


def _overrides(parts: Mapping[str, bytes]) -> list[tuple[str, str]]:
    found = _elements(parts.get(_TYPES, b""), "Override")
    return [(one.get("ContentType", ""), one.get("PartName", "").lstrip("/")) for one in found]


def _targets(content: bytes, folder: str, kind: str) -> list[str]:
    targets = [
        one.get("Target", "")
        for one in _elements(content, "Relationship")
        if one.get("Type", "").endswith("/" + kind)
    ]
    return [normpath(one if one.startswith("/") else f"{folder}/{one}").lstrip("/") for one in targets]


def _elements(content: bytes, wanted: str) -> list[Mapping[str, str]]:
    found: list[Mapping[str, str]] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if tag.rpartition(":")[2] == wanted:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        return found
    return found


def _corner(ref: str) -> tuple[int, int]:
    match = _CELL.match(ref)
    if match is None:
        return 1, 1
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def _doctype(name: str) -> PartProblem:
    return PartProblem(f"部件 {name} 含有文档类型声明", "请使用下发的原文件。")
