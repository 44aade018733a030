"""docs/codes.md, the catalogue of finding codes: `python3 dev.py readme` rewrites it, a test compares it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from tests.codes_samples import COMMON, OWN
from workbook.codes import CODES, GROUPS, Code
from workbook.findings import Finding, found

PAGE = Path(__file__).resolve().parent.parent / "docs" / "codes.md"

_HEAD = """# Finding codes

Every message of the tool has a code. Codes are stable; tools may rely on them. An *error*
stops (`verify`: the file fails; `check`: the spec is not usable), a *warning* asks for a second look, a
*note* informs.
The examples are the messages themselves, filled with made-up values; after → stands the remedy.

This page is generated from `workbook/codes/` by `python3 dev.py readme`.
"""


def fields(entry: Code) -> list[str]:
    """The words that the texts of a code leave open."""
    parsed = (*Formatter().parse(entry.message), *Formatter().parse(entry.fix))
    return [name for _, name, _, _ in parsed if name]


def example(code: str) -> Finding:
    """A finding of this kind with sample values; raises KeyError for a word without one."""
    samples = {**COMMON, **OWN.get(code, {})}
    return found(code, **{name: samples[name] for name in fields(CODES[code])})


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(_lines())


def _lines() -> Iterator[str]:
    for title, group in GROUPS.items():
        yield f"\n## {title}\n\n| code | severity | meaning | example |\n|---|---|---|---|\n"
        for code, entry in group.items():
            sample = example(code)
            text = f"{sample.message} → {sample.fix}" if sample.fix else sample.message
            yield f"| `{code}` | {entry.severity} | {entry.meaning} | {_cell(text)} |\n"


def _cell(text: str) -> str:
    """A text inside a table's cell, taken literally."""
    for char in "\\|*_<[`":
        text = text.replace(char, "\\" + char)
    return text.replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
