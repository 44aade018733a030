"""Write the workbook. The same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from workbook.addresses import absolute, address
from workbook.layout import canvas, names
from workbook.layout.book import Book
from workbook.layout.names import IDENTITY_NAME, Place
from workbook.rubric.fields import Field
from workbook.rubric.inputs import Inputs
from workbook.rubric.keys import Key, Sort
from workbook.rubric.provenance import marked_title
from workbook.rubric.states import IndicatorState
from workbook.scorer.quantities import Quantity
from workbook.template.identity import PROPERTY_PREFIX, Identity
from workbook.template.model import Template
from workbook.xlsx_writer import styles
from workbook.xlsx_writer.notes import Note
from workbook.xlsx_writer.saved import escaped, saved_value
from workbook.xlsx_writer.sheets import SheetWriter, done
from workbook.xlsx_writer.validation import validation

MAX_HEIGHT = 409.0
"""Points; no program has higher rows."""

_PROTECTION = {
    "format_columns": True, "format_rows": True, "objects": True, "scenarios": True,
    "sort": True, "autofilter": True, "insert_hyperlinks": True,
    "select_locked_cells": True, "select_unlocked_cells": True,
}  # fmt: skip


def render(
    book: Book,
    template: Template,
    identity: Identity,
    inputs: Inputs,
    values: Mapping[Key, Quantity],
    *,
    notes: Mapping[Place, Note] | None = None,
    front: canvas.Sheet | None = None,
    properties: Mapping[str, str] | None = None,
) -> bytes:
    """The .xlsx file, with ``inputs`` filled in and ``values`` as the formulas' cached results.

    ``notes`` become comments and colours of their cells; ``front`` is a sheet of its own before the
    template's, unprotected, on which the file opens; ``properties`` are document properties beside the
    identity's, by their names without the prefix.
    """
    return _Writer(book, template, identity, inputs, values).write(notes or {}, front, properties or {})


class _Exact(float):
    """A number that is written whole: XlsxWriter writes 16 digits, and one in a hundred floats needs 17."""

    def __format__(self, form: str) -> str:
        text = super().__format__(form)
        return text if float(text) == self else repr(float(self))


class _Writer(SheetWriter):
    def __init__(
        self,
        book: Book,
        template: Template,
        identity: Identity,
        inputs: Inputs,
        values: Mapping[Key, Quantity],
    ) -> None:
        super().__init__(marked_title(book.rubric))
        self.book = book
        self.template = template
        self.identity = identity
        self.inputs = inputs
        self.values = values
        self.highlights = {
            kind: self.file.add_format(getattr(styles, kind))
            for kind in ("WARN", "BAD", "GOOD", "QUIET", "EMPTY")
        }

    def write(
        self, notes: Mapping[Place, Note], front: canvas.Sheet | None, properties: Mapping[str, str]
    ) -> bytes:
        header = self.inputs.word("department") or ""
        footer = f"{self.book.rubric.fiscal_year} 年度"
        opens = None if front is None else self.add(front)
        sheets = [(sheet, self.add(sheet)) for sheet in self.book.sheets]
        for sheet, out in sheets:
            here = {place.cell: note for place, note in notes.items() if place.sheet == sheet.title}
            self.write_sheet(sheet, out, header=header, footer=footer, notes=here)
            for area, field in sheet.columns:
                self._validate(out, area, field)
            for chart in sheet.charts:
                self._chart(sheet, out, chart)
            out.protect("", dict(_PROTECTION))
            self._highlight(sheet, out)
        if front is not None and opens is not None:
            self.write_sheet(front, opens, header=header, footer=footer)
            opens.set_tab_color(styles.FRONT_TAB)
        for name, place in self.template.names.items():
            self.file.define_name(name, f"='{place.sheet}'!{absolute(place.cell)}")
        self.file.define_name(IDENTITY_NAME, f'="{self.identity.text()}"')
        for part, text in {**self.identity.parts(), **properties}.items():
            self.file.set_custom_property(PROPERTY_PREFIX + part, text)
        (opens or sheets[0][1]).activate()
        return self.data()

    def heights(self, sheet: canvas.Sheet) -> dict[int, float]:
        """The rows' heights, more where a text that is filled in needs more."""
        heights = dict(sheet.heights)
        for cell in sheet.cells:
            value = self.inputs.at(cell.content.key) if isinstance(cell.content, canvas.Input) else None
            if isinstance(value, str):
                usual = sheet.default_height or 15.0
                rows = range(cell.row, cell.last_row + 1)
                have = sum(heights.get(row, usual) for row in rows)
                missing = canvas.text_height(value, sheet.widths[cell.col]) - have
                if missing > 0:
                    heights[cell.last_row] = min(heights.get(cell.last_row, usual) + missing, MAX_HEIGHT)
        return heights

    def _chart(self, sheet: canvas.Sheet, out: Worksheet, chart: canvas.Chart) -> None:
        """Bars by name, the first on top, in one dark colour that prints."""
        bars = self.file.add_chart({"type": "bar"})
        bars.add_series(
            {
                "name": chart.title,
                "categories": f"='{sheet.title}'!{absolute(chart.names.range)}",
                "values": f"='{sheet.title}'!{absolute(chart.shares.range)}",
                "data_labels": {"value": True, "num_format": "0%", "font": styles.CHART_FONT},
                "fill": {"color": styles.CHART_FILL},
                "gap": 40,
            }
        )
        bars.set_title({"none": True})
        bars.set_legend({"none": True})
        bars.set_x_axis(
            {"min": 0, "max": 1, "num_format": "0%", "num_font": styles.CHART_FONT,
             "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
        )  # fmt: skip
        bars.set_y_axis({"reverse": True, "num_font": styles.CHART_FONT})
        width = sheet.widths[chart.col] * 7 + 5
        bars.set_size({"width": int(width) - 8, "height": int(chart.height * 4 / 3) - 8})
        bars.set_chartarea({"border": {"none": True}})
        placed = {"x_offset": 4, "y_offset": 4, "description": chart.title}
        done(out.insert_chart(chart.row, chart.col, bars, placed))

    def content(self, sheet: canvas.Sheet, out: Worksheet, cell: canvas.Cell, style: Format) -> None:
        """Write the content of a cell of the template, with inputs and values filled in."""
        issued = self.template.sheet.get(sheet.title)
        match cell.content:
            case canvas.Input(key=key):
                self._input(out, cell, key, style)
            case canvas.Quantity(key=key) if issued:
                formula = issued.formulas[cell.ref]
                done(out.write_formula(cell.row, cell.col, formula, style, self._cached(key)))
            case canvas.Link(text=text) if issued:
                self.link(out, cell, issued.links[cell.ref], text, style)
            case canvas.Target() if issued:
                done(out.write_string(cell.row, cell.col, issued.texts[cell.ref], style))
            case canvas.IdentityCell(part=part):
                done(out.write_string(cell.row, cell.col, self.identity.parts()[part], style))
            case _:
                super().content(sheet, out, cell, style)

    def _input(self, out: Worksheet, cell: canvas.Cell, key: Key, style: Format) -> None:
        value = self.inputs.at(key)
        if key.sort is Sort.INPUT:
            self._validate(out, canvas.Area(cell.row, cell.row, cell.col), self.book.rubric.field[key.id])
        match value:
            case Decimal():
                done(out.write_number(cell.row, cell.col, _Exact(value), style))
            case date():
                done(
                    out.write_datetime(
                        cell.row, cell.col, datetime(value.year, value.month, value.day), style
                    )
                )
            case str() if value:
                done(out.write_string(cell.row, cell.col, value, style))
            case _:
                done(out.write_blank(cell.row, cell.col, None, style))

    def _validate(self, out: Worksheet, area: canvas.Area, field: Field) -> None:
        rule = validation(field)
        if rule is not None:
            done(out.data_validation(area.first, area.col, area.last, area.col, rule))

    def _cached(self, key: Key) -> float | int | str:
        value = saved_value(key, self.inputs, self.values)
        return escaped(value) if isinstance(value, str) else value  # XlsxWriter escapes other texts itself

    def _highlight(self, sheet: canvas.Sheet, out: Worksheet) -> None:
        colours = styles.OUTCOME_COLOURS if sheet.title == names.TITLE_SUMMARY else styles.STATE_COLOURS
        for area in sheet.states:
            for word, kind in colours.items():
                rule = {
                    "type": "cell", "criteria": "==", "value": f'"{word}"', "format": self.highlights[kind],
                }  # fmt: skip
                done(out.conditional_format(area.first, area.col, area.last, area.col, rule))
        if sheet.title == names.TITLE_SCORING:
            self._reasons(out, sheet)
        if sheet.hidden_while_equal is not None:
            whole, part, columns = sheet.hidden_while_equal
            first, second = (f"${address(one.first, one.col)}" for one in (whole, part))
            for col in columns:
                rule = {
                    "type": "formula", "criteria": f"={first}={second}", "format": self.highlights["EMPTY"],
                }  # fmt: skip
                done(out.conditional_format(whole.first, col, whole.last, col, rule))

    def _reasons(self, out: Worksheet, sheet: canvas.Sheet) -> None:
        """A reason cell lights up while its indicator's state says that the reason is missing."""
        for cell in sheet.cells:
            if isinstance(cell.content, canvas.Input):
                state = self.template.quantities[Key.state(cell.content.key.id)].cell
                rule: dict[str, Any] = {
                    "type": "formula", "criteria": f'=${state}="{IndicatorState.REASON_OPEN.value}"',
                    "format": self.highlights["BAD"],
                }  # fmt: skip
                done(out.conditional_format(cell.row, cell.col, cell.last_row, cell.last_col, rule))
