"""The report as one self-contained page for screens large and small."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from workbook.reports.facts import facts_of, points_text, sent_text
from workbook.reports.model import LeftOut, Results
from workbook.reports.words import IGNORED, MARKS, SEVERITIES, SUPERSEDED, clean
from workbook.verifier.verdict import WORDS

if TYPE_CHECKING:
    from jinja2 import Template


def report_html(results: Results) -> str:
    """The page as text, without script, network or font of its own; everything from the files is escaped."""
    files = [facts_of(number, entry) for number, entry in enumerate(results.entries, 1)]
    return _template().render(
        files=files,
        verdicts=[
            (verdict.value, MARKS[verdict], word, sum(file.verdict is verdict for file in files))
            for verdict, word in WORDS.items()
        ],
        marks={verdict.value: mark for verdict, mark in MARKS.items()},
        severities=list(SEVERITIES.items()),
        left_out=[
            *(_left_out(SUPERSEDED, one) for one in results.superseded),
            *(_left_out(IGNORED, one) for one in results.ignored),
        ],
        points=points_text,
    )


def _left_out(word: str, one: LeftOut) -> tuple[str, str, str, str]:
    return word, clean(str(one.origin)), sent_text(one.origin), clean(one.reason)


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
