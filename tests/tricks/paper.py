"""Headers, footers and print settings that say or leave out something on paper."""

# ruff: noqa: E501 - tables of parameters read better with one entry a line
from __future__ import annotations

from tests.support.returned import Issued, in_part
from tests.tricks.kit import BOOK, SUMMARY, Trick, in_sheet

_SAID = (
    "&amp;C总分 99.99",
    "&amp;L得分：99",
    "&amp;R评价等级：优",
    "&amp;C&amp;20总分99",
    "99.99",
    "&amp;L&amp;D",
)
_HEADERS = (
    ("oddHeader", ""), ("oddFooter", ""), ("evenHeader", 'differentOddEven="1"'), ("evenFooter", 'differentOddEven="true"'),
    ("firstHeader", 'differentFirst="1"'), ("firstFooter", 'differentFirst=" true "'),
)  # fmt: skip
_AREAS = (
    "得分汇总!$A$1:$B$5",
    "得分汇总!$A$1",
    "得分汇总!$X$90:$Z$99",
    "得分汇总!$A$1:$C$40,得分汇总!$F$1:$G$40",
    "#REF!",
)
_TITLES = ("得分汇总!$17:$17", "得分汇总!$A:$D,得分汇总!$1:$20", "得分汇总!$1:$31")


def _header(element: str, attributes: str, said: str) -> Trick:
    def change(case: Issued) -> bytes:
        new = f"<headerFooter {attributes}><{element}>{said}</{element}></headerFooter>"
        return in_sheet(case.filled, SUMMARY, "<headerFooter>.*?</headerFooter>", new)

    return Trick(f"{element} {attributes} {said}", change, "HEADER_CHANGED", SUMMARY)


def _named(name: str, reference: str) -> Trick:
    def change(case: Issued) -> bytes:
        new = f'<definedNames><definedName name="_xlnm.{name}" localSheetId="8">{reference}</definedName>'
        return in_part(case.filled, BOOK, "<definedNames>", new)

    return Trick(f"{name} {reference}", change, "PRINT_CHANGED", SUMMARY)


TRICKS = [
    *(_header(*one, said) for one in _HEADERS for said in _SAID[:3]),
    *(_header("oddHeader", "", said) for said in _SAID[3:]),
    *(_named("Print_Area", one) for one in _AREAS),
    *(_named("Print_Titles", one) for one in _TITLES),
]
