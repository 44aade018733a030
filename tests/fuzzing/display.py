"""What LibreOffice shows of workbooks: the cells as text, and the pages; many files in one start.

The cells are exported as shown, so number formats and those of conditions are applied; the pages are printed,
and each word on them must stand out from what is behind it.
"""

from __future__ import annotations

import csv
import io
import re
import subprocess
import tempfile
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import numpy as np
from openpyxl.utils import coordinate_to_tuple

from tests.engines.office import soffice
from workbook.returned.issued import Content, Issued
from workbook.template.model import Template

_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
"""Comma, quotes, UTF-8, from line 1, each cell as shown, every sheet a file of its own."""
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{mode}</value></prop></item>
</oor:items>
"""
_OF_FORMATS = ",.0"
"""Signs that a number has in one format and not in another; the cells as shown are compared as numbers."""
_LEAST_INK = 25
"""Shades of 255 between a word and what is behind it."""
_POINTS = 50
"""Dots per inch at which pages are looked at."""


@dataclass
class Shown:
    """Cells of each sheet as text, the words of the pages, and words that no eye can tell from the ground."""

    cells: dict[str, list[list[str]]]
    words: Counter[str]
    faint: list[str]

    def cell(self, sheet: str, ref: str) -> str:
        """What a cell shows."""
        row, column = coordinate_to_tuple(ref)
        rows = self.cells.get(sheet, [])
        return rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else ""


def show(files: Mapping[str, bytes], *, pages: bool, recalculate: bool = False) -> dict[str, Shown | None]:
    """What LibreOffice shows of these files, by name; None for one that it does not open."""
    program = soffice()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(
            _SETTINGS.format(mode=0 if recalculate else 1), encoding="utf-8"
        )
        source = folder / "in"
        source.mkdir()
        for key, data in files.items():
            (source / f"{key}.xlsx").write_bytes(data)
        for kind in (_CSV, "pdf") if pages else (_CSV,):
            command = [
                program,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                "--norestore",
            ]
            command += [
                "--convert-to",
                kind,
                "--outdir",
                str(folder / "out"),
                *(str(source / f"{key}.xlsx") for key in files),
            ]
            subprocess.run(command, check=False, capture_output=True, timeout=60 + 20 * len(files))
        return {key: _shown(folder / "out", key, data, pages=pages) for key, data in files.items()}


def _shown(folder: Path, key: str, data: bytes, *, pages: bool) -> Shown | None:
    cells = {}
    for path in folder.glob(f"{key}-*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells[path.stem.removeprefix(f"{key}-")] = list(csv.reader(file))
    if not cells:
        return None
    printed = folder / f"{key}.pdf"
    if not pages:
        return Shown(cells, Counter(), [])
    if not printed.exists():
        return None
    words, faint = _pages(printed)
    return Shown(cells, words, faint)


_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


def _pages(path: Path) -> tuple[Counter[str], list[str]]:
    """The letters on the pages, and the words that no eye can see."""
    told = subprocess.run(
        ["pdftotext", "-bbox", str(path), "-"], check=True, capture_output=True, text=True
    ).stdout
    drawn = subprocess.run(
        ["pdftoppm", "-gray", "-r", str(_POINTS), str(path), str(path.with_suffix(""))],
        check=True,
        capture_output=True,
    )
    assert drawn.returncode == 0
    images = [_image(one) for one in sorted(path.parent.glob(f"{path.stem}-*.pgm"))]
    letters: Counter[str] = Counter()
    faint = []
    for page, text in zip(images, told.split("<page ")[1:], strict=False):
        for match in _WORD.finditer(text):
            left, top, right, bottom = (float(match[number]) * _POINTS / 72 for number in range(1, 5))
            letters.update(match[5])
            piece = page[max(int(top), 0) : int(bottom) + 1, max(int(left), 0) : int(right) + 1]
            if piece.size == 0 or int(piece.max()) - int(piece.min()) < _LEAST_INK:
                faint.append(match[5])
    return letters, faint


def _image(path: Path) -> np.ndarray:
    """The shades of a picture of a page."""
    data = path.read_bytes()
    match = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
    assert match is not None
    width, height = int(match[1]), int(match[2])
    return np.frombuffer(data, np.uint8, width * height, match.end()).reshape(height, width)


def without_paper(data: bytes) -> bytes:
    """A file without headers, repeated rows, print areas and breaks, which decide what pages repeat."""
    source = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(source, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if re.fullmatch(r"xl/.*\.xml", name):
                part = re.sub(
                    rb"(?s)<((?:\w+:)?(?:headerFooter|rowBreaks|colBreaks))\b[^>]*(?:/>|>.*?</\1>)", b"", part
                )
                part = re.sub(rb"(?si)<((?:\w+:)?definedName)\b[^>]*_xlnm\.Print_[^>]*>[^<]*</\1>", b"", part)
            new.writestr(name, part)
    return source.getvalue()


def differs(
    issued: Issued, mutant: Shown, expected: Shown, cells: Mapping[str, object], *, pages: bool
) -> str | None:
    """A cell that shows another thing than in the workbook made anew; None when there is none."""
    template: Template = issued.template
    for sheet in template.sheets:
        if sheet.hidden or sheet.title not in expected.cells:
            continue
        kinds = dict(zip(issued.sheets[sheet.title].refs, issued.sheets[sheet.title].kinds, strict=True))
        for ref, (content, _) in kinds.items():
            seen, meant = mutant.cell(sheet.title, ref), expected.cell(sheet.title, ref)
            if content is Content.RESULT and seen.strip() == "" and f"{sheet.title}!{ref}" in cells:
                continue  # not calculated
            if not says_the_same(seen, meant):
                return f"{sheet.title}!{ref} shows {seen!r}, not {meant!r}"
    if pages:
        missing = expected.words - mutant.words
        for sign in _OF_FORMATS:
            del missing[sign]
        if sum(missing.values()):
            return f"pages lack {dict(missing)}"[:200]
        faint = Counter(mutant.faint) - Counter(expected.faint)
        if faint:
            return f"cannot be seen: {list(faint)[:8]}"
    return None


def says_the_same(seen: str, meant: str) -> bool:
    """Whether two texts on a screen are one to a reader: blanks aside, a number with more or fewer zeros."""
    one, other = "".join(seen.split()), "".join(meant.split())
    if one == other:
        return True
    first, second = _number(one), _number(other)
    if first is not None and second is not None:
        return first == second or (
            _places(other) < _places(one) and _rounded(first, _places(other)) == second
        )
    digits = re.findall(r"\d+", one), re.findall(r"\d+", other)
    if re.search(r"\d{4}\D+\d{1,2}\D+\d{1,2}", other) and digits[0]:  # a date in another form
        return sorted(int(part) for part in digits[0]) == sorted(int(part) for part in digits[1])
    return False


def _number(text: str) -> Decimal | None:
    bare = text.replace(",", "").strip("￥¥")
    for unit in ("分", "万元", "元", "个", "人", "项"):
        bare = bare.removesuffix(unit)
    share = bare.endswith("%")
    try:
        number = Decimal(bare.removesuffix("%"))
    except InvalidOperation:
        return None
    return (number / 100 if share else number) if number.is_finite() else None


def _places(text: str) -> int:
    """Decimals that a text shows, two more in per cent."""
    return len(text.rstrip("%").partition(".")[2]) + (2 if text.endswith("%") else 0)


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")
