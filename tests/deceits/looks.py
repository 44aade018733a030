"""Fonts, colours, fills, borders and alignment that hide what a cell holds, or make it read otherwise."""

from __future__ import annotations

import re

from tests.deceits.kit import (
    AMOUNT,
    CLAUSE,
    COVER,
    LABEL,
    SCORE,
    STYLES,
    THEME,
    TOTAL,
    WEIGHT,
    Draft,
    Trick,
    solid,
)
from workbook.layout.names import Place


def look(*places: Place, **changes: str):
    def change(draft: Draft) -> None:
        given = dict(changes)
        if "font" in given and not given["font"].startswith("<"):
            given["font"] = draft.font(colour=given["font"])
        draft.styled(*places, **given)

    return change


def face(name: str, inside: str = ""):
    return lambda draft: draft.styled(TOTAL, font=draft.font(inside, name=name))


def face_on(place: Place, name: str):
    return lambda draft: draft.styled(place, font=draft.font(name=name))


def sized(place: Place, size: str):
    return lambda draft: draft.styled(place, font=draft.font(size=size))


def inside(place: Place, markup: str):
    return lambda draft: draft.styled(place, font=draft.font(markup))


def theme_colour(slot: str, markup: str, colour: str = 'theme="1"'):
    """A cell in a colour of the theme, which the theme makes another."""

    def change(draft: Draft) -> None:
        draft.sub(THEME, rf"<a:{slot}>.*?</a:{slot}>", f"<a:{slot}>{markup}</a:{slot}>")
        draft.styled(TOTAL, font=draft.font(colour=colour))

    return change


def second_scheme(draft: Draft) -> None:
    """Colours of a scheme that is only kept for choosing it later."""
    draft.sub(THEME, "<a:dk1>.*?</a:dk1>", '<a:dk1><a:srgbClr val="FFFFFF"/></a:dk1>')
    extra = '<a:extraClrScheme><a:clrScheme name="x"><a:dk1><a:srgbClr val="000000"/></a:dk1></a:clrScheme></a:extraClrScheme>'
    if "<a:extraClrSchemeLst/>" in draft.text(THEME):
        draft.replace(THEME, "<a:extraClrSchemeLst/>", f"<a:extraClrSchemeLst>{extra}</a:extraClrSchemeLst>")
    else:
        draft.replace(THEME, "</a:theme>", f"<a:extraClrSchemeLst>{extra}</a:extraClrSchemeLst></a:theme>")
    draft.styled(TOTAL, font=draft.font(colour='theme="1"'))


def palette(draft: Draft) -> None:
    colours = "".join(f'<rgbColor rgb="00{"FFFFFF" if one == 8 else "112233"}"/>' for one in range(64))
    draft.replace(
        STYLES, "</styleSheet>", f"<colors><indexedColors>{colours}</indexedColors></colors></styleSheet>"
    )
    draft.styled(TOTAL, font=draft.font(colour='indexed="8"'))


def palette_of_a_format(code: str):
    """A format that writes in a colour of the palette, in which that colour is white."""

    def change(draft: Draft) -> None:
        colours = "".join(f'<rgbColor rgb="00{"FFFFFF" if one == 10 else "112233"}"/>' for one in range(64))
        draft.replace(
            STYLES, "</styleSheet>", f"<colors><indexedColors>{colours}</indexedColors></colors></styleSheet>"
        )
        draft.styled(TOTAL, format=code)

    return change


def theme_font(name: str, which: str = "latin"):
    """A font by the theme's scheme, which is one of signs."""

    def change(draft: Draft) -> None:
        draft.sub(THEME, rf"(<a:minorFont>.*?)<a:{which} [^>]*/>", rf'\1<a:{which} typeface="{name}"/>')
        draft.styled(TOTAL, font=draft.font('<scheme val="minor"/>'))

    return change


def theme_font_of_the_script(script: str):
    """A font of signs for one script, which programs in its language take."""

    def change(draft: Draft) -> None:
        draft.sub(THEME, r"</a:minorFont>", f'<a:font script="{script}" typeface="Wingdings"/></a:minorFont>')
        other = rf'<a:font script="{script}" typeface="(?!Wingdings)[^"]*"/>(?=.*</a:minorFont>)'
        if re.search(other, draft.text(THEME), re.S):
            draft.sub(THEME, other, "")
        draft.styled(CLAUSE, font=draft.font('<scheme val="minor"/>'))

    return change


