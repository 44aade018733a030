"""A preview of a spec: the blank workbook, as PDF, and its pages as pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbook.api import new_workbook
from workbook.files import NOTHING, Sources, write_atomically
from workbook.findings import Finding, Refused, found
from workbook.libreoffice import find_office, find_pdftoppm, to_pdf, to_pictures
from workbook.rubric.model import Rubric


@dataclass(frozen=True, slots=True)
class Preview:
    """The files of a preview; ``findings`` say what could not be made."""

    rubric: str
    workbook: Path
    pdf: Path | None = None
    pictures: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()


def write_preview(rubric: Rubric, folder: Path, *, sources: Sources = NOTHING) -> Preview:
    """Write what can be made into ``folder``; an earlier preview of the rubric is replaced.

    Raises Refused before anything is written when one of ``sources`` stands where a preview would.
    """
    base = f"{rubric.id}_预览"
    workbook = folder / f"{base}.xlsx"
    content = new_workbook(rubric)
    earlier = [folder / f"{base}.pdf", *folder.glob(f"{base}-*.png")]
    sources.refuse([workbook, *earlier])
    write_atomically(workbook, content, force=True)
    _remove(earlier)
    office = find_office()
    if office is None:
        return Preview(rubric.id, workbook, findings=(found("OFFICE_MISSING"),))
    try:
        data = to_pdf(office, content)
    except Refused as refusal:
        return Preview(rubric.id, workbook, findings=refusal.findings)
    pdf = folder / f"{base}.pdf"
    write_atomically(pdf, data, force=True)
    pdftoppm = find_pdftoppm()
    if pdftoppm is None:
        return Preview(rubric.id, workbook, pdf, findings=(found("PDFTOPPM_MISSING"),))
    try:
        pages = to_pictures(pdftoppm, data)
    except Refused as refusal:
        return Preview(rubric.id, workbook, pdf, findings=refusal.findings)
    pictures = [
        folder / f"{base}-{number:0{len(str(len(pages)))}}.png" for number in range(1, len(pages) + 1)
    ]
    for picture, page in zip(pictures, pages, strict=True):
        write_atomically(picture, page, force=True)
    return Preview(rubric.id, workbook, pdf, tuple(pictures))


def _remove(paths: list[Path]) -> None:
    """Remove the pages of an earlier preview, so that none is taken for one of this. Raises Refused."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise Refused([found("FILE_UNWRITABLE", path=path, reason=reason)]) from error
