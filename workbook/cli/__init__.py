"""The command line: arguments, printing, exit status; nothing else."""

from workbook.cli.main import main

__all__ = ["main"]
