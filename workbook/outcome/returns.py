"""A folder of what goes back to the departments: for each file a workbook and a mail draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from workbook.files import refuse_overwriting, safe_name, write_atomically
from workbook.findings import Refused
from workbook.outcome.copies import Drawings, annotated_copy
from workbook.outcome.facts import Facts, facts_of
from workbook.outcome.model import Entry
from workbook.outcome.reply import reply_mail
from workbook.outcome.words import UNNAMED
from workbook.roster import address_findings


def write_returns(
    folder: Path,
    entries: Sequence[Entry],
    *,
    sender: str | None = None,
    force: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> list[Path]:
    """Write ``NN_部门_结论.xlsx`` and ``.eml`` for each entry; the paths written, in order.

    There is no workbook where no inputs are known. ``sender`` is the clerk's address, From of the mails;
    ``progress`` is told (done, all) after each entry. Raises Refused before anything is written when a file
    is in the way and not ``force``, or for a bad ``sender``; and when a file cannot be written.
    """
    if sender is not None and (findings := tuple(address_findings(sender))):
        raise Refused(findings)
    digits = max(2, len(str(len(entries))))
    stems = [folder / _stem(facts_of(number, entry), digits) for number, entry in enumerate(entries, 1)]
    mails = [_with(stem, ".eml") for stem in stems]
    books = [_with(stem, ".xlsx") for stem in stems]
    if not force:
        refuse_overwriting([*mails, *books])
    drawings = Drawings()
    written: list[Path] = []
    for done, (entry, book, mail) in enumerate(zip(entries, books, mails, strict=True), 1):
        copy = annotated_copy(entry, drawings)
        if copy is not None:
            write_atomically(book, copy.data, force=force)
            written.append(book)
        write_atomically(mail, reply_mail(entry, copy, name=book.name, sender=sender), force=force)
        written.append(mail)
        if progress is not None:
            progress(done, len(entries))
    return written


def _stem(facts: Facts, digits: int) -> str:
    """The number makes the name unique, and no name that Windows reserves."""
    who = safe_name(facts.department) or safe_name(Path(facts.file).stem) or UNNAMED
    return f"{facts.number:0{digits}}_{who}_{facts.word}"


def _with(stem: Path, suffix: str) -> Path:
    """``Path.with_suffix`` would take what follows a dot in the department's name for a suffix."""
    return stem.parent / f"{stem.name}{suffix}"
