"""Charts of received workbooks: what they draw, and what they say beside it. How they look is left aside.

Source: ECMA-376 part 1, 21.2. An element that is not named here is not passed over: it is reported by name.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from workbook.receive.received import Chart
from workbook.receive.xml import RESAVE, PartProblem, parse

_DRESS = frozenset(
    """spPr txPr layout style clrMapOvr date1904 lang roundedCorners autoTitleDeleted plotVisOnly
    dispBlanksAs gapWidth varyColors axId crossAx axPos crosses crossesAt crossBetween auto lblAlgn
    lblOffset noMultiLvlLbl majorTickMark minorTickMark tickLblPos majorUnit minorUnit
    majorGridlines minorGridlines printSettings protection legend legendPos legendEntry overlay
    separator dLblPos showLegendKey showCatName showSerName showPercent showLeaderLines
    showBubbleSize invertIfNegative idx order ptCount extLst ext uniqueId uniqueID view3D floor
    sideWall backWall overlap shape firstSliceAng marker symbol size smooth invertIfNegative
    leaderLines headerFooter pageMargins pageSetup plotAreaRegion showDLblsOverMax""".split()  # noqa: SIM905
)
"""Elements that dress a chart, space it or say what holds by default."""

_WALKED = frozenset(
    """chartSpace chart plotArea ser tx cat val strRef numRef strCache numCache pt dLbls catAx valAx dateAx
    serAx scaling title rich p r bodyPr lstStyle pPr defRPr endParaRPr rPr""".split()  # noqa: SIM905
)
_TOLD = frozenset({"min", "max", "logBase", "orientation", "delete", "showVal", "barDir", "grouping"})
_USUAL = {"orientation": "minMax", "delete": "0", "showVal": "0"}
_SKIPPED = frozenset(
    """spPr txPr layout legend printSettings style extLst majorGridlines minorGridlines bodyPr lstStyle pPr
    endParaRPr rPr marker""".split()  # noqa: SIM905
)

_MOST_POINTS = 10_000
"""Points of a series that are looked at; no sheet that is issued has as many rows."""
_INDEX = re.compile(r"\+?\d{1,9}", re.ASCII)


def read_chart(name: str, content: bytes) -> Chart:
    """What the chart part ``name`` says; raises PartProblem for what cannot be read."""
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
        if local == "AlternateContent" or local in _SKIPPED:
            if local == "spPr" and path.endswith("ser"):
                self._hidden(element, path)
            return
        if local.endswith("Chart") and local != "chart":
            self.facts.add(("类型", local))
        elif local == "ser":
            self.series += 1
            path = f"{path}/{self.series}"
        elif local in {"strRef", "numRef"}:
            self._reference(element, path)
            return
        elif local in {"t", "v"}:
            self.facts.add(("文字", (element.text or "").strip().strip('"')))
            return
        elif local == "numFmt":
            if element.get("formatCode", "") != "General":
                self.facts.add(("数字格式", element.get("formatCode", "")))
            return
        elif local in _TOLD:
            value = element.get("val", "1").strip().replace("true", "1").replace("false", "0")
            if value != _USUAL.get(local):
                self.facts.add(("/".join((*path.split("/")[-2:], local)), _number(value)))
            return
        elif local not in _WALKED and local not in _DRESS:
            self.unknown.append(local)
            return
        for child in element:
            self.element(child, f"{path}/{local}")

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
                    raise PartProblem(f"部件 {self.name} 中图表数据点的序号无法读取", RESAVE)
                values[int(number)] = text
        if area.startswith('"'):  # a text, where others refer to cells
            self.facts.add(("文字", area.strip('"')))
            return
        self.facts.add((f"{path}的来源", area))
        count = min(max(values, default=-1) + 1, _MOST_POINTS)
        if count:
            self.saved.append((area, tuple(values.get(number, "") for number in range(count))))

    def _hidden(self, element: Element, path: str) -> None:
        """A series without any fill cannot be seen."""
        if any(_local(child) == "noFill" for child in element):
            self.facts.add((path, "noFill"))


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _plain(reference: str) -> str:
    return re.sub(r"[$']", "", reference.strip()).replace(".", "!")


def _number(text: str) -> str:
    try:
        return f"{float(text):.15g}"
    except ValueError:
        return text
