"""The styles of a received workbook: how cells of each style look, and what conditional formats change."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import BUILTIN_FORMATS

from workbook.xlsx_reader.colours import BLACK, WHITE, Palette, theme_colours, theme_fonts
from workbook.xlsx_reader.grammar import Checked, truth, whole
from workbook.xlsx_reader.grammar_book import STYLES
from workbook.xlsx_reader.received import Look, Tint
from workbook.xlsx_reader.strings import decoded
from workbook.xlsx_reader.xml import PartProblem, parse

_CHINESE_DATES = {*range(27, 37), *range(50, 59)}
"""Numbers that stand for dates and times in programs of East Asian languages."""

_IN_CHINESE = {
    14: "yyyy/m/d", 22: "yyyy/m/d h:mm", 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    **dict.fromkeys((34, 55), 'AM/PM h"时"mm"分"'), **dict.fromkeys((35, 56), 'AM/PM h"时"mm"分"ss"秒"'),
}  # fmt: skip
"""Formats of numbers that the file does not describe, in Chinese programs (ECMA-376 part 1, 18.8.30)."""

_UNKNOWN = "[?];;;"
"""A format that programs explain in different ways, or none: what it shows is not known, of texts too."""

_FIRST_OWN = 164
"""Number formats below are the standard's own (ECMA-376 part 1, 18.8.30); of one that a file describes anew,
the programs decide in different ways what it shows."""

_LOCAL = frozenset(
    {5, 6, 7, 8, 14, 15, 16, 17, 18, 19, 20, 21, 22, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48}
)
"""Those of currency, dates and accounting, which programs describe in their own language."""

_CODED = {
    **dict.fromkeys((*range(14, 23), *range(45, 48), *_CHINESE_DATES), re.compile("(?i)[ymdhs]")),
    **dict.fromkeys((*range(5, 9), *range(37, 45)), re.compile("(?i)(?!.*[ymdhs]).*[0#]")),
    48: re.compile("(?i).*0E"),
}
"""Least content of a code that a file gives for one of these numbers: a program that knows the number by
itself shows a date, an amount, an exponent."""

_WIDTHS, _USUAL = {
    "calibri": 5.25 / 11, "aptos": 5.25 / 11, "verdana": 0.62, "dejavu": 0.62,
    "narrow": 0.41, "condensed": 0.41, "compressed": 0.38,
}, 0.52  # fmt: skip
"""Widths of a digit, in sizes, by words in the font's name; Aptos Narrow is as wide as Calibri."""
_DIGITS = 9
_SYMBOLS = 2
"""The character set of fonts that show other signs than those that were typed."""


_UNTOLD_DIGIT = 5.25
"""Points of a digit where no font is described: that of Calibri at 11 points."""


@dataclass(frozen=True, slots=True)
class Styles:
    """Styles of a workbook: the looks of cells by number, the tints of conditional formats."""

    looks: tuple[Look, ...] = (Look(),)
    tints: tuple[Tint, ...] = ()
    palette: Palette = field(default_factory=Palette)
    fonts: Mapping[str, tuple[str, ...]] | None = None
    digit: float = _UNTOLD_DIGIT
    """Points of a digit in the font in whose digits columns' widths count."""


def read_styles(name: str, content: bytes, theme: bytes | None) -> Styles:
    """The styles in a part; ``theme`` is the bytes of the theme they refer to. Raises PartProblem."""
    part = STYLES.check(name, parse(name, content), "styleSheet")
    root = None if theme is None else parse("theme", theme)
    fonts = {} if root is None else theme_fonts(root)
    palette = Palette() if root is None else Palette(theme_colours(root))
    own = tuple(
        one.get("rgb", "").upper()[-6:].rjust(6, "0")
        for one in part.all("colors", "indexedColors", "rgbColor")
    )
    if own:  # more than 64 no program knows
        own = own[:64]
        palette = replace(palette, indexed=own + palette.indexed[len(own) :])
    formats = _formats(part, palette)
    reader = _Reader(part, palette, fonts)
    faces = [reader.font(one, Look()) for one in part.all("fonts", "font")]
    fills = [reader.fill(one) for one in part.all("fills", "fill")]
    crossed = [_crossed(one) for one in part.all("borders", "border")]
    looks = tuple(reader.look(one, faces, fills, crossed, formats) for one in part.all("cellXfs", "xf"))
    tints = tuple(reader.tint(one) for one in part.all("dxfs", "dxf"))
    return Styles(looks or (Look(),), tints, palette, fonts, _digit(part, faces))


