"""Looks of cells. Inputs are light yellow with a solid frame, formulas grey: distinct in grey print too."""

from __future__ import annotations

from typing import Any

from workbook.findings import Severity
from workbook.rubric.states import LIGHT_WORDS, CapState, CheckState, FieldState, IndicatorState, RowState

FONT = "微软雅黑"
_INK = "#1F2937"
_FRAME = "#9CA3AF"
_INPUT = "#FFF9DB"
_FORMULA = "#EEF1F5"
_HEAD = "#1F4E79"
_SECTION = "#D6E4F0"
_TOTAL = "#DDE3EA"

_NUMBER_FORMATS = {
    "money": "#,##0.00",
    "count": "0",
    "percent": "0.00%",
    "points": "0.00",
    "item": "0.00##",
    "year": "0",
    "date": "yyyy-mm-dd",
    "percent_raw": "0.00########%",
    "percent_rate": "0.00#####%",
    "number_raw": "#,##0.00########",
    "number_rate": "#,##0.00#######",
    "figure": "#,##0.00####",
    "share": "0.00##%",
}
_CENTERED = {"yesno", "choice", "count", "points", "item", "percent", "date", "state", "year"}

_BASE: dict[str, Any] = {
    "font_name": FONT, "font_size": 10.5, "font_color": _INK, "valign": "vcenter", "text_wrap": True,
    "border": 1, "border_color": _FRAME, "locked": True,
}  # fmt: skip
_FAMILIES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "align": "center", "border": 0, "font_color": _HEAD},
    "subtitle": {"font_size": 11, "align": "center", "border": 0},
    "notice": {"bold": True, "bg_color": "#FDE9B8", "font_color": "#7C2D12", "indent": 1},
    "section": {"bold": True, "bg_color": _SECTION, "font_size": 11, "indent": 1},
    "heading": {"bold": True, "bg_color": _HEAD, "font_color": "#FFFFFF", "align": "center"},
    "label": {"bold": True, "bg_color": "#F3F4F6", "indent": 1},
    "text": {"indent": 1},
    "center": {"align": "center"},
    "level": {"bold": True, "align": "center"},
    "void": {"bg_color": "#FFFFFF"},
    "link": {"font_color": "#1D4ED8", "underline": 1, "indent": 1},
    "points": {"align": "center", "num_format": "0.00"},
    "year": {"align": "center", "num_format": "0"},
    "total": {"bold": True, "bg_color": _TOTAL, "align": "center"},
    "input": {"bg_color": _INPUT, "border": 1, "border_color": "#B45309", "locked": False},
    "formula": {"bg_color": _FORMULA},
    "pass": {"bg_color": "#D6F0DD", "font_color": "#14532D", "bold": True, "align": "center"},
    "incomplete": {"bg_color": "#FDE9B8", "font_color": "#7C2D12", "bold": True, "align": "center"},
    "fail": {"bg_color": "#F5A8A8", "font_color": "#7F1D1D", "bold": True, "align": "center"},
    "unreadable": {"bg_color": "#4B5563", "font_color": "#FFFFFF", "bold": True, "align": "center"},
    "error": {"bg_color": "#F5A8A8", "font_color": "#7F1D1D", "bold": True, "align": "center"},
    "warning": {"bg_color": "#FFD98A", "font_color": "#7C2D12", "bold": True, "align": "center"},
    "note": {"bg_color": "#DCEBFA", "font_color": "#1E3A8A", "align": "center"},
}


def properties(style: str) -> dict[str, Any]:
    """XlsxWriter's properties of a style such as ``input.money`` or ``heading``."""
    family, _, variant = style.partition(".")
    result = {**_BASE, **_FAMILIES[family]}
    if variant == "link":
        result.update(_FAMILIES["link"])
    if variant == "text" and family == "formula":
        result["indent"] = 1
    if variant in _NUMBER_FORMATS:
        result["num_format"] = _NUMBER_FORMATS[variant]
    if variant in _CENTERED:
        result["align"] = "center"
    elif variant in _NUMBER_FORMATS:
        result.update(align="right", indent=1)
    if variant in {"text", "reason"} and family == "input":
        result.update(num_format="@", indent=1)
    return result


CHART_FONT = {"name": FONT, "size": 9, "color": _INK}
CHART_FILL = _HEAD

WARN = {"bg_color": "#FDE2C4", "font_color": "#9A3412", "bold": True}
BAD = {"bg_color": "#F9C7C7", "font_color": "#991B1B", "bold": True}
GOOD = {"font_color": "#166534", "bold": True}
QUIET = {"font_color": "#9CA3AF"}
EMPTY = {"num_format": ";;;"}
"""Nothing is scored yet: a blank says so better than 0.00."""

NOTED: dict[Severity, dict[str, Any]] = {
    Severity.ERROR: {"bg_color": "#F5A8A8", "border": 5, "border_color": "#991B1B"},
    Severity.WARNING: {"bg_color": "#FFD98A", "border": 8, "border_color": "#9A3412"},
    Severity.NOTE: {"bg_color": "#DCEBFA", "border": 4, "border_color": "#1D4ED8"},
}
"""Cells with a comment: darker and with a heavier frame the more it weighs, so that grey print tells, too."""

FRONT_TAB = "#B91C1C"

STATE_COLOURS = {
    FieldState.FILLED: "GOOD", FieldState.FROM_TABLE: "GOOD", FieldState.UNUSUAL: "WARN",
    FieldState.OPEN: "WARN", FieldState.INVALID: "BAD",
    FieldState.NOT_NEEDED: "QUIET", FieldState.PENDING: "QUIET", FieldState.OPTIONAL: "QUIET",
    RowState.PARTIAL: "WARN",
    IndicatorState.SCORED: "GOOD", IndicatorState.REASON_OPEN: "BAD",
    IndicatorState.NOT_APPLICABLE: "QUIET",
    CheckState.HOLDS: "GOOD", CheckState.FAILS: "WARN", CheckState.BLOCKS: "BAD",
    CheckState.UNCHECKED: "QUIET",
}  # fmt: skip
"""Colours of the states, by word. The words differ too, so colour is never the only sign."""

OUTCOME_COLOURS = {
    CapState.HOLDS: "BAD", CapState.FAILS: "QUIET",
    LIGHT_WORDS["green"]: "GOOD", LIGHT_WORDS["yellow"]: "WARN", LIGHT_WORDS["red"]: "BAD",
    LIGHT_WORDS["blue"]: "QUIET",
}  # fmt: skip
"""The same for limits and warning lights."""
