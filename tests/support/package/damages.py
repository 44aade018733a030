"""Files damaged in one respect each, to show that each check finds its damage."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from functools import cache

import xlsxwriter

from tests.support.zips import zipped

SHEETS, BOOK, STYLES, TYPES = "xl/worksheets/sheet", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"
RELS, CUSTOM, APP = "xl/_rels/workbook.xml.rels", "docProps/custom.xml", "docProps/app.xml"


@cache
def specimen() -> bytes:
    """A small workbook with what issued ones need not have: table, chart, page breaks, Latin names."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    data, other = book.add_worksheet("Data"), book.add_worksheet("Other")
    data.write_column("A1", ["head", 1, 2])
    data.write_boolean("B1", True)
    data.write_formula("B2", "=Limit+1", None, 2)
    data.write_url("C1", "https://example.org/")
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


@dataclass(frozen=True)
class Damage:
    """The first match of ``pattern`` in a part becomes ``new``; ``check`` must then name ``expected``.

    ``part`` is how the part's name begins; of several, the first with a match is damaged. The groups of the
    match may stand in ``new`` and ``expected``, so that no place in an issued workbook is written down here.
    The problem must begin with the damaged part, or with ``where``.
    """

    check: str
    part: str
    pattern: str
    new: str
    expected: str
    where: str = ""
    small: bool = False  # done to the specimen, not to an issued workbook

    def done(self, issued: bytes) -> tuple[bytes, str]:
        """The damaged file and how the expected problem begins."""
        with zipfile.ZipFile(io.BytesIO(specimen() if self.small else issued)) as archive:
            content = {name: archive.read(name) for name in archive.namelist()}
        for name in sorted(one for one in content if one.startswith(self.part)):
            text = content[name].decode()
            if match := re.search(self.pattern, text):
                damaged = text[: match.start()] + match.expand(self.new) + text[match.end() :]
                content[name] = damaged.encode()
                return zipped(
                    content, zipfile.ZIP_STORED
                ), f"{self.where or name}{match.expand(self.expected)}"
        raise AssertionError(f"{self.pattern} is in no part {self.part}")


def _small(check: str, part: str, pattern: str, new: str, expected: str, where: str = "") -> Damage:
    return Damage(check, part, pattern, new, expected, where, small=True)


def named(name: str, expected: str = "", text: str = "1", scope: str = "", check: str = "") -> Damage:
    """A defined name more."""
    new = f'<definedNames><definedName name="{name}"{scope}>{text}</definedName>'
    return _small(check or "defined_names", BOOK, "<definedNames>", new, f" {name}: {expected}")


def _sheet_name(name: str, expected: str) -> Damage:
    escaped = name.replace("\\", "\\\\")
    return Damage(
        "sheet_names", BOOK, '<sheet name="[^"]+"', f'<sheet name="{escaped}"', f" {escaped}: {expected}"
    )


def _cell(check: str, kind: str, value: str, expected: str) -> Damage:
    old = r'<c r="(\w+)"((?: s="\d+")?) t="s"><v>\d+</v>'
    return Damage(check, SHEETS, old, rf'<c r="\1"\2 t="{kind}">{value}', rf" \1: {expected}")


def _text(text: str, expected: str) -> Damage:
    return _cell("cell_texts", "inlineStr", f"<is><t>{text}</t></is>", expected)


def _formula(text: str, expected: str) -> Damage:
    old = r'<c r="(\w+)"([^>]*)><f>[^<]*</f>'
    return Damage("cell_formulas", SHEETS, old, rf'<c r="\1"\2><f>{text}</f>', rf" \1: {expected}")


def _range(tag: str, bad: str) -> Damage:
    old = rf'(<{tag} [^>]*)\b((?:sq)?ref)="[^"]+"'
    return Damage("ranges", SHEETS, old, rf'\1\2="{bad}"', f" {tag} {bad}: not a range")


def _message(attribute: str, length: int) -> Damage:
    old = rf'(<dataValidation [^>]*){attribute}="[^"]*"([^>]*sqref="([^"]+)")'
    new = rf'\g<1>{attribute}="{"长" * length}"\2'
    return Damage("validations", SHEETS, old, new, rf" \3: {attribute} has {length} characters")


def _validation(old: str, new: str, expected: str) -> Damage:
    head = 'sqref="([^"]+)"><formula1>'
    return Damage(
        "validations", SHEETS, f"{head}{old}</formula1>", rf'sqref="\1"><formula1>{new}</formula1>',
        rf" \1: {expected}",
    )  # fmt: skip


def _rule(new: str, expected: str) -> Damage:
    old = '(<conditionalFormatting sqref="([^"]+)"><cfRule[^>]*>)<formula>[^<]*</formula>'
    return Damage("conditional_formats", SHEETS, old, rf"\1{new}", rf" \2: {expected}")


