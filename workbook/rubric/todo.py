"""Things to do in a workbook, in the order in which an officer would do them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from workbook.rubric.headings import indicator_headings
from workbook.rubric.keys import Key, Sort
from workbook.rubric.model import Rubric

SHOWN = 8
"""Number of things to do that the cover lists."""

LARGEST = 5
"""Number of deductions that the summary lists."""

EVIDENCE_LINES = 3
"""Documents per indicator that have a line of their own."""


NOTHING = "没有待办事项，可以报送"
"""The text of the list of things to do when it is empty."""

GO = "前往"
"""The text of the links to what is to do."""

RANK_BASE = 1000
"""A rank is the deduction in hundredths times this, plus what puts the first of equals first."""


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing: a field to fill or correct, rows to correct, a reason to give, a check to mend."""

    kind: Literal["field", "table", "reason", "check"]
    id: str
    text: str
    place: Key
    """The cell where it is done."""


def todos(rubric: Rubric) -> Iterator[Todo]:
    """Everything that can keep a workbook from being ready."""
    for field in rubric.fields:
        first = rubric.instead.get(field.id)
        either = f"或“{field.label}”" if first is not None else ""
        label = field.label if first is None else rubric.field[first].label
        place = rubric.filled_in_at(first or field.id)
        if place.sort is Sort.CELL:
            title = rubric.table[rubric.sources[field.id].table].title
            yield Todo("field", field.id, f"填全“{title}”，得出“{label}”", place)
        else:
            yield Todo("field", field.id, f"填写或改正“{label}”{either}", place)
    for table in rubric.tables:
        first_cell = Key.cell(table.id, 1, table.inputs[0].id)
        yield Todo("table", table.id, f"改正“{table.title}”中有误的行", first_cell)
    for indicator in rubric.indicators:
        called = indicator_headings(rubric)[indicator.id]
        yield Todo("reason", indicator.id, f"写明“{called}”的扣分原因", Key.reason(indicator.id))
    for check in rubric.all_checks:
        if check.blocking:
            yield Todo("check", check.id, f"改正勾稽关系：{check.title}", Key.check(check.id, "state"))
