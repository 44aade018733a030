"""Ways to show the officer one thing and the verifier another: each must be seen. And honest oddities."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from html import escape

import pytest

from tests.support import returned
from tests.support.clean import clean
from tests.support.paths import MAILED
from tests.support.returned import ENTRY, RUBRICS, Issued, issued, packed, parts, places, verified, with_part
from workbook.api import new_workbook
from workbook.engine import Model
from workbook.layout.names import Place
from workbook.rubric.keys import Key, Sort
from workbook.scorer.evaluate import evaluate
from workbook.scorer.quantities import quantities
from workbook.verifier.agreement import Noise, agree
from workbook.verifier.verification import Verdict

FOREIGN = (
    'xmlns:x="urn:x" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x" '
)


@pytest.fixture(params=RUBRICS)
def case(request: pytest.FixtureRequest) -> Issued:
    return issued(request.param)


def text_of(data: bytes, part: str) -> str:
    return parts(data)[part].decode()


def foreign_sheets(case: Issued) -> bytes:
    book = text_of(case.filled, "xl/workbook.xml")
    sheets = re.search(r"<sheets>.*?</sheets>", book)
    assert sheets
    doubled = sheets[0] + re.sub(r"<(/?)sheet", r"<\1x:sheet", sheets[0])
    changed = book.replace(sheets[0], doubled).replace("<workbook ", "<workbook " + FOREIGN, 1)
    return with_part(case.filled, "xl/workbook.xml", changed.encode())


def foreign_text(case: Issued) -> bytes:
    label = Place(ENTRY, case["initial_budget"].cell.replace("D", "B"))
    old = escape(case.template.sheet[ENTRY].texts[label.cell])
    inner = f'<is><t>改动了的标签</t><x:t xmlns:x="urn:x">{old}</x:t></is>'
    return returned.with_cell(case.filled, label, ("inlineStr", inner))


def nested_strings(case: Issued) -> bytes:
    strings = text_of(case.filled, "xl/sharedStrings.xml")
    items = "".join(re.findall(r"<si>.*?</si>", strings, re.S))
    head = strings[: strings.index("<si>")].replace("<sst ", "<sst " + FOREIGN, 1)
    changed = f"{head}<x:w>{items}</x:w>{items}</sst>"
    return with_part(case.filled, "xl/sharedStrings.xml", changed.encode())


def foreign_styles(case: Issued) -> bytes:
    styles = text_of(case.filled, "xl/styles.xml")
    formats = re.search(r"<cellXfs.*?</cellXfs>", styles, re.S)
    assert formats
    shadow = re.sub(r"<(/?)(cellXfs|xf|alignment|protection)\b", r"<\1x:\2", formats[0])
    changed = styles.replace(formats[0], formats[0] + shadow).replace(
        "<styleSheet ", "<styleSheet " + FOREIGN, 1
    )
    return with_part(case.filled, "xl/styles.xml", changed.encode())


@pytest.mark.parametrize("trick", [foreign_sheets, foreign_text, nested_strings, foreign_styles])
def test_elements_of_another_namespace_do_not_stand_in(case: Issued, trick) -> None:
    assert verified(trick(case)).verdict is Verdict.UNREADABLE


@pytest.mark.parametrize("number", ["4_115.36", "４１１５.３６", "0x10", "1e5_0"])
def test_a_number_is_one_for_spreadsheets_too(case: Issued, number: str) -> None:
    data = returned.with_cell(case.filled, case["initial_budget"], returned.number(number))
    assert verified(data).verdict is Verdict.UNREADABLE


def test_every_saved_value_is_compared(case: Issued) -> None:
    """No formula cell is left out; the cover's total, say, once was."""
    cells = {(sheet.title, cell) for sheet in case.template.sheets for cell in sheet.formulas}
    assert cells == {(place.sheet, place.cell) for place in case.template.quantities.values()}
    place = case["echo:total#cover"]
    report = verified(returned.with_cache(case.filled, place, "99.99"))
    assert report.verdict is Verdict.FAIL
    assert places(report, "CACHE_DIFFERS") == [place]


