"""The words that the workbook shows for states, shared by both back-ends."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum

from workbook.rubric.keys import Key


class Special(Enum):
    """A quotient over zero: 0/0 does not apply; a figure above a zero base is beyond every limit."""

    NOT_APPLICABLE = "不适用"
    BEYOND = "超限"
    BELOW = "负超限"


class FieldState(StrEnum):
    """The state of one field, as the entry sheet shows it."""

    FILLED = "已填"
    FROM_TABLE = "取自明细"
    UNUSUAL = "请核对"
    OPEN = "待填"
    INVALID = "有误"
    PENDING = "视情况"
    NOT_NEEDED = "不需填"
    OPTIONAL = "选填"


FILLED_STATES = (FieldState.FILLED, FieldState.FROM_TABLE, FieldState.UNUSUAL)
"""The states of a field that has its figure."""


class RowState(StrEnum):
    """The state of a row of a detail table; a blank row has none."""

    BLANK = ""
    FILLED = "已填"
    PARTIAL = "不全"
    INVALID = "有误"


class IndicatorState(StrEnum):
    """The state of one indicator, as the scoring sheet shows it."""

    SCORED = "已评"
    OPEN = "待填"
    REASON_OPEN = "缺扣分原因"
    NOT_APPLICABLE = "不适用"


class CheckState(StrEnum):
    """The state of one cross-check."""

    HOLDS = "相符"
    FAILS = "不符"
    BLOCKS = "须改正"
    UNCHECKED = "未核"


class CapState(StrEnum):
    """Whether a limit on the total or the grade applies; empty while open."""

    HOLDS = "受限"
    FAILS = "不受限"


LIGHT_WORDS = {"green": "绿灯", "yellow": "黄灯", "red": "红灯", "blue": "蓝灯"}
"""Words for the colours of a warning light."""

NO_LIGHT = "不亮灯"
"""The state of a light where none of its intervals holds the rate."""


BAND_SHARE = "按比率计"
BAND_OVER, BAND_WITHIN, BAND_BEYOND = "超出限度", "未超限度", "超出全部限度"
BAND_UNDER, BAND_NOT_UNDER = "低于限度", "不低于限度"
BAND_FIXED = "固定得分"
BAND_OTHER = "不按比率"
SETTLED_BY = {"not_applicable": "不适用", "veto": "否决条款", "exempt": "免评条款", "default": "默认得分"}
"""Words for the clause that gives an item its points, where no band of a rate does."""


OUTCOME_NAMES: Mapping[Key, str] = {
    Key.total(): "总分",
    Key.total("open"): "待填分值",
    Key.total("share"): "总得分率",
    Key.low(): "可得最低分",
    Key.high(): "可得最高分",
    Key.grade(): "评价等级",
    Key.ready(): "可报送",
    Key.count("filled"): "已填项数",
    Key.count("open"): "待填项数",
    Key.count("invalid"): "有误项数",
    Key.count("unscored"): "待评指标数",
    Key.count("reasons"): "缺扣分原因数",
    Key.count("failed"): "勾稽不符数",
    Key.count("blocking"): "须改正勾稽数",
    Key.count("unusual"): "请核对项数",
    Key.count("rows"): "明细有误行数",
    Key.count("partial"): "明细不全行数",
    Key.count("idle"): "无扣分而有原因数",
    Key.count("unproven"): "满分无佐证数",
    Key.count("evidence"): "无佐证指标数",
    Key.total("sum"): "各指标得分之和",
}
"""Results of a workbook, by key: the words and defined names of totals and counts."""

COMPOSED_NAMES: Mapping[Key, str] = {
    Key.total("scored"): "指标得分合计",
    Key.total("void"): "不适用分值",
    Key.total("raw"): "汇总得分",
    Key.low("raw"): "最低汇总得分",
    Key.high("raw"): "最高汇总得分",
}
"""The steps from scores to the total, where the total is more than their sum."""

STOPS = tuple(Key.count(one) for one in ("open", "invalid", "rows", "unscored", "reasons", "blocking"))
"""Counts that must be 0 before a workbook can be submitted."""
