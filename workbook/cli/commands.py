"""The entry point: all commands in one group."""

from __future__ import annotations

import gc
import sys

from workbook.cli import author, examine, issue, migrate, report, round_acts, round_roster, rounds, verify
from workbook.cli.group import cli
from workbook.cli.show import prepare_streams
from workbook.cli.streams import guarded

__all__ = [
    "author",
    "cli",
    "examine",
    "issue",
    "main",
    "migrate",
    "report",
    "round_acts",
    "round_roster",
    "rounds",
    "verify",
]


def main() -> None:
    """The entry point ``workbook``."""
    # Compiled formulas are many small objects that stay until the end: looking through them for garbage
    # again and again takes a sixth of the time.
    gc.set_threshold(200_000, 50, 50)
    sys.exit(guarded(_run))


def _run() -> None:
    prepare_streams()
    cli()
