"""The verifier's reports as plain data for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from workbook.as_json import finding_result, limits_result
from workbook.intake.items import Origin
from workbook.verifier.inbox import Inbox
from workbook.verifier.verification import Verdict, Verification


def inbox_result(inbox: Inbox, records: Sequence[Path | None] | None = None) -> dict[str, Any]:
    """Everything that was received: all files, and the count of each verdict.

    ``records`` are the paths of the records that were written, None for none, one for each entry.
    """
    if records is None:
        written: list[dict[str, Any]] = [{} for _ in inbox.entries]
    else:
        written = [{"record": None if path is None else str(path)} for path in records]
    return {
        "files": [
            {**file_result(one.report), **_whence(one.origins[0]), **record}
            for one, record in zip(inbox.entries, written, strict=True)
        ],
        "summary": summary_result(one.report for one in inbox.entries),
        **left_out_result(inbox),
    }


def summary_result(reports: Iterable[Verification]) -> dict[str, int]:
    """The count of each verdict."""
    counts = Counter(report.verdict for report in reports)
    return {
        verdict.value: counts[verdict]
        for verdict in (Verdict.PASS, Verdict.INCOMPLETE, Verdict.FAIL, Verdict.UNREADABLE)
    }


def left_out_result(inbox: Inbox) -> dict[str, Any]:
    """Files received that do not count, or were not verified."""
    return {
        "superseded": [
            {"path": str(one.origin), "by": str(one.by), "reason": one.reason, **_whence(one.origin)}
            for one in inbox.superseded
        ],
        "ignored": [{"path": str(one.origin), "reason": one.reason} for one in inbox.ignored],
    }


def file_result(report: Verification) -> dict[str, Any]:
    """The entry of one file."""
    figures = report.figures
    return {
        "path": report.path,
        "rubric": report.rubric,
        "status": figures.status,
        "template": report.template,
        "verdict": report.verdict.value,
        "complete": figures.complete,
        "total": figures.total._asdict(),
        "attainable": None if figures.attainable is None else list(figures.attainable),
        "grade": figures.grade,
        "indicators": [
            {
                "id": one.id,
                "state": one.state,
                **one.points._asdict(),
                "items": [{"id": key, **points._asdict()} for key, points in one.items],
            }
            for one in figures.indicators
        ],
        **limits_result(figures.caps, figures.lights),
        "findings": [finding_result(finding) for finding in report.findings],
    }


def _whence(origin: Origin) -> dict[str, str | None]:
    date = None if origin.date is None else origin.date.isoformat()
    return {"sender": origin.sender, "date": date}
