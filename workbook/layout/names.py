"""Defined names of the workbook's quantities, and which quantity has its home in which sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbook.rubric.grading import Cap
from workbook.rubric.keys import AreaKey, Key
from workbook.rubric.model import Rubric, item_key
from workbook.rubric.states import COMPOSED_NAMES, OUTCOME_NAMES
from workbook.rubric.tables import Table

TITLE_COVER = "填报说明"
TITLE_ENTRY = "数据填报"
TITLE_SCORING = "评分表"
TITLE_PROCESS = "计算过程"
TITLE_SUMMARY = "得分汇总"
TITLE_CHECKS = "勾稽校验"
TITLE_EVIDENCE = "佐证材料"
TITLE_IDENTITY = "标识"
TITLE_WORKING = "辅助计算"

NUMBER_COLUMN = "A"
"""The column of the working sheet that numbers its rows."""

IDENTITY_NAME = "模板标识"
"""The defined name that holds one of the three copies of the identity."""

RAW_SUFFIX = "_原值"


@dataclass(frozen=True, slots=True)
class Place:
    """A cell, or a one-column range: sheet title and A1 address."""

    sheet: str
    cell: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"


def score_name(indicator_name: str) -> str:
    """The name of an indicator's score."""
    return f"得分_{indicator_name}"


def cap_name(cap: Cap) -> str:
    """The name of a limit's state."""
    return f"限制_{cap.name}"


def rows_name(table: Table) -> str:
    """The name of the number of a table's rows in use."""
    return f"{table.name}_行数"


def state_range(table: Table) -> str:
    """The name of the states of a table's rows."""
    return f"{table.name}_状态"


def table_range(table: Table, column: str) -> str:
    """The name of a column's cells."""
    return f"{table.name}_{table.column[column].name}"


def quantity_names(rubric: Rubric) -> Iterator[tuple[Key, str]]:
    """(key, name) of every quantity that has a name; fields are named by themselves."""
    for rate in rubric.rates:
        yield Key.raw(rate.id), rate.name + RAW_SUFFIX
        yield Key.rate(rate.id), rate.name
    for indicator in rubric.indicators:
        for number, item in enumerate(indicator.items, 1):
            yield Key.item(item_key(indicator, item)), f"{score_name(indicator.name)}_{number}"
        yield Key.score(indicator.id), score_name(indicator.name)
        yield Key.deduction(indicator.id), f"扣分_{indicator.name}"
    for dimension in rubric.dimensions:
        for group in dimension.groups:
            yield Key.group(dimension.name, group.name, "score"), f"小计_{dimension.name}_{group.name}"
            yield Key.group(dimension.name, group.name, "open"), f"待填分值_{dimension.name}_{group.name}"
        yield Key.dimension(dimension.name, "score"), f"小计_{dimension.name}"
        yield Key.dimension(dimension.name, "open"), f"待填分值_{dimension.name}"
    for table in rubric.tables:
        yield Key.rows(table.id, "used"), rows_name(table)
    for field_id in (one for one in rubric.sources if one in rubric.field):
        yield Key.from_table(field_id), f"明细_{rubric.field[field_id].name}"
        yield Key.used(field_id), f"{rubric.field[field_id].name}_采用数"
    for cap in rubric.caps:
        yield Key.cap(cap.id), cap_name(cap)
    for light in rubric.lights:
        yield Key.light(light.id), f"预警_{light.name}"
    yield from OUTCOME_NAMES.items()
    if rubric.composed:
        yield from (
            (key, name)
            for key, name in COMPOSED_NAMES.items()
            if key is not Key.total("void") or rubric.rescales
        )


def area_names(rubric: Rubric) -> Iterator[tuple[AreaKey, str]]:
    """(key, name) of every named range: the states of a table's rows, and the columns that are counted."""
    for table in rubric.tables:
        yield AreaKey.row_states(table.id), state_range(table)
        counted = {
            column: None
            for source in rubric.sources.values()
            if source.table == table.id
            for column in (source.column, source.where)
            if column in table.column  # the lints look at specs with slips, too
        }
        for column in counted:
            yield AreaKey.column(table.id, column), table_range(table, column)


def all_names(rubric: Rubric) -> Iterator[tuple[str, Key | AreaKey | None]]:
    """(name, what it stands for) of every defined name in the workbook; None for the identity's."""
    for field in rubric.fields:
        yield field.name, Key.input(field.id)
    for key, name in quantity_names(rubric):
        yield name, key
    for area, name in area_names(rubric):
        yield name, area
    yield IDENTITY_NAME, None
