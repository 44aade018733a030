"""A fuzzer of the reader and the verifier that knows the grammar of workbooks.

    python -m tests.fuzz --files 100000 [--seed 1]            small workbooks
    python -m tests.fuzz --files 5000 --whole                 those of the complete rubrics
    python -m tests.fuzz --files 4000 --shown                 with a look at what LibreOffice shows
    python -m tests.fuzz --seed 1 --first 4711 --files 1      one file of a run again

It takes filled workbooks, as issued and as openpyxl and LibreOffice save them, and puts in, changes, moves
and takes out what the schema lets stand there: elements and attributes of ``xlsx_reader/grammar_*.py``,
contents and styles of cells, names, sheets, parts behind each relationship of ``known_parts.py``; several at
once, and now and then plain damage. The number of a file and the seed say all of it.

What it looks for: a failure of the program itself, a verdict that takes more than five seconds, a reader
that remembers another workbook than is there, and a wrong ``pass``. A file that passes is read by calamine
too, its values held against those of the workbook made anew from its inputs, and with ``--shown`` LibreOffice
says what its cells and pages show. Exit status 1 when there is a fault; the files are kept.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.fuzzing.run import Outcome, keep_file, run
from tests.fuzzing.shown import run_shown

_told = [0]
"""How many faults have been printed."""


def tell(outcome: Outcome, seconds: float) -> None:
    """The faults that are new, and a line on how far it is."""
    files = sum(outcome.verdicts.values())
    for fault in outcome.faults[_told[0] :]:
        print(f"file {fault.number}: {fault.oracle}: {fault.problem}: {'; '.join(fault.done)}")
    _told[0] = len(outcome.faults)
    print(
        f"{files} files, {files / seconds:.0f}/s, {dict(outcome.verdicts)}, {len(outcome.faults)} faults",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first file")
    parser.add_argument("--whole", action="store_true", help="the workbooks of the complete rubrics")
    parser.add_argument("--office", action="store_true", help="start from what LibreOffice saves too")
    parser.add_argument(
        "--shown", action="store_true", help="hold what LibreOffice shows of each pass against its inputs"
    )
    parser.add_argument(
        "--keep", type=Path, default=Path("output/fuzz"), help="where files with a fault are kept"
    )
    options = parser.parse_args()
    start = time.monotonic()
    if options.shown:
        outcome = run_shown(
            options.files,
            options.seed,
            first=options.first,
            whole=options.whole,
            office=options.office,
            tell=tell,
        )
        for fault in outcome.faults:
            keep_file(fault, options.seed, options.keep)
    else:
        outcome = run(
            options.files,
            options.seed,
            first=options.first,
            whole=options.whole,
            office=options.office,
            keep=options.keep,
            tell=tell,
        )
    tell(outcome, time.monotonic() - start)
    print(
        f"{outcome.looked} shown by LibreOffice; slowest batch {outcome.slowest:.2f} s; "
        f"not opened by other readers: {dict(outcome.unseen)}"
    )
    sys.exit(1 if outcome.faults else 0)


if __name__ == "__main__":
    main()
