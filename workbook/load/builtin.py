"""Where the built-in specs are: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

SHARED_FIELDS = "fields.yaml"
SHARED_TABLES = "tables.yaml"


@cache
def specs_folder() -> Path:
    """The folder ``rubric_specs``."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "rubric_specs"
    return inside if inside.is_dir() else package.parent / "rubric_specs"


def builtin_ids() -> tuple[str, ...]:
    """Ids of the built-in rubrics, which are their files' names."""
    folder = specs_folder()
    return tuple(
        sorted(path.stem for path in folder.glob("*.yaml") if path.name not in {SHARED_FIELDS, SHARED_TABLES})
    )


def builtin_path(rubric_id: str) -> Path:
    """The spec file of a built-in rubric."""
    return specs_folder() / f"{rubric_id}.yaml"


def published_path(rubric_id: str) -> Path:
    """The case file with the published evaluation under this rubric."""
    return specs_folder() / "published" / f"{rubric_id}.yaml"


def released_folder() -> Path:
    """The folder of the released templates' fingerprints."""
    return specs_folder() / "released"
