"""Conditional formats, prompts and sparklines on cells of the template."""

from __future__ import annotations

from tests.support.returned import Issued, in_part
from tests.tricks.kit import STYLES, SUMMARY, Trick, at, on_sheet, total

_TINTS = (
    '<numFmt numFmtId="990" formatCode="&quot;99.99&quot;"/>', '<numFmt numFmtId="990" formatCode=";;;"/>',
    '<font><color rgb="FFFFFFFF"/></font>', '<font><color theme="0"/></font>', "<font><strike/></font>",
    '<font><color indexed="9"/></font>', '<fill><patternFill><bgColor rgb="FF1F2937"/></patternFill></fill>',
)  # fmt: skip
_CONDITIONS = (
    ('type="expression"', "<formula>TRUE</formula>"),
    ('type="cellIs" operator="greaterThan"', "<formula>0</formula>"),
    ('type="notContainsBlanks"', "<formula>LEN(TRIM(D17))&gt;0</formula>"),
)
_DRAWN = {
    "iconSet": '<iconSet showValue="0"><cfvo type="percent" val="0"/><cfvo type="percent" val="33"/>'
    '<cfvo type="percent" val="67"/></iconSet>',
    "dataBar": '<dataBar showValue="0"><cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/></dataBar>',
    "colorScale": '<colorScale><cfvo type="min"/><cfvo type="max"/><color rgb="FF1F2937"/>'
    '<color rgb="FF1F2937"/></colorScale>',
}
_X14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
_XM = 'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
_EXTENSIONS = {
    "x14 icons": ("{78C0D931-6437-407d-A8EE-F0AAD7539E65}", "<x14:conditionalFormattings><x14:conditionalFormatting>"
                  '<x14:cfRule type="iconSet" priority="1" id="{00000000-0000-0000-0000-000000000001}">'
                  '<x14:iconSet showValue="0"><x14:cfvo type="percent"><xm:f>0</xm:f></x14:cfvo></x14:iconSet>'
                  "</x14:cfRule><xm:sqref>D17</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>"),
    "sparkline": ("{05C60535-1F16-4fd2-B633-F4F36F0B64E0}", "<x14:sparklineGroups><x14:sparklineGroup>"
                  "<x14:sparklines><x14:sparkline><xm:f>D3:D16</xm:f><xm:sqref>D17</xm:sqref></x14:sparkline>"
                  "</x14:sparklines></x14:sparklineGroup></x14:sparklineGroups>"),
}  # fmt: skip


def _ruled(tint: str, condition: tuple[str, str]) -> Trick:
    def change(case: Issued) -> bytes:
        data = in_part(
            case.filled,
            STYLES,
            '<dxfs count="5">(.*?)</dxfs>',
            rf'<dxfs count="6">\1<dxf>{tint}</dxf></dxfs>',
        )
        rule = f'<cfRule {condition[0]} dxfId="5" priority="900">{condition[1]}</cfRule>'
        block = f'<conditionalFormatting sqref="{total(case).cell}">{rule}</conditionalFormatting>'
        return on_sheet(data, SUMMARY, block)

    return at(f"rule {condition[0]} {tint}", total, change, "HIGHLIGHT_CHANGED", SUMMARY)


def _drawn(kind: str) -> Trick:
    def change(case: Issued) -> bytes:
        rule = f'<cfRule type="{kind}" priority="900">{_DRAWN[kind]}</cfRule>'
        block = f'<conditionalFormatting sqref="{total(case).cell}">{rule}</conditionalFormatting>'
        return on_sheet(case.filled, SUMMARY, block)

    return at(f"rule {kind}", total, change, "HIGHLIGHT_CHANGED", SUMMARY)


def _extended(name: str) -> Trick:
    uri, inner = _EXTENSIONS[name]
    inner = inner.replace(">", f" {_X14} {_XM}>", 1)
    return Trick(
        name, lambda case: on_sheet(case.filled, SUMMARY, f'<extLst><ext uri="{uri}" {_X14}>{inner}</ext></extLst>'),
        "SHEET_CONTENT_ADDED", SUMMARY,
    )  # fmt: skip


def _prompted(title: str, text: str, kind: str) -> Trick:
    def change(case: Issued) -> bytes:
        one = (f'<dataValidation {kind} showInputMessage="1" promptTitle="{title}" prompt="{text}" '
               f'sqref="{total(case).cell}"/>')  # fmt: skip
        return on_sheet(case.filled, SUMMARY, f'<dataValidations count="1">{one}</dataValidations>')

    return at(f"prompt {title} {text} {kind}", total, change, "PROMPT_ADDED", SUMMARY)


_GOOD, _AMBER, _BAD, _GREY = (
    '<font><b/><color rgb="FF166534"/></font>',
    '<font><b/><color rgb="FF9A3412"/></font><fill><patternFill><bgColor rgb="FFFDE2C4"/></patternFill></fill>',
    '<font><b/><color rgb="FF991B1B"/></font><fill><patternFill><bgColor rgb="FFF9C7C7"/></patternFill></fill>',
    '<font><color rgb="FF9CA3AF"/></font>',
)
_OTHER = {
    "good in red": (_GOOD, _BAD), "bad in green": (_BAD, _GOOD), "bad in amber": (_BAD, _AMBER),
    "amber in red": (_AMBER, _BAD), "grey in green": (_GREY, _GOOD),
    "bad in another green": (_BAD, _BAD.replace("FF991B1B", "FF14532D").replace("FFF9C7C7", "FFC6F6D5")),
    "bad on green": (_BAD, _BAD.replace("FFF9C7C7", "FFC6F6D5")),
    "good on red": (_GOOD, _GOOD + '<fill><patternFill><bgColor rgb="FFF9C7C7"/></patternFill></fill>'),
}  # fmt: skip


def _coloured(name: str) -> Trick:
    """A highlight that was issued, in the colours of another."""
    before, now = _OTHER[name]
    return Trick(
        f"issued highlight: {name}", lambda case: in_part(case.filled, STYLES, f"<dxf>{before}</dxf>", f"<dxf>{now}</dxf>"),
        "HIGHLIGHT_CHANGED", "勾稽校验",
    )  # fmt: skip


TRICKS = [
    *map(_coloured, _OTHER),
    *(_ruled(tint, condition) for tint in _TINTS for condition in _CONDITIONS),
    *map(_drawn, _DRAWN),
    *map(_extended, _EXTENSIONS),
    _prompted("总分", "总分 99.99", 'type="none"'), _prompted("", "实为 99.99", 'allowBlank="true"'),
    _prompted("99.99", "", 'type="none"'),
]  # fmt: skip
