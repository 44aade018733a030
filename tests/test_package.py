"""The written files, checked against what makes Excel offer a repair; each check is shown to find its damage."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter

from tests.support.package import CHECKS, package_problems, problems_by_check
from tests.support.package.formulas import Known, formula_problems
from tests.support.returned import packed, parts, with_part
from workbook.api import new_workbook
from workbook.load.builtin import builtin_ids, published_path
from workbook.load.rubric import load_rubric
from workbook.published import load_case

_EVERY_RULE = Path(__file__).resolve().parent / "specs" / "every_rule.yaml"
SHEETS, BOOK, STYLES, TYPES = "xl/worksheets/sheet", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"
RELS, CUSTOM, APP = "xl/_rels/workbook.xml.rels", "docProps/custom.xml", "docProps/app.xml"


# what is issued


@pytest.mark.parametrize("rubric_id", builtin_ids())
def test_builtin_rubrics(rubric_id: str) -> None:
    rubric = load_rubric(rubric_id)
    assert package_problems(new_workbook(rubric)) == []
    inputs = load_case(published_path(rubric_id)).data.inputs
    assert package_problems(new_workbook(rubric, inputs=inputs)) == []


def test_every_kind_of_rule() -> None:
    assert package_problems(new_workbook(load_rubric(_EVERY_RULE))) == []


# what the checks find


@cache
def issued() -> bytes:
    """The workbook that most damages are done to."""
    rubric = load_rubric("yantian-2023")
    return new_workbook(rubric, inputs=load_case(published_path("yantian-2023")).data.inputs)


@cache
def specimen() -> bytes:
    """A small workbook with what the issued ones need not have: a table, a chart, page breaks, Latin names."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    data, other = book.add_worksheet("Data"), book.add_worksheet("Other")
    data.write_column("A1", ["head", 1, 2])
    data.write_boolean("B1", True)
    data.write_formula("B2", "=Limit+1", None, 2)
    data.repeat_rows(0)
    data.set_h_pagebreaks([2, 3])
    data.set_v_pagebreaks([4])
    other.add_table("A1:B3", {"columns": [{"header": "one"}, {"header": "two"}]})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Data!$A$2:$A$3"})
    other.insert_chart("D2", chart)
    book.define_name("Limit", "=Data!$A$3")
    book.define_name("Other!Limit", "=Data!$A$2")
    book.close()
    return buffer.getvalue()


def test_specimen() -> None:
    assert package_problems(specimen()) == []


@dataclass(frozen=True)
class Damage:
    """One respect in which a file is damaged: the first match of ``pattern`` in a part becomes ``new``.

    ``part`` is how the part's name begins; of several, the first with a match is damaged. The groups of the
    match may stand in ``new`` and ``expected``, so that no cell's place is written down here.
    """

    check: str
    part: str
    pattern: str
    new: str
    expected: str
    small: bool = False

    def done(self) -> tuple[bytes, str]:
        """The damaged file and the beginning of the problem expected."""
        content = parts(specimen() if self.small else issued())
        for name in sorted(one for one in content if one.startswith(self.part)):
            text = content[name].decode()
            if match := re.search(self.pattern, text):
                damaged = text[: match.start()] + match.expand(self.new) + text[match.end() :]
                expected = match.expand(self.expected.replace("{part}", name))
                return packed({**content, name: damaged.encode()}), expected
        raise AssertionError(f"{self.pattern} is in no part {self.part}")


def _name(name: str, expected: str, text: str = "1", scope: str = "") -> Damage:
    new = f'<definedNames><definedName name="{name}"{scope}>{text}</definedName>'
    check = "defined_names" if text == "1" and not scope else "name_targets"
    return Damage(check, BOOK, "<definedNames>", new, f"{BOOK} {expected}")


def _cell(check: str, kind: str, value: str, expected: str) -> Damage:
    old = r'<c r="(\w+)"((?: s="\d+")?) t="s"><v>\d+</v>'
    return Damage(check, SHEETS, old, rf'<c r="\1"\2 t="{kind}">{value}', rf"{{part}} \1: {expected}")


