"""LibreOffice, where there is one: a workbook as PDF, and its pages as pictures with poppler's pdftoppm."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from workbook.findings import Refused, found

_LONGEST = 180.0
"""Seconds for one conversion; the first start makes a profile."""

_WINDOWS_FOLDERS = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")
_MAC = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
_DOTS_PER_INCH = 96


def find_office() -> Path | None:
    """The program: on the PATH, else where it is usually installed; None where there is none."""
    for name in ("soffice", "soffice.com", "soffice.exe", "libreoffice"):
        program = shutil.which(name)
        if program is not None:
            return Path(program)
    return next((place for place in _usual_places() if place.is_file()), None)


def _usual_places() -> Iterator[Path]:
    for folder in _WINDOWS_FOLDERS:
        if os.environ.get(folder):
            for office in sorted(Path(os.environ[folder]).glob("LibreOffice*"), reverse=True):
                yield office / "program" / "soffice.com"
                yield office / "program" / "soffice.exe"
    yield _MAC


def find_pdftoppm() -> Path | None:
    """The program that makes pictures of a PDF's pages, or None."""
    program = shutil.which("pdftoppm")
    return None if program is None else Path(program)


def to_pdf(office: Path, workbook: bytes, *, timeout: float = _LONGEST) -> bytes:
    """An .xlsx file as PDF, with a profile of its own. Raises Refused when there is none in time."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "book.xlsx").write_bytes(workbook)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        _run(
            [office, profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", folder,
             folder / "book.xlsx"],
            timeout,
        )  # fmt: skip
        pdf = folder / "book.pdf"
        if not pdf.is_file():
            raise Refused([found("OFFICE_FAILED", program=office.name, reason="没有生成文件")])
        return pdf.read_bytes()


def to_pictures(pdftoppm: Path, pdf: bytes, *, timeout: float = _LONGEST) -> list[bytes]:
    """The pages of a PDF as PNG files, in order. Raises Refused when that fails."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "book.pdf").write_bytes(pdf)
        _run([pdftoppm, "-r", str(_DOTS_PER_INCH), "-png", folder / "book.pdf", folder / "page"], timeout)
        # pdftoppm pads the numbers to one length
        return [page.read_bytes() for page in sorted(folder.glob("page-*.png"))]


def _run(command: Sequence[str | Path], timeout: float) -> None:
    """Run a program to its end; its children end with it after the time limit. Raises Refused on failure."""
    program = Path(command[0]).name
    try:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused([found("OFFICE_FAILED", program=program, reason=reason)]) from error
    try:
        status = process.wait(timeout)
    except subprocess.TimeoutExpired as error:
        reason = f"{timeout:g} 秒内没有完成"
        raise Refused([found("OFFICE_FAILED", program=program, reason=reason)]) from error
    finally:
        if process.poll() is None:
            _end(process)
    if status:
        raise Refused([found("OFFICE_FAILED", program=program, reason=f"退出状态 {status}")])


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and what it has started: soffice is a launcher of another process."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
