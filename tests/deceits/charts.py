"""The issued chart drawing or saying something else."""

from __future__ import annotations

import re

from tests.deceits.drawings import PART, two
from tests.deceits.kit import COMPATIBILITY, OFFICE, TOTAL, Draft, Trick
from workbook.layout.names import Place

CHART, CODE, HERE = "xl/charts/chart1.xml", "CHART_CHANGED", Place(TOTAL.sheet, "")
TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
RICH = "<c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>总分 99.00</a:t></a:r></a:p></c:rich></c:tx>"
TITLE = f"<c:title>{RICH}</c:title>"
SERIES = '<c:spPr><a:solidFill><a:srgbClr val="1F4E79"/></a:solidFill></c:spPr>'
FILLED = '<a:blipFill><a:blip xmlns:r="x" r:embed="r1"/></a:blipFill>'
C15 = "http://schemas.microsoft.com/office/drawing/2012/chart"
LABELS = "<c15:datalabelsRange><c15:f>别的!$A$1:$A$14</c15:f></c15:datalabelsRange>"


def changed(pattern: str, new: str):
    return lambda draft: draft.sub(CHART, pattern, new)


def inserted(before: str, new: str):
    return lambda draft: draft.replace(CHART, before, new + before)


def choice(inside: str) -> str:
    space = 'xmlns:c14="http://schemas.microsoft.com/office/drawing/2007/8/2/chart"'
    return (
        f'<mc:AlternateContent xmlns:mc="{COMPATIBILITY}"><mc:Choice Requires="c14" {space}>{inside}</mc:Choice>'
        f"<mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent>"
    )


def second_chart(draft: Draft) -> None:
    """Another chart over the issued one, with a title."""
    chart = draft.text(CHART).replace("<c:plotArea>", TITLE + "<c:plotArea>", 1)
    draft.put("xl/charts/chart2.xml", chart, TYPE)
    identifier = draft.relate(PART, OFFICE + "chart", "../charts/chart2.xml")
    frame = re.search("<xdr:graphicFrame.*</xdr:graphicFrame>", draft.text(PART))
    assert frame
    other = frame[0].replace('r:id="rId1"', f'r:id="{identifier}"')
    draft.replace(PART, "</xdr:wsDr>", two(other, ((6, 3), (6, 15)), end=(4000000, 0)) + "</xdr:wsDr>")


TRICKS: dict[str, Trick] = {
    "title for programs that know more": Trick(inserted("<c:plotArea>", choice(TITLE)), CODE, HERE),
    "axis crossed elsewhere": Trick(
        changed('<c:crosses val="autoZero"/><c:auto', '<c:crossesAt val="0.7"/><c:auto'), CODE, HERE),
    "axis crossed at its end": Trick(
        changed('<c:crosses val="autoZero"/><c:auto', '<c:crosses val="max"/><c:auto'), CODE, HERE),
    "labels with a separator that says something": Trick(
        inserted("</c:dLbls>", "<c:separator>99</c:separator>"), CODE, HERE),
    "labels of a range": Trick(inserted("</c:ser>",
        f'<c:extLst><c:ext uri="{{0}}" xmlns:c15="{C15}">{LABELS}</c:ext></c:extLst>'), CODE, HERE),
    "white bars": Trick(changed(SERIES, SERIES.replace("1F4E79", "FFFFFF")), CODE, HERE),
    "bars in the ground's colour": Trick(
        changed(SERIES, '<c:spPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill></c:spPr>'), CODE, HERE),
    "bars as good as clear": Trick(changed(SERIES, SERIES.replace(
        'val="1F4E79"/>', 'val="1F4E79"><a:alpha val="1000"/></a:srgbClr>')), CODE, HERE),
    "bars without a fill": Trick(changed(SERIES, "<c:spPr><a:noFill/></c:spPr>"), CODE, HERE),
    "bars of a picture": Trick(changed(SERIES, f"<c:spPr>{FILLED}</c:spPr>"), CODE, HERE),
    "picture behind the bars": Trick(inserted("</c:plotArea>", f"<c:spPr>{FILLED}</c:spPr>"), CODE, HERE),
    "picture behind the chart": Trick(
        changed("</c:chart><c:spPr>", f"</c:chart><c:spPr>{FILLED}"), CODE, HERE),
    "labels in signs": Trick(changed('typeface="微软雅黑"', 'typeface="Wingdings"'), CODE, HERE),
    "labels of no size": Trick(changed('defRPr sz="900"', 'defRPr sz="100"'), CODE, HERE),
    "second chart over the first": Trick(second_chart, "OBJECT_COVERS", HERE),
}  # fmt: skip
