"""How long one file takes to verify, beside what it cannot take less than and what others take.

    python benchmarks/verify_one.py [--runs 5]

Every line is a whole process, from start to end, on the same file in the same run; the median of the runs
counts, and the ratios are to the floor (Python with ``formulas`` imported and one formula parsed).
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from workbook.api import new_workbook
from workbook.evaluations.published import published_cases

_FLOOR = "import formulas; formulas.Parser().ast('=IF(A1>0,ROUND(A1,2),0)')[1].compile()"
_NAIVE = "import sys, formulas; formulas.ExcelModel().loads(sys.argv[1]).finish().calculate()"


def median_seconds(command: list[str], runs: int) -> float:
    """Median wall time of ``command``, after one run that does not count."""
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        for case in (case for case in published_cases() if case.complete):
            path = Path(folder) / f"{case.rubric.id}.xlsx"
            path.write_bytes(new_workbook(case.rubric, inputs=case.data.inputs))
            print(f"{case.rubric.id}: {path.stat().st_size / 1000:.0f} KB")
            report(path, folder, runs)


def report(path: Path, folder: str, runs: int) -> None:
    python = sys.executable
    commands = {
        "floor: import formulas, parse one formula": [python, "-c", _FLOOR],
        "workbook new": [python, "-m", "workbook", "new", path.stem, "--force", "-o", f"{folder}/blank.xlsx"],
        "workbook verify": [python, "-m", "workbook", "verify", str(path)],
        "workbook --help": [python, "-m", "workbook", "--help"],
        "formulas, the whole file loaded": [python, "-c", _NAIVE, str(path)],
    }
    office = shutil.which("soffice")
    if office is not None:
        commands["LibreOffice, one file converted"] = [
            office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx",
            "--outdir", f"{folder}/converted", str(path),
        ]  # fmt: skip
    floor = None
    for label, command in commands.items():
        seconds = median_seconds(command, runs)
        floor = floor or seconds
        print(f"  {label:<44}{seconds:7.2f} s {seconds / floor:7.2f} × floor")


if __name__ == "__main__":
    main()
