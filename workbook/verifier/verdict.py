"""What verification says of a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from workbook.findings import Finding, Severity

if TYPE_CHECKING:
    from workbook.rubric.inputs import Inputs
    from workbook.rubric.keys import Key
    from workbook.scorer.evaluate import Evaluation
    from workbook.scorer.quantities import Quantity
    from workbook.template.identity import Identity
    from workbook.template.model import Result
    from workbook.xlsx_reader.received import CellValue


class Verdict(StrEnum):
    """The first that holds."""

    UNREADABLE = "unreadable"
    FAIL = "fail"
    INCOMPLETE = "incomplete"
    PASS = "pass"


WORDS = {
    Verdict.PASS: "通过",
    Verdict.INCOMPLETE: "未填完",
    Verdict.FAIL: "不通过",
    Verdict.UNREADABLE: "无法读取",
}
"""The verdicts as people read them."""


@dataclass(slots=True)
class Report:
    """What verification says of one file. The values are None where they could not be determined.

    ``refused`` is what stands in the input cells that ``inputs`` leaves out, by their keys.
    """

    path: str
    verdict: Verdict
    rubric: str | None = None
    template: str | None = None
    findings: list[Finding] = field(default_factory=list)
    identity: Identity | None = None
    inputs: Inputs | None = None
    refused: dict[Key, str] = field(default_factory=dict)
    evaluation: Evaluation | None = None
    cached: dict[Key, CellValue | None] | None = None
    recalculated: dict[Key, Result] | None = None
    reference: dict[Key, Quantity] | None = None


def severity_order(finding: Finding) -> int:
    """Errors first, then warnings, then notes."""
    return list(Severity).index(finding.severity)
