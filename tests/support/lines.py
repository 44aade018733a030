"""Places in text files."""

from __future__ import annotations

from pathlib import Path


def line_of(path: Path, words: str) -> int:
    """The number of the first line that holds these words."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)
