"""The pristine workbook of a template: blank, and issued to nobody in particular."""

from __future__ import annotations

from workbook.data.typed import with_defaults
from workbook.layout.book import Book
from workbook.rubric.inputs import BLANK
from workbook.scorer.evaluate import evaluate
from workbook.scorer.quantities import quantities
from workbook.template.identity import Identity, issue_id
from workbook.template.model import Template
from workbook.xlsx_writer.xlsx import render


def render_blank(book: Book, template: Template) -> bytes:
    """The .xlsx file of ``template`` as it is before anybody fills it in."""
    inputs = with_defaults(book.rubric, BLANK)
    identity = Identity(template.rubric, template.version, template.spec, issue_id(template.rubric, None))
    return render(book, template, identity, inputs, quantities(evaluate(book.rubric, inputs)))
