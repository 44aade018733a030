"""The project as others meet it: a wheel used from another folder, a command that starts quickly."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAVY = {
    "formulas",
    "schedula",
    "numpy",
    "scipy",
    "pandas",
    "jinja2",
    "openpyxl",
    "xlsxwriter",
    "pydantic",
    "yaml",
    "rich.table",
}


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, workbook, workbook.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not HEAVY & set(done.stdout.split())


def test_new_and_score_do_without_the_engine() -> None:
    code = (
        "import sys\n"
        "from workbook import load_rubric, new_workbook\n"
        "new_workbook(load_rubric('yantian-2023'))\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not {"formulas", "schedula", "pandas", "openpyxl"} & set(done.stdout.split())


def test_wheel_brings_the_specs_along(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        str(ROOT),
        "--no-deps",
        "--no-build-isolation",
        "-q",
        "-w",
        ".",
    ]
    subprocess.run(command, check=True, cwd=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        assert names >= {"workbook/reports/pages/report.html", "workbook/author/skeleton.yaml"}
        examples = [path.name for path in (ROOT / "rubric_specs" / "examples").iterdir()]
        assert examples
        assert names >= {f"workbook/rubric_specs/examples/{name}" for name in examples}
        archive.extractall(tmp_path / "site")
    code = "import workbook; print(workbook.__file__); from workbook.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); {code}",
         "rubrics", "--json"],
        capture_output=True, encoding="utf-8", check=True, cwd=tmp_path,
    )  # fmt: skip
    where, _, document = done.stdout.partition("\n")
    assert where.startswith(str(tmp_path))
    assert {one["id"] for one in json.loads(document)["rubrics"]} >= {"dapeng-2024", "yantian-2023"}


def test_a_gbk_console_never_breaks(tmp_path: Path) -> None:
    environment = {"PYTHONIOENCODING": "gbk", "PATH": "", "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "workbook", "check", "yantian-2023"],
        capture_output=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "通过" in done.stdout.decode("gbk")
    done = subprocess.run(
        [sys.executable, "-m", "workbook", "rubrics", "--json"],
        capture_output=True,
        env=environment,
        check=False,
    )
    assert json.loads(done.stdout.decode("utf-8"))["rubrics"]
