"""The result of verifying a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

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


class ThreeValues(NamedTuple):
    """A quantity as the officer saw it, as recalculated, and by the reference, as texts; None for unknown."""

    cached: str | None = None
    recalculated: str | None = None
    reference: str | None = None


UNKNOWN = ThreeValues()


class IndicatorFigures(NamedTuple):
    """The state and points of one indicator, with the points of its items by their keys."""

    id: str
    state: str
    points: ThreeValues
    items: tuple[tuple[str, ThreeValues], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a file, as lists and decisions need them; all unknown without inputs.

    ``status`` is the rubric's. ``attainable`` are the least and the most points, exact. ``caps`` and
    ``lights`` are as in :class:`workbook.scorer.evaluate.Evaluation`.
    """

    status: str | None = None
    complete: bool | None = None
    total: ThreeValues = UNKNOWN
    attainable: tuple[str, str] | None = None
    grade: str | None = None
    indicators: tuple[IndicatorFigures, ...] = ()
    caps: Mapping[str, bool | None] = field(default_factory=dict)
    lights: Mapping[str, str] = field(default_factory=dict)


NOTHING = Figures()
"""Figures of a file whose inputs are not known."""


@dataclass(slots=True)
class Verification:
    """The result of verifying one file. The values are None where they could not be determined.

    ``filled`` is what was typed, as texts, by the texts of its keys.
    ``refused`` is what stands in the input cells that ``inputs`` leaves out, by their keys. What stands below
    ``figures`` is the work of verification, thousands of values, which ``slim`` leaves out.
    """

    path: str
    verdict: Verdict
    rubric: str | None = None
    template: str | None = None
    department: str | None = None
    fiscal_year: str | None = None
    findings: list[Finding] = field(default_factory=list)
    identity: Identity | None = None
    filled: Mapping[str, str] = field(default_factory=dict)
    figures: Figures = NOTHING
    inputs: Inputs | None = None
    refused: dict[Key, str] = field(default_factory=dict)
    evaluation: Evaluation | None = None
    cached: dict[Key, CellValue | None] | None = None
    recalculated: dict[Key, Result] | None = None
    reference: dict[Key, Quantity] | None = None

    def slim(self) -> Verification:
        """The same without the work."""
        return replace(
            self, inputs=None, refused={}, evaluation=None, cached=None, recalculated=None, reference=None
        )


def severity_order(finding: Finding) -> int:
    """Errors first, then warnings, then notes."""
    return list(Severity).index(finding.severity)
