"""What is kept of a verified file: all that lists and decisions need, without the thousands of values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from workbook.findings import Finding, Severity
from workbook.rubric.inputs import FieldValue, Inputs
from workbook.verifier.result import file_result
from workbook.verifier.verdict import Report, Verdict


@dataclass(slots=True)
class Outcome:
    """A verified file: ``result`` is its entry in JSON, ``report`` the whole report if asked for.

    ``filled`` is what was typed, as texts by the texts of its keys; None where nothing could be read.
    """

    path: str
    verdict: Verdict
    result: dict[str, Any]
    findings: list[Finding] = field(default_factory=list)
    rubric: str | None = None
    issue: str | None = None
    department: str | None = None
    fiscal_year: str | None = None
    filled: dict[str, str] | None = None
    report: Report | None = None

    def count(self, severity: Severity) -> int:
        """How many findings weigh so much."""
        return sum(finding.severity is severity for finding in self.findings)


def filled_texts(inputs: Inputs) -> dict[str, str]:
    """What was typed, each value in one form: figures that are equal are equal texts."""
    return {key.text: value_text(value) for key, value in inputs.cells() if value != ""}


def value_text(value: FieldValue) -> str:
    """A value as a text: numbers without needless zeros, dates as ISO has them."""
    match value:
        case Decimal():
            return format(value.normalize(), "f")
        case date():
            return value.isoformat()
    return value


def outcome_of(report: Report, *, full: bool = False) -> Outcome:
    """The outcome of a report, with the report itself when ``full``."""
    word = report.inputs.word if report.inputs is not None else (lambda _: None)
    year = report.inputs.number("fiscal_year") if report.inputs is not None else None
    return Outcome(
        path=report.path,
        verdict=report.verdict,
        result=file_result(report),
        findings=report.findings,
        rubric=report.rubric,
        issue=None if report.identity is None else report.identity.issue,
        department=word("department"),
        fiscal_year=None if year is None else str(year),
        filled=None if report.inputs is None else filled_texts(report.inputs),
        report=report if full else None,
    )
