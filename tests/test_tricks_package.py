"""What was read before changes nothing, whatever the order of files; honest variants of tricks pass."""

from __future__ import annotations

import functools
import io
import random
import re
import zipfile
from collections.abc import Callable

import pytest

from tests.support import returned
from tests.support.readings import reading
from tests.support.returned import RUBRICS, SCORING, Issued, codes, issued, parts, sheet_part, verified
from tests.tricks import markup, package
from tests.tricks.kit import Trick
from workbook.verifier import verify
from workbook.verifier.registry import Registry
from workbook.verifier.verdict import Report, Verdict
from workbook.xlsx_reader import read
from workbook.xlsx_reader.memory import Memory

TRICKS: dict[str, Trick] = {one.name: one for one in (*package.TRICKS, *markup.TRICKS)}


def _case(number: int) -> Issued:
    """Every other trick is played on the other rubric, where it can be."""
    return issued(RUBRICS[number % len(RUBRICS)])


@functools.cache
def _file(name: str) -> bytes:
    number = list(TRICKS).index(name)
    # tricks with markup name cells of the first rubric
    return TRICKS[name].change(_case(number if number < len(package.TRICKS) else 0))


def test_the_catalogue_is_large_and_its_names_are_unique() -> None:
    assert len(TRICKS) == len(package.TRICKS) + len(markup.TRICKS) >= 110


def _said(report: Report) -> tuple[Verdict, frozenset[str]]:
    return report.verdict, frozenset(codes(report))


def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing read before, from here on."""
    memory = Memory()
    monkeypatch.setattr(verify, "read_workbook", functools.partial(read.read_workbook, memory=memory))


def test_what_was_read_before_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between honest files, whose rows and sheets are then known, each is read as it is alone, and they too.

    Some are verified both ways.
    """
    clean = {f"clean {one}": issued(one).filled for one in RUBRICS}
    alone = {name: reading(data, Memory()) for name, data in clean.items()}
    names, memory = list(TRICKS), Memory()
    random.Random(20).shuffle(names)
    for name in names:
        for honest, data in clean.items():
            assert reading(data, memory) == alone[honest], name
        assert reading(_file(name), memory) == reading(_file(name), Memory()), name
    registry = Registry()
    monkeypatch.setattr(verify, "read_workbook", functools.partial(read.read_workbook, memory=memory))
    some = [*clean.items(), *((name, _file(name)) for name in names[:40]), *clean.items()]
    together = [_said(one) for one in verify.verify_batch(some, registry, quick=True)]
    for file, said in zip(some, together, strict=True):
        _fresh(monkeypatch)
        assert _said(verify.verify_batch([file], registry, quick=True)[0]) == said, file[0]
        assert (said[0] is Verdict.PASS) == (file[0] in clean)


# ---- honest variants -----------------------------------------------------------------------------------


class _Pipe(io.BytesIO):
    """A stream that cannot go back: zipfile then writes sizes behind the data."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: object) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation


def _zipped(case: Issued, method: int, stream: io.BytesIO) -> bytes:
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, part in parts(case.filled).items():
            archive.writestr(name, part)
    return stream.getvalue()


def _with_folders(case: Issued) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in ("xl/", "xl/worksheets/", "docProps/"):
            archive.writestr(zipfile.ZipInfo(folder), b"")
        for name, part in parts(case.filled).items():
            archive.writestr(name, part)
        archive.comment = b"a comment of the archive"
    return stream.getvalue()


def _reversed(case: Issued) -> bytes:
    return returned.packed(dict(reversed(parts(case.filled).items())))


def _in_sheet(pattern: str, new: str) -> Callable[[Issued], bytes]:
    def change(case: Issued) -> bytes:
        return returned.in_part(case.filled, sheet_part(case.filled, SCORING), pattern, new)

    return change


def _prefixed(case: Issued) -> bytes:
    """Every element of a sheet by a prefix, as some libraries write."""
    content = parts(case.filled)
    name = sheet_part(case.filled, SCORING)
    text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1m:", content[name].decode())
    content[name] = text.replace("xmlns=", "xmlns:m=", 1).encode()
    return returned.packed(content)


HONEST: dict[str, Callable[[Issued], bytes]] = {
    "sizes behind the data": lambda case: _zipped(case, zipfile.ZIP_DEFLATED, _Pipe()),
    "stored": lambda case: _zipped(case, zipfile.ZIP_STORED, io.BytesIO()),
    "folders and a comment of the archive": _with_folders,
    "parts in another order": _reversed,
    "comment beside a cell": _in_sheet(r'<c r="G4"', '<!-- a comment --><c r="G4"'),
    "blanks between elements": _in_sheet("(?s)<sheetData>.*</sheetData>", "\\g<0>\r\n\t "),
    "elements by a prefix": _prefixed,
    "number with a sign": _in_sheet("<v>5</v>", "<v>+5.0E0</v>"),
    "truth as a word": _in_sheet('customHeight="1"', 'customHeight="true"'),
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_variants_pass(name: str) -> None:
    case = issued(RUBRICS[0])
    data = HONEST[name](case)
    assert data != case.filled
    report = verified(data)
    assert report.verdict is Verdict.PASS, [(one.code, one.sheet, one.cell) for one in report.findings]
