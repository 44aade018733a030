"""A received package as a graph of parts, known by the relationships that lead to them: a closed world."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from posixpath import dirname, normpath
from typing import NamedTuple, TypeAlias
from xml.etree.ElementTree import Element

from workbook.findings import Finding, found
from workbook.xlsx_reader import known_parts as known
from workbook.xlsx_reader.gate import Zip, part_key
from workbook.xlsx_reader.known_parts import Use
from workbook.xlsx_reader.links import is_plain, starts_program
from workbook.xlsx_reader.shelf import Shelf, digest
from workbook.xlsx_reader.xml import Forbidden, PartProblem, parse

TYPES, ROOT = "[content_types].xml", ""
"""Keys of the list of content types and of the package itself, whose relationships lead to the workbook."""

_TYPES_SPACE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS_SPACE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OPENED = frozenset(
    """officeDocument worksheet chartsheet styles sharedStrings theme drawing chart vmlDrawing comments table
    custom-properties""".split()  # noqa: SIM905
)
_JOINED = re.compile(r"/?(?:\.\./)*(?:(?!\.{1,2}/)[^/#]+/)*[^/#]+")
"""Targets that every program joins to the same name: from the root, or up some folders and down again."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship: its word in ``known_parts``, the key of the part that it leads to (None: outside).

    ``path`` is the part's name as the relationship spells it, "" where it takes more than joining folders.
    """

    kind: str
    use: Use
    target: str | None
    address: str
    path: str = ""


Relations: TypeAlias = dict[str, Relation]
"""The relationships of a part by their ids."""


class ContentTypes(NamedTuple):
    """Content types, in small letters, by part and by a name's ending."""

    parts: dict[str, str]
    endings: dict[str, str]


@dataclass(slots=True)
class Package:
    """Parts by key, their relationships by id, their content types in small letters."""

    zip: Zip
    types: dict[str, str]
    relations: dict[str, Relations] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    listed: dict[str, bytes] = field(default_factory=dict)
    """Stand-ins for the bytes that list a part's relationships."""

    def name(self, key: str) -> str:
        """A part's name as the file writes it."""
        return self.zip.names.get(key, key)

    def only(self, source: str, kind: str) -> str | None:
        """The part of a kind to which ``source`` leads, if any; there is never more than one."""
        return next((one.target for one in self.relations.get(source, {}).values() if one.kind == kind), None)

    def related(self, source: str, identifier: str, *kinds: str) -> str:
        """The part to which a relationship of ``source`` leads. Raises PartProblem for another kind."""
        relation = self.relations.get(source, {}).get(identifier)
        if relation is None or relation.target is None or relation.kind not in kinds:
            raise PartProblem("RELATION_MISSING", part=self.name(source), id=identifier[:20])
        return relation.target


def open_package(data: bytes, types: Shelf[ContentTypes], relations: Shelf[Relations]) -> Package:
    """The package in ``data``, its lists taken from the shelves where they are known.

    Raises Refused or PartProblem for one that is not wholly known.
    """
    package = Zip(data)
    if TYPES not in package.names:
        raise PartProblem("NOT_WORKBOOK")
    result = Package(package, _types(package, types))
    for key in package.names:
        if key.endswith(".rels") and "_rels/" in key:
            content = package.read_xml(key)
            at = digest(result.name(key).encode(), key.encode(), content)
            listed = relations.get(at)
            if listed is None:
                listed = relations.keep(at, _relations(result.name(key), key, content))
            result.relations[_source(key)], result.listed[_source(key)] = listed, at
    _walk(result)
    _unreached(result)
    return result


def _types(package: Zip, known: Shelf[ContentTypes]) -> dict[str, str]:
    """The content type of each part, in small letters, "" where none is given."""
    content = package.read_xml(TYPES)
    at = digest(content)
    listed = known.get(at)
    if listed is None:
        listed = known.keep(at, _listed_types(content))
    parts, endings = listed
    return {key: parts.get(key, endings.get(key.rpartition(".")[2], "")) for key in package.names}


