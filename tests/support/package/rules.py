"""What lies over cells: validations, conditional formats, links."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import combinations

from tests.support.package.archive import MAIN, Package, R, units
from tests.support.package.formulas import Known, formula_problems
from tests.support.package.grid import counted
from tests.support.package.names import known_names
from tests.support.package.refs import area, areas, split_sheet

_LIMITS = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255}
_LITERAL = _FORMULA = 255


def validations(package: Package) -> Iterator[str]:
    """Validations keep Excel's limits of length, and read as formulas."""
    for sheet in package.sheets:
        known = known_names(package, sheet.index)
        yield from counted(sheet, "dataValidations", "dataValidation")
        for one in sheet.all("dataValidation"):
            place = f"{sheet.part} {one.get('sqref')}"
            for attribute, limit in _LIMITS.items():
                if (length := units(one.get(attribute, ""))) > limit:
                    yield f"{place}: {attribute} has {length} characters"
            for problem in (it for formula in _formulas(one) for it in formula_problems(formula, known)):
                yield f"{place}: {problem}"
            yield from (f"{place}: {it}" for it in _lengths(one))


def _formulas(element: ET.Element) -> list[str]:
    return [one.text or "" for one in element if one.tag.startswith(f"{MAIN}formula")]


def _lengths(validation: ET.Element) -> Iterator[str]:
    for formula in _formulas(validation):
        literal = formula.startswith('"') and validation.get("type") == "list"
        length = units(formula[1:-1] if literal else formula)
        if length > (_LITERAL if literal else _FORMULA):
            yield f"the {'list' if literal else 'formula'} has {length} characters"


def validations_apart(package: Package) -> Iterator[str]:
    """No cell has two validations."""
    for sheet in package.sheets:
        found = [
            (one.get("sqref", ""), it)
            for one in sheet.all("dataValidation")
            for it in areas(one.get("sqref", ""))
            if it is not None
        ]
        for (ref, one), (other_ref, other) in combinations(found, 2):
            if one.meets(other):
                yield f"{sheet.part} {ref}: overlaps the validation of {other_ref}"


def conditional_formats(package: Package) -> Iterator[str]:
    """The formulas of conditional formats are formulas."""
    for sheet in package.sheets:
        known = known_names(package, sheet.index)
        for block in sheet.all("conditionalFormatting"):
            place = f"{sheet.part} {block.get('sqref')}"
            for rule in block.iter(f"{MAIN}cfRule"):
                formulas = _formulas(rule)
                if rule.get("type") in {"expression", "cellIs"} and not formulas:
                    yield f"{place}: a rule without a formula"
                for problem in (it for formula in formulas for it in formula_problems(formula, known)):
                    yield f"{place}: {problem}"


def hyperlinks(package: Package) -> Iterator[str]:
    """Links lead somewhere: inside, to a cell of a sheet that exists or to a defined name."""
    for sheet in package.sheets:
        known = known_names(package, sheet.index)
        for one in sheet.all("hyperlink"):
            location = one.get("location")
            if location is None:
                if one.get(f"{R}id") is None:
                    yield f"{sheet.part} {one.get('ref')}: the link leads nowhere"
            elif one.get(f"{R}id") is None and not _reachable(location, known):
                yield f"{sheet.part} {one.get('ref')}: the link leads to {location}, which is not there"


def _reachable(location: str, known: Known) -> bool:
    title, rest = split_sheet(location)
    if title is not None and title.lower() not in known.sheets:
        return False
    return area(rest) is not None or rest.lower() in known.names
