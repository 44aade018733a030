"""Conditional formats of a template's sheet: those that were issued, and others that hide or mislead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError

from workbook.engine.tokens import normal
from workbook.findings import Finding, found
from workbook.returned.issued import IssuedSheet, is_input
from workbook.verifier.integrity.formats import plain
from workbook.verifier.integrity.looks import LEAST_CONTRAST, shows_signs
from workbook.verifier.integrity.tints import alike
from workbook.xlsx_reader.colours import WHITE, contrast
from workbook.xlsx_reader.received import Area, Highlight, ReceivedSheet, Tint

_LEAST_SIZE, _MOST_SIZE = 8.0, 16.0
"""Points within which a conditional format may repeat the size of a font, as LibreOffice does."""


def highlight_findings(issued: IssuedSheet, got: ReceivedSheet) -> Iterator[Finding]:
    """Every conditional format that was not issued, or shows something else than it did."""
    if got.frame.highlights == issued.sheet.frame.highlights:
        return
    own = []
    tints = {one.tint for one in issued.sheet.frame.highlights}
    kept: dict[Highlight, list[Area]] = {}
    for mine in got.frame.highlights:
        same = [one for one in issued.sheet.frame.highlights if _is_same(mine, one, tints)]
        for one in (one for one in same if mine.tint.format or not one.tint.format):
            kept.setdefault(one, []).extend(mine.areas)
        wholes = tuple(dict.fromkeys(area for one in same for area in one.areas))
        told = _is_harmless(mine.tint) or not _is_ambiguous(mine)
        if mine.areas and told and all(_is_covered(part, wholes) for part in mine.areas):
            continue
        ref = _on_template(issued, mine)
        if ref or not _is_harmless(mine.tint):
            yield _changed(issued, mine, ref or mine.anchor)
        else:
            own.append(mine)
    for mine in own:
        if ref := _clashes(issued, got, mine):
            yield _changed(issued, mine, ref)
            break
    yield from _lost(issued, kept)


def _lost(issued: IssuedSheet, kept: Mapping[Highlight, list[Area]]) -> Iterator[Finding]:
    """Highlights that are gone, be it from a part of their cells: those that blank numbers, and colours."""
    gone = [
        one
        for one in issued.sheet.frame.highlights
        if not all(_is_covered(area, tuple(kept.get(one, ()))) for area in one.areas)
    ]
    code = "HIGHLIGHT_BLANKS_LOST" if any(one.tint.format for one in gone) else "HIGHLIGHT_LOST"
    if gone:
        yield found(code, sheet=issued.title, sheet_name=issued.title)


def _changed(issued: IssuedSheet, highlight: Highlight, ref: str) -> Finding:
    return found("HIGHLIGHT_CHANGED", sheet=issued.title, cell=ref or None, sheet_name=issued.title,
                 rule=(highlight.formulas or (highlight.kind,))[0][:40])  # fmt: skip


def _clashes(issued: IssuedSheet, got: ReceivedSheet, mine: Highlight) -> str:
    """The first filled input that cannot be read in a highlight's colours with its own, or another's."""
    filled = [
        (ref, look.colour, look.fill.split("、")[0] if look.fill else WHITE)
        for ref, (content, _) in zip(issued.refs, issued.kinds, strict=True)
        if is_input(content) and got.cells.get(ref) not in {None, ""}
        for look in [got.look(ref)]
    ]
    tint, others = mine.tint, {one.tint for one in got.frame.highlights} - {mine.tint}
    mixed = any(_clash(tint.colour, one.fill) or _clash(one.colour, tint.fill) for one in others)
    pairs = {(colour, ground) for _, colour, ground in filled}
    odd = {(text, ground) for text, ground in pairs if _clash(tint.colour or text, tint.fill or ground)}
    if not mixed and not odd:
        return ""
    for ref, *pair in filled:
        place = issued.places[ref]
        if any(area.meets(place) for area in mine.areas) and (
            tuple(pair) in odd or (mixed and _mixed(got, mine, place))
        ):
            return ref
    return ""


def _mixed(got: ReceivedSheet, mine: Highlight, place: Area) -> bool:
    """Whether another highlight of a cell gives the ground or the text a colour that clashes."""
    return any(
        (_clash(mine.tint.colour, one.tint.fill) or _clash(one.tint.colour, mine.tint.fill))
        and any(area.meets(place) for area in one.areas)
        for one in got.frame.highlights
        if one.tint != mine.tint
    )


def _clash(colour: str | None, ground: str | None) -> bool:
    return colour is not None and ground is not None and contrast(colour, ground) < LEAST_CONTRAST


def _is_same(mine: Highlight, issued: Highlight, tints: Set[Tint]) -> bool:
    """Whether a highlight has an issued one's condition, wherever each begins, and shows it alike."""
    if (mine.kind, mine.operator) != (issued.kind, issued.operator):
        return False
    said = tuple(_condition(text, mine.anchor, issued.anchor) for text in mine.formulas)
    meant = tuple(_condition(text, issued.anchor, issued.anchor) for text in issued.formulas)
    return said == meant and _same_tint(mine.tint, issued.tint, tints)


