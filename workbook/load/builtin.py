"""The folder of the built-in specs: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

SHARED_FIELDS = "fields.yaml"
SHARED_TABLES = "tables.yaml"
WORDING = "wording.yaml"
_DICTIONARIES = {SHARED_FIELDS, SHARED_TABLES, WORDING}


@cache
def specs_folder() -> Path:
    """The folder ``rubric_specs``."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "rubric_specs"
    return inside if inside.is_dir() else package.parent / "rubric_specs"


def builtin_ids() -> tuple[str, ...]:
    """Ids of the built-in rubrics, which are their files' names."""
    folder = specs_folder()
    return tuple(sorted(path.stem for path in folder.glob("*.yaml") if path.name not in _DICTIONARIES))


def builtin_path(rubric_id: str) -> Path:
    """The spec file of a built-in rubric."""
    return specs_folder() / f"{rubric_id}.yaml"


def published_path(case: str) -> Path:
    """The file of a published evaluation: its rubric's id, or ``rubric.case`` where there are several."""
    return specs_folder() / "published" / f"{case}.yaml"


def published_paths(rubric_id: str) -> tuple[Path, ...]:
    """The files of all evaluations published under a rubric."""
    own = published_path(rubric_id)
    return (*([own] if own.is_file() else []), *sorted(own.parent.glob(f"{rubric_id}.*.yaml")))


def released_folder() -> Path:
    """The folder of the released templates' fingerprints."""
    return specs_folder() / "released"
