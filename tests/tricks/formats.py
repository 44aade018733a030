"""Number formats that show another number, another word, or nothing."""

# ruff: noqa: E501 - tables of parameters read better with one entry a line
from __future__ import annotations

from tests.tricks.kit import ENTRY, SCORING, SUMMARY, Trick, Where, amount, at, label, styled, total, weight

_RESULT = (
    "0.00%", ";;;", '"99.99"', '0.00"9"', "[$9]0.00", "-0.00", "0.00;;", "0,", "0E+0", "# ?/?", "yyyy",
    "[DBNum2]0", "[>90]0.00;0", "General;;;", "\\9\\50.00", "0.00*9", "[White]0.00 ;;", "@ 0", "[h]:mm", "ss.00",
)  # fmt: skip
_WEIGHT = ("0%", ";;;", '"10"', '0"0"', "\\1 0", "[$1]0", "yyyy", '[>1]"20"', "0E+0", "?/?", "-0")
_LABEL = (";;;", '0;0;0;"合格"', ';;;"优"', '@"（优）"', '"优"@', "0;0;0;")
_AMOUNT = ("0", "0,", ";;;", '"0"', "0%", "yyyy-mm-dd", '0.00"亿"', "0.0E+0", "[>1]0.0;0.00", "\\9#,##0.00")


def _entries(kind: str, where: Where, sheet: str, code: str, formats: tuple[str, ...]) -> list[Trick]:
    return [
        at(f"format {one} on {kind}", where, lambda case, one=one: styled(case, where(case), format=one),  # type: ignore[misc]
           code, sheet)
        for one in formats
    ]  # fmt: skip


TRICKS = [
    *_entries("the total", total, SUMMARY, "CELL_CHANGED", _RESULT),
    *_entries("a weight", weight, SCORING, "CELL_CHANGED", _WEIGHT),
    *_entries("a label", label, SUMMARY, "CELL_CHANGED", _LABEL),
    *_entries("an amount", amount, ENTRY, "FORMAT_MISLEADS", _AMOUNT),
]
