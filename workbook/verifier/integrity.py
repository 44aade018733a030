"""Is it the issued template with only its inputs changed? Every check returns findings."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal

from workbook import rounding
from workbook.findings import Finding, found
from workbook.layout.draft import absolute
from workbook.layout.names import IDENTITY_NAME
from workbook.receive.received import CellValue, Formula, Received, ReceivedSheet
from workbook.template import Template, TemplateSheet
from workbook.tokens import normal, tokens

_LONGEST = 60
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_PLACEHOLDER = re.compile("[0#?@ymdhs]|General", re.I)
_SCALED = re.compile(r"[0#?],+(?![0#?,])")


def integrity_findings(template: Template, received: Received) -> Iterator[Finding]:
    """Every difference between the received workbook and the issued template, inputs apart."""
    yield from _sheets(template, received)
    yield from _names(template, received)
    for sheet in template.sheets:
        got = received.sheets.get(sheet.title)
        if got is not None:
            yield from _cells(template, sheet, got)
            yield from _merges(sheet, got)
            yield from _inputs(template, sheet, got)
            yield from _links(template, sheet, got)
            if not got.protected:
                yield found("PROTECTION_OFF", sheet=sheet.title, sheet_name=sheet.title)


def _sheets(template: Template, received: Received) -> Iterator[Finding]:
    expected = [sheet.title for sheet in template.sheets]
    for sheet in template.sheets:
        got = received.sheets.get(sheet.title)
        if got is None:
            yield found("SHEET_MISSING", sheet=sheet.title, sheet_name=sheet.title)
        elif got.hidden != sheet.hidden:
            yield found("SHEET_STATE", sheet=sheet.title, sheet_name=sheet.title)
    order = [title for title in received.sheets if title in set(expected)]
    if order != [title for title in expected if title in received.sheets]:
        yield found("SHEET_ORDER", order="、".join(expected))


def _names(template: Template, received: Received) -> Iterator[Finding]:
    for name, place in template.names.items():
        expected = f"{place.sheet}!{absolute(place.cell)}"  # relative means another cell in every formula
        if name not in received.names:
            yield found("NAME_MISSING", sheet=place.sheet, cell=place.cell, name=name)
            continue
        actual = received.names[name].lstrip("=").replace("'", "")
        if actual != expected:
            yield found(
                "NAME_CHANGED",
                sheet=place.sheet,
                cell=place.cell,
                name=name,
                expected=expected,
                actual=actual,
            )
    ours = {name.casefold() for name in (*template.names, IDENTITY_NAME)}
    for title in template.sheet:  # on an officer's own sheet a name of ours hides nothing
        local = received.sheets[title].local_names if title in received.sheets else set()
        for name in sorted(local):
            if name.casefold() in ours:
                yield found("NAME_SHADOWED", sheet=title, sheet_name=title, name=name)


def _cells(template: Template, sheet: TemplateSheet, got: ReceivedSheet) -> Iterator[Finding]:
    inputs = {place.cell for place in template.inputs.values() if place.sheet == sheet.title}
    identity = {place.cell for place in template.identity.values() if place.sheet == sheet.title}
    for ref, formula in sheet.formulas.items():
        actual = got.cells.get(ref)
        if not isinstance(actual, Formula):
            yield found(
                "FORMULA_CHANGED", sheet=sheet.title, cell=ref, expected=_short(formula), actual=_text(actual)
            )
        elif not _same(actual.text, formula):
            yield found(
                "FORMULA_CHANGED",
                sheet=sheet.title,
                cell=ref,
                expected=_short(formula),
                actual=_short(actual.text),
            )
    for ref, text in sheet.texts.items():
        actual = got.cells.get(ref)
        if not isinstance(actual, str) or _lines(actual) != _lines(text):
            yield found(
                "CELL_CHANGED", sheet=sheet.title, cell=ref, expected=_short(text), actual=_text(actual)
            )
    for ref, number in sheet.numbers.items():
        actual = got.cells.get(ref)
        same = not isinstance(actual, bool) and isinstance(actual, int | float)
        if not same or rounding.as_fraction(actual) != rounding.as_fraction(Decimal(number)):  # type: ignore[arg-type]
            yield found("CELL_CHANGED", sheet=sheet.title, cell=ref, expected=number, actual=_text(actual))
    keys = {place.cell: key for key, place in template.quantities.items() if place.sheet == sheet.title}
    for ref in (*sheet.formulas, *sheet.numbers):
        style = got.look(ref).format
        value = got.cached.get(ref) if ref in sheet.formulas else got.cells.get(ref)
        key = keys.get(ref, "")
        if not shows_value(style, value if is_points(key) else None, share=may_be_share(key)):
            yield found(
                "CELL_CHANGED",
                sheet=sheet.title,
                cell=ref,
                expected="按数值显示的格式",
                actual=_short(f"格式 {style}"),
            )
    known = inputs | identity | sheet.formulas.keys() | sheet.texts.keys() | sheet.numbers.keys()
    for ref, value in got.cells.items():
        if ref not in known and value != "":
            yield found("CELL_ADDED", sheet=sheet.title, cell=ref, actual=_text(value))


def _merges(sheet: TemplateSheet, got: ReceivedSheet) -> Iterator[Finding]:
    changed = sorted(set(sheet.merges) ^ got.merges)
    if changed:
        yield found(
            "MERGE_CHANGED",
            sheet=sheet.title,
            cell=changed[0].partition(":")[0],
            ranges="、".join(changed[:8]),
        )


def _inputs(template: Template, sheet: TemplateSheet, got: ReceivedSheet) -> Iterator[Finding]:
    fields = [
        place.cell
        for key, place in template.inputs.items()
        if place.sheet == sheet.title and not key.startswith(("reason.", "evidence."))
    ]
    if fields and not got.validated:
        yield found("VALIDATION_CHANGED", sheet=sheet.title, cell=fields[0])
    for place in template.inputs.values():
        if place.sheet == sheet.title and (place.cell in got.looks and got.look(place.cell).locked):
            yield found("LOCK_CHANGED", sheet=sheet.title, cell=place.cell)
        if place.sheet == sheet.title and misleading(got.look(place.cell).format):
            yield found("FORMAT_CHANGED", sheet=sheet.title, cell=place.cell)


def misleading(style: str) -> bool:
    """Whether a number format shows another number than the cell's, or none: ``"99.5"``, ``;;;``, ``0,``."""
    bare = _LITERAL.sub("", style)
    quoted = [one for one in _LITERAL.findall(style) if not one.startswith("[")]
    if any(char.isdigit() for char in "".join(quoted)) or _SCALED.search(bare) or re.search("[1-9]", bare):
        return True
    return any(not _PLACEHOLDER.search(section) for section in bare.split(";"))


