"""Harmless changes that pasting makes on input cells: told, never held against the file."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.findings import Finding, found
from workbook.returned.issued import Content, IssuedSheet, is_input
from workbook.rubric.keys import Sort
from workbook.template.model import Template
from workbook.verifier.integrity.formats import plain
from workbook.verifier.integrity.looks import problems_of
from workbook.xlsx_reader.received import ReceivedSheet


def input_findings(template: Template, issued: IssuedSheet, got: ReceivedSheet) -> Iterator[Finding]:
    """Notes on validations, locks and formats of inputs that are not as issued."""
    inputs = template.keys[issued.title].inputs
    fields = [ref for ref, key in inputs.items() if key.sort in (Sort.INPUT, Sort.CELL)]
    if fields and not got.frame.validated:
        yield found("VALIDATION_CHANGED", sheet=issued.title, cell=fields[0])
    for ref in sorted(got.dates & issued.places.keys()):
        content, look = issued.sorts[issued.number[ref]]
        if content in {Content.NUMBER, Content.RESULT}:  # some programs show the date, or count it otherwise
            yield found(
                "CELL_CHANGED", sheet=issued.title, cell=ref, expected="数值", actual="写成日期的数值"
            )
        if content in {Content.AMOUNT, Content.SHARE}:  # written as a date, whatever its format
            yield found(
                "FORMAT_MISLEADS", sheet=issued.title, cell=ref, format="日期", value=str(got.cells.get(ref))
            )
    styles = got.styles
    locked, dressed = set(), set()
    for number, style in set(zip(issued.numbers, map(styles.get, issued.refs), strict=True)):
        content, look = issued.sorts[number]
        if not is_input(content) or style is None:
            continue
        actual = got.by_style[style]
        if actual.locked and not look.locked:
            locked.add((number, style))
        if plain(actual.format) != plain(look.format) and not problems_of(content, look, actual):
            dressed.add((number, style))
    if locked or dressed:
        for ref, number in zip(issued.refs, issued.numbers, strict=True):
            if (number, styles.get(ref)) in locked:
                yield found("LOCK_CHANGED", sheet=issued.title, cell=ref)
            if (number, styles.get(ref)) in dressed:
                yield found("FORMAT_CHANGED", sheet=issued.title, cell=ref)
