"""Figures and places in words."""

from __future__ import annotations

from workbook.report_reader.model import Document, Place, Target, Told
from workbook.rubric.headings import indicator_headings
from workbook.rubric.model import Rubric
from workbook.rubric.rates import shown_name

WORDS = {
    Told.AGREE: "一致",
    Told.DIFFER: "不一致",
    Told.CONTRADICT: "报告内部矛盾",
    Told.ARITHMETIC: "算术不成立",
    Told.UNDECIDED: "无法判定",
}
"""The verdicts as people read them."""


def target_name(rubric: Rubric, target: Target) -> str:
    """The name of a figure."""
    match target.kind:
        case "field":
            return rubric.field[target.id].label
        case "rate":
            return shown_name(rubric.rate[target.id].name)
        case "score" | "points" | "deduction":
            word = {"score": "得分", "points": "分值", "deduction": "扣分"}[target.kind]
            return f"{indicator_headings(rubric)[target.id]}{word}"
        case "table":
            table, _, rest = target.id.partition("/")
            row, _, column = rest.rpartition("/")
            known = rubric.table[table]
            return f"{known.title}“{row}”{known.column[column].label}"
        case "total":
            return "总分"
        case _:
            return "总分值"


def place_text(document: Document, place: Place) -> str:
    """A place in the words by which a reader looks for it."""
    page = f"第 {place.page} 页" if place.page is not None else ""
    unit = {"text": "行", "docx": "段", "pdf": "行"}[document.kind]
    if place.row is not None and document.kind != "text":
        return f"{page}表格第 {place.row + 1} 行第 {(place.column or 0) + 1} 格"
    return f"{page}第 {place.line} {unit}"
