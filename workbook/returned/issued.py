"""The workbook as it was issued: the template's cells with their looks, and all that stands beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from workbook.findings import Finding
from workbook.rubric.fields import FieldKind
from workbook.rubric.keys import Key, Sort
from workbook.rubric.model import Rubric
from workbook.template.model import Template
from workbook.xlsx_reader.areas import area_of, of_cell
from workbook.xlsx_reader.received import Area, Look, Received, ReceivedSheet
from workbook.xlsx_reader.shelf import Shelf


class Content(StrEnum):
    """The content of a cell of a template, as far as its look depends on it."""

    TEXT = "text"
    NUMBER = "number"
    RESULT = "result"
    """A formula."""
    AMOUNT = "amount"
    """An input of a number."""
    SHARE = "share"
    DATE = "date"
    WORDS = "words"
    """An input of a text or a choice."""
    EVIDENCE_DATE = "evidence date"


_INPUTS = (Content.AMOUNT, Content.SHARE, Content.DATE, Content.WORDS, Content.EVIDENCE_DATE)


def is_input(content: Content) -> bool:
    """Whether an officer fills a cell in."""
    return content in _INPUTS


@dataclass(frozen=True, slots=True)
class IssuedSheet:
    """A sheet as issued, with its cells that hold something or may be filled in."""

    title: str
    sheet: ReceivedSheet
    refs: tuple[str, ...]
    kinds: tuple[tuple[Content, Look], ...]
    """Content and look of each of ``refs``."""
    sorts: tuple[tuple[Content, Look], ...]
    """Those that differ …"""
    numbers: tuple[int, ...]
    """… and which of them each of ``refs`` has …"""
    number: dict[str, int]
    """… by its address."""
    places: dict[str, Area]
    spans: dict[str, Area]
    """The same with all the cells that are merged with each."""
    rows: frozenset[int]
    columns: frozenset[int]
    box: Area
    details: frozenset[int]
    """Rows of detail tables, which an officer may filter."""


@dataclass
class Issued:
    """The pristine workbook of a template, read as received ones are, and what parts of these came to."""

    rubric: Rubric
    template: Template
    book: Received
    compared: Shelf[tuple[Finding, ...]] = field(default_factory=lambda: Shelf(2_000))
    """Findings on a sheet's cells, by its title and ``source`` and the unit of its widths."""
    read_alike: Shelf[bool] = field(default_factory=lambda: Shelf(2_000))
    """Sheets in which both readers saw the same, by their title and ``source`` and by ``route``, the way
    that both went to find them."""

    def forget(self) -> None:
        """Forget what was found in parts of received workbooks."""
        self.compared.clear()
        self.read_alike.clear()

    @cached_property
    def sheets(self) -> dict[str, IssuedSheet]:
        """The template's sheets by title."""
        return {title: self._sheet(title) for title in self.template.sheet}

    def _sheet(self, title: str) -> IssuedSheet:
        sheet, keys = self.book.sheets[title], self.template.keys[title]
        refs = tuple(sorted(self.template.used[title]))
        places = {ref: of_cell(ref) for ref in refs}
        kinds = tuple((self._content(title, ref), sheet.look(ref)) for ref in refs)
        sorts = tuple(dict.fromkeys(kinds))
        at = {kind: number for number, kind in enumerate(sorts)}
        areas = places.values()
        merged = {one.partition(":")[0]: area for one in sheet.frame.merges if (area := area_of(one))}
        return IssuedSheet(
            title=title,
            sheet=sheet,
            refs=refs,
            kinds=kinds,
            sorts=sorts,
            numbers=tuple(at[kind] for kind in kinds),
            number={ref: at[kind] for ref, kind in zip(refs, kinds, strict=True)},
            places=places,
            spans={**places, **{ref: area for ref, area in merged.items() if ref in places}},
            rows=frozenset(area.top for area in areas),
            columns=frozenset(area.left for area in areas),
            box=Area(
                1,
                1,
                max((one.right for one in areas), default=1),
                max((one.bottom for one in areas), default=1),
            ),
            details=frozenset(places[ref].top for ref, key in keys.inputs.items() if key.sort is Sort.CELL),
        )

    def _content(self, title: str, ref: str) -> Content:
        keys, sheet = self.template.keys[title], self.template.sheet[title]
        if ref in keys.inputs:
            return self._input(keys.inputs[ref])
        if ref in sheet.formulas:
            return Content.RESULT
        return Content.NUMBER if ref in sheet.numbers else Content.TEXT

    def _input(self, key: Key) -> Content:
        match key.sort:
            case Sort.REASON | Sort.DOCUMENTS:
                return Content.WORDS
            case Sort.DOCUMENT:
                return Content.EVIDENCE_DATE if key.part == "date" else Content.WORDS
            case Sort.CELL:
                kind = self.rubric.table[key.id].row_input(key.number, key.part).kind
            case _:
                kind = self.rubric.field[key.id].kind
        match kind:
            case FieldKind.PERCENT:
                return Content.SHARE
            case FieldKind.DATE:
                return Content.DATE
            case _ if kind.numeric:
                return Content.AMOUNT
        return Content.WORDS
