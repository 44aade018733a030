"""Is it the issued template with only its inputs changed? Every check returns findings."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from openpyxl.utils import coordinate_to_tuple, get_column_letter

from workbook import rounding
from workbook.findings import Finding, found
from workbook.layout.draft import absolute
from workbook.layout.names import IDENTITY_NAME
from workbook.receive.received import CellValue, Received, ReceivedSheet
from workbook.template import Formula, SheetKeys, Template, TemplateSheet
from workbook.tokens import normal, tokens

_LONGEST = 60
_REWRITTEN = 4
"""How many times as long a program may make a formula that means the same; taking apart longer ones costs."""

_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_PLACEHOLDER = re.compile("[0#?@ymdhs]|General", re.I)
_SCALED = re.compile(r"[0#?],+(?![0#?,])")


def integrity_findings(template: Template, received: Received) -> Iterator[Finding]:
    """Every difference between the received workbook and the issued template, inputs apart."""
    yield from _sheets(template, received)
    yield from _calculation(received)
    yield from _names(template, received)
    for sheet in template.sheets:
        got = received.sheets.get(sheet.title)
        if got is not None:
            yield from _cells(template, sheet, got)
            yield from _merges(sheet, got)
            yield from _inputs(template, sheet, got)
            yield from _links(template, sheet, got)
            if not sheet.hidden:
                yield from _hidden(template, sheet, got)
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


def _calculation(received: Received) -> Iterator[Finding]:
    """Manual calculation saves stale values, displayed precision other ones, the other epoch other dates."""
    settings = []
    if received.calculation.get("calcMode", "auto") == "manual":
        settings.append("手动计算")
    if received.calculation.get("fullPrecision", "1") in {"0", "false"}:
        settings.append("以显示精度为准")
    if received.calculation.get("iterate", "0") in {"1", "true"}:
        settings.append("迭代计算")
    if received.epoch_1904:
        settings.append("1904 日期系统")
    if settings:
        yield found("CALCULATION_CHANGED", setting="、".join(settings))


def _hidden(template: Template, sheet: TemplateSheet, got: ReceivedSheet) -> Iterator[Finding]:
    """Nothing that was issued visible may be hidden; a filter hides rows of a detail table, and may."""
    if not got.hidden_rows and not got.hidden_columns:
        return
    cells = (*sheet.texts, *sheet.numbers, *sheet.formulas, *template.keys[sheet.title].inputs)
    places = [coordinate_to_tuple(cell) for cell in cells]
    inputs = template.keys[sheet.title].inputs.items()
    filtered = {coordinate_to_tuple(cell)[0] for cell, key in inputs if key.startswith("tables.")}
    rows = sorted(got.hidden_rows & {row for row, _ in places} - (filtered if got.filtered else set()))
    columns = sorted(got.hidden_columns & {column for _, column in places})
    if rows:
        yield found(
            "ROWS_HIDDEN", sheet=sheet.title, cell=f"A{rows[0]}", sheet_name=sheet.title,
            lines="、".join(map(str, rows[:20])),
        )  # fmt: skip
    if columns:
        letters = [get_column_letter(column) for column in columns]
        yield found(
            "COLUMNS_HIDDEN", sheet=sheet.title, cell=f"{letters[0]}1", sheet_name=sheet.title,
            lines="、".join(letters[:20]),
        )  # fmt: skip


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
    expected = template.contents[sheet.title]
    if not expected.items() <= got.cells.items():
        for ref, content in expected.items():
            if not _means(got.cells.get(ref), content):
                yield found(
                    "FORMULA_CHANGED" if isinstance(content, Formula) else "CELL_CHANGED",
                    sheet=sheet.title, cell=ref, expected=_text(content), actual=_text(got.cells.get(ref)),
                )  # fmt: skip
    for ref, number in sheet.numbers.items():
        actual = got.cells.get(ref)
        if type(actual) in {int, float} and actual == float(number):
            continue
        same = not isinstance(actual, bool) and isinstance(actual, int | float)
        if not same or rounding.as_fraction(actual) != rounding.as_fraction(Decimal(number)):  # type: ignore[arg-type]
            yield found("CELL_CHANGED", sheet=sheet.title, cell=ref, expected=number, actual=_text(actual))
    yield from _formats(template.keys[sheet.title], sheet, got)
    for ref in sorted(got.cells.keys() - template.used[sheet.title], key=coordinate_to_tuple):
        if got.cells[ref] != "":
            yield found("CELL_ADDED", sheet=sheet.title, cell=ref, actual=_text(got.cells[ref]))


def _means(actual: CellValue | Formula | None, expected: str | Formula) -> bool:
    """Whether a cell says what was issued, be it written in another way."""
    if isinstance(expected, Formula):
        return isinstance(actual, Formula) and _same(actual.text, expected.text)
    return isinstance(actual, str) and (actual == expected or _lines(actual) == _lines(expected))


def _formats(keys: SheetKeys, sheet: TemplateSheet, got: ReceivedSheet) -> Iterator[Finding]:
    """Formats in which a cell that is not for filling in shows another number than its own, or none."""
    looks = {style: look.format for style, look in got.by_style.items()}
    places = {
        share: {None: _places(got.look("").format, share=True)}
        | {style: _places(shown, share=share) for style, shown in looks.items()}
        for share in (False, True)
    }
    style_of = got.styles.get
    for ref in (*sheet.formulas, *sheet.numbers):
        key = keys.quantities.get(ref, "")
        shown = places[may_be_share(key)][style_of(ref)]
        if shown is not None and (shown >= 2 or not is_points(key) or _shown(_value(sheet, got, ref), shown)):
            continue
        yield found(
            "CELL_CHANGED",
            sheet=sheet.title,
            cell=ref,
            expected="按数值显示的格式",
            actual=_short(f"格式 {got.look(ref).format}"),
        )


def _value(sheet: TemplateSheet, got: ReceivedSheet, ref: str) -> CellValue | Formula | None:
    return got.cached.get(ref) if ref in sheet.formulas else got.cells.get(ref)


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
    inputs = template.keys[sheet.title].inputs
    fields = [ref for ref, key in inputs.items() if not key.startswith(("reason.", "evidence."))]
    if fields and not got.validated:
        yield found("VALIDATION_CHANGED", sheet=sheet.title, cell=fields[0])
    odd = {style for style, look in got.by_style.items() if look.locked or misleading(look.format)}
    for ref in inputs:
        if got.styles.get(ref) not in odd:
            continue
        look = got.look(ref)
        if look.locked:
            yield found("LOCK_CHANGED", sheet=sheet.title, cell=ref)
        if misleading(look.format):
            yield found("FORMAT_CHANGED", sheet=sheet.title, cell=ref)


@cache
def misleading(style: str) -> bool:
    """Whether a number format shows another number than the cell's, or none: ``"99.5"``, ``;;;``, ``0,``."""
    bare = _LITERAL.sub("", style)
    quoted = [one for one in _LITERAL.findall(style) if not one.startswith("[")]
    if any(char.isdigit() for char in "".join(quoted)) or _SCALED.search(bare) or re.search("[1-9]", bare):
        return True
    return any(not _PLACEHOLDER.search(section) for section in bare.split(";"))


