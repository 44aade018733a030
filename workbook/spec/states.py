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


OUTCOME_NAMES = {
    "total": "总分",
    "total:open": "待填分值",
    "total:share": "总得分率",
    "low": "可得最低分",
    "high": "可得最高分",
    "grade": "评价等级",
    "ready": "可报送",
    "count:filled": "已填项数",
    "count:open": "待填项数",
    "count:invalid": "有误项数",
    "count:unscored": "待评指标数",
    "count:reasons": "缺扣分原因数",
    "count:failed": "勾稽不符数",
    "count:blocking": "须改正勾稽数",
}
"""What a workbook comes to, by key: the words and defined names of totals and counts."""