def _digit(part: Checked, faces: Sequence[Look]) -> float:
    """The least that programs may take for a digit of the usual style: of its font, or of the first one."""
    style = next((one for one in part.all("cellStyles", "cellStyle") if one.get("builtinId") == "0"), None)
    formats = part.all("cellStyleXfs", "xf")
    number = _number(style, "xfId")
    font = _number(formats[number], "fontId") if number < len(formats) else 0
    used = [faces[one] for one in (0, font) if one < len(faces)]
    return min((face.size * _digit_of(face.font) for face in used), default=_UNTOLD_DIGIT)


def _number(element: Element | None, attribute: str) -> int:
    """A number of a style's own, which no rule checks; 0 for none."""
    text = "0" if element is None else element.get(attribute, "0").strip()
    return int(text) if text.isdecimal() and text.isascii() and len(text) < _DIGITS else 0


def _digit_of(face: str) -> float:
    """The width of a digit, in sizes of its font."""
    names = face.lower().split("、")
    return min(next((width for word, width in _WIDTHS.items() if word in name), _USUAL) for name in names)


def _formats(part: Checked, palette: Palette) -> dict[int, str]:
    formats: dict[int, str] = {}
    for one in part.all("numFmts", "numFmt"):
        number = whole(one, "numFmtId", -1)
        if number in formats:
            raise PartProblem("NUMBER_FORMAT_TWICE", part=part.name, number=number)
        code = decoded(part.name, one.get("formatCode", ""))
        fixed = number < _FIRST_OWN and number in BUILTIN_FORMATS and number not in _LOCAL
        formats[number] = _UNKNOWN if fixed and code != BUILTIN_FORMATS[number] else code
        if palette.repainted(code):
            formats[number] = _UNKNOWN
        if number in _CODED and not _CODED[number].match(re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code)):
            formats[number] = _UNKNOWN
    for one in part.all("dxfs", "dxf", "numFmt"):  # one program takes them for those of all cells
        number = whole(one, "numFmtId", -1)
        if _known(number, formats) not in {one.get("formatCode", ""), None}:
            formats[number] = _UNKNOWN
    return formats


def _known(number: int, formats: Mapping[int, str]) -> str | None:
    return formats.get(number, BUILTIN_FORMATS.get(number))


def _crossed(border: Element) -> bool:
    """Whether a border has a line from corner to corner."""
    drawn = any(
        str(one.tag).endswith("}diagonal") and one.get("style", "none").strip() != "none" for one in border
    )
    ways = (border.get(key, "0").strip() for key in ("diagonalUp", "diagonalDown"))
    return drawn and any(way not in {"0", "false"} for way in ways)


