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
from workbook.layout import draft, entry, names, results, scoring
from workbook.layout.book import Book
from workbook.render import styles
from workbook.render.validation import validation
from workbook.scorer.quantities import Quantity
from workbook.spec.inputs import Inputs
from workbook.spec.states import CheckState, FieldState, IndicatorState
from workbook.template import IDENTITY_NAME, Template

_CREATED = datetime(2024, 1, 1, tzinfo=UTC)
_PROTECTION = {
    "format_columns": True, "format_rows": True, "objects": True, "scenarios": True,
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
            kind: self.file.add_format(getattr(styles, kind)) for kind in ("WARN", "BAD", "GOOD", "QUIET")
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
            file.define_name(name, f"='{place.sheet}'!{_absolute(place.cell)}")
        file.define_name(IDENTITY_NAME, f'="{self.identity.text()}"')
        for part, text in self.identity.parts().items():
            file.set_custom_property(PROPERTY_PREFIX + part, text)
        sheets[0][1].activate()
        file.close()

    def _sheet(self, sheet: draft.Sheet, out: Worksheet) -> None:
        for column, width in enumerate(sheet.widths):
            out.set_column(column, column, width)
        for row, height in sheet.heights.items():
            out.set_row(row, height)
        for cell in sheet.cells:
            self._cell(sheet, out, cell)
        out.hide_gridlines(2)
        out.protect("", dict(_PROTECTION))
        out.set_paper(9)
        out.fit_to_pages(1, 0)
        out.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
        if sheet.landscape:
            out.set_landscape()
        if sheet.freeze_rows:
            out.freeze_panes(sheet.freeze_rows, sheet.freeze_cols)
        if sheet.repeat_rows:
            out.repeat_rows(*sheet.repeat_rows)
        out.set_header(f"&L&10{self.book.rubric.title}&R&10{sheet.title}")
        out.set_footer("&C&10第 &P 页，共 &N 页")
        self._highlight(sheet, out)
        if sheet.hidden:
            out.hide()

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
            case draft.Link(text=text, sheet=target):
                _done(out.write_url(cell.row, cell.col, f"internal:'{target}'!A1", style, text))
            case draft.Identity(part=part):
                _done(out.write_string(cell.row, cell.col, self.identity.parts()[part], style))
            case Decimal():
                _done(out.write_number(cell.row, cell.col, float(cell.content), style))
            case str() if cell.content:
                _done(out.write_string(cell.row, cell.col, cell.content, style))
            case _:
                _done(out.write_blank(cell.row, cell.col, None, style))

    def _input(self, out: Worksheet, cell: draft.Cell, key: str, style: Format) -> None:
        head, _, rest = key.partition(".")
        value: object
        if head == "reason" and rest:
            value = self.inputs.reasons.get(rest)
        elif head == "evidence" and rest:
            value = self.inputs.evidence.get(rest)
        else:
            value = self.inputs.values.get(key)
            rule = validation(self.book.rubric.field[key])
            if rule is not None:
                _done(out.data_validation(cell.row, cell.col, cell.row, cell.col, rule))
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

    def _cached(self, key: str) -> float | int | str:
        if key.startswith("echo:"):
            source = key.removeprefix("echo:")
            if source in self.book.rubric.field:
                return str(self.inputs.values.get(source, ""))
            key = source
        value = self.values[key]
        if isinstance(value, Fraction):
            return int(value) if value.denominator == 1 else float(value)
        return value

    def _format(self, style: str) -> Format:
        if style not in self.formats:
            self.formats[style] = self.file.add_format(styles.properties(style))
        return self.formats[style]

    def _highlight(self, sheet: draft.Sheet, out: Worksheet) -> None:
        last = max((cell.last_row for cell in sheet.cells), default=0)
        words: dict[str, str] = {}
        column = None
        if sheet.title == names.TITLE_ENTRY:
            column = entry.STATE_COL
            words = {
                FieldState.OPEN: "WARN",
                FieldState.INVALID: "BAD",
                FieldState.FILLED: "GOOD",
                FieldState.NOT_NEEDED: "QUIET",
                FieldState.OPTIONAL: "QUIET",
            }
        elif sheet.title == names.TITLE_SCORING:
            column = scoring.STATE_COL
            words = {
                IndicatorState.OPEN: "WARN",
                IndicatorState.REASON_OPEN: "BAD",
                IndicatorState.SCORED: "GOOD",
            }
            self._reasons(out, sheet)
        elif sheet.title == names.TITLE_CHECKS:
            column = results.CHECK_STATE_COL
            words = {
                CheckState.FAILS: "WARN",
                CheckState.BLOCKS: "BAD",
                CheckState.HOLDS: "GOOD",
                CheckState.UNCHECKED: "QUIET",
            }
        elif sheet.title == names.TITLE_COVER:
            column = 3
            words = {FieldState.OPEN: "WARN", FieldState.INVALID: "BAD", FieldState.OPTIONAL: "QUIET"}
        if column is None:
            return
        for word, kind in words.items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": self.highlights[kind]}
            _done(out.conditional_format(0, column, last, column, rule))

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


def _absolute(ref: str) -> str:
    letters = ref.rstrip("0123456789")
    return f"${letters}${ref[len(letters) :]}"


def _done(result: Any) -> None:
    """XlsxWriter reports what it could not write by a number, not by an exception."""
    if isinstance(result, int) and result < 0:
        raise ValueError(f"XlsxWriter could not write a cell (status {result})")
