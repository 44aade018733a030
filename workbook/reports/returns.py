"""A folder of what goes back to the departments: for each file a workbook and a reply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from workbook.files import NOTHING, FileSet, Sources, safe_name
from workbook.findings import Refused
from workbook.issue.roster import address_findings
from workbook.reports.copies import Drawings, annotated_copy
from workbook.reports.facts import Facts, facts_of
from workbook.reports.reply import reply_mail
from workbook.reports.words import UNNAMED
from workbook.verifier.submission import Submission


def write_returns(
    folder: Path,
    entries: Sequence[Submission],
    *,
    sender: str | None = None,
    force: bool = False,
    progress: Callable[[int, int], None] | None = None,
    sources: Sources = NOTHING,
) -> list[Path]:
    """Write ``NN_部门_结论.xlsx`` and ``.eml`` for each entry, all or none; the paths written, in order.

    There is no workbook where no inputs are known. ``sender`` is the clerk's address, From of the mails;
    ``progress`` is told (done, all) after each entry. Raises Refused before anything is written when a file
    is in the way and not ``force``, when it is one of ``sources``, or for a bad ``sender``; and when a file
    cannot be written.
    """
    if sender is not None and (findings := tuple(address_findings(sender))):
        raise Refused(findings)
    drawings = Drawings()
    written: list[Path] = []
    with returns_set(folder, entries, force=force, sources=sources) as files:
        for done, (entry, stem) in enumerate(zip(entries, _stems(entries), strict=True), 1):
            copy = annotated_copy(entry, drawings)
            book = f"{stem}.xlsx"
            if copy is not None:
                written.append(files.add(book, copy.data))
            mail = reply_mail(entry, copy, name=book, sender=sender)
            written.append(files.add(f"{stem}.eml", mail))
            if progress is not None:
                progress(done, len(entries))
    return written


def returns_set(
    folder: Path, entries: Sequence[Submission], *, force: bool = False, sources: Sources = NOTHING
) -> FileSet:
    """The files that ``write_returns`` would write: whether it can is checked before anything is made."""
    names = [f"{stem}{suffix}" for stem in _stems(entries) for suffix in (".eml", ".xlsx")]
    return FileSet(folder, names, force=force, sources=sources)


def _stems(entries: Sequence[Submission]) -> list[str]:
    digits = max(2, len(str(len(entries))))
    return [_stem(facts_of(number, entry), digits) for number, entry in enumerate(entries, 1)]


def _stem(facts: Facts, digits: int) -> str:
    """The number makes the name unique, and no name that Windows reserves."""
    who = safe_name(facts.department) or safe_name(Path(facts.file).stem) or UNNAMED
    return f"{facts.number:0{digits}}_{who}_{facts.word}"
