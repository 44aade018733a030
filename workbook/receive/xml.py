"""XML of received packages: one strict reading, so that no program can see another workbook in it.

Only UTF-8, no document type, bounded size; everything that counts stands in the main namespace and in its
own place. What the standard leaves to a reader's choice is refused: no spreadsheet program writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, XMLParser

MAX_MARKUP = 2_000_000
"""Tags in one part, opening and closing."""

RESAVE = "请在 Excel 或 WPS 中打开后另存。"
ORIGINAL = "请使用下发的原文件。"
_SPACES = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}",
)
"""The main namespace, in its two forms."""

_DECLARED = re.compile(rb"""^<\?xml[^>]*\bencoding\s*=\s*["']([^"']+)["']""")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_COUNTED = frozenset(
    """sheets definedNames workbookPr calcPr numFmts cellXfs cellStyleXfs si dataValidations mergeCells
    sheetProtection hyperlinks sheetData cols row""".split()  # noqa: SIM905
)
"""What counts below a root: an element of another namespace that is called so, or one of these inside an
alternative that only some programs choose, is refused."""


class PartProblem(Exception):
    """Why a part is refused, in Chinese: ``(problem, remedy)``."""


def is_xml(content: bytes) -> bool:
    """Whether a part is XML by its first character."""
    return content[:16].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") or content.startswith(_WIDE)


def check_text(name: str, content: bytes) -> None:
    """Refuse other encodings and document types, before any parser; raises PartProblem."""
    declared = _DECLARED.match(content.removeprefix(b"\xef\xbb\xbf").lstrip())
    if content.startswith(_WIDE) or (declared and declared[1].lower() not in {b"utf-8", b"us-ascii"}):
        raise PartProblem(f"部件 {name} 不是 UTF-8 编码", RESAVE)
    if b"<!" in content and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
        raise PartProblem(f"部件 {name} 含有文档类型声明", ORIGINAL)
    if len(content) > MAX_MARKUP and content.count(b"<") > MAX_MARKUP:
        raise PartProblem(f"部件 {name} 内容过多", ORIGINAL)


def parse(name: str, content: bytes) -> Element:
    """The root element of a part that ``check_text`` has let through; raises PartProblem."""
    parser = XMLParser()
    try:
        parser.feed(content)
        root: Element = parser.close()
    except (ParseError, ValueError) as error:
        raise PartProblem(f"工作簿内容无法读取：部件 {name} 已损坏", "请重新保存后再报送。") from error
    return root


class Reading:
    """One part of the main namespace, with the words for what is wrong in it."""

    def __init__(self, name: str, root: Element, tag: str) -> None:
        self.name = name
        self.root = root
        self.space = next((space for space in _SPACES if root.tag == space + tag), "")
        if not self.space:
            raise PartProblem(f"工作簿内容无法读取：部件 {name} 不是 {tag}", RESAVE)
        for child in root:
            if not child.tag.startswith(self.space):
                self._foreign(child)

    def only(self, tag: str) -> Element | None:
        """The root's child of that name, which may stand once; None where there is none."""
        found = self.root.findall(self.space + tag)
        if len(found) > 1:
            raise PartProblem(f"部件 {self.name} 中 {tag} 出现两次", RESAVE)
        return found[0] if found else None

    def children(self, parent: Element | None, tag: str) -> Iterator[Element]:
        """The children of that name; nothing else may stand there but an extension."""
        if parent is None:
            return
        wanted, extension = self.space + tag, self.space + "extLst"
        for child in parent:
            if child.tag == wanted:
                yield child
            elif child.tag != extension:
                raise self.misplaced(child, parent)

    def misplaced(self, child: Element, parent: Element) -> PartProblem:
        """For an element that has no business below ``parent``."""
        local, inside = (str(one.tag).rpartition("}")[2] for one in (child, parent))
        return PartProblem(f"部件 {self.name} 中 {inside} 内的 {local} 位置不对", RESAVE)

    def text(self, parent: Element) -> str:
        """The text of a string item: its own and its runs', without readings in small print."""
        space = self.space
        parts = []
        for child in parent:
            if child.tag == space + "t":
                parts.append(child.text or "")
            elif child.tag == space + "r":
                parts += [one.text or "" for one in child if one.tag == space + "t"]
                self._no_foreign(child)
            elif child.tag not in {space + "rPh", space + "phoneticPr"}:
                raise self.misplaced(child, parent)
        return "".join(parts)

    def _no_foreign(self, parent: Element) -> None:
        for child in parent:
            if not child.tag.startswith(self.space):
                raise self.misplaced(child, parent)

    def _foreign(self, child: Element) -> None:
        """Extensions are passed over, as the officer's program does, but must not look like what counts."""
        for one in child.iter():
            space, _, local = str(one.tag).rpartition("}")
            if local in _COUNTED and (one is child or space + "}" == self.space):
                raise PartProblem(f"部件 {self.name} 中 {local} 位置不对（别的命名空间）", RESAVE)
