"""The table of engines in docs/engines.md: `python3 dev.py readme` rewrites it, a test compares it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.engines.facts import Fact, Value, by_formualizer, by_formulas, by_libreoffice, facts
from workbook.check.constructs import FUNCTIONS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "engines.md"
ENGINES = {"formulas": by_formulas, "formualizer": by_formualizer, "LibreOffice": by_libreoffice}
_BEGIN, _END = "<!-- facts: begin -->\n", "<!-- facts: end -->\n"


def differences(engine: str) -> list[tuple[Fact, Value]]:
    """The facts on which an engine gives something else than Excel, with what it gives."""
    values = ENGINES[engine]()
    return [
        (fact, value)
        for fact, value in zip(facts(), values, strict=True)
        if fact.told and not fact.agrees(value)
    ]


def page() -> str:
    """The page with its table made anew."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return before + _BEGIN + "".join(_lines()) + _END + after


def _lines() -> Iterator[str]:
    told = [fact for fact in facts() if fact.told]
    found = {engine: differences(engine) for engine in ENGINES}
    labels = len(facts()) - len(told)
    yield f"\n{len(told)} facts; {labels} more hold the text of a formula and say nothing.\n\n"
    yield "| function | facts | " + " | ".join(f"{engine} differs" for engine in ENGINES) + " |\n"
    yield "|---|--:|" + "--:|" * len(ENGINES) + "\n"
    yield _row("all", len(told), [len(found[engine]) for engine in ENGINES])
    counts = Counter(name for fact in told for name in fact.functions)
    by_engine = {
        engine: Counter(name for fact, _ in found[engine] for name in fact.functions) for engine in ENGINES
    }
    for used, title in ((True, "in templates"), (False, "in no template")):
        names = sorted(name for name in counts if (name in FUNCTIONS) is used)
        yield _row(f"*{title}*", sum(counts[name] for name in names), ["" for _ in ENGINES])
        for name in names:
            yield _row(f"`{name}`", counts[name], [by_engine[engine][name] for engine in ENGINES])
    yield "\nEach fact on which an engine differs in a function that templates use:\n\n"
    yield "| engine | formula | Excel | engine gives | from |\n|---|---|---|---|---|\n"
    for engine, pairs in found.items():
        for fact, value in pairs:
            if fact.functions & FUNCTIONS:
                source = fact.source.rpartition("calc_tests ")[2]
                texts = (_code(one) for one in (fact.formula, fact.excel, value))
                yield f"| {engine} | {' | '.join(texts)} | {source} |\n"
    yield "\n"


def _row(name: str, facts: int, differing: list[object]) -> str:
    return f"| {name} | {facts} | " + " | ".join(str(one) for one in differing) + " |\n"


def _code(value: object) -> str:
    return "`" + str(value).replace("|", "\\|") + "`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