def _listed_types(content: bytes) -> ContentTypes:
    listed = ContentTypes({}, {})
    name = "[Content_Types].xml"
    root = parse(name, content)
    if root.tag != _TYPES_SPACE + "Types":
        raise PartProblem("TYPES_UNREADABLE", part=name)
    for one in root:
        content_type = one.get("ContentType", "").partition(";")[0].strip().lower()
        if one.tag == _TYPES_SPACE + "Default":
            _once(listed.endings, one.get("Extension", "").lower(), content_type)
        elif one.tag == _TYPES_SPACE + "Override":
            _once(listed.parts, part_key(one.get("PartName", "")), content_type)
        else:
            raise PartProblem("PART_STRANGE", part=name)
    return listed


def _once(table: dict[str, str], key: str, value: str) -> None:
    if table.setdefault(key, value) != value:
        raise PartProblem("PART_TWO_TYPES", part=key[:60])


def _source(key: str) -> str:
    """The part whose relationships a part holds: ``xl/workbook.xml`` for ``xl/_rels/workbook.xml.rels``."""
    folder, _, name = key.rpartition("_rels/")
    return folder + name.removesuffix(".rels")


def _relations(name: str, key: str, content: bytes) -> Relations:
    """The relationships that the part ``name`` lists, by id; each is of a known type. Raises PartProblem."""
    root = parse(name, content)
    if root.tag != _RELATIONS_SPACE + "Relationships":
        raise PartProblem("PART_KIND", part=name, kind="关系表")
    result: Relations = {}
    for one in root:
        if one.tag != _RELATIONS_SPACE + "Relationship" or len(one):
            raise PartProblem("PART_STRANGE", part=name)
        identifier = one.get("Id", "")
        if identifier in result:
            raise PartProblem("RELATION_ID_TWICE", part=name)
        result[identifier] = _relation(name, _source(key), one)
    for kind in known.SINGLE:
        if sum(one.kind == kind for one in result.values()) > 1:
            raise PartProblem("RELATION_TWICE", part=name, kind=kind)
    return result


def _relation(name: str, source: str, one: Element) -> Relation:
    uri, target = one.get("Type", ""), one.get("Target", "")
    kind, use = known.RELATIONS.get(uri, ("", Use.ACTIVE))
    mode = one.get("TargetMode", "Internal")
    if mode not in {"Internal", "External"}:
        raise PartProblem("RELATION_MODE", part=name, mode=mode[:20])
    if not kind and uri.startswith(known.WPS) and mode == "Internal":
        kind, use = "wps", Use.LEFT
    if not kind and _is_external_link(uri):
        kind = "externalLinkPath"
    if use is Use.ACTIVE:
        raise Forbidden(active(kind or uri, name, known_kind=bool(kind)))
    if kind == "hyperlink" and starts_program(target):
        raise Forbidden(active(target, name, known_kind=False))
    if mode == "External":
        if kind != "hyperlink":
            raise Forbidden(found("EXTERNAL_CONTENT", part=name, target=target[:80]))
        if not is_plain(target):
            raise Forbidden(active(target, name, known_kind=False))
        return Relation(kind, use, None, target)
    inside = target.partition("#")[0]
    if kind == "hyperlink" and not inside:
        return Relation(kind, use, None, target)
    whole = inside if inside.startswith("/") else f"{dirname(source)}/{inside}"
    path = normpath("/" + whole.lstrip("/"))
    return Relation(kind, use, part_key(path), target, path[1:] if _JOINED.fullmatch(target) else "")


def _is_external_link(uri: str) -> bool:
    return uri.startswith("http://schemas.microsoft.com/office/") and "externallink" in uri.lower()


