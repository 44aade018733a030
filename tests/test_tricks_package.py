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
from tests.support.returned import RUBRICS, SCORING, Issued, codes, issued, parts, sheet_part, verified
from tests.tricks import markup, package
from tests.tricks.kit import Trick
from workbook.returned.registry import Registry
from workbook.verifier import verify
from workbook.verifier.verification import Verdict, Verification

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


def _said(report: Verification) -> tuple[Verdict, frozenset[str]]:
    return report.verdict, frozenset(codes(report))


@pytest.mark.long
def test_what_was_read_before_changes_nothing() -> None:
    """Files in random batches, one by one and in any order: each gets the same verdict and codes.

    Refused files are cheap, so all of them take part; of the others, some.
    """
    registry = Registry()
    clean = {f"clean {one}": issued(one).filled for one in RUBRICS}
    alone: dict[str, tuple[Verdict, frozenset[str]]] = {}
    for name, data in {**clean, **{name: _file(name) for name in TRICKS}}.items():
        registry.forget()
        alone[name] = _said(verify.verify_batch([(name, data)], registry, quick=True)[0])
    assert all(alone[name][0] is Verdict.PASS for name in clean)
    chance = random.Random(20)
    names = [*TRICKS, *clean, *clean]
    chance.shuffle(names)
    registry.forget()
    for start in range(20):
        # a batch begins and ends with clean files, whose rows and sheets are then known
        batch = [*clean, *names[start::20], *clean]
        files = [(name, clean.get(name) or _file(name)) for name in batch]
        for name, report in zip(batch, verify.verify_batch(files, registry, quick=True), strict=True):
            assert _said(report) == alone[name], name


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
