"""docs/architecture.md, the map of the packages: `python3 dev.py readme` rewrites it, a test compares it."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "architecture.md"

_HEAD = """# Architecture

The way of a figure, from the rubric's text to the archive:

```text
rubric spec (YAML) ── load ──▶ rubric ──▶ layout ──▶ formula ──▶ template ──▶ xlsx_writer ──▶ workbook.xlsx
                                 │                                                               │ mail
                                 │                                                               ▼
data (YAML, CSV) ── data ──▶ scorer, in fractions                                    officer fills it in
                                 │                                                               │ mail
                                 ▼                                                               ▼
                        what it should be ◀── verifier ◀── engine (formulas) ◀── xlsx_reader ◀── intake
                                                  │        second reader, third engine
                                                  ▼
                             findings ──▶ reports: table, page, returned copy, reply, record
```

`formula` and `scorer` are two back-ends of one rubric and know nothing of each other: that they agree on
every quantity of every file is what verification is. `template` is where they meet the verifier: each cell of
the workbook stands for one quantity, by its key.

Imports go one way, from an upper layer to lower ones; `lint-imports` holds the code to it. What shares a
layer does not import each other. This page is generated from the packages' docstrings and the layers in
`pyproject.toml` by `python3 dev.py readme`.

| layer | package or module | what is inside |
|---|---|---|
"""


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(_lines())


def layers() -> list[list[str]]:
    """The layers from the top, each with its packages and modules by name."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    listed = next(one["layers"] for one in contracts["contracts"] if one["type"] == "layers")
    return [[name.strip().removeprefix("workbook.") for name in line.split("|")] for line in listed]


def sentence(name: str) -> str:
    """The first sentence of a package's or a module's docstring."""
    path = ROOT / "workbook" / name
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(doc.partition("\n\n")[0].split())


def _lines() -> Iterator[str]:
    for number, layer in enumerate(layers(), 1):
        for name in layer:
            yield f"| {number} | `{name}` | {sentence(name).replace('``', '`')} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
