"""The look of every cell: whether it can be read and shows its content. Looks against issued ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from workbook.findings import Finding, found
from workbook.returned.issued import Content, IssuedSheet, is_input
from workbook.template.model import Formula
from workbook.verifier.integrity.formats import ALL_PLACES, Shape, Sort, inks, plain, shape_of, shown
from workbook.xlsx_reader.colours import WHITE, least_contrast
from workbook.xlsx_reader.received import CellValue, Look, ReceivedSheet, Run

_LEAST_SIZE = 6.0
"""Points below which nobody reads a text on screen or paper."""
_SMALLER = 0.6
"""Part of the issued font size that a font must keep."""
LEAST_CONTRAST = 1.9
_MOST_INDENT, _MOST_INDENT_INPUT = 2, 3
"""Steps further in that a text may stand; a number that no longer fits its cell is not shown."""

_FONTS = re.compile(
    r"""(?ix)(?:宋体|新宋体|黑体|楷体|仿宋|微软雅黑|微软正黑|等线|方正|华文|思源|文泉驿|苹方|冬青|隶书|幼圆|汉仪|华康|
    细明体|新細明體|標楷體|阿里|sim(?:sun|hei)|nsimsun|kaiti|fangsong|lisu|youyuan|dengxian|
    microsoft[ ](?:yahei|jhenghei)|st(?:song|kaiti|fangsong|zhongsong|heiti|xihei)|fz|source[ ]han|noto|
    wenquanyi|pingfang|hiragino|
    heiti|songti|kai|p?mingliu|dfkai|arial|calibri|cambria|candara|constantia|corbel|times|helvetica|verdana|
    tahoma|segoe[ ]ui|liberation|dejavu|carlito|caladea|roboto|open[ ]sans|lato|courier|consolas|georgia|
    trebuchet|century|aptos|garamond|book[ ]antiqua|palatino|franklin|gill[ ]sans|menlo|monaco|lucida|
    ms[ ](?:p?gothic|p?mincho|sans|serif|ui)|ｍｓ|yu[ ](?:gothic|mincho)|meiryo|malgun|batang|gulim|dotum|
    harmonyos|misans|oppo|alibaba|san[ ]francisco|sf[ ]pro|system|ubuntu|droid|arimo|tinos|cousine|montserrat|
    맑은|돋움|굴림|바탕|游|ヒラギノ|メイリオ|
    inter|sans|serif|monospace|impact|comic[ ]sans|bookman|rockwell|gothic|mincho|wps)"""
)
"""Families that show letters and digits as what they are, by the beginning of their names."""
_SIGNS = re.compile(
    r"(?i)symbol|dings|dingbat|emoji|icon|bar ?code|code ?(?:39|128)|marlett|outlook|extra|ornament|"
    r"sorts|d050000l|mdl2|fluent|(?:holidays|vacation|parties|directions|signs|sports|transport|"
    r"almanac|keystrokes|botanical) mt"
)


def look_findings(issued: IssuedSheet, got: ReceivedSheet) -> Iterator[Finding]:
    """A finding for each cell that does not show what it holds, as it was issued to."""
    styles = got.styles
    odd = {}
    for number, style in set(zip(issued.numbers, map(styles.get, issued.refs), strict=True)):
        content, look = issued.sorts[number]
        actual = _PLAIN if style is None else got.by_style[style]
        if actual is not look and (problems := problems_of(content, look, actual)):
            odd[number, style] = problems
    if odd:
        for ref, number in zip(issued.refs, issued.numbers, strict=True):
            for problem in odd.get((number, styles.get(ref)), ()):
                yield from _finding(issued, got, ref, issued.sorts[number][0], problem)
    for ref, runs in got.rich.items():
        if ref in issued.places:
            yield from _parts(issued, got, ref, runs)


_PLAIN = Look()


def _finding(
    issued: IssuedSheet, got: ReceivedSheet, ref: str, content: Content, problem: str
) -> Iterator[Finding]:
    value = got.cached.get(ref) if isinstance(got.cells.get(ref), Formula) else got.cells.get(ref)
    if is_input(content) and (value is None or value == ""):
        return
    look = got.look(ref)
    if problem.startswith(_FORMAT):
        # what a result will be is not known where the file has not saved it
        unknown = value is None and content is Content.RESULT
        number = unknown or (isinstance(value, int | float) and not isinstance(value, bool))
        match problem.removeprefix(_FORMAT):
            case "":
                pass
            case "文字" if not unknown and not isinstance(value, str):
                return
            case "数值" if not number:
                return
            case "负数" if not unknown and not (number and value < 0):  # type: ignore[operator]
                return
            case places if places.isdecimal() and not unknown and (not number or shown(value, int(places))):
                return
        code = "FORMAT_MISLEADS" if is_input(content) else "CELL_CHANGED"
        yield found(
            code, sheet=issued.title, cell=ref, format=look.format[:40], value=_short(value),
            expected=f"格式 {issued.sheet.look(ref).format}", actual=f"格式 {look.format[:40]}",
        )  # fmt: skip
        return
    yield found("LOOK_CHANGED", sheet=issued.title, cell=ref, what=problem)


def _short(value: CellValue | Formula | None) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= 40 else text[:39] + "…"


_FORMAT = "数字格式"


@cache
def problems_of(content: Content, issued: Look, got: Look) -> tuple[str, ...]:
    """Ways in which a look hides or changes the content of a cell.

    ``数字格式`` may be followed by its decimals, which then have to show all of the cell's value, or by 文字
    or 数值: it matters for these only.
    """
    formats = list(_format(content, issued, got))
    return (*([_FORMAT] if len(formats) > 1 else formats), *_legible(content, issued, got))


def _legible(content: Content, issued: Look, got: Look) -> Iterator[str]:
    own = is_input(content)
    if got.size < max(_LEAST_SIZE, issued.size * _SMALLER):
        yield f"字号 {got.size:g}"
    if (got.colour, got.fill) != (issued.colour, issued.fill):
        least = min(LEAST_CONTRAST, least_contrast(issued.colour, _ground(issued)))
        if least_contrast(got.colour, _ground(got)) < least:
            yield "字体颜色与底色相近"
    if got.pattern not in {"none", "solid", "gray125", "gray0625", issued.pattern}:
        yield "图案或渐变填充"
    if shows_signs(got.font, issued.font, own=own) or (got.symbols and not issued.symbols):
        yield f"字体“{got.font[:20]}”"
    if got.struck and not issued.struck:
        yield "删除线"
    if not own and got.raised in {"superscript", "subscript"} and got.raised != issued.raised:
        yield "上标或下标"
    yield from _aligned(content, issued, got)


def _aligned(content: Content, issued: Look, got: Look) -> Iterator[str]:
    """Alignments that repeat, turn, push out or cut a text, and a line across it."""
    own = is_input(content)
    indent = _MOST_INDENT_INPUT if own else _MOST_INDENT
    if got.horizontal != issued.horizontal and got.horizontal in {"fill", "centerContinuous"}:
        yield "填充或跨列对齐"
    if got.rotation != issued.rotation:
        yield f"文字方向 {got.rotation}"
    if got.crossed and not issued.crossed:
        yield "斜线"
    if got.indent > issued.indent + indent:
        yield f"缩进 {got.indent}"
    if not own and got.shrink and not issued.shrink:
        yield "缩小字体填充"
    if got.right_to_left and not issued.right_to_left:
        yield "从右到左的文字方向"


def _ground(look: Look) -> list[str]:
    """The colours on which a cell's text stands."""
    return look.fill.split("、") if look.fill else [WHITE]


