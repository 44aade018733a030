"""Write the workbook. The same input gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from workbook.identity import PROPERTY_PREFIX, Identity
from workbook.layout import draft, names, scoring
from workbook.layout.book import Book
from workbook.layout.names import IDENTITY_NAME
from workbook.render import styles
from workbook.render.validation import validation
from workbook.scorer.quantities import Quantity
from workbook.spec.fields import Field
from workbook.spec.inputs import Inputs
from workbook.spec.states import IndicatorState
from workbook.template import Template

MAX_HEIGHT = 409.0
"""Points; no program has higher rows."""

_CREATED = datetime(2024, 1, 1, tzinfo=UTC)
_PROTECTION = {
    "format_columns": True, "format_rows": True, "objects": True, "scenarios": True,
    "sort": True, "autofilter": True, "insert_hyperlinks": True,
    "select_locked_cells": True, "select_unlocked_cells": True,
}  # fmt: skip


def render(
    book: Book, template: Template, identity: Identity, inputs: Inputs, values: Mapping[str, Quantity]
) -> bytes:
    """The .xlsx file, with ``inputs`` filled in and ``values`` as the formulas' cached results."""
    buffer = io.BytesIO()
    writer = _Writer(buffer, book, template, identity, inputs, values)
    writer.write()
    return buffer.getvalue()


