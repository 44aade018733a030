"""Settings and names of the workbook that change what is shown, run something, or reach outside of the file."""

from __future__ import annotations

import re
from html import escape

from tests.support.returned import Issued, in_part, parts
from tests.tricks.kit import BOOK, OFFICE, Trick, new_part, related

_OWN = "我的备注"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_TABLE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
_SETTINGS = (
    ("<calcPr ", 'fullPrecision="0"', "CALCULATION_CHANGED"), ("<calcPr ", 'fullPrecision="false"', "CALCULATION_CHANGED"),
    ("<calcPr ", 'fullPrecision=" 0 "', "CALCULATION_CHANGED"), ("<calcPr ", 'fullPrecision=" false"', "CALCULATION_CHANGED"),
    ("<workbookPr ", 'date1904="1"', "CALCULATION_CHANGED"), ("<workbookPr ", 'date1904=" true "', "CALCULATION_CHANGED"),
    ("<workbookView ", 'showSheetTabs="0"', "WINDOW_CHANGED"), ("<workbookView ", 'showSheetTabs=" false "', "WINDOW_CHANGED"),
    ("<workbookView ", 'visibility="hidden"', "WINDOW_CHANGED"), ("<workbookView ", 'visibility="veryHidden"', "WINDOW_CHANGED"),
)  # fmt: skip
_NAMES = (
    ('name="Auto_Open"', "数据填报!$A$1"), ('name="auto_close"', "数据填报!$A$1"), ('name="宏一" xlm="1"', "数据填报!$A$1"),
    ('name="宏二" vbProcedure="true"', "数据填报!$A$1"), ('name="宏三" function="1"', "数据填报!$A$1"),
    ('name="_xlnm.Auto_Open"', "数据填报!$A$1"), ('name="Auto_Activate"', "数据填报!$A$1"),
)  # fmt: skip
_CALLS = (
    'WEBSERVICE("http://example.invalid/")', '_xlfn.WEBSERVICE("http://example.invalid/")', 'RTD("a",,"b")',
    "cmd|'/c calc'!A0", "[1]Sheet1!$A$1", "'[别的.xlsx]Sheet1'!$A$1", '_xlfn.IMAGE("http://example.invalid/a.png")',
    """'a"b'!A1+WEBSERVICE("http://example.invalid/")""", """LEN("'")+WEBSERVICE("http://example.invalid/'")""",
    'CALL("kernel32","WinExec","JCJ","calc",1)', 'REGISTER.ID("a","b")', "webservice (\"http://example.invalid/\")",
    "'http://example.invalid/[a.csv]S'!A1", r"'\\example.invalid\s\[a.ods]S'!A1", "'[a.et]S'!A1", "[a]S!A1", r"'C:\x\[a]S'!A1",
    "'http://example.invalid/a.xlsx'!x", "'a.xlsx'!x", "a.xlsx!x", "cmd|a!b", "'file:///tmp/ext.csv'#$ext.A1",
    """INDIRECT("'http://example.invalid/[a.xlsx]S'!A1")""", """_xlfn.IFS(1,INDIRECT("'"&"//a/"&"[b"&".xlsx]S'!A1"))""",
    '_xldudf_CONTOSO_GET("x")', '_xll.GETPRICE("x")', '_xlfn.COPILOT("x")', 'CONTOSO.GET("x")', 'COM.SUN.STAR.SHEET.ADDIN.X(1)',
    '_xlfn.ORG.OPENOFFICE.WEBSERVICE("http://example.invalid/")', "ＷＥＢＳＥＲＶＩＣＥ(A1)", "SUM(没有的表!A1)", "[a.xlsx] S!A1",
    'BDP("a","b")', 'HYPERLINK("file:///C:/a.exe","甲")', 'HYPERLINK("ms-word:ofe|u|x")', "他们的函数(A1)",
    "SUM('填报说明:[1]数据填报'!A1)", '__xludf.DUMMYFUNCTION("IMPORTRANGE(""http://example.invalid/"",""A1"")")', "TRANSLATE(A1)",
)  # fmt: skip
_TITLES = (
    "得分汇总 ",
    "得分汇总\u200b",
    "得\u2060分汇总",
    "评分表\u00a0",
    "数据填报\ufe0f",
    "得分\u034f汇总",
    "评分表\u3164",
    " 评分表",
)


