"""The report as one self-contained page for screens large and small."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from workbook.reports.facts import facts_of, left_out, points_text
from workbook.reports.words import MARKS, SEVERITIES
from workbook.verifier.inbox import Inbox
from workbook.verifier.verification import WORDS

if TYPE_CHECKING:
    from jinja2 import Template


def report_html(inbox: Inbox) -> str:
    """The page as text, without script, network or font of its own; everything from the files is escaped."""
    files = [facts_of(number, entry) for number, entry in enumerate(inbox.entries, 1)]
    return _template().render(
        files=files,
        verdicts=[
            (verdict.value, MARKS[verdict], word, sum(file.verdict is verdict for file in files))
            for verdict, word in WORDS.items()
        ],
        marks={verdict.value: mark for verdict, mark in MARKS.items()},
        severities=list(SEVERITIES.items()),
        left_out=left_out(inbox),
        points=points_text,
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("workbook.reports", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")
