"""Returned workbooks for the tests: the published evaluations as filled workbooks, and ways to alter them.

Raw edits change one cell or part inside the zip and keep all else, saved values included; edits by openpyxl
drop the saved values, as every program does that does not calculate.
"""

from __future__ import annotations

import functools
import io
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from tests.engines.office import soffice
from tests.support.clean import clean
from tests.support.zips import zipped
from workbook.api import new_workbook
from workbook.evaluations.published import load_case
from workbook.findings import Severity
from workbook.layout.names import Place
from workbook.load.builtin import published_path
from workbook.load.rubric import load_rubric
from workbook.returned.registry import Registry
from workbook.rubric.fields import Field, FieldKind
from workbook.rubric.keys import Key, Sort, key_of
from workbook.rubric.model import Rubric
from workbook.template.draw import draw
from workbook.template.model import Template
from workbook.verifier.verification import Verification
from workbook.verifier.verify import verify_batch, verify_file

RUBRICS = ("yantian-2023", "dapeng-2024")
"""The rubrics with a complete published evaluation, to fill workbooks with."""

ENTRY, SCORING, SUMMARY, IDENTITY = "数据填报", "评分表", "得分汇总", "标识"
_REGISTRY = Registry()


@dataclass(frozen=True)
class Issued:
    """A rubric's workbook as issued: blank, filled without any contradiction, and filled as published."""

    rubric: Rubric
    template: Template
    filled: bytes
    published: bytes
    blank: bytes

    def __getitem__(self, key: Key | str) -> Place:
        """The cell of an input or a quantity; its key may be written."""
        return self.template.place(key_of(key) if isinstance(key, str) else key)

    def field(self, kind: FieldKind, number: int = 0) -> Field:
        """The ``number``-th field of a kind on the sheet of data."""
        return [one for one in self.rubric.fields if one.kind is kind and not one.cover][number]

    def formula_with(self, part: str) -> Place:
        """The first item whose formula contains ``part``."""
        keys = self.template.quantities
        return next(keys[key] for key in keys if key.sort is Sort.ITEM and part in self.template.formula(key))


@functools.cache
def issued(rubric_id: str) -> Issued:
    """The workbook of a rubric and its published evaluation."""
    rubric = load_rubric(rubric_id)
    inputs = load_case(published_path(rubric_id)).data.inputs
    return Issued(
        rubric,
        draw(rubric)[1],
        filled=new_workbook(rubric, inputs=clean(rubric_id)),
        published=new_workbook(rubric, inputs=inputs),
        blank=new_workbook(rubric),
    )


def verified(data: bytes, *, quick: bool = False) -> Verification:
    """The report on a workbook's bytes; ``quick`` without the third engine."""
    return verify_batch([("测试.xlsx", data)], _REGISTRY, quick=quick)[0]


def verified_file(path: Path) -> Verification:
    """The report on a file, which must not change by it."""
    before = path.read_bytes()
    report = verify_file(path, _REGISTRY)
    assert path.read_bytes() == before
    return report


def places(report: Verification, code: str) -> list[Place]:
    """Where a code was found; findings without a cell are left out."""
    return [Place(f.sheet, f.cell) for f in report.findings if f.code == code and f.sheet and f.cell]


def codes(report: Verification, least: Severity = Severity.NOTE) -> set[str]:
    """The codes of a report, of a severity or worse."""
    order = list(Severity)
    return {f.code for f in report.findings if order.index(f.severity) <= order.index(least)}


# edits by openpyxl


def by_openpyxl(data: bytes, change: Callable[[Workbook], object] = lambda book: None) -> bytes:
    """Load, change and save with openpyxl; the saved values are lost."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


# raw edits inside the zip


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of the zip by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(content: Mapping[str, bytes]) -> bytes:
    """A zip of these parts."""
    return zipped(content)


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The zip with a part added or replaced."""
    return packed({**parts(data), name: content})


def in_part(data: bytes, name: str, pattern: str, new: str, *, count: int = 1) -> bytes:
    """The zip with the first match of a regular expression in a part replaced; there must be one."""
    content = parts(data)
    text, changed = re.subn(pattern, lambda match: match.expand(new), content[name].decode(), count=count)
    assert changed, f"{pattern} is not in {name}"
    content[name] = text.encode()
    return packed(content)


