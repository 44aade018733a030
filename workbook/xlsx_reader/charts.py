"""Charts of received workbooks: what they draw, and what they say beside it. How they look is left aside.

Source: ECMA-376 part 1, 21.2. An element that is not named here is not passed over: it is reported by name.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from workbook.xlsx_reader.chart_colours import unseen
from workbook.xlsx_reader.received import Chart
from workbook.xlsx_reader.xml import PartProblem, parse

_DRESS = frozenset(
    """spPr txPr layout style clrMapOvr date1904 lang roundedCorners autoTitleDeleted plotVisOnly
    dispBlanksAs gapWidth varyColors axId crossAx axPos crossBetween auto lblAlgn
    lblOffset noMultiLvlLbl majorTickMark minorTickMark tickLblPos majorUnit minorUnit
    majorGridlines minorGridlines printSettings protection legend legendPos legendEntry overlay
    dLblPos showLegendKey showCatName showSerName showPercent showBubbleSize showLeaderLines
    invertIfNegative idx order ptCount extLst ext uniqueId uniqueID view3D floor
    sideWall backWall overlap shape firstSliceAng marker symbol size smooth invertIfNegative
    leaderLines headerFooter pageMargins pageSetup plotAreaRegion showDLblsOverMax""".split()  # noqa: SIM905
)
"""Elements that dress a chart, space it or say what holds by default."""

_WALKED = frozenset(
    """chartSpace chart plotArea ser tx cat val strRef numRef strCache numCache pt dLbls catAx valAx dateAx
    serAx scaling title rich p r bodyPr lstStyle pPr defRPr endParaRPr rPr""".split()  # noqa: SIM905
)
_SAID = frozenset({"t", "v", "separator", "numFmt"})
_TOLD = frozenset(
    {
        "min",
        "max",
        "logBase",
        "orientation",
        "delete",
        "showVal",
        "barDir",
        "grouping",
        "crosses",
        "crossesAt",
    }
)
_USUAL = {"orientation": "minMax", "delete": "0", "showVal": "0", "crosses": "autoZero", "crossesAt": "0"}
_LABELS = frozenset({"datalabelsRange", "filteredSeriesTitle", "filteredCategoryTitle"})
"""Extensions that put other texts into a chart."""

_SIGNS = re.compile(r"(?i)dings|symbol|dingbat|bar ?code|marlett|ornament|mdl2")
_LEAST_SIZE = 500
"""Hundredths of a point below which nobody reads a label."""

_LEAST_PART, _FARTHEST = 0.25, 0.6
"""The part of a chart that its bars need, and where they begin at the farthest."""
_PLACE = {"x": "0", "y": "0", "w": "1", "h": "1"}
_SKIPPED = frozenset(
    """spPr txPr layout legend printSettings style extLst majorGridlines minorGridlines bodyPr lstStyle pPr
    endParaRPr rPr marker""".split()  # noqa: SIM905
)

_MOST_POINTS = 10_000
"""Points of a series that are looked at; no sheet that is issued has as many rows."""
_INDEX = re.compile(r"\+?\d{1,9}", re.ASCII)


def read_chart(name: str, content: bytes) -> Chart:
    """Read the chart part ``name``. Raises PartProblem for a part that cannot be read."""
    reader = _Reader(name)
    reader.element(parse(name, content), "")
    return Chart(frozenset(reader.facts), tuple(reader.saved), tuple(reader.unknown))


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.facts: set[tuple[str, str]] = set()
        self.saved: list[tuple[str, tuple[str, ...]]] = []
        self.unknown: list[str] = []
        self.series = 0

    def element(self, element: Element, path: str) -> None:
        """Take what an element and all below it say."""
        local = _local(element)
        if local == "AlternateContent":
            for branch in element:
                for one in branch:
                    self.element(one, path)
        elif local in _SKIPPED:
            self._dress(element, local, path)
        elif local in {"strRef", "numRef"}:
            self._reference(element, path)
        elif local in _SAID or local in _TOLD:
            self._say(element, local, path)
        elif local.endswith("Chart") or local in _WALKED or local in _DRESS:
            if local.endswith("Chart"):
                self.facts.add(("类型", local))
            elif local == "ser":
                self.series += 1
                path = f"{path}/{self.series}"
            for child in element:
                self.element(child, f"{path}/{local}")
        else:
            self.unknown.append(local)

    def _say(self, element: Element, local: str, path: str) -> None:
        """A text, a format or a setting."""
        text = (element.text or "").strip()
        if local in {"t", "v"}:
            self.facts.add(("文字", text.strip('"')))
        elif local == "separator":
            if any(char.isalnum() for char in text):
                self.facts.add(("文字", text))
        elif local == "numFmt":
            if element.get("formatCode", "") != "General":
                self.facts.add(("数字格式", element.get("formatCode", "")))
        else:
            value = element.get("val", "1").strip().replace("true", "1").replace("false", "0")
            if value != _USUAL.get(local):
                self.facts.add(("/".join((*path.split("/")[-2:], local)), _number(value)))

    def _reference(self, element: Element, path: str) -> None:
        area, values = "", dict[int, str]()
        for child in element.iter():
            local = _local(child)
            if local == "f":
                area = _plain(child.text or "")
            elif local == "pt":
                text = next((one.text or "" for one in child if _local(one) == "v"), "")
                number = child.get("idx", "").strip()
                if not _INDEX.fullmatch(number) or int(number) in values:
                    raise PartProblem("CHART_POINT", part=self.name)
                values[int(number)] = text
        if area.startswith('"'):  # a text, where others refer to cells
            self.facts.add(("文字", area.strip('"')))
            return
        self.facts.add((f"{path}的来源", area))
        count = min(max(values, default=-1) + 1, _MOST_POINTS)
        if count:
            self.saved.append((area, tuple(values.get(number, "") for number in range(count))))

    def _dress(self, element: Element, local: str, path: str) -> None:
        """Leave the dress of a chart aside, unless it hides something, shows signs, or is a picture."""
        for one in element.iter():
            name = _local(one)
            if name in _LABELS:
                self.unknown.append(name)
            elif name in {"blip", "blipFill"}:
                self.facts.add((path, "图片填充"))
            elif name in {"latin", "ea", "cs", "sym"} and _SIGNS.search(one.get("typeface", "")):
                self.facts.add((path, one.get("typeface", "")))
            elif name in {"defRPr", "rPr"} and (_tiny(one) or unseen(one)):
                self.facts.add((path, "看不清的文字"))
        if local == "layout" and path.endswith("/plotArea") and _squeezed(element):
            self.facts.add((path, "绘图区过小或移开"))
        if local == "spPr" and re.search(r"ser(?:/\d+)?$", path) and unseen(element):
            self.facts.add((path, "noFill"))


def _squeezed(layout: Element) -> bool:
    """Whether the place of the bars leaves them hardly any room."""
    told = {_local(one): one.get("val", "").strip() for one in layout.iter()}
    try:
        left, top, width, height = (float(told.get(key, usual)) for key, usual in _PLACE.items())
    except ValueError:
        return True
    # an edge instead of an extent is said by its mode
    width -= left if told.get("wMode") == "edge" else 0
    height -= top if told.get("hMode") == "edge" else 0
    enough = width >= _LEAST_PART and height >= _LEAST_PART
    return not enough or not (abs(left) <= _FARTHEST and abs(top) <= _FARTHEST)


def _tiny(element: Element) -> bool:
    size = element.get("sz", "").strip()
    return size.isdecimal() and int(size) < _LEAST_SIZE


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _plain(reference: str) -> str:
    return re.sub(r"[$']", "", reference.strip()).replace(".", "!")


def _number(text: str) -> str:
    try:
        return f"{float(text):.15g}"
    except ValueError:
        return text
