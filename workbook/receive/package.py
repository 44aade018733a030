"""A received package: which part is which. Ambiguous ones are refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import normpath
from xml.etree.ElementTree import Element

from workbook.receive.xml import RESAVE, PartProblem, parse

TYPES, ROOT, BOOK = "[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"
MAIN = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship: the last word of its type, the part that it leads to (None: outside)."""

    kind: str
    target: str | None


def relations(name: str, content: bytes) -> dict[str, Relation]:
    """The relationships of a part, by their ids; ``name`` is the part of the relationships."""
    found: dict[str, Relation] = {}
    folder = normpath(name.rpartition("_rels/")[0] or ".")
    for one in _named(parse(name, content), "Relationship"):
        identifier, target = one.get("Id", ""), one.get("Target", "")
        if identifier in found:
            raise PartProblem(f"文件结构有歧义（部件 {name} 中关系编号重复）", RESAVE)
        whole = target if target.startswith("/") else f"{folder}/{target}"
        inside = one.get("TargetMode") != "External"
        kind = one.get("Type", "").rpartition("/")[2]
        found[identifier] = Relation(kind, normpath(whole).lstrip("/") if inside else None)
    return found


def check_relations(name: str, content: bytes) -> None:
    """Nothing outside may be read by opening the file; plain links are only followed by a click."""
    for one in relations(name, content).values():
        if one.target is None and one.kind != "hyperlink":
            raise PartProblem(f"部件 {name} 引用了外部内容", "请删去链接的图片等外部内容。")


def book_relations(parts: Mapping[str, bytes]) -> dict[str, Relation]:
    """The workbook's relationships; refuses a package in which programs could open another workbook."""
    for name in (TYPES, ROOT, BOOK):
        if name not in parts:
            raise PartProblem(f"工作簿内容无法读取：缺少部件 {name}", RESAVE)
    found = relations(BOOK, parts[BOOK])
    for problem in _ambiguities(parts, found):
        raise PartProblem(f"文件结构有歧义（{problem}）", RESAVE)
    return found


def only(found: Mapping[str, Relation], kind: str) -> str | None:
    """The one part of a kind that the relationships lead to, if any."""
    return next((one.target for one in found.values() if one.kind == kind), None)


def _ambiguities(parts: Mapping[str, bytes], found: Mapping[str, Relation]) -> Iterator[str]:
    types = [
        (one.get("ContentType", ""), one.get("PartName", "").lstrip("/"))
        for one in _named(parse(TYPES, parts[TYPES]), "Override")
    ]
    if {part for kind, part in types if kind.endswith("main+xml") and ".sheet" in kind} - {MAIN}:
        yield "主部件不止一个"
    root = relations(ROOT, parts[ROOT])
    if [one.target for one in root.values() if one.kind == "officeDocument"] != [MAIN]:
        yield f"主部件不是 {MAIN}"
    strings = [one.target for one in found.values() if one.kind == "sharedStrings"]
    typed = [part for kind, part in types if kind.endswith(".sharedStrings+xml")]
    if len(typed) > 1 or (strings or typed) != (typed or strings):
        yield "共享字符串部件不止一个"
    if len([one for one in found.values() if one.kind == "styles"]) > 1:
        yield "样式部件不止一个"


def _named(root: Element, tag: str) -> Iterator[Element]:
    return (one for one in root if str(one.tag).rpartition("}")[2] == tag)
