"""All sheets of a rubric's workbook, in order."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.layout import names
from workbook.layout.canvas import IdentityCell, Sheet
from workbook.layout.checks import checks_sheet
from workbook.layout.cover import cover_sheet
from workbook.layout.details import detail_sheets
from workbook.layout.entry import entry_sheet
from workbook.layout.evidence import evidence_sheet
from workbook.layout.process import process_sheet
from workbook.layout.scoring import scoring_sheet
from workbook.layout.summary import summary_sheet
from workbook.layout.working import working_sheet
from workbook.rubric.model import Rubric

IDENTITY_PARTS = (
    ("rubric", "评分标准"),
    ("template", "模板版本"),
    ("spec", "规格指纹"),
    ("issue", "下发编号"),
)


@dataclass(frozen=True, slots=True)
class Book:
    """The laid-out workbook of a rubric."""

    rubric: Rubric
    sheets: tuple[Sheet, ...]


def lay_out(rubric: Rubric) -> Book:
    """Lay out the workbook of ``rubric``. Pure."""
    return Book(
        rubric,
        (
            cover_sheet(rubric),
            entry_sheet(rubric),
            *detail_sheets(rubric),
            scoring_sheet(rubric),
            process_sheet(rubric),
            summary_sheet(rubric),
            checks_sheet(rubric),
            evidence_sheet(rubric),
            working_sheet(rubric),
            identity_sheet(),
        ),
    )


def identity_sheet() -> Sheet:
    """The hidden sheet with one of the three copies of the identity."""
    sheet = Sheet(names.TITLE_IDENTITY, widths=(16, 60), hidden=True)
    sheet.banner("模板标识，请勿改动", "text", height=20)
    for part, label in IDENTITY_PARTS:
        sheet.line([(label, "label"), (IdentityCell(part), "text")])
    return sheet