def _link(location: str, expected: str) -> Damage:
    old = '<hyperlink ref="([^"]+)" location="[^"]+"'
    return Damage("hyperlinks", SHEETS, old, rf'<hyperlink ref="\1"{location}', rf" \1: the link {expected}")


_OVERRIDE = '<Override PartName="/xl/none.xml" ContentType="a/b"/>'
_PACKAGE = [
    Damage("well_formed", SHEETS, "</sheetData>", "", ": not well-formed"),
    Damage("content_types", TYPES, rf'<Override PartName="/({SHEETS}1.xml)"[^>]*/>', "", r" \1: no content"),
    Damage("content_types", TYPES, '<Default Extension="rels"[^>]*/>', "", " "),
    Damage("content_types", TYPES, "</Types>", rf"{_OVERRIDE}\g<0>", " /xl/none.xml: an override of"),
    Damage("content_types", TYPES, '<Override PartName="([^"]+)"[^>]*/>', r"\g<0>\g<0>", r" \1: 2 overrides"),
    Damage(
        "relationships", RELS, 'Id="(rId[0-9]+)"([^>]*)theme1.xml', r'Id="\1"\2no.xml', r" \1: its target"
    ),
    Damage("relationships", RELS, 'Id="rId2"', 'Id="rId1"', " rId1: 2 relationships"),
    Damage("relationship_ids", BOOK, 'r:id="rId2"', 'r:id="rId99"', " rId99: <sheet> uses"),
    Damage("relationship_ids", RELS, 'worksheet"', 'theme"', " rId1: <sheet> leads to a theme", where=BOOK),
    _small("relationship_ids", SHEETS, '<drawing r:id="', r"\g<0>no", " norId1: <drawing> uses"),
    _small("relationship_ids", "xl/drawings/", ':chart [^>]*r:id="', r"\g<0>no", " norId1: <chart> uses"),
]

_XF = ("fontId", "fillId", "borderId", "xfId", "numFmtId")
_LOOKS = [
    *(
        Damage(
            "style_records", STYLES, rf'(<cellXfs[^>]*><xf[^>]*{one}=")[0-9]+', r"\g<1>999",
            f" cellXfs[0]: {one.replace('numFmtId', 'number format')} 999",
        )
        for one in _XF
    ),
    Damage("number_formats", STYLES, '(numFmtId=")165(" formatCode)', r"\g<1>164\2", " numFmt 164: the id"),
    Damage("number_formats", STYLES, '(numFmtId=")164(" formatCode)', r"\g<1>100\2", " numFmt 100: the id"),
    Damage("number_formats", STYLES, '"164" formatCode="', rf"\g<0>{'0' * 256}", " numFmt 164: the format"),
    Damage("cell_styles", SHEETS, r'<c r="(\w+)" s="\d+"', r'<c r="\1" s="999"', r" c \1: style 999"),
    Damage("cell_styles", SHEETS, r'<row r="(\d+)"', r'\g<0> s="999"', r" row \1: style 999"),
    Damage("cell_styles", SHEETS, r'<col min="(\d+)"', r'\g<0> style="999"', r" col \1: style 999"),
    Damage(
        "differential_styles", SHEETS, r'dxfId="\d+" priority="(\d+)"', r'dxfId="99" priority="\1"',
        r" \1: dxfId",
    ),
    _small(
        "differential_styles", "xl/tables/", '<table [^>]*name="([^"]+)"', r'\g<0> dataDxfId="7"',
        r" \1: dataDxfId 7",
    ),
    _cell("shared_strings", "s", "<v>99999</v>", "shared string 99999"),
    _cell("shared_strings", "s", "", "shared string"),
]  # fmt: skip

