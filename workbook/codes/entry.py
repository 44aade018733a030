"""What the catalogue says of one code."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Code(NamedTuple):
    """One kind of finding; ``message`` and ``fix`` are format strings."""

    severity: Literal["error", "warning", "note"]
    meaning: str
    message: str
    fix: str
