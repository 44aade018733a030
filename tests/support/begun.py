"""Runs a command of ``workbook`` and says when it is at work: ``python -m tests.support.begun COMMAND…``.

Each of its processes writes the line ``begun`` on standard error before it reads its first file.
"""

from __future__ import annotations

import sys

from tests.support.workers import saying_begun


def main(*command: str) -> None:
    from workbook.cli.commands import main as run
    from workbook.verifier import isolated

    isolated.verify_chunks = saying_begun
    sys.argv = ["workbook", *command]
    run()


if __name__ == "__main__":
    main(*sys.argv[1:])
