#!/usr/bin/env python3
"""Set up what is needed and run one of the project's jobs. Needs nothing but Python 3.11.

python3 dev.py demo      the main job on the published evaluations
python3 dev.py test      all tests; --quick: the everyday run, in minutes; --python 3.12: under that version
python3 dev.py coverage  all tests, with branch coverage: takes half as long again
python3 dev.py gates     lint, types, import layers, spec lints
python3 dev.py pictures  make the README's pictures anew
python3 dev.py readme    rewrite the generated sections of README, docs/codes.md, docs/engines.md
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
OTHERS = ROOT / ".venvs"
"""Virtual environments of other versions of Python, each in a folder of its version's name."""
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
PROGRAM = "python.exe" if os.name == "nt" else "python"
BIN = VENV / SCRIPTS
PYTHON = BIN / PROGRAM
EVERYTHING = "[dev,engines,postgres]"
"""What the jobs of a developer install beside the project itself."""
LIGHT = ("click", "pydantic", "PyYAML", "XlsxWriter")
"""All that making workbooks needs, so that other versions of Python can make some to compare."""

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


def set_up(extra: str, venv: Path = VENV, interpreter: str = sys.executable) -> None:
    """A virtual environment with the project in it; done anew only when the project's needs change."""
    _install(venv, interpreter, _wanted(extra), ["-e", f".{extra}"])


def set_up_others() -> None:
    """Where the system has the other promised versions of Python: what making workbooks needs, for each."""
    needs = [one for one in project()["dependencies"] if one.split(">")[0].strip() in LIGHT]
    for version in promised():
        interpreter = find_python(version)
        if version == own_version() or _has_everything(OTHERS / version):
            continue
        if interpreter is None:
            print(f"Python {version} is missing: nothing is compared with it", flush=True)
        else:
            _install(OTHERS / version, interpreter, _wanted("light"), needs)


def _install(venv: Path, interpreter: str, wanted: str, what: list[str]) -> None:
    python, stamp = venv / SCRIPTS / PROGRAM, venv / "installed"
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    if venv.is_symlink():  # what it leads to is somebody else's, and would be emptied
        sys.exit(f"{venv} is a link and is not set up from here: {venv.resolve()} lacks what is needed")
    create = [interpreter, "-m", "venv", "--clear", str(venv)]
    if subprocess.call(create):
        if not can_install():
            sys.exit("python3 -m venv does not work here: install the package python3-venv")
        install_packages("python3-venv")
        run(*create)
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what)
    stamp.write_text(wanted)


def _has_everything(venv: Path) -> bool:
    stamp = venv / "installed"
    return stamp.exists() and stamp.read_text() == _wanted(EVERYTHING)


def project() -> dict[str, Any]:
    """What pyproject.toml says of the project."""
    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"])


def promised() -> list[str]:
    """Versions of Python that the project says to run under."""
    start = "Programming Language :: Python :: "
    return [one.removeprefix(start) for one in project()["classifiers"] if one.startswith(start)]


def own_version() -> str:
    """The version of the Python that runs this."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def find_python(version: str) -> str | None:
    """The program of a version: this one, or by its name on the PATH, or among those of pyenv."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    places = [sys.executable, shutil.which(f"python{version}")]
    places += sorted(map(str, (pyenv / "versions").glob(f"{version}.*/bin/python")), reverse=True)
    return next((one for one in places if one and _version_of(one) == version), None)


def prepared_python(version: str) -> Path | None:
    """The Python of a version in one of the virtual environments here."""
    places = (PYTHON, OTHERS / version / SCRIPTS / PROGRAM)
    return next((one for one in places if one.exists() and _version_of(str(one)) == version), None)


def _version_of(program: str) -> str:
    # pyenv has a python3.12 on the PATH that runs nothing unless it is chosen
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run([program, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def set_up_office() -> None:
    """LibreOffice, the second opinion: without it its tests are skipped; where CI is set, they must run."""
    if shutil.which("soffice") and _has_uno():
        return
    missing = "LibreOffice or its package python3-uno is missing and cannot be installed from here"
    if can_install():
        install_packages(*OFFICE_PACKAGES)
    elif os.environ.get("CI"):
        sys.exit(missing)
    else:
        print(missing, flush=True)


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
    shared = {"fields.yaml", "tables.yaml", "wording.yaml"}
    folder = ROOT / "rubric_specs"
    specs = sorted(path for path in folder.glob("*.yaml") if path.name not in shared)
    run(PYTHON, "-m", "workbook", "check", *specs, *sorted(folder.glob("examples/*.yaml")))


def tests(job: str, arguments: list[str]) -> None:
    """Run the tests, all or the everyday ones, under this or another version of Python."""
    parser = argparse.ArgumentParser(f"dev.py {job}", epilog="What else is given goes to pytest.")
    parser.add_argument("--quick", action="store_true", help="the everyday run: minutes, not all cases")
    parser.add_argument("--python", metavar="VERSION", choices=promised(), default=own_version())
    options, others = parser.parse_known_args(arguments)
    interpreter = find_python(options.python)
    if interpreter is None:
        sys.exit(f"Python {options.python} is neither on the PATH nor in pyenv")
    venv = VENV if options.python == own_version() else OTHERS / options.python
    set_up(EVERYTHING, venv, interpreter)
    set_up_office()
    set_up_database()
    if not options.quick:
        set_up_others()
    more = ["--quick"] if options.quick else []
    more += ["--cov", "--cov-report=term"] if job == "coverage" else []
    run(venv / SCRIPTS / PROGRAM, "-m", "pytest", "-n", "2", "--dist", "worksteal", *more, *others)


def main(job: str, *arguments: str) -> None:
    """Run one job."""
    if job == "demo":
        set_up(EVERYTHING if _has_everything(VENV) else "")
        run(PYTHON, "-m", "workbook", "demo", *arguments)
        return
    if job in {"test", "coverage"}:
        tests(job, list(arguments))
        return
    if job not in {"gates", "pictures", "readme"}:
        sys.exit(__doc__)  # nothing is set up for a job that there is not
    set_up(EVERYTHING)
    if job in {"pictures", "readme"}:
        set_up_office()
    match job:
        case "gates":
            gates()
        case "pictures":
            run(PYTHON, "-m", "tests.pictures")
        case "readme":
            run(PYTHON, "-m", "tests.readme")
            run(PYTHON, "-m", "tests.codes_page")
            run(PYTHON, "-m", "tests.architecture_page")
            run(PYTHON, "-m", "tests.engines_page")


def _has_uno() -> bool:
    """Whether the system's Python can drive LibreOffice."""
    if not Path(SYSTEM_PYTHON).exists():
        return False
    return subprocess.call([SYSTEM_PYTHON, "-c", "import uno"], stderr=subprocess.DEVNULL) == 0


def _wanted(extra: str) -> str:
    return hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + extra.encode()).hexdigest()


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["help"]))
