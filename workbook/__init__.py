"""Rubric specs become scored Excel workbooks, an exact scorer and a verifier.

The public functions are loaded when they are first used, so that importing the package stays cheap::

    from workbook import load_rubric, new_workbook, score, verify
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook.api import (
        check_report,
        describe,
        explain,
        load_rubric,
        migrate,
        new_workbook,
        read_inputs_of,
        read_report,
        receive,
        rubrics,
        score,
        verify,
    )
    from workbook.findings import Finding, Refused

__version__ = "0.1.0"
__all__ = [
    "Finding",
    "Refused",
    "check_report",
    "describe",
    "explain",
    "load_rubric",
    "migrate",
    "new_workbook",
    "read_inputs_of",
    "read_report",
    "receive",
    "rubrics",
    "score",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = "workbook.findings" if name in {"Finding", "Refused"} else "workbook.api"
    return getattr(import_module(home), name)
