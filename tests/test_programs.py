"""An officer's arithmetic as programs calculate it: ordinary amounts pass, noise that shows does not."""

from __future__ import annotations

import io
import random
from decimal import Decimal

import pytest
from openpyxl.workbook import Workbook

from tests.support import returned
from tests.support.returned import codes, issued, places, verified
from workbook.findings import Severity
from workbook.returned.own_formulas import Arithmetic, NotAllowed
from workbook.returned.programs import Readings, check_whole, readings
from workbook.rubric.fields import FieldKind
from workbook.template.model import Formula
from workbook.xlsx_reader.read import read_workbook
from workbook.xlsx_reader.received import CellValue, Received, ReceivedSheet

TITLE = "填报"


def value(formula: str, **cells: CellValue | Formula) -> float:
    sheet = ReceivedSheet(TITLE, False, cells={"A1": Formula(formula), **cells})
    return Arithmetic(Received({TITLE: sheet}, {}, {}), [TITLE]).value(TITLE, "A1")


def read(formula: str) -> Readings:
    return readings(formula, {}, {}, {})


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=1+2*3-4/2", "5"), ("=-2*-3", "6"), ("=-(2-5)%*100", "3"), ("=2-3-4", "-5"), ("=12/3/2", "2"),
        ("=--5%", "0.05"), ("=SUM(1,2*3,(4))", "11"), ("=SUM(1,,2)", "3"), ("=AVERAGE(1,2,6)+SUM()", "3"),
        ("=ROUND(2.675,2)*10", "26.8"), ("=ROUND(-1234.5,-2)", "-1200"), ("=1/3*3", "1"), ("=+7", "7"),
        ("=SUM(ROUND(1.25,1),-SUM(1,2))", "-1.7"),
    ],
)  # fmt: skip
def test_all_three_calculate(formula: str, expected: str) -> None:
    result = read(formula)
    assert [float(f"{one:.12g}") for one in result] == [float(expected)] * 3
    result.check()
    assert not result.nothing


@pytest.mark.parametrize(
    ("formula", "excel", "office"),
    [
        ("=0.5-0.4-0.1", 0, 0),
        ("=1*(0.5-0.4-0.1)", -1, 0),
        ("=(0.5-0.4-0.1)", -1, 0),
        ("=SUM(0.5,-0.4,-0.1)", -1, -1),
        ("=(43.1-43.2)*10+1", -1, -1),
        ("=0.1+0.2-0.3", 0, 0),
    ],
)
def test_what_programs_take_for_nothing(formula: str, excel: int, office: int) -> None:
    """The signs of their results; exactly, all are 0."""
    result = read(formula)
    assert ((result.excel > 0) - (result.excel < 0), (result.office > 0) - (result.office < 0)) == (
        excel,
        office,
    )
    assert result.exact == 0
    assert result.nothing is not bool(excel or office)
    if excel or office:
        with pytest.raises(NotAllowed, match="软件按二进制小数计算"):
            result.check()
        with pytest.raises(NotAllowed, match="而不是 0"):
            value(formula)
    else:
        assert value(formula) == 0


def test_cells_before_count_as_programs_have_them() -> None:
    """A cell that is 0 in all programs gives no noise to the next; one that is not does."""
    assert value("=B1*1000000", B1=Formula("=0.5-0.4-0.1")) == 0
    with pytest.raises(NotAllowed, match="而不是 0"):
        value("=B1+0", B1=Formula("=(0.5-0.4-0.1)"))
    with pytest.raises(NotAllowed, match="而不是 0"):
        value("=SUM(B1:B3)", B1=0.5, B2=-0.4, B3=-0.1)


def test_programs_that_differ() -> None:
    with pytest.raises(NotAllowed, match="各种软件的结果不同"):
        Readings(1.0, 1.000001, Decimal(1)).check()
    Readings(1.0, 1.0000001, Decimal(1)).check()


def test_whole_numbers_are_whole_for_every_program() -> None:
    check_whole(23.0)
    check_whole(22.5)
    with pytest.raises(NotAllowed, match=r"22\.99999999999998\d.*而不是 23"):
        check_whole(value("=(43.1-43.2)*10+24"))


def ordinary(count: int) -> list[str]:
    """Sums and differences of amounts with two decimals, as officers type them."""
    chance = random.Random(17)
    formulas = []
    for number in range(count):
        terms = [
            f"{chance.uniform(0, chance.choice((10, 1_000, 1_000_000))):.2f}"
            for _ in range(chance.choice((2, 2, 3, 5, 12, 30)))
        ]
        total = sum(map(Decimal, terms)) + chance.choice((0, Decimal("0.01"), Decimal("-0.01")))
        formulas.append(
            (
                "=" + "+".join(terms),
                "=" + "".join(chance.choice("+-") + term for term in terms),
                f"=SUM({','.join(terms)})-{terms[0]}",
                f"=({terms[0]}-{terms[1]})*{chance.choice(('10', '12', '0.5'))}+{terms[1]}",
                f"={'+'.join(terms)}-{total}",
            )[number % 5]
        )
    return formulas


def refused(formula: str) -> bool:
    try:
        value(formula)
    except NotAllowed:
        return True
    return False


@pytest.mark.libreoffice
def test_ordinary_amounts_are_as_in_libreoffice() -> None:
    """What is refused shows as another number there; all else is one number, with one sign."""
    formulas = ordinary(3_000)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = TITLE
    for row, formula in enumerate(formulas, 1):
        sheet[f"A{row}"] = formula
    buffer = io.BytesIO()
    book.save(buffer)
    saved = returned.by_libreoffice({"a.xlsx": buffer.getvalue()}, recalculate=True)["a.xlsx"]
    cached = read_workbook(saved).sheets[TITLE].cached
    for row, formula in enumerate(formulas, 1):
        there = cached[f"A{row}"]
        assert isinstance(there, int | float)
        if refused(formula):
            assert there != 0
            assert abs(there) < 1e-6, formula
        else:
            assert value(formula) == pytest.approx(there, rel=1e-12, abs=1e-8)
            assert (value(formula) == 0) is (there == 0), formula
    assert sum(map(refused, formulas)) < 5


def test_noise_in_a_whole_file() -> None:
    """Saved as 0, it is 0 in no program: the cell is named, the remedy is the number itself."""
    case = issued("yantian-2023")
    for kind, formula, saved in (
        (FieldKind.COUNT, "(43.1-43.2)*10+1", 0),
        (FieldKind.COUNT, "(43.1-43.2)*10+24", 23),
        (FieldKind.MONEY, "1*(0.5-0.4-0.1)", 0),
    ):
        place = case[case.field(kind).id]
        report = verified(returned.with_cell(case.filled, place, returned.formula(f"={formula}", saved)))
        assert "INPUT_FORMULA_REFUSED" in codes(report, Severity.ERROR)
        assert places(report, "INPUT_FORMULA_REFUSED") == [place]
        (finding,) = (one for one in report.findings if one.code == "INPUT_FORMULA_REFUSED")
        assert finding.fix.startswith("请直接填写数值")