class _Reader:
    def __init__(self, part: Checked, palette: Palette, fonts: Mapping[str, tuple[str, ...]]) -> None:
        self.part = part
        self.palette = palette
        self.fonts = fonts

    def child(self, element: Element | None, tag: str) -> Element | None:
        """The child of that name; the last where programs write several."""
        found = [] if element is None else element.findall(self.part.space + tag)
        return found[-1] if found else None

    def font(self, element: Element, base: Look) -> Look:
        """``base`` in the font that an element describes."""
        size, name = self.child(element, "sz"), self.child(element, "name")
        if name is None:
            name = self.child(element, "rFont")
        raised, charset = self.child(element, "vertAlign"), self.child(element, "charset")
        scheme = self.child(element, "scheme")
        face = base.font if name is None else name.get("val", "")
        themed = self.fonts.get("" if scheme is None else scheme.get("val", ""), ())
        return replace(
            base,
            font="、".join(dict.fromkeys((*themed, face))) if themed else face,
            size=base.size if size is None else float(size.get("val", "11").strip()),
            colour=self.palette.colour(self.child(element, "color"), base.colour),
            bold=_on(self.child(element, "b")),
            struck=_on(self.child(element, "strike")),
            symbols=charset is not None and whole(charset, "val") == _SYMBOLS,
            raised="" if raised is None else raised.get("val", ""),
        )

    def fill(self, element: Element) -> tuple[str, tuple[str, ...]]:
        """A fill's pattern and its colours."""
        gradient, pattern = self.child(element, "gradientFill"), self.child(element, "patternFill")
        if gradient is not None:
            stops = gradient.findall(f"{self.part.space}stop/{self.part.space}color")
            return "gradient", tuple(self.palette.colour(one, WHITE) for one in stops)
        if pattern is None:
            return "none", ()
        kind = pattern.get("patternType", "none")
        ink = self.palette.colour(self.child(pattern, "fgColor"), BLACK)
        paper = self.palette.colour(self.child(pattern, "bgColor"), WHITE)
        if kind == "none":
            return kind, ()
        return kind, (ink,) if kind == "solid" else (ink, paper)

    def look(
        self,
        element: Element,
        faces: list[Look],
        fills: list[tuple[str, tuple[str, ...]]],
        crossed: list[bool],
        formats: Mapping[int, str],
    ) -> Look:
        """The look of a cell of a style. Raises PartProblem for a font or fill that is not there."""
        font, fill = whole(element, "fontId"), whole(element, "fillId")
        border = whole(element, "borderId")
        if (faces and font >= len(faces)) or (fills and fill >= len(fills)):
            raise PartProblem("STYLE_MISSING", part=self.part.name, what="字体或填充")
        base = faces[font] if faces else Look()
        pattern, colours = fills[fill] if fills else ("none", ())
        alignment, protection = self.child(element, "alignment"), self.child(element, "protection")
        look = replace(
            base,
            locked=truth(protection, "locked", default=True),
            format=_format(whole(element, "numFmtId"), formats),
            pattern=pattern,
            fill="、".join(colours) or None,
            crossed=border < len(crossed) and crossed[border],
        )
        if alignment is None:
            return look
        return replace(
            look,
            horizontal=alignment.get("horizontal", "general"),
            wrap=truth(alignment, "wrapText"),
            rotation=whole(alignment, "textRotation"),
            indent=whole(alignment, "indent"),
            shrink=truth(alignment, "shrinkToFit"),
            right_to_left=whole(alignment, "readingOrder") == 2,
        )

    def tint(self, element: Element) -> Tint:
        """The changes that a conditional format makes."""
        font, fill = self.child(element, "font"), self.child(element, "fill")
        number, pattern = self.child(element, "numFmt"), self.child(fill, "patternFill")
        size, name, raised, charset = (
            self.child(font, tag) for tag in ("sz", "name", "vertAlign", "charset")
        )
        paper = self.child(pattern, "bgColor")
        if paper is None:
            paper = self.child(pattern, "fgColor")
        kind = "solid" if pattern is None else pattern.get("patternType", "solid")
        scheme = self.child(font, "scheme")
        themed = () if scheme is None else self.fonts.get(scheme.get("val", ""), ())
        faces = (*themed, *(() if name is None else (name.get("val", ""),)))
        return Tint(
            format=None if number is None else number.get("formatCode", ""),
            colour=None
            if self.child(font, "color") is None
            else self.palette.colour(self.child(font, "color"), BLACK),
            fill=None if paper is None else self.palette.colour(paper, WHITE),
            struck=_on(self.child(font, "strike")),
            font="、".join(faces) if faces else None,
            size=None if size is None else float(size.get("val", "11").strip()),
            odd=any(one is not None for one in (raised, self.child(fill, "gradientFill")))
            or (charset is not None and whole(charset, "val") == _SYMBOLS)
            or any(_crossed(one) for one in element if str(one.tag).endswith("}border"))
            or self.child(element, "alignment") is not None
            or kind not in {"solid", "none"},
        )


def _on(element: Element | None) -> bool:
    return truth(element, "val", default=True) if element is not None else False


def _format(number: int, formats: Mapping[int, str]) -> str:
    if number in formats:
        return formats[number]
    return _IN_CHINESE.get(number) or BUILTIN_FORMATS.get(number, _UNKNOWN)
