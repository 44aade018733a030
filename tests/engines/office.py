"""LibreOffice as a second opinion: many files in one start, recalculated on load; or one, for many inputs."""

from __future__ import annotations

import io
import json
import subprocess
import tempfile
import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import coordinate_to_tuple

from workbook.layout.names import Place
from workbook.libreoffice import find_office
from workbook.rubric.inputs import FieldValue, Inputs
from workbook.rubric.keys import Key
from workbook.template.model import Template

SYSTEM_PYTHON = "/usr/bin/python3"
"""Debian's python3-uno belongs to the system's Python."""

DRIVER = Path(__file__).resolve().parents[1] / "office" / "recalculate.py"
_EPOCH = date(1899, 12, 30)

_RECALCULATE_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


_MOST_IN_ONE_START = 200
"""LibreOffice leaves out what a command line names beyond about 250 files."""


def soffice() -> str:
    """The program; where it is missing, the test is skipped, which is a failure under CI."""
    program = find_office()
    if program is None:
        pytest.skip("LibreOffice is missing: run python3 dev.py test as root, or install libreoffice-calc")
    return str(program)


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
        profile = _profile(folder)
        paths = []
        for number, data in enumerate(files):
            path = folder / f"{number}.xlsx"
            path.write_bytes(data)
            paths.append(str(path))
        command = [program, profile, "--headless"]
        command += ["--convert-to", "xlsx", "--outdir", str(folder / "saved"), *paths]
        subprocess.run(command, check=True, capture_output=True, timeout=timeout)
        return [(folder / "saved" / f"{number}.xlsx").read_bytes() for number in range(len(files))]


def _profile(folder: Path) -> str:
    """A private profile that recalculates on load, as an option of the program."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_RECALCULATE_ALWAYS, encoding="utf-8")
    return f"-env:UserInstallation={(folder / 'profile').as_uri()}"


def recalculate(template: Template, data: bytes, batch: Sequence[Inputs]) -> list[dict[Key, object]]:
    """Key → value of every quantity for each of the inputs: the file opened once, all cells recalculated."""
    program, pipe = soffice(), f"workbook{uuid.uuid4().hex}"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "book.xlsx").write_bytes(data)
        plan = {
            "pipe": pipe,
            "file": str(folder / "book.xlsx"),
            "inputs": [from_zero(place) for place in template.inputs.values()],
            "outputs": [from_zero(place) for place in template.quantities.values()],
            "cases": [[cell_value(inputs.at(key)) for key in template.inputs] for inputs in batch],
            "result": str(folder / "result.json"),
        }
        (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
        office = subprocess.Popen(
            [program, _profile(folder), "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            driver = [SYSTEM_PYTHON, str(DRIVER), str(folder / "plan.json")]
            done = subprocess.run(driver, capture_output=True, text=True, timeout=900, check=False)
            assert done.returncode == 0, done.stderr
            rows = json.loads((folder / "result.json").read_text(encoding="utf-8"))
        finally:
            office.terminate()
            office.wait(timeout=60)
    return [dict(zip(template.quantities, row, strict=True)) for row in rows]


def from_zero(place: Place) -> tuple[str, int, int]:
    """A cell's sheet, row and column, counted from 0."""
    row, column = coordinate_to_tuple(place.cell)
    return place.sheet, row - 1, column - 1


def cell_value(value: FieldValue | None) -> float | str | None:
    """An input as a cell holds it."""
    match value:
        case Decimal():
            return float(value)
        case date():
            return float((value - _EPOCH).days)
    return value


def saved_values(template: Template, data: bytes) -> dict[Key, object]:
    """Key → saved value of every quantity in a file."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return {key: book[place.sheet][place.cell].value for key, place in template.quantities.items()}
