"""Write drawn sheets with texts, numbers and links. The same input gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from workbook.addresses import position
from workbook.layout import canvas
from workbook.layout.names import Place
from workbook.template.model import link_target
from workbook.xlsx_writer import styles
from workbook.xlsx_writer.notes import Note

_CREATED = datetime(2024, 1, 1, tzinfo=UTC)
_NOTE_WIDTH = 44
"""Characters across a cell comment."""


def render_sheets(title: str, sheets: Iterable[canvas.Sheet]) -> bytes:
    """The .xlsx file of sheets that hold texts, numbers and links; unprotected, the first sheet on top."""
    writer = SheetWriter(title)
    for sheet in sheets:
        writer.write_sheet(sheet, writer.add(sheet))
    return writer.data()


class SheetWriter:
    """A workbook in the making. Texts are written as texts, whatever they begin with."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.buffer = io.BytesIO()
        self.file = xlsxwriter.Workbook(self.buffer, {"in_memory": True, "strings_to_numbers": False})
        self.file.set_properties({"title": title, "created": _CREATED, "author": ""})
        self.file.set_size(1600, 1000)
        self.file.set_calc_mode("auto")
        self.formats: dict[tuple[str, str], Format] = {}

    def data(self) -> bytes:
        """The finished file; nothing can be written afterwards."""
        self.file.close()
        return self.buffer.getvalue()

    def add(self, sheet: canvas.Sheet) -> Worksheet:
        """The next sheet, still empty: sheets stand in the order in which they are added."""
        return self.file.add_worksheet(sheet.title)

    def write_sheet(
        self,
        sheet: canvas.Sheet,
        out: Worksheet,
        *,
        header: str = "",
        footer: str = "",
        notes: Mapping[str, Note] | None = None,
    ) -> None:
        """Everything of ``sheet``; ``header`` stands in the middle above, ``footer`` on the left below.

        ``notes``, by A1 address, become comments and colours of their cells.
        """
        for column, width in enumerate(sheet.widths):
            out.set_column(column, column, width)
        if sheet.default_height is not None:
            out.set_default_row(sheet.default_height)
        for row, height in self.heights(sheet).items():
            out.set_row(row, height)
        left = dict(notes or {})
        for cell in sheet.cells:
            self._cell(sheet, out, cell, _taken(left, cell))
        for ref, note in left.items():  # where the template has nothing
            row, col = position(ref)
            done(out.write_blank(row, col, None, self.format("void", note)))
            self._comment(out, row, col, note)
        out.hide_gridlines(2)
        out.set_paper(9)
        out.fit_to_pages(sheet.pages_wide, 1 if sheet.one_page else 0)
        if sheet.pages_wide > 1 and sheet.freeze_cols:
            out.repeat_columns(0, sheet.freeze_cols - 1)
        out.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
        if sheet.landscape:
            out.set_landscape()
        if sheet.freeze_rows or sheet.freeze_cols:
            out.freeze_panes(sheet.freeze_rows, sheet.freeze_cols)
        if sheet.repeat_rows:
            out.repeat_rows(*sheet.repeat_rows)
        if sheet.breaks:
            out.set_h_pagebreaks(sheet.breaks)
        if sheet.filtered:
            done(out.autofilter(*sheet.filtered))
        # a blank behind the size: a text that begins with a digit would be read into it
        out.set_header(f"&L&10 {_plain(self.title)}&C&10 {_plain(header)}&R&10 {sheet.title}")
        out.set_footer(f"&L&10 {footer}&C&10第 &P 页，共 &N 页")
        if sheet.hidden:
            out.hide()

    def heights(self, sheet: canvas.Sheet) -> dict[int, float]:
        """The rows' heights in points."""
        return sheet.heights

    def format(self, style: str, note: Note | None = None) -> Format:
        """The format of a style, each made once; a note's colour and frame go over it."""
        key = (style, "" if note is None else note.severity.value)
        if key not in self.formats:
            noted = {} if note is None else styles.NOTED[note.severity]
            self.formats[key] = self.file.add_format({**styles.properties(style), **noted})
        return self.formats[key]

    def content(self, sheet: canvas.Sheet, out: Worksheet, cell: canvas.Cell, style: Format) -> None:
        """Write what one cell holds."""
        match cell.content:
            case canvas.Link(text=text, sheet=title, cell=target):
                self.link(out, cell, link_target(Place(title, target)), text, style)
            case Decimal():
                done(out.write_number(cell.row, cell.col, float(cell.content), style))
            case str() if cell.content:
                done(out.write_string(cell.row, cell.col, cell.content, style))
            case _:
                done(out.write_blank(cell.row, cell.col, None, style))

    def link(self, out: Worksheet, cell: canvas.Cell, target: str, text: str, style: Format) -> None:
        """Write a text that leads to a cell of this workbook."""
        done(out.write_url(cell.row, cell.col, f"internal:{target}", style, text))

    def _cell(self, sheet: canvas.Sheet, out: Worksheet, cell: canvas.Cell, note: Note | None) -> None:
        style = self.format(cell.style, note)
        if cell.merged:
            done(out.merge_range(cell.row, cell.col, cell.last_row, cell.last_col, "", style))
        self.content(sheet, out, cell, style)
        if note is not None:
            self._comment(out, cell.row, cell.col, note)

    def _comment(self, out: Worksheet, row: int, col: int, note: Note) -> None:
        if not note.text:
            return
        look: dict[str, Any] = {
            "author": note.author, "font_name": styles.FONT, "font_size": 9, "x_scale": 2.6,
            "height": min(canvas.text_height(note.text, _NOTE_WIDTH) * 1.25 + 12, 600),
            "color": styles.NOTED[note.severity]["bg_color"],
        }  # fmt: skip
        done(out.write_comment(row, col, note.text, look))


def _taken(notes: dict[str, Note], cell: canvas.Cell) -> Note | None:
    """The note on a cell, taken out of ``notes``; one inside a merged cell stands on its first."""
    note = notes.pop(cell.ref, None)
    if notes and cell.merged:
        for ref in list(notes):
            row, col = position(ref)
            if cell.row <= row <= cell.last_row and cell.col <= col <= cell.last_col:
                inside = notes.pop(ref)
                note = inside if note is None else note.joined(inside)
    return note


def _plain(text: str) -> str:
    """A text in a page header, where ``&`` begins a code; the whole header has 255 characters."""
    return text[:60].replace("&", "&&")


def done(result: Any) -> None:
    """XlsxWriter reports what it could not write by a number, not by an exception: raise ValueError."""
    if isinstance(result, int) and result < 0:
        raise ValueError(f"XlsxWriter could not write a cell (status {result})")
