"""The parts of an .xlsx file, parsed once for all checks."""

from __future__ import annotations

import io
import posixpath
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TYPES_PART = "[Content_Types].xml"
WORKBOOK = "xl/workbook.xml"
_XML = (".xml", ".rels", ".vml")


@dataclass(frozen=True)
class Relation:
    """One relationship of a part; ``part`` is None for a target outside the file."""

    id: str
    kind: str
    part: str | None


@dataclass(frozen=True)
class Sheet:
    """A worksheet as the workbook lists it."""

    index: int
    title: str
    part: str
    root: ET.Element

    def all(self, tag: str) -> Iterator[ET.Element]:
        """Every element of the main namespace with this tag, in the file's order."""
        return self.root.iter(MAIN + tag)


class Package:
    """The zip's entries, the XML trees and what relates them; damaged parts read as empty ones."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.entries = [name for name in archive.namelist() if not name.endswith("/")]
            self.content = {name: archive.read(name) for name in self.entries}
        self.malformed: dict[str, str] = {}
        self._trees = {name: self._parse(name) for name in self.content if name.lower().endswith(_XML)}

    def _parse(self, name: str) -> ET.Element:
        try:
            return ET.fromstring(self.content[name])
        except ET.ParseError as error:
            self.malformed[name] = str(error)
            return ET.Element("malformed")

    def tree(self, part: str) -> ET.Element:
        """The root element of a part; an empty element when the part is missing or malformed."""
        return self._trees.get(part, ET.Element("missing"))

    def trees(self, folder: str = "") -> dict[str, ET.Element]:
        """The parts below a folder that are content, not relationships."""
        return {
            name: root
            for name, root in self._trees.items()
            if name.startswith(folder) and not name.endswith(".rels") and name != TYPES_PART
        }

    def relations(self, part: str) -> list[Relation]:
        """The relationships of a part; of the whole package for the empty name."""
        folder, name = posixpath.split(part)
        rels = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        return [self._relation(one, folder) for one in rels.iter(f"{RELATION}Relationship")]

    @staticmethod
    def _relation(element: ET.Element, folder: str) -> Relation:
        target = unquote(element.get("Target", ""))
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        outside = element.get("TargetMode") == "External"
        return Relation(
            element.get("Id", ""),
            element.get("Type", "").rpartition("/")[2],
            None if outside else posixpath.normpath(path),
        )

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The worksheets in the workbook's order; those without a part are left out."""
        parts = {one.id: one.part for one in self.relations(WORKBOOK)}
        listed = self.tree(WORKBOOK).iter(f"{MAIN}sheet")
        found = ((i, one.get("name", ""), parts.get(one.get(f"{R}id", ""))) for i, one in enumerate(listed))
        return [Sheet(i, title, part, self.tree(part)) for i, title, part in found if part in self.content]

    @cached_property
    def sheet_titles(self) -> list[str]:
        """The sheets' names as the workbook lists them, with or without a part."""
        return [one.get("name", "") for one in self.tree(WORKBOOK).iter(f"{MAIN}sheet")]

    @cached_property
    def defined_names(self) -> list[ET.Element]:
        """The elements of the defined names."""
        return list(self.tree(WORKBOOK).iter(f"{MAIN}definedName"))

    @cached_property
    def strings(self) -> list[str]:
        """The shared strings."""
        return [text_of(one) for one in self.tree("xl/sharedStrings.xml").iter(f"{MAIN}si")]

    def size(self, collection: str) -> int:
        """How many entries a collection of the styles has, such as ``cellXfs``."""
        found = self.tree("xl/styles.xml").find(MAIN + collection)
        return 0 if found is None else len(found)


def text_of(element: ET.Element) -> str:
    """The text of a string item, plain or in runs."""
    return "".join(one.text or "" for one in element.iter(f"{MAIN}t"))


def units(text: str) -> int:
    """The length as Excel counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
