"""Verifies every hostile file in one process: ``python -m tests.support.hostile`` prints what that took."""

from __future__ import annotations

import json
import time
from pathlib import Path


def main() -> None:
    from tests.support.hostile_files import CASES
    from workbook.verifier.isolated import verify_here

    made = {name: build() for name, (build, _) in CASES.items()}
    base = _peak()
    slowest = 0.0
    for name, data in made.items():
        start = time.process_time()
        (report,) = verify_here([(name, data)])
        slowest = max(slowest, time.process_time() - start)
        assert report.verdict.value == "unreadable", name
    print(json.dumps({"files": len(made), "slowest": slowest, "megabytes": _peak(), "before": base}))


def _peak() -> float:
    """Megabytes that this process has had at most; 0 where the platform does not tell.

    The system's own figure for a process counts what its parent had before it started.
    """
    status = Path("/proc/self/status")
    if not status.is_file():
        return 0.0
    lines = status.read_text(encoding="ascii", errors="replace").splitlines()
    return next(float(line.split()[1]) / 1e3 for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    main()
