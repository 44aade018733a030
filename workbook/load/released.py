"""Where released versions are kept: a template's fingerprint, and the rubric that it was made from.

Both are kept whole, so that neither a better generator nor a spec that has grown since breaks the
workbooks that are already out.
"""

from __future__ import annotations

from pathlib import Path

from workbook.load.builtin import released_folder
from workbook.spec.model import Rubric


def released_versions(rubric_id: str) -> list[str]:
    """The released versions of a rubric's template, newest first."""
    found = [
        path.stem.removeprefix(f"{rubric_id}.t") for path in released_folder().glob(f"{rubric_id}.t*.json")
    ]
    return sorted((version for version in found if version.isdigit()), key=int, reverse=True)


def released_path(rubric_id: str, version: str) -> Path:
    """The fingerprint file of a released template."""
    return released_folder() / f"{rubric_id}.t{version}.json"


def released_rubric_path(rubric_id: str, version: str) -> Path:
    """The file that keeps the rubric behind a released template."""
    return released_folder() / f"{rubric_id}.t{version}.rubric.json"


def load_released_rubric(rubric_id: str, version: str) -> Rubric:
    """The rubric behind a released template, as it was then."""
    return Rubric.model_validate_json(released_rubric_path(rubric_id, version).read_text(encoding="utf-8"))
