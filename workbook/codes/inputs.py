"""Findings about DATA, rosters and inputs."""

from __future__ import annotations

from workbook.codes.code import Code

DATA: dict[str, Code] = {
    "DATA_KEY_UNKNOWN": Code(
        "error", "DATA holds an unknown key.", "数据中有不认识的键“{key}”。", "{known}。"
    ),
    "DATA_SHAPE": Code(
        "error",
        "DATA has the wrong shape.",
        "{where}：{problem}",
        "数据应为 {{字段 id: 值}}，理由写作 reason.<指标>。",
    ),
    "ROSTER_SHAPE": Code(
        "error",
        "The roster lacks its column.",
        "名册缺少部门名称一栏。",
        "首行应有下列栏名之一：{columns}。",
    ),
    "ROSTER_BLANK": Code(
        "error",
        "A roster row without a name.",
        "名册此行没有部门名称。",
        "请补上名称，或删去此行。",
    ),
    "ROSTER_TWICE": Code(
        "error",
        "A department stands twice.",
        "部门“{name}”重复，已见于第 {first} 行。",
        "请删去重复的行。",
    ),
    "ROSTER_EMPTY": Code(
        "error",
        "The roster has no rows.",
        "名册只有栏名，没有部门。",
        "请在栏名下每行写一个部门。",
    ),
    "ROSTER_TEXT": Code(
        "error",
        "A text of the roster that can stand in no file name and no mail.",
        "名册此行的“{column}”{problem}。",
        "请改成一行简短的文字；如该单元格内有换行，请删去。",
    ),
    "ROSTER_FILE_TWICE": Code(
        "error",
        "Two departments whose files would be one file.",
        "“{name}”与第 {first} 行的“{other}”会得到同一个文件名（文件名不分大小写，不能有的字符换作下划线）。",
        "请改其中一个部门的名称，使两者有明显区别。",
    ),
    "ROSTER_ISSUE_TWICE": Code(
        "error",
        "An issue id stands twice.",
        "下发编号“{issue}”重复，已见于第 {first} 行。",
        "请给每个部门不同的下发编号；留空则由程序给出。",
    ),
    "ISSUE_ID": Code(
        "error",
        "An issue id of the wrong form.",
        "下发编号“{issue}”不可用。",
        "请只用半角的英文字母、数字、点、下划线和连字符，1 至 40 个字符。",
    ),
    "MAIL_ADDRESS": Code(
        "error",
        "Not a mail address.",
        "“{address}”不是可用的电子邮箱地址。",
        "请只写一个半角的地址，如 name@example.gov.cn，不带姓名、尖括号和空格；没有则留空。",
    ),
    "CSV_SYNTAX": Code(
        "error",
        "Not valid CSV.",
        "从此行起不是有效的 CSV：英文双引号没有成对，引号外还有内容，或一个单元格过长。",
        "含逗号、换行的内容用英文双引号括起来，内容中的英文双引号写两遍；最好由 Excel 或 WPS 另存为 CSV。",
    ),
    "CSV_CELLS": Code(
        "error",
        "A row with more cells than there are columns.",
        "此行有 {cells} 格，栏名只有 {columns} 个：内容中的逗号会把一个值拆成两格。",
        "请删去数字中的千分位逗号，或用英文双引号把含逗号的内容括起来。",
    ),
    "CSV_COLUMNS": Code(
        "error",
        "Several columns of the same meaning.",
        "这几栏的含义相同，不知以哪一栏为准：{columns}。",
        "请只保留一栏，或给其余的栏换个名称。",
    ),
    "DATA_CSV_COLUMNS": Code(
        "error",
        "A CSV of DATA lacks its columns.",
        "数据表缺少字段栏或数值栏。",
        "首行应有字段栏（{keys} 之一）和数值栏（{values} 之一），用英文逗号分隔。",
    ),
    "DATA_CSV_KEY_BLANK": Code(
        "error",
        "A value without its key.",
        "此行有数值“{value}”，没有写明字段。",
        "请补上字段的 id 或填报项目，或删去此行。",
    ),
    "DATA_CSV_KEYS_DIFFER": Code(
        "error",
        "Two key cells of a row that mean different fields.",
        "此行的“{first}”与“{other}”不是同一个字段。",
        "请改正其中一个，或只保留一个字段栏。",
    ),
    "DATA_LABEL_SHARED": Code(
        "error",
        "A label that belongs to several fields.",
        "“{label}”是几个字段共有的名称：{fields}。",
        "请改写字段的 id。",
    ),
}

HUNDREDFOLD = "是否应为 {meant}？请输入 {meant} 或 {plain}。"
"""The remedy where a percentage was typed a hundred times too large."""

