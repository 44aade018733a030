"""LibreOffice as a second opinion: many files in one start, recalculated on load."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from workbook.template import Template

_RECALCULATE_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


_MOST_IN_ONE_START = 200
"""LibreOffice leaves out what a command line names beyond about 250 files."""


def soffice() -> str:
    """The program; where it is missing the test fails under CI, and is skipped elsewhere."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail(
                "LibreOffice is missing: run python3 dev.py test as root, or install libreoffice-calc"
            )
        pytest.skip("LibreOffice is not installed")
    return program


def resave(files: Sequence[bytes], *, timeout: int = 900) -> list[bytes]:
    """Each file opened, recalculated and saved as .xlsx by LibreOffice, many in one start."""
    program = soffice()
    saved: list[bytes] = []
    for first in range(0, len(files), _MOST_IN_ONE_START):
        saved += _resave(program, files[first : first + _MOST_IN_ONE_START], timeout)
    return saved


def _resave(program: str, files: Sequence[bytes], timeout: int) -> list[bytes]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_RECALCULATE_ALWAYS, encoding="utf-8")
        paths = []
        for number, data in enumerate(files):
            path = folder / f"{number}.xlsx"
            path.write_bytes(data)
            paths.append(str(path))
        command = [program, f"-env:UserInstallation=file://{folder / 'profile'}", "--headless"]
        command += ["--convert-to", "xlsx", "--outdir", str(folder / "saved"), *paths]
        subprocess.run(command, check=True, capture_output=True, timeout=timeout)
        return [(folder / "saved" / f"{number}.xlsx").read_bytes() for number in range(len(files))]


def saved_values(template: Template, data: bytes) -> dict[str, object]:
    """Key → saved value of every quantity in a file."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return {key: book[place.sheet][place.cell].value for key, place in template.quantities.items()}
