"""The README's pictures, from the published Yantian evaluation: ``python3 dev.py pictures``.

LibreOffice makes the PDF, poppler the pictures. Needs the Debian packages libreoffice-calc, poppler-utils,
fonts-noto-cjk and fonts-crosextra-carlito (the metrics of Calibri, by which column widths are reckoned).
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from tests.engines.office import soffice
from workbook.api import new_workbook
from workbook.evaluations.published import load_case
from workbook.libreoffice import to_pdf
from workbook.load.builtin import published_path

PICTURES = {"entry": "数据填报", "annex": "评分表", "summary": "得分汇总"}
"""Picture → the sheet whose first page it shows."""

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"


def main() -> None:
    case = load_case(published_path("yantian-2023"))
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = new_workbook(case.rubric, inputs=case.data.inputs)
        (folder / "book.pdf").write_bytes(to_pdf(Path(soffice()), book))
        pages = run("pdftotext", "-layout", folder / "book.pdf", "-").split("\f")
        for picture, sheet in PICTURES.items():
            page = next(number for number, text in enumerate(pages, 1) if heading(text).endswith(sheet))
            target = FOLDER / picture
            run(
                "pdftoppm", "-r", "110", "-png", "-singlefile", "-f", str(page), "-l", str(page),
                folder / "book.pdf", target,
            )  # fmt: skip
            print(target.with_suffix(".png"))


def heading(page: str) -> str:
    """A page's header line, which ends in the sheet's title."""
    return next((line.rstrip() for line in page.splitlines() if line.strip()), "")


def run(*command: str | Path) -> str:
    return subprocess.run(
        [str(part) for part in command], check=True, capture_output=True, encoding="utf-8"
    ).stdout


if __name__ == "__main__":
    main()