def sheet_part(data: bytes, title: str) -> str:
    """The part that holds a sheet, in a file of XlsxWriter."""
    titles = re.findall(r'<sheet name="([^"]+)"', parts(data)["xl/workbook.xml"].decode())
    return f"xl/worksheets/sheet{titles.index(title) + 1}.xml"


def number(value: object) -> tuple[str, str]:
    """A cell's content: a number as written."""
    return "n", f"<v>{value}</v>"


def text(value: str) -> tuple[str, str]:
    """A cell's content: a text."""
    return "inlineStr", f'<is><t xml:space="preserve">{escape(value)}</t></is>'


def error(value: str = "#DIV/0!") -> tuple[str, str]:
    """A cell's content: an error value."""
    return "e", f"<v>{value}</v>"


def boolean(value: bool) -> tuple[str, str]:
    """A cell's content: TRUE or FALSE."""
    return "b", f"<v>{int(value)}</v>"


def formula(source: str, cached: object = None) -> tuple[str, str]:
    """A cell's content: a formula, with or without ``=``, and its saved value."""
    value = "" if cached is None else f"<v>{escape(str(cached))}</v>"
    return "str" if isinstance(cached, str) else "n", f"<f>{escape(source.removeprefix('='))}</f>{value}"


EMPTY = ("n", "")


def with_cell(data: bytes, place: Place, content: tuple[str, str]) -> bytes:
    """The zip with another content in a cell that exists; its style and all other cells stay."""
    kind, inner = content
    part = sheet_part(data, place.sheet)
    old = rf'<c r="{place.cell}"((?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)'
    escaped = inner.replace("\\", "\\\\")
    return in_part(data, part, old, rf'<c r="{place.cell}"\1 t="{kind}">{escaped}</c>')


def with_cells(data: bytes, cells: Mapping[Place, tuple[str, str]]) -> bytes:
    """Several cells at once."""
    for place, content in cells.items():
        data = with_cell(data, place, content)
    return data


def in_formula(data: bytes, place: Place, old: str, new: str) -> bytes:
    """The zip with a part of a cell's formula replaced; the saved value stays."""
    pattern = rf'(<c r="{place.cell}"[^>]*><f>[^<]*?){re.escape(escape(old, quote=False))}'
    new = escape(new, quote=False).replace("\\", "\\\\")
    return in_part(data, sheet_part(data, place.sheet), pattern, rf"\g<1>{new}")


def with_cache(data: bytes, place: Place, value: str) -> bytes:
    """The zip with another saved value of a formula."""
    pattern = rf'(<c r="{place.cell}"[^>]*><f>[^<]*</f>)<v>[^<]*</v>'
    return in_part(data, sheet_part(data, place.sheet), pattern, rf"\g<1><v>{value}</v>")


# LibreOffice


_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>{mode}</value></prop></item></oor:items>
"""


XLSX, ODS = "xlsx:Calc MS Excel 2007 XML", "ods"


def by_libreoffice(
    files: Mapping[str, bytes], *, recalculate: bool = False, form: str = XLSX
) -> dict[str, bytes]:
    """Open these files and save them in a form, in one start of LibreOffice, with a profile of its own.

    The result has the names of the files, with the ending of the form.
    """
    program = soffice()
    with tempfile.TemporaryDirectory() as folder:
        profile, source, target = (Path(folder) / name for name in ("profile", "in", "out"))
        for path in (profile / "user", source, target):
            path.mkdir(parents=True)
        settings = profile / "user" / "registrymodifications.xcu"
        settings.write_text(_PROFILE.format(mode=0 if recalculate else 1), encoding="utf-8")
        for name, data in files.items():
            (source / name).write_bytes(data)
        subprocess.run(
            [
                program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
                "--convert-to", form, "--outdir", str(target),
                *(str(source / name) for name in files),
            ],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        ending = f".{form.partition(':')[0]}"
        saved = [Path(name).with_suffix(ending).name for name in files]
        return {name: (target / name).read_bytes() for name in saved}
