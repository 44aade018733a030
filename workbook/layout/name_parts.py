"""Parts of the rubric that have defined names, and how each name is put together from their stems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbook.rubric.keys import AreaKey, Key
from workbook.rubric.model import Dimension, Group, Indicator, Rubric, item_key
from workbook.rubric.states import COMPOSED_NAMES, OUTCOME_NAMES
from workbook.rubric.tables import Table

RAW_SUFFIX = "_原值"


@dataclass(frozen=True, slots=True)
class Named:
    """A part with defined names of its own: ``heading`` as printed, ``chosen`` by the author for the names.

    ``within`` are the headings above it, the nearest first.
    """

    kind: str
    id: str
    heading: str
    chosen: str = ""
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """The defined name of a key: the stem of its part, with what stands around it.

    ``above`` is the part whose stem comes before it. A name without a part is ``before`` alone.
    """

    key: Key | AreaKey
    part: Named | None
    before: str = ""
    after: str = ""
    above: Named | None = None

    def name(self, stem: str, above: str = "") -> str:
        """The name with these stems."""
        return self.before + (f"{above}_" if self.above is not None else "") + stem + self.after


def patterns(rubric: Rubric) -> Iterator[Pattern]:
    """The names of all inputs, quantities and ranges that have one, in this order."""
    yield from _inputs(rubric)
    yield from _rates(rubric)
    for dimension, group, indicator in rubric.walk():
        yield from _indicator(dimension, group, indicator)
    yield from _levels(rubric)
    for table in rubric.tables:
        yield Pattern(Key.rows(table.id, "used"), _table(table), after="_行数")
    for field_id in (one for one in rubric.sources if one in rubric.field):
        part = _field(rubric, field_id)
        yield Pattern(Key.from_table(field_id), part, "明细_")
        yield Pattern(Key.used(field_id), part, after="_采用数")
    for cap in rubric.caps:
        yield Pattern(Key.cap(cap.id), Named("cap", cap.id, cap.name, cap.cell_name), "限制_")
    for light in rubric.lights:
        yield Pattern(Key.light(light.id), Named("light", light.id, light.name, light.cell_name), "预警_")
    yield from _outcomes(rubric)
    yield from _areas(rubric)


def _inputs(rubric: Rubric) -> Iterator[Pattern]:
    for field in rubric.fields:
        yield Pattern(Key.input(field.id), _field(rubric, field.id))


def _field(rubric: Rubric, field_id: str) -> Named:
    field = rubric.field[field_id]
    return Named("field", field_id, field.name, field.cell_name, (field.section,) if field.section else ())


def _rates(rubric: Rubric) -> Iterator[Pattern]:
    for rate in rubric.rates:
        part = Named("rate", rate.id, rate.name, rate.cell_name)
        yield Pattern(Key.raw(rate.id), part, after=RAW_SUFFIX)
        yield Pattern(Key.rate(rate.id), part)


def _indicator(dimension: Dimension, group: Group, indicator: Indicator) -> Iterator[Pattern]:
    within = group.name, dimension.name
    part = Named("indicator", indicator.id, indicator.name, indicator.cell_name, within)
    for number, item in enumerate(indicator.items, 1):
        key = item_key(indicator, item)
        if item.cell_name:
            yield Pattern(Key.item(key), Named("item", key, item.place, item.cell_name), "得分_")
        else:
            yield Pattern(Key.item(key), part, "得分_", f"_{number}")
    yield Pattern(Key.score(indicator.id), part, "得分_")
    yield Pattern(Key.deduction(indicator.id), part, "扣分_")


def _levels(rubric: Rubric) -> Iterator[Pattern]:
    for dimension in rubric.dimensions:
        above = Named("dimension", dimension.name, dimension.name, dimension.cell_name)
        for group in dimension.groups:
            part = Named("group", f"{dimension.name}\n{group.name}", group.name, group.cell_name)
            yield Pattern(Key.group(dimension.name, group.name, "score"), part, "小计_", above=above)
            yield Pattern(Key.group(dimension.name, group.name, "open"), part, "待填分值_", above=above)
        yield Pattern(Key.dimension(dimension.name, "score"), above, "小计_")
        yield Pattern(Key.dimension(dimension.name, "open"), above, "待填分值_")


def _outcomes(rubric: Rubric) -> Iterator[Pattern]:
    for key, name in OUTCOME_NAMES.items():
        yield Pattern(key, None, name)
    if rubric.composed:
        for key, name in COMPOSED_NAMES.items():
            if key is not Key.total("void") or rubric.rescales:
                yield Pattern(key, None, name)


def _table(table: Table) -> Named:
    return Named("table", table.id, table.called, table.cell_name)


def _areas(rubric: Rubric) -> Iterator[Pattern]:
    """The named ranges: the states of a table's rows, and the columns that are counted."""
    for table in rubric.tables:
        above = _table(table)
        yield Pattern(AreaKey.row_states(table.id), above, after="_状态")
        counted = {
            column: None
            for source in rubric.sources.values()
            if source.table == table.id
            for column in (source.column, source.where)
            if column in table.column  # the lints look at specs with slips, too
        }
        for column in counted:
            one = table.column[column]
            part = Named("column", f"{table.id}\n{column}", one.called, one.cell_name)
            yield Pattern(AreaKey.column(table.id, column), part, above=above)
