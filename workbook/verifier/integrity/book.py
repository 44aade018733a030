"""The workbook as a whole: its sheets and their order, its names, its settings, what runs or calls out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbook.addresses import absolute
from workbook.findings import Finding, found
from workbook.layout.names import IDENTITY_NAME
from workbook.template.model import Template
from workbook.verifier.integrity.calls import call_findings
from workbook.verifier.integrity.titles import title_findings
from workbook.xlsx_reader.received import Received

_LEAST_TABS = 50
"""Thousandths of the window's width that tabs need."""


def book_findings(template: Template, received: Received) -> Iterator[Finding]:
    """Every difference of the workbook as a whole."""
    yield from _sheets(template, received)
    yield from _settings(received)
    yield from _names(template, received)
    yield from call_findings(template, received)


def _sheets(template: Template, received: Received) -> Iterator[Finding]:
    expected = [sheet.title for sheet in template.sheets]
    for sheet in template.sheets:
        got = received.sheets.get(sheet.title)
        if got is None:
            yield found("SHEET_MISSING", sheet=sheet.title, sheet_name=sheet.title)
        elif got.hidden != sheet.hidden:
            yield found("SHEET_STATE", sheet=sheet.title, sheet_name=sheet.title)
    order = [title for title in received.sheets if title in set(expected)]
    if order != [title for title in expected if title in received.sheets]:
        yield found("SHEET_ORDER", order="、".join(expected))
    yield from title_findings(template, received)


def _settings(received: Received) -> Iterator[Finding]:
    """Displayed precision gives other values, the other epoch other dates; a mode may leave stale ones."""
    calculation = received.calculation
    changed = []
    if calculation.get("fullPrecision", "1") in {"0", "false"}:
        changed.append("以显示精度为准")
    if received.epoch_1904:
        changed.append("1904 日期系统")
    if changed:
        yield found("CALCULATION_CHANGED", setting="、".join(changed))
    modes = []
    if calculation.get("calcMode", "auto") != "auto":
        modes.append("手动计算" if calculation["calcMode"] == "manual" else "除模拟运算表外自动计算")
    if calculation.get("iterate", "0") in {"1", "true"}:
        modes.append("迭代计算")
    if modes:
        yield found("CALCULATION_MODE", setting="、".join(modes))
    for window in received.windows:
        yield from _window(window)
    if received.objects not in {"", "all"}:
        yield found("OBJECTS_HIDDEN")


def _window(window: Mapping[str, str]) -> Iterator[Finding]:
    hidden = []
    if window.get("showSheetTabs", "1") in {"0", "false"}:
        hidden.append("不显示工作表标签")
    elif int(window.get("tabRatio", "600")) < _LEAST_TABS:
        hidden.append("没有留出显示工作表标签的位置")
    if window.get("visibility", "visible") != "visible":
        hidden.append("窗口隐藏")
    if hidden:
        yield found("WINDOW_CHANGED", setting="、".join(hidden))


def _names(template: Template, received: Received) -> Iterator[Finding]:
    for name, place in template.names.items():
        expected = f"{place.sheet}!{absolute(place.cell)}"  # relative means another cell in every formula
        if name not in received.names:
            yield found("NAME_MISSING", sheet=place.sheet, cell=place.cell, name=name)
            continue
        actual = received.names[name].lstrip("=").replace("'", "")
        if actual != expected:
            yield found(
                "NAME_CHANGED",
                sheet=place.sheet,
                cell=place.cell,
                name=name,
                expected=expected,
                actual=actual,
            )
    ours = {name.casefold() for name in (*template.names, IDENTITY_NAME)}
    for title in template.sheet:  # on an officer's own sheet a name of ours hides nothing
        local = received.sheets[title].local_names if title in received.sheets else {}
        for name in sorted(local):
            if name.casefold() in ours:
                yield found("NAME_SHADOWED", sheet=title, sheet_name=title, name=name)
    for name in received.commands:
        yield found("NAME_RUNS", name=name[:60])
