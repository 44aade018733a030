"""Formulas that tables keep for the rows to come and for their last row (ECMA-376 part 1, 18.5.1)."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.xlsx_reader.package import Package
from workbook.xlsx_reader.xml import parse

_KEPT = frozenset({"calculatedColumnFormula", "totalsRowFormula"})


def read_table_formulas(package: Package, sheet: str) -> Iterator[str]:
    """The formulas of the tables of the sheet whose part is ``sheet``. Raises PartProblem."""
    for one in package.relations.get(sheet, {}).values():
        if one.kind == "table" and one.target is not None and one.target in package.zip.names:
            for element in parse(package.name(one.target), package.zip.read_xml(one.target)).iter():
                if str(element.tag).rpartition("}")[2] in _KEPT and element.text:
                    yield element.text.strip()
