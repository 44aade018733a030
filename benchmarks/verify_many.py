"""What it costs to verify many workbooks, beside what other engines take only to recalculate them.

    python benchmarks/verify_many.py [--files 1000] [--folder FOLDER]

All in one run, on the same made-up workbooks of both rubrics: this verifier as a whole process (with
processes of its own, full recalculation through ``formulas``, integrity, agreement) on 10, 100 and all
files, with its peak memory; naive ``formulas`` (load, compile, calculate) on a few of them; LibreOffice, all
in one start; and ``formualizer``, the fastest of the engines that get the values right, which is the third
engine of the verifier as well (``--quick`` leaves it out).
The ratios count, not the seconds of this machine.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from make_mail import make

_NAIVE = "import sys, formulas; formulas.ExcelModel().loads(sys.argv[1]).finish().calculate()"
_NAIVE_FILES = 4
_OFFICE_FILES = 60
_PEER = """
import sys, formualizer
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        formualizer.Workbook.from_bytes(file.read()).evaluate_all()
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--folder", type=Path, help="keep the workbooks here, or use those that are there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary) / "mail"
        if not folder.is_dir() or len(list(folder.glob("*.xlsx"))) < options.files:
            make(folder, options.files)
        paths = sorted(folder.glob("*.xlsx"))[: options.files]
        ours = [verifier(paths[:count], Path(temporary)) for count in (10, 100, options.files)]
        best = ours[-1]
        others = {
            "formulas, loaded and calculated": naive(paths[:_NAIVE_FILES]),
            "LibreOffice, all in one start": libreoffice(paths[:_OFFICE_FILES]),
            "formualizer, load and calculate only": with_formualizer(paths[:_OFFICE_FILES]),
        }
    for name, seconds in others.items():
        if seconds is not None:
            print(f"{name:36} {seconds * 1000:9.1f} ms/file   {seconds / best:7.1f} times this verifier")


def verifier(paths: list[Path], folder: Path) -> float:
    """Seconds per file of the whole command; prints them with the peak memory of all its processes."""
    inbox = folder / f"inbox-{len(paths)}"
    inbox.mkdir()
    for path in paths:
        (inbox / path.name).symlink_to(path.resolve())
    start = time.perf_counter()
    command = [sys.executable, "-m", "workbook", "verify", str(inbox), "--json"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE)
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(running, peak), daemon=True)
    watcher.start()
    result = json.loads(running.communicate()[0])
    seconds = time.perf_counter() - start
    summary = {key: count for key, count in result["summary"].items() if count}
    print(
        f"{'workbook verify, ' + str(len(paths)) + ' files':36} {seconds / len(paths) * 1000:9.1f} ms/file"
        f"   {seconds:7.1f} s in all   peak {peak[0]:.0f} MB   {summary}",
        flush=True,
    )
    return seconds / len(paths)


def _watch(running: subprocess.Popen[bytes], peak: list[float]) -> None:
    """The most memory that the command and its processes had together, in MB; Linux only."""
    while running.poll() is None:
        pids = [running.pid, *_children(running.pid)]
        peak[0] = max(peak[0], sum(map(_resident, pids)) / 1e6)
        time.sleep(0.1)


def _children(pid: int) -> list[int]:
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [int(child) for child in found] + [one for child in found for one in _children(int(child))]


def _resident(pid: int) -> float:
    """Bytes of a process's own share of memory."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(float(line.split()[1]) * 1000 for line in lines if line.startswith("Pss:"))


def naive(paths: list[Path]) -> float:
    """Seconds per file of the engine as its documentation uses it, one process each."""
    times = []
    for path in paths:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", _NAIVE, str(path)], check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def libreoffice(paths: list[Path]) -> float | None:
    """Seconds per file of LibreOffice opening, recalculating and saving."""
    program = shutil.which("soffice")
    if program is None:
        print("LibreOffice is not installed")
        return None
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from tests.engines.office import resave

    files = [path.read_bytes() for path in paths]
    start = time.perf_counter()
    resave(files)
    return (time.perf_counter() - start) / len(paths)


def with_formualizer(paths: list[Path]) -> float:
    """Seconds per file of formualizer in one process, nothing but loading and calculating."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", _PEER, *map(str, paths)], check=True)
    return (time.perf_counter() - start) / len(paths)


if __name__ == "__main__":
    main()
