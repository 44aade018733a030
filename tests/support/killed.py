"""Runs a command and kills it before a step: ``python -m tests.support.killed STEP FOLDER COMMAND…``.

A step is anything that changes a file or folder at or below FOLDER. COMMAND is one of ``workbook``, or
``set`` with the names of files that are written as a set. The process ends as if it were killed: nothing is
cleaned up. Exit status 137 when it was, else the command's own.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

KILLED = 137
_CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir"}


def main(step: int, folder: str, *command: str) -> None:
    left = step

    def hook(event: str, arguments: tuple) -> None:
        nonlocal left
        writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        if not (writes or event in _CHANGES):
            return
        # within a folder that is being removed, names stand alone
        path = os.fspath(arguments[0]) if not isinstance(arguments[0], int) else ""
        if Path(path).is_absolute() and not path.startswith(folder):
            return
        if left == 0:
            os._exit(KILLED)
        left -= 1

    if command[0] == "set":
        from workbook.files import FileSet

        sys.addaudithook(hook)
        with FileSet(Path(folder), command[1:], force=True) as files:
            for name in command[1:]:
                files.add(name, b"new")
        return
    from workbook.cli.commands import main as run

    sys.argv = ["workbook", *command]
    sys.addaudithook(hook)
    run()


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
