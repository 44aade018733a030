"""Releasing a template: its fingerprint and its rubric are kept, so that it verifies for ever."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from workbook.draw import draw
from workbook.files import write_atomically
from workbook.fingerprint import to_json
from workbook.load.released import (
    frozen_hashes,
    released_hash,
    released_path,
    released_rubric_path,
    released_versions,
    sums_path,
)
from workbook.load.rubric import plain_rubric
from workbook.spec.model import Rubric


def release_template(rubric: Rubric) -> tuple[str, Path, bool]:
    """Version and file of the current template, and whether it is new. Older releases stay as they are."""
    _, template = draw(rubric)
    versions = released_versions(rubric.id)
    if template.version in versions:
        return template.version, released_path(rubric.id, template.version), False
    version = str(int(versions[0]) + 1 if versions else 1)
    path = released_path(rubric.id, version)
    kept = (
        (released_rubric_path(rubric.id, version), plain_rubric(rubric)),
        (path, to_json(replace(template, version=version))),
    )
    for target, data in kept:
        write_atomically(target, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())
    _freeze([target for target, _ in kept])
    return version, path, True


def _freeze(paths: list[Path]) -> None:
    """Add the hashes of new files; those of older ones stay as they were written down."""
    hashes = {**frozen_hashes(), **{path.name: released_hash(path) for path in paths}}
    lines = [f"{digest}  {name}\n" for name, digest in sorted(hashes.items())]
    write_atomically(sums_path(), "".join(lines).encode(), force=True)
