"""The words for clerks and officers, and texts made fit to be shown."""

from __future__ import annotations

import unicodedata

from workbook.findings import Finding, Severity
from workbook.verifier.verdict import Verdict

MARKS = {Verdict.PASS: "✓", Verdict.INCOMPLETE: "…", Verdict.FAIL: "✗", Verdict.UNREADABLE: "?"}
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}
SUPERSEDED, IGNORED = "已被取代", "未核验"
UNNAMED = "未填部门名称"
OPINION = "审核意见"

_RESTORED = "附件已恢复原样，无需处理。"
_RECALCULATED = "附件已重新计算，无需处理。"
_ON_INPUTS = {"VALIDATION_CHANGED", "LOCK_CHANGED", "FORMAT_CHANGED"}
MENDED = {
    **dict.fromkeys(
        (
            "SHEET_MISSING", "SHEET_ORDER", "SHEET_STATE", "CELL_CHANGED", "FORMULA_CHANGED", "NAME_CHANGED",
            "NAME_MISSING", "NAME_SHADOWED", "LINK_CHANGED", "MERGE_CHANGED", "PROTECTION_OFF",
            "IDENTITY_MISSING", "IDENTITY_DIFFERS", "ROWS_HIDDEN", "COLUMNS_HIDDEN", "CALCULATION_CHANGED",
            "MANY_MORE", *_ON_INPUTS,
        ),
        _RESTORED,
    ),
    "CELL_ADDED": "附件中已移除，无需处理；需要保留的，请写到自己新建的工作表。",
    "INPUT_AS_TEXT": "附件中已改成这个值，请核对得分。",
    "CACHE_DIFFERS": _RECALCULATED,
    "CACHE_ABSENT": _RECALCULATED,
}  # fmt: skip
"""Codes of what is mended by making the workbook anew, with what is left to say of it."""


FOR_CLERK = {"FILES_SEVERAL", "FILES_SENDERS", "FILES_FUTURE"}
"""Codes that are the clerk's business alone."""

_CLERK_MENDS = ("ARCHIVE_", "MAIL_", "RECEIVED_", "WORKER_", "FILE_", "INTERNAL")
"""Codes whose remedy speaks to the clerk."""


def remedy(finding: Finding, *, remade: bool) -> str:
    """What the officer has to do; ``remade``: the workbook made anew goes with it. Empty for nothing."""
    if finding.code.startswith(_CLERK_MENDS):
        return ""
    return MENDED.get(finding.code, finding.fix) if remade else finding.fix


def place_text(finding: Finding) -> str:
    """Where a finding is, as people write it: ``数据填报!D12``; empty where it concerns the whole file."""
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
