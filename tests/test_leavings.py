"""The catalogue of what honest programs leave behind: all of it passes, with notes at most."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import leavings
from tests.leavings.kit import BOOK, ENTRIES, STYLES, Leaving, Package, numbered
from tests.support import returned
from tests.support.returned import ENTRY, ODS, RUBRICS, issued, verified
from workbook.findings import Severity
from workbook.rubric.fields import FieldKind
from workbook.verifier.integrity.formats import plain, shape_of
from workbook.verifier.third_engine import installed
from workbook.verifier.verification import Verdict, Verification

assert leavings.__all__
LEAST = 200
_CASES = [(entry, RUBRICS[number % len(RUBRICS)]) for number, entry in enumerate(ENTRIES)]
"""Each entry with one of the rubrics in turn: all with each would take twice as long."""


def passes(report: Verification, *warnings: str) -> None:
    """It passes, with these warnings and no others."""
    found = [(f.code, f.sheet, f.cell, f.message) for f in report.findings if f.severity is not Severity.NOTE]
    assert report.verdict is Verdict.PASS, found[:5]
    assert {code for code, *_ in found} == set(warnings), found[:5]


@pytest.mark.parametrize(
    ("entry", "rubric_id"), _CASES, ids=[f"{entry.program}: {entry.name}" for entry, _ in _CASES]
)
def test_passes(entry: Leaving, rubric_id: str) -> None:
    data = entry.apply(issued(rubric_id))
    assert data != issued(rubric_id).filled
    passes(verified(data, quick=True), *entry.warnings)


REWRITTEN = (
    "blank rows", "strict file", "a prefix on every element", "every text", "sizes after the parts",
    "backslashes", "one folder for all", "marks of the order of bytes", "cells and rows without their places",
    "no theme at all", "seventeen digits", "loaded and saved, and", "long columns", "shared formulas, no",
)  # fmt: skip
"""Parts of the names of leavings over which another reader could stumble."""


@pytest.mark.skipif(not installed(), reason="the third engine is not installed")
@pytest.mark.parametrize(
    ("entry", "rubric_id"),
    [case for case in _CASES if any(part in case[0].name for part in REWRITTEN)],
    ids=lambda one: one.title if isinstance(one, Leaving) else None,
)
def test_passes_with_the_third_engine(entry: Leaving, rubric_id: str) -> None:
    report = verified(entry.apply(issued(rubric_id)))
    passes(report, *entry.warnings)
    assert not {code for code in returned.codes(report) if code.startswith("THIRD_ENGINE")}


def test_the_catalogue_is_large_enough() -> None:
    assert len({(entry.program, entry.name) for entry in ENTRIES}) == len(ENTRIES) >= LEAST
    assert len({entry.program for entry in ENTRIES}) >= 30


@pytest.mark.libreoffice
def test_saved_by_libreoffice() -> None:
    """As it is, by way of an .ods file, and from a file without saved values."""
    files = {f"{rubric_id}.xlsx": issued(rubric_id).filled for rubric_id in RUBRICS}
    files |= {f"unsaved-{name}": returned.by_openpyxl(data) for name, data in files.items()}
    for data in returned.by_libreoffice(files).values():
        passes(verified(data))
    sheets = returned.by_libreoffice(files, form=ODS)
    assert set(sheets) == {name.replace(".xlsx", ".ods") for name in files}
    for data in returned.by_libreoffice(sheets).values():
        passes(verified(data))


# ---- where honest ends: the nearest thing to a leaving that does not pass ---------------------------


def refused(change: Callable[[Package], object], rubric_id: str = RUBRICS[0]) -> dict[str, Severity]:
    """The codes that a change gets."""
    book = Package(issued(rubric_id))
    data = change(book)
    report = verified(data if isinstance(data, bytes) else book.bytes())
    assert report.verdict in {Verdict.FAIL, Verdict.UNREADABLE}
    return {f.code: f.severity for f in report.findings}


def test_joined_rules_stay_on_their_cells() -> None:
    """Rules that were issued apart may be joined, and not reach one cell further."""

    def joined(book: Package) -> None:
        part = book.sheet("基础明细")
        book.edit(part, 'sqref="C5:C8"', 'sqref="C5:C9 E13:E17"')

    assert refused(joined)["HIGHLIGHT_CHANGED"] is Severity.ERROR


@pytest.mark.parametrize(
    "font", ['<sz val="1"/>', '<sz val="40"/>', '<name val="Wingdings"/>', '<charset val="2"/>']
)
def test_fonts_of_conditional_formats(font: str) -> None:
    def changed(book: Package) -> None:
        book.edit(STYLES, "<dxf><font><b/>", f"<dxf><font>{font}<b/>")

    assert refused(changed)["HIGHLIGHT_CHANGED"] is Severity.ERROR


def test_a_hiding_format_stays_where_it_was_issued() -> None:
    """No text, written as empty quotes, is the issued format only on the issued rule."""

    def hidden(book: Package) -> None:
        book.edit(
            STYLES, "<dxf><font><b/>", '<dxf><numFmt numFmtId="400" formatCode="&quot;&quot;"/><font><b/>'
        )
        book.edit(STYLES, r"(<dxf>)(<numFmt [^>]*/>)(<font>.*?</font>)", r"\1\3\2")

    assert refused(hidden)["HIGHLIGHT_CHANGED"] is Severity.ERROR


def test_backslashes_beside_slashes() -> None:
    """A part under a backslash among others is there for some programs only."""

    def mixed(book: Package) -> None:
        book.parts["xl\\styles.xml"] = book.parts.pop(STYLES)

    assert "ZIP_PATH" in refused(mixed)


def test_lost_links_are_a_note_and_others_an_error() -> None:
    book = Package(issued(RUBRICS[0]))
    book.every("<hyperlinks>.*?</hyperlinks>", "")
    assert "LINK_LOST" in returned.codes(verified(book.bytes()))
    moved = refused(
        lambda book: book.every(r'<hyperlink ref="\w+" location="', '<hyperlink ref="A9" location="')
    )
    assert moved["LINK_CHANGED"] is Severity.ERROR


def test_a_dash_for_zero_is_for_inputs() -> None:
    def results(book: Package) -> None:
        book.restyle(book.case["total"], numbered(43))

    assert refused(results)["CELL_CHANGED"] is Severity.ERROR


def test_extensions_of_the_workbook_are_known_by_their_whole_address() -> None:
    def other(book: Package) -> None:
        extension = '<extLst><ext uri="GoogleSheetsCustomDataVersion9"/></extLst></workbook>'
        book.edit(BOOK, "</workbook>", extension)

    assert "MARKUP_UNKNOWN" in refused(other)


@pytest.mark.parametrize(
    ("style", "number"),
    [
        ('_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', True),
        ("[$-804]#,##0.00;-#,##0.00", True),
        ("[$-1E000804]0.00", False),
        ("[$-407]#,##0.00", False),
        ("0.00*0", False),
        ('0.00;"-";0.00', False),
        ('0.00;-0.00;"-"0', False),
    ],
)
def test_what_formats_show_of_a_number(style: str, *, number: bool) -> None:
    assert (shape_of(style).sort.name == "NUMBER") is number


def test_empty_quotes_show_nothing() -> None:
    assert plain('"";"";"";""') == plain(";;;")
    assert plain('\\""x"') != plain('\\"x')
    assert plain('0.00"5"') != plain("0.00")


def test_the_first_money_field_is_on_the_sheet_of_data() -> None:
    """What the modules about inputs rest on."""
    for rubric_id in RUBRICS:
        assert Package(issued(rubric_id)).place(FieldKind.MONEY).sheet == ENTRY
