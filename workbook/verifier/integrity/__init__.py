"""Checks that a workbook is the issued template with only its inputs changed. Each returns findings."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.findings import Finding, found
from workbook.returned.issued import Issued
from workbook.rubric.keys import Key
from workbook.template.identity import Identity
from workbook.template.model import Formula, TemplateSheet
from workbook.verifier.integrity.book import book_findings
from workbook.verifier.integrity.cells import cell_findings, link_findings, merge_findings
from workbook.verifier.integrity.comments import comment_findings
from workbook.verifier.integrity.drawn import drawn_findings
from workbook.verifier.integrity.grid import grid_findings
from workbook.verifier.integrity.looks import look_findings
from workbook.verifier.integrity.paper import paper_findings
from workbook.verifier.integrity.pasted import input_findings
from workbook.verifier.integrity.room import room_findings
from workbook.xlsx_reader.received import Received, ReceivedSheet

_DEPARTMENT = Key.input("department")


def integrity_findings(issued: Issued, received: Received, identity: Identity | None) -> Iterator[Finding]:
    """Every difference between the received workbook and the issued one, inputs apart."""
    template = issued.template
    yield from book_findings(template, received)
    department = _department(issued, received)
    told = frozenset(check.why for check in issued.rubric.all_checks)
    for sheet in template.sheets:
        got = received.sheets.get(sheet.title)
        if got is None:
            continue
        pristine = issued.sheets[sheet.title]
        yield from _compared(issued, sheet, got, received.digit)
        if not sheet.hidden:
            yield from drawn_findings(pristine, got, received)
            yield from comment_findings(pristine, got, told)
            yield from paper_findings(pristine, got, identity, department)
        if not got.protected:
            yield found("PROTECTION_OFF", sheet=sheet.title, sheet_name=sheet.title)


def _compared(issued: Issued, sheet: TemplateSheet, got: ReceivedSheet, digit: float) -> tuple[Finding, ...]:
    """The differences of a sheet's cells, rows and columns, which its own bytes and those of its strings and
    styles decide: a sheet of a source that was compared before has the same."""
    key = (sheet.title, got.source, digit)
    known = issued.compared.get(key) if got.source else None
    if known is not None:
        return known
    findings = tuple(_of_cells(issued, sheet, got, digit))
    return issued.compared.keep(key, findings, len(findings) + 1) if got.source else findings


def _of_cells(issued: Issued, sheet: TemplateSheet, got: ReceivedSheet, digit: float) -> Iterator[Finding]:
    template, pristine = issued.template, issued.sheets[sheet.title]
    yield from cell_findings(template, sheet, got)
    yield from merge_findings(sheet, got)
    yield from link_findings(template, sheet, pristine.sheet.frame.links, got)
    yield from look_findings(pristine, got)
    yield from input_findings(template, pristine, got)
    if not sheet.hidden:
        yield from grid_findings(pristine, got)
        yield from room_findings(pristine, got, (issued.book.digit, digit))


def _department(issued: Issued, received: Received) -> str:
    """The department's name as the officer gives it."""
    place = issued.template.inputs.get(_DEPARTMENT)
    sheet = None if place is None else received.sheets.get(place.sheet)
    value = None if place is None or sheet is None else sheet.cells.get(place.cell)
    return "" if value is None or isinstance(value, Formula) else str(value)
