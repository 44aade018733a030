"""The names in a workbook: of its sheets, defined names, custom properties."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tests.support.package.archive import MAIN, WORKBOOK, Package, units
from tests.support.package.formulas import Known, formula_problems, references
from tests.support.package.refs import COLUMNS, ROWS, area, cell, split_sheet

_SHEET_LIMIT, _NAME_LIMIT, _RESERVED = 31, 255, "_xlnm."
_FORBIDDEN = set("[]:*?/\\")
# the names of Excel's own that it keeps among the defined names
_OF_EXCEL = {"print_titles", "print_area", "_filterdatabase", "criteria", "extract"}
_R1C1 = re.compile(r"(?:R([0-9]*))?(?:C([0-9]*))?", re.IGNORECASE)
_PROPERTIES = "docProps/custom.xml"


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(one.lower() for one in values).items() if count > 1]


def sheet_names(package: Package) -> Iterator[str]:
    """Sheets have names that Excel allows, each its own."""
    for name in package.sheet_titles:
        if not 1 <= units(name) <= _SHEET_LIMIT:
            yield f"{WORKBOOK} {name}: the sheet's name has {units(name)} characters"
        if _FORBIDDEN & set(name):
            yield f"{WORKBOOK} {name}: the sheet's name has one of []:*?/\\"
        if name.startswith("'") or name.endswith("'"):
            yield f"{WORKBOOK} {name}: the sheet's name begins or ends with an apostrophe"
    for name in _repeated(package.sheet_titles):
        yield f"{WORKBOOK} {name}: two sheets of this name"


def sheet_list(package: Package) -> Iterator[str]:
    """Sheets have ids of their own and parts; the active one exists and one is to be seen."""
    listed = list(package.tree(WORKBOOK).iter(f"{MAIN}sheet"))
    for number in _repeated(one.get("sheetId", "") for one in listed):
        yield f"{WORKBOOK} sheetId {number}: two sheets of this id"
    for name in set(package.sheet_titles) - {sheet.title for sheet in package.sheets}:
        yield f"{WORKBOOK} {name}: the sheet has no part"
    if all(one.get("state", "visible") != "visible" for one in listed):
        yield f"{WORKBOOK} sheets: none is visible"
    for view in package.tree(WORKBOOK).iter(f"{MAIN}workbookView"):
        if int(view.get("activeTab", 0)) >= len(listed):
            yield f"{WORKBOOK} activeTab: {view.get('activeTab')} of {len(listed)} sheets"


def _like_a_cell(name: str) -> bool:
    if cell(name) is not None:
        return True
    match = _R1C1.fullmatch(name)
    return match is not None and int(match[1] or 1) <= ROWS and int(match[2] or 1) <= COLUMNS


def _legal(name: str) -> bool:
    first, rest = name[:1], name[1:]
    return (first.isalpha() or first in {"_", "\\"}) and all(
        one.isalpha() or one.isdecimal() or one in "_.?\\" for one in rest
    )


def defined_names(package: Package) -> Iterator[str]:
    """Defined names are names that Excel allows, each its own within its scope."""
    for one in package.defined_names:
        name = one.get("name", "")
        if name.startswith(_RESERVED):
            if name.removeprefix(_RESERVED).lower() not in _OF_EXCEL:
                yield f"{WORKBOOK} {name}: no such name of Excel's own"
            continue
        if units(name) > _NAME_LIMIT:
            yield f"{WORKBOOK} {name[:40]}…: the name has {units(name)} characters"
        if not _legal(name) or name.lower() in {"true", "false"}:
            yield f"{WORKBOOK} {name}: not a legal name"
        if _like_a_cell(name):
            yield f"{WORKBOOK} {name}: the name reads like a cell"
    scoped = [f"{one.get('name', '')} (scope {one.get('localSheetId')})" for one in package.defined_names]
    for name in _repeated(scoped):
        yield f"{WORKBOOK} {name}: defined twice"


def known_names(package: Package, sheet: int | None = None) -> Known:
    """What a formula may name: sheets, tables, global names and those of its own sheet."""
    names = {
        one.get("name", "").lower()
        for one in package.defined_names
        if one.get("localSheetId") in {None, str(sheet)}
    }
    tables = {one.get("displayName", "").lower() for one in package.trees("xl/tables/").values()}
    sheets = {title.lower() for title in package.sheet_titles}
    return Known(frozenset(sheets), frozenset(names | tables))


def name_targets(package: Package) -> Iterator[str]:
    """What a defined name stands for is a formula; its scope is a sheet; sheets and names in it exist."""
    known = known_names(package)
    for one in package.defined_names:
        name, scope = one.get("name", ""), one.get("localSheetId")
        if scope is not None and int(scope) >= len(package.sheet_titles):
            yield f"{WORKBOOK} {name}: scope {scope} of {len(package.sheet_titles)} sheets"
        for problem in formula_problems(one.text or "", known):
            yield f"{WORKBOOK} {name}: {problem}"


def print_names(package: Package) -> Iterator[str]:
    """Print titles are whole rows or columns, print areas are ranges, both of their own sheet."""
    for one in package.defined_names:
        name = one.get("name", "")
        if name not in {"_xlnm.Print_Titles", "_xlnm.Print_Area"}:
            continue
        title = dict(enumerate(package.sheet_titles)).get(int(one.get("localSheetId", -1)))
        for value in references(one.text or ""):
            sheet, rest = split_sheet(value)
            place = f"{WORKBOOK} {name} of {title}"
            if title is None or sheet is None or sheet.lower() != title.lower():
                yield f"{place}: {value} is not of this sheet"
            found = area(rest)
            whole = found is not None and (found.right == COLUMNS or found.bottom == ROWS)
            if found is None or (name.endswith("Titles") and not whole):
                yield f"{place}: {value} are not whole rows or columns or no range"


def custom_properties(package: Package) -> Iterator[str]:
    """Custom document properties have names and numbers of their own, the numbers from 2 on."""
    found = list(package.tree(_PROPERTIES))
    for attribute in ("name", "pid"):
        for value in _repeated(one.get(attribute, "") for one in found):
            yield f"{_PROPERTIES} {value}: two properties of this {attribute}"
    for one in found:
        if int(one.get("pid", 0)) < 2:
            yield f"{_PROPERTIES} {one.get('name')}: pid {one.get('pid')}"


def property_vectors(package: Package) -> Iterator[str]:
    """The lists in the extended properties are as long as they say."""
    part = "docProps/app.xml"
    for one in package.tree(part).iter():
        if one.tag.endswith("}vector") and one.get("size") != str(len(one)):
            yield f"{part} vector: says {one.get('size')}, holds {len(one)}"
