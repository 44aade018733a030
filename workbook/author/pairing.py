"""Pair the named parts of two rubrics: by the same name, else by most of the same content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pairs:
    """``names`` maps a name in the first rubric to the name of the same part in the second."""

    names: dict[str, str]


def paired(before: Mapping[str, set[str]], after: Mapping[str, set[str]]) -> Pairs:
    """Pair names with their contents: equal names first; then those that share half of what they hold."""
    names = {name: name for name in before if name in after}
    free = [name for name in after if name not in names]
    for name, content in before.items():
        if name in names or not free:
            continue
        best = max(free, key=lambda other: len(content & after[other]))
        if content and 2 * len(content & after[best]) >= max(len(content), len(after[best])):
            names[name] = best
            free.remove(best)
    return Pairs({name: names[name] for name in before if name in names})
