"""Notes on a cell beside its content."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workbook.findings import Severity


@dataclass(frozen=True, slots=True)
class Note:
    """A comment on a cell, and how much it weighs, which colours the cell; without a text only the colour."""

    severity: Severity
    text: str
    author: str = ""

    def joined(self, other: Note) -> Note:
        """Both notes as one, as heavy as the heavier."""
        order = list(Severity)
        heavier = min(self.severity, other.severity, key=order.index)
        text = "\n\n".join(one for one in (self.text, other.text) if one)
        return replace(self, severity=heavier, text=text)