def test_the_first_templates_cover_is_compared_too() -> None:
    for path in (one for one in MAILED if one.stem.endswith(".t1")):
        data = path.read_bytes()
        cover = parts(data)["xl/worksheets/sheet1.xml"].decode()
        cell = re.search(r'<c r="(\w+)"[^>]*><f>总分</f>', cover)
        assert cell
        report = verified(returned.with_cache(data, Place("填报说明", cell[1]), "99.99"))
        assert report.verdict is Verdict.FAIL
        assert Place("填报说明", cell[1]) in places(report, "CACHE_DIFFERS")


@pytest.mark.parametrize("target", ["'标识'!A1", "'数据填报'!B9"])
def test_links_lead_where_they_were_issued_to(case: Issued, target: str) -> None:
    part = returned.sheet_part(case.filled, "填报说明")
    data = returned.in_part(case.filled, part, r'(<hyperlink ref="(\w+)" location=")[^"]*', rf"\1{target}")
    report = verified(data)
    assert report.verdict is Verdict.FAIL
    assert [place.sheet for place in places(report, "LINK_CHANGED")] == ["填报说明"]


def test_links_do_not_lead_out_of_the_workbook(case: Issued) -> None:
    part = returned.sheet_part(case.filled, "填报说明")
    data = returned.in_part(
        case.filled, part, r'<hyperlink ref="(\w+)" location="[^"]*"', r'<hyperlink ref="\1" r:id="rId77"'
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId77" TargetMode="External" Target="http://example.invalid/" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"/></Relationships>'
    )
    name = part.replace("worksheets/", "worksheets/_rels/") + ".rels"
    report = verified(packed({**parts(data), name: rels.encode()}))
    assert places(report, "LINK_CHANGED")


def formatted(case: Issued, place: Place, style: str) -> bytes:
    """Another number format on one cell, its saved value kept."""
    content = parts(case.filled)
    part, styles = returned.sheet_part(case.filled, place.sheet), content["xl/styles.xml"].decode()
    count = int(re.search(r'<cellXfs count="(\d+)"', styles)[1])  # type: ignore[index]
    number = re.search(rf'<c r="{place.cell}" s="(\d+)"', content[part].decode())
    assert number is not None
    looks = re.findall(
        r"<xf [^>]*?(?:/>|>.*?</xf>)", styles[styles.index("<cellXfs") :].split("</cellXfs>")[0]
    )
    same = re.sub(r'numFmtId="\d+"', 'numFmtId="999"', looks[int(number[1])], count=1)
    styles = styles.replace("</cellXfs>", same + "</cellXfs>", 1)
    styles = styles.replace(
        "</numFmts>", f'<numFmt numFmtId="999" formatCode="{escape(style)}"/></numFmts>', 1
    )
    content["xl/styles.xml"] = styles.encode()
    sheet = (
        content[part]
        .decode()
        .replace(f'<c r="{place.cell}" s="{number[1]}"', f'<c r="{place.cell}" s="{count}"', 1)
    )
    content[part] = sheet.encode()
    return packed(content)


SHOWS = ("0.00", "0.00##", "#,##0.00", "General", "0.00;-0.00;0.00;@", "[Red]0.00", "0.00_ ", '0.00"分"')
HIDES = (
    "0.00%", "0", "0.0", "[$1]0.00", "[$1-804]General", "-0.00", '[=91.75]"甲"@;0', "d", "h:mm", "0E+0",
    "[DBNum2][$-804]0", "ss.00", '0.00"9"', ";;;", "0,", '"99.99"', "0.00;;", '0.00;"";0.00', "[>90]0.00;0",
    "# ?/?", "yyyy", "0.00*9", "\\9\\50.00", "General;;;", "[White]0.00", "[Yellow]0.00",
    "[Color2]0.00", "@ 0",
)  # fmt: skip


@pytest.mark.parametrize("style", SHOWS)
def test_formats_that_show_the_total(style: str) -> None:
    case = issued("dapeng-2024")
    assert verified(formatted(case, case["total"], style)).verdict is Verdict.PASS


@pytest.mark.parametrize("style", HIDES)
@pytest.mark.parametrize("key", ["total", "score:{first}", "echo:total#cover"])
def test_formats_that_show_another_result(style: str, key: str) -> None:
    case = issued("dapeng-2024")
    place = first_score(case) if "{" in key else case[key]
    assert place in places(verified(formatted(case, place, style)), "CELL_CHANGED")


