"""A released version is frozen: workbooks that are out under its id were scored by what it said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbook.check.subject import SpecPart, Subject
from workbook.findings import Finding, found
from workbook.load.released import (
    frozen_hashes,
    load_released_rubric,
    released_files,
    released_hash,
    released_versions,
)
from workbook.load.rubric import plain_rubric
from workbook.load.yamltext import YamlPath

_SHOWN = 24
"""Characters of a text that are shown from where it differs."""


def unchanged(subject: Subject) -> Iterator[Finding]:
    """Check that the spec equals one of its released versions; else find the first place that differs."""
    rubric = subject.rubric
    versions = released_versions(rubric.id)
    now = plain_rubric(rubric)
    kept = [plain_rubric(load_released_rubric(rubric.id, version)) for version in versions]
    if not kept or now in kept:
        return
    path, before, after = _difference((), kept[0], now)
    if path[:1] == ("fields",) and len(path) > 1:
        path = ("fields", rubric.fields[int(path[1])].id, *path[2:])
    yield subject.found(
        "SPEC_RELEASED",
        SpecPart(path, ""),
        rubric=rubric.id,
        version=versions[0],
        before=before,
        after=after,
    )


def files(subject: Subject) -> Iterator[Finding]:
    """The files that keep the released versions are as they were when they were released."""
    frozen = frozen_hashes()
    for path in released_files(subject.rubric.id):
        if frozen.get(path.name) != released_hash(path):
            yield found("RELEASED_CHANGED", file=path, path=path.name)


def _difference(path: YamlPath, before: Any, after: Any) -> tuple[YamlPath, str, str]:
    """The first place where two plain values differ, and their texts there."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*after, *before]):
            if before.get(key) != after.get(key):
                return _difference((*path, key), before.get(key), after.get(key))
    if isinstance(before, list) and isinstance(after, list):
        for number, (one, other) in enumerate(zip(before, after, strict=False)):
            if one != other:
                return _difference((*path, number), one, other)
        return path, f"{len(before)} 项", f"{len(after)} 项"
    return path, *_texts(before, after)


def _texts(before: Any, after: Any) -> tuple[str, str]:
    """Both values from a little before where they begin to differ."""
    one, other = ("" if value is None else str(value) for value in (before, after))
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start = max(same - 8, 0)
    return _cut(one, start), _cut(other, start)


def _cut(text: str, start: int) -> str:
    end = start + _SHOWN
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