def _links(template: Template, sheet: TemplateSheet, got: ReceivedSheet) -> Iterator[Finding]:
    """Links lead where they were issued to lead; on inputs an officer may have links of their own."""
    inputs = {place.cell for place in template.inputs.values() if place.sheet == sheet.title}
    for ref in sorted({*sheet.links, *got.links} - inputs):
        expected, actual = sheet.links.get(ref), got.links.get(ref)
        if not sheet.links and actual is not None:  # the first templates do not tell: inside will do
            expected = actual if actual.rpartition("!")[0].strip("'#") in template.sheet else ""
        if _address(actual) != _address(expected):
            yield found(
                "LINK_CHANGED",
                sheet=sheet.title,
                cell=ref,
                expected=expected or "无",
                actual=actual or "别处",
            )


def _address(link: str | None) -> str | None:
    """A link's address as any program writes it: ``#'数据填报'.D4`` is ``数据填报!D4``."""
    if link is None:
        return None
    return re.sub(r"\.(?=\$?[A-Z]+\$?\d+$)", "!", link.lstrip("#")).replace("'", "").replace("$", "")


_COLOUR = r"(?:\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?\d+)\])?"
_NUMERIC = re.compile(_COLOUR + r"[#,?]*0(?:\.(0*)([#?]*))?(%)?(?:_.|\\ | )*", re.I)
_NEGATIVE = re.compile(_COLOUR + r"(?:-|\(|\\-|\\\()?[#,?]*0(?:\.[0#?]*)?%?(?:\)|\\\))?(?:_.|\\ | )*", re.I)


def shows_value(style: str, value: object, *, share: bool) -> bool:
    """Whether a number format shows a formula's number as it is; only plain numeric formats do.

    ``value`` is given where decimals matter: it must show, to two decimals at least. ``share``: a percentage
    sign is in order.
    """
    first, *others = style.split(";")
    if first in {"General", "@", "Standard"}:
        return all(one in {"General", "@"} for one in others)
    match = _NUMERIC.fullmatch(first)
    if match is None or (match[3] and not share):
        return False
    if not all(one == "@" or _NEGATIVE.fullmatch(one) for one in others):
        return False
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return True
    places = len(match[1] or "") + len(match[2] or "") + (2 if match[3] else 0)
    exact = rounding.as_fraction(value)
    return rounding.half_up(exact, places) == exact or places >= 2


def is_points(key: str) -> bool:
    """Whether a quantity is points, which have decimals to show."""
    kind = key.removeprefix("echo:").partition(":")[0].partition("#")[0]
    return kind in {"item", "score", "deduction", "group", "dimension", "total", "low", "high", "largest"}


def may_be_share(key: str) -> bool:
    """Whether a quantity may be shown as a percentage; scores, points and counts never are."""
    key = key.removeprefix("echo:").partition("#")[0]
    kind, _, rest = key.partition(":")
    return not rest or rest.endswith(":share") or kind in {
        "raw", "rate", "num", "den", "figure", "check", "row", "source", "used",
    } or key == "total:share"  # fmt: skip


def _same(actual: str, expected: str) -> bool:
    """Whether two formulas are one; a blank inside a name would make it an intersection of two others."""
    if actual == expected:
        return True
    return normal(actual) == normal(expected) and len(tokens(actual) or ()) == len(tokens(expected) or ())


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("_x000a_", "\n")


def _text(value: CellValue | Formula | None) -> str:
    if value is None:
        return "空"
    return _short(value.text if isinstance(value, Formula) else str(value))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
