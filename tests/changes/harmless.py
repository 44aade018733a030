"""Changes that officers and their programs make without touching what counts: all of them still pass."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import escape

from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName

from tests.changes.harmful import DETAILS
from tests.changes.made import score
from tests.support import returned
from tests.support.clean import clean
from tests.support.returned import ENTRY, SCORING, Issued
from workbook.api import new_workbook
from workbook.layout.names import Place
from workbook.rubric.fields import FieldKind

DRAFT = "草稿"


def own_sheet(book: Workbook) -> None:
    sheet = book.create_sheet(DRAFT, 2)
    for row, value in enumerate((600, 1000.5, 68.15), 1):
        sheet.cell(row, 1, value)
    sheet["B1"] = '=SUM(A1:A3)&INDIRECT("A1")'
    sheet["SA3000"] = "远处"


def own_names(book: Workbook) -> None:
    book.defined_names["我的合计"] = DefinedName("我的合计", attr_text=f"'{ENTRY}'!$D$4:$D$5")


def looks(book: Workbook) -> None:
    sheet = book[ENTRY]
    sheet.column_dimensions["B"].width = 80
    sheet.row_dimensions[4].height = 60
    sheet.sheet_view.zoomScale = 70
    sheet["D4"].comment = Comment("请核对", "审核人")
    sheet["D4"].fill = PatternFill("solid", fgColor="FF0000")
    book[SCORING]["A1"].font = Font(size=30)
    book[SCORING].print_area = "A1:Z200"
    book.active = 2


def copied_sheet(book: Workbook) -> None:
    """Excel gives a copied sheet its own copies of the names."""
    copy = book.copy_worksheet(book[ENTRY])
    name = next(name for name, one in book.defined_names.items() if ENTRY in one.attr_text)
    copy.defined_names[name] = DefinedName(name, attr_text=f"'{copy.title}'!$D$4")


def shared_formulas(case: Issued) -> bytes:
    """As WPS writes a column of a detail table: one formula, and followers that refer to it."""
    content = returned.parts(case.filled)
    part = returned.sheet_part(case.filled, DETAILS)
    text = content[part].decode()
    column = list(case.template.sheet[DETAILS].formulas)[-1][0]
    cells = re.findall(rf'<c r="{column}(\d+)"[^>]*><f>', text)
    first, last = cells[0], cells[-1]
    assert len(cells) > 50

    def shared(match: re.Match[str]) -> str:
        if match[2] == first:
            return f'{match[1]}<f t="shared" ref="{column}{first}:{column}{last}" si="7">{match[3]}</f>'
        return f'{match[1]}<f t="shared" si="7"/>'

    content[part] = re.sub(rf'(<c r="{column}(\d+)"[^>]*>)<f>([^<]*)</f>', shared, text).encode()
    return returned.packed(content)


def wps_properties(case: Issued) -> bytes:
    """The build number of WPS among the properties, a part of its own, and pictures in cells."""
    new = (
        r'\g<0><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="99" name="KSOProductBuildVer">'
        '<vt:lpwstr xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        "2052-12.1.0.16120</vt:lpwstr></property>"
    )
    data = returned.in_part(case.filled, "docProps/custom.xml", r"<Properties[^>]*>", new)
    data = returned.with_part(data, "xl/customStorage/customStorage.xml", b"<a/>")
    return returned.with_part(data, "xl/cellimages.xml", b"<etc:cellImages xmlns:etc='x'/>")


def wrong_dimension(case: Issued) -> bytes:
    part = returned.sheet_part(case.filled, ENTRY)
    return returned.in_part(case.filled, part, r'<dimension ref="[^"]*"', '<dimension ref="A1"')


def filtered(case: Issued) -> bytes:
    """Rows of a detail table hidden by its filter."""
    part = returned.sheet_part(case.filled, DETAILS)
    return returned.in_part(case.filled, part, r'(<row r="(?:8|9)"[^>]*?)>', r'\1 hidden="1">', count=2)


def sorted_rows(case: Issued) -> bytes:
    """Another order of the same rows in a detail table."""
    inputs = clean(case.rubric.id)
    tables = {key: tuple(reversed(rows)) for key, rows in inputs.tables.items() if key == "projects"}
    return new_workbook(case.rubric, inputs=replace(inputs, tables={**inputs.tables, **tables}))


def whitespace_in_formulas(case: Issued) -> bytes:
    """As programs write formulas anew: blanks after commas, names of functions in small letters."""
    place = score(case)
    text = case.template.sheet[place.sheet].formulas[place.cell].removeprefix("=")
    new = text.replace(",", ", ").replace("IF(", "if(").replace("ROUND(", "Round(")
    return returned.with_cell(case.filled, place, ("n", f"<f>{escape(new)}</f>{value(case, place)}"))


def value(case: Issued, place: Place) -> str:
    """A cell's saved value, as the file has it."""
    text = returned.parts(case.filled)[returned.sheet_part(case.filled, place.sheet)].decode()
    match = re.search(rf'<c r="{place.cell}"[^>]*><f>[^<]*</f>(<v>[^<]*</v>)', text)
    assert match
    return match[1]


