"""Rows and columns that are hidden or too small to be seen, in every way of writing, and views that hide."""

# ruff: noqa: E501 - tables of parameters read better with one entry a line
from __future__ import annotations

from tests.support.returned import Issued
from tests.tricks.kit import ENTRY, SUMMARY, Trick, in_sheet, on_sheet, total

_ROWS = (
    ('hidden="1"', "ROWS_HIDDEN"), ('hidden="true"', "ROWS_HIDDEN"), ('hidden=" 1 "', "ROWS_HIDDEN"),
    ('ht="0" customHeight="1"', "ROWS_HIDDEN"), ('ht="0.75" customHeight="1"', "ROWS_TOO_LOW"),
    ('ht="3"', "ROWS_TOO_LOW"), ('outlineLevel="1" hidden="1"', "ROWS_HIDDEN"), ('collapsed="1"', "ROWS_HIDDEN"),
    ('ht="0.0"', "ROWS_HIDDEN"), ('ht="1E-3" customHeight="true"', "ROWS_TOO_LOW"),
)  # fmt: skip
_COLUMNS = (
    ('width="0"', "COLUMNS_HIDDEN"), ('width="11" hidden="1"', "COLUMNS_HIDDEN"),
    ('width="11" hidden="true"', "COLUMNS_HIDDEN"), ('width="0.5" customWidth="1"', "COLUMNS_TOO_NARROW"),
    ('width="2"', "COLUMNS_TOO_NARROW"), ('width="1E-2"', "COLUMNS_TOO_NARROW"), ('width="0.0"', "COLUMNS_HIDDEN"),
    ('width="11" outlineLevel="1" hidden="1" collapsed="1"', "COLUMNS_HIDDEN"),
)  # fmt: skip
_DEFAULTS = (
    ('defaultRowHeight="15" zeroHeight="1"', "ROWS_HIDDEN"), ('defaultRowHeight="15" zeroHeight="true"', "ROWS_HIDDEN"),
)  # fmt: skip
_VIEWS = (
    'showZeros="0"', 'showZeros="false"', 'showFormulas="1"', 'showFormulas="true"', 'rightToLeft="1"',
    'rightToLeft=" true "',
)  # fmt: skip
_PANES = (
    ('', '<pane ySplit="60" topLeftCell="A61" activePane="bottomLeft" state="frozen"/>'),
    ('', '<pane xSplit="40" topLeftCell="AO1" activePane="topRight" state="frozenSplit"/>'),
    ('topLeftCell="A15" ', '<pane ySplit="3" topLeftCell="A18" activePane="bottomLeft" state="frozen"/>'),
)  # fmt: skip
_FILTERS = (
    '<filters><filter val="没有"/></filters>', '<top10 val="1"/>',
    '<customFilters><customFilter operator="greaterThan" val="1000"/></customFilters>',
    '<dynamicFilter type="aboveAverage"/>',
)  # fmt: skip


def _row(attributes: str, code: str) -> Trick:
    def change(case: Issued) -> bytes:
        row = total(case).cell[1:]
        kept = "" if "ht=" in attributes else ' ht="24" customHeight="1"'
        return in_sheet(case.filled, SUMMARY, rf'<row r="{row}"[^>]*>', f'<row r="{row}"{kept} {attributes}>')

    return Trick(f"row {attributes}", change, code, SUMMARY)


def _column(attributes: str, code: str) -> Trick:
    def change(case: Issued) -> bytes:
        columns = f'<col min="1" max="3" width="20"/><col min="4" max="4" {attributes}/><col min="5" max="7" width="20"/>'
        return in_sheet(case.filled, SUMMARY, "<cols>.*?</cols>", f"<cols>{columns}</cols>")

    return Trick(f"column {attributes}", change, code, SUMMARY)


def _default(attributes: str, code: str) -> Trick:
    return Trick(
        f"rows {attributes}",
        lambda case: in_sheet(case.filled, SUMMARY, "<sheetFormatPr[^>]*>", f"<sheetFormatPr {attributes}/>"),
        code, SUMMARY,
    )  # fmt: skip


def _view(attributes: str, pane: str) -> Trick:
    def change(case: Issued) -> bytes:
        view = f'<sheetViews><sheetView {attributes} workbookViewId="0">{pane}</sheetView></sheetViews>'
        return in_sheet(case.filled, SUMMARY, "<sheetViews>.*?</sheetViews>", view)

    return Trick(f"view {attributes}{pane}", change, "VIEW_CHANGED", SUMMARY)


def _filter(criteria: str) -> Trick:
    def change(case: Issued) -> bytes:
        column = f'<filterColumn colId="0">{criteria}</filterColumn>'
        return on_sheet(case.filled, SUMMARY, f'<autoFilter ref="A2:F17">{column}</autoFilter>')

    return Trick(f"filter {criteria}", change, "ROWS_HIDDEN", SUMMARY)


def _low_default(case: Issued) -> bytes:
    """Rows lose their own heights, and the usual one is too low."""
    data = in_sheet(case.filled, ENTRY, '<row r="4"[^>]*>', '<row r="4">')
    return in_sheet(
        data, ENTRY, "<sheetFormatPr[^>]*>", '<sheetFormatPr defaultRowHeight="2" customHeight="1"/>'
    )


def _narrow_default(case: Issued) -> bytes:
    """Columns lose their own widths, and the usual one is too narrow."""
    data = in_sheet(case.filled, SUMMARY, "<cols>.*?</cols>", "")
    new = '<sheetFormatPr defaultColWidth="1" defaultRowHeight="15"/>'
    return in_sheet(data, SUMMARY, "<sheetFormatPr[^>]*>", new)


TRICKS = [
    *(_row(*one) for one in _ROWS),
    *(_column(*one) for one in _COLUMNS),
    *(_default(*one) for one in _DEFAULTS),
    *(_view(one, "") for one in _VIEWS),
    *(_view(*one) for one in _PANES),
    *map(_filter, _FILTERS),
    Trick("usual height too low", _low_default, "ROWS_TOO_LOW", ENTRY),
    Trick("usual width too narrow", _narrow_default, "COLUMNS_TOO_NARROW", SUMMARY),
]