def crossed(place: Place, style: str = "thick", attributes: str = 'diagonalUp="1" diagonalDown="1"'):
    """A diagonal line through a cell."""

    def change(draft: Draft) -> None:
        draft.styled(
            place,
            border=f'<left/><right/><top/><bottom/><diagonal style="{style}"><color rgb="FF000000"/></diagonal>',
        )
        draft.sub(
            STYLES, r"<border>(<left/><right/><top/><bottom/><diagonal style)", rf"<border {attributes}>\1"
        )

    return change


def issued_font(old: str, new: str):
    """An issued font changed for all the cells that have it."""
    return lambda draft: draft.replace(STYLES, old, new)


FILLS = {
    "gradient": '<gradientFill degree="90"><stop position="0"><color rgb="FFFFFFFF"/></stop><stop position="1"><color rgb="FF000000"/></stop></gradientFill>',
    "pattern of lines": '<patternFill patternType="darkHorizontal"><fgColor rgb="FF000000"/><bgColor rgb="FFFFFFFF"/></patternFill>',
    "grey 125 in the font's colour": '<patternFill patternType="gray125"><fgColor rgb="FF1F2937"/><bgColor rgb="FF1F2937"/></patternFill>',
    "solid in the font's colour": solid('rgb="FF1F2937"'),
    "dark by a theme's number": solid('theme="1"'),
    "dark by a theme and tint": solid('theme="0" tint="-0.95"'),
    "black by its number": solid('indexed="8"'),
    "the window's text by its number": solid('indexed="64"'),
    "automatic": '<patternFill patternType="solid"/>',
}  # fmt: skip
COLOURS = {
    "white": 'rgb="FFFFFFFF"', "white in six digits": 'rgb="FFFFFF"', "white without opacity": 'rgb="00FFFFFF"', "the fill's": 'rgb="FFDDE3EA"',
    "nearly white": 'rgb="FFF0F0F0"', "white of the theme": 'theme="0"', "white by tint": 'theme="1" tint="1"',
    "white by its number": 'indexed="1"', "white by its second number": 'indexed="9"', "the window's ground by its number": 'indexed="65"',
    "two colours": 'rgb="FF000000" theme="0"', "two colours by number": 'rgb="FF000000" indexed="9"', "blanks around": 'rgb=" FFFFFFFF "',
    "small letters": 'rgb="ffffffff"', "theme by 00": 'theme="00"', "tint of nearly all": 'theme="1" tint="9.5e-1"',
    "a chart's ground by its number": 'indexed="78"',
}  # fmt: skip
FACES = ("Wingdings", "Wingdings 2", "Symbol", "Webdings", "ZapfDingbats", "Bar Code 39", "MT Extra", "自制数字", "Font With Other Digits",
         "Marlett", "OpenSymbol")  # fmt: skip
INPUT_FACES = (
    "Wingdings",
    "ITC Zapf Dingbats",
    "Monotype Sorts",
    "Bodoni Ornaments",
    "D050000L",
    "Segoe MDL2 Assets",
    "Holidays MT",
    "Code 128",
)

