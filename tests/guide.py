"""Reads the author's guide: its blocks, its tables, and its clauses as whole specs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from workbook.load.builtin import SHARED_FIELDS, specs_folder
from workbook.load.rubric import COVER_FIELDS
from workbook.rubric.model import ALIKE

DOCS = Path(__file__).resolve().parent.parent / "docs"
GUIDE = DOCS / "authoring.md"
SPEC = DOCS / "authoring" / "archive-2025.yaml"
CASE = DOCS / "authoring" / "archive-2025-case.yaml"
TEXT = GUIDE.read_text(encoding="utf-8")

BLOCK = re.compile(r"^```yaml (\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TRY = re.compile(r"^- Try: `(.+?)` → (.+)$", re.MULTILINE)
INDICATOR_KEYS = {"points", "items", "open", "scored_as", "veto", "exempt", "not_applicable", "items_total"}


def blocks(mark: str) -> list[str]:
    """The YAML blocks of the guide with a mark."""
    return [text for found, text in BLOCK.findall(TEXT) if found == mark]


def table(mark: str) -> list[list[str]]:
    """The cells of the table that stands between two comments, without its heading."""
    text = TEXT.partition(f"<!-- {mark} -->")[2].partition(f"<!-- /{mark} -->")[0]
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.strip().splitlines()
    ]
    return rows[2:]


@dataclass(frozen=True)
class Clause:
    """A snippet of the second part with what it is said to give."""

    name: str
    snippet: dict[str, Any]
    tries: tuple[tuple[dict[str, Any], str], ...]


def clauses() -> Iterator[Clause]:
    """The snippets of the second part, in order."""
    for part in re.split(r"^### ", TEXT, flags=re.MULTILINE)[1:]:
        for mark, block in BLOCK.findall(part):
            if mark == "clause":
                tries = tuple(
                    (yaml.load(f"{{{data}}}", yaml.BaseLoader), result) for data, result in TRY.findall(part)
                )
                yield Clause(part.partition("\n")[0], yaml.load(block, yaml.BaseLoader), tries)


def spec_of(clause: Clause) -> dict[str, Any]:
    """The snippet as a whole spec: what it leaves out is filled in with made-up words."""
    spec = {key: value for key, value in clause.snippet.items() if key not in INDICATOR_KEYS}
    inside = {key: value for key, value in clause.snippet.items() if key in INDICATOR_KEYS}
    if inside:
        worth = [Fraction(item["points"]) for item in inside.get("items", [])]
        points = worth[0] if inside.get("scored_as") in ALIKE else sum(worth)
        points = Fraction(inside.get("points", points))
        indicator = {"id": "one", "name": "指标", "about": "假设", "points": str(points), **inside}
        rest = {
            "id": "rest", "name": "其余", "about": "假设", "points": str(100 - points),
            "items": [{"id": "rest", "points": str(100 - points), "place": "全文", "clause": "假设",
                       "rule": {"kind": "all_or_nothing", "field": "rest_done"}}],
        }  # fmt: skip
        spec["dimensions"] = [{"name": "部分", "groups": [{"name": "组", "indicators": [indicator, rest]}]}]
        spec["fields"] = {
            **spec.get("fields", {}), "rest_done": {"label": "其余做到", "name": "其余做到", "kind": "yesno"}
        }  # fmt: skip
    dictionary = yaml.safe_load((specs_folder() / SHARED_FIELDS).read_text(encoding="utf-8"))
    words = set(re.findall(r"[a-z0-9_]+", yaml.safe_dump(clause.snippet, allow_unicode=True)))
    listed = [
        *spec.get("fields", {}),
        *(one for one in dictionary if one in words and one not in COVER_FIELDS),
    ]
    return {
        "id": "clause-2025", "title": "条款", "issuer": "虚构", "fiscal_year": 2025, "status": "made-up",
        "source": "测试", "points": 100,
        "grades": {"bands": [{"name": "优", "at_least": 90}, {"name": "良", "at_least": 80},
                             {"name": "中", "at_least": 60}, {"name": "差", "at_least": 0}]},
        "sections": [{"title": "一、数据", "fields": list(dict.fromkeys(listed))}],
        **spec,
    }  # fmt: skip


def written(clause: Clause, folder: Path) -> Path:
    """The snippet's spec as a file."""
    path = folder / "clause-2025.yaml"
    path.write_text(yaml.safe_dump(spec_of(clause), allow_unicode=True), encoding="utf-8")
    return path


def anchor(heading: str) -> str:
    """The anchor of a heading on a page of the repository."""
    kept = "".join(one for one in heading.lower() if one.isalnum() or one in " -_")
    return kept.replace(" ", "-")
