"""Counts of letters by how wide they are drawn: the widths of texts are reckoned from whole numbers.

Versions of Python add fractions in different ways, so that a sum of widths would depend on the version, and
with it the height of a row.
"""

from __future__ import annotations

import unicodedata

WIDE = "WF"
"""Classes of characters that every font draws as wide as they are high."""
MAYBE_WIDE = "WFA"
"""The same, with those that only East Asian fonts draw so."""


def width_of(text: str, *, wide: int, narrow: int, classes: str = WIDE) -> int:
    """Width of ``text`` where a letter of ``classes`` is ``wide`` and any other ``narrow``, in their unit."""
    count = sum(unicodedata.east_asian_width(char) in classes for char in text)
    return count * wide + (len(text) - count) * narrow
