"""Rows, columns, cells and merged cells."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import combinations

from tests.support.package.archive import MAIN, Package, Sheet, text_of, units
from tests.support.package.formulas import formula_problems
from tests.support.package.names import known_names
from tests.support.package.refs import COLUMNS, ROWS, area, areas, cell

_HEIGHT, _WIDTH, _TEXT = 409.5, 255, 32_767
# a control character that XML cannot hold is escaped like this; tab, line feed and return are allowed
_CONTROL = re.compile(r"_x00(?!09_|0A_|0D_)[01][0-9A-F]_|[\x00-\x08\x0b\x0c\x0e-\x1f]", re.IGNORECASE)
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}


def rows(package: Package) -> Iterator[str]:
    """Rows ascend, are on the sheet and not too high."""
    for sheet in package.sheets:
        last = 0
        for row in sheet.all("row"):
            number = int(row.get("r", 0))
            if not last < number <= ROWS:
                yield f"{sheet.part} row {number}: after row {last}, or outside of the sheet"
            if not 0 <= float(row.get("ht", 0)) <= _HEIGHT:
                yield f"{sheet.part} row {number}: {row.get('ht')} points high"
            last = max(last, number)


def cells(package: Package) -> Iterator[str]:
    """Cells ascend within the row they are in, so that none is there twice."""
    for sheet in package.sheets:
        for row in sheet.all("row"):
            last = 0
            for one in row.iter(f"{MAIN}c"):
                ref = one.get("r", "")
                place = cell(ref)
                if place is None:
                    yield f"{sheet.part} {ref}: no cell of a sheet"
                    continue
                if place[0] != int(row.get("r", 0)):
                    yield f"{sheet.part} {ref}: in row {row.get('r')}"
                if place[1] <= last:
                    yield f"{sheet.part} {ref}: not to the right of the cell before"
                last = max(last, place[1])


def columns(package: Package) -> Iterator[str]:
    """The columns' widths ascend without overlap, are on the sheet and not too wide."""
    for sheet in package.sheets:
        last = 0
        for col in sheet.all("col"):
            first, final = int(col.get("min", 0)), int(col.get("max", 0))
            if not last < first <= final <= COLUMNS:
                yield f"{sheet.part} col {first}: columns {first} to {final} after column {last}"
            if not 0 <= float(col.get("width", 0)) <= _WIDTH:
                yield f"{sheet.part} col {first}: {col.get('width')} wide"
            last = max(last, final)


def ranges(package: Package) -> Iterator[str]:
    """Every range that a sheet names, of whatever element, is one."""
    for sheet in package.sheets:
        for element in sheet.root.iter():
            tag = element.tag.rpartition("}")[2]
            for attribute in ("ref", "sqref"):
                value = element.get(attribute)
                if value is not None and (not value.split() or None in areas(value)):
                    yield f"{sheet.part} {tag} {value}: not a range"


def merges(package: Package) -> Iterator[str]:
    """Merged cells are more than one cell, do not overlap, and are as many as is said."""
    for sheet in package.sheets:
        merged = [one.get("ref", "") for one in sheet.all("mergeCell")]
        found = [(ref, it) for ref in merged if (it := area(ref)) is not None]
        yield from counted(sheet, "mergeCells", "mergeCell")
        for ref, one in found:
            if one.single:
                yield f"{sheet.part} {ref}: one cell alone is merged"
        for (ref, one), (other_ref, other) in combinations(found, 2):
            if one.meets(other):
                yield f"{sheet.part} {ref}: overlaps the merged {other_ref}"


def counted(sheet: Sheet, tag: str, item: str, attribute: str = "count") -> Iterator[str]:
    """A list in a sheet is as long as its attribute says, and not empty."""
    for one in sheet.all(tag):
        held = sum(1 for _ in one.iter(MAIN + item))
        if held == 0 or one.get(attribute, str(held)) != str(held):
            yield f"{sheet.part} {tag}: {attribute} says {one.get(attribute)}, holds {held}"


def cell_texts(package: Package) -> Iterator[str]:
    """Texts in cells are not too long and free of control characters."""
    for sheet in package.sheets:
        for one in sheet.all("c"):
            text = _text(package, one)
            if units(text) > _TEXT:
                yield f"{sheet.part} {one.get('r')}: a text of {units(text)} characters"
            if match := _CONTROL.search(text):
                yield f"{sheet.part} {one.get('r')}: the control character {match[0]!r}"


def _text(package: Package, one: ET.Element) -> str:
    value = one.findtext(f"{MAIN}v", "")
    match one.get("t"):
        case "s":
            known = value.isdecimal() and int(value) < len(package.strings)
            return package.strings[int(value)] if known else ""
        case "inlineStr":
            return text_of(one)
        case "str":
            return value
    return ""


def cell_values(package: Package) -> Iterator[str]:
    """A cell's value is of the kind that its type says."""
    for sheet in package.sheets:
        for one in sheet.all("c"):
            value, kind = one.findtext(f"{MAIN}v"), one.get("t", "n")
            # XlsxWriter leaves <v></v> to a formula without a saved value; Excel computes it
            if value and not _fits(value, kind):
                yield f"{sheet.part} {one.get('r')}: {value[:40]} is no value of the type {kind}"


def _fits(value: str, kind: str) -> bool:
    match kind:
        case "n":
            try:
                return math.isfinite(float(value))
            except ValueError:
                return False
        case "b":
            return value in {"0", "1"}
        case "e":
            return value in _ERRORS
    return kind in {"s", "str", "inlineStr", "d"}


def cell_formulas(package: Package) -> Iterator[str]:
    """Excel 2010 reads the formula of each cell, and what it names exists."""
    for sheet in package.sheets:
        known = known_names(package, sheet.index)
        for one in sheet.all("c"):
            formula = one.find(f"{MAIN}f")
            if formula is None or (formula.get("t") == "shared" and not formula.text):
                continue
            for problem in formula_problems(formula.text or "", known):
                yield f"{sheet.part} {one.get('r')}: {problem}"
