"""The cells of the template: texts, numbers, formulas and links as issued, and nothing beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from workbook import rounding
from workbook.addresses import position
from workbook.engine.tokens import normal
from workbook.findings import Finding, found
from workbook.template.model import Formula, Template, TemplateSheet
from workbook.xlsx_reader.follower import Follower
from workbook.xlsx_reader.received import CellValue, ReceivedSheet

_LONGEST = 60
_REWRITTEN = 4
"""Factor by which a program may lengthen a formula of the same meaning; taking apart longer ones costs."""


def cell_findings(template: Template, sheet: TemplateSheet, got: ReceivedSheet) -> Iterator[Finding]:
    """A finding for each cell that does not hold what was issued, or that holds something beside it."""
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
    for ref in sorted(got.cells.keys() - template.used[sheet.title], key=position):
        if got.cells[ref] != "":
            yield found("CELL_ADDED", sheet=sheet.title, cell=ref, actual=_text(got.cells[ref]))
    if got.far:
        yield found("CELL_FAR", sheet=sheet.title, cell=got.far)


def merge_findings(sheet: TemplateSheet, got: ReceivedSheet) -> Iterator[Finding]:
    """A finding when other cells are merged than were issued so."""
    changed = sorted(set(sheet.merges) ^ got.frame.merges)
    if changed:
        yield found(
            "MERGE_CHANGED",
            sheet=sheet.title,
            cell=changed[0].partition(":")[0],
            ranges="、".join(changed[:8]),
        )


def link_findings(
    template: Template, sheet: TemplateSheet, issued: Mapping[str, str], got: ReceivedSheet
) -> Iterator[Finding]:
    """Links lead where they were ``issued`` to lead, or are gone; inputs may have links of their own."""
    links, inputs = got.frame.links, template.keys[sheet.title].inputs.keys()
    if issued.keys() - links.keys() - inputs:
        yield found("LINK_LOST", sheet=sheet.title, sheet_name=sheet.title)
    for ref in sorted(links.keys() - inputs):
        expected, actual = issued.get(ref), links.get(ref)
        if _address(actual) != _address(expected):
            yield found(
                "LINK_CHANGED",
                sheet=sheet.title,
                cell=ref,
                expected=expected or "无",
                actual=actual or "别处",
            )


def _means(actual: CellValue | Formula | None, expected: str | Formula) -> bool:
    """Whether a cell says what was issued, be it written in another way."""
    if isinstance(expected, Formula):
        return isinstance(actual, Formula) and _same(actual.text, expected.text)
    return isinstance(actual, str) and (actual == expected or _lines(actual) == _lines(expected))


def _same(actual: str, expected: str) -> bool:
    """Whether two formulas are one; a blank inside a name would make it an intersection of two others."""
    if actual == expected:
        return True
    if len(actual) > _REWRITTEN * len(expected) + _LONGEST:
        return False
    return normal(actual) == normal(expected)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("_x000a_", "\n")


def _address(link: str | None) -> str | None:
    """A link's address as any program writes it: ``#'数据填报'.D4`` is ``数据填报!D4``."""
    if link is None:
        return None
    return re.sub(r"\.(?=\$?[A-Z]+\$?\d+$)", "!", link.lstrip("#")).replace("'", "").replace("$", "")


def _text(value: CellValue | Formula | None) -> str:
    if value is None:
        return "空"
    if isinstance(value, Follower):  # writing out a long one for thousands of cells takes long
        return "（共享公式）"
    text = value.text if isinstance(value, Formula) else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
