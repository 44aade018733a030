"""The inputs of a filled workbook as DATA: whether the rest of it is as issued is not asked here."""

from __future__ import annotations

from pathlib import Path

from workbook.findings import Finding, Refused, found
from workbook.returned.identity_copies import find_identity
from workbook.returned.input_cells import ReadInputs, missing_sheets, read_inputs
from workbook.returned.registry import Registry
from workbook.rubric.model import Rubric
from workbook.xlsx_reader.gate import read_file
from workbook.xlsx_reader.read import read_workbook


def inputs_of_workbook(rubric: Rubric, path: Path) -> ReadInputs:
    """The inputs of a filled workbook of ``rubric``. Raises Refused when it is none of this rubric's."""
    received = read_workbook(read_file(path))
    identity, findings = find_identity(received)
    if identity is None:
        raise Refused(findings)
    if identity.rubric != rubric.id:
        raise Refused([found("RUBRIC_OTHER", file=path, rubric=identity.rubric, expected=rubric.id)])
    known = Registry({rubric.id: rubric}).find(identity)
    if isinstance(known, Finding):
        raise Refused([known])
    read = read_inputs(rubric, known.template, received)
    if read is None:
        raise Refused(missing_sheets(known.template, received))
    return read
