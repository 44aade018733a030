#!/usr/bin/env python3
"""Set up what is needed and run one of the project's jobs. Needs nothing but Python 3.11.

python3 dev.py demo      the main job on the published evaluations
python3 dev.py test      all tests
python3 dev.py coverage  all tests, with branch coverage: takes half as long again
python3 dev.py gates     lint, types, import layers, spec lints
python3 dev.py pictures  make the README's pictures anew
python3 dev.py readme    rewrite the generated sections of README, docs/codes.md, docs/engines.md
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "installed"
EVERYTHING = "[dev,engines,postgres]"
"""What the jobs of a developer install beside the project itself."""

OFFICE_PACKAGES = (
    "libreoffice-calc",
    "python3-uno",
    "fonts-noto-cjk",
    "fonts-crosextra-carlito",
    "poppler-utils",
)
SYSTEM_PYTHON = "/usr/bin/python3"
DATABASE_PACKAGE = "postgresql"


def run(*command: str | Path, env: dict[str, str] | None = None) -> None:
    """Run a command in the project's folder; its failure ends this script with its status."""
    print("+", *command, flush=True)
    status = subprocess.call([str(part) for part in command], cwd=ROOT, env={**os.environ, **(env or {})})
    if status:
        sys.exit(status)


def can_install() -> bool:
    """Whether system packages may be installed: root on a Debian-like system."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_packages(*names: str) -> None:
    """Install Debian packages."""
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", "-qq", env=quiet)
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *names, env=quiet)


def set_up(extra: str) -> None:
    """A virtual environment with the project in it; done anew only when the project's needs change."""
    wanted = _wanted(extra)
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    create = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.call(create):
        if not can_install():
            sys.exit("python3 -m venv does not work here: install the package python3-venv")
        install_packages("python3-venv")
        run(*create)
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", f".{extra}")
    STAMP.write_text(wanted)


def set_up_office() -> None:
    """LibreOffice, the second opinion: without it its tests fail where CI is set, and skip elsewhere."""
    if shutil.which("soffice") and _has_uno():
        return
    if can_install():
        install_packages(*OFFICE_PACKAGES)
    else:
        print(
            "LibreOffice or its package python3-uno is missing and cannot be installed from here", flush=True
        )


def set_up_database() -> None:
    """PostgreSQL, for the tests of the ledger: without it they fail where CI is set, and skip elsewhere."""
    if any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb"):
        return
    if can_install():
        install_packages(DATABASE_PACKAGE)
    else:
        print("PostgreSQL is missing and cannot be installed from here", flush=True)


def gates() -> None:
    """Everything that must hold beside the tests."""
    run(PYTHON, "-m", "ruff", "check", ".")
    run(PYTHON, "-m", "ruff", "format", "--check", ".")
    run(PYTHON, "-m", "mypy")
    run(BIN / "lint-imports")
    shared = {"fields.yaml", "tables.yaml"}
    folder = ROOT / "rubric_specs"
    specs = sorted(path for path in folder.glob("*.yaml") if path.name not in shared)
    run(PYTHON, "-m", "workbook", "check", *specs, *sorted(folder.glob("examples/*.yaml")))


def main(job: str, *arguments: str) -> None:
    """Run one job."""
    if job == "demo":
        set_up(EVERYTHING if STAMP.exists() and STAMP.read_text() == _wanted(EVERYTHING) else "")
        run(PYTHON, "-m", "workbook", "demo", *arguments)
        return
    set_up(EVERYTHING)
    if job in {"test", "coverage", "pictures", "readme"}:
        set_up_office()
    if job in {"test", "coverage"}:
        set_up_database()
    match job:
        case "test" | "coverage":
            measured = ("--cov", "--cov-report=term") if job == "coverage" else ()
            run(PYTHON, "-m", "pytest", "-n", "2", "--dist", "worksteal", *measured, *arguments)
        case "gates":
            gates()
        case "pictures":
            run(PYTHON, "-m", "tests.pictures")
        case "readme":
            run(PYTHON, "-m", "tests.readme")
            run(PYTHON, "-m", "tests.codes_page")
            run(PYTHON, "-m", "tests.architecture_page")
            run(PYTHON, "-m", "tests.engines_page")
        case _:
            sys.exit(__doc__)


def _has_uno() -> bool:
    """Whether the system's Python can drive LibreOffice."""
    if not Path(SYSTEM_PYTHON).exists():
        return False
    return subprocess.call([SYSTEM_PYTHON, "-c", "import uno"], stderr=subprocess.DEVNULL) == 0


def _wanted(extra: str) -> str:
    return hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + extra.encode()).hexdigest()


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["help"]))
