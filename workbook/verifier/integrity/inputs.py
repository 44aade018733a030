"""What pasting changes on input cells, and what does no harm: said, never held against the file."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.findings import Finding, found
from workbook.receive.received import ReceivedSheet
from workbook.template import Template
from workbook.verifier.integrity.formats import plain
from workbook.verifier.integrity.looks import problems_of
from workbook.verifier.issued import IssuedSheet, is_input


def input_findings(template: Template, issued: IssuedSheet, got: ReceivedSheet) -> Iterator[Finding]:
    """Notes on validations, locks and formats of inputs that are not as issued."""
    inputs = template.keys[issued.title].inputs
    fields = [ref for ref, key in inputs.items() if not key.startswith(("reason.", "evidence."))]
    if fields and not got.frame.validated:
        yield found("VALIDATION_CHANGED", sheet=issued.title, cell=fields[0])
    styles = got.styles
    seen = set(zip(issued.kinds, map(styles.get, issued.refs), strict=True))
    locked, dressed = set(), set()
    for (content, look), style in seen:
        if not is_input(content) or style is None:
            continue
        actual = got.by_style[style]
        if actual.locked and not look.locked:
            locked.add((content, look, style))
        if plain(actual.format) != plain(look.format) and not problems_of(content, look, actual):
            dressed.add((content, look, style))
    if locked or dressed:
        for ref, kind in zip(issued.refs, issued.kinds, strict=True):
            if (*kind, styles.get(ref)) in locked:
                yield found("LOCK_CHANGED", sheet=issued.title, cell=ref)
            if (*kind, styles.get(ref)) in dressed:
                yield found("FORMAT_CHANGED", sheet=issued.title, cell=ref)
