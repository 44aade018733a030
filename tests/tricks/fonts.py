"""Fonts that nobody can read, that show other signs, or that strike out and lift digits."""

# ruff: noqa: E501 - tables of parameters read better with one entry a line
from __future__ import annotations

import re

from tests.support.returned import Issued, in_part, text, with_cell
from tests.tricks.kit import SCORING, STYLES, SUMMARY, Trick, at, label, styled, total, weight

_NAME = '<name val="微软雅黑"/><family val="2"/>'
_SOLID = '<patternFill patternType="solid"><fgColor {0}/><bgColor indexed="64"/></patternFill>'
_SIZES = ("1", "0.5", "2", "5.9", "40", "200", "409")
_PAIRS = (
    ('rgb="FFFFFFFF"', 'rgb="FFFFFFFF"'), ('rgb="00FFFFFF"', 'rgb="FFFEFEFE"'), ('theme="0"', 'rgb="FFFFFFFF"'),
    ('indexed="9"', 'theme="0"'), ('theme="1" tint="1"', 'indexed="1"'), ('theme="0"', 'theme="1" tint="0.999"'),
    ('rgb="FF000000"', 'indexed="8"'), ('theme="4"', 'rgb="FF4F81BD"'), ('rgb="FFEEF1F5"', 'rgb="FFEEF1F5"'),
    ('theme="0" tint="-0.05"', 'rgb="FFEEF1F5"'), ('indexed="22"', 'rgb="FFC0C0C0"'),
)  # fmt: skip
_SIGNS = (
    '<name val="Wingdings"/>', '<name val="Symbol"/>', '<name val="Webdings"/>', '<name val="Libre Barcode 39"/>',
    '<name val="微软雅黑"/><charset val="2"/>', '<name val="Wingdings 2"/><scheme val="none"/>',
    '<name val="数字变换体"/>', '<name val="MT Extra"/>',
)  # fmt: skip
_MARKS = (
    "<strike/>",
    '<vertAlign val="superscript"/>',
    '<vertAlign val="subscript"/>',
    '<strike val="true"/>',
)
_RUNS = (
    '<color rgb="FFFFFFFF"/>', '<sz val="1"/>', '<color theme="0"/>', '<color indexed="9"/>',
    '<rFont val="Wingdings"/>', '<strike/>', '<vertAlign val="subscript"/>', '<charset val="2"/>',
    '<color theme="1" tint="1"/>', '<sz val="300"/>',
)  # fmt: skip


def _font(size: str = "10.5", colour: str = 'rgb="FF1F2937"', name: str = _NAME, mark: str = "") -> str:
    before = "" if "vertAlign" in mark else mark
    raised = mark if "vertAlign" in mark else ""
    return f'{before}{raised}<sz val="{size}"/><color {colour}/>{name}'


def _sized(one: str) -> list[Trick]:
    return [
        at(f"size {one} on {where.__name__}", where, lambda case, where=where: styled(case, where(case), font=_font(one)),  # type: ignore[misc]
           "LOOK_CHANGED", sheet)
        for where, sheet in ((total, SUMMARY), (label, SUMMARY), (weight, SCORING))
    ]  # fmt: skip


def _coloured(one: str, ground: str) -> Trick:
    def change(case: Issued) -> bytes:
        return styled(case, total(case), font=_font(colour=one), fill=_SOLID.format(ground))

    return at(f"colour {one} on {ground}", total, change, "LOOK_CHANGED", SUMMARY)


def _patterned(fill: str) -> Trick:
    return at(
        f"fill {fill[:40]}", total, lambda case: styled(case, total(case), fill=fill), "LOOK_CHANGED", SUMMARY
    )


def _signed(name: str) -> Trick:
    return at(f"font {name}", total, lambda case: styled(case, total(case), font=_font(name=name)),
              "LOOK_CHANGED", SUMMARY)  # fmt: skip


def _marked(mark: str) -> Trick:
    return at(f"mark {mark}", total, lambda case: styled(case, total(case), font=_font(mark=mark)),
              "LOOK_CHANGED", SUMMARY)  # fmt: skip


def _run(properties: str) -> Trick:
    """A label in two parts, the first of which cannot be read."""

    def change(case: Issued) -> bytes:
        place = label(case)
        said = case.template.sheet[SUMMARY].texts[place.cell]
        kind, inner = text(said)
        first, rest = (re.sub(r"<is>|</is>", "", text(one)[1]) for one in (said[:3], said[3:]))
        assert inner
        return with_cell(
            case.filled, place, (kind, f"<is><r><rPr>{properties}</rPr>{first}</r><r>{rest}</r></is>")
        )

    return at(f"run {properties}", label, change, "LOOK_CHANGED", SUMMARY)


def _palette(case: Issued) -> bytes:
    """The eleventh colour of the palette becomes the ground's."""
    data = styled(case, total(case), font=_font(colour='indexed="10"'), fill=_SOLID.format('rgb="FFFFFFFF"'))
    colours = "".join(f'<rgbColor rgb="00{"FFFFFF" if number == 10 else "000000"}"/>' for number in range(64))
    return in_part(data, STYLES, "</styleSheet>",
                   f"<colors><indexedColors>{colours}</indexedColors></colors></styleSheet>")  # fmt: skip


def _theme(case: Issued) -> bytes:
    """The first accent of the theme becomes the ground's."""
    data = styled(case, total(case), font=_font(colour='theme="4"'), fill=_SOLID.format('rgb="FFFFFFFF"'))
    return in_part(
        data, "xl/theme/theme1.xml", 'accent1><a:srgbClr val="4F81BD"', 'accent1><a:srgbClr val="FFFFFF"'
    )


def _theme_font(case: Issued) -> bytes:
    """The theme's font becomes one of signs, and the total's follows it."""
    name = '<name val="Calibri"/><family val="2"/><scheme val="minor"/>'
    data = styled(case, total(case), font=_font(name=name))
    return in_part(data, "xl/theme/theme1.xml", 'minorFont><a:latin typeface="Calibri"',
                   'minorFont><a:latin typeface="Wingdings"')  # fmt: skip


TRICKS = [
    *(trick for one in _SIZES for trick in _sized(one)),
    *(_coloured(*pair) for pair in _PAIRS),
    *(
        _patterned(f'<patternFill patternType="{one}"><fgColor rgb="FF000000"/><bgColor rgb="FF1F2937"/></patternFill>')
        for one in ("darkGrid", "darkTrellis", "mediumGray", "darkVertical")
    ),
    _patterned('<gradientFill degree="90"><stop position="0"><color rgb="FF1F2937"/></stop>'
               '<stop position="1"><color rgb="FF1F2937"/></stop></gradientFill>'),
    *map(_signed, _SIGNS),
    *map(_marked, _MARKS),
    *map(_run, _RUNS),
    at("palette redefined", total, _palette, "LOOK_CHANGED", SUMMARY),
    at("theme redefined", total, _theme, "LOOK_CHANGED", SUMMARY),
    at("theme's font redefined", total, _theme_font, "LOOK_CHANGED", SUMMARY),
]  # fmt: skip
