"""How much is generated: the everyday run makes fewer cases than the whole."""

from __future__ import annotations

import os

VARIABLE = "WORKBOOK_QUICK_TESTS"
"""Set by ``pytest --quick`` before any test module is read, for all processes of the run."""


def is_quick() -> bool:
    """Whether this is the everyday run."""
    return os.environ.get(VARIABLE) == "1"


def share_of(cases: int) -> int:
    """So many cases as the run has time for: all, or a sixth of them, but one of each generated kind."""
    return min(cases, max(5, cases // 6)) if is_quick() else cases
