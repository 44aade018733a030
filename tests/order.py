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
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from tests.deceits.catalogue import DECEITS, made
from tests.leavings.kit import ENTRIES
from tests.support.returned import RUBRICS, issued
from tests.tricks.catalogue import ALL
from workbook.findings import Refused
from workbook.returned.registry import Registry
from workbook.verifier.verification import Verification
from workbook.verifier.verify import verify_batch
from workbook.xlsx_reader.memory import Memory
from workbook.xlsx_reader.read import read_workbook

Outcome = tuple[object, ...]


def files() -> Iterator[tuple[str, bytes]]:
    """Every file of the catalogues, by a name of its own."""
    for number, trick in enumerate(ALL):
        yield f"trick {trick.name}", trick.change(issued(RUBRICS[number % len(RUBRICS)]))
    for name in DECEITS:
        yield f"deceit {name}", made(name)
    for number, entry in enumerate(ENTRIES):
        yield f"leaving {entry.program}: {entry.name}", entry.apply(issued(RUBRICS[number % len(RUBRICS)]))


def said(report: Verification) -> Outcome:
    """All that is told of a file."""
    return report.verdict.value, *((one.code, one.sheet, one.cell, one.message) for one in report.findings)


def reading(data: bytes, memory: Memory) -> Outcome:
    """All that is read of a file, or why it is refused; large tables by their hash."""
    try:
        book = read_workbook(data, memory)
    except Refused as refused:
        return tuple((one.code, one.message) for one in refused.findings)
    return (
        book.order, *map(_sum, (book.names, book.properties, book.calculation)), book.epoch_1904, book.digit,
        *(
            (
                title, sheet.hidden, sheet.local_names,
                *map(_sum, (sheet.cells, sheet.cached, sheet.heights)),
                hash(frozenset((ref, sheet.look(ref)) for ref in sheet.styles)), sheet.rich,
                *map(frozenset, (sheet.hidden_rows, sheet.collapsed_rows, sheet.dates, sheet.pictures)),
                sheet.far, sheet.frame, sheet.things,
            )
            for title, sheet in book.sheets.items()
        ),
    )  # fmt: skip


def _sum(table: Mapping[Any, Any]) -> int:
    # a truth and a number are not one, nor are a number and a text
    return hash(frozenset((key, type(value), value) for key, value in table.items()))


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
            outcomes = (
                [reading(data, registry.memory) for _, data in batch]
                if options.read
                else map(said, verify(batch))
            )
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
