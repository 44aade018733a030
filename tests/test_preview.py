"""The preview of a spec: with LibreOffice, without it, and with one that fails or hangs."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest

from tests.engines.office import soffice
from tests.support import bad_specs
from tests.support.cli import run, run_json
from tests.support.paths import TINY
from workbook import libreoffice as office
from workbook.findings import Refused
from workbook.libreoffice import find_office, to_pdf

HERE = Path(__file__).parent
BASE = "tiny-2030_预览"


def program(folder: Path, script: str, name: str = "soffice") -> Path:
    """A made-up program."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def no_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A PATH with nothing but what the test puts there, and the basic tools of the system's shell."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.mark.libreoffice
def test_workbook_pdf_and_pictures(tmp_path: Path) -> None:
    soffice()
    stale = tmp_path / f"{BASE}-99.png"
    stale.write_bytes(b"of an earlier preview")
    made = run_json("preview", TINY, "-o", tmp_path)
    assert (made["rubric"], made["findings"]) == ("tiny-2030", [])
    assert zipfile.is_zipfile(made["workbook"])
    assert Path(made["pdf"]).read_bytes().startswith(b"%PDF")
    assert len(made["pictures"]) > 2
    assert all(Path(picture).read_bytes().startswith(b"\x89PNG") for picture in made["pictures"])
    assert not stale.exists()
    written = {made["workbook"], made["pdf"], *made["pictures"]}
    assert {str(path) for path in tmp_path.iterdir()} == written


def test_without_libreoffice_the_workbook_is_written(no_programs: Path, tmp_path: Path) -> None:
    result = run("preview", TINY, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert "没有找到 LibreOffice" in result.stderr
    assert "libreoffice.org" in result.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{BASE}.xlsx"]
    made = run_json("preview", TINY, "-o", tmp_path / "out")
    assert [one["code"] for one in made["findings"]] == ["OFFICE_MISSING"]
    assert (made["pdf"], made["pictures"]) == (None, [])


def test_without_pdftoppm_there_is_a_pdf(no_programs: Path, tmp_path: Path) -> None:
    program(no_programs, 'for last; do folder="${last%/*}"; done; printf %%PDF > "$folder/book.pdf"')
    made = run_json("preview", TINY, "-o", tmp_path / "out")
    assert [one["code"] for one in made["findings"]] == ["PDFTOPPM_MISSING"]
    assert Path(made["pdf"]).read_bytes() == b"%PDF"


@pytest.mark.parametrize(
    ("script", "words"), [("exit 3", "退出状态 3"), ("exit 0", "没有生成文件")], ids=["status", "nothing"]
)
def test_an_office_that_fails_is_told(script: str, words: str, no_programs: Path, tmp_path: Path) -> None:
    program(no_programs, script)
    made = run_json("preview", TINY, "-o", tmp_path / "out")
    [finding] = made["findings"]
    assert (finding["code"], finding["severity"]) == ("OFFICE_FAILED", "warning")
    assert words in finding["message"]
    assert zipfile.is_zipfile(made["workbook"])


def test_an_office_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    child = tmp_path / "child"
    hanging = program(tmp_path, f"sleep 60 & echo $! > {child}; wait")
    start = time.monotonic()
    with pytest.raises(Refused) as refused:
        to_pdf(hanging, b"", timeout=1)
    assert time.monotonic() - start < 20
    assert [one.code for one in refused.value.findings] == ["OFFICE_FAILED"]
    for _ in range(50):
        state = Path(f"/proc/{child.read_text().strip()}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            break
        time.sleep(0.1)
    else:
        pytest.fail("the child still runs")


def test_a_file_that_is_no_program_is_told(tmp_path: Path) -> None:
    (tmp_path / "soffice").write_bytes(b"")
    with pytest.raises(Refused):
        to_pdf(tmp_path / "soffice", b"")


def test_libreoffice_is_found_in_program_files(
    no_programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "_MAC", tmp_path / "none")
    assert find_office() is None
    for name in ("LibreOffice 24", "LibreOffice"):
        folder = tmp_path / "Program Files" / name / "program"
        folder.mkdir(parents=True)
        (folder / "soffice.exe").write_bytes(b"MZ")
    monkeypatch.setenv("ProgramFiles", str(tmp_path / "Program Files"))
    found = find_office()
    assert found is not None
    assert found.name == "soffice.exe"


def test_a_spec_with_errors_makes_nothing(tmp_path: Path) -> None:
    bad = bad_specs.write("bands_gap", tmp_path)
    result = run_json("preview", bad, "-o", tmp_path / "out", status=2)
    assert [(one["code"], one["line"]) for one in result["findings"]] == [("SPEC_BANDS_GAP", 59)]
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"a file")
    result = run_json("preview", TINY, "-o", tmp_path / "out" / "x", status=2)
    assert [one["code"] for one in result["findings"]] == ["FILE_UNWRITABLE"]
    assert (tmp_path / "out").read_bytes() == b"a file"
