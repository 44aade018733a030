"""A template of an earlier generator laid out again: its own cells, in a plain look.

The fingerprint of a released template keeps what its cells say, not how they look. Each cell has the style
that today's layout gives to the same input or result, or a plain one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from workbook.draw import draw
from workbook.layout.book import Book
from workbook.layout.draft import (
    Area,
    Content,
    Identity,
    Input,
    Link,
    Quantity,
    Sheet,
    position,
    text_height,
    text_width,
)
from workbook.spec.fields import Field
from workbook.spec.model import Rubric
from workbook.template import Template, TemplateSheet

_NARROWEST, _WIDEST = 10.0, 46.0


def plain_book(rubric: Rubric, template: Template) -> Book:
    """The sheets of ``template`` with all that it tells of them; ``rubric`` is the one behind it."""
    styles = _styles(rubric)
    return Book(rubric, tuple(_sheet(rubric, template, sheet, styles) for sheet in template.sheets))


def _styles(rubric: Rubric) -> dict[str, str]:
    """How today's layout shows each input and result, by key."""
    book, _ = draw(rubric)
    return {
        cell.content.key: cell.style
        for sheet in book.sheets
        for cell in sheet.cells
        if isinstance(cell.content, Input | Quantity)
    }


def _sheet(rubric: Rubric, template: Template, issued: TemplateSheet, styles: Mapping[str, str]) -> Sheet:
    contents = dict(_contents(template, issued))
    merged = (area.partition(":") for area in issued.merges)
    ends = {first: last for first, _, last in merged}
    columns = max((position(ref)[1] for ref in (*contents, *ends.values())), default=0) + 1
    sheet = Sheet(issued.title, widths=_widths(contents, ends, columns), hidden=issued.hidden, landscape=True)
    heights: dict[int, float] = defaultdict(float)
    for ref in sorted({*contents, *ends}, key=position):
        content = contents.get(ref)
        row, col = position(ref)
        last_row, last_col = position(ends.get(ref, ref))
        sheet.put(row, col, content, _style(rubric, content, styles), last_row=last_row, last_col=last_col)
        if isinstance(content, str) and row == last_row:
            heights[row] = max(heights[row], text_height(content, sum(sheet.widths[col : last_col + 1])))
    sheet.heights = {row: height for row, height in sorted(heights.items()) if height > 22}
    sheet.columns = list(_columns(rubric, template, issued.title))
    return sheet


def _contents(template: Template, issued: TemplateSheet) -> Iterator[tuple[str, Content]]:
    keys = template.keys[issued.title]
    repeated = {place.cell: key for place, key in template.repeated.items() if place.sheet == issued.title}
    for ref, text in issued.texts.items():
        yield ref, Link(text) if ref in issued.links else text
    for ref, number in issued.numbers.items():
        yield ref, Decimal(number)
    for ref in issued.formulas:
        yield ref, Quantity(keys.quantities[ref] if ref in keys.quantities else repeated[ref])
    for ref, key in keys.inputs.items():
        yield ref, Input(key)
    for ref, part in keys.identity.items():
        yield ref, Identity(part)


def _style(rubric: Rubric, content: Content, styles: Mapping[str, str]) -> str:
    match content:
        case Input(key=key):
            kind = rubric.field[key].kind.value if key in rubric.field else "reason"
            return styles.get(key, f"input.{kind}")
        case Quantity(key=key):
            return styles.get(key, "formula")
        case Link():
            return "link"
        case Decimal():
            return "center"
    return "text"


def _widths(contents: Mapping[str, Content], ends: Mapping[str, str], columns: int) -> tuple[float, ...]:
    """As wide as the longest text of its own that a column holds, within bounds."""
    widths = [_NARROWEST] * columns
    for ref, content in contents.items():
        if ref in ends:
            continue
        col = position(ref)[1]
        match content:
            case str() | Link():
                text = content if isinstance(content, str) else content.text
                wanted = max(text_width(line) for line in text.split("\n")) + 4
            case Input():
                wanted = 18.0
            case _:
                wanted = _NARROWEST
        widths[col] = min(max(widths[col], wanted), _WIDEST)
    return tuple(widths)


def _columns(rubric: Rubric, template: Template, title: str) -> Iterator[tuple[Area, Field]]:
    """The columns of detail tables that are filled in, for their validation."""
    cells: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for ref, key in template.keys[title].inputs.items():
        match key.split("."):
            case ["tables", table, _, column]:
                cells[table, column].append(position(ref))
    for (table, column), places in cells.items():
        rows = [row for row, _ in places]
        fields = {one.id: one for one in rubric.table[table].inputs}
        yield Area(min(rows), max(rows), places[0][1]), fields[column]
