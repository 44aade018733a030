"""A long check that what was read before changes nothing: all catalogues, in batches of any order.

    python -m tests.order [--rounds 20] [--size 40] [--seed 1] [--read]

Each round deals all files of the tricks, the deceits and the leavings into batches at random and verifies
each batch together, in one process that remembers all rounds. A file whose verdict or findings differ from
those of the round before is named. ``--read`` compares what the reader reads, all of it, which is where
things are remembered, and takes a tenth of the time. Exit status 1 when there is a difference.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from functools import partial

from tests.deceits.catalogue import DECEITS, made
from tests.leavings.kit import ENTRIES
from tests.support.readings import Outcome, reading
from tests.support.returned import RUBRICS, issued
from tests.tricks.catalogue import ALL
from workbook.verifier.registry import Registry
from workbook.verifier.verdict import Report
from workbook.verifier.verify import verify_batch


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
    return report.verdict.value, *((one.code, one.sheet, one.cell, one.message) for one in report.findings)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--size", type=int, default=40, help="files of a batch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--read", action="store_true", help="compare what is read, not what is found")
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
            outcomes = [reading(data) for _, data in batch] if options.read else map(said, verify(batch))
            for (name, _), outcome in zip(batch, outcomes, strict=True):
                if known.setdefault(name, outcome) != outcome and name not in different:
                    different.add(name)
                    print(f"{name}: {known[name]} and {outcome}"[:2000], flush=True)
        seconds = time.monotonic() - begun
        print(
            f"round {number + 1}: {len(listed)} files, {len(different)} differ, {seconds:.0f} s", flush=True
        )
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
