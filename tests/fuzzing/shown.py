"""The run with LibreOffice: what a file that passes shows, held against the workbook made from its inputs."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from tests.fuzzing import oracles
from tests.fuzzing.changes import Mutant, mutant
from tests.fuzzing.display import Shown, differs, show, without_paper
from tests.fuzzing.run import BATCH, Fault, Outcome, chosen, verify_mutants
from tests.fuzzing.seeds import Seed, registry
from workbook.api import new_workbook
from workbook.returned.registry import Known
from workbook.template.model import Formula
from workbook.verifier.verification import Verification
from workbook.xlsx_reader.read import read_workbook

_TOGETHER = 60
"""Files that pass and are shown in one start of LibreOffice."""


def run_shown(
    files: int, seed: int, *, first: int = 0, whole: bool = False, office: bool = False, pages: bool = True,
    seeds: Sequence[Seed] | None = None, tell: Callable[[Outcome, float], None] | None = None,
) -> Outcome:  # fmt: skip
    """Verify ``files`` files and look at what passes show; ``unseen`` counts what cannot be shown."""
    listed = chosen(whole, office) if seeds is None else seeds
    total, begun = Outcome(), time.monotonic()
    passed: list[tuple[Mutant, Verification]] = []
    made: dict[str, Shown] = {}
    for number in range(first, first + files, BATCH):
        batch = [mutant(listed, seed, one) for one in range(number, min(number + BATCH, first + files))]
        total.add(verify_mutants(batch, passed))
        if len(passed) >= _TOGETHER or (passed and number + BATCH >= first + files):
            look(passed, made, total, pages=pages)
            passed.clear()
            if tell is not None:
                tell(total, time.monotonic() - begun)
    return total


def look(
    passed: Sequence[tuple[Mutant, Verification]], made: dict[str, Shown], total: Outcome, *, pages: bool
) -> None:
    """Show files that pass and the workbooks made anew from their inputs; ``made`` keeps the latter."""
    files: dict[str, bytes] = {}
    keys, new = dict[int, str](), dict[str, str]()
    for one, report in passed:
        assert report.inputs is not None
        assert report.identity is not None
        key = one.seed.name + oracles.record_key(report.inputs, report.identity.issue)
        keys[one.number] = key
        files[f"m{one.number}"] = without_paper(one.data)
        if key not in made and key not in new:
            new[key] = f"r{one.number}"
            record = new_workbook(one.seed.rubric, inputs=report.inputs, issue=report.identity.issue)
            files[new[key]] = without_paper(one.seed.saved(record))
    seen = show(files, pages=pages)
    for key, name in new.items():
        if (record_shown := seen[name]) is not None:
            made[key] = record_shown
    for one, report in passed:
        shown, expected = seen[f"m{one.number}"], made.get(keys[one.number])
        if expected is None:
            total.faults.append(
                Fault(one.number, "shown", "LibreOffice does not open the record", one.done, one.data)
            )
        elif shown is None:
            total.unseen["LibreOffice"] += 1
        else:
            total.looked += 1
            problem = _problem(one, report, shown, expected, pages=pages)
            if problem:
                total.faults.append(Fault(one.number, "shown", problem, one.done, one.data))


def _problem(one: Mutant, report: Verification, shown: Shown, expected: Shown, *, pages: bool) -> str | None:
    assert report.identity is not None
    known = registry().find(report.identity)
    assert isinstance(known, Known)
    received = read_workbook(one.data)
    uncalculated = {
        f"{title}!{ref}": None
        for title, sheet in received.sheets.items()
        for ref, cell in sheet.cells.items()
        if isinstance(cell, Formula) and ref not in sheet.cached
    }
    return differs(known.issued, shown, expected, uncalculated, pages=pages)
