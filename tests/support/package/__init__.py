"""What makes Excel offer to repair a workbook, checked on the file itself.

No Excel is at hand. These checks read the parts as ECMA-376 and Excel's documented limits have them; they
do not share code with the generator or with XlsxWriter.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator

from tests.support.package import container, grid, looks, names, page, rules
from tests.support.package.archive import Package

Check = Callable[[Package], Iterator[str]]

CHECKS: tuple[Check, ...] = (
    container.well_formed, container.entries_once, container.content_types, container.relationships,
    container.relationship_ids,
    looks.style_records, looks.number_formats, looks.cell_styles, looks.differential_styles,
    looks.shared_strings,
    names.sheet_names, names.sheet_list, names.defined_names, names.name_targets, names.print_names,
    names.custom_properties, names.property_vectors,
    grid.rows, grid.cells, grid.columns, grid.ranges, grid.merges, grid.cell_texts, grid.cell_values,
    grid.cell_formulas,
    rules.validations, rules.validations_apart, rules.conditional_formats, rules.hyperlinks,
    page.element_order, page.panes, page.headers, page.breaks, page.charts,
)  # fmt: skip


def problems_by_check(data: bytes) -> dict[str, list[str]]:
    """The problems of a file under the names of the checks that found them."""
    package = Package(data)
    found = {check.__name__: list(check(package)) for check in CHECKS}
    return {name: problems for name, problems in found.items() if problems}


def package_problems(data: bytes) -> list[str]:
    """Whatever would make Excel offer to repair this file, each with its part and place; none is good."""
    try:
        return [problem for problems in problems_by_check(data).values() for problem in problems]
    except zipfile.BadZipFile as error:
        return [f"not a zip file: {error}"]
