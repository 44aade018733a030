"""Texts in drawn shapes: how much room they take, which may be more than their shape has.

Source: ECMA-376 part 1, 21.1.2. The estimate is generous: programs break lines
and space them in their own ways.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from workbook.layout.letters import MAYBE_WIDE, width_of

POINT = 12_700
"""English metric units."""
_USUAL_SIZE, _LINE, _TAB = 18.0, 1.5, 6
"""Points of letters of which no size is said, height of a line in sizes, width of a tab in letters."""
_MOST_INSET = 914_400
_USUAL_INSETS = {"lIns": 91_440, "rIns": 91_440, "tIns": 45_720, "bIns": 45_720}
_FORMS = {"rect", "roundRect"}
_PLAIN_BODY = {"noAutofit", "spAutoFit", "normAutofit"}
_MOST_SPACE, _MOST_RAISED = 1000, 50_000
_WHOLE = re.compile(r"-?\d{1,9}")


def text_of(element: Element) -> str:
    """All that a drawn thing says."""
    return " ".join(
        text for one in element.iter() if _local(one) == "t" and (text := (one.text or "").strip())
    )


def height_needed(element: Element, width: float) -> float | None:
    """English metric units that a shape's text takes in a frame of a width; None where nobody can say."""
    if not any(_local(one) == "prstGeom" and one.get("prst") in _FORMS for one in element.iter()):
        return None
    body = next((one for one in element.iter() if _local(one) == "bodyPr"), None)
    insets = None if body is None else _insets(body)
    if insets is None or not _is_plain(element):
        return None
    sizes = [_number(one, "sz", 0) / 100 for one in element.iter() if "sz" in one.attrib]
    size = max(sizes, default=_USUAL_SIZE) or _USUAL_SIZE
    if len(sizes) < 1 or min(sizes) <= 0:
        size = max(size, _USUAL_SIZE)
    room = (width - insets["lIns"] - insets["rIns"]) / POINT - size
    if room <= 0:
        return None
    lines = sum(
        _lines(line, room / size)
        for one in element.iter()
        if _local(one) == "p"
        for line in "".join(_pieces(one)).split("\n")
    )
    return lines * size * _LINE * POINT + insets["tIns"] + insets["bIns"]


def _insets(body: Element) -> dict[str, int] | None:
    """The edges that a text keeps free; None for a body that turns, bends or splits its text."""
    turned = body.get("rot", "0") not in {"", "0"} or body.get("vert", "horz") != "horz"
    if turned or body.get("numCol", "1") != "1" or any(_local(one) not in _PLAIN_BODY for one in body):
        return None
    insets = {key: _number(body, key, usual) for key, usual in _USUAL_INSETS.items()}
    return insets if all(0 <= one <= _MOST_INSET for one in insets.values()) else None


def _is_plain(element: Element) -> bool:
    """Whether nothing in a text spaces, raises or moves it beyond what letters usually have."""
    for one in element.iter():
        if _local(one) in {"lnSpc", "spcBef", "spcAft", "tabLst", "oMath", "oMathPara"}:
            return False
        moved = (_number(one, "marL", 0), _number(one, "marR", 0), _number(one, "indent", 0))
        if any(moved) and _local(one) == "pPr":
            return False
        if _local(one) in {"rPr", "defRPr", "endParaRPr"} and (
            abs(_number(one, "spc", 0)) > _MOST_SPACE or abs(_number(one, "baseline", 0)) > _MOST_RAISED
        ):
            return False
    return True


def _pieces(paragraph: Element) -> Iterator[str]:
    for one in paragraph.iter():
        if _local(one) == "t":
            yield one.text or ""
        elif _local(one) == "br":
            yield "\n"


def _lines(text: str, letters: float) -> int:
    """Lines that a text takes where each has room for some letters; one more, as words are not cut."""
    plain = text.replace("\t", "")
    hundredths = width_of(plain, wide=100, narrow=65, classes=MAYBE_WIDE) + 100 * _TAB * text.count("\t")
    lines = max(1, math.ceil(hundredths / 100 / letters))
    return lines if lines == 1 else lines + 1


def _number(element: Element, key: str, usual: int) -> int:
    text = element.get(key, str(usual)).strip()
    return int(text) if _WHOLE.fullmatch(text) else 10**9


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
