"""The long comparison of the three engines on generated cases.

    python -m tests.long_agreement --cases 3000 [--office 300] [--rubric yantian-2023]

Prints the disagreements of each rubric; exit status 1 when there is one. ``--office`` is how many of the
cases also go through LibreOffice (about a third of a second each).
"""

from __future__ import annotations

import argparse
import sys
import time

from rich.progress import track

from tests.engines.compare import Disagreement, Engines
from tests.engines.generate import cases
from workbook.load.builtin import builtin_ids
from workbook.load.rubric import load_rubric

_BATCH = 150


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=3000)
    parser.add_argument("--office", type=int, default=None)
    parser.add_argument("--seed", type=int, default=20_240_331)
    parser.add_argument("--rubric", action="append", help="id or spec file; all built-in ones by default")
    options = parser.parse_args()
    office = options.cases if options.office is None else options.office
    failed = False
    for rubric_id in options.rubric or builtin_ids():
        engines = Engines(load_rubric(rubric_id))
        batch = cases(engines.rubric, options.cases, options.seed)
        start = time.perf_counter()
        found: list[Disagreement] = []
        for first in track(range(0, len(batch), _BATCH), description=f"{rubric_id} formulas"):
            found += engines.with_formulas(batch[first : first + _BATCH])
        for first in track(range(0, office, _BATCH), description=f"{rubric_id} LibreOffice"):
            found += engines.with_office(batch[first : min(first + _BATCH, office)])
        seconds = time.perf_counter() - start
        print(f"{rubric_id}: {len(batch)} cases by formulas, {office} by LibreOffice", end=", ")
        print(
            f"{len(engines.template.quantities)} formulas each: {len(found)} disagreements, {seconds:.0f} s"
        )
        for one in found[:20]:
            print("  ", one)
        failed = failed or bool(found)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
