"""Defined names of the workbook's quantities, and which quantity has its home in which sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from workbook.layout.cell_names import stems
from workbook.layout.name_parts import Named, patterns
from workbook.rubric.keys import AreaKey, Key
from workbook.rubric.model import Rubric
from workbook.rubric.once import once

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


@dataclass(frozen=True, slots=True)
class Place:
    """A cell, or a one-column range: sheet title and A1 address."""

    sheet: str
    cell: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"


CellNames: TypeAlias = Mapping[Key | AreaKey, str]
"""Defined names by what they stand for."""


@once
def defined_names(rubric: Rubric) -> CellNames:
    """The defined name of every input, quantity and range that has one, but for the identity's."""
    known = part_stems(rubric)
    return {
        one.key: one.name(
            "" if one.part is None else known[one.part], "" if one.above is None else known[one.above]
        )
        for one in patterns(rubric)
    }


@once
def part_stems(rubric: Rubric) -> Mapping[Named, str]:
    """By each part that has names: what they are made from, its heading wherever that is a name itself."""
    return stems(patterns(rubric), (IDENTITY_NAME,))
