"""Findings about arguments and rubric specs, for rubric authors."""

from __future__ import annotations

from workbook.codes.code import Code

ARGUMENTS: dict[str, Code] = {
    "RUBRIC_UNKNOWN": Code(
        "error",
        "No such rubric.",
        "没有评分标准“{rubric}”。",
        "{known}；也可给出 .yaml 规格文件的路径。",
    ),
    "RUBRIC_ID_NEW": Code(
        "error",
        "An id that a new rubric cannot have.",
        "新评分标准的 id 不能是“{id}”。",
        "id 用小写英文字母、数字和连字符，不与内置的评分标准相同，如 my-district-2025。",
    ),
    "INDICATOR_SHARED": Code(
        "error",
        "A heading that several indicators have.",
        "标题为“{name}”的指标不止一个。",
        "请写指标的 id：{ids}。",
    ),
    "INDICATOR_UNKNOWN": Code(
        "error",
        "No such indicator.",
        "评分标准 {rubric} 中没有指标“{name}”。",
        "{known}。",
    ),
}

SPECS: dict[str, Code] = {
    "YAML_SYNTAX": Code(
        "error",
        "Not valid YAML.",
        "YAML 语法错误：{problem}",
        "请按提示行检查缩进、引号和冒号。",
    ),
    "YAML_DUPLICATE_KEY": Code("error", "A key stands twice.", "键“{key}”重复。", "请删去其中一个。"),
    "SPEC_INVALID": Code(
        "error",
        "A value of the wrong kind.",
        "{where}：{problem}",
        "请按 docs/specs.md 改正这一处。",
    ),
    "SPEC_RELATION": Code(
        "error",
        "A relation that cross-checks do not have.",
        "{where}：没有关系“{relation}”。",
        "可用的有 {known}{hint}。",
    ),
    "SPEC_KEY_UNKNOWN": Code("error", "An unknown key.", "不认识的键“{key}”。", "{known}。"),
    "SPEC_KEY_MISSING": Code("error", "A key is missing.", "{where} 缺少键“{key}”。", "请补上这个键。"),
    "SPEC_RULE_UNKNOWN": Code(
        "error",
        "An unknown rule kind.",
        "不认识的规则种类“{kind}”。",
        "{known}；全部种类：{kinds}。都不合适的，用 judgement，由填报人按标准给分。",
    ),
    "FORMULA_NOT_PORTABLE": Code(
        "error",
        "A formula of the workbook holds a construct that spreadsheet programs calculate differently.",
        "工作簿公式含有各软件计算结果不一的写法（{construct}）：{formula}",
        "这是生成器的问题，请连同规格文件告知本程序的维护者。",
    ),
    "SPEC_RULE_UNSUPPORTED": Code(
        "error",
        "A back-end lacks the rule kind.",
        "规则种类“{kind}”缺少{backend}的实现。",
        "请换用其他规则种类。",
    ),
    "SPEC_FIELD_UNKNOWN": Code(
        "error",
        "A field that is neither in the dictionary nor in the spec.",
        "字段“{field}”没有定义。",
        "{known}；新字段请写入本规格的 fields。",
    ),
    "SPEC_BASE_UNKNOWN": Code(
        "error",
        "An overlay's base is neither a built-in rubric nor a file.",
        "叠加规格的 base“{base}”不存在。",
        "{known}；也可写规格文件相对于本文件的路径。",
    ),
    "SPEC_OVERLAY": Code(
        "error",
        "An overlay changes more than the open points of its base.",
        "叠加规格有误：{problem}。",
        "叠加规格只能替换 base 留给部门的分值（写有 open 的指标），另可增加字段、比率、勾稽、明细表等。",
    ),
    "SPEC_OVERLAY_POINTS": Code(
        "error",
        "The indicators that replace an open one do not have its points.",
        "替换“{name}”的各指标分值合计 {actual}，应正好为 {expected}。",
        "请调整这些指标的分值。",
    ),
    "SPEC_TABLE_UNKNOWN": Code(
        "error",
        "A detail table that is not in the dictionary of tables.",
        "明细表“{table}”没有定义。",
        "{known}；新明细表请在本规格的 tables 中写全。",
    ),
    "SPEC_COLUMN_UNKNOWN": Code(
        "error",
        "A column that the dictionary's table does not have.",
        "明细表没有列“{column}”。",
        "{known}。",
    ),
    "SPEC_SOURCE": Code(
        "error",
        "A field cannot be taken from the detail table as its source says.",
        "字段“{field}”的来源“{source}”有误：{problem}。",
        "请对照明细表的列改正 sources。",
    ),
    "SPEC_COLUMN": Code(
        "error",
        "A computed column of a detail table is not well formed.",
        "明细表“{table}”的列“{column}”有误：{problem}。",
        "请改正该列的 of 或 when。",
    ),
    "SPEC_FIELD_TWICE": Code(
        "error",
        "A field is listed twice.",
        "字段“{field}”在 sections 中出现两次。",
        "请只保留一处。",
    ),
    "SPEC_FIELD_UNPLACED": Code(
        "error",
        "A field of the spec stands in no section.",
        "字段“{field}”没有列入任何 sections。",
        "请把它列入一个分区，或删去。",
    ),
    "SPEC_FIELD_UNUSED": Code(
        "warning",
        "No rule, rate or check uses the field.",
        "字段“{field}”没有被任何规则、比率或勾稽使用。",
        "请删去，或写明它的用途。",
    ),
    "SPEC_FIELD_SHARED": Code(
        "error",
        "A field of self-judged points that serves two items.",
        "字段“{field}”同时用于{first}和{second}。",
        "自评得分、实现程度的字段只能用于一个评分要点，请另设一个字段。",
    ),
    "SPEC_RATE_UNUSED": Code(
        "warning",
        "No rule, rate or check uses the rate.",
        "比率“{rate}”没有被任何规则、比率或勾稽使用。",
        "请删去，或在规则中使用它。",
    ),
    "SPEC_RATE_NEGATIVE": Code(
        "note",
        "Points in proportion to a figure that can be negative: below zero it earns nothing.",
        "{where}：“{name}”可能为负数；按比例计分时，负数得 0 分。",
        "条文是“下降不得分”的，无需处理；负数也有得分的，改用 linear（写明各点）或 bands（分档）。",
    ),
    "SPEC_FIELD_KIND": Code(
        "error",
        "A field of the wrong kind for its use.",
        "{where}：“{name}”是{kind}，此处需要{wanted}。",
        "请换字段或改其 kind。",
    ),
    "SPEC_FIELD_BOUNDS": Code(
        "error",
        "A numeric field without usable bounds (a points field has its item's points).",
        "字段“{field}”的上下限不可用（{low} 至 {high}）。",
        "请写明 min 和 max：min 不大于 max，个数和得分不小于 0。",
    ),
    "SPEC_DECIMALS": Code(
        "error",
        "Decimals out of range.",
        "{where}的小数位数 {decimals} 不在 {low} 至 {high} 之间。",
        "请改正 decimals（评分标准为 places）。",
    ),
    "SPEC_CHOICES": Code(
        "error",
        "Choices that cannot be a drop-down list.",
        "字段“{field}”的选项不可用：{problem}。",
        "选项至少两个、各不相同、不含英文逗号和双引号，连同逗号不超过 255 个字符。",
    ),
    "SPEC_OPTIONS_DIFFER": Code(
        "error",
        "A rule or scale that does not match its field's choices.",
        "{where}：所列“{actual}”与字段“{field}”的选项“{expected}”不一致。",
        "请使两者完全相同，不多不少。",
    ),
    "SPEC_SCALE_UNKNOWN": Code(
        "error",
        "A scale that is not in the spec.",
        "{where}：scales 中没有“{scale}”。",
        "{known}。",
    ),
    "SPEC_TEXT_LONG": Code(
        "error",
        "A text that Excel would refuse.",
        "{where}有 {length} 个字符，最多 {limit} 个。",
        "请写短一些，细节写入 help。",
    ),
    "SPEC_EMPTY": Code(
        "error",
        "A list without entries.",
        "{where}的 {key} 是空的。",
        "请补上内容，或删去这一部分。",
    ),
    "SPEC_REFERENCE": Code(
        "error",
        "An unknown field or rate.",
        "{where}：“{name}”既不是 sections 已列出的字段，也不是此前定义的比率。",
        "{known}。",
    ),
    "SPEC_ID": Code(
        "error",
        "An id of the wrong form.",
        "{where}：id“{id}”不合规则。",
        "id 用小写英文字母、数字和下划线（评分标准的 id 用连字符）。",
    ),
    "SPEC_ID_TWICE": Code(
        "error",
        "An id used twice.",
        "{where}：id“{id}”重复。",
        "同类 id 各不相同；字段与比率也不能同 id。",
    ),
    "SPEC_NAME_INVALID": Code(
        "error",
        "A chosen cell name that Excel refuses.",
        "名称“{name}”不能用作 Excel 名称：{problem}。",
        "cell_name 用汉字、字母、数字、下划线，不以数字开头，不像单元格地址；"
        "不写 cell_name 的，名称按标题自动取。",
    ),
    "SPEC_NAME_TWICE": Code(
        "error",
        "Two headings side by side, or two chosen cell names, that are the same.",
        "名称“{name}”重复（{first} 与 {second}）。",
        "请改其中一个。",
    ),
    "SPEC_NAME_HIDDEN": Code(
        "error",
        "A heading with a line end or a character that controls how others are shown.",
        "{where}的标题（name）含换行或看不见的控制字符。",
        "请把标题写在一行里，重新输入。",
    ),
    "SPEC_NAME_MADE": Code(
        "note",
        "Headings that cannot be defined names, and what stands for them in names and formulas.",
        "有 {count} 个标题不能直接用作 Excel 名称，表上仍按标题原样显示，公式中的名称已自动取定：{names}。",
        "不必改动；想自定名称的，在该处加写 cell_name。",
    ),
}
