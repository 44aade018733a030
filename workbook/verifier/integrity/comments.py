"""Comments on a template's sheet: honest on inputs; elsewhere they say something beside a result."""

from __future__ import annotations

from collections.abc import Iterator, Set

from workbook.findings import Finding, found
from workbook.returned.issued import Content, IssuedSheet, is_input
from workbook.verifier.integrity.opinions import is_opinion
from workbook.verifier.integrity.telling_words import tells_of_result
from workbook.xlsx_reader.received import Comment, ReceivedSheet


def comment_findings(
    issued: IssuedSheet, got: ReceivedSheet, told: Set[str] = frozenset()
) -> Iterator[Finding]:
    """Every comment that is no officer's on an input, and comments that are printed; ``told``: what the
    rubric has to say of its checks."""
    known = {(one.area, one.text) for one in issued.sheet.comments}
    own = [one for one in got.comments if (one.area, one.text) not in known]
    if own and got.frame.page.comments:
        yield found("COMMENTS_PRINTED", sheet=issued.title, sheet_name=issued.title, text=_short(own[0].text))
    for one in own:
        yield from _comment(issued, one, told)


def _comment(issued: IssuedSheet, comment: Comment, told: Set[str]) -> Iterator[Finding]:
    if not any(char.isalnum() for char in comment.text):
        return
    under = {
        ref: content
        for ref, (content, _) in zip(issued.refs, issued.kinds, strict=True)
        if comment.area.meets(issued.spans[ref])
    }
    others = {ref: content for ref, content in under.items() if not is_input(content)}
    if under and not others:
        return
    if is_opinion(comment.text, told):
        yield found("COMMENT_OPINION", sheet=issued.title, cell=next(iter(others), comment.cell))
        return
    figures = any(content in {Content.RESULT, Content.NUMBER} for content in others.values())
    code = "COMMENT_TELLS" if tells_of_result(comment.text, figures=figures) else "COMMENT_ADDED"
    yield found(code, sheet=issued.title, cell=next(iter(others), comment.cell), text=_short(comment.text))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else plain[:59] + "…"
