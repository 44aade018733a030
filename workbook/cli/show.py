"""Printing: JSON documents for programs, Chinese tables and findings for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from workbook.findings import Finding, Severity

if TYPE_CHECKING:
    from rich.console import Console

_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_NARROW = 110


def prepare_streams() -> None:
    """Consoles that cannot show a character print a substitute, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def print_json(data: Any) -> None:
    """One JSON document on stdout, in UTF-8 whatever the console's code page."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    print(json.dumps(data, ensure_ascii=False, indent=1))


def console(*, err: bool = False) -> Console:
    """A console as wide as its terminal; wide enough for tables where there is none."""
    from rich.console import Console

    made = Console(stderr=err, highlight=False, soft_wrap=False)
    return made if made.is_terminal else Console(stderr=err, highlight=False, width=max(made.width, _NARROW))


def print_table(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[str]], *, right: int = 99
) -> None:
    """A table on stdout; columns from ``right`` on are figures."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title, style="table.title"), box=box.SIMPLE_HEAD, title_justify="left")
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="right" if number >= right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console().print(table)


def print_findings(findings: Iterable[Finding], *, err: bool = True, most: int | None = None) -> None:
    """Findings with place, message, source line and remedy, errors first; too many are counted."""
    from rich.padding import Padding
    from rich.text import Text

    from workbook.cli.quote import quotation

    out = console(err=err)
    ordered = sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
    for finding in ordered[:most]:
        head = Text(_WORDS[finding.severity], style=_COLOURS[finding.severity])
        place, fix = place_text(finding), f"→ {finding.fix}" if finding.fix else ""
        head.append(f" {finding.code}" + (f" [{place}]" if place else ""), style="default")
        quoted = quotation(finding, out.width - 2 if out.is_terminal else None)
        if not quoted:
            out.print(Text("  ") + head + Text(f" {finding.message} ") + Text(fix, style="dim"))
            continue
        out.print(Text("  ") + head, soft_wrap=True)
        for source in quoted:
            out.print(Text(f"  {source}"), soft_wrap=True)
        for told, style in ((finding.message, ""), (fix.replace("→ ", "→"), "dim")):  # a blank would break
            if out.is_terminal:
                out.print(Padding(Text(told, style=style), (0, 0, 0, 4), expand=False))
            else:
                out.print(Text(f"    {told}"), soft_wrap=True)
    if most is not None and len(ordered) > most:
        out.print(Text(f"  …… 另有 {len(ordered) - most} 条，用 --json 查看全部"))


def place_text(finding: Finding) -> str:
    """The place of a finding: sheet and cell, or file, line and column."""
    parts = []
    if finding.file:
        numbers = (one for one in (finding.line, finding.column) if one is not None)
        parts.append(":".join([finding.file, *map(str, numbers)]))
    if finding.sheet:
        parts.append(finding.sheet + (f"!{finding.cell}" if finding.cell else ""))
    if finding.clause:
        parts.append(finding.clause)
    return " ".join(parts)