TRICKS: dict[str, Trick] = {
    **{f"total in {name}": Trick(look(TOTAL, font=colour), "LOOK_CHANGED", TOTAL) for name, colour in COLOURS.items() if "two" not in name},
    **{f"total in {name}": Trick(look(TOTAL, font=colour), "COLOUR_TWO", "颜色") for name, colour in COLOURS.items() if "two" in name},
    **{f"total on {name}": Trick(look(TOTAL, fill=fill), "LOOK_CHANGED", TOTAL) for name, fill in FILLS.items()},
    "white text on what looks dark by its number": Trick(
        look(TOTAL, font='rgb="FFFFFFFF"', fill=solid('indexed="65"')), "LOOK_CHANGED", TOTAL),
    "format's black on a black fill": Trick(
        look(TOTAL, font='rgb="FFFFFFFF"', fill=solid('rgb="FF000000"'), format="[Black]0.00"), "CELL_CHANGED", TOTAL),
    "format's blue on a dark fill": Trick(
        look(TOTAL, font='rgb="FFFFFFFF"', fill=solid('rgb="FF000080"'), format="[Blue]0.00"), "CELL_CHANGED", TOTAL),
    **{f"font {name}": Trick(face(name), "LOOK_CHANGED", TOTAL) for name in FACES},
    **{f"amount in font {name}": Trick(face_on(AMOUNT, name), "LOOK_CHANGED", AMOUNT) for name in INPUT_FACES},
    "font by its character set": Trick(inside(TOTAL, '<charset val="2"/>'), "LOOK_CHANGED", TOTAL),
    "input by its character set": Trick(inside(AMOUNT, '<charset val="+02"/>'), "LOOK_CHANGED", AMOUNT),
    "struck out": Trick(inside(TOTAL, "<strike/>"), "LOOK_CHANGED", TOTAL),
    "struck out by value": Trick(inside(WEIGHT, '<strike val=" 1 "/>'), "LOOK_CHANGED", WEIGHT),
    "struck out by the last of two": Trick(inside(SCORE, '<strike val="0"/><strike/>'), "LOOK_CHANGED", SCORE),
    "superscript": Trick(inside(TOTAL, '<vertAlign val="superscript"/>'), "LOOK_CHANGED", TOTAL),
    "subscript": Trick(inside(WEIGHT, '<vertAlign val="subscript"/>'), "LOOK_CHANGED", WEIGHT),
    "size of a point": Trick(sized(TOTAL, "1"), "LOOK_CHANGED", TOTAL),
    "size nearly nothing": Trick(sized(WEIGHT, "1e-3"), "LOOK_CHANGED", WEIGHT),
    "size of a poster": Trick(sized(TOTAL, "400"), "LOOK_CHANGED", TOTAL),
    "size of an input": Trick(sized(AMOUNT, "2"), "LOOK_CHANGED", AMOUNT),
    "white input": Trick(look(AMOUNT, font='rgb="FFFFF9DB"'), "LOOK_CHANGED", AMOUNT),
    "white label": Trick(look(LABEL, font='rgb="FFFFFFFF"'), "LOOK_CHANGED", LABEL),
    "white clause": Trick(look(CLAUSE, font='theme="0"'), "LOOK_CHANGED", CLAUSE),
    "white total of the cover": Trick(look(COVER, font='indexed="9"'), "LOOK_CHANGED", COVER),
    "crossed out by a border": Trick(crossed(TOTAL), "LOOK_CHANGED", TOTAL),
    "crossed out by half a border": Trick(crossed(WEIGHT, "double", 'diagonalDown=" true "'), "LOOK_CHANGED", WEIGHT),
    "label crossed out by a border": Trick(crossed(LABEL, "thin", 'diagonalUp="1"'), "LOOK_CHANGED", LABEL),
    "theme: dark is white": Trick(theme_colour("dk1", '<a:srgbClr val="FFFFFF"/>'), "LOOK_CHANGED", TOTAL),
    "theme: dark is the window's colour": Trick(theme_colour("dk1", '<a:sysClr val="window" lastClr="000000"/>'), "LOOK_CHANGED", TOTAL),
    "theme: dark is white by name": Trick(theme_colour("dk1", '<a:prstClr val="white"/>'), "MARKUP_UNKNOWN", "prstClr"),
    "theme: dark by shares of light": Trick(theme_colour("dk1", '<a:scrgbClr r="100000" g="100000" b="100000"/>'), "MARKUP_UNKNOWN", "scrgbClr"),
    "theme: dark made light": Trick(theme_colour("dk1", '<a:srgbClr val="000000"><a:lumOff val="100000"/></a:srgbClr>'), "MARKUP_UNKNOWN", "lumOff"),
    "theme: accent is white": Trick(theme_colour("accent1", '<a:srgbClr val="FFFFFF"/>', 'theme="4"'), "LOOK_CHANGED", TOTAL),
    "theme: another scheme beside": Trick(second_scheme, "LOOK_CHANGED", TOTAL),
    "palette redefined": Trick(palette, "LOOK_CHANGED", TOTAL),
    "format in a colour of another palette": Trick(palette_of_a_format("[Color3]0.00"), "CELL_CHANGED", TOTAL),
    "format in a named colour of another palette": Trick(palette_of_a_format("[Red]0.00"), "CELL_CHANGED", TOTAL),
    "font of the theme": Trick(theme_font("Wingdings"), "LOOK_CHANGED", TOTAL),
    "East Asian font of the theme": Trick(theme_font("Webdings", "ea"), "LOOK_CHANGED", TOTAL),
    **{f"font of the theme for {one}": Trick(theme_font_of_the_script(one), "LOOK_CHANGED", CLAUSE) for one in ("Hans", "Hant", "Jpan")},
    "issued font made white": Trick(
        issued_font('<b/><sz val="10.5"/><color rgb="FF1F2937"/>', '<b/><sz val="10.5"/><color rgb="FFFFFFFF"/>'), "LOOK_CHANGED", TOTAL),
    "issued font made one of signs": Trick(
        issued_font('<sz val="10.5"/><color rgb="FF1F2937"/><name val="微软雅黑"/>', '<sz val="10.5"/><color rgb="FF1F2937"/><name val="Wingdings"/>'),
        "LOOK_CHANGED", TOTAL),
    "issued fill made dark": Trick(issued_font('<fgColor rgb="FFDDE3EA"/>', '<fgColor rgb="FF1F2937"/>'), "LOOK_CHANGED", TOTAL),
    "filled again and again": Trick(look(SCORE, alignment='horizontal="fill"'), "LOOK_CHANGED", SCORE),
    "clause filled again and again": Trick(look(CLAUSE, alignment='horizontal="fill" wrapText="0"'), "LOOK_CHANGED", CLAUSE),
    "centred over its neighbours": Trick(look(TOTAL, alignment='horizontal="centerContinuous"'), "LOOK_CHANGED", TOTAL),
    "turned upside down": Trick(look(TOTAL, alignment='textRotation="180"'), "LOOK_CHANGED", TOTAL),
    "turned a little": Trick(look(WEIGHT, alignment='textRotation="45"'), "LOOK_CHANGED", WEIGHT),
    "stacked": Trick(look(TOTAL, alignment='textRotation="255"'), "LOOK_CHANGED", TOTAL),
    "pushed out of its cell": Trick(look(TOTAL, alignment='horizontal="right" indent="250"'), "LOOK_CHANGED", TOTAL),
    "pushed out of a narrow cell": Trick(look(WEIGHT, alignment='horizontal="right" indent="5"'), "LOOK_CHANGED", WEIGHT),
    "shrunk to fit": Trick(look(CLAUSE, alignment='shrinkToFit="1"', drop="wrapText"), "LOOK_CHANGED", CLAUSE),
    "from right to left": Trick(look(LABEL, alignment='readingOrder="2"'), "LOOK_CHANGED", LABEL),
    "clause on one line": Trick(look(CLAUSE, alignment='wrapText=" 0 "'), "LOOK_CHANGED", CLAUSE),
    "input struck through": Trick(inside(AMOUNT, "<strike/>"), "LOOK_CHANGED", AMOUNT),
    "input crossed out": Trick(crossed(AMOUNT), "LOOK_CHANGED", AMOUNT),
    "input filled again and again": Trick(look(AMOUNT, alignment='horizontal="fill"'), "LOOK_CHANGED", AMOUNT),
    "style by zeros": Trick(lambda draft: (draft.styled(TOTAL, font=draft.font(colour='rgb="FFFFFFFF"')),
        draft.cell(TOTAL, r's="(\d+)"', r's="000\1"'))[0], "LOOK_CHANGED", TOTAL),
    "style by a sign": Trick(lambda draft: (draft.styled(TOTAL, font=draft.font(colour='rgb="FFFFFFFF"')),
        draft.cell(TOTAL, r's="(\d+)"', r's=" +\1"'))[0], "LOOK_CHANGED", TOTAL),
}  # fmt: skip