_TITLES = r"Data!\$1:\$1"
_NAMES = [
    _sheet_name("表" * 32, "the sheet's name has 32"),
    _sheet_name("", "the sheet's name has 0"),
    *(_sheet_name(f"甲{one}", "the sheet's name has one of") for one in "[]:*?/\\"),
    _sheet_name("'甲", "the sheet's name begins or ends"),
    _sheet_name("甲'", "the sheet's name begins or ends"),
    _small("sheet_names", BOOK, '<sheet name="Other"', '<sheet name="DATA"', " data: two sheets"),
    Damage("sheet_list", BOOK, 'sheetId="2"', 'sheetId="1"', " sheetId 1: two sheets"),
    _small(
        "sheet_list", RELS, "worksheets/sheet2.xml", "no.xml", " Other: the sheet has no part", where=BOOK,
    ),
    _small(
        "sheet_list", BOOK, "(sheetId=.1.)(.*sheetId=.2.)", r"\1 state='hidden'\2 state='hidden'",
        " sheets: none",
    ),
    Damage("sheet_list", BOOK, "<workbookView ", r'\g<0>activeTab="99" ', " activeTab: 99"),
    *(named(name, "not a legal") for name in ("a-b", "1a", "a b", "甲（乙）", "甲、乙", "", "True")),
    *(
        named(name, "the name reads like a cell")
        for name in ("A1", "xfd1048576", "R1C1", "r", "C", "R2", "RC3", "R1048576C16384")
    ),
    _small("defined_names", BOOK, "<definedNames>", rf'\g<0><definedName name="{"长" * 256}"/>', " 长长"),
    named("_xlnm.Nothing", "no such name of Excel's own"),
    _small(
        "defined_names", BOOK,
        '<definedName name="Limit">', r'<definedName name="LIMIT">1</definedName>\g<0>',
        " limit (scope none): defined twice",
    ),
    named("甲乙丙", "无此表!", "无此表!$A$1", check="name_targets"),
    named("甲乙丙", "a bracket", "SUM(1", check="name_targets"),
    named("甲乙丙", "scope 99", "1", ' localSheetId="99"', check="name_targets"),
    _small("name_targets", BOOK, _TITLES, "None!$1:$1", " _xlnm.Print_Titles: None!$1:$1 names a sheet"),
    _small("print_names", BOOK, _TITLES, "Other!$1:$1", " _xlnm.Print_Titles of Data: Other!$1:$1 is not of"),
    _small("print_names", BOOK, _TITLES, "Data!$A$1", " _xlnm.Print_Titles of Data: Data!$A$1 are not whole"),
    _small(
        "print_names", BOOK, "Print_Titles([^>]*>)[^<]*", r"Print_Area\1Data!no",
        " _xlnm.Print_Area of Data: Data!no",
    ),
    Damage(
        "custom_properties", CUSTOM, ' name="([^"]+)"(.*?) name="[^"]+"', r' name="\1"\2 name="\1"',
        r" \1: two",
    ),
    Damage("custom_properties", CUSTOM, 'pid="3"', 'pid="2"', " 2: two properties"),
    Damage("custom_properties", CUSTOM, 'pid="2" name="([^"]+)"', r'pid="1" name="\1"', r" \1: pid 1"),
    Damage(
        "property_vectors", APP, r'size="(\d+)" baseType="lpstr"', r'size="9\1" baseType="lpstr"',
        r" vector: says 9\1",
    ),
]  # fmt: skip

_COL = '<col min="1" max="1"'
_GRID = [
    Damage("rows", SHEETS, '<row r="2"', '<row r="1"', " row 1: after row 1"),
    Damage("rows", SHEETS, '<row r="1"', '<row r="1048577"', " row 1048577: "),
    Damage("rows", SHEETS, r'(<row r="(\d+)"[^>]* ht=")[\d.]+', r"\g<1>409.75", r" row \2: 409.75 points"),
    Damage("cells", SHEETS, '<c r="([A-Z]+)1"', r'<c r="\g<1>2"', r" \g<1>2: in row 1"),
    Damage("cells", SHEETS, r'<c r="(\w+)"[^>]*/>', r"\g<0>\g<0>", r" \1: not to the right"),
    Damage("cells", SHEETS, r'<c r="\w+"', '<c r="XFE1"', " XFE1: no cell"),
    Damage("columns", SHEETS, '<col min="2"', '<col min="1"', " col 1: columns 1 to"),
    Damage("columns", SHEETS, _COL, '<col min="1" max="16385"', " col 1: columns 1 to 16385"),
    Damage("columns", SHEETS, f'{_COL} width="[^"]+"', f'{_COL} width="256"', " col 1: 256 wide"),
    _range("dimension", "A1:XFE9"),
    _range("mergeCell", "B2:A1"),
    _range("dataValidation", "A1048577"),
    _range("dataValidation", " "),
    _range("conditionalFormatting", "L1:"),
    _range("hyperlink", "1A"),
    Damage("merges", SHEETS, '<mergeCell ref="[^"]+"', '<mergeCell ref="ZZ9"', " ZZ9: one cell alone"),
    Damage("merges", SHEETS, '<mergeCell ref="([^"]+)"/>', r"\g<0>\g<0>", r" \1: overlaps the merged \1"),
    Damage("merges", SHEETS, '<mergeCells count="', r"\g<0>9", " mergeCells: count says 9"),
    Damage(
        "merges", SHEETS, "<mergeCells .*</mergeCells>", "<mergeCells/>",
        " mergeCells: count says None, holds 0",
    ),
    _text("长" * 32768, "a text of 32768"),
    _text("甲_x0001_", "the control character"),
    _cell("cell_texts", "str", "<v>甲_x001f_</v>", "the control character"),
    _small(
        "cell_texts", "xl/sharedStrings.xml", "<t>head", "<t>_x0000_", "1.xml A1: the control",
        where=SHEETS,
    ),
    _cell("cell_values", "n", "<v>nan</v>", "nan is no value"),
    _cell("cell_values", "n", "<v>甲</v>", "甲 is no value"),
    _cell("cell_values", "b", "<v>2</v>", "2 is no value"),
    _cell("cell_values", "e", "<v>#BAD!</v>", "#BAD! is no value"),
    _cell("cell_values", "q", "<v>1</v>", "1 is no value of the type q"),
]  # fmt: skip