class _Writer:
    def __init__(
        self,
        buffer: io.BytesIO,
        book: Book,
        template: Template,
        identity: Identity,
        inputs: Inputs,
        values: Mapping[str, Quantity],
    ) -> None:
        self.file = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False})
        self.book = book
        self.template = template
        self.identity = identity
        self.inputs = inputs
        self.values = values
        self.formats: dict[str, Format] = {}
        self.highlights = {
            kind: self.file.add_format(getattr(styles, kind))
            for kind in ("WARN", "BAD", "GOOD", "QUIET", "EMPTY")
        }

    def write(self) -> None:
        file = self.file
        file.set_properties({"title": self.book.rubric.title, "created": _CREATED, "author": ""})
        file.set_size(1600, 1000)
        file.set_calc_mode("auto")
        sheets = [(sheet, file.add_worksheet(sheet.title)) for sheet in self.book.sheets]
        for sheet, out in sheets:
            self._sheet(sheet, out)
        for name, place in self.template.names.items():
            file.define_name(name, f"='{place.sheet}'!{draft.absolute(place.cell)}")
        file.define_name(IDENTITY_NAME, f'="{self.identity.text()}"')
        for part, text in self.identity.parts().items():
            file.set_custom_property(PROPERTY_PREFIX + part, text)
        sheets[0][1].activate()
        file.close()

    def _sheet(self, sheet: draft.Sheet, out: Worksheet) -> None:
        for column, width in enumerate(sheet.widths):
            out.set_column(column, column, width)
        if sheet.default_height is not None:
            out.set_default_row(sheet.default_height)
        for row, height in self._heights(sheet).items():
            out.set_row(row, height)
        for cell in sheet.cells:
            self._cell(sheet, out, cell)
        for area, field in sheet.columns:
            self._validate(out, area, field)
        for chart in sheet.charts:
            self._chart(sheet, out, chart)
        out.hide_gridlines(2)
        out.protect("", dict(_PROTECTION))
        out.set_paper(9)
        out.fit_to_pages(1, 1 if sheet.one_page else 0)
        out.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
        if sheet.landscape:
            out.set_landscape()
        if sheet.freeze_rows:
            out.freeze_panes(sheet.freeze_rows, sheet.freeze_cols)
        if sheet.repeat_rows:
            out.repeat_rows(*sheet.repeat_rows)
        if sheet.breaks:
            out.set_h_pagebreaks(sheet.breaks)
        if sheet.filtered:
            _done(out.autofilter(*sheet.filtered))
        department = self.inputs.word("department") or ""
        # a blank behind the size: a text that begins with a digit would be read into it
        out.set_header(f"&L&10 {_plain(self.book.rubric.title)}&C&10 {_plain(department)}&R&10 {sheet.title}")
        out.set_footer(f"&L&10 {self.book.rubric.fiscal_year} 年度&C&10第 &P 页，共 &N 页")
        self._highlight(sheet, out)
        if sheet.hidden:
            out.hide()

    def _heights(self, sheet: draft.Sheet) -> dict[int, float]:
        """The rows' heights, more where a text that is filled in needs more."""
        heights = dict(sheet.heights)
        for cell in sheet.cells:
            value = self.inputs.at(cell.content.key) if isinstance(cell.content, draft.Input) else None
            if isinstance(value, str):
                usual = sheet.default_height or 15.0
                rows = range(cell.row, cell.last_row + 1)
                have = sum(heights.get(row, usual) for row in rows)
                missing = draft.text_height(value, sheet.widths[cell.col]) - have
                if missing > 0:
                    heights[cell.last_row] = min(heights.get(cell.last_row, usual) + missing, MAX_HEIGHT)
        return heights

    def _chart(self, sheet: draft.Sheet, out: Worksheet, chart: draft.Chart) -> None:
        """Bars by name, the first on top, in one dark colour that prints."""
        bars = self.file.add_chart({"type": "bar"})
        bars.add_series(
            {
                "name": chart.title,
                "categories": f"='{sheet.title}'!{draft.absolute(chart.names.range)}",
                "values": f"='{sheet.title}'!{draft.absolute(chart.shares.range)}",
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
        _done(out.insert_chart(chart.row, chart.col, bars, placed))

    def _cell(self, sheet: draft.Sheet, out: Worksheet, cell: draft.Cell) -> None:
        style = self._format(cell.style)
        if cell.merged:
            _done(out.merge_range(cell.row, cell.col, cell.last_row, cell.last_col, "", style))
        match cell.content:
            case draft.Input(key=key):
                self._input(out, cell, key, style)
            case draft.Quantity(key=key):
                formula = self.template.sheet[sheet.title].formulas[cell.ref]
                _done(out.write_formula(cell.row, cell.col, formula, style, self._cached(key)))
            case draft.Link(text=text):
                where = self.template.sheet[sheet.title].links[cell.ref]
                _done(out.write_url(cell.row, cell.col, f"internal:{where}", style, text))
            case draft.Target():
                text = self.template.sheet[sheet.title].texts[cell.ref]
                _done(out.write_string(cell.row, cell.col, text, style))
            case draft.Identity(part=part):
                _done(out.write_string(cell.row, cell.col, self.identity.parts()[part], style))
            case Decimal():
                _done(out.write_number(cell.row, cell.col, float(cell.content), style))
            case str() if cell.content:
                _done(out.write_string(cell.row, cell.col, cell.content, style))
            case _:
                _done(out.write_blank(cell.row, cell.col, None, style))

    def _input(self, out: Worksheet, cell: draft.Cell, key: str, style: Format) -> None:
        value = self.inputs.at(key)
        if key in self.book.rubric.field:
            self._validate(out, draft.Area(cell.row, cell.row, cell.col), self.book.rubric.field[key])
        match value:
            case Decimal():
                _done(out.write_number(cell.row, cell.col, float(value), style))
            case date():
                _done(
                    out.write_datetime(
                        cell.row, cell.col, datetime(value.year, value.month, value.day), style
                    )
                )
            case str() if value:
                _done(out.write_string(cell.row, cell.col, value, style))
            case _:
                _done(out.write_blank(cell.row, cell.col, None, style))

    def _validate(self, out: Worksheet, area: draft.Area, field: Field) -> None:
        rule = validation(field)
        if rule is not None:
            _done(out.data_validation(area.first, area.col, area.last, area.col, rule))

    def _cached(self, key: str) -> float | int | str:
        value = self.values.get(key)
        if value is None:  # an echo
            source = key.removeprefix("echo:").partition("#")[0]
            if source in self.book.rubric.field:
                value = self.values.get(f"used:{source}", self._typed(source))
            elif source.startswith("reason."):
                value = self.inputs.reasons.get(source.removeprefix("reason."), "")
            else:
                value = self.values[source]
        if isinstance(value, Fraction):
            return int(value) if value.denominator == 1 else float(value)
        return value

    def _format(self, style: str) -> Format:
        if style not in self.formats:
            self.formats[style] = self.file.add_format(styles.properties(style))
        return self.formats[style]

    def _typed(self, field_id: str) -> Quantity:
        value = self.inputs.values.get(field_id, "")
        return Fraction(value) if isinstance(value, Decimal) else str(value)

    def _highlight(self, sheet: draft.Sheet, out: Worksheet) -> None:
        for area in sheet.states:
            for word, kind in styles.STATE_COLOURS.items():
                rule = {
                    "type": "cell", "criteria": "==", "value": f'"{word}"', "format": self.highlights[kind],
                }  # fmt: skip
                _done(out.conditional_format(area.first, area.col, area.last, area.col, rule))
        if sheet.title == names.TITLE_SCORING:
            self._reasons(out, sheet)
        if sheet.hidden_while_equal is not None:
            whole, part, columns = sheet.hidden_while_equal
            first, second = (f"${draft.address(one.first, one.col)}" for one in (whole, part))
            for col in columns:
                rule = {
                    "type": "formula", "criteria": f"={first}={second}", "format": self.highlights["EMPTY"],
                }  # fmt: skip
                _done(out.conditional_format(whole.first, col, whole.last, col, rule))

    def _reasons(self, out: Worksheet, sheet: draft.Sheet) -> None:
        """A reason cell lights up while its indicator's state says that the reason is missing."""
        for cell in sheet.cells:
            if isinstance(cell.content, draft.Input):
                state = draft.address(cell.row, scoring.STATE_COL)
                rule: dict[str, Any] = {
                    "type": "formula", "criteria": f'=${state}="{IndicatorState.REASON_OPEN.value}"',
                    "format": self.highlights["BAD"],
                }  # fmt: skip
                _done(out.conditional_format(cell.row, cell.col, cell.last_row, cell.last_col, rule))


def _plain(text: str) -> str:
    """A text in a page header, where ``&`` begins a code; the whole header has 255 characters."""
    return text[:60].replace("&", "&&")


def _done(result: Any) -> None:
    """XlsxWriter reports what it could not write by a number, not by an exception."""
    if isinstance(result, int) and result < 0:
        raise ValueError(f"XlsxWriter could not write a cell (status {result})")
