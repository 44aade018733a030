"""The state of a round as one self-contained page, small enough for twenty thousand departments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from workbook.reports.words import clean
from workbook.round.clerk import day_text, minute_text
from workbook.round.model import STATE_WORDS, Round, State
from workbook.round.standing import Standing
from workbook.round.status import summary, to_decide

if TYPE_CHECKING:
    from jinja2 import Template

_MARKS = {
    State.NOT_RETURNED: "○", State.LATE: "!", State.TO_CORRECT: "✗", State.INCOMPLETE: "…",
    State.PASSED: "✓", State.IN_REVIEW: "◇", State.FINAL: "●",
}  # fmt: skip
_BETWEEN = "\x1f"
"""Between the cells of a row until they are escaped; no clean text holds it."""


def status_html(one: Round, every: Sequence[Standing], today: date) -> str:
    """The page as text, without script or network; everything that came from outside is escaped."""
    counts = Counter(standing.state for standing in every)
    return _template().render(
        title=clean(one.id),
        form=clean(one.title),
        deadline=day_text(one.deadline),
        today=day_text(today),
        left=(one.deadline - today).days,
        summary=summary(every),
        tiles=[
            (state.value, _MARKS[state], word, counts[state])
            for state, word in STATE_WORDS.items()
            if counts[state] or state in {State.NOT_RETURNED, State.LATE, State.TO_CORRECT, State.PASSED}
        ],
        decisions=[clean(line, most=600) for line in to_decide(one, every)],
        rows=[_row(standing) for standing in every],
    )


def _row(standing: Standing) -> tuple[str, Markup]:
    """The state of a department, and its cells: escaped together, since there may be very many."""
    filings = standing.department.filings
    state, late = standing.state, standing.late and standing.counted is not None
    cells = (
        clean(standing.department.name, most=200),
        f"{_MARKS[state]} {STATE_WORDS[state]}" + ("（迟报）" if late else ""),
        standing.total or "",
        clean(standing.grade or ""),
        str(len(filings) or ""),
        minute_text(filings[-1].sent) if filings else "",
        str(standing.open or ""),
        str(standing.due),
    )
    return state.value, Markup(str(escape(_BETWEEN.join(cells))).replace(_BETWEEN, "<td>"))


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("workbook.round", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("status.html")
