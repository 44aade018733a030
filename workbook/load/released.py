"""Released versions: a template's fingerprint, the rubric behind it, its blank workbook.

All are kept whole, so that neither a better generator nor a spec that has grown since breaks the
workbooks that are already out. What a cell looks like, and what stands beside the cells, is told by the blank
workbook, read as received ones are. Their files never change: ``SHA256SUMS`` beside them holds their hashes.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from workbook.load.builtin import released_folder
from workbook.rubric.model import Rubric


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


def released_book_path(rubric_id: str, version: str) -> Path:
    """The pristine workbook of a released template, as it was issued."""
    return released_folder() / f"{rubric_id}.t{version}.xlsx"


def load_released_rubric(rubric_id: str, version: str) -> Rubric:
    """The rubric behind a released template, as it was then."""
    return Rubric.model_validate_json(released_rubric_path(rubric_id, version).read_text(encoding="utf-8"))


def released_files(rubric_id: str) -> list[Path]:
    """The files that keep the released versions of a rubric, oldest first."""
    return [
        path
        for version in reversed(released_versions(rubric_id))
        for path in (
            released_path(rubric_id, version),
            released_rubric_path(rubric_id, version),
            released_book_path(rubric_id, version),
        )
    ]


def sums_path() -> Path:
    """The file with the hashes of all released files, as ``sha256sum`` writes and checks it."""
    return released_folder() / "SHA256SUMS"


def frozen_hashes() -> dict[str, str]:
    """The hash of each released file by its name; empty where nothing has been released."""
    path = sums_path()
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}


def released_hash(path: Path) -> str:
    """The hash of a released file; line ends of other systems do not count. Empty for a missing file."""
    if not path.is_file():
        return ""
    if path.suffix == ".xlsx":
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return hashlib.sha256(path.read_text(encoding="utf-8").encode()).hexdigest()