def arithmetic(case: Issued) -> bytes:
    """An officer's own sum in an input, which gives the same amount."""
    field = case.field(FieldKind.MONEY)
    amount = clean(case.rubric.id).number(field.id)
    assert amount is not None
    source = f"{amount - 1}+0.5*2"
    return returned.with_cell(case.filled, case[field.id], returned.formula(source, float(amount)))


def row_taller(case: Issued) -> bytes:
    part = returned.sheet_part(case.filled, SCORING)
    return returned.in_part(case.filled, part, r'(<row r="9"[^>]*? ht=")[^"]*', r"\g<1>90")


def wider_column(case: Issued) -> bytes:
    part = returned.sheet_part(case.filled, ENTRY)
    return returned.in_part(case.filled, part, r'(<col min="2" max="2" width=")[^"]*', r"\g<1>77.5")


def zoomed(case: Issued) -> bytes:
    part = returned.sheet_part(case.filled, ENTRY)
    return returned.in_part(case.filled, part, "<sheetView ", '<sheetView zoomScale="60" ')


def column_hidden_beside(case: Issued) -> bytes:
    """Beyond what was issued an officer may hide what he likes."""
    part = returned.sheet_part(case.filled, ENTRY)
    beyond = get_column_letter(40)
    assert not any(cell.startswith(beyond) for cell in case.template.sheet[ENTRY].texts)
    return returned.in_part(
        case.filled, part, "</cols>", '<col min="40" max="41" width="9" hidden="1"/></cols>'
    )


def input_unlocked_and_locked(case: Issued) -> bytes:
    def change(book: Workbook) -> None:
        cell = book[ENTRY][case[case.field(FieldKind.MONEY).id].cell]
        cell.protection = Protection(locked=True)

    return returned.by_openpyxl(case.filled, change)


def protection_off(case: Issued) -> bytes:
    part = returned.sheet_part(case.filled, SCORING)
    return returned.in_part(case.filled, part, r"<sheetProtection [^>]*/>", "")


HARMLESS: dict[str, Callable[[Issued], bytes]] = {
    "as issued and filled": lambda case: case.filled,
    "saved by openpyxl": lambda case: returned.by_openpyxl(case.filled),
    "own sheet": lambda case: returned.by_openpyxl(case.filled, own_sheet),
    "own names": lambda case: returned.by_openpyxl(case.filled, own_names),
    "copied sheet": lambda case: returned.by_openpyxl(case.filled, copied_sheet),
    "widths, zoom, comments, fills": lambda case: returned.by_openpyxl(case.filled, looks),
    "shared formulas": shared_formulas,
    "properties and pictures of WPS": wps_properties,
    "wrong dimension": wrong_dimension,
    "rows filtered in a detail table": filtered,
    "rows sorted in a detail table": sorted_rows,
    "formulas written anew": whitespace_in_formulas,
    "own arithmetic in an input": arithmetic,
    "taller row": row_taller,
    "wider column": wider_column,
    "zoom": zoomed,
    "column hidden beyond the sheet": column_hidden_beside,
    "input locked": input_unlocked_and_locked,
    "protection taken off": protection_off,
}