_FORMULAS = [
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
    _small("cell_formulas", SHEETS, "Limit", "Gone", " B2: Gone is neither"),
]

_RULES = [
    _message("promptTitle", 33),
    _message("errorTitle", 33),
    _message("prompt", 256),
    _message("error", 256),
    _validation('"[^<]*"', f'"{"长" * 256}"', "the list has 256"),
    _validation(r"[\d.]+", "1+" * 127 + "11", "the formula has 256"),
    _validation("[^<]*", "SUM(", "a bracket"),
    Damage("validations", SHEETS, '<dataValidations count="', r"\g<0>9", " dataValidations: count says 9"),
    Damage(
        "validations_apart", SHEETS,
        '(<dataValidation [^>]*sqref="([^"]+)".*?<dataValidation [^>]*sqref=")[^"]+',
        r"\1\2", r" \2: overlaps the validation of \2",
    ),
    _rule("<formula>SUM(</formula>", "a bracket"),
    _rule("", "a rule without"),
    _link(' location="无此表!A1"', "leads to 无此表!A1"),
    _link(' location="标识!A0"', "leads to 标识!A0"),
    _link(' location="无此名称"', "leads to 无此名称"),
    _link("", "leads nowhere"),
]  # fmt: skip

_MARGINS = "<pageMargins[^>]*/>"
_CORNER = '(<pane [^>]*topLeftCell=")[^"]+'
_ROW_BREAKS = "<rowBreaks .*</rowBreaks>"
_MANY = "".join(f'<brk id="{number}"/>' for number in range(1, 1028))
_PAGE = [
    Damage("element_order", SHEETS, _MARGINS, r"\g<0>\g<0>", " pageMargins: twice"),
    Damage(
        "element_order", SHEETS, f"({_MARGINS})(<pageSetup[^>]*/>)", r"\2\1",
        " pageMargins: twice, or after pageSetup",
    ),
    Damage("element_order", SHEETS, _MARGINS, r"<nonsense/>\g<0>", " nonsense: no element"),
    Damage("panes", SHEETS, _CORNER, r"\g<1>A1", " pane: begins at A1"),
    Damage("panes", SHEETS, _CORNER, r"\g<1>A0", " pane: begins at A0"),
    Damage("panes", SHEETS, 'ySplit="[0-9]+"', 'ySplit="1.5"', " pane: splits after"),
    Damage("panes", SHEETS, 'activePane="[a-zA-Z]+"', 'activePane="no"', " pane: the active pane no is not"),
    Damage(
        "panes", SHEETS, '<pane [^>]*/>(<selection pane="([a-zA-Z]+)")', r"\1",
        r" selection: in the pane \2",
    ),
    Damage("headers", SHEETS, "<oddHeader>[^<]*", f"<oddHeader>{'长' * 256}", " oddHeader: 256"),
    Damage("headers", SHEETS, "<oddFooter>[^<]*", f"<oddFooter>{'长' * 256}", " oddFooter: 256"),
    _small("breaks", SHEETS, '<rowBreaks count="2"', '<rowBreaks count="3"', " rowBreaks: count says 3"),
    _small("breaks", SHEETS, 'BreakCount="1"', 'BreakCount="2"', " colBreaks: manualBreakCount says 2"),
    _small("breaks", SHEETS, _ROW_BREAKS, f"<rowBreaks>{_MANY}</rowBreaks>", " rowBreaks: 1027 breaks"),
    _small("breaks", SHEETS, '<brk id="3"', '<brk id="2"', " rowBreaks: a break at 2 after 2"),
    _small("charts", "xl/charts/", "<c:f>[^<]*", "<c:f>None!$A$2", " None!$A$2: None!$A$2 names a sheet"),
    _small("charts", "xl/charts/", "<c:f>[^<]*", "<c:f>SUM(", " SUM(: a bracket"),
]  # fmt: skip

DAMAGES = [*_PACKAGE, *_LOOKS, *_NAMES, *_GRID, *_FORMULAS, *_RULES, *_PAGE]
