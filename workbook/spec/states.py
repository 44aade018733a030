"""The words that the workbook shows for states, shared by both back-ends."""

from __future__ import annotations

from enum import Enum, StrEnum


class Special(Enum):
    """A quotient over zero: 0/0 does not apply; a figure above a zero base is beyond every limit."""

    NOT_APPLICABLE = "不适用"
    BEYOND = "超限"


class FieldState(StrEnum):
    """The state of one field, as the entry sheet shows it."""

    FILLED = "已填"
    OPEN = "待填"
    INVALID = "有误"
    NOT_NEEDED = "不需填"
    OPTIONAL = "选填"


class IndicatorState(StrEnum):
    """The state of one indicator, as the scoring sheet shows it."""

    SCORED = "已评"
    OPEN = "待填"
    REASON_OPEN = "缺扣分原因"


class CheckState(StrEnum):
    """The state of one cross-check."""

    HOLDS = "相符"
    FAILS = "不符"
    BLOCKS = "须改正"
    UNCHECKED = "未核"
