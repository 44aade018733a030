"""The words for clerks and officers, and texts made fit to be shown."""

from __future__ import annotations

import unicodedata

from workbook.codes import CODES
from workbook.findings import Finding, Severity
from workbook.verifier.verification import Verdict

MARKS = {Verdict.PASS: "✓", Verdict.INCOMPLETE: "…", Verdict.FAIL: "✗", Verdict.UNREADABLE: "?"}
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}
SUPERSEDED, IGNORED = "已被取代", "未核验"
UNNAMED = "未填部门名称"
OPINION = "审核意见"


def is_for_officer(finding: Finding) -> bool:
    """Whether the officer is told of a finding, or the clerk alone."""
    return CODES[finding.code].audience == "officer"


def is_mended(finding: Finding) -> bool:
    """Whether making the workbook anew mends what was found."""
    return CODES[finding.code].mended is not None


def remedy(finding: Finding, *, remade: bool) -> str:
    """The officer's next step; ``remade``: the workbook made anew goes with it. Empty for none."""
    code = CODES[finding.code]
    if remade and code.mended is not None:
        return code.mended
    return finding.fix if code.mender == "officer" else ""


def place_text(finding: Finding) -> str:
    """The place of a finding, as people write it: ``数据填报!D12``; empty where it concerns the whole file."""
    if not finding.sheet:
        return ""
    return clean(finding.sheet + (f"!{finding.cell}" if finding.cell else ""))


def clean(text: str, *, most: int = 2_000) -> str:
    """A text from a file as it can stand in any output: no control characters, none that turn the writing.

    Line ends of every kind become ``\\n``; what is longer than ``most`` characters ends in ``…``.
    """
    if text.isprintable():  # as nearly every text is
        return text if len(text) <= most else text[: most - 1] + "…"
    lines = "\n".join(text.splitlines())
    shown = "".join(char if char == "\n" or not _unfit(char) else "\ufffd" for char in lines)
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def _unfit(char: str) -> bool:
    return (
        unicodedata.category(char) in {"Cc", "Cs"}
        or char in "\ufffe\uffff"
        or unicodedata.bidirectional(char) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    )
