"""The command line: arguments, printing, exit status; nothing else."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run the command ``workbook``.

    All else loads here: processes of our own import this module too.
    """
    from workbook.cli.commands import main as run

    run()
