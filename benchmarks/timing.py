"""What a command costs: wall time, and processor time with that of the processes that it waits for."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds."""

    wall: float
    processor: float

    def each(self, count: int) -> Cost:
        """The cost of one of ``count``."""
        return Cost(self.wall / count, self.processor / count)


def cost_of(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command from start to end. What it exits with does not count: a blank workbook does not pass."""
    before, start = os.times(), time.perf_counter()
    subprocess.run(
        list(map(str, command)), check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
    )  # fmt: skip
    wall, after = time.perf_counter() - start, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(wall, used)


def middle(costs: Sequence[Cost]) -> Cost:
    """The medians of several runs."""
    return Cost(median(one.wall for one in costs), median(one.processor for one in costs))