INPUTS: dict[str, Code] = {
    "INPUT_NOT_NUMBER": Code(
        "error",
        "Text where a number belongs.",
        "“{label}”应填数字，读到“{value}”。",
        "请清除该单元格，设为数值格式后直接输入数字（单位：{unit}）。",
    ),
    "INPUT_AS_TEXT": Code(
        "error",
        "A text that means one value; the officer's program calculates without it.",
        "“{label}”填的是文字“{text}”，核验时按 {value} 计算，但文件自己的公式不把它算入得分。",
        "请清除该单元格后重新输入 {value}（退回的副本中已改好），看过得分后保存再报送。",
        mended="附件中已改成这个值，请核对得分。",
    ),
    "INPUT_UNCLEAR": Code(
        "error",
        "A word where a number belongs that can mean zero or not applicable.",
        "“{label}”填的是“{value}”，可以是 0，也可以是不适用。",
        "没有发生的填 0；不适用的留空。",
    ),
    "INPUT_NOT_WHOLE": Code(
        "error",
        "A count with a fraction.",
        "“{label}”应填整数，读到 {value}。",
        "请填写整数个数。",
    ),
    "INPUT_RANGE": Code(
        "error",
        "A number out of bounds.",
        "“{label}”的值 {value} 超出允许范围 {low} 至 {high}。",
        "{hint}请核对数值和单位（{unit}）。",
    ),
    "INPUT_DECIMALS": Code(
        "error",
        "Points with too many decimals.",
        "“{label}”的值 {value} 多于 {decimals} 位小数。",
        "请保留 {decimals} 位小数。",
    ),
    "INPUT_PRECISION": Code(
        "warning",
        "More decimals than the field is shown with.",
        "“{label}”的值 {value} 多于 {decimals} 位小数，按填报值计算。",
        "如非有意，请保留 {decimals} 位小数。",
    ),
    "INPUT_CHOICE": Code(
        "error",
        "Not one of the choices.",
        "“{label}”应从 {choices} 中选择，读到“{value}”。",
        "请从下拉列表中重新选择。",
    ),
    "INPUT_DATE": Code(
        "error",
        "Not a date.",
        "“{label}”应填日期，读到“{value}”。",
        "请按 2024-03-31 的格式输入日期。",
    ),
    "INPUT_TEXT": Code("error", "Not a text.", "“{label}”应填文字，读到 {value}。", "请重新输入文字。"),
    "INPUT_LEVEL": Code(
        "error",
        "A degree outside its level.",
        "“{label}”的值 {value} 不在所选档次“{level}”的区间 {interval} 内。",
        "请改选档次，或改正百分比。",
    ),
    "INPUT_ERROR_VALUE": Code(
        "error",
        "An error value in an input.",
        "“{label}”的单元格是错误值 {value}。",
        "请清除该单元格后重新输入。",
    ),
    "INPUT_PICTURE": Code(
        "warning",
        "A picture placed in a cell for words.",
        "“{label}”的单元格里放的是图片，其中的文字核验时读不到。",
        "请在此写材料名称等文字；图片放到自己新建的工作表上，或另行报送。",
    ),
    "INPUT_PICTURE_NEEDED": Code(
        "error",
        "A picture placed in a cell from which the workbook calculates.",
        "“{label}”的单元格里放的是图片，表格的公式要用其中的数字或文字。",
        "请清除该单元格，直接填写数字或文字；图片放到自己新建的工作表上，或另行报送。",
    ),
    "INPUT_FORMULA": Code(
        "note",
        "An officer's arithmetic in an input.",
        "“{label}”由公式 {formula} 算得 {value}。",
        "无需处理；如有疑问请改填数值。",
    ),
    "INPUT_FORMULA_SAVED": Code(
        "warning",
        "An officer's arithmetic that rests on saved results of other formulas.",
        "“{label}”的公式用到 {cells}，这些单元格的公式核验时不计算，按文件中保存的结果取数。",
        "请核对这些单元格的结果；如有疑问请改填数值。",
    ),
    "INPUT_FORMULA_REFUSED": Code(
        "error",
        "A formula that is not allowed in an input.",
        "“{label}”中的公式 {formula} 不能接受：{problem}。",
        "请直接填写数值，或只用加减乘除、SUM、ROUND、AVERAGE 和本文件内的单元格、名称。",
    ),
    "INPUT_THRESHOLD": Code(
        "warning",
        "A rate so near a threshold that engines may differ.",
        "“{name}”与临界值 {edge} 相差不到亿分之一而不相等。",
        "请核对原始数据的小数位数。",
    ),
}
