"""Findings are data: what was found, where, and what to do about it.

Every message of the tool for officers, clerks and rubric authors comes from the one catalogue in
:mod:`workbook.codes`; functions return findings, and only the outermost functions of the API raise
:class:`Refused` when nothing useful can be returned.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from workbook.codes import CODES


class Severity(StrEnum):
    """The weight of a finding: an error stops, a warning asks, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. ``sheet``/``cell`` place it in a workbook, ``file``/``line``/``column`` in a spec."""

    code: str
    severity: Severity
    message: str
    fix: str
    sheet: str | None = None
    cell: str | None = None
    indicator: str | None = None
    file: str | None = None
    line: int | None = None
    clause: str | None = None
    column: int | None = None

    def placed(
        self,
        *,
        sheet: str | None = None,
        cell: str | None = None,
        indicator: str | None = None,
        file: str | None = None,
        line: int | None = None,
    ) -> Finding:
        """The same finding with a more exact place; places already known stay."""
        return replace(
            self,
            sheet=self.sheet or sheet,
            cell=self.cell or cell,
            indicator=self.indicator or indicator,
            file=self.file or file,
            line=self.line if self.line is not None else line,
        )


class Refused(Exception):
    """Nothing useful can be returned; ``findings`` say why. Exit status 2 at the command line."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(f.message for f in self.findings))


def found(
    code: str,
    *,
    sheet: str | None = None,
    cell: str | None = None,
    indicator: str | None = None,
    file: str | Path | None = None,
    line: int | None = None,
    spot: tuple[int, int] | None = None,
    clause: str | None = None,
    **values: object,
) -> Finding:
    """The finding ``code`` of the catalogue with its texts filled in from ``values``.

    ``spot`` is the line and the column where both are known.
    """
    entry = CODES[code]
    return Finding(
        code=code,
        severity=Severity(entry.severity),
        message=entry.message.format(**values),
        fix=entry.fix.format(**values),
        sheet=sheet,
        cell=cell,
        indicator=indicator,
        file=None if file is None else str(file),
        line=line if spot is None else spot[0],
        clause=clause,
        column=None if spot is None else spot[1],
    )


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint naming the known words most like ``word``: ``最接近的是 a、b`` or all when there are few."""
    options = sorted(known)
    close = difflib.get_close_matches(word, options, n=3, cutoff=0.5)
    if close:
        return "最接近的是 " + "、".join(close)
    if not options:
        return "目前没有可用的名称"
    shown = "、".join(options[:12])
    return f"可用的有 {shown}" + ("…" if len(options) > 12 else "")


def has_errors(findings: Iterable[Finding]) -> bool:
    """True when one of ``findings`` is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
