"""Colours of received workbooks: what a reference comes to, and whether a text can be seen on a fill."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from xml.etree.ElementTree import Element

from workbook.findings import found
from workbook.xlsx_reader.xml import Forbidden, PartProblem

BLACK, WHITE = "000000", "FFFFFF"
_SPACES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}",
    "{http://purl.oclc.org/ooxml/drawingml/main}",
)
_SLOTS = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
"""Colours of a theme in the order in which cells number them (ECMA-376 part 1, 18.8.3)."""

_OFFICE = ("FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646",
           "0000FF", "800080")  # fmt: skip
"""The usual theme, where a file has none."""

_FIRST = ["000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF"]
_INDEXED = (
    *_FIRST,
    *_FIRST,
    *[
        "800000",
        "008000",
        "000080",
        "808000",
        "800080",
        "008080",
        "C0C0C0",
        "808080",
        "9999FF",
        "993366",
        "FFFFCC",
        "CCFFFF",
        "660066",
        "FF8080",
        "0066CC",
        "CCCCFF",
        "000080",
        "FF00FF",
        "FFFF00",
        "00FFFF",
        "800080",
        "800000",
        "008080",
        "0000FF",
        "00CCFF",
        "CCFFFF",
        "CCFFCC",
        "FFFF99",
        "99CCFF",
        "FF99CC",
        "CC99FF",
        "FFCC99",
        "3366FF",
        "33CCCC",
        "99CC00",
        "FFCC00",
        "FF9900",
        "FF6600",
        "666699",
        "969696",
        "003366",
        "339966",
        "003300",
        "333300",
        "993300",
        "993366",
        "333399",
        "333333",
    ],
)
"""The standard palette (ECMA-376 part 1, 18.8.27)."""


_SYSTEM = {64: BLACK, 65: WHITE, 66: "C0C0C0", 77: BLACK, 78: WHITE, 79: BLACK, 80: "FFFFE1", 81: BLACK}
"""Numbers behind the palette: texts and grounds of the system's windows, charts and tips."""

_WINDOW = {"window": WHITE, "windowText": BLACK}
"""Colours of the system that programs look up themselves, whatever the file says that they last were."""


_WRITTEN_IN = re.compile(
    r"\[(?:(?:Color|颜色) ?(\d{1,4})|Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|洋红"
    r"|[黑蓝青绿红白黄]色)\]",
    re.I,
)
"""Colours in number formats: by their place in the palette, from its eighth entry on, or by name."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours to which a workbook's styles refer by number."""

    theme: tuple[str, ...] = _OFFICE
    indexed: tuple[str, ...] = _INDEXED

    def repainted(self, code: str) -> bool:
        """Whether a number format writes in a colour of the palette that the workbook has made another."""
        return any(
            self.indexed[number] != _INDEXED[number]
            for match in _WRITTEN_IN.finditer(code)
            for number in (range(8, 16) if match[1] is None else [int(match[1]) + 7])
            if number < len(_INDEXED)
        )

    def colour(self, element: Element | None, default: str) -> str:
        """The colour, ``RRGGBB``, that a checked element names; ``default`` where it names none.

        Raises PartProblem for one that names two: programs choose.
        """
        if element is None:
            return default
        attributes = {key: value.strip() for key, value in element.attrib.items()}
        named = []
        if "rgb" in attributes:
            named.append(attributes["rgb"].upper()[-6:].rjust(6, "0"))
        if "theme" in attributes:
            number = int(attributes["theme"])
            named.append(self.theme[number] if number < len(self.theme) else default)
        if "indexed" in attributes:
            number = int(attributes["indexed"])
            known = self.indexed[number] if number < len(self.indexed) else _SYSTEM.get(number, default)
            named.append(known)
        if len(set(named)) > 1:
            raise PartProblem("COLOUR_TWO")
        if not named:
            return default
        tint = float(attributes.get("tint", "0"))
        return _tinted(named[0], tint) if tint else named[0]


@cache
def _tinted(colour: str, tint: float) -> str:
    """Lighter for a positive tint, darker for a negative one (ECMA-376 part 1, 18.8.19)."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    tint = max(-1.0, min(1.0, tint))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, max(0.0, min(1.0, light)), saturation)
    return "".join(f"{round(part * 255):02X}" for part in parts)


def theme_colours(root: Element) -> tuple[str, ...]:
    """The colours of a theme part, in the order in which cells number them. Raises Forbidden.

    Schemes beside the theme's own are kept for choosing them, and in force nowhere.
    """
    slots: dict[str, str] = {}
    for scheme in _of_theme(root, "clrScheme"):
        for slot in scheme:
            name = str(slot.tag).rpartition("}")[2]
            if name in _SLOTS:
                slots[name] = _slot(name, slot)
    return tuple(slots.get(slot) or usual for slot, usual in zip(_SLOTS, _OFFICE, strict=True))


def _slot(name: str, slot: Element) -> str:
    """A colour of a theme, in six digits or one of the system; "" for none. Raises Forbidden for others."""
    for one in slot:
        local = str(one.tag).rpartition("}")[2]
        inside = next((str(part.tag).rpartition("}")[2] for part in one), None)
        if local not in {"srgbClr", "sysClr"} or inside is not None or len(slot) > 1:
            raise Forbidden(found("MARKUP_UNKNOWN", part="theme", place=name, what=(inside or local)[:60]))
        value = one.get("val", "")
        named = _WINDOW.get(value, one.get("lastClr", "")) if local == "sysClr" else value
        colour = named.upper()
        return colour if _is_colour(colour) else ""
    return ""


_SCRIPTS = frozenset(("Hans", "Hant", "Jpan", "Hang"))
"""Scripts by whose fonts programs show Chinese, each in its own language."""


def theme_fonts(root: Element) -> dict[str, tuple[str, ...]]:
    """The Latin and East Asian fonts of a theme part, by ``major`` and ``minor``."""
    fonts: dict[str, tuple[str, ...]] = {}
    for scheme in _of_theme(root, "fontScheme"):
        for one in scheme:
            kind = str(one.tag).rpartition("}")[2].removesuffix("Font")
            faces = [part.get("typeface", "") for part in one if part.get("script", "Hans") in _SCRIPTS]
            fonts[kind] = tuple(face for face in faces if face)
    return fonts


def _of_theme(root: Element, tag: str) -> list[Element]:
    return [one for space in _SPACES for one in root.findall(f"{space}themeElements/{space}{tag}")]


def _is_colour(text: str) -> bool:
    return len(text) == 6 and all(char in "0123456789ABCDEF" for char in text)


@cache
def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 (the same) to 21 (WCAG 2.1, 1.4.3)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def least_contrast(colour: str, others: Sequence[str]) -> float:
    """The contrast of a colour with the one of ``others`` that is nearest to it."""
    return min((contrast(colour, one) for one in others), default=21.0)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
