"""Conditional formats, prompts, links, sparklines and tables that change what cells show, or say something beside them."""

from __future__ import annotations

from html import escape

from tests.deceits.kit import (
    AMOUNT,
    CLAUSE,
    COVER,
    LABEL,
    MAIN,
    OFFICE,
    SHEETML,
    STYLES,
    TOTAL,
    WEIGHT,
    Draft,
    Trick,
    solid,
)
from workbook.layout.names import Place

X14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
XM = 'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
BEFORE = "conditionalFormatting phoneticPr mergeCells autoFilter sheetProtection sheetData"


def highlight(
    place: Place,
    dxf: str,
    rule: str = 'type="expression"',
    formulas: str = "<formula>TRUE</formula>",
    sqref: str = "",
):
    """A conditional format on a cell."""

    def change(draft: Draft) -> None:
        number = f' dxfId="{draft.item("dxfs", "dxf", dxf)}"' if dxf else ""
        markup = f'<cfRule priority="1" {rule}{number}>{formulas}</cfRule>'
        block = f'<conditionalFormatting sqref="{sqref or place.cell}">{markup}</conditionalFormatting>'
        draft.after(place.sheet, BEFORE, block)

    return change


def font(markup: str) -> str:
    return f"<font>{markup}</font>"


def coded(code: str) -> str:
    return f'<numFmt numFmtId="500" formatCode="{escape(code)}"/>'


def issued_dxf(old: str, new: str):
    return lambda draft: draft.replace(STYLES, old, new)


def extension(place: Place, uri: str, markup: str):
    def change(draft: Draft) -> None:
        ext = f'<extLst><ext uri="{uri}" {X14} {XM}>{markup}</ext></extLst></worksheet>'
        draft.replace(draft.sheet(place.sheet), "</worksheet>", ext)

    return change


CF_URI, DV_URI, SPARK_URI, SLICER_URI = (
    "{78C0D931-6437-407d-A8EE-F0AAD7539E65}", "{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}", "{05C60535-1F16-4fd2-B633-F4F36F0B64E0}",
    "{A8765BA9-456A-4dab-B4F3-ACF838C121DE}",
)  # fmt: skip


def x14_rule(inside: str, attributes: str) -> str:
    return (
        f'<x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule {attributes} priority="1" id="{{1}}">{inside}</x14:cfRule>'
        f"<xm:sqref>{TOTAL.cell}</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>"
    )


def prompt(place: Place, attributes: str, sqref: str = ""):
    """A prompt beside a cell."""

    def change(draft: Draft) -> None:
        one = f'<dataValidation sqref="{sqref or place.cell}" {attributes}/>'
        part = draft.sheet(place.sheet)
        if "<dataValidations" in draft.text(part):
            draft.sub(part, "<dataValidations[^>]*>", f"<dataValidations>{one}")
        else:
            draft.after(place.sheet, BEFORE, f"<dataValidations>{one}</dataValidations>")

    return change


def moved_anchor(draft: Draft) -> None:
    """An issued rule on the same cells in another order: programs count its references from different cells."""
    part = draft.sheet(TOTAL.sheet)
    draft.replace(part, '<conditionalFormatting sqref="D3:D17"><cfRule type="expression" dxfId="4" priority="1"><formula>$C3=$E3<',
                  '<conditionalFormatting sqref="D17 D3:D16"><cfRule type="expression" dxfId="4" priority="1"><formula>$C17=$E17<')  # fmt: skip


def shifted_reference(draft: Draft) -> None:
    """The rule that hides what is not scored yet hides all."""
    draft.replace(draft.sheet(TOTAL.sheet), "<formula>$C3=$E3</formula>", "<formula>$C4=$C4</formula>")


def white_on_white(draft: Draft) -> None:
    """An input, white on black; and a rule that makes the ground white."""
    draft.styled(AMOUNT, font=draft.font(colour='rgb="FFFFFFFF"'), fill=solid('rgb="FF000000"'))
    highlight(AMOUNT, '<fill><patternFill><bgColor rgb="FFFFFFFF"/></patternFill></fill>')(draft)


