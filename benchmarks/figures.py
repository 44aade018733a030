"""The figures of ``docs/performance.md``: issuing, verifying one file, verifying many, and what others take.

    python benchmarks/figures.py [--departments 100] [--files 100] [--runs 5]

All in one run, in turns, so that a machine that grows slower is slower for all; each line is a whole
process from start to end, the median of the runs. Wall time depends on what else the machine does; processor
time does so less, and the ratios in the last column least: they are to ``formualizer`` (Rust), which loads
and calculates the same files and does nothing else, per file and by processor time.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from make_mail import make
from timing import Cost, cost_of, middle

_PEER = """
import sys, formualizer
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        formualizer.Workbook.from_bytes(file.read()).evaluate_all()
"""
_NAIVE = "import sys, formulas; formulas.ExcelModel().loads(sys.argv[1]).finish().calculate()"
_FLOOR = "import formulas; formulas.Parser().ast('=IF(A1>0,ROUND(A1,2),0)')[1].compile()"
_RUBRIC = "dapeng-2024"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--departments", type=int, default=100)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        lines = works(folder, options.departments, options.files)
        costs: dict[str, list[Cost]] = {label: [] for label in lines}
        for label, (work, _) in lines.items():  # once, to fill caches
            if "cache off" not in label:
                work()
        for _ in range(options.runs):
            for label, (work, count) in lines.items():
                costs[label].append(work().each(count))
    show({label: middle(runs) for label, runs in costs.items()})


def works(folder: Path, departments: int, files: int) -> dict[str, tuple[Callable[[], Cost], int]]:
    """What is timed, by its label, and how many files it is for."""
    mail = folder / "mail"
    make(mail, files)
    paths = sorted(mail.glob("*.xlsx"))
    one = next(path for path in paths if _RUBRIC in path.name)
    roster = folder / "roster.csv"
    names = "".join(f"虚构部门{number:04d},a{number}@example.org\n" for number in range(departments))
    roster.write_text(f"部门名称,邮箱\n{names}", encoding="utf-8")
    python, issued = sys.executable, folder / "issued"
    command = [python, "-m", "workbook"]

    def issue(*arguments: str | Path) -> Cost:
        shutil.rmtree(issued, ignore_errors=True)
        return cost_of([*command, "new", _RUBRIC, *arguments])

    return {
        PEER_MANY: (lambda: cost_of([python, "-c", _PEER, *paths]), files),
        f"workbook verify, {files} files": (lambda: cost_of([*command, "verify", mail, "--json"]), files),
        f"workbook verify --quick, {files} files": (
            lambda: cost_of([*command, "verify", mail, "--json", "--quick"]), files,
        ),
        f"workbook new --roster, {departments} departments": (
            lambda: issue("--roster", roster, "-o", issued), departments,
        ),
        "formualizer, one file": (lambda: cost_of([python, "-c", _PEER, one]), 1),
        "workbook verify, one file": (lambda: cost_of([*command, "verify", one]), 1),
        "workbook verify, one file, cache off": (
            lambda: cost_of([*command, "verify", one], {"WORKBOOK_CACHE": "off"}), 1,
        ),
        "workbook new, one file": (lambda: issue("-o", issued / "one.xlsx"), 1),
        "workbook --help": (lambda: cost_of([*command, "--help"]), 1),
        "formulas imported, one formula parsed": (lambda: cost_of([python, "-c", _FLOOR]), 1),
        "formulas, one file loaded and calculated": (lambda: cost_of([python, "-c", _NAIVE, one]), 1),
    }  # fmt: skip


PEER_MANY = "formualizer, all files in one process"


def show(costs: dict[str, Cost]) -> None:
    """Print a line for each: milliseconds per file, and how often the peer could do its part meanwhile."""
    peer = costs[PEER_MANY].processor
    print(f"{'per file':46}{'wall ms':>10}{'processor ms':>14}{'× formualizer':>15}")
    for label, cost in costs.items():
        print(f"{label:46}{cost.wall * 1000:10.1f}{cost.processor * 1000:14.1f}{cost.processor / peer:15.2f}")


if __name__ == "__main__":
    main()
