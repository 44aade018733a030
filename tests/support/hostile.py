"""Verifies every hostile file in one process: ``python -m tests.support.hostile`` prints what that took."""

from __future__ import annotations

import json
import sys
import time


def main() -> None:
    from tests.test_verify_unreadable import CASES
    from workbook.verifier.isolated import verify_here

    made = {name: build() for name, (build, _) in CASES.items()}
    base = _peak()
    slowest = 0.0
    for name, data in made.items():
        start = time.perf_counter()
        (outcome,) = verify_here([(name, data)])
        slowest = max(slowest, time.perf_counter() - start)
        assert outcome.verdict.value == "unreadable", name
    print(json.dumps({"files": len(made), "slowest": slowest, "megabytes": _peak(), "before": base}))


def _peak() -> float:
    """Megabytes that this process has had at most; 0 where the platform does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    main()