def first_score(case: Issued) -> Place:
    """The score of the first indicator that has a part of a point."""
    inputs = clean(case.rubric.id)
    values = quantities(evaluate(case.rubric, inputs))
    return next(
        case.template.quantities[key]
        for key, value in values.items()
        if key.sort is Sort.SCORE and isinstance(value, Fraction) and (value * 10).denominator != 1
    )


def test_a_whole_number_may_be_shown_without_decimals(case: Issued) -> None:
    values = quantities(evaluate(case.rubric, clean(case.rubric.id)))
    key = next(
        key for key, value in values.items()
        if key.sort is Sort.SCORE and isinstance(value, Fraction) and value.denominator == 1 and value
    )  # fmt: skip
    assert verified(formatted(case, case[key], "0")).verdict is Verdict.PASS


def test_a_text_that_begins_with_a_number_sign_is_no_error(case: Issued) -> None:
    data = returned.with_cell(case.filled, case["preparer"], returned.text("#2楼A座"))
    assert places(verified(data), "INPUT_ERROR_VALUE") == []
    data = returned.with_cell(case.filled, case["preparer"], returned.error("#N/A"))
    assert places(verified(data), "INPUT_ERROR_VALUE") == [case["preparer"]]


TIES = [("45.55", "51.2"), ("77.77", "10.24"), ("0.01", "51.2"), ("77.77", "51.2")]


@pytest.mark.parametrize(("spent", "budget"), TIES)
def test_exact_ties_of_the_ninth_decimal(spent: str, budget: str) -> None:
    """45.55 / 51.2 is 0.8896484375 exactly: half-up at 9 decimals in every engine."""
    case = issued("yantian-2023")
    values = {"sangong_spent": Decimal(spent), "sangong_adjusted_budget": Decimal(budget)}
    inputs = clean("yantian-2023")
    inputs = replace(inputs, values={**inputs.values, **values})
    reference = quantities(evaluate(case.rubric, inputs))
    (recalculated,) = Model(case.template).recalculate([inputs])
    key = Key.rate("sangong_rate")
    assert agree(key, recalculated[key], reference[key])
    assert verified(new_workbook(case.rubric, inputs=inputs)).verdict is Verdict.PASS


def test_a_quotient_near_a_tie_may_tip() -> None:
    """1 000 000 / 6 329.87 is 157.98112757449995: with 15 digits a tie of the ninth decimal, exactly none."""
    rate, difference = Key.rate("a"), Key.check("c", "difference")
    noise = Noise(
        {
            Key.raw("a"): Fraction(100_000_000, 632_987),
            Key.raw("b"): Fraction(1, 3),
            Key.check("c", "left"): 160.0,
            Key.check("c", "right"): 157.981127574,
            difference: 2.018872426,
        }
    )
    exact = Fraction(157_981_127_574, 10**9)
    assert agree(rate, 157.981127574, exact, noise)
    assert agree(rate, 157.981127575, exact, noise)
    assert not agree(rate, 157.981127576, exact, noise)
    assert not agree(rate, 157.981127575, exact)
    assert agree(difference, 2.018872425, Fraction(2_018_872_426, 10**9), noise)
    assert not agree(difference, 2.018872424, Fraction(2_018_872_426, 10**9), noise)
    assert not agree(Key.rate("b"), 0.333333334, Fraction(333_333_333, 10**9), noise)
    assert not agree(Key.score("a"), 157.981127575, exact, noise)


@pytest.mark.parametrize(
    ("plan", "paid", "reported", "differs"),
    [
        ("95.73", "121.40", "1.2681", "是"),
        ("100.00", "50.00", "0.5000", "否"),
        ("100", "50.005", "0.5", "否"),
    ],
)
def test_a_product_keeps_all_its_decimals(plan: str, paid: str, reported: str, differs: str) -> None:
    """121.40 - 95.73 × 1.2681 is beyond 95.73 × 0.00005 by half a millionth: no tie, but a difference."""
    case = issued("dapeng-2024")
    row = {"plan": Decimal(plan), "paid": Decimal(paid), "reported": Decimal(reported)}
    inputs = replace(clean("dapeng-2024"), tables={"procurement": (row,)})
    key = Key.computed("procurement", 1, "differs")
    assert quantities(evaluate(case.rubric, inputs))[key] == differs
    (recalculated,) = Model(case.template).recalculate([inputs])
    assert recalculated[key] == differs
