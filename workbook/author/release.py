"""Releasing a template: fingerprint, rubric and blank workbook are kept, so that it verifies for ever."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

from workbook.files import write_atomically
from workbook.layout.book import Book
from workbook.load.released import (
    frozen_hashes,
    released_book_path,
    released_hash,
    released_path,
    released_rubric_path,
    released_versions,
    sums_path,
)
from workbook.load.rubric import plain_rubric
from workbook.rubric.model import Rubric
from workbook.template.draw import draw
from workbook.template.fingerprint import to_json
from workbook.template.model import Template
from workbook.xlsx_writer.blank import render_blank


def release_template(rubric: Rubric) -> tuple[str, Path, bool]:
    """Version and file of the current template, and whether it is new. Older releases stay as they are.

    A template is new when a cell of it is, or when its blank workbook looks otherwise in any way.
    """
    book, template = draw(rubric)
    versions = released_versions(rubric.id)
    if template.version in versions and looks_as_released(book, template):
        return template.version, released_path(rubric.id, template.version), False
    version = str(int(versions[0]) + 1 if versions else 1)
    path = released_path(rubric.id, version)
    template = replace(template, version=version)
    kept = (
        (released_rubric_path(rubric.id, version), plain_rubric(rubric)),
        (path, to_json(template)),
    )
    for target, data in kept:
        write_atomically(target, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())
    blank = released_book_path(rubric.id, version)
    write_atomically(blank, render_blank(book, template))
    _freeze([*(target for target, _ in kept), blank])
    return version, path, True


def looks_as_released(book: Book, template: Template) -> bool:
    """Whether the blank workbook that is drawn now is, part by part, the one that was released."""
    released = released_book_path(template.rubric, template.version).read_bytes()
    return _parts(render_blank(book, template)) == _parts(released)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _freeze(paths: list[Path]) -> None:
    """Add the hashes of new files; those of older ones stay as they were written down."""
    hashes = {**frozen_hashes(), **{path.name: released_hash(path) for path in paths}}
    lines = [f"{digest}  {name}\n" for name, digest in sorted(hashes.items())]
    write_atomically(sums_path(), "".join(lines).encode(), force=True)
