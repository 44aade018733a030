"""What holds the parts together: the zip, the content types, the relationships."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator

from tests.support.package.archive import RELATION, TYPES_PART, Package, R

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_GENERAL = "application/xml"
# what an element that carries a relationship's id leads to
_KINDS = {
    "sheet": "worksheet",
    "drawing": "drawing",
    "legacyDrawing": "vmlDrawing",
    "chart": "chart",
    "tablePart": "table",
    "hyperlink": "hyperlink",
    "blip": "image",
}


def well_formed(package: Package) -> Iterator[str]:
    """Every XML part parses."""
    for part, error in package.malformed.items():
        yield f"{part}: not well-formed XML: {error}"


def entries_once(package: Package) -> Iterator[str]:
    """No part twice; part names do not differ by case alone."""
    for name, count in Counter(one.lower() for one in package.entries).items():
        if count > 1:
            yield f"{name}: {count} entries of this name in the zip"


def content_types(package: Package) -> Iterator[str]:
    """Every part has a content type of its own kind, and no type is of a part that is not there."""
    root = package.tree(TYPES_PART)
    defaults = {one.get("Extension", "").lower(): one for one in root.iter(f"{_TYPES}Default")}
    overrides = Counter(one.get("PartName", "") for one in root.iter(f"{_TYPES}Override"))
    for name, count in overrides.items():
        if count > 1:
            yield f"{TYPES_PART} {name}: {count} overrides"
        if name.removeprefix("/") not in package.content:
            yield f"{TYPES_PART} {name}: an override of a part that is not there"
    for part in set(package.content) - {TYPES_PART}:
        default = defaults.get(part.rpartition(".")[2].lower())
        if f"/{part}" in overrides:
            continue
        # plain "XML" says nothing: Excel does not take such a part for a sheet or for styles
        if default is None or default.get("ContentType") == _GENERAL:
            yield f"{TYPES_PART} {part}: no content type"


def relationships(package: Package) -> Iterator[str]:
    """Each relationship has an id of its own and a target that is there."""
    for part in [one for one in package.content if one.endswith(".rels")]:
        folder, name = posixpath.split(part)
        source = posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))
        if source and source not in package.content:
            yield f"{part}: the relationships of a part that is not there"
        for one, count in Counter(
            one.get("Id", "") for one in package.tree(part).iter(f"{RELATION}Relationship")
        ).items():
            if count > 1:
                yield f"{part} {one}: {count} relationships of this id"
        for relation in package.relations(source):
            if relation.part is not None and relation.part not in package.content:
                yield f"{part} {relation.id}: its target {relation.part} is not there"


def relationship_ids(package: Package) -> Iterator[str]:
    """Each id used in a part is an id of its relationships, of the kind that the element needs."""
    for part, root in package.trees().items():
        kinds = {one.id: one.kind for one in package.relations(part)}
        for element in root.iter():
            tag = element.tag.rpartition("}")[2]
            for used in (value for name, value in element.items() if name.startswith(R)):
                if used not in kinds:
                    yield f"{part} {used}: <{tag}> uses a relationship that is not there"
                elif kinds[used] != _KINDS.get(tag, kinds[used]):
                    yield f"{part} {used}: <{tag}> leads to a {kinds[used]}"
