"""What is kept of a verified file: all that lists and decisions need, without the thousands of values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from workbook.findings import Finding, Severity
from workbook.verifier.result import file_result
from workbook.verifier.verdict import Report, Verdict


@dataclass(slots=True)
class Outcome:
    """A verified file: ``result`` is its entry in JSON, ``report`` the whole report if asked for."""

    path: str
    verdict: Verdict
    result: dict[str, Any]
    findings: list[Finding] = field(default_factory=list)
    rubric: str | None = None
    issue: str | None = None
    department: str | None = None
    fiscal_year: str | None = None
    report: Report | None = None

    def count(self, severity: Severity) -> int:
        """How many findings weigh so much."""
        return sum(finding.severity is severity for finding in self.findings)


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
        report=report if full else None,
    )
