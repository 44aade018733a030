"""An officer's own arithmetic: read as the spreadsheet reads it, or refused with the cell at fault."""

from __future__ import annotations

import io
from decimal import Decimal
from functools import cache

import pytest
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName

from tests.support import returned
from tests.support.returned import codes, issued, places, verified
from workbook.findings import Severity
from workbook.returned import own_formulas
from workbook.returned.own_formulas import Arithmetic, NotAllowed, as_decimal, differs
from workbook.rubric.fields import FieldKind
from workbook.template.model import Formula
from workbook.verifier.verification import Verdict
from workbook.xlsx_reader.read import read_workbook
from workbook.xlsx_reader.received import CellValue, Received, ReceivedSheet

FIGURES: dict[str, CellValue] = {  # invented
    "A1": "项目", "B1": "金额", "A2": "基本", "B2": 4000, "B3": 755.14, "B4": "12", "B6": "合计",
    "C2": 0.5, "D2": "12", "D3": "1.5", "E2": True, "F2": "#N/A", "G2": 2, "G3": 3,
}  # fmt: skip
NAMES = {
    "基数": "草稿!$B$2", "金额栏": "'草稿'!$B:$B", "第三行": "草稿!$3:$3", "又名": "基数", "税率": "0.25",
    "半": "50%", "负数": "-3", "两数之和": "SUM(草稿!$B$2:$B$3)/2", "相对": "草稿!B2", "没有表": "$B$2",
    "甲": "乙", "乙": "甲", "查找": "VLOOKUP(1,草稿!$A:$B,2)", "文字": '"x"', "外部": "[1]Sheet1!$A$1",
    "另表": "草稿!$B$2", "失效": "#REF!",
}  # fmt: skip
TITLES = {"区'县": {"B2": 7}, "2024 年": {"B2": 8}, "１月": {"B2": 9}, "Sheet1": {"A1": 1, "B3": 2}}


def received(formula: str, more: dict[str, CellValue | Formula] | None = None) -> Received:
    """A workbook with figures on the officer's own sheets, and ``formula`` in 填报!D4."""
    sheets = {title: ReceivedSheet(title, False, cells=dict(cells)) for title, cells in TITLES.items()}
    sheets["草稿"] = ReceivedSheet("草稿", False, cells={**FIGURES, **(more or {})}, local_names={"另表"})
    sheets["填报"] = ReceivedSheet("填报", False, cells={"D4": Formula(formula), "D5": 15, "D6": 0.25})
    sheets["填报"].local_names = {"另表"}
    return Received(sheets, NAMES, {})


def value(formula: str, more: dict[str, CellValue | Formula] | None = None) -> float:
    return Arithmetic(received(formula, more), ["填报"]).value("填报", "D4")


VALUES = [
    ("=基数-252.9", 3747.1),
    ("=又名+0", 4000),
    ("=基数*税率", 1000),
    ("=基数*半+负数", 1997),
    ("=两数之和", 2377.57),
    ("=SUM(金额栏)", 4755.14),
    ("=SUM(第三行)", 758.14),
    ("=SUM(草稿!B:B)/2", 2377.57),
    ("=SUM(草稿!$B:$C)", 4755.64),
    ("=SUM(草稿!3:3)", 758.14),
    ("=SUM(草稿!$2:$3)-SUM(草稿!E:E,1)", None),
    ("=SUM(草稿!B1:B9)", 4755.14),
    ("=SUM(草稿!$B$3:B2)", 4755.14),
    ("=SUM((草稿!B2:B3))", 4755.14),
    ("=SUM(草稿!B4)", 0),
    ("=SUM(草稿!B4,草稿!D2,5)", 5),
    ("=SUM(草稿!D2+0)", 12),
    ("=SUM(草稿!D2)+草稿!D2", 12),
    ("=AVERAGE(草稿!B1:B9)", 2377.57),
    ("=AVERAGE(草稿!G2:G4,4)", 3),
    ("=草稿!Z9+1", 1),
    ("=草稿!Z9", 0),
    ("=草稿!E2+草稿!E2", 2),
    ("=草稿!D2*2", 24),
    ("=+D5", 15),
    ("=d5*-2", -30),
    ("='区''县'!B2+'2024 年'!B2+１月!B2+'草稿'!B2", 4024),
    ("=sheet1!A1+SUM(Sheet1!A1:B3)", 4),
    ("=1.5E+3*2%", 30),
    ("=-(2+3)%*D5", -0.75),
    ("=ROUND(2285.825,2)", 2285.83),
    ("=ROUND(1234.5,-2)", 1200),
    ("=ROUND(-1234.5,0)", -1235),
    ("=ROUND(1.25,1.9)", 1.3),
    ("=ROUND(SUM(草稿!B2:B3)/3,D6*8)", 1585.05),
    ("=0.1+0.2-0.3", 0),
]


