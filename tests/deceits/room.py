"""Fonts, formats, widths and heights in which a number is cut, rounded by the cell, or a clause is not whole."""

from __future__ import annotations

import re

from tests.deceits.kit import AMOUNT, CLAUSE, SCORE, STYLES, TOTAL, WEIGHT, Draft, Trick
from workbook.layout.names import Place

NARROW, LOW, LOOK = "COLUMNS_TOO_NARROW", "ROWS_TOO_LOW", "LOOK_CHANGED"
DAPENG = "dapeng-2024"
RATE = Place("数据填报", "D108")
SUM, OWN = Place("评分表", "I63"), Place("评分表", "I4")


def width(sheet: str, column: int, value: float):
    """One column of another width; those beside it as they were."""

    def change(draft: Draft) -> None:
        part = draft.sheet(sheet)
        listed = _columns(draft.text(part))
        listed[column] = value
        new = "".join(
            f'<col min="{one}" max="{one}" width="{wide}" customWidth="1"/>' for one, wide in listed.items()
        )
        draft.sub(part, "<cols>.*</cols>", f"<cols>{new}</cols>")

    return change


def _columns(text: str) -> dict[int, float]:

    return {
        one: float(wide)
        for first, last, wide in re.findall(r'<col min="(\d+)" max="(\d+)" width="([^"]+)"', text)
        for one in range(int(first), int(last) + 1)
    }


def all_of(*changes):
    def change(draft: Draft) -> None:
        for one in changes:
            one(draft)

    return change


def dressed(place: Place, size: str, bold: bool = False, code: str = ""):
    """A cell in another size, bold or not, and perhaps another format."""

    def change(draft: Draft) -> None:
        font = draft.font("<b/>" if bold else "", size=size)
        draft.styled(place, font=font, **({"format": code} if code else {}))

    return change


def unsaved(place: Place):
    """A result that the file does not hold."""
    return lambda draft: draft.cell(place, "<v>.*?</v>", "")


def general(place: Place):
    return lambda draft: draft.styled(place, number="0")


def usual_font(new: str):
    """The first font, in whose digits the widths of columns count."""
    return lambda draft: draft.sub(STYLES, r"(<fonts[^>]*><font>).*?</font>", rf"\g<1>{new}</font>")


def usual_style_in_a_small_font(draft: Draft) -> None:
    """The usual style refers to a font of its own."""
    number = draft.item("fonts", "font", '<sz val="3"/><name val="Calibri"/>')
    draft.sub(STYLES, r'(<cellStyleXfs[^>]*><xf [^>]*fontId=")\d+', rf"\g<1>{number}")


def heights(part: float, sheet: str):
    """All rows of a sheet lower than issued."""

    def change(draft: Draft) -> None:

        name = draft.sheet(sheet)
        text = re.sub(
            r'(<row [^>]*? ht=")([^"]+)', lambda m: f"{m[1]}{float(m[2]) * part:.2f}", draft.text(name)
        )
        draft.put(name, text)

    return change


TRICKS: dict[str, Trick] = {
    "total rounded by a narrow column": Trick(all_of(general(TOTAL), width(TOTAL.sheet, 4, 5)), NARROW, Place(TOTAL.sheet, "D1"), DAPENG),
    "total rounded by a large size": Trick(all_of(dressed(TOTAL, "20", True), general(TOTAL)), LOOK, TOTAL, DAPENG),
    "amount rounded by a large size": Trick(all_of(dressed(AMOUNT, "20", True), general(AMOUNT)), LOOK, AMOUNT, DAPENG),
    "amount rounded by a narrow column": Trick(all_of(general(AMOUNT), width(AMOUNT.sheet, 4, 6)), NARROW, Place(AMOUNT.sheet, "D1"), DAPENG),
    "total in another size": Trick(dressed(TOTAL, "22", True), LOOK, TOTAL, DAPENG),
    "score in another size": Trick(dressed(SCORE, "24", True), LOOK, SCORE),
    "score of the table in another size": Trick(dressed(OWN, "20", True), LOOK, OWN),
    "weight in another size": Trick(dressed(WEIGHT, "40"), LOOK, WEIGHT),
    "clause in another size": Trick(dressed(CLAUSE, "20"), LOOK, CLAUSE),
    **{f"usual font of {size} points": Trick(usual_font(f'<sz val="{size}"/><name val="Calibri"/>'), NARROW, Place("评分表", "")) for size in ("1", "4", "6")},
    "usual style in a small font": Trick(usual_style_in_a_small_font, NARROW, Place("评分表", "")),
    "usual font very narrow": Trick(usual_font('<sz val="6.5"/><name val="Arial Narrow"/>'), NARROW, Place("评分表", "")),
    "weights that are merged cells": Trick(width("佐证材料", 3, 3.5), NARROW, Place("佐证材料", "C1")),
    "deductions that are merged cells": Trick(width("评分表", 10, 4), NARROW, Place("评分表", "J1")),
    "rates with many decimals": Trick(width("计算过程", 5, 8), NARROW, Place("计算过程", "E1")),
    "figures with many decimals": Trick(width("计算过程", 6, 9), NARROW, Place("计算过程", "F1"), DAPENG),
    "rate that is not saved in another size": Trick(all_of(dressed(Place("计算过程", "F4"), "16", True, "0.00########%"), unsaved(Place("计算过程", "F4"))),
        LOOK, Place("计算过程", "F4"), DAPENG),
    "bold totals": Trick(width("评分表", 9, 5), NARROW, Place("评分表", "I1"), DAPENG),
    "column of clauses": Trick(width("评分表", 6, 23), NARROW, Place("评分表", "F1")),
    "column of clauses by half": Trick(width("评分表", 6, 30), NARROW, Place("评分表", "F1")),
    "rows of clauses": Trick(heights(0.56, "评分表"), LOW, Place("评分表", "")),
    "larger clauses in narrower columns": Trick(all_of(dressed(CLAUSE, "14"), width("评分表", 6, 40)), NARROW, Place("评分表", "F1")),
}  # fmt: skip
