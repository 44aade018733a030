"""Chinese words for the keys and kinds of the spec language, as a finance clerk says them."""

from __future__ import annotations

from workbook.rubric.rules import RULE_KINDS, kind_name

KINDS = {
    "rubric": "评分标准", "dimension": "一级指标", "group": "二级指标", "indicator": "三级指标",
    "item": "评分要点", "rate": "比率", "check": "勾稽", "field": "字段", "section": "分区",
    "table": "明细表", "column": "明细表列", "source": "数据来源", "scale": "实现程度档次", "cap": "封顶",
    "light": "警示灯", "origin": "来源",
}  # fmt: skip
"""Kinds of objects."""

CHANGES = {
    "added": "新增", "removed": "删除", "moved": "移动", "renamed": "改名", "reordered": "次序调整",
    "changed": "修改",
}  # fmt: skip

KEYS = {
    "id": "编号", "title": "名称", "issuer": "发布单位", "fiscal_year": "年度", "status": "状态",
    "source": "出处", "points": "分值", "places": "小数位数", "grades": "等级", "name": "名称",
    "label": "名称", "note": "说明", "about": "说明", "place": "序号", "clause": "条款", "rule": "规则",
    "veto": "否决", "exempt": "免评", "default": "默认得分", "when": "条件", "interpretation": "口径",
    "proof": "口径依据", "scored_as": "计分方式", "items_total": "要点合计说明", "reason": "原因",
    "items": "评分要点", "indicators": "三级指标", "groups": "二级指标", "dimensions": "一级指标",
    "sections": "分区", "fields": "字段", "rates": "比率", "checks": "勾稽", "tables": "明细表",
    "columns": "列", "bands": "分档", "on": "依据", "each": "每次扣分", "count": "次数", "limit": "界限",
    "lines": "各项", "field": "字段", "full_to": "满分位次", "level": "档次", "degree": "实现程度",
    "scale": "档次表", "then": "成立时", "otherwise": "否则", "of": "算式", "cap": "上限",
    "when_filled": "填有时", "left": "左边", "relation": "关系", "right": "右边", "within": "允许误差",
    "blocking": "不符不能报送", "why": "提示", "kind": "种类", "unit": "单位", "decimals": "小数位数",
    "min": "下限", "max": "上限", "usual_min": "通常下限", "usual_max": "通常上限", "choices": "选项",
    "help": "填报说明", "document": "数据出处", "cover": "封面字段", "rows": "行数", "sheet": "工作表",
    "heading": "行标题", "width": "列宽", "at_least": "下限", "section": "分区", "group": "二级指标",
    "weight": "权重", "not_applicable": "不适用", "name_origin": "名称来源", "weight_origin": "分值来源",
    "alert": "出错提示", "clause_origin": "条款来源", "beside": "总分之外", "total_at_most": "总分上限",
    "grade_at_most": "等级上限", "caps": "封顶", "lights": "警示灯", "origins": "来源", "knots": "折点",
    "past": "扣分一侧", "step": "每一档", "counted": "不足一档", "cases": "各情形", "score": "得分",
    "how": "来自", "text": "说明", "required": "必填", "start": "起扣分", "last_year_of": "是何项的上年数",
    "form_title": "表名", "light": "灯", "cell_name": "单元格名称", "zero_base": "基数为0时",
    "beyond_base": "目标为0而有实际数时",
}  # fmt: skip
"""Keys of a spec."""

VALUES = {kind_name(kind): kind.word for kind in RULE_KINDS} | {
    "money": "金额", "count": "个数", "percent": "百分比",
    "yesno": "是/否", "points": "酌情得分", "text": "文字", "date": "日期", "sum_of_items": "各要点之和",
    "capped_sum": "各要点之和，分值封顶", "not_applicable": "不适用", "left_out": "不计入",
    "full_points": "满分",
    "weight_less_deductions": "分值减各项扣分", "lowest_item": "取最低的要点",
    "highest_item": "取最高的要点", "mean_of_items": "各要点平均", "bonus": "加分", "malus": "减分",
    "green": "绿灯", "yellow": "黄灯", "red": "红灯", "blue": "蓝灯", "above": "高于", "below": "低于",
    "full": "不计", "begun": "按一档计", "exact": "按比例计", "printed": "标准所印", "inferred": "推定",
}  # fmt: skip
"""Rule kinds, kinds of fields, ways of scoring."""

EDGES = {"at": "＝", "exactly": "＝", "at_least": "≥", "above": "＞", "at_most": "≤", "below": "＜"}

OPERATORS = {
    " / ": "÷", " * ": "×", " + ": "＋", " - ": "－", " and ": " 且 ", " or ": " 或 ", "not ": "非 ",
    " <> ": "≠", " <= ": "≤", " >= ": "≥", " < ": "＜", " > ": "＞", " = ": "＝", "filled(": "已填(",
    "abs(": "绝对值(",
}  # fmt: skip
"""Operators of expressions."""