def _formula(text: str, expected: str) -> Damage:
    old = r'<c r="(\w+)"([^>]*)><f>[^<]*</f>'
    return Damage("cell_formulas", SHEETS, old, rf'<c r="\1"\2><f>{text}</f>', rf"{{part}} \1: {expected}")


def _validation(attribute: str, length: int) -> Damage:
    old = rf'(<dataValidation [^>]*){attribute}="[^"]*"([^>]*sqref="([^"]+)")'
    new = rf'\g<1>{attribute}="{"长" * length}"\2'
    return Damage("validations", SHEETS, old, new, rf"{{part}} \3: {attribute} has {length} characters")


_STRING = "<is><t>{}</t></is>"
_BREAKS = r'<rowBreaks count="2" manualBreakCount="2">.*</rowBreaks>'
_MANY_BREAKS = "".join(f'<brk id="{number}"/>' for number in range(1, 1028))

DAMAGES = [
    # the package
    Damage("well_formed", SHEETS, "</sheetData>", "", "{part}: not well-formed"),
    Damage("content_types", TYPES, rf'<Override PartName="/({SHEETS}1.xml)"[^>]*/>', "", rf"{TYPES} \1: no"),
    Damage("content_types", TYPES, '<Default Extension="rels"[^>]*/>', "", f"{TYPES} "),
    Damage(
        "content_types", TYPES, "</Types>", '<Override PartName="/xl/none.xml" ContentType="a/b"/></Types>',
        f"{TYPES} /xl/none.xml: an override of a part",
    ),
    Damage("content_types", TYPES, '(<Override PartName="([^"]+)"[^>]*/>)', r"\1\1", rf"{TYPES} \2: 2 overr"),
    Damage("relationships", RELS, 'Id="(rId[0-9]+)"([^>]*)theme1.xml', r'Id="\1"\2no.xml', rf"{RELS} \1: its"),
    Damage("relationships", RELS, 'Id="rId2"', 'Id="rId1"', f"{RELS} rId1: 2 relationships"),
    Damage("relationship_ids", BOOK, 'r:id="rId2"', 'r:id="rId99"', f"{BOOK} rId99: <sheet> uses"),
    Damage("relationship_ids", RELS, 'worksheet"', 'theme"', f"{BOOK} rId1: <sheet> leads to a theme"),
    Damage("relationship_ids", SHEETS, '<drawing r:id="', r"\g<0>no", "{part} norId1: <drawing> uses", True),
    Damage("relationship_ids", "xl/drawings/", '(:chart [^>]*r:id=")', r"\1no", "{part} norId1: <chart>", True),
    # looks
    *(
        Damage(
            "style_records", STYLES, rf'(<cellXfs[^>]*><xf[^>]*{attribute}=")[0-9]+', r"\g<1>999",
            f"{STYLES} cellXfs[0]: {word} 999",
        )
        for attribute, word in (
            ("fontId", "fontId"), ("fillId", "fillId"), ("borderId", "borderId"), ("xfId", "xfId"),
            ("numFmtId", "number format"),
        )
    ),
    Damage("number_formats", STYLES, 'numFmtId="165" formatCode', 'numFmtId="164" formatCode', f"{STYLES} numFmt 164"),
    Damage("number_formats", STYLES, 'numFmtId="164" formatCode', 'numFmtId="100" formatCode', f"{STYLES} numFmt 100"),
    Damage("number_formats", STYLES, '(numFmtId="164" formatCode=")', r"\g<1>" + "0" * 256, f"{STYLES} numFmt 164: the"),
    Damage("cell_styles", SHEETS, r'<c r="(\w+)" s="\d+"', r'<c r="\1" s="999"', r"{part} c \1: style 999"),
    Damage("cell_styles", SHEETS, r'<row r="(\d+)"', r'\g<0> s="999"', r"{part} row \1: style 999"),
    Damage("cell_styles", SHEETS, r'<col min="(\d+)"', r'\g<0> style="999"', r"{part} col \1: style 999"),
    Damage(
        "differential_styles", SHEETS, r'dxfId="\d+" priority="(\d+)"', r'dxfId="99" priority="\1"',
        r"{part} \1: dxfId 99",
    ),
    Damage(
        "differential_styles", "xl/tables/", '<table [^>]*name="([^"]+)"', r'\g<0> headerRowDxfId="7"',
        r"{part} \1: headerRowDxfId 7", True,
    ),
    _cell("shared_strings", "s", "<v>99999</v>", "shared string 99999"),
    _cell("shared_strings", "s", "", "shared string"),
    # names
    Damage("sheet_names", BOOK, '<sheet name="[^"]+"', f'<sheet name="{"表" * 32}"', f"{BOOK} {'表' * 32}: "),
    Damage("sheet_names", BOOK, '<sheet name="[^"]+"', '<sheet name=""', f"{BOOK} : the sheet's name has 0"),
    *(
        Damage("sheet_names", BOOK, '<sheet name="[^"]+"', rf'<sheet name="甲\{one}"', f"{BOOK} 甲{one}: ")
        if one == "\\"
        else Damage("sheet_names", BOOK, '<sheet name="[^"]+"', f'<sheet name="甲{one}"', f"{BOOK} 甲{one}: ")
        for one in "[]:*?/'"
    ),
    Damage("sheet_names", BOOK, '<sheet name="[^"]+"', r'<sheet name="甲\\"', rf"{BOOK} 甲\\: the"),
    Damage("sheet_names", BOOK, '<sheet name="[^"]+"', '<sheet name="\'甲"', f"{BOOK} '甲: the"),
    Damage("sheet_names", BOOK, '<sheet name="Other"', '<sheet name="DATA"', f"{BOOK} data: two", True),
    Damage("sheet_list", BOOK, 'sheetId="2"', 'sheetId="1"', f"{BOOK} sheetId 1: two"),
    Damage("sheet_list", RELS, "worksheets/sheet2.xml", "worksheets/none.xml", f"{BOOK} ", False),
    Damage(
        "sheet_list", BOOK, '(<sheet name="Data")(.*<sheet name="Other")', r'\1 state="hidden"\2 state="hidden"',
        f"{BOOK} sheets: none", True,
    ),
    Damage("sheet_list", BOOK, "<workbookView ", '<workbookView activeTab="99" ', f"{BOOK} activeTab: 99"),
    *(_name(name, f"{name}: not a legal") for name in ("a-b", "1a", "a b", "甲（乙）", "甲、乙", "", "True")),
    *(_name(name, f"{name}: the name reads like a cell") for name in ("A1", "xfd1048576", "R1C1", "r", "C", "R2", "RC3")),
    _name("长" * 256, "长长"),
    _name("_xlnm.Nothing", "_xlnm.Nothing: no such name"),
    Damage("defined_names", BOOK, "<definedName name=.Limit.>", r"<definedName name='LIMIT'>1</definedName>\g<0>", f"{BOOK} limit (scope none): defined twice", True),
    _name("甲乙丙", "甲乙丙: 无此表!", "无此表!$A$1"),
    _name("甲乙丙", "甲乙丙: a bracket", "SUM(1"),
    _name("甲乙丙", "甲乙丙: scope 99", "1", ' localSheetId="99"'),
    Damage("name_targets", BOOK, r"Data!\$1:\$1", "None!$1:$1", f"{BOOK} _xlnm.Print_Titles: None!", True),
    Damage("print_names", BOOK, r"Data!\$1:\$1", "Other!$1:$1", f"{BOOK} _xlnm.Print_Titles of Data: Other!", True),
    Damage("print_names", BOOK, r"Data!\$1:\$1", "Data!$A$1", f"{BOOK} _xlnm.Print_Titles of Data: Data!$A$1", True),
    Damage("print_names", BOOK, "Print_Titles\"([^>]*)>[^<]*", r'Print_Area"\1>Data!Limit', f"{BOOK} _xlnm.Print_Area of Data: Data!Limit", True),
    Damage("custom_properties", CUSTOM, 'name="([^"]+)"(.*?)name="[^"]+"', r'name="\1"\2name="\1"', rf"{CUSTOM} \1: two"),
    Damage("custom_properties", CUSTOM, 'pid="3"', 'pid="2"', f"{CUSTOM} 2: two"),
    Damage("custom_properties", CUSTOM, 'pid="2" name="([^"]+)"', r'pid="1" name="\1"', rf"{CUSTOM} \1: pid 1"),
    Damage("property_vectors", APP, r'size="(\d+)" baseType="lpstr"', r'size="9\1" baseType="lpstr"', rf"{APP} vector: says 9\1"),
    # the grid
    Damage("rows", SHEETS, '<row r="2"', '<row r="1"', "{part} row 1: after row 1"),
    Damage("rows", SHEETS, '<row r="1"', '<row r="1048577"', "{part} row 1048577: "),
    Damage("rows", SHEETS, r'(<row r="(\d+)"[^>]* ht=")[\d.]+', r"\g<1>409.75", r"{part} row \2: 409.75 points"),
    Damage("cells", SHEETS, r'<c r="([A-Z]+)1"', r'<c r="\g<1>2"', r"{part} \g<1>2: in row 1"),
    Damage("cells", SHEETS, r'<c r="(\w+)"[^>]*/>', r"\g<0>\g<0>", r"{part} \1: not to the right"),
    Damage("cells", SHEETS, r'(<row r="1".*?)<c r="\w+"', r'\1<c r="XFE1"', "{part} XFE1: no cell"),
    Damage("columns", SHEETS, '<col min="2"', '<col min="1"', "{part} col 1: columns 1 to"),
    Damage("columns", SHEETS, '<col min="1" max="1"', '<col min="1" max="16385"', "{part} col 1: columns 1 to 16385"),
    Damage("columns", SHEETS, '<col min="1" max="1" width="[^"]+"', '<col min="1" max="1" width="256"', "{part} col 1: 256 wide"),
    *(
        Damage("ranges", SHEETS, rf'(<{tag} [^>]*)(s?q?ref)="[^"]+"', rf'\1\2="{bad}"', f"{{part}} {tag} {bad}: not")
        for tag, bad in (
            ("dimension", "A1:XFE9"), ("mergeCell", "B2:A1"), ("dataValidation", "A1048577"),
            ("conditionalFormatting", "L1:"), ("hyperlink", "1A"), ("dataValidation", " "),
        )
    ),
    Damage("merges", SHEETS, '<mergeCell ref="[^"]+"', '<mergeCell ref="ZZ9"', "{part} ZZ9: one cell"),
    Damage("merges", SHEETS, '<mergeCell ref="([^"]+)"/>', r"\g<0>\g<0>", r"{part} \1: overlaps the merged \1"),
    Damage("merges", SHEETS, '<mergeCells count="[0-9]+"', '<mergeCells count="999"', "{part} mergeCells: count says 999"),
    Damage("merges", SHEETS, "<mergeCells .*</mergeCells>", "<mergeCells/>", "{part} mergeCells: count says None"),
    _cell("cell_texts", "inlineStr", _STRING.format("长" * 32768), "a text of 32768"),
    _cell("cell_texts", "inlineStr", _STRING.format("甲_x0001_"), "the control character"),
    _cell("cell_texts", "str", "<v>甲_x001f_</v>", "the control character"),
    Damage("cell_texts", "xl/sharedStrings.xml", "<t>head", "<t>_x0000_", f"{SHEETS}1.xml A1: the control", True),
    _cell("cell_values", "n", "<v>nan</v>", "nan is no value"),
    _cell("cell_values", "n", "<v>甲</v>", "甲 is no value"),
    _cell("cell_values", "b", "<v>2</v>", "2 is no value"),
    _cell("cell_values", "e", "<v>#BAD!</v>", "#BAD! is no value"),
    _cell("cell_values", "q", "<v>1</v>", "1 is no value of the type q"),
    # formulas
    _formula("1" + "+1" * 4096, "the formula has 8194"),
    _formula("SUM(1", "a bracket is not closed"),
    _formula("SUM(1))", "a bracket is closed"),
    _formula("{1)", "does not tokenize"),
    _formula('"甲', "does not tokenize"),
    _formula("1 2", "2 is out of place"),
    _formula("SUM(1)SUM(2)", "SUM( is out of place"),
    _formula("(1,)", ") is out of place"),
    _formula("()", ") is out of place"),
    _formula("*1", "* is out of place"),
    _formula("1+", "the formula is empty or ends"),
    _formula("", "the formula is empty"),
    _formula("ABS(" * 65 + "1" + ")" * 65, "functions are nested 65"),
    _formula("SUM(1" + ",1" * 255 + ")", "SUM has 256 arguments"),
    _formula("IF(1,2,3,4)", "IF has 4 arguments"),
    _formula("ABS()", "ABS has 0 arguments"),
    _formula("XLOOKUP(1,2,3)", "XLOOKUP is no function"),
    _formula("_xlfn.CONCAT(1)", "_XLFN.CONCAT is no function"),
    _formula(f'"{"长" * 256}"', "a text of 256"),
    _formula("无此名称+1", "无此名称 is neither"),
    _formula("A1048577", "A1048577 is neither"),
    _formula("无此表!A1", "无此表!A1 names a sheet"),
    _formula("'无 此表'!A1", "'无 此表'!A1 names a sheet"),
    _formula("[1]甲!A1", "[1]甲!A1 names a sheet"),
    _formula("#REF!+1", "the formula holds #REF!"),
    Damage("cell_formulas", SHEETS, "Limit", "Gone", "{part} B2: Gone is neither", True),
    # rules over cells
    _validation("promptTitle", 33),
    _validation("errorTitle", 33),
    _validation("prompt", 256),
    _validation("error", 256),
    Damage("validations", SHEETS, 'sqref="([^"]+)"><formula1>"[^<]*"', rf'sqref="\1"><formula1>"{"长" * 256}"', r"{part} \1: the list has 256"),
    Damage("validations", SHEETS, r'sqref="([^"]+)"><formula1>[\d.]+<', rf'sqref="\1"><formula1>{"1+" * 127}11<', r"{part} \1: the formula has 256"),
    Damage("validations", SHEETS, 'sqref="([^"]+)"><formula1>[^<]*', r'sqref="\1"><formula1>SUM(', r"{part} \1: a bracket"),
    Damage("validations", SHEETS, '<dataValidations count="[0-9]+"', '<dataValidations count="9999"', "{part} dataValidations: count says 9999"),
    Damage(
        "validations_apart", SHEETS, '(<dataValidation [^>]*sqref="([^"]+)".*?<dataValidation [^>]*sqref=")[^"]+',
        r"\1\2", r"{part} \2: overlaps the validation of \2",
    ),
    Damage("conditional_formats", SHEETS, '(<conditionalFormatting sqref="([^"]+)"><cfRule[^>]*><formula>)[^<]*', r"\1SUM(", r"{part} \2: a bracket"),
    Damage("conditional_formats", SHEETS, '(<conditionalFormatting sqref="([^"]+)"><cfRule[^>]*>)<formula>[^<]*</formula>', r"\1", r"{part} \2: a rule without"),
    *(
        Damage("hyperlinks", SHEETS, '<hyperlink ref="([^"]+)" location="[^"]+"', rf'<hyperlink ref="\1"{bad}', rf"{{part}} \1: the link leads {where}")
        for bad, where in (
            (' location="无此表!A1"', "to 无此表!A1"), (' location="标识!A0"', "to 标识!A0"),
            (' location="无此名称"', "to 无此名称"), ("", "nowhere"),
        )
    ),
    # the page
    Damage("element_order", SHEETS, "<pageMargins[^>]*/>", r"\g<0>\g<0>", "{part} pageMargins: twice"),
    Damage("element_order", SHEETS, "(<pageMargins[^>]*/>)(<pageSetup[^>]*/>)", r"\2\1", "{part} pageMargins: twice, or after pageSetup"),
    Damage("element_order", SHEETS, "<pageMargins", r"<nonsense/>\g<0>", "{part} nonsense: no element"),
    Damage("panes", SHEETS, '<pane ([^>]*)topLeftCell="[^"]+"', r'<pane \1topLeftCell="A1"', "{part} pane: begins at A1"),
    Damage("panes", SHEETS, '<pane ([^>]*)topLeftCell="[^"]+"', r'<pane \1topLeftCell="A0"', "{part} pane: begins at A0"),
    Damage("panes", SHEETS, 'ySplit="[0-9]+"', 'ySplit="1.5"', "{part} pane: splits after 0.0 columns and 1.5"),
    Damage("panes", SHEETS, 'activePane="bottomLeft"', 'activePane="topRight"', "{part} pane: the active pane topRight"),
    Damage("panes", SHEETS, 'selection pane="bottomLeft"', 'selection pane="topRight"', "{part} selection: in the pane topRight"),
    Damage("headers", SHEETS, "<oddHeader>[^<]*", f"<oddHeader>{'长' * 256}", "{part} oddHeader: 256"),
    Damage("headers", SHEETS, "<oddFooter>[^<]*", f"<oddFooter>{'长' * 256}", "{part} oddFooter: 256"),
    Damage("breaks", SHEETS, '<rowBreaks count="2"', '<rowBreaks count="3"', "{part} rowBreaks: count says 3", True),
    Damage("breaks", SHEETS, 'BreakCount="1"', 'BreakCount="2"', "{part} colBreaks: manualBreakCount says 2", True),
    Damage("breaks", SHEETS, _BREAKS, f"<rowBreaks>{_MANY_BREAKS}</rowBreaks>", "{part} rowBreaks: 1027", True),
    Damage("breaks", SHEETS, '<brk id="3"', '<brk id="2"', "{part} rowBreaks: a break at 2 after 2", True),
    Damage("charts", "xl/charts/", "<c:f>[^<]*", "<c:f>None!$A$2", "{part} None!$A$2: None!$A$2 names a", True),
    Damage("charts", "xl/charts/", "<c:f>[^<]*", "<c:f>SUM(", "{part} SUM(: a bracket", True),
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda one: f"{one.check}-{one.expected[:50]}")
def test_damage_is_found(damage: Damage) -> None:
    data, expected = damage.done()
    found = problems_by_check(data).get(damage.check, [])
    assert any(problem.startswith(expected) for problem in found), (expected, found)


