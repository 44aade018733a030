"""Drawn things that may reach beyond the frame by which they are anchored."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

_EFFECTS = frozenset(
    {"outerShdw", "innerShdw", "prstShdw", "glow", "reflection", "scene3d", "sp3d", "effectDag", "blur"}
)
_THICK = 127_000
"""A line of ten points, in English metric units: half of it lies outside."""

_FARTHEST = 100_000
"""Farthest setting of a handle of a shape, in thousandths of a per cent; beyond, it lies outside."""

_NUMBER = re.compile(r"-?[0-9]+")


def reaches_out(element: Element) -> bool:
    """Whether a drawn thing, or something in it, may be seen beyond its frame."""
    return any(_reaches_out(one, str(one.tag).rpartition("}")[2]) for one in element.iter())


def _reaches_out(one: Element, local: str) -> bool:
    match local:
        case "bodyPr":
            return one.get("wrap") == "none"
        case "xfrm":
            return one.get("rot", "0").strip() not in {"", "0"}
        case "ln":
            return _large(one.get("w", "0"), _THICK)
        case "custGeom":
            return True
        case "prstGeom":
            return "callout" in one.get("prst", "").lower()
        case "gd":
            return _large(one.get("fmla", "0").removeprefix("val"), _FARTHEST)
    return local in _EFFECTS


def _large(text: str, most: int) -> bool:
    return any(not 0 <= int(number) <= most for number in _NUMBER.findall(text))
