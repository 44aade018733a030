"""Own sheets that could be taken for the template's: by title, by place, as what the file opens with."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from workbook.findings import Finding, found
from workbook.template.model import Template
from workbook.xlsx_reader.received import Received

_FILLERS = "\u115f\u1160\u3164\uffa0"
_LEAST = 3
"""Characters of a title of which another may differ in one and is still taken for it."""

_PLAIN = str.maketrans(
    "評滙匯彙總據報說説項細購採務證覈計過輔識標數點礎驗財績單預決門價測結構備註備終複復綜覽應獎懲級別類審核實際執",
    "评汇汇汇总据报说说项细购采务证核计过辅识标数点础验财绩单预决门价测结构备注备终复复综览应奖惩级别类审核实际执",
)
"""Traditional characters that titles of evaluations have, and the simplified ones that read the same."""


def title_findings(template: Template, received: Received) -> Iterator[Finding]:
    """Every own sheet whose title is, or is nearly, one of the template's, and what the file opens with."""
    shown = [sheet.title for sheet in template.sheets if not sheet.hidden]
    titles = {_confusable(sheet.title): sheet.title for sheet in template.sheets}
    opened = _opened(received)
    front = next((place for place, title in enumerate(received.order) if title in template.sheet), 0)
    for place, title in enumerate(received.order):
        if title in template.sheet:
            continue
        alike = titles.get(_confusable(title))
        if alike is not None:
            yield found("SHEET_IMITATES", sheet=title, sheet_name=title, like=alike)
        elif not _is_hidden(received, title) and (near := _resembled(title, shown)):
            ahead = place < front or title in opened
            code = "SHEET_STANDS_IN" if ahead else "SHEET_RESEMBLES"
            yield found(code, sheet=title, sheet_name=title, like=near)
    first = received.order[0] if received.order else ""
    if first not in template.sheet:
        yield found("SHEET_IN_FRONT", sheet=first, sheet_name=first)
    for title in opened:
        if title not in template.sheet and title != first:
            yield found("SHEET_OPENS", sheet=title, sheet_name=title)


def _opened(received: Received) -> list[str]:
    """The sheets that the file's windows open with; of a hidden one programs choose the next."""
    order = received.order
    opened = []
    for window in received.windows or ({},):
        place = int(window.get("activeTab", "0"))
        turned = order[place:] + order[:place] if place < len(order) else order
        opened += [title for title in turned if not _is_hidden(received, title)][:1]
    return list(dict.fromkeys(opened))


def _is_hidden(received: Received, title: str) -> bool:
    return title in received.sheets and received.sheets[title].hidden


def _confusable(title: str) -> str:
    """A title without what the eye does not see."""
    plain = unicodedata.normalize("NFKC", title).casefold()
    # variation selectors and joiners are marks (M), the filler of Hangul counts as a letter
    return "".join(
        char for char in plain if unicodedata.category(char)[0] not in "CMZ" and char not in _FILLERS
    )


def _resembled(title: str, ours: list[str]) -> str:
    """The title of the template that another holds, or from which it differs in a character; "" for none."""
    plain = _confusable(title).translate(_PLAIN)
    letters = "".join(char for char in plain if char.isalnum())
    for one in ours:
        own = _confusable(one)
        if own in letters or (len(own) >= _LEAST and _is_near(own, letters)):
            return one
    return ""


def _is_near(one: str, other: str) -> bool:
    """Whether two texts differ in one character, be it one more or less."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    return one[start + (len(one) == len(other)) :] == other[start + 1 :]
