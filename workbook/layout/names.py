"""Defined names of the workbook's quantities, and which quantity has its home in which sheet."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.spec.model import Rubric, item_key
from workbook.spec.states import OUTCOME_NAMES

TITLE_COVER = "填报说明"
TITLE_ENTRY = "数据填报"
TITLE_SCORING = "评分表"
TITLE_RATES = "计算过程"
TITLE_SUMMARY = "得分汇总"
TITLE_CHECKS = "勾稽校验"
TITLE_EVIDENCE = "佐证材料"
TITLE_IDENTITY = "标识"

IDENTITY_NAME = "模板标识"
"""The defined name that holds one of the three copies of the identity."""

RAW_SUFFIX = "_原值"


def score_name(indicator_name: str) -> str:
    """The name of an indicator's score."""
    return f"得分_{indicator_name}"


def quantity_names(rubric: Rubric) -> Iterator[tuple[str, str]]:
    """(key, name) of every quantity that has a name; fields are named by themselves."""
    for rate in rubric.rates:
        yield f"raw:{rate.id}", rate.name + RAW_SUFFIX
        yield f"rate:{rate.id}", rate.name
    for indicator in rubric.indicators:
        for number, item in enumerate(indicator.items, 1):
            yield f"item:{item_key(indicator, item)}", f"{score_name(indicator.name)}_{number}"
        yield f"score:{indicator.id}", score_name(indicator.name)
        yield f"deduction:{indicator.id}", f"扣分_{indicator.name}"
    for dimension in rubric.dimensions:
        for group in dimension.groups:
            yield f"group:{dimension.name}/{group.name}:score", f"小计_{dimension.name}_{group.name}"
            yield f"group:{dimension.name}/{group.name}:open", f"待填分值_{dimension.name}_{group.name}"
        yield f"dimension:{dimension.name}:score", f"小计_{dimension.name}"
        yield f"dimension:{dimension.name}:open", f"待填分值_{dimension.name}"
    yield from OUTCOME_NAMES.items()


def all_names(rubric: Rubric) -> Iterator[tuple[str, str]]:
    """(name, what it stands for) of every defined name in the workbook."""
    for field in rubric.fields:
        yield field.name, f"字段 {field.id}"
    for key, name in quantity_names(rubric):
        yield name, key
    yield IDENTITY_NAME, "模板标识"
