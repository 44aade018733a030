"""Headers, footers and print settings that say or leave out something on paper."""

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


_DRESS = (
    "&amp;C&amp;60{}", '&amp;C&amp;"宋&amp;L体"&amp;60{}', "&amp;L&amp;69 {}", "&amp;C&amp;16{}", "&amp;C&amp;2{}", "&amp;C&amp;KFFFFFF{}", "&amp;C&amp;KFEFEF0{}",
    "&amp;C&amp;K00+000{}", "&amp;C&amp;K01+095{}", "&amp;C&amp;S{}", "&amp;C&amp;X{}", '&amp;C&amp;"Wingdings"{}', '&amp;C&amp;"Webdings,常规"{}',
    "&amp;C\n\n\n\n\n{}", "&amp;C{}\n\n\n\n\n", "&amp;C&#10;&#10;&#10;&#10;&#10;{}", "&amp;C\r\r\r\r\r{}",
)  # fmt: skip
_MARGINS = ('top="0.7" bottom="0.7" header="3" footer="0.3"', 'top="0.7" bottom="0.7" header="0.3" footer="4"',
            'top="0.2" bottom="0.7" header="0.9" footer="0.3"')  # fmt: skip


def _dressed(dress: str, element: str) -> Trick:
    """The issued words in another dress."""
    words = "第 &amp;P 页，共 &amp;N 页" if element == "oddFooter" else "得分汇总"
    said = dress.format(words).replace("&amp;C", "&amp;C" if element == "oddFooter" else "&amp;R")

    def change(case: Issued) -> bytes:
        new = f"<headerFooter><{element}>{said}</{element}></headerFooter>"
        return in_sheet(case.filled, SUMMARY, "<headerFooter>.*?</headerFooter>", new)

    return Trick(f"dressed {element} {dress!r}", change, "HEADER_CHANGED", SUMMARY)


def _edges(margins: str) -> Trick:
    new = f'<pageMargins left="0.4" right="0.4" {margins}/>'
    return Trick(
        f"header by {margins}", lambda case: in_sheet(case.filled, SUMMARY, "<pageMargins [^>]*/>", new),
        "HEADER_CHANGED", SUMMARY,
    )  # fmt: skip


TRICKS = [
    *(_dressed(one, element) for one in _DRESS for element in ("oddHeader", "oddFooter")),
    *map(_edges, _MARGINS),
    *(_header(*one, said) for one in _HEADERS for said in _SAID[:3]),
    *(_header("oddHeader", "", said) for said in _SAID[3:]),
    *(_named("Print_Area", one) for one in _AREAS),
    *(_named("Print_Titles", one) for one in _TITLES),
]