def test_entry_twice() -> None:
    buffer = io.BytesIO(issued())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("XL/workbook.xml", b"<workbook/>")
    assert problems_by_check(buffer.getvalue())["entries_once"] == [
        "xl/workbook.xml: 2 entries of this name in the zip"
    ]


def test_relationships_of_no_part() -> None:
    part = "xl/worksheets/_rels/sheet99.xml.rels"
    data = with_part(issued(), part, b"<Relationships/>")
    assert problems_by_check(data)["relationships"] == [
        f"{part}: the relationships of a part that is not there"
    ]


def test_no_zip() -> None:
    assert package_problems(b"PK") == ["not a zip file: File is not a zip file"]


def test_every_check_has_a_damage() -> None:
    shown = {damage.check for damage in DAMAGES} | {"entries_once"}
    assert shown == {check.__name__ for check in CHECKS}


# what the checks leave alone


@pytest.mark.parametrize(
    "name", ["XFE1", "A1048577", "甲_原值", "一季度3", "R1048577", "_A1", "RCA", "甲.乙"]
)
def test_lawful_names(name: str) -> None:
    data, _ = _name(name, "").done()
    assert package_problems(data) == []


@pytest.mark.parametrize(
    "formula",
    [
        "-1%+2", "IF(A1,,2)", "MAX({1,2;3,4})", "NA()", '"a""b"&"甲"', "1E+5*.5", "甲!$A$1:B2", "'it''s'!A:A",
        "SUM(1:2,甲乙)", "(1+2)*-(3)", "IF(true,FALSE,#N/A)", "ABS(" * 64 + "1" + ")" * 64,
        "SUM(1" + ",1" * 254 + ")", f'"{"长" * 255}"', "甲!$1:$2,甲!$A:$B",
    ],
)  # fmt: skip
def test_lawful_formulas(formula: str) -> None:
    known = Known(frozenset({"甲", "it's"}), frozenset({"甲乙"}))
    assert list(formula_problems(formula, known)) == []
