"""Every workbook that is written is valid as Excel judges it: schemas, relationships, references.

The judge is ``openxml-audit``, which knows nothing of ours; ``test_package`` has our own checks, which see
other faults.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from tests.support import returned
from tests.support.cli import run_json
from tests.support.outcomes import YANTIAN, entry, filled, inbox
from tests.support.paths import ROOT, SPECS
from tests.support.returned import ENTRY, RUBRICS, issued, verified
from workbook.api import new_workbook
from workbook.evaluations.published import published_cases
from workbook.load.builtin import builtin_ids
from workbook.load.rubric import load_rubric
from workbook.reports.copies import annotated_copy
from workbook.reports.record import record_workbook
from workbook.reports.report_book import report_book
from workbook.verifier.inbox import Inbox

FORMATS = (FileFormat.OFFICE_2010, FileFormat.MICROSOFT_365)
OWN = [
    *sorted((ROOT / "rubric_specs" / "examples").glob("*.yaml")),
    *(SPECS / f"{name}.yaml" for name in ("composed", "every_rule", "open_points")),
]


def copy(name: str) -> bytes:
    made = annotated_copy(entry(name))
    assert made is not None
    return made.data


MADE: dict[str, Callable[[], bytes]] = {
    **{f"{one} blank": lambda one=one: new_workbook(load_rubric(one)) for one in builtin_ids()},
    **{f"{one.stem} blank": lambda one=one: new_workbook(load_rubric(one)) for one in OWN},
    **{
        f"{one.id} filled": lambda one=one: new_workbook(one.rubric, inputs=one.data.inputs)
        for one in published_cases()
    },
    **{f"{one} filled without a contradiction": lambda one=one: issued(one).filled for one in RUBRICS},
    "for a department": lambda: filled(YANTIAN, "<区>&“卫生”健康局"),
    "copy with wrong inputs": lambda: copy("=wrong.xlsx"),
    "copy with a changed formula": lambda: copy("改公式.xlsx"),
    "copy of the published": lambda: copy("公布_盐田.xlsx"),
    "table of reports": lambda: report_book(inbox()),
    "table of no report": lambda: report_book(Inbox()),
    "record": lambda: record_workbook(verified(filled(YANTIAN, "区教育局")), "0" * 64),
}  # fmt: skip
"""Kinds of workbooks that functions make; commands make the others, below."""


def problems(path: Path, wanted: FileFormat) -> list[str]:
    found = OpenXmlValidator(file_format=wanted).validate(path).errors
    return [f"{one.part_uri}: {one.description}" for one in found]


@pytest.mark.parametrize("wanted", FORMATS, ids=lambda one: one.value)
@pytest.mark.parametrize("name", MADE)
def test_valid(name: str, wanted: FileFormat, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(MADE[name]())
    assert problems(path, wanted) == []


def test_what_commands_write_is_valid(tmp_path: Path) -> None:
    """The report on what migrates, last year's figures under another rubric, two rubrics compared."""
    old, new, report, changes = (tmp_path / f"{one}.xlsx" for one in ("old", "new", "report", "changes"))
    old.write_bytes(issued(RUBRICS[0]).filled)
    run_json("migrate", old, "--to", RUBRICS[1], "-o", new, "--report", report)
    run_json("diff", *RUBRICS, "-o", changes)
    for path in (new, report, changes):
        for wanted in FORMATS:
            assert problems(path, wanted) == [], path.name


@pytest.mark.parametrize("wanted", FORMATS, ids=lambda one: one.value)
@pytest.mark.parametrize(
    ("pattern", "new"),
    [
        ("<sheetData>", "<nonsense/><sheetData>"),
        (r"(<sheetData>.*</sheetData>)(.*?)(<pageMargins[^>]*/>)", r"\3\1\2"),
        (r'(<c [^>]*t="s"[^>]*><v>)\d+', r"\g<1>999999"),
        (r'orientation="\w+"', 'orientation="sideways"'),
    ],
    ids=["unknown element", "another order", "text that is none", "unknown word"],
)
def test_what_is_not_valid_is_found(pattern: str, new: str, wanted: FileFormat, tmp_path: Path) -> None:
    data = issued(RUBRICS[0]).blank
    path = tmp_path / "book.xlsx"
    path.write_bytes(returned.in_part(data, returned.sheet_part(data, ENTRY), f"(?s){pattern}", new))
    assert problems(path, wanted)
