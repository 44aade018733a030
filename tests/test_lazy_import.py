"""Modules that load when they are used."""

import subprocess
import sys

_PROGRAM = """
import sys
from workbook.engine.lazy_import import loaded_later
with loaded_later({"wave": ("open",), "json": ()}):
    import wave
    from wave import open as opened
assert "wave" not in sys.modules and not hasattr(wave, "__file__"), "loaded too early"
import json
assert json.__file__, "what was there already stays"
try:
    opened("/nowhere/at-all.wav")
except FileNotFoundError:
    pass
import wave as again
assert again.__file__ and again is sys.modules["wave"]
assert wave.Wave_read is again.Wave_read
"""


def run(program: str) -> None:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_loads_when_used() -> None:
    run(_PROGRAM)


def test_engine_still_has_its_statistics() -> None:
    run(
        """
import sys
from workbook.engine import evaluate_formula
assert "scipy.stats" not in sys.modules and "scipy.interpolate" not in sys.modules
assert abs(evaluate_formula("=CHISQ.DIST(1,2,TRUE)", {}) - 0.3934693402873666) < 1e-12
import scipy.stats._distn_infrastructure
assert scipy.stats.norm.cdf(0) == 0.5
"""
    )


def test_what_starts_the_verifiers_processes_loads_little() -> None:
    run(
        """
import sys
import workbook.__main__, workbook.verifier.receiving, workbook.cli.commands
heavy = {"pydantic", "numpy", "openpyxl", "formulas", "xlsxwriter", "yaml", "rich", "pandas", "jinja2"}
assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()
"""
    )


def test_what_verifies_loads_nothing_that_writes() -> None:
    run(
        """
import sys
import workbook.verifier.verify
heavy = {"scipy.stats", "scipy.interpolate", "xlsxwriter", "yaml", "rich", "pandas", "jinja2", "click"}
assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()
"""
    )