def _links(template: Template, sheet: TemplateSheet, got: ReceivedSheet) -> Iterator[Finding]:
    """Links lead where they were issued to lead; on inputs an officer may have links of their own."""
    for ref in sorted({*sheet.links, *got.links} - template.keys[sheet.title].inputs.keys()):
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
_UNIT = r"(?:\"(?:分|元|万元|个|人|项)\")?"
_NUMERIC = re.compile(_COLOUR + r"[#,?]*0(?:\.(0*)([#?]*))?(%)?" + _UNIT + r"(?:_.|\\ | )*", re.I)
_NEGATIVE = re.compile(_COLOUR + r"(?:-|\(|\\-|\\\()?[#,?]*0(?:\.[0#?]*)?%?(?:\)|\\\))?(?:_.|\\ | )*", re.I)


def shows_value(style: str, value: object, *, share: bool) -> bool:
    """Whether a number format shows a formula's number as it is; only plain numeric formats do.

    ``value`` is given where decimals matter: it must show, to two decimals at least. ``share``: a percentage
    sign is in order.
    """
    places = _places(style, share=share)
    return places is not None and (places >= 2 or _shown(value, places))


_ALL_PLACES = 99
"""Decimals of a format that shows as many as there are."""


@cache
def _places(style: str, *, share: bool) -> int | None:
    """The decimals that a format shows; None when it does not show a number as it is."""
    first, *others = style.split(";")
    if first in {"General", "@", "Standard"}:
        return _ALL_PLACES if all(one in {"General", "@"} for one in others) else None
    match = _NUMERIC.fullmatch(first)
    if match is None or (match[3] and not share):
        return None
    if not all(one == "@" or _NEGATIVE.fullmatch(one) for one in others):
        return None
    return len(match[1] or "") + len(match[2] or "") + (2 if match[3] else 0)


def _shown(value: object, places: int) -> bool:
    """Whether so many decimals show all of a value."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return True
    exact = rounding.as_fraction(value)
    return rounding.half_up(exact, places) == exact


@cache
def is_points(key: str) -> bool:
    """Whether a quantity is points, which have decimals to show."""
    kind = key.removeprefix("echo:").partition(":")[0].partition("#")[0]
    return kind in {"item", "score", "deduction", "group", "dimension", "total", "low", "high", "largest"}


@cache
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
    if len(actual) > _REWRITTEN * len(expected) + _LONGEST:
        return False
    return normal(actual) == normal(expected) and len(tokens(actual) or ()) == len(tokens(expected) or ())


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("_x000a_", "\n")


def _text(value: CellValue | Formula | None) -> str:
    if value is None:
        return "空"
    return _short(value.text if isinstance(value, Formula) else str(value))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