_CELL = re.compile(r"\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}")


@lru_cache(maxsize=4096)
def _condition(text: str, origin: str, anchor: str) -> tuple[str, ...]:
    """A formula of a condition as it would stand for another first cell, in its normal form."""
    if origin != anchor:
        if not _CELL.fullmatch(origin):  # whole columns, or no cell at all: nothing of ours begins there
            return ()
        try:
            text = str(Translator(f"={text}", origin).translate_formula(anchor))[1:]
        except (TokenizerError, TranslatorError, ValueError, IndexError):
            return ()
    return normal(f"={text}", fixed=True)


def _is_ambiguous(mine: Highlight) -> bool:
    """Whether programs count references from different cells: the first area or the corner of all."""
    first, areas = mine.areas[:1], mine.areas
    corner = (min((one.left for one in areas), default=0), min((one.top for one in areas), default=0))
    return mine.kind == "expression" and any((one.left, one.top) != corner for one in first)


def _is_covered(part: Area, wholes: tuple[Area, ...]) -> bool:
    """Whether all cells of an area lie in others: programs join rules, and cut them up."""
    for number, whole in enumerate(wholes):
        if whole.meets(part):
            return all(_is_covered(rest, wholes[number + 1 :]) for rest in _beside(part, whole))
    return False


def _beside(part: Area, whole: Area) -> Iterator[Area]:
    """Areas of ``part`` outside ``whole``, which meets it."""
    top, bottom = max(part.top, whole.top), min(part.bottom, whole.bottom)
    if part.top < top:
        yield Area(part.left, part.top, part.right, top - 1)
    if bottom < part.bottom:
        yield Area(part.left, bottom + 1, part.right, part.bottom)
    if part.left < whole.left:
        yield Area(part.left, top, whole.left - 1, bottom)
    if whole.right < part.right:
        yield Area(whole.right + 1, top, part.right, bottom)


def _same_tint(mine: Tint, issued: Tint, tints: Set[Tint]) -> bool:
    """Whether one tint stands for another; ``tints``: all that were issued, for which it might be taken."""
    if mine.odd or (mine.struck and not issued.struck) or not _has_usual_font(mine):
        return False
    before, now = (plain(one.format or "General") for one in (issued, mine))
    if now not in {before, "General"}:
        return False
    if (mine.colour, mine.fill) == (issued.colour, issued.fill):
        return True
    return _is_legible(mine) and alike(mine, issued, tints)


def _has_usual_font(tint: Tint) -> bool:
    """Whether a conditional format's own font, if any, shows letters in a size that fits their cell."""
    if tint.font is not None and shows_signs(tint.font, "", own=False):
        return False
    return tint.size is None or _LEAST_SIZE <= tint.size <= _MOST_SIZE


def _is_legible(tint: Tint) -> bool:
    """Whether any text, dark or in the tint's own colour, can be read under a conditional format."""
    ground = tint.fill or WHITE
    return contrast(tint.colour or "1F2937", ground) >= LEAST_CONTRAST


def _is_harmless(tint: Tint) -> bool:
    plain_font = not tint.odd and not tint.struck and _has_usual_font(tint)
    return tint.format in {None, "General"} and plain_font and _is_legible(tint)


def _on_template(issued: IssuedSheet, highlight: Highlight) -> str:
    """The first cell that is not for filling in and lies under a conditional format."""
    for ref, (content, _) in zip(issued.refs, issued.kinds, strict=True):
        if not is_input(content) and any(_meets(area, issued.places[ref]) for area in highlight.areas):
            return ref
    return ""


def _meets(area: Area, place: Area) -> bool:
    return area.meets(place)
