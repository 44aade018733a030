"""What a round's collecting costs beside plain verification of the same workbooks.

    python benchmarks/round_collect.py [--files 1000] [--folder FOLDER]

Issues a round of so many departments, fills their workbooks with made-up figures, and times as whole
processes ``verify``, ``round collect``, and ``round collect`` again without changes, each in seconds and in
seconds of the processor with all its processes.
"""

from __future__ import annotations

import argparse
import csv
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from make_mail import varied

from workbook.api import new_workbook
from workbook.evaluations.published import load_case, published_cases
from workbook.load.builtin import published_path


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--folder", type=Path, help="keep all here, or use the workbooks that are there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        rubric = next(case.rubric.id for case in published_cases() if case.complete)
        inbox, roster = folder / "inbox", folder / "roster.csv"
        inbox.mkdir(parents=True, exist_ok=True)
        with roster.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(
                [("部门名称", "下发编号"), *((name(number), f"D{number}") for number in range(options.files))]
            )
        tasks = [(str(inbox), rubric, number) for number in range(options.files)]
        if len(list(inbox.iterdir())) < options.files:
            with multiprocessing.Pool() as pool:
                pool.map(write, tasks, chunksize=10)
        made = str(folder / "round")
        timed(
            "issue",
            "round",
            "start",
            made,
            "--rubric",
            rubric,
            "--roster",
            str(roster),
            "--deadline",
            "2025-03-31",
        )
        plain = timed("verify", "verify", str(inbox))
        first = timed("collect", "round", "collect", made, str(inbox))
        timed("collect again", "round", "collect", made, str(inbox))
        timed("audit --quick", "round", "audit", made, "--quick")
        print(f"collect takes {first / plain:.2f} times the processor's seconds of verify")


def name(number: int) -> str:
    return f"虚构部门{number:05}"


def write(task: tuple[str, str, int]) -> None:
    """Write a department's workbook, filled."""
    folder, rubric_id, number = task
    case = load_case(published_path(rubric_id))
    inputs = varied(case.rubric, case.data.inputs, Random(number), rows=number % 3 == 0)
    data = new_workbook(case.rubric, inputs=inputs, department=name(number), issue=f"D{number}")
    (Path(folder) / f"{number:05}.xlsx").write_bytes(data)


def timed(label: str, *arguments: str) -> float:
    """Run a command; the seconds of the processor that it and its processes took."""
    start, before = time.perf_counter(), os.times()
    done = subprocess.run(
        [sys.executable, "-m", "workbook", *arguments, "--json"], stdout=subprocess.PIPE, check=False
    )
    seconds, after = time.perf_counter() - start, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    result = json.loads(done.stdout)
    told = {
        key: result[key] for key in ("summary", "new", "known", "lost", "events", "broken") if key in result
    }
    print(f"{label:14} {seconds:7.2f} s, processor {used:7.2f} s   {told}", flush=True)
    return used


if __name__ == "__main__":
    main()