def _walk(package: Package) -> None:
    """The kind of each part that relationships lead to; raises for one of two kinds, or of a wrong type."""
    pending = [ROOT]
    seen = {ROOT}
    while pending:
        source = pending.pop()
        for one in package.relations.get(source, {}).values():
            if one.target is None or (one.kind == "hyperlink" and one.target not in package.zip.names):
                continue
            if one.target not in package.zip.names:
                if one.kind == "officeDocument":
                    raise PartProblem("NOT_WORKBOOK")
                if one.kind in _OPENED:
                    raise PartProblem("PART_MISSING", part=one.target[:80])
                continue
            if one.kind in _OPENED and one.path != package.name(one.target).replace("\\", "/"):
                # the standard takes other cases and needless dots for the same name; some programs do not,
                # and show the workbook without the part
                raise PartProblem("PART_SPELLING", part=package.name(one.target))
            if package.kinds.setdefault(one.target, one.kind) != one.kind:
                raise PartProblem("PART_TWO_USES", part=package.name(one.target))
            allowed = known.CONTENT_TYPES.get(one.kind)
            actual = package.types[one.target]
            if allowed is not None and actual not in allowed:
                raise Forbidden(_odd_type(package.name(one.target), actual))
            if one.target not in seen:
                seen.add(one.target)
                pending.append(one.target)
    if [one.kind for one in package.relations.get(ROOT, {}).values()].count("officeDocument") != 1:
        raise PartProblem("NOT_WORKBOOK")


def _odd_type(name: str, content_type: str) -> Finding:
    if any(word in content_type for word in known.ACTIVE_WORDS):
        return active(content_type, name, known_kind=False)
    return found("PART_UNKNOWN", part=name, what=content_type[:80] or "无内容类型")


def _unreached(package: Package) -> None:
    """Check that each part without a link is of a type, or at a place, where programs leave such parts.

    Raises PartProblem or Forbidden for another.
    """
    counts: dict[str, int] = {}
    kinds = {content_type: kind for kind in known.SINGLE for content_type in known.CONTENT_TYPES[kind]}
    for key, content_type in package.types.items():
        name = package.name(key)
        if content_type in kinds:
            kind = kinds[content_type]
            counts[kind] = counts.get(kind, 0) + 1
            if counts[kind] > 1:
                raise PartProblem("PART_TWICE", kind=kind)
        if any(word in content_type for word in known.ACTIVE_WORDS):
            raise Forbidden(active(content_type, name, known_kind=False))
        if key in package.kinds or key == TYPES or (key.endswith(".rels") and "_rels/" in key):
            continue
        if key.startswith(known.PLACES) or key.rpartition("/")[2] in known.STRAY_FILES:
            continue
        if content_type.startswith(known.PASSIVE_TYPES) and not any(
            word in key for word in known.ACTIVE_WORDS
        ):
            continue
        if any(word in key for word in known.ACTIVE_WORDS):
            raise Forbidden(active(key, name, known_kind=False))
        if any(
            content_type in types
            for types in known.CONTENT_TYPES.values()
            if content_type != "application/xml"
        ):
            raise PartProblem("PART_UNREACHED", part=name)
        raise Forbidden(found("PART_UNKNOWN", part=name, what=content_type[:80] or "无内容类型"))


_WORDS = {
    "vba": "宏", "macro": "宏", "oleobject": "嵌入对象", "embeddings": "嵌入对象", "package": "嵌入文件",
    "activex": "ActiveX 控件", "control": "ActiveX 控件", "externallink": "外部链接",
    "ddelink": "动态数据交换链接", "connection": "数据连接", "querytable": "数据查询",
    "customui": "自定义功能区",
    "usercustomization": "自定义功能区", "extensibility": "自定义功能区", "webextension": "网页加载项",
    "taskpanes": "网页加载项", "attachedtoolbars": "自定义工具栏", "dialogsheet": "对话框表",
    "attachedtemplate": "外部模板", "volatiledependencies": "实时数据", "webimage": "网络图片",
    "audio": "音频", "video": "视频", "media": "音视频", "afchunk": "嵌入文件", "model+data": "数据模型",
    "powerpivotdata": "数据模型",
}  # fmt: skip


def active(what: str, place: str, *, known_kind: bool) -> Finding:
    """The finding for content that runs, fetches or embeds something, or that nobody knows."""
    low = what.lower()
    word = next((word for key, word in _WORDS.items() if key in low), None)
    if word == "外部链接":
        return found("EXTERNAL_LINK", part=place)
    if word is None and not known_kind:
        return found("PART_UNKNOWN", part=place, what=what[-80:])
    return found("ACTIVE_CONTENT", part=place, what=word or what[-60:])