def _setting(element: str, attribute: str, code: str) -> Trick:
    name = attribute.partition("=")[0]

    def change(case: Issued) -> bytes:
        pattern = rf'({element}[^>]*?) {name}="[^"]*"'
        text = parts(case.filled)[BOOK].decode()
        data = in_part(case.filled, BOOK, pattern, r"\1") if f" {name}=" in text else case.filled
        return in_part(data, BOOK, element, f"{element}{attribute} ")

    return Trick(f"{element}{attribute}", change, code)


def _name(attributes: str, reference: str, code: str) -> Trick:
    return Trick(
        f"name {attributes} {reference}",
        lambda case: in_part(
            case.filled, BOOK, "</definedNames>",
            f"<definedName {attributes}>{escape(reference)}</definedName></definedNames>".replace("\\", "\\\\"),
        ),
        code,
    )  # fmt: skip


def own_sheet(case: Issued, title: str, cells: str, beside: str = "") -> bytes:
    """The workbook with a sheet of the officer's own at the end."""
    xml = ('<?xml version="1.0" encoding="UTF-8"?><worksheet '
           'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
           f'<sheetData><row r="1">{cells}</row></sheetData>{beside}</worksheet>')  # fmt: skip
    data = new_part(case.filled, "xl/worksheets/sheet90.xml", xml, _SHEET)
    data = related(data, BOOK, "rId90", "worksheet", "worksheets/sheet90.xml")
    return in_part(data, BOOK, "</sheets>", f'<sheet name="{title}" sheetId="90" r:id="rId90"/></sheets>')


def _own_table(case: Issued, formula: str) -> bytes:
    """A table on a sheet of the officer's own that keeps a formula for the rows to come."""
    table = (f'<table xmlns="{MAIN}" id="90" name="表九" displayName="表九" ref="A1:A2"><tableColumns count="1">'
             f'<tableColumn id="1" name="甲"><calculatedColumnFormula>{formula}</calculatedColumnFormula></tableColumn>'
             "</tableColumns></table>")  # fmt: skip
    parts_of_it = f'<tableParts count="1"><tablePart xmlns:r="{OFFICE}" r:id="rId9"/></tableParts>'
    data = own_sheet(case, _OWN, '<c r="A1" t="str"><v>甲</v></c>', parts_of_it)
    data = new_part(data, "xl/tables/table90.xml", table, _TABLE)
    return related(data, "xl/worksheets/sheet90.xml", "rId9", "table", "../tables/table90.xml")


def _followed(address: str, formula: str = "INDIRECT(A1)") -> Trick:
    """An address in a cell that a formula beside it follows."""
    cells = f'<c r="A1" t="str"><v>{escape(address)}</v></c><c r="B1"><f>{formula}</f><v>1</v></c>'
    return Trick(
        f"{formula} {address}",
        lambda case: own_sheet(case, _OWN, cells),
        "CALLS_OUT",
        _OWN,
        lambda case: "A1",
    )


