"""Values of inputs that read one way and count another."""

from __future__ import annotations

from tests.deceits.kit import AMOUNT, Draft, Trick
from workbook.layout.names import Place

DEPARTMENT = Place("填报说明", "C5")

UNSEEN = ("\u200b", "\u3164", "\u2800", "\u0301", "\ufe0f\u2060")
NOISE = ("(43.1-43.2)*10+1", "1*(0.5-0.4-0.1)", "(0.5-0.4-0.1)", "SUM(0.5,-0.4,-0.1)")


def calculated(formula: str, saved: str):
    """An amount that a formula has made, with what the file shows of it."""

    def change(draft: Draft) -> None:
        new = rf'<c r="{AMOUNT.cell}" s="\1"><f>{formula}</f><v>{saved}</v></c>'
        draft.cell(AMOUNT, rf'^<c r="{AMOUNT.cell}" s="(\d+)".*', new)

    return change


def named(text: str):
    """A department's name."""

    def change(draft: Draft) -> None:
        new = (
            rf'<c r="{DEPARTMENT.cell}" s="\1" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        )
        draft.cell(DEPARTMENT, rf'^<c r="{DEPARTMENT.cell}" s="(\d+)".*', new)

    return change


TRICKS: dict[str, Trick] = {
    **{
        f"noise shown as nothing: {one}": Trick(calculated(one, "0"), "INPUT_FORMULA_REFUSED", AMOUNT)
        for one in NOISE
    },
    **{
        f"name of signs that nobody sees: {one!a}": Trick(named(one), "INPUT_TEXT", DEPARTMENT)
        for one in UNSEEN
    },
}