def two_rules(draft: Draft) -> None:
    """One rule makes the ground white, another the text; each by itself can be read."""
    highlight(
        AMOUNT,
        font('<color rgb="FFFFFFFF"/>') + '<fill><patternFill><bgColor rgb="FF000000"/></patternFill></fill>',
    )(draft)
    highlight(AMOUNT, '<fill><patternFill><bgColor rgb="FFFFFFFF"/></patternFill></fill>')(draft)


def linked(markup: str):
    def change(draft: Draft) -> None:
        draft.after("数据填报", "dataValidations " + BEFORE, f"<hyperlinks>{markup}</hyperlinks>")

    return change


def outside(ref: str, sheet: str = "数据填报"):
    """A link that leads to the web."""

    def change(draft: Draft) -> None:
        identifier = draft.relate(
            draft.sheet(sheet), OFFICE + "hyperlink", "http://example.invalid/", "External"
        )
        draft.after(
            sheet,
            "dataValidations " + BEFORE,
            f'<hyperlinks><hyperlink ref="{ref}" r:id="{identifier}"/></hyperlinks>',
        )

    return change


def on_the_cover(pattern: str, new: str):
    return lambda draft: draft.sub(draft.sheet("填报说明"), pattern, new)


def table(draft: Draft) -> None:
    part = "xl/tables/table1.xml"
    draft.put(part, f'<table xmlns="{MAIN}" id="1" name="t" displayName="t" ref="A30:B31"><tableColumns count="2"><tableColumn id="1" name="a"/>'
              '<tableColumn id="2" name="b"/></tableColumns><tableStyleInfo name="TableStyleDark1"/></table>', SHEETML + "table+xml")  # fmt: skip
    identifier = draft.relate(draft.sheet(TOTAL.sheet), OFFICE + "table", "../tables/table1.xml")
    draft.replace(
        draft.sheet(TOTAL.sheet),
        "</worksheet>",
        f'<tableParts count="1"><tablePart r:id="{identifier}"/></tableParts></worksheet>',
    )


def loose_table(draft: Draft) -> None:
    table(draft)
    draft.sub(draft.sheet(TOTAL.sheet), "<tableParts.*</tableParts>", "")


def related(kind: str, target: str, markup: str, content_type: str):
    """A part of a feature that hangs on a template's sheet."""

    def change(draft: Draft) -> None:
        draft.put("xl/" + target, markup, content_type)
        draft.relate(draft.sheet(TOTAL.sheet), kind, "../" + target)

    return change


BAR = '<dataBar{}><cfvo type="min"/><cfvo type="max"/><color rgb="FFFFFFFF"/></dataBar>'
ICONS = '<iconSet iconSet="3Arrows" showValue="{}"><cfvo type="percent" val="0"/><cfvo type="percent" val="33"/><cfvo type="percent" val="67"/></iconSet>'
SCALE = '<colorScale><cfvo type="min"/><cfvo type="max"/><color rgb="FF1F2937"/><color rgb="FF1F2937"/></colorScale>'
OTHER = coded('"99.00"')
CHANGED = "HIGHLIGHT_CHANGED"