@pytest.mark.parametrize(("formula", "expected"), [one for one in VALUES if one[1] is not None])
def test_value(formula: str, expected: float) -> None:
    assert as_decimal(value(formula)) == Decimal(str(expected))


@cache
def by_office() -> dict[str, object]:
    """What LibreOffice makes of the same formulas over the same cells."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "填报"
    sheet["D5"], sheet["D6"] = 15, 0.25
    for number, (formula, _) in enumerate(VALUES, 1):
        sheet[f"H{number}"] = formula
    for title, cells in {**TITLES, "草稿": FIGURES}.items():
        own = book.create_sheet(title)
        for ref, content in cells.items():
            if content != "#N/A":
                own[ref] = content
    for name in ("基数", "金额栏", "第三行", "又名", "税率", "半", "负数", "两数之和"):
        book.defined_names[name] = DefinedName(name, attr_text=NAMES[name])
    buffer = io.BytesIO()
    book.save(buffer)
    saved = returned.by_libreoffice({"a.xlsx": buffer.getvalue()}, recalculate=True)["a.xlsx"]
    cached = read_workbook(saved).sheets["填报"].cached
    return {formula: cached.get(f"H{number}") for number, (formula, _) in enumerate(VALUES, 1)}


@pytest.mark.libreoffice
@pytest.mark.parametrize(("formula", "expected"), VALUES)
def test_libreoffice_gives_the_same(formula: str, expected: float | None) -> None:
    saved = by_office()[formula]
    if expected is None:  # with TRUE in the area programs differ, which is why it is refused
        assert saved != 4759.14
        with pytest.raises(NotAllowed, match="草稿!E2 是 TRUE"):
            value(formula)
    else:
        assert isinstance(saved, int | float)
        assert not differs(saved, expected)


REFUSED = [
    ("=草稿!B6+1", "草稿!B6 不是数字（合计）"),
    ("=草稿!D3+1", "草稿!D3 不是数字（1.5）"),
    ("=草稿!F2+1", "草稿!F2 不是数字（#N/A）"),
    ("=SUM(草稿!F:F)", "草稿!F2 是错误值 #N/A"),
    ("=SUM(草稿!E2)", "草稿!E2 是 TRUE"),
    ("=AVERAGE(草稿!B4:B9)", "结果不是数字（#DIV/0!）"),
    ("=1/0", "结果不是数字（#DIV/0!）"),
    ("=草稿!B2:B3+1", "区域 草稿!B2:B3 不能直接参加运算"),
    ("=ROUND(草稿!B:B,2)", "区域 草稿!B:B 不能直接参加运算"),
    ("=金额栏*2", "区域 金额栏 不能直接参加运算"),
    ("=SUM(草稿!B2:B3 草稿!B3:B4)", "交集"),
    ("=SUM((草稿!B2:B3,草稿!B3:B4))", "并集"),
    ("=SUM(Sheet1:草稿!B2)", "不是本文件内一个工作表的单元格"),
    ("=SUM('Sheet1:草稿'!B2)", "跨几个工作表"),
    ("=[1]Sheet1!A1", "指向别的文件"),
    ("='C:\\[x.xlsx]Sheet1'!A1", "指向别的文件"),
    ("=外部+1", "指向别的文件"),
    ("=SUM(表1[金额])", "引用 表1[金额] 是表格的列"),
    ("=SUM({1,2})", "数组"),
    ("=2^3", "运算符 ^"),
    ("=草稿!B2&1", "运算符 &"),
    ("=草稿!B2>1", "运算符 >"),
    ("=IF(1,2,3)", "函数 IF"),
    ("=查找", "名称“查找”（=VLOOKUP(1,草稿!$A:$B,2)）含有函数 VLOOKUP"),
    ("=文字", '含有 "x"'),
    ("=失效+1", "含有 #REF!"),
    ("=相对", "相对引用"),
    ("=没有表", "没有写明工作表"),
    ("=甲", "循环定义"),
    ("=另表+1", "名称“另表”在工作表内另有所指"),
    ("=Sheet1!基数", "不是本文件内一个工作表的单元格"),
    ("=没有+1", "名称“没有”在本文件中不存在"),
    ("=没有!A1", "工作表“没有”不存在"),
    ("=A1048577", "名称“A1048577”在本文件中不存在"),
    ("=XFE1+1", "名称“XFE1”在本文件中不存在"),
    ("=#REF!", "含有 #REF!"),
    ("=TRUE", "含有 TRUE"),
    ("=D4+1", "循环引用：填报!D4 → 填报!D4"),
    ("=SUM(D:D)", "循环引用：填报!D4 → 填报!D4"),
    ("=草稿!H1", "循环引用：填报!D4 → 草稿!H1 → 草稿!H2 → 填报!D4"),
    ("=1E+308*10", "结果不是数字"),
    ("=" + "1+" * 1000 + "1", "过长"),
    ("=SUM(", "无法"),
]


@pytest.mark.parametrize(("formula", "problem"), REFUSED)
def test_refused(formula: str, problem: str) -> None:
    circle: dict[str, CellValue | Formula] = {"H1": Formula("=H2"), "H2": Formula("=填报!D4*2")}
    with pytest.raises(NotAllowed) as refusal:
        value(formula, circle)
    assert problem in str(refusal.value)


def running_total(rows: int) -> dict[str, CellValue | Formula]:
    cells: dict[str, CellValue | Formula] = {f"K{row}": row for row in range(1, rows + 1)}
    cells |= {f"L{row}": Formula(f"=L{row - 1}+K{row}") for row in range(2, rows + 1)}
    return cells | {"L1": Formula("=K1")}


def test_a_long_chain() -> None:
    """A running total of 5 000 lines, which no recursion bears, and one input after the other on it."""
    one = Arithmetic(received("=草稿!L5000", running_total(5000)))
    one.received.sheets["填报"].cells["D5"] = Formula("=草稿!L4999")
    assert one.value("填报", "D4") == 5000 * 5001 / 2
    touched = one.cells
    assert one.value("填报", "D5") == 4999 * 5000 / 2
    assert one.cells == touched + 1


def test_running_sums() -> None:
    cells: dict[str, CellValue | Formula] = {f"K{row}": row for row in range(1, 301)}
    cells |= {f"L{row}": Formula(f"=SUM(K$1:K{row})") for row in range(1, 301)}
    assert value("=SUM(草稿!L:L)", cells) == sum(row * (row + 1) // 2 for row in range(1, 301))


def test_a_long_circle_is_told_in_short() -> None:
    cells = running_total(50) | {"L1": Formula("=填报!D4")}
    with pytest.raises(
        NotAllowed, match="循环引用：填报!D4 → 草稿!L50 → 草稿!L49 → … → 草稿!L2 → 草稿!L1 → 填报!D4"
    ):
        value("=草稿!L50", cells)


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_formulas, "MAX_FORMULAS", 50)
    with pytest.raises(NotAllowed, match="公式超过 50 个"):
        value("=草稿!L60", running_total(60))
    monkeypatch.setattr(own_formulas, "MAX_CELLS", 50)
    with pytest.raises(NotAllowed, match="单元格超过 50 个"):
        value("=SUM(草稿!K:K)", running_total(60))


def test_a_fault_is_told_of_its_own_cell_each_time() -> None:
    cells: dict[str, CellValue | Formula] = {"H1": Formula("=H2+1"), "H2": Formula("=2^3")}
    one = Arithmetic(received("=草稿!H1", cells), ["填报", "草稿"])
    one.received.sheets["填报"].cells["D5"] = Formula("=草稿!H1*2")
    for ref in ("D4", "D5", "D4"):
        with pytest.raises(NotAllowed, match=r"所引用的 草稿!H2（=2\^3）含有运算符 \^"):
            one.value("填报", ref)


def test_other_formulas_of_own_sheets_count_as_saved() -> None:
    """What SUMIF gave is read like a number that was typed; a text is passed over, a circle is one still."""
    cells: dict[str, CellValue | Formula] = {
        "K1": Formula('=SUMIF(B:B,">1000")'),
        "K2": Formula('=IF(B2>0,"正","负")'),
        "K3": Formula("=K1/2"),
        "K4": Formula('=IF(B2<0,"负","")'),
        "K5": Formula("=IF(填报!D5>0,1,2)"),
    }
    book = received("=SUM(草稿!K1:K4)", cells)
    book.sheets["草稿"].cached.update({"K1": 4000, "K2": "正", "K3": 2000})
    book.sheets["填报"].cells |= {"D5": Formula("=SUM(草稿!K:K)"), "D6": Formula("=草稿!K4+1")}
    one = Arithmetic(book, ["填报"])
    assert one.value("填报", "D4") == 6000
    assert one.saved("填报", "D4") == ["草稿!K1", "草稿!K2", "草稿!K4"]
    with pytest.raises(NotAllowed, match=r"草稿!K5.*循环引用"):
        one.value("填报", "D5")
    with pytest.raises(NotAllowed, match="草稿!K4 不是数字（空文字）"):
        one.value("填报", "D6")
    with pytest.raises(
        NotAllowed, match=r"草稿!K1.*含有函数 SUMIF"
    ):  # no saved results, or the template's own
        value("=SUM(草稿!K1:K4)", cells)
    book.sheets["填报"].cells["D6"] = Formula("=草稿!K6")
    book.sheets["草稿"].cells |= {"K6": Formula("=IF(K7>0,1,2)"), "K7": Formula("=IF(K7>0,1,2)")}
    with pytest.raises(NotAllowed, match=r"草稿!K6.*循环引用"):
        Arithmetic(book, ["填报"]).value("填报", "D6")
    with pytest.raises(NotAllowed, match=r"草稿!K1.*含有函数 SUMIF"):
        Arithmetic(book, ["填报", "草稿"]).value("填报", "D4")


def test_a_long_column_of_other_formulas_counts_as_saved() -> None:
    """Each looks at a whole column and at the one above; they are walked once, and only formulas are."""
    cells: dict[str, CellValue | Formula] = {f"K{row}": row for row in range(1, 2001)}
    cells |= {
        f"L{row}": Formula(f"=IF(K{row}>0,N(L{row - 1})+K{row},SUMIF(K:K,1))") for row in range(2, 2001)
    }
    book = received("=SUM(草稿!L:L)", cells)
    book.sheets["草稿"].cached.update({f"L{row}": 2 for row in range(2, 2001)})
    one = Arithmetic(book, ["填报"])
    assert one.value("填报", "D4") == 2 * 1999
    assert len(one.saved("填报", "D4")) == 1999
    assert one.cells < 20_000


def test_what_saved_results_may_differ_by() -> None:
    assert not differs(4755.14, 4755.1400000000003)
    assert not differs(1234567.8900000002, 1234567.8900000027)  # a column of a thousand amounts, added up
    assert differs(4755.14, 4755.140000002)
    assert differs("4755.14", 4755.14)
    assert differs(True, 1.0)


@pytest.mark.parametrize("rubric_id", returned.RUBRICS)
def test_in_a_returned_workbook(rubric_id: str) -> None:
    """A template's own name, a name of the officer's and a column of an own sheet, each in an input."""
    case = issued(rubric_id)
    first, second, third, fourth = (case.field(FieldKind.MONEY, number) for number in range(4))

    def edit(book: Workbook) -> None:
        own = book.create_sheet("草稿")
        for row in ("金额", 10.5, 20.25):
            own.append([row])
        book.defined_names["小计"] = DefinedName("小计", attr_text="草稿!$A$2")
        for field, formula in (
            (second, f"={first.name}-1"),
            (third, "=小计*2"),
            (fourth, "=SUM(草稿!A:A)"),
        ):
            place = case[field.id]
            book[place.sheet][place.cell] = formula

    report = verified(returned.by_openpyxl(case.filled, edit))
    assert codes(report, Severity.ERROR) == set()
    assert report.inputs is not None
    values = report.inputs.values
    assert values[second.id] == values[first.id] - 1  # type: ignore[operator]
    assert (values[third.id], values[fourth.id]) == (Decimal(21), Decimal("30.75"))
    assert places(report, "INPUT_FORMULA") == [case[one.id] for one in (second, third, fourth)]


def test_saved_results_are_told() -> None:
    """Through a whole file: the warning stands at the input and names the cell."""
    case = issued("yantian-2023")
    field = case.field(FieldKind.MONEY)
    inputs = verified(case.filled).inputs
    assert inputs is not None
    typed = inputs.values[field.id]
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        f'<c r="A1"><f>IF(1&gt;0,{typed},0)</f><v>{typed}</v></c></row></sheetData></worksheet>'
    )
    data = returned.with_part(case.filled, "xl/worksheets/sheet77.xml", sheet.encode())
    data = returned.in_part(
        data, "[Content_Types].xml", "</Types>",
        '<Override PartName="/xl/worksheets/sheet77.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.worksheet+xml"/></Types>',
    )  # fmt: skip
    data = returned.in_part(
        data, "xl/_rels/workbook.xml.rels", "</Relationships>",
        '<Relationship Id="rId77" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'worksheet" Target="worksheets/sheet77.xml"/></Relationships>',
    )  # fmt: skip
    data = returned.in_part(
        data, "xl/workbook.xml", "</sheets>", '<sheet name="草稿" sheetId="77" r:id="rId77"/></sheets>'
    )
    data = returned.with_cell(data, case[field.id], returned.formula("=草稿!A1", typed))
    report = verified(data)
    assert report.verdict is Verdict.PASS, [(f.code, f.message) for f in report.findings]
    assert places(report, "INPUT_FORMULA_SAVED") == [case[field.id]]
    assert "草稿!A1" in next(f for f in report.findings if f.code == "INPUT_FORMULA_SAVED").message