def _call(formula: str) -> list[Trick]:
    written = escape(formula)
    validation = (f'<dataValidations count="1"><dataValidation type="custom" sqref="A2"><formula1>{written}</formula1>'
                  "</dataValidation></dataValidations>")  # fmt: skip
    highlight = ('<conditionalFormatting sqref="A2"><cfRule type="expression" dxfId="0" priority="950">'
                 f"<formula>{written}</formula></cfRule></conditionalFormatting>")  # fmt: skip
    scale = ('<conditionalFormatting sqref="A2"><cfRule type="colorScale" priority="950"><colorScale>'
             f'<cfvo type="formula" val="{escape(formula, quote=True)}"/><cfvo type="max"/>'
             '<color rgb="FFFFFFFF"/><color rgb="FF00FF00"/></colorScale></cfRule></conditionalFormatting>')  # fmt: skip
    return [
        Trick(f"own table {formula}", lambda case: _own_table(case, written), "CALLS_OUT", _OWN),
        Trick(f"own scale {formula}", lambda case: own_sheet(case, _OWN, "", scale), "CALLS_OUT", _OWN),
        Trick(f"own sheet {formula}", lambda case: own_sheet(case, _OWN, f'<c r="A1"><f>{written}</f><v>1</v></c>'),
              "CALLS_OUT", _OWN, lambda case: "A1"),
        _name('name="外部"', formula, "CALLS_OUT"),
        Trick(f"own sheet validates {formula}",
              lambda case: own_sheet(case, _OWN, "", validation), "CALLS_OUT", _OWN),
        Trick(f"own sheet highlights {formula}",
              lambda case: own_sheet(case, _OWN, "", highlight), "CALLS_OUT", _OWN),
    ]  # fmt: skip


def _imitated(title: str) -> Trick:
    return Trick(
        f"sheet {title!r}", lambda case: own_sheet(case, title, '<c r="A1"><v>99</v></c>'), "SHEET_IMITATES"
    )


def _stands_in(title: str) -> Trick:
    """A sheet with nearly a title of ours, on which the file opens."""

    def change(case: Issued) -> bytes:
        data = own_sheet(case, title, '<c r="A1" t="str"><v>总分</v></c><c r="B1"><v>99.5</v></c>')
        count = parts(data)[BOOK].decode().count("<sheet ")
        text = parts(data)[BOOK].decode()
        if "activeTab=" in text:
            data = in_part(data, BOOK, ' activeTab="[^"]*"', "")
        return in_part(data, BOOK, "<workbookView ", f'<workbookView activeTab="{count - 1}" ')

    return Trick(f"opens on {title!r}", change, "SHEET_STANDS_IN", title)


def _in_front(case: Issued) -> bytes:
    data = own_sheet(case, "得分汇总（终）", '<c r="A1"><v>99.5</v></c>')
    entry = re.search(r'<sheet name="得分汇总（终）"[^>]*/>', parts(data)[BOOK].decode())
    assert entry
    data = in_part(data, BOOK, re.escape(entry[0]), "")
    data = in_part(data, BOOK, "<sheets>", f"<sheets>{entry[0]}")
    # the numbers of sheets in local names count from the first
    return in_part(data, BOOK, r"<definedName [^>]*localSheetId=.*?</definedName>", "", count=99)


def _shadow(sheet: int) -> Trick:
    def change(case: Issued) -> bytes:
        name = next(iter(case.template.names))
        new = f'<definedName name="{name}" localSheetId="{sheet}">数据填报!$A$1</definedName></definedNames>'
        return in_part(case.filled, BOOK, "</definedNames>", new)

    return Trick(f"name shadowed on sheet {sheet}", change, "NAME_SHADOWED")


TRICKS = [
    *(_setting(*one) for one in _SETTINGS),
    *(_name(*one, "NAME_RUNS") for one in _NAMES),
    *(trick for one in _CALLS for trick in _call(one)),
    *map(
        _followed,
        (
            "[别.xlsx]S!A1",
            "'http://example.invalid/[a.csv]S'!A1",
            "'file:///tmp/a.ods'#$S.A1",
            "cmd|'/c x'!A0",
        ),
    ),
    _followed("[别.xlsx]S!A1", "SUM(1,indirect(&quot;&apos;&quot;&amp;A1))"),
    *map(_imitated, _TITLES),
    *map(
        _stands_in,
        (
            "得分汇总（终）",
            "得分汇总１",
            "得分汇总2",
            "得份汇总",
            "評分表",
            "评分表(打印)",
            "得分汇 总。",
            "分汇总",
        ),
    ),
    Trick("stands in front", _in_front, "SHEET_STANDS_IN", "得分汇总（终）"),
    *map(_shadow, (1, 6, 8)),
]
