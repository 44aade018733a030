"""One thing inside a container, before anybody asked what it is."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.findings import Finding


@dataclass(frozen=True, slots=True)
class Piece:
    """A member of an archive, or a part of a mail.

    ``label`` leads to it from its container; without one the piece speaks of the container itself. It has
    either its ``data``, or a ``finding`` why there are none, or a ``reason`` why nobody wants them.
    """

    label: str | None = None
    data: bytes = b""
    finding: Finding | None = None
    reason: str | None = None
    is_mail: bool = False
    name: str = ""
    """Of the piece itself, where that is not the end of its label."""
