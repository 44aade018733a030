"""Colours of charts: can bars and letters be seen on the ground?

Source: ECMA-376 part 1, 20.1.2.3 and 20.1.8.
"""

from __future__ import annotations

import colorsys
import re
from xml.etree.ElementTree import Element

from workbook.xlsx_reader.colours import WHITE, contrast

_LEAST_CONTRAST, _LEAST_OPACITY = 1.4, 30_000
_ALL = 100_000
_HARDLY = 0.2
"""The part of a theme's colour below which only the ground is left."""

_GROUNDS = {"bg1", "lt1", "bg2", "lt2", "window"}
_PALE = frozenset(
    """white snow ivory azure whiteSmoke ghostWhite floralWhite mintCream seaShell linen honeydew aliceBlue
    lavenderBlush oldLace cornsilk lightYellow ltYellow lightCyan ltCyan beige antiqueWhite papayaWhip
    lightGoldenrodYellow lemonChiffon lavender mistyRose gainsboro""".split()  # noqa: SIM905
)
_CODE = re.compile("[0-9A-Fa-f]{6}")


def unseen(element: Element) -> bool:
    """Whether bars or letters have no colour, that of the ground, or hardly any."""
    for fill in element:
        local = _local(fill)
        if local == "noFill":
            return True
        if local in {"solidFill", "gradFill", "pattFill"}:
            colours = [one for one in fill.iter() if _local(one).endswith("Clr") and _local(one) != "Clr"]
            if colours and all(map(_is_faint, (one for one in colours if not _is_holder(one)))):
                return True
    return False


def _is_holder(element: Element) -> bool:
    """Whether an element holds a colour and is none: the two of a pattern."""
    return _local(element) in {"fgClr", "bgClr"}


def _is_faint(colour: Element) -> bool:
    changes = {_local(one): _share(one) for one in colour}
    if changes.get("alpha", 1.0) < _LEAST_OPACITY / _ALL:
        return True
    value, local = colour.get("val", ""), _local(colour)
    if value in _GROUNDS:
        return changes.get("lumMod", 1.0) > 1 - _HARDLY
    if local == "prstClr":
        return value in _PALE
    if local == "sysClr":
        value = colour.get("lastClr", "")
    if local == "schemeClr":
        return changes.get("lumOff", 0.0) >= 1 - _HARDLY or changes.get("tint", 1.0) <= _HARDLY
    if local == "scrgbClr":
        parts = [colour.get(key, "0").rstrip("%") for key in "rgb"]
        return all(one.isdecimal() and int(one) >= 0.9 * (_ALL if int(one) > 100 else 100) for one in parts)
    if local == "hslClr":
        light = colour.get("lum", "0").rstrip("%")
        return light.isdecimal() and int(light) >= 0.9 * (_ALL if int(light) > 100 else 100)
    return _CODE.fullmatch(value) is not None and contrast(_changed(value, changes), WHITE) < _LEAST_CONTRAST


def _changed(value: str, changes: dict[str, float]) -> str:
    """A colour made lighter or darker."""
    parts = [int(value[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    hue, light, saturation = colorsys.rgb_to_hls(*parts)
    light = light * changes.get("lumMod", 1.0) + changes.get("lumOff", 0.0)
    light = 1 - (1 - light) * changes.get("tint", 1.0)
    light *= changes.get("shade", 1.0)
    made = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), saturation)
    return "".join(f"{round(part * 255):02X}" for part in made)


def _share(element: Element) -> float:
    text = element.get("val", "").strip()
    if text.endswith("%"):
        text = text[:-1] + "000"
    return int(text) / _ALL if re.fullmatch(r"-?\d{1,9}", text) else 1.0


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
