"""A long check that what was read before changes nothing: all catalogues, in batches of any order.

    python -m tests.order [--rounds 20] [--size 40] [--seed 1]

Each round deals all files of the tricks, the deceits and the leavings into batches at random and verifies
each batch together, in one process that remembers all rounds. A file whose verdict or findings differ from
those of the round before is named. Exit status 1 when there is one.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from functools import partial

from tests.leavings.kit import ENTRIES
from tests.support.returned import RUBRICS, issued
from tests.test_deceits import DECEITS, made
from tests.test_tricks import ALL
from workbook.verifier.registry import Registry
from workbook.verifier.verdict import Report
from workbook.verifier.verify import verify_batch

Outcome = tuple[str, tuple[tuple[str, str | None, str | None, str], ...]]


def files() -> Iterator[tuple[str, bytes]]:
    """Every file of the catalogues, by a name of its own."""
    for number, trick in enumerate(ALL):
        yield f"trick {trick.name}", trick.change(issued(RUBRICS[number % len(RUBRICS)]))
    for name in DECEITS:
        yield f"deceit {name}", made(name)
    for number, entry in enumerate(ENTRIES):
        yield f"leaving {entry.program}: {entry.name}", entry.apply(issued(RUBRICS[number % len(RUBRICS)]))


def said(report: Report) -> Outcome:
    """All that is told of a file."""
    return report.verdict.value, tuple(
        (one.code, one.sheet, one.cell, one.message) for one in report.findings
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--size", type=int, default=40, help="files of a batch")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, registry, begun = random.Random(options.seed), Registry(), time.monotonic()
    listed = list(files())
    verify = partial(verify_batch, registry=registry, quick=True)
    known: dict[str, Outcome] = {}
    different: set[str] = set()
    for number in range(options.rounds):
        chance.shuffle(listed)
        for start in range(0, len(listed), options.size):
            batch = listed[start : start + options.size]
            for (name, _), report in zip(batch, verify(batch), strict=True):
                if known.setdefault(name, said(report)) != said(report) and name not in different:
                    different.add(name)
                    print(f"{name}: {known[name]} and {said(report)}", flush=True)
        seconds = time.monotonic() - begun
        print(
            f"round {number + 1}: {len(listed)} files, {len(different)} differ, {seconds:.0f} s", flush=True
        )
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
