"""Specs with faults: small edits of sound ones, each with the findings that it must get."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TESTS = Path(__file__).parent.parent
SPECS = TESTS / "specs"


@dataclass(frozen=True)
class Expected:
    """A finding: its code, the line, the text that the caret points at, words of message and remedy."""

    code: str
    line: int
    at: str
    words: tuple[str, ...]


@cache
def _entries() -> dict[str, dict[str, Any]]:
    return dict(yaml.safe_load((TESTS / "bad_specs.yaml").read_text(encoding="utf-8")))


NAMES: tuple[str, ...] = tuple(_entries())


def expectations(name: str) -> list[Expected]:
    """Every finding of a bad spec, in its order."""
    return [
        Expected(one["code"], one["line"], one["at"], tuple(one["words"]))
        for one in _entries()[name]["expect"]
    ]


def text_of(name: str) -> str:
    """A bad spec's text."""
    entry = _entries()[name]
    if "whole" in entry:
        return str(entry["whole"])
    text = (SPECS / f"{entry.get('base', 'tiny')}.yaml").read_text(encoding="utf-8")
    for edit in entry["edits"]:
        assert text.count(edit["stands"]) == 1, (name, edit["stands"])
        text = text.replace(edit["stands"], edit["other"])
    return text


def write(name: str, folder: Path) -> Path:
    """A bad spec as a file in ``folder``, beside the sound ones, to which overlays refer."""
    shutil.copytree(SPECS, folder / "specs", dirs_exist_ok=True)
    path = folder / "bad_specs" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text_of(name), encoding="utf-8")
    return path