def shows_signs(font: str, issued: str, *, own: bool) -> bool:
    """Whether a font may show other signs than the letters; in an input, only those known for it do."""
    if font == issued:
        return False
    faces = font.split("、")
    if any(_SIGNS.search(face) for face in faces):
        return True
    return not own and not all(_FONTS.match(face) or face in issued for face in faces)


def _format(content: Content, issued: Look, got: Look) -> Iterator[str]:
    if any(least_contrast(ink, _ground(got)) < LEAST_CONTRAST for ink in inks(got.format)):
        yield _FORMAT
    if plain(got.format) == plain(issued.format):
        return
    before, now = shape_of(issued.format), shape_of(got.format)
    if not now.text:
        yield _FORMAT + "文字"
    if before.signed and not now.signed:
        yield _FORMAT + "负数"
    yield from _sorted(content, before, now)


def _sorted(content: Content, before: Shape, now: Shape) -> Iterator[str]:
    """Whether a format makes of a number what the issued one does."""
    match content:
        case Content.NUMBER | Content.RESULT:
            yield from _result(before.sort, before.places, now.sort, now.places)
            if now.dash:
                yield _FORMAT + "数值"
        case Content.AMOUNT | Content.SHARE:
            shows = {Sort.NUMBER, Sort.TEXT} | ({Sort.PERCENT} if content is Content.SHARE else set())
            if now.sort not in shows:
                yield _FORMAT + "数值"
            elif now.places < before.places:
                yield f"{_FORMAT}{now.places}"
        case Content.DATE | Content.EVIDENCE_DATE:
            whole = now.sort is Sort.DATE and {"y", "m", "d"} <= set(now.parts)
            if not whole and (content is Content.DATE or now.sort in {Sort.DATE, Sort.OTHER}):
                yield _FORMAT + "数值"
        case Content.WORDS:
            if now.sort in {Sort.OTHER, Sort.DATE, Sort.PERCENT}:
                yield _FORMAT + "数值"
            elif now.places < ALL_PLACES:
                yield f"{_FORMAT}{now.places}"


def _result(before: Sort, places: int, now: Sort, now_places: int) -> Iterator[str]:
    """A result or a weight keeps its kind; where it loses decimals, those left must show all of it."""
    alike = {Sort.NUMBER, Sort.TEXT}
    if now is not before and not (now in alike and before in alike):
        yield _FORMAT + "数值"
    elif now_places < places:
        yield f"{_FORMAT}{now_places}"


def _parts(issued: IssuedSheet, got: ReceivedSheet, ref: str, runs: tuple[Run, ...]) -> Iterator[Finding]:
    """Parts of a text with a font of their own that cannot be read, or say something else."""
    content, look = issued.sorts[issued.number[ref]]
    base = got.look(ref)
    told = any(run.phonetic for run in runs)
    shown = told or got.phonetic_rows or got.frame.phonetic
    if (shown and any(run.reading for run in runs)) or (told and not is_input(content)):
        yield found("LOOK_CHANGED", sheet=issued.title, cell=ref, what="注音")
    for run in runs:
        if run.phonetic or run.reading:
            continue
        for problem in _problems_of_part(content, look, base, run):
            yield found("LOOK_CHANGED", sheet=issued.title, cell=ref, what=f"部分文字的{problem}")


@cache
def _problems_of_part(content: Content, issued: Look, base: Look, run: Run) -> tuple[str, ...]:
    """Ways in which a part of a text hides or changes the text."""
    part = replace(
        base,
        font=run.font if run.font is not None else base.font,
        size=run.size if run.size is not None else base.size,
        colour=run.colour if run.colour is not None else base.colour,
        struck=run.struck, symbols=run.symbols, raised=run.raised,
    )  # fmt: skip
    return tuple(_legible(content, issued, part))
