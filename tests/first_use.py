"""First use, in LibreOffice itself: an officer opens the blank workbook, types, follows links, to 可报送 是.

    python -m tests.first_use [--rubric yantian-2023] [--keep FOLDER]

Run by the Python of the tests, it starts LibreOffice without a window and drives it through its UNO
interface with the system's Python (Debian: python3-uno). It types the figures of the published
evaluation into the cells of the public map, one after the other as the list of things to do asks for
them, and looks at the states after each. Then the saved file is verified.
"""

from __future__ import annotations

import argparse
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

DRIVER = Path(__file__).parent / "office" / "officer.py"
SYSTEM_PYTHON = "/usr/bin/python3"


def main(arguments: list[str] | None = None) -> None:
    from tests.engines.office import soffice
    from tests.support.clean import clean
    from tests.support.returned import issued, verified
    from workbook.rubric.expr import Ref
    from workbook.rubric.keys import Key
    from workbook.rubric.todo import NOTHING, SHOWN

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rubric", default="yantian-2023")
    parser.add_argument("--keep", type=Path, help="keep the workbooks here")
    options = parser.parse_args(arguments)
    one, inputs = issued(options.rubric), clean(options.rubric)
    folder = Path(tempfile.mkdtemp())
    blank, filled = folder / "blank.xlsx", folder / "filled.xlsx"
    blank.write_bytes(one.blank)

    def cell(key: Key | str) -> str:
        return f"{one[key].sheet}!{one[key].cell}"

    values = {
        cell(key): float(value) if isinstance(value, Decimal) else str(value)
        for key in one.template.inputs
        if (value := inputs.at(key)) is not None
    }
    cells = {key: cell(key) for key in ("ready", "total", "grade", "count:open")}
    todo = [[cell(Key.todo(line, part)) for part in ("text", "link")] for line in range(1, SHOWN + 1)]
    pairs = [  # an amount or a share, as the list says: the officer has one of them
        (cell(rate.when_filled), cell(rate.otherwise.id))
        for rate in one.rubric.rates
        if rate.when_filled is not None and isinstance(rate.otherwise, Ref)
    ]
    instead = {**dict(pairs), **{share: amount for amount, share in pairs}}
    port = _free_port()
    plan = folder / "plan.json"
    plan.write_text(
        json.dumps(
            {
                "port": port,
                "blank": str(blank),
                "filled": str(filled),
                "values": values,
                "cells": cells,
                "todo": todo,
                "instead": instead,
                "nothing": NOTHING,
            }
        ),
        encoding="utf-8",
    )
    profile = folder / "profile"
    office = subprocess.Popen(
        [
            soffice(), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
            f"--accept=socket,host=localhost,port={port};urp;",
        ]
    )  # fmt: skip
    try:
        time.sleep(3)
        subprocess.run([SYSTEM_PYTHON, str(DRIVER), str(plan)], check=True, timeout=500)
        report = verified(filled.read_bytes())
        print(f"核验：{report.verdict.value}，{[finding.code for finding in report.findings]}")
        if options.keep:
            shutil.copytree(
                folder, options.keep, dirs_exist_ok=True, ignore=shutil.ignore_patterns("profile")
            )
        sys.exit(0 if report.verdict.value == "pass" else 1)
    finally:
        office.terminate()
        office.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
