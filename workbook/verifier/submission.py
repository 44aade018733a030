"""Received files with where they came from."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbook.intake.items import Origin
from workbook.verifier.verification import Verification


@dataclass(slots=True)
class Submission:
    """A received file that counts: what verification says of it, and where it came from, newest copy first.

    ``digest`` is the SHA-256 of its bytes as they came, None where there were none to verify.
    """

    report: Verification
    origins: list[Origin] = field(default_factory=list)
    digest: str | None = None

    @property
    def origin(self) -> Origin | None:
        """The origin of the copy that counts; None where it is not known."""
        return self.origins[0] if self.origins else None

    @property
    def note(self) -> str:
        """A remark in Chinese for the clerk; empty for none."""
        return f"同一文件收到 {len(self.origins)} 份" if len(self.origins) > 1 else ""


@dataclass(frozen=True, slots=True)
class Superseded:
    """A received file that does not count: a copy of another, or an older one of the same department."""

    origin: Origin
    by: Origin
    reason: str
