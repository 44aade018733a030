"""All sheets of a rubric's workbook, in order."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.layout import names
from workbook.layout.cover import cover_sheet
from workbook.layout.draft import Identity, Input, Sheet
from workbook.layout.entry import entry_sheet
from workbook.layout.results import checks_sheet, rates_sheet, summary_sheet
from workbook.layout.scoring import scoring_sheet
from workbook.spec.model import Rubric

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
            scoring_sheet(rubric),
            summary_sheet(rubric),
            checks_sheet(rubric),
            rates_sheet(rubric),
            evidence_sheet(rubric),
            identity_sheet(),
        ),
    )


def evidence_sheet(rubric: Rubric) -> Sheet:
    """佐证材料: one input per indicator, a document per line."""
    sheet = Sheet(
        names.TITLE_EVIDENCE, widths=(6, 26, 8, 90), freeze_rows=2, landscape=True, repeat_rows=(0, 1)
    )
    sheet.banner("佐证材料", "title", height=32)
    headings = (
        "序号",
        "三级指标",
        "分值",
        "佐证材料（名称、文号、日期、页码；多份的分行填写，换行按 Alt+Enter）",
    )
    sheet.line([(heading, "heading") for heading in headings], least=24)
    for number, indicator in enumerate(rubric.indicators, 1):
        sheet.line(
            [
                (str(number), "center"),
                (indicator.name, "text"),
                (indicator.points, "points"),
                (Input(f"evidence.{indicator.id}"), "input.reason"),
            ],
            least=38,
        )
    return sheet


def identity_sheet() -> Sheet:
    """The hidden sheet with one of the three copies of the identity."""
    sheet = Sheet(names.TITLE_IDENTITY, widths=(16, 60), hidden=True)
    sheet.banner("模板标识，请勿改动", "text", height=20)
    for part, label in IDENTITY_PARTS:
        sheet.line([(label, "label"), (Identity(part), "text")])
    return sheet
