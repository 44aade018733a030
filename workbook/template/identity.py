"""The identity of an issued workbook, in three places of which two must agree."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass

PROPERTY_PREFIX = "workbook."
"""Prefix of the custom document properties that hold the identity."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The identity of a template: rubric id, template version, spec hash, and the id of its issue."""

    rubric: str
    template: str
    spec: str
    issue: str

    def text(self) -> str:
        """The identity in one line, for the defined name."""
        return "|".join(asdict(self).values())

    def parts(self) -> dict[str, str]:
        """The identity by part."""
        return asdict(self)


def parse_identity(text: str) -> Identity | None:
    """The identity that a line holds, or None."""
    parts = text.split("|")
    return Identity(*parts) if len(parts) == 4 and all(parts[:3]) else None


def issue_id(rubric_id: str, department: str | None) -> str:
    """The id of the issue to a department, derived from rubric and department; ``blank`` without one."""
    if not department:
        return "blank"
    return hashlib.sha256(f"{rubric_id}\n{department}".encode()).hexdigest()[:10]
