"""Modules that load when they are used."""

import subprocess
import sys

_PROGRAM = """
import sys
from workbook.engine.lazy_import import load_later
load_later("wave")
import wave
assert not hasattr(sys.modules["wave"], "__file__"), "loaded too early"
assert wave.Wave_read.__name__ == "Wave_read"
import wave as again
assert again.__file__ and again is sys.modules["wave"]
assert wave.Wave_write is again.Wave_write
"""


def test_loads_when_used() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_engine_still_has_its_statistics() -> None:
    program = """
import sys
from workbook.engine import evaluate_formula
assert "scipy.stats._stats_py" not in sys.modules
assert abs(evaluate_formula("=CHISQ.DIST(1,2,TRUE)", {}) - 0.3934693402873666) < 1e-12
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
