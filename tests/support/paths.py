"""Places of the files that tests read."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
ROOT = TESTS.parent
SPECS = TESTS / "specs"
TINY = SPECS / "tiny.yaml"
MAILED_FOLDER = TESTS / "mailed"
MAILED = sorted(MAILED_FOLDER.glob("*.xlsx"))
"""A filled workbook of each released version."""
