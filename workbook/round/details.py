"""What the ledger keeps of a verification: a few facts in the event, everything in a document beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbook.findings import Finding, Severity
from workbook.ledger.event import canonical
from workbook.ledger.ledger import document_hash
from workbook.verifier.result import file_result
from workbook.verifier.verification import Verification

MOST_ASKED = 100
"""Warnings that can be decided on; no workbook of ours has so many cross-checks."""


@dataclass(frozen=True, slots=True)
class Detail:
    """All that verification said of bytes: the file's entry in JSON, and what was typed."""

    result: dict[str, Any]
    filled: dict[str, str]

    def findings(self) -> list[Finding]:
        """The findings as they were recorded."""
        return [recorded_finding(one) for one in self.result["findings"]]


def recorded_finding(data: Mapping[str, Any]) -> Finding:
    """A finding from the plain data that was kept of it."""
    return Finding(**{**data, "severity": Severity(data["severity"])})


def detail_body(outcome: Verification) -> bytes:
    """The document of an outcome; the same content gives the same bytes, wherever it was found."""
    result = {key: value for key, value in file_result(outcome).items() if key != "path"}
    return canonical({"result": result, "filled": dict(outcome.filled)}).encode()


def read_detail(body: bytes) -> Detail:
    """The document that was kept."""
    read = json.loads(body)
    return Detail(read["result"], read["filled"])


def facts_of(outcome: Verification, body: bytes, basis: str) -> dict[str, Any]:
    """What stands in the event itself: all that states are derived from."""
    result = file_result(outcome)
    return {
        "verdict": result["verdict"],
        "rubric": outcome.rubric,
        "template": result["template"],
        "total": result["total"]["reference"],
        "range": result["attainable"],
        "grade": result["grade"],
        "issue": None if outcome.identity is None else outcome.identity.issue,
        "department": outcome.department,
        "errors": sum(one.severity is Severity.ERROR for one in outcome.findings),
        "blank": sum(one["code"] in {"FIELD_OPEN", "REASON_OPEN"} for one in result["findings"]),
        "asks": [[finding_id(one), rests_of(one)] for one in result["findings"] if is_asked(one)][
            :MOST_ASKED
        ],
        "basis": basis,
        "detail": document_hash(body),
    }


def is_asked(finding: Mapping[str, Any]) -> bool:
    """Whether the clerk may decide on a finding: it is a warning, and not one that more typing removes."""
    return bool(finding["severity"] == Severity.WARNING.value and finding["code"] != "REASON_OPEN")


def finding_id(finding: Mapping[str, Any]) -> str:
    """A finding as clerks write it: its code, and its cell where it has one."""
    place = "!".join(part for part in (finding["sheet"], finding["cell"]) if part)
    return str(finding["code"]) + (f"@{place}" if place else "")


def rests_of(finding: Mapping[str, Any]) -> str:
    """What identifies a finding together with the figures that it rests on, which its message tells."""
    parts = [finding["code"], finding["sheet"], finding["cell"], finding["message"]]
    return hashlib.sha256(canonical(parts).encode()).hexdigest()[:16]
