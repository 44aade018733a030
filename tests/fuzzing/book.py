"""A workbook that is being changed: its parts as bytes or trees, packed again in the end."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from random import Random

from lxml import etree

from tests.support.zips import zipped
from workbook.xlsx_reader.grammar import MAIN_SPACES, Grammar
from workbook.xlsx_reader.grammar_book import BOOK, STRINGS, STYLES
from workbook.xlsx_reader.grammar_sheet import SHEET

Element = etree._Element

RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_GRAMMARS: dict[str, Grammar] = {"worksheet": SHEET, "workbook": BOOK, "styleSheet": STYLES, "sst": STRINGS}
_PARSER = etree.XMLParser(resolve_entities=False, huge_tree=True)


def local(element: Element) -> str:
    """An element's name without its namespace; "" for a comment or an instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class Book:
    """The parts of a workbook by name, each parsed when it is first asked for."""

    def __init__(self, data: bytes, random: Random) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.random = random
        self.trees: dict[str, Element] = {}
        self.done: list[str] = []

    def tree(self, name: str) -> Element:
        """The root element of a part."""
        if name not in self.trees:
            self.trees[name] = etree.fromstring(self.parts[name], _PARSER)
        return self.trees[name]

    def text(self, name: str) -> bytes:
        """A part as bytes, with what has been changed in its tree."""
        if name in self.trees:
            self.parts[name] = etree.tostring(
                self.trees.pop(name), xml_declaration=True, encoding="UTF-8", standalone=True
            )
        return self.parts[name]

    def pack(self) -> bytes:
        """The workbook's bytes."""
        return zipped({name: self.text(name) for name in list(self.parts)}, level=1)

    def kind(self, name: str) -> Grammar | None:
        """The grammar of a part, if it has one."""
        return _GRAMMARS.get(local(self.tree(name)))

    def named(self, *roots: str) -> list[str]:
        """The parts with these root elements."""
        return [name for name in self.parts if name.endswith(".xml") and local(self.tree(name)) in roots]

    def sheets(self) -> list[str]:
        """The parts of worksheets."""
        return [name for name in self.parts if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]

    def book(self) -> Element:
        """The workbook part."""
        return self.tree("xl/workbook.xml")

    def count(self, part: str, tag: str) -> int:
        """How many elements of that name the part has whose name ends in ``part``."""
        name = next((one for one in self.parts if one.endswith(part)), None)
        return 0 if name is None else sum(1 for one in self.tree(name).iter() if local(one) == tag)

    def relations(self, source: str) -> Element:
        """The relationships of a part, made when there are none."""
        folder, _, name = source.rpartition("/")
        part = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        if part not in self.parts:
            self.parts[part] = b'<Relationships xmlns="%s"/>' % RELATIONS[1:-1].encode()
        return self.tree(part)

    def relate(self, source: str, address: str, target: str) -> str:
        """A new relationship of a part; its id."""
        root = self.relations(source)
        identifier = f"fz{len(root)}x{self.random.randrange(1000)}"
        etree.SubElement(root, RELATIONS + "Relationship", Id=identifier, Type=address, Target=target)
        return identifier

    def declare(self, name: str, content_type: str) -> None:
        """A content type of a part."""
        etree.SubElement(
            self.tree("[Content_Types].xml"),
            TYPES + "Override",
            PartName="/" + name,
            ContentType=content_type,
        )

    def note(self, what: str) -> None:
        """Remember a change, for the report."""
        self.done.append(what)


def elements(root: Element, *tags: str) -> list[Element]:
    """The elements of these names, or all, in the order of the document."""
    return [one for one in root.iter() if isinstance(one.tag, str) and (not tags or local(one) in tags)]


def within(root: Element, *path: str) -> Iterator[Element]:
    """The elements at a path of local names below the root."""
    if not path:
        yield root
        return
    for child in root:
        if local(child) == path[0]:
            yield from within(child, *path[1:])


def main_space(element: Element) -> str:
    """The namespace of an element, in braces."""
    space = str(element.tag).rpartition("}")[0] + "}"
    return space if space[1:-1] in MAIN_SPACES else "{" + MAIN_SPACES[0] + "}"
