"""What a verdict rests on beside the file: program, rubrics and templates, as one short hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

from workbook.load.builtin import builtin_ids, specs_folder
from workbook.load.overlay import spec_files


def basis_of(specs: Iterable[str | Path] = ()) -> str:
    """The hash of everything that can change a verdict; own specs count with their bases."""
    own = [Path(one) for one in specs if str(one) not in builtin_ids()]
    hashed = hashlib.sha256(_program().encode())
    for path in sorted({file for spec in own for file in spec_files(spec)}):
        hashed.update(hashlib.sha256(path.read_bytes()).digest())
    return hashed.hexdigest()[:16]


@cache
def _program() -> str:
    """The hash of the package's modules and of all built-in specs and released templates."""
    package = Path(__file__).resolve().parents[1]
    hashed = hashlib.sha256("".join(f"{name} {_version(name)}\n" for name in _ENGINES).encode())
    for root, pattern in ((package, "*.py"), (specs_folder(), "*")):
        for path in sorted(root.rglob(pattern)):
            if path.is_file() and not any(part in _BESIDE for part in path.relative_to(root).parts):
                hashed.update(path.relative_to(root).as_posix().encode())
                hashed.update(hashlib.sha256(path.read_bytes()).digest())
    return hashed.hexdigest()


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"


_ENGINES = ("formulas", "formualizer", "python-calamine")
"""Packages that calculate or read in their own way."""

_BESIDE = {"__pycache__", "cli", "round", "reports", "ledger", "author", "published", "rubric_specs"}
"""Parts of paths that no verdict rests on; an installed package holds its specs, hashed by themselves."""
