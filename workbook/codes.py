"""The catalogue of finding codes: each with its severity, its message and its remedy.

Codes are stable: tools may rely on them. Messages are for officers and clerks (INPUT, TEMPLATE …) or
for rubric authors (SPEC, YAML …), in Chinese; ``meaning`` is for documentation, in English.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding; ``message`` and ``fix`` are format strings."""

    severity: Literal["error", "warning", "note"]
    meaning: str
    message: str
    fix: str


_ENTRIES: dict[str, tuple[Literal["error", "warning", "note"], str, str, str]] = {
    # files
    "FILE_UNREADABLE": (
        "error",
        "A file cannot be read.",
        "无法读取文件：{reason}",
        "请确认路径、权限和文件内容。",
    ),
    "FILE_EXISTS": (
        "error",
        "The output file is in the way.",
        "{path} 已存在。",
        "请换一个文件名，或加 --force 覆盖。",
    ),
    "FILE_UNWRITABLE": (
        "error",
        "The output file cannot be written.",
        "无法写入 {path}：{reason}",
        "请检查文件夹是否存在、是否有写权限，文件是否正被打开。",
    ),
    "NOTHING_FOUND": (
        "error",
        "The paths hold no file to verify.",
        "在 {path} 中没有找到可核验的文件。",
        "请检查路径；文件夹内应有 .xlsx 文件。",
    ),
    # received files, archives and mails
    "FILE_EMPTY": (
        "error",
        "A received file, or an archive, with nothing in it.",
        "{kind}是空的。",
        "请部门重新发送；如是下载得来，请重新下载。",
    ),
    "FILE_LARGE": (
        "error",
        "A received file above the limit of size.",
        "文件大于 {limit} MB，没有读取。",
        "请删去插入的图片等大内容，佐证材料另行报送；是邮件或压缩包的，请另存其中的工作簿后核验。",
    ),
    "FILE_LEGACY": (
        "error",
        "A workbook in the format before .xlsx.",
        "这是{kind}，不是 .xlsx 工作簿。",
        "请在 Excel 或 WPS 中打开，另存为 .xlsx 后再报送；最好直接在下发的原文件中填报。",
    ),
    "FILE_ENCRYPTED": (
        "error",
        "A document that needs a password to open.",
        "文件设有打开密码，无法读取。",
        "请在 Excel 或 WPS 中打开，去掉打开密码，保存后再报送。",
    ),
    "FILE_TABLE": (
        "error",
        "A table in a format other than .xlsx.",
        "这是{kind}，不是 .xlsx 工作簿。",
        "请在下发的 .xlsx 原文件中填报；用其他格式保存的，请用当时的程序打开，另存为 .xlsx。",
    ),
    "FILE_PICTURE": (
        "error",
        "A picture: a photographed or scanned form, or evidence.",
        "这是图片（{kind}），不能核验。",
        "填报表请不要拍照或扫描，请在下发的 .xlsx 原文件中填报；佐证材料另行存放，不必核验。",
    ),
    "FILE_DOCUMENT": (
        "error",
        "A document that is no workbook: PDF, Word and the like.",
        "这是{kind}，不能核验。",
        "填报表请在下发的 .xlsx 原文件中填报，不要打印、扫描或转成其他格式；佐证材料另行存放，不必核验。",
    ),
    "FILE_OTHER_KIND": (
        "error",
        "A file of a kind that is never verified.",
        "这是{kind}，不是 .xlsx 工作簿。",
        "请报送下发的 .xlsx 原文件。",
    ),
    "ARCHIVE_KIND": (
        "error",
        "An archive of a kind that is not opened.",
        "这是{kind}，程序不能打开。",
        "请解压后核验其中的文件，或请部门改用 .zip，或直接发送 .xlsx。",
    ),
    "ARCHIVE_DAMAGED": (
        "error",
        "An archive, or a file in it, that cannot be read.",
        "压缩包已损坏或不完整，无法读取。",
        "请部门重新压缩后再发送，或直接发送 .xlsx。",
    ),
    "ARCHIVE_ENCRYPTED": (
        "error",
        "A file in an archive that needs a password.",
        "压缩包设有密码，无法读取其中的文件。",
        "请用密码解压后核验其中的文件，或请部门去掉密码后再发送。",
    ),
    "ARCHIVE_METHOD": (
        "error",
        "A compression method that is not supported.",
        "压缩包用了不支持的压缩方法，无法读取其中的文件。",
        "请解压后核验其中的文件，或用系统自带的“压缩为 zip”重新压缩。",
    ),
    "RECEIVED_LIMIT": (
        "error",
        "An archive or a mail that exceeds a limit; what is beyond it was not looked at.",
        "{problem}，其余内容没有查看。",
        "请解压或另存其中的工作簿，直接核验。",
    ),
    "MAIL_DAMAGED": (
        "error",
        "A mail, or a part of it, that cannot be read.",
        "邮件或附件已损坏：{problem}。",
        "请在邮箱中打开这封邮件，另存附件后核验；打不开的，请部门重新发送。",
    ),
    "MAIL_ENCRYPTED": (
        "error",
        "A mail whose content is encrypted or enclosed in its signature.",
        "邮件内容经过加密或签名封装，无法读取。",
        "请在邮箱中打开这封邮件，另存附件后核验。",
    ),
    "MAIL_FORMAT": (
        "error",
        "A mail, or mailbox, of a kind that is not opened.",
        "这是{kind}，程序不能打开。",
        "请在 Outlook 等邮件程序中打开，另存其中的附件后核验；也可把邮件另存为 .eml。",
    ),
    "INTERNAL": (
        "error",
        "The program itself failed on this file.",
        "程序处理该文件时出错（{reason}），没有得出结论。",
        "请把该文件和这条信息转交系统维护人员；其他文件不受影响。",
    ),
    "FILES_SEVERAL": (
        "warning",
        "Several different files of one department and year, and no dates that tell which is the newest.",
        "“{department}”本年度还有别的文件：{others}；没有邮件日期，无法判断以哪一个为准。",
        "请向部门确认后只保留一个文件，或从邮件中核验。",
    ),
    "WORKER_SLOW": (
        "error",
        "Reading the file took longer than any honest file takes.",
        "读取该文件用时过长，已中止。",
        "请从下发的原文件重新填报；其他文件不受影响。",
    ),
    "WORKER_MEMORY": (
        "error",
        "Reading the file took more memory than any honest file takes.",
        "读取该文件占用的内存过多，已中止。",
        "请从下发的原文件重新填报；其他文件不受影响。",
    ),
    "WORKER_DIED": (
        "error",
        "The process that read the file came to an end.",
        "读取该文件的进程意外终止。",
        "请从下发的原文件重新填报；其他文件不受影响。",
    ),
    "RUBRIC_UNKNOWN": (
        "error",
        "No such rubric.",
        "没有评分标准“{rubric}”。",
        "{known}；也可给出 .yaml 规格文件的路径。",
    ),
    "INDICATOR_UNKNOWN": (
        "error",
        "No such indicator.",
        "评分标准 {rubric} 中没有指标“{name}”。",
        "{known}。",
    ),
    # specs
    "YAML_SYNTAX": (
        "error",
        "Not valid YAML.",
        "YAML 语法错误：{problem}",
        "请按提示行检查缩进、引号和冒号。",
    ),
    "YAML_DUPLICATE_KEY": ("error", "A key stands twice.", "键“{key}”重复。", "请删去其中一个。"),
    "SPEC_INVALID": (
        "error",
        "A value of the wrong kind.",
        "{where}：{problem}",
        "请按 docs/specs.md 改正这一处。",
    ),
    "SPEC_KEY_UNKNOWN": ("error", "An unknown key.", "不认识的键“{key}”。", "{known}。"),
    "SPEC_KEY_MISSING": ("error", "A key is missing.", "{where} 缺少键“{key}”。", "请补上这个键。"),
    "SPEC_RULE_UNKNOWN": ("error", "An unknown rule kind.", "不认识的规则种类“{kind}”。", "{known}。"),
    "SPEC_RULE_UNSUPPORTED": (
        "error",
        "A back-end lacks the rule kind.",
        "规则种类“{kind}”缺少{backend}的实现。",
        "请换用其他规则种类。",
    ),
    "SPEC_FIELD_UNKNOWN": (
        "error",
        "A field that is neither in the dictionary nor in the spec.",
        "字段“{field}”没有定义。",
        "{known}；新字段请写入本规格的 fields。",
    ),
    "SPEC_TABLE_UNKNOWN": (
        "error",
        "A detail table that is not in the dictionary of tables.",
        "明细表“{table}”没有定义。",
        "{known}；新明细表请在本规格的 tables 中写全。",
    ),
    "SPEC_COLUMN_UNKNOWN": (
        "error",
        "A column that the dictionary's table does not have.",
        "明细表没有列“{column}”。",
        "{known}。",
    ),
    "SPEC_SOURCE": (
        "error",
        "A field cannot be taken from the detail table as its source says.",
        "字段“{field}”的来源“{source}”有误：{problem}。",
        "请对照明细表的列改正 sources。",
    ),
    "SPEC_COLUMN": (
        "error",
        "A computed column of a detail table is not well formed.",
        "明细表“{table}”的列“{column}”有误：{problem}。",
        "请改正该列的 of 或 when。",
    ),
    "SPEC_FIELD_TWICE": (
        "error",
        "A field is listed twice.",
        "字段“{field}”在 sections 中出现两次。",
        "请只保留一处。",
    ),
    "SPEC_FIELD_UNPLACED": (
        "error",
        "A field of the spec stands in no section.",
        "字段“{field}”没有列入任何 sections。",
        "请把它列入一个分区，或删去。",
    ),
    "SPEC_FIELD_UNUSED": (
        "warning",
        "No rule, rate or check uses the field.",
        "字段“{field}”没有被任何规则、比率或勾稽使用。",
        "请删去，或写明它的用途。",
    ),
    "SPEC_FIELD_SHARED": (
        "error",
        "A field of self-judged points that serves two items.",
        "字段“{field}”同时用于{first}和{second}。",
        "自评得分、实现程度的字段只能用于一个评分要点，请另设一个字段。",
    ),
    "SPEC_RATE_UNUSED": (
        "warning",
        "No rule, rate or check uses the rate.",
        "比率“{rate}”没有被任何规则、比率或勾稽使用。",
        "请删去，或在规则中使用它。",
    ),
    "SPEC_RATE_NEGATIVE": (
        "warning",
        "Points in proportion to a figure that can be negative.",
        "{where}：“{name}”可能为负数，按比例计分会得负分。",
        "请改用 abs()、分档（bands），或为字段写明不小于 0 的 min。",
    ),
    "SPEC_FIELD_KIND": (
        "error",
        "A field of the wrong kind for its use.",
        "{where}：“{name}”是{kind}，此处需要{wanted}。",
        "请换字段或改其 kind。",
    ),
    "SPEC_FIELD_BOUNDS": (
        "error",
        "A numeric field without usable bounds (a points field has its item's points).",
        "字段“{field}”的上下限不可用（{low} 至 {high}）。",
        "请写明 min 和 max：min 不大于 max，个数和得分不小于 0。",
    ),
    "SPEC_DECIMALS": (
        "error",
        "Decimals out of range.",
        "{where}的小数位数 {decimals} 不在 {low} 至 {high} 之间。",
        "请改正 decimals（评分标准为 places）。",
    ),
    "SPEC_CHOICES": (
        "error",
        "Choices that cannot be a drop-down list.",
        "字段“{field}”的选项不可用：{problem}。",
        "选项至少两个、各不相同、不含英文逗号和双引号，连同逗号不超过 255 个字符。",
    ),
    "SPEC_OPTIONS_DIFFER": (
        "error",
        "A rule or scale that does not match its field's choices.",
        "{where}：所列“{actual}”与字段“{field}”的选项“{expected}”不一致。",
        "请使两者完全相同，不多不少。",
    ),
    "SPEC_SCALE_UNKNOWN": (
        "error",
        "A scale that is not in the spec.",
        "{where}：scales 中没有“{scale}”。",
        "{known}。",
    ),
    "SPEC_TEXT_LONG": (
        "error",
        "A text that Excel would refuse.",
        "{where}有 {length} 个字符，最多 {limit} 个。",
        "请写短一些，细节写入 help。",
    ),
    "SPEC_EMPTY": (
        "error",
        "A list without entries.",
        "{where}的 {key} 是空的。",
        "请补上内容，或删去这一部分。",
    ),
    "SPEC_REFERENCE": (
        "error",
        "An unknown field or rate.",
        "{where}：“{name}”既不是 sections 已列出的字段，也不是此前定义的比率。",
        "{known}。",
    ),
    "SPEC_ID": (
        "error",
        "An id of the wrong form.",
        "{where}：id“{id}”不合规则。",
        "id 用小写英文字母、数字和下划线（评分标准的 id 用连字符）。",
    ),
    "SPEC_ID_TWICE": (
        "error",
        "An id used twice.",
        "{where}：id“{id}”重复。",
        "同类 id 各不相同；字段与比率也不能同 id。",
    ),
    "SPEC_NAME_INVALID": (
        "error",
        "A name that Excel refuses.",
        "名称“{name}”不能用作 Excel 名称：{problem}。",
        "名称用汉字、字母、数字、下划线，不以数字开头，不像单元格地址。",
    ),
    "SPEC_NAME_TWICE": (
        "error",
        "A defined name used twice.",
        "名称“{name}”重复（{first} 与 {second}）。",
        "请改其中一个。",
    ),
    "SPEC_POINTS_TOTAL": (
        "error",
        "Weights do not add up.",
        "{where}的分值合计 {actual}，应为 {expected}。",
        "请对照评分标准改正分值。",
    ),
    "SPEC_ITEMS_TOTAL": (
        "error",
        "Items do not add up to their indicator.",
        "指标“{name}”的评分要点合计 {actual}，分值是 {expected}。",
        "请改正；若标准原文即如此，请写 items_total 说明。",
    ),
    "SPEC_ITEMS_TOTAL_KNOWN": (
        "note",
        "Items that are known not to add up.",
        "指标“{name}”的评分要点合计 {actual}，分值是 {expected}：{reason}",
        "已在规格中说明，无需处理。",
    ),
    "SPEC_ITEMS_TOTAL_WRONG": (
        "error",
        "An acknowledgement of another sum.",
        "指标“{name}”的 items_total 写的是 {stated}，而评分要点合计 {actual}。",
        "请核对原文后改正 items_total 或评分要点。",
    ),
    "SPEC_ITEMS_TOTAL_NEEDLESS": (
        "error",
        "An acknowledgement of nothing.",
        "指标“{name}”的评分要点合计正是分值 {expected}，不需要 items_total。",
        "请删去 items_total。",
    ),
    "SPEC_ITEMS_EXCEED": (
        "error",
        "Items that can earn more than their indicator.",
        "指标“{name}”的评分要点合计 {actual}，按要点之和计分会超过分值 {expected}。",
        "请写明 scored_as: weight_less_deductions（分值减去各项所扣分数）。",
    ),
    "SPEC_POINTS_POSITIVE": (
        "error",
        "Points that are not above 0.",
        "{where}的分值 {points} 应大于 0。",
        "请对照评分标准改正分值。",
    ),
    "SPEC_POINTS_UNREACHABLE": (
        "warning",
        "No answer earns the item's full points.",
        "{where}：按此规则最多得 {highest} 分，要点分值却是 {limit} 分。",
        "请核对各档得分和要点分值。",
    ),
    "SPEC_DEDUCTION": (
        "error",
        "A deduction that is not above 0.",
        "{where}：每次扣分 {each} 应大于 0。",
        "请写成正数，如 each: 1。",
    ),
    "SPEC_BANDS_GAP": (
        "error",
        "Bands leave a gap.",
        "{where}：分档在 {edge} 处有空档。",
        "请让相邻两档首尾相接。",
    ),
    "SPEC_BANDS_OVERLAP": (
        "error",
        "Bands overlap.",
        "{where}：分档在 {edge} 处重叠。",
        "请让每个数值只落入一档。",
    ),
    "SPEC_BANDS_OPEN": (
        "error",
        "Bands do not reach to the end.",
        "{where}：分档没有覆盖{end}。",
        "请补一档，使所有可能的数值都有得分。",
    ),
    "SPEC_BANDS_EMPTY": (
        "error",
        "A band that holds no number.",
        "{where}：分档“{band}”不含任何数值。",
        "请核对上下限是否写反。",
    ),
    "SPEC_BAND_POINTS": (
        "error",
        "A rule gives fewer points than 0 or more than its item has.",
        "{where}：得分 {points} 不在 0 至要点分值 {limit} 之间。",
        "请改正得分或分值。",
    ),
    "SPEC_CLAUSE_MISSING": (
        "error",
        "A rule without its clause or place.",
        "{where}没有写明{what}。",
        "请写出条款要点和出处（指标、序号）。",
    ),
    "SPEC_GRADES": (
        "error",
        "Grades are not in order down to 0, or cannot stand in a formula.",
        "评价等级不可用：{problem}。",
        "请改正 grades.bands：下限从高到低，最后一级为 0，名称不含英文双引号。",
    ),
    "SPEC_DIVISION": (
        "error",
        "A division inside an expression.",
        "{where}：除法只能在比率的最外层，或除以一个不为 0 的数字。",
        "请把分式单独定义为一个比率。",
    ),
    # data
    "DATA_KEY_UNKNOWN": ("error", "DATA holds an unknown key.", "数据中有不认识的键“{key}”。", "{known}。"),
    "DATA_SHAPE": (
        "error",
        "DATA has the wrong shape.",
        "{where}：{problem}",
        "数据应为 {{字段 id: 值}}，理由写作 reason.<指标>。",
    ),
    "ROSTER_SHAPE": (
        "error",
        "The roster lacks its column.",
        "名册缺少部门名称一栏。",
        "首行应有下列栏名之一：{columns}。",
    ),
    "ROSTER_BLANK": (
        "error",
        "A roster row without a name.",
        "名册此行没有部门名称。",
        "请补上名称，或删去此行。",
    ),
    "ROSTER_TWICE": (
        "error",
        "A department stands twice.",
        "部门“{name}”重复，已见于第 {first} 行。",
        "请删去重复的行。",
    ),
    "ROSTER_EMPTY": (
        "error",
        "The roster has no rows.",
        "名册只有栏名，没有部门。",
        "请在栏名下每行写一个部门。",
    ),
    "ROSTER_TEXT": (
        "error",
        "A text of the roster that can stand in no file name and no mail.",
        "名册此行的“{column}”{problem}。",
        "请改成一行简短的文字；如该单元格内有换行，请删去。",
    ),
    "ROSTER_FILE_TWICE": (
        "error",
        "Two departments whose files would be one file.",
        "“{name}”与第 {first} 行的“{other}”会得到同一个文件名（文件名不分大小写，不能有的字符换作下划线）。",
        "请改其中一个部门的名称，使两者有明显区别。",
    ),
    "ROSTER_ISSUE_TWICE": (
        "error",
        "An issue id stands twice.",
        "下发编号“{issue}”重复，已见于第 {first} 行。",
        "请给每个部门不同的下发编号；留空则由程序给出。",
    ),
    "ISSUE_ID": (
        "error",
        "An issue id of the wrong form.",
        "下发编号“{issue}”不可用。",
        "请只用半角的英文字母、数字、点、下划线和连字符，1 至 40 个字符。",
    ),
    "MAIL_ADDRESS": (
        "error",
        "Not a mail address.",
        "“{address}”不是可用的电子邮箱地址。",
        "请只写一个半角的地址，如 name@example.gov.cn，不带姓名、尖括号和空格；没有则留空。",
    ),
    "CSV_SYNTAX": (
        "error",
        "Not valid CSV.",
        "从此行起不是有效的 CSV：英文双引号没有成对，引号外还有内容，或一个单元格过长。",
        "含逗号、换行的内容用英文双引号括起来，内容中的英文双引号写两遍；最好由 Excel 或 WPS 另存为 CSV。",
    ),
    "CSV_CELLS": (
        "error",
        "A row with more cells than there are columns.",
        "此行有 {cells} 格，栏名只有 {columns} 个：内容中的逗号会把一个值拆成两格。",
        "请删去数字中的千分位逗号，或用英文双引号把含逗号的内容括起来。",
    ),
    "CSV_COLUMNS": (
        "error",
        "Several columns of the same meaning.",
        "这几栏的含义相同，不知以哪一栏为准：{columns}。",
        "请只保留一栏，或给其余的栏换个名称。",
    ),
    "DATA_CSV_COLUMNS": (
        "error",
        "A CSV of DATA lacks its columns.",
        "数据表缺少字段栏或数值栏。",
        "首行应有字段栏（{keys} 之一）和数值栏（{values} 之一），用英文逗号分隔。",
    ),
    "DATA_CSV_KEY_BLANK": (
        "error",
        "A value without its key.",
        "此行有数值“{value}”，没有写明字段。",
        "请补上字段的 id 或填报项目，或删去此行。",
    ),
    "DATA_CSV_KEYS_DIFFER": (
        "error",
        "Two key cells of a row that mean different fields.",
        "此行的“{first}”与“{other}”不是同一个字段。",
        "请改正其中一个，或只保留一个字段栏。",
    ),
    "DATA_LABEL_SHARED": (
        "error",
        "A label that belongs to several fields.",
        "“{label}”是几个字段共有的名称：{fields}。",
        "请改写字段的 id。",
    ),
    # inputs, from DATA and from workbooks alike
    "INPUT_NOT_NUMBER": (
        "error",
        "Text where a number belongs.",
        "“{label}”应填数字，读到“{value}”。",
        "请清除该单元格，设为数值格式后直接输入数字（单位：{unit}）。",
    ),
    "INPUT_AS_TEXT": (
        "error",
        "A text that means one value; the officer's program has calculated without it.",
        "“{label}”填的是文字“{text}”，核验时按 {value} 计算，但文件中的得分没有把它算入。",
        "请清除该单元格后重新输入 {value}（退回的副本中已改好），看过得分后保存再报送。",
    ),
    "INPUT_UNDERSTOOD": (
        "warning",
        "A text that means one value, in a file without saved results.",
        "“{label}”填的是文字“{text}”，按 {value} 计算。",
        "请确认；最好清除该单元格后重新输入 {value}。",
    ),
    "INPUT_UNCLEAR": (
        "error",
        "A word where a number belongs that can mean zero or not applicable.",
        "“{label}”填的是“{value}”，可以是 0，也可以是不适用。",
        "没有发生的填 0；不适用的留空。",
    ),
    "INPUT_NOT_WHOLE": (
        "error",
        "A count with a fraction.",
        "“{label}”应填整数，读到 {value}。",
        "请填写整数个数。",
    ),
    "INPUT_RANGE": (
        "error",
        "A number out of bounds.",
        "“{label}”的值 {value} 超出允许范围 {low} 至 {high}。",
        "请核对数值和单位（{unit}）。",
    ),
    "INPUT_DECIMALS": (
        "error",
        "Points with too many decimals.",
        "“{label}”的值 {value} 多于 {decimals} 位小数。",
        "请保留 {decimals} 位小数。",
    ),
    "INPUT_PRECISION": (
        "warning",
        "More decimals than the field is shown with.",
        "“{label}”的值 {value} 多于 {decimals} 位小数，按填报值计算。",
        "如非有意，请保留 {decimals} 位小数。",
    ),
    "INPUT_CHOICE": (
        "error",
        "Not one of the choices.",
        "“{label}”应从 {choices} 中选择，读到“{value}”。",
        "请从下拉列表中重新选择。",
    ),
    "INPUT_DATE": (
        "error",
        "Not a date.",
        "“{label}”应填日期，读到“{value}”。",
        "请按 2024-03-31 的格式输入日期。",
    ),
    "INPUT_TEXT": ("error", "Not a text.", "“{label}”应填文字，读到 {value}。", "请重新输入文字。"),
    "INPUT_LEVEL": (
        "error",
        "A degree outside its level.",
        "“{label}”的值 {value} 不在所选档次“{level}”的区间 {interval} 内。",
        "请改选档次，或改正百分比。",
    ),
    "INPUT_ERROR_VALUE": (
        "error",
        "An error value in an input.",
        "“{label}”的单元格是错误值 {value}。",
        "请清除该单元格后重新输入。",
    ),
    "INPUT_FORMULA": (
        "note",
        "An officer's arithmetic in an input.",
        "“{label}”由公式 {formula} 算得 {value}。",
        "无需处理；如有疑问请改填数值。",
    ),
    "INPUT_FORMULA_REFUSED": (
        "error",
        "A formula that is not allowed in an input.",
        "“{label}”中的公式 {formula} 不能接受：{problem}。",
        "请直接填写数值，或只用加减乘除、SUM、ROUND、AVERAGE 和本文件内的单元格。",
    ),
    "INPUT_THRESHOLD": (
        "warning",
        "A rate so near a threshold that engines may differ.",
        "“{name}”与临界值 {edge} 相差不到亿分之一而不相等。",
        "请核对原始数据的小数位数。",
    ),
    # identity and integrity of a returned workbook
    "NOT_WORKBOOK": ("error", "Not an .xlsx workbook.", "{problem}", "{remedy}"),
    "NOT_OURS": (
        "error",
        "A workbook without our identity.",
        "这不是本系统下发的评分表：找不到模板标识。",
        "请使用下发的原文件填报，不要复制到新文件。",
    ),
    "IDENTITY_MISSING": (
        "note",
        "One copy of the identity is missing.",
        "模板标识缺少一处（{place}）。",
        "无需处理。",
    ),
    "IDENTITY_DIFFERS": (
        "error",
        "The copies of the identity differ.",
        "模板标识不一致：{place} 与其余不同。",
        "请使用下发的原文件重新填报。",
    ),
    "RUBRIC_NOT_KNOWN": (
        "error",
        "An unknown rubric.",
        "文件所用的评分标准“{rubric}”未知。",
        "{known}；自有标准请用 --rubric 指定规格文件。",
    ),
    "RUBRIC_OTHER": (
        "error",
        "A workbook of another rubric.",
        "该工作簿使用评分标准“{rubric}”，不是“{expected}”。",
        "请改用同一评分标准的工作簿。",
    ),
    "TEMPLATE_NOT_KNOWN": (
        "error",
        "An unknown template version.",
        "评分标准“{rubric}”没有第“{template}”版模板。",
        "{known}；请用下发的最新模板填报，或更新本程序。",
    ),
    "SPEC_DIFFERS": (
        "error",
        "The workbook was made from another spec.",
        "文件所用评分标准“{rubric}”的内容与现有规格不同。",
        "请用下发的模板重新填报，或用 --rubric 指定当时的规格。",
    ),
    "SHEET_MISSING": (
        "error",
        "A sheet of the template is missing.",
        "缺少工作表“{sheet_name}”。",
        "请恢复该工作表，或在下发的原文件中重新填报。",
    ),
    "SHEET_ORDER": (
        "error",
        "The template's sheets stand in another order.",
        "工作表顺序被改动，应为：{order}。",
        "请恢复原来的顺序。",
    ),
    "SHEET_STATE": (
        "error",
        "A sheet was hidden or shown.",
        "工作表“{sheet_name}”的显示状态被改动。",
        "请恢复原来的状态。",
    ),
    "CELL_CHANGED": (
        "error",
        "A non-input cell was changed.",
        "非填报单元格被改动：原为“{expected}”，现为“{actual}”。",
        "请恢复原内容，或在下发的原文件中重新填报。",
    ),
    "FORMULA_CHANGED": (
        "error",
        "A formula was changed.",
        "公式被改动：原为 {expected}，现为 {actual}。",
        "请恢复原公式，或在下发的原文件中重新填报。",
    ),
    "CELL_ADDED": (
        "error",
        "Content outside the template's cells.",
        "模板以外的单元格有内容“{actual}”。",
        "请移到自己新建的工作表。",
    ),
    "NAME_CHANGED": (
        "error",
        "A defined name was changed.",
        "名称“{name}”被改动：原指 {expected}，现指 {actual}。",
        "请恢复该名称，或在下发的原文件中重新填报。",
    ),
    "NAME_MISSING": (
        "error",
        "A defined name is missing.",
        "名称“{name}”被删除。",
        "请在下发的原文件中重新填报。",
    ),
    "NAME_SHADOWED": (
        "error",
        "A sheet-local name hides ours.",
        "工作表“{sheet_name}”中的同名名称“{name}”遮住了模板的名称。",
        "请删除该工作表内的名称。",
    ),
    "LINK_CHANGED": (
        "error",
        "A link leads somewhere else than in the issued template.",
        "链接被改动：应指向 {expected}，实际指向 {actual}。",
        "请使用下发的原文件填报，不要改动链接。",
    ),
    "MERGE_CHANGED": (
        "error",
        "Merged cells were changed.",
        "合并单元格被改动：{ranges}。",
        "请恢复原来的合并，或在下发的原文件中重新填报。",
    ),
    "VALIDATION_CHANGED": (
        "note",
        "An input's validation was changed.",
        "填报单元格的有效性规则被改动（粘贴常会如此）。",
        "无需处理。",
    ),
    "LOCK_CHANGED": (
        "note",
        "An input cell was locked.",
        "填报单元格的锁定状态被改动（粘贴常会如此）。",
        "无需处理。",
    ),
    "FORMAT_CHANGED": (
        "note",
        "An input cell's number format was changed.",
        "填报单元格的数字格式被改动（粘贴常会如此）。",
        "无需处理。",
    ),
    "ROWS_HIDDEN": (
        "error",
        "Rows are hidden that were issued visible.",
        "工作表“{sheet_name}”的第 {lines} 行被隐藏。",
        "请取消隐藏后再报送。",
    ),
    "COLUMNS_HIDDEN": (
        "error",
        "Columns are hidden that were issued visible.",
        "工作表“{sheet_name}”的 {lines} 列被隐藏。",
        "请取消隐藏后再报送。",
    ),
    "CALCULATION_CHANGED": (
        "error",
        "Settings of the workbook that change what is calculated or shown.",
        "工作簿的计算设置被改动：{setting}。",
        "请在选项中恢复为“自动计算”，取消“以显示精度为准”和“1904 日期系统”，重新计算后保存再报送。",
    ),
    "MANY_MORE": (
        "note",
        "Further findings of a kind, which are not listed one by one.",
        "另有 {count} 处同类问题（{kind}）没有逐一列出。",
        "改正已列出的问题后重新核验。",
    ),
    "PROTECTION_OFF": (
        "note",
        "Sheet protection is off.",
        "工作表“{sheet_name}”的保护已取消。",
        "无需处理。",
    ),
    # agreement and readiness
    "CACHE_ABSENT": (
        "note",
        "The file holds no calculated values.",
        "文件中没有保存计算结果（由不计算公式的程序写出）。",
        "无需处理；核验以重新计算为准。",
    ),
    "CACHE_DIFFERS": (
        "error",
        "What the officer saw is not what recalculation gives.",
        "文件中显示的“{what}”是 {cached}，重新计算是 {recalculated}。",
        "请在 Excel 或 WPS 中打开，重新计算（F9），保存后再报送。",
    ),
    "ENGINES_DIFFER": (
        "error",
        "Recalculation and the reference scorer differ.",
        "“{what}”重新计算得 {recalculated}，标准算法得 {reference}。",
        "请把该文件转交系统维护人员。",
    ),
    "INPUT_UNUSUAL": (
        "warning",
        "A figure is possible, but unusual.",
        "“{label}”的 {value} 不常见。",
        "请核对数字和单位（金额单位是万元）；无误的可以报送。",
    ),
    "ROWS_PARTIAL": (
        "note",
        "Rows of a detail table lack figures that are counted or summed.",
        "“{title}”有 {count} 行不全，有关汇总数空缺。",
        "请补填带＊的列，或在“数据填报”直接填合计数。",
    ),
    "EVIDENCE_OPEN": (
        "note",
        "Indicators with full marks list no evidence.",
        "得满分的 {count} 个指标没有列佐证材料：{names}。",
        "请在“佐证材料”列出材料的名称、文号、日期和页码。",
    ),
    "FIELD_OPEN": ("warning", "A field is still open.", "“{label}”待填。", "请填写该项（{unit}）。"),
    "REASON_OPEN": (
        "warning",
        "A deduction without its reason.",
        "指标“{name}”扣 {deduction} 分，缺少扣分原因。",
        "请在评分表填写扣分原因。",
    ),
    "CHECK_FAILED": (
        "warning",
        "A cross-check does not hold.",
        "勾稽不符：{title}（左 {left}，右 {right}）。",
        "{why}",
    ),
    "CHECK_BLOCKS": (
        "error",
        "A blocking cross-check does not hold.",
        "勾稽不符：{title}（左 {left}，右 {right}）。",
        "{why}",
    ),
}

CODES: dict[str, Code] = {code: Code(*entry) for code, entry in _ENTRIES.items()}
"""Every code by its name."""

GROUPS = {
    "FILE_UNREADABLE": "Files",
    "FILE_EMPTY": "Received files, archives and mails",
    "RUBRIC_UNKNOWN": "Arguments",
    "YAML_SYNTAX": "Rubric specs",
    "DATA_KEY_UNKNOWN": "DATA and rosters",
    "INPUT_NOT_NUMBER": "Inputs, from DATA and from workbooks alike",
    "NOT_WORKBOOK": "Identity and integrity of a returned workbook",
    "CACHE_ABSENT": "Agreement and readiness",
}
"""Each group's first code, in the order of the catalogue, with the group's title."""