TRICKS: dict[str, Trick] = {
    "rule: other number": Trick(highlight(TOTAL, OTHER), CHANGED, TOTAL),
    "rule: nothing": Trick(highlight(WEIGHT, coded(";;;")), CHANGED, WEIGHT),
    "rule: other number of a label": Trick(highlight(LABEL, coded('"别的"')), CHANGED, LABEL),
    "rule: other number of an input": Trick(highlight(AMOUNT, OTHER), CHANGED, AMOUNT),
    "rule: input scaled": Trick(highlight(AMOUNT, coded("0.00,")), CHANGED, AMOUNT),
    "rule: white": Trick(highlight(TOTAL, font('<color rgb="FFFFFFFF"/>')), CHANGED, TOTAL),
    "rule: white input": Trick(highlight(AMOUNT, font('<color theme="0"/>')), CHANGED, AMOUNT),
    "rule: dark ground": Trick(highlight(TOTAL, '<fill><patternFill><bgColor rgb="FF1F2937"/></patternFill></fill>'), CHANGED, TOTAL),
    "rule: dark ground of an input": Trick(highlight(AMOUNT, '<fill><patternFill><bgColor rgb="FF1F2937"/></patternFill></fill>'), CHANGED, AMOUNT),
    "rule: gradient of an input": Trick(highlight(AMOUNT, '<fill><gradientFill><stop position="0"><color rgb="FF000000"/></stop></gradientFill></fill>'),
        CHANGED, AMOUNT),
    "rule: struck out": Trick(highlight(TOTAL, font("<strike/>")), CHANGED, TOTAL),
    "rule: struck out input": Trick(highlight(AMOUNT, font('<strike val="true"/>')), CHANGED, AMOUNT),
    "rule: signs": Trick(highlight(AMOUNT, font('<name val="Wingdings"/>')), CHANGED, AMOUNT),
    "rule: signs by character set": Trick(highlight(AMOUNT, font('<charset val="2"/>')), CHANGED, AMOUNT),
    "rule: tiny": Trick(highlight(AMOUNT, font('<sz val="1"/>')), CHANGED, AMOUNT),
    "rule: raised": Trick(highlight(AMOUNT, font('<vertAlign val="superscript"/>')), CHANGED, AMOUNT),
    "rule: crossed": Trick(highlight(AMOUNT, '<border diagonalUp="1"><left/><right/><top/><bottom/><diagonal style="thick"/></border>'), CHANGED, AMOUNT),
    "rule: on all cells": Trick(highlight(TOTAL, coded(";;;"), sqref="A1:XFD1048576"), CHANGED, Place(TOTAL.sheet, "")),
    "rule: on whole columns": Trick(highlight(TOTAL, coded(";;;"), sqref="D:D"), CHANGED, Place(TOTAL.sheet, "")),
    "rule: small letters and dollars": Trick(highlight(TOTAL, coded(";;;"), sqref="$d$17"), CHANGED, TOTAL),
    "rule: more areas": Trick(highlight(TOTAL, coded(";;;"), sqref="Z1 Y9:Z10 D17"), CHANGED, TOTAL),
    "rule: area of no sense": Trick(highlight(TOTAL, coded(";;;"), sqref="得分汇总!D17"), CHANGED, Place(TOTAL.sheet, "")),
    "rule: of values": Trick(highlight(TOTAL, OTHER, 'type="cellIs" operator="greaterThan"', "<formula>0</formula>"), CHANGED, TOTAL),
    "rule: of best": Trick(highlight(TOTAL, OTHER, 'type="top10" rank="1"', ""), CHANGED, TOTAL),
    "rule: of blanks": Trick(highlight(CLAUSE, coded(';;;"别的"'), 'type="notContainsBlanks"', "<formula>LEN(F4)&gt;0</formula>"), CHANGED, CLAUSE),
    "rule: of text": Trick(highlight(CLAUSE, coded(';;;"别的"'), 'type="containsText" operator="containsText" text="分"',
        '<formula>NOT(ISERROR(SEARCH("分",F4)))</formula>'), CHANGED, CLAUSE),
    "rule: of twins": Trick(highlight(TOTAL, OTHER, 'type="uniqueValues"', ""), CHANGED, TOTAL),
    "rule: of the average": Trick(highlight(TOTAL, OTHER, 'type="aboveAverage"', ""), CHANGED, TOTAL),
    "rule: icons alone": Trick(highlight(TOTAL, "", 'type="iconSet"', ICONS.format(0)), CHANGED, TOTAL),
    "rule: icons alone on an input": Trick(highlight(AMOUNT, "", 'type="iconSet"', ICONS.format("false")), CHANGED, AMOUNT),
    "rule: bars alone": Trick(highlight(TOTAL, "", 'type="dataBar"', BAR.format(' showValue="0"')), CHANGED, TOTAL),
    "rule: bars": Trick(highlight(WEIGHT, "", 'type="dataBar"', BAR.format("")), CHANGED, WEIGHT),
    "rule: scale of one dark colour": Trick(highlight(AMOUNT, "", 'type="colorScale"', SCALE), CHANGED, AMOUNT),
    "rule: issued one on other cells": Trick(
        lambda draft: draft.sub(draft.sheet(TOTAL.sheet), 'sqref="D3:D17"', 'sqref="C3:C17"'), CHANGED, Place(TOTAL.sheet, "")),
    "rule: issued one with another condition": Trick(shifted_reference, CHANGED, Place(TOTAL.sheet, "")),
    "rule: issued one counted from another cell": Trick(moved_anchor, CHANGED, Place(TOTAL.sheet, "")),
    "rule: issued look of another number": Trick(issued_dxf('formatCode=";;;"', 'formatCode="&quot;99&quot;"'), CHANGED, Place(TOTAL.sheet, "")),
    "rule: issued look white": Trick(issued_dxf('<color rgb="FF991B1B"/>', '<color rgb="FFF9C7C7"/>'), CHANGED, Place("评分表", "")),
    "rule: issued look struck out": Trick(issued_dxf('<dxf><font><b/><color rgb="FF991B1B"/>', '<dxf><font><b/><strike/><color rgb="FF991B1B"/>'),
        CHANGED, Place("评分表", "")),
    "rule: issued look with another format": Trick(
        issued_dxf("<dxf><font><color", '<dxf><numFmt numFmtId="501" formatCode="&quot;是&quot;"/><font><color'), CHANGED, Place("重点工作任务", "")),
    "rule: ground of an input's own text": Trick(white_on_white, CHANGED, AMOUNT),
    "rules: text and ground by two": Trick(two_rules, CHANGED, AMOUNT),
    "extended rule": Trick(extension(TOTAL, CF_URI, x14_rule(
        '<xm:f>TRUE</xm:f><x14:dxf><numFmt numFmtId="600" formatCode="&quot;99.00&quot;"/></x14:dxf>', 'type="expression"')),
        "SHEET_CONTENT_ADDED", Place(TOTAL.sheet, "")),
    "extended rule in small letters": Trick(extension(TOTAL, CF_URI.lower(), x14_rule(
        '<xm:f>TRUE</xm:f><x14:dxf><font><color rgb="FFFFFFFF"/></font></x14:dxf>', 'type="expression"')),
        "SHEET_CONTENT_ADDED", Place(TOTAL.sheet, "")),
    "extended bars alone": Trick(extension(TOTAL, CF_URI, x14_rule(
        '<x14:dataBar showValue="0"><x14:cfvo type="autoMin"/><x14:cfvo type="autoMax"/></x14:dataBar>', 'type="dataBar"')),
        "SHEET_CONTENT_ADDED", Place(TOTAL.sheet, "")),
    "extended icons of one's own": Trick(extension(TOTAL, CF_URI, x14_rule(
        '<x14:iconSet iconSet="3Stars" showValue="0" custom="1"><x14:cfvo type="percent"><xm:f>0</xm:f></x14:cfvo></x14:iconSet>', 'type="iconSet"')),
        "SHEET_CONTENT_ADDED", Place(TOTAL.sheet, "")),
    "sparklines": Trick(extension(TOTAL, SPARK_URI, "<x14:sparklineGroups><x14:sparklineGroup><x14:sparklines><x14:sparkline><xm:f>得分汇总!C3</xm:f>"
        "<xm:sqref>D17</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups>"),
        "SHEET_CONTENT_ADDED", Place(TOTAL.sheet, "")),
    "slicers": Trick(extension(TOTAL, SLICER_URI, '<x14:slicerList><x14:slicer r:id="r1"/></x14:slicerList>'),
        "SHEET_CONTENT_ADDED", Place(TOTAL.sheet, "")),
    "extension that nobody knows": Trick(extension(TOTAL, "{00000000-0000-0000-0000-000000000000}", "<x14:x/>"), "MARKUP_UNKNOWN", "{00000000"),
    "extension of the web": Trick(extension(TOTAL, "{F7C9EE02-42E1-4005-9D12-6889AFFD525C}", "<x14:x/>"), "ACTIVE_CONTENT", "加载项"),
    "prompt over the total": Trick(prompt(TOTAL, 'showInputMessage="1" promptTitle="总分" prompt="99.00"'), "PROMPT_ADDED", TOTAL),
    "prompt over a weight by true": Trick(prompt(WEIGHT, 'showInputMessage=" true " prompt="权重为 20"'), "PROMPT_ADDED", WEIGHT),
    "prompt over a label": Trick(prompt(LABEL, 'showInputMessage="1" promptTitle="单位：元"'), "PROMPT_ADDED", LABEL),
    "prompt over a whole column": Trick(prompt(COVER, 'showInputMessage="1" prompt="99.00"', "E:E"), "PROMPT_ADDED", Place(COVER.sheet, "")),
    "issued prompt over a label": Trick(
        lambda draft: draft.sub(draft.sheet("数据填报"), r'(<dataValidation [^>]*sqref=")D4"', r'\1D4 B4"'), "PROMPT_ADDED", LABEL),
    "extended prompt over the total": Trick(extension(TOTAL, DV_URI, '<x14:dataValidations count="1"><x14:dataValidation showInputMessage="1" '
        'promptTitle="总分" prompt="99.00"><xm:sqref>D17</xm:sqref></x14:dataValidation></x14:dataValidations>'), "PROMPT_ADDED", TOTAL),
    "link on a label": Trick(outside("B4"), "LINK_CHANGED", LABEL),
    "link from an input over labels": Trick(outside("D4:K4"), "LINK_CHANGED", Place("数据填报", "F4")),
    "link on the total": Trick(outside("D17", TOTAL.sheet), "LINK_CHANGED", TOTAL),
    "link within the file on a label": Trick(linked('<hyperlink ref="B4" location="\'标识\'!A1"/>'), "LINK_CHANGED", LABEL),
    "issued link over more cells": Trick(on_the_cover('<hyperlink ref="E12"', '<hyperlink ref="E12:E13"'), "LINK_CHANGED", Place("填报说明", "E13")),
    "issued link twice": Trick(on_the_cover('(<hyperlink ref="E12"[^>]*/>)', r"""<hyperlink ref="E12" location="'标识'!A1"/>\1"""),
        "LINK_CHANGED", Place("填报说明", "E12")),
    "issued link with words of its own": Trick(on_the_cover('<hyperlink ref="E12"', '<hyperlink tooltip="总分 99.00" ref="E12"'),
        "PROMPT_ADDED", Place("填报说明", "E12")),
    "link that runs a command": Trick(lambda draft: draft.relate(draft.sheet("数据填报"), OFFICE + "hyperlink", "javascript:x()", "External") and None,
        "PART_UNKNOWN", "javascript"),
    "table over the total": Trick(table, "SHEET_CONTENT_ADDED", Place(TOTAL.sheet, "")),
    "table that only a relationship names": Trick(loose_table, "OBJECT_COVERS", Place(TOTAL.sheet, "")),
    "pivot table on the sheet": Trick(related(OFFICE + "pivotTable", "pivotTables/p.xml", "<x/>", SHEETML + "pivotTable+xml"),
        "OBJECT_COVERS", Place(TOTAL.sheet, "")),
    "slicer on the sheet": Trick(related("http://schemas.microsoft.com/office/2007/relationships/slicer", "slicers/s.xml", "<x/>",
        "application/vnd.ms-excel.slicer+xml"), "OBJECT_COVERS", Place(TOTAL.sheet, "")),
    "timeline on the sheet": Trick(related("http://schemas.microsoft.com/office/2011/relationships/timeline", "timelines/s.xml", "<x/>",
        "application/vnd.ms-excel.timeline+xml"), "OBJECT_COVERS", Place(TOTAL.sheet, "")),
    "scenarios": Trick(lambda draft: draft.after(TOTAL.sheet, "sheetProtection sheetData",
        '<scenarios><scenario name="x"><inputCells r="D4" val="1"/></scenario></scenarios>'), "SHEET_CONTENT_ADDED", Place(TOTAL.sheet, "")),
}  # fmt: skip
