"""Findings about points, rules, bands, limits and clauses in rubric specs, for rubric authors."""

from __future__ import annotations

from workbook.codes.code import Code

RULES: dict[str, Code] = {
    "SPEC_POINTS_TOTAL": Code(
        "error",
        "Weights do not add up.",
        "{where}的分值合计 {actual}，应为 {expected}。",
        "请对照评分标准改正分值。",
    ),
    "SPEC_ITEMS_TOTAL": Code(
        "error",
        "Items do not add up to their indicator.",
        "指标“{name}”的评分要点合计 {actual}，分值是 {expected}。",
        "请改正；合计最多得分值的写 scored_as: capped_sum；标准原文即如此的，请写 items_total 说明。",
    ),
    "SPEC_ITEMS_TOTAL_KNOWN": Code(
        "note",
        "Items that are known not to add up.",
        "指标“{name}”的评分要点合计 {actual}，分值是 {expected}：{reason}",
        "已在规格中说明，无需处理。",
    ),
    "SPEC_ITEMS_TOTAL_WRONG": Code(
        "error",
        "An acknowledgement of another sum.",
        "指标“{name}”的 items_total 写的是 {stated}，而评分要点合计 {actual}。",
        "请核对原文后改正 items_total 或评分要点。",
    ),
    "SPEC_ITEMS_TOTAL_NEEDLESS": Code(
        "error",
        "An acknowledgement of nothing.",
        "指标“{name}”的评分要点合计正是分值 {expected}，不需要 items_total。",
        "请删去 items_total。",
    ),
    "SPEC_ITEMS_EXCEED": Code(
        "error",
        "Items that can earn more than their indicator.",
        "指标“{name}”的评分要点合计 {actual}，按要点之和计分会超过分值 {expected}。",
        "各项得分相加、合计最多得分值的，写 scored_as: capped_sum（不必写 items_total）；"
        "从分值里逐项扣分的，写 scored_as: weight_less_deductions。",
    ),
    "SPEC_POINTS_POSITIVE": Code(
        "error",
        "Points that are not above 0.",
        "{where}的分值 {points} 应大于 0。",
        "请对照评分标准改正分值。",
    ),
    "SPEC_POINTS_UNREACHABLE": Code(
        "warning",
        "No answer earns the item's full points.",
        "{where}：按此规则最多得 {highest} 分，要点分值却是 {limit} 分。",
        "请核对各档得分和要点分值。",
    ),
    "SPEC_DEDUCTION": Code(
        "error",
        "What each occurrence takes or earns is not above 0.",
        "{where}：每次的扣分或得分 {each} 应大于 0。",
        "请写成正数，如 each: 1。",
    ),
    "SPEC_STEP": Code(
        "error",
        "A step that is not between 0.01% and 100%.",
        "{where}：步长 {step} 应在 0.01% 至 100% 之间。",
        "请写成百分比，如 step: 1%（每 1 个百分点）、step: 5%（每 5 个百分点）。",
    ),
    "SPEC_NO_FIGURE": Code(
        "error",
        "A rate or a cross-check of numbers only.",
        "{where}的算式里没有字段或比率。",
        "请写出所用的字段；固定的数写在规则的分档、限度里。",
    ),
    "SPEC_SHARE_EDGE": Code(
        "warning",
        "A share is compared with a number that is most often a percentage without its sign.",
        "{where}：{edge} 作为比率是 {read}，可能漏写了百分号。",
        "是 {meant} 的，档次、限度里写 {meant}，算式和条件里写成小数；确是 {read} 的不必改。",
    ),
    "SPEC_MALUS": Code(
        "warning",
        "A rule that deducts, in a deduction beside the whole: all points are taken where nothing happened.",
        "{where}：减分项的要点得分就是扣掉的分，{kind} 在没有发生时会扣满。",
        "请改用 earn_each（每次扣若干分，到要点分值为止）、cases 或 all_or_nothing。",
    ),
    "SPEC_ITEM_ALIKE": Code(
        "error",
        "An item of a lowest, highest or mean that is not worth as much as its indicator.",
        "{where}：指标按 {how} 计分，要点分值 {actual} 应等于指标分值 {expected}。",
        "请把各要点的 points 写成指标的分值；要点相加的用 sum_of_items。",
    ),
    "SPEC_ITEM_WEIGHT": Code(
        "error",
        "A weight that is not above 0, or that nothing uses.",
        "{where}：权重 {weight} 不可用。",
        "权重应大于 0，且只用于 scored_as: mean_of_items 的指标。",
    ),
    "SPEC_CAP": Code(
        "error",
        "A limit on the total or the grade that cannot work.",
        "{where}：{problem}。",
        "请写明 total_at_most（低于满分的分数）或 grade_at_most（等级名称）。",
    ),
    "SPEC_BESIDE": Code(
        "error",
        "An addition or deduction beside the whole that could be left out and scaled.",
        "{where}：百分制以外的加分、减分不能写 not_applicable。",
        "请删去；没有发生的加分、减分为 0 分。",
    ),
    "SPEC_KNOTS": Code(
        "error",
        "The knots of a line are fewer than two, or do not rise.",
        "{where}：折线的点（knots）有误：{problem}。",
        "请按比率由小到大写出各点，如 knots: [{{at: 60%, points: 0}}, {{at: 90%, points: 5}}]。",
    ),
    "SPEC_BANDS_GAP": Code(
        "error",
        "Bands leave a gap.",
        "{where}：分档在 {edge} 处有空档。",
        "请让相邻两档首尾相接。",
    ),
    "SPEC_BANDS_OVERLAP": Code(
        "error",
        "Bands overlap.",
        "{where}：分档在 {edge} 处重叠。",
        "请让每个数值只落入一档。",
    ),
    "SPEC_BANDS_OPEN": Code(
        "error",
        "Bands do not reach to the end.",
        "{where}：分档没有覆盖{end}。",
        "请补一档，使所有可能的数值都落入一档。",
    ),
    "SPEC_BANDS_EMPTY": Code(
        "error",
        "A band that holds no number.",
        "{where}：分档“{band}”不含任何数值。",
        "请核对上下限是否写反。",
    ),
    "SPEC_BAND_POINTS": Code(
        "error",
        "A rule gives fewer points than 0 or more than its item has.",
        "{where}：得分 {points} 不在 0 至要点分值 {limit} 之间。",
        "请改正得分或分值。",
    ),
    "SPEC_CLAUSE_MISSING": Code(
        "error",
        "A rule without its clause or place.",
        "{where}没有写明{what}。",
        "请写出条款要点和出处（指标、序号）。",
    ),
    "SPEC_STATUS": Code(
        "warning",
        "A status that is not one of the known ones; it is shown as it stands, as not official.",
        "不认识的状态“{status}”。",
        "请改为下列之一：{known}；不是 published 的，工作簿和结果中都会注明。",
    ),
    "SPEC_ORIGIN": Code(
        "error",
        "An origin that is missing, unknown, unused or empty.",
        "{where}：{problem}。",
        "请在 origins 中写明（how 为 printed 或 inferred），由 weight_origin、clause_origin 引用。",
    ),
    "SPEC_ZERO_BASE": Code(
        "warning",
        "What 0 / 0 comes to is left to the general rule (docs/semantics.md) without a word.",
        "{where}：分母、分子都为 0 时，{reading}；规格没有写明。",
        "请对照原文写明：照此办理的，在比率写 zero_base: not_applicable（平均写 left_out）；"
        "另有得分的，在要点写 zero_base: 得分；按某一比率算的，在比率写 zero_base: 比率。"
        "明细表的列写 zero_base（分子也为 0）、beyond_base（分子大于 0）。",
    ),
    "SPEC_ZERO_BASE_NEEDLESS": Code(
        "warning",
        "A zero_base where 0 / 0 cannot come up.",
        "{where}：写了 zero_base，但此处不会出现分母、分子都为 0 的情形。",
        "请删去；比率已写明数值的，要点不必再写。",
    ),
    "SPEC_GRADES": Code(
        "error",
        "Grades are not in order down to 0, or cannot stand in a formula.",
        "评价等级不可用：{problem}。",
        "请改正 grades.bands：下限从高到低，最后一级为 0，名称不含英文双引号。",
    ),
    "SPEC_DIVISION": Code(
        "error",
        "A division inside an expression.",
        "{where}：除法只能在比率的最外层，或除以一个不为 0 的数字。",
        "请把分式单独定义为一个比率。",
    ),
}
