"""The entry point: all commands in one group."""

from __future__ import annotations

from workbook.cli import examine, issue
from workbook.cli.group import cli
from workbook.cli.show import prepare_streams

__all__ = ["cli", "examine", "issue", "main"]


def main() -> None:
    """The entry point ``workbook``."""
    prepare_streams()
    cli()
