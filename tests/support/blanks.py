"""Workbooks of every spec as hashes: ``python -m tests.support.blanks`` prints them for another Python.

It needs no more than writing workbooks needs.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib

from tests.support.paths import ROOT, SPECS
from workbook.api import new_workbook
from workbook.evaluations.published import load_cases
from workbook.load.builtin import builtin_ids
from workbook.load.rubric import load_rubric

OWN = [
    *sorted((ROOT / "rubric_specs" / "examples").glob("*.yaml")),
    *(SPECS / f"{name}.yaml" for name in ("composed", "every_rule")),
]


WHOLE = "the whole file"


def made() -> dict[str, dict[str, str]]:
    """For each blank or filled workbook the hashes of its parts, and of the whole file."""
    books = {one: new_workbook(load_rubric(one)) for one in builtin_ids()}
    books |= {one.stem: new_workbook(load_rubric(one)) for one in OWN}
    for rubric_id in builtin_ids():
        for case in load_cases(rubric_id):
            books[f"{case.id} filled"] = new_workbook(case.rubric, inputs=case.data.inputs)
    return {name: hashes_of(data) for name, data in books.items()}


def hashes_of(data: bytes) -> dict[str, str]:
    """The hashes of a workbook's parts, and of the whole file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {**{name: _sha(archive.read(name)) for name in archive.namelist()}, WHOLE: _sha(data)}


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    print(json.dumps({"packer": zlib.ZLIB_RUNTIME_VERSION, "books": made()}))
