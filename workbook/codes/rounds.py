"""Findings about a collection round: its folder, what came in, whose it is, what was decided."""

from __future__ import annotations

from workbook.codes.code import Code

_ASSIGN = "计入某个部门用 workbook round assign。"

ROUNDS: dict[str, Code] = {
    "ROUND_NONE": Code(
        "error",
        "The folder holds no round.",
        "{path} 不是自评收集的文件夹，或台账不在其中。",
        "请检查路径；新的一轮用 workbook round start 开始。台账在数据库中的，请加 --ledger。",
    ),
    "ROUND_EXISTS": Code(
        "error",
        "A round has begun in this folder already.",
        "{path} 中已有一轮自评收集。",
        "新的一轮请换一个文件夹；名册有变动的用 workbook round roster。",
    ),
    "ROUND_UNFINISHED": Code(
        "error",
        "A round was begun here with other arguments, and has not issued anything yet.",
        "{path} 中上次开始的一轮没有下发完，而这次的标准、名册、期限或发件人与上次不同。",
        "请用与上次相同的参数重新运行，接着下发；要改的，请换一个文件夹重新开始。",
    ),
    "ROUND_OWN_FOLDER": Code(
        "error",
        "What is to be taken in are the round's own folders.",
        "{path} 是本轮自己的文件夹，其中有下发、退回的表和台账，不能当作来件收取。",
        "请把收到的邮件和文件放在另外的文件夹，例如“收件箱”。",
    ),
    "ROUND_ID": Code(
        "error",
        "The name of a round cannot be recorded.",
        "这一轮的名称不可用。",
        "请用 --name 给出 1 至 {longest} 个可显示的字符，例如 2025年自评。",
    ),
    "ROUND_ACTOR": Code(
        "error",
        "The clerk's name cannot be recorded.",
        "经办人姓名不可用。",
        "请用 --actor 给出 1 至 {longest} 个可显示的字符，或设置环境变量 WORKBOOK_ACTOR。",
    ),
    "ROUND_DEPARTMENT_UNKNOWN": Code(
        "error",
        "No department of this name or issue id in the round.",
        "本轮没有部门“{name}”。",
        "请写部门名称或下发编号；{known}。",
    ),
    "ROUND_OTHERS_FILE": Code(
        "warning",
        "A department has sent the form that was issued to another one. It does not count until decided.",
        "发件人是“{sender}”，用的却是下发给“{owner}”的表（表内部门名称：{name}）；暂不计入。",
        "请与发件人核实，请其用自己的表报送；确应计入 {proposal} 的，用 workbook round assign。",
    ),
    "ROUND_NAME_OF_OTHER": Code(
        "warning",
        "The form of one department bears the name of another one. It does not count until decided.",
        "这是下发给“{owner}”的表，表内部门名称却是“{name}”；暂不计入。",
        f"请核实是哪个部门的；应计入 {{proposal}}，{_ASSIGN}",
    ),
    "ROUND_NAME_OTHER": Code(
        "warning",
        "The name in the workbook is not the department's in the roster.",
        "表内部门名称“{name}”与名册“{known}”不同，已计入“{known}”。",
        "部门更名的，用 workbook round roster rename 记入；写错的请部门改正；"
        "不是该部门的，用 workbook round assign 改计。",
    ),
    "ROUND_SENDER_OTHER": Code(
        "warning",
        "The sender is not the address of the roster.",
        "发件人 {address} 不是名册中“{name}”的邮箱 {known}，已计入“{name}”。",
        "请按平时的联系方式核实；不是该部门的，用 workbook round assign 改计。",
    ),
    "ROUND_ISSUE_UNKNOWN": Code(
        "warning",
        "The issue id of the workbook is not one of this round.",
        "下发编号“{issue}”不在本轮名册中，按{how}计入“{name}”。",
        "请核实；不是该部门的，用 workbook round assign 改计。",
    ),
    "ROUND_MERGED_FORM": Code(
        "warning",
        "The form of a department that has been merged into another one. It does not count until decided.",
        "“{old}”已并入“{name}”，这份表是并入以前的；暂不计入。",
        f"请“{{name}}”用自己的表报送合并后的数据；这份确应计入的，{_ASSIGN}",
    ),
    "ROUND_DROPPED": Code(
        "warning",
        "A reply of a department that need not reply. It does not count until decided.",
        "“{name}”已不需报送（{reason}），这份暂不计入。",
        f"请核实；确应计入的，先用 workbook round roster add 加回名册。{_ASSIGN}",
    ),
    "ROUND_OTHER_RUBRIC": Code(
        "warning",
        "A workbook of another rubric: another year's or another district's. It does not count.",
        "这是评分标准 {rubric} 的表，本轮用的是 {expected}；不计入。",
        "请部门用本轮下发的表填报。",
    ),
    "ROUND_UNMATCHED": Code(
        "warning",
        "Nobody can be found whose file this is.",
        "不能确定是哪个部门的：下发编号 {issue}，发件人 {sender}，表内部门名称 {name}。",
        f"请核实来源；{{proposal}}。{_ASSIGN}",
    ),
    "ROUND_PASS_BEFORE": Code(
        "warning",
        "An earlier workbook of the department passed; the newest does not.",
        "此前的来件 {number} 已通过（{sent}，{total} 分），最新的来件 {newest} {now}；现以最新的为准。",
        "请向部门核实，用 workbook round assign 把应计入的一份（来件 {number} 或 {newest}）计入。",
    ),
    "ROUND_FILE_UNKNOWN": Code(
        "error",
        "No received file of this number in the round.",
        "本轮没有编号为 {number} 的来件。",
        "编号见 workbook round status 的“来件”一栏。",
    ),
    "ROUND_FILE_ASSIGNED": Code(
        "error",
        "The file cannot count for a department: its content cannot be read, or is of another rubric.",
        "编号 {number} 的来件不能计入：{why}。",
        "请部门用本轮下发的表重新报送。",
    ),
    "ROUND_FINDING_UNKNOWN": Code(
        "error",
        "The department's workbook has no such finding to be decided.",
        "“{name}”现在计入的表没有意见“{finding}”。",
        "可写意见的代码，或“代码@工作表!单元格”；{known}。",
    ),
    "ROUND_FINDING_SEVERAL": Code(
        "error",
        "Several findings have this code.",
        "“{name}”有几条意见是“{finding}”。",
        "请写明单元格：{known}。",
    ),
    "ROUND_FINDING_ERROR": Code(
        "error",
        "An error cannot be decided away.",
        "“{finding}”是错误，不能由经办人认可。",
        "请部门改正后重新报送。",
    ),
    "ROUND_REASON": Code(
        "error",
        "A decision without its reason.",
        "没有写明理由。",
        "请用 --reason 写明理由，最多 {longest} 个字符。",
    ),
    "ROUND_ROSTER_SAME": Code(
        "error",
        "The roster is that way already, or cannot be made so.",
        "名册不能这样变动：{problem}。",
        "请用 workbook round status 查看名册现在的情况。",
    ),
    "AUDIT_EVENT": Code(
        "error",
        "An event is not as it was recorded.",
        "第 {number} 项记录的内容与其哈希不符。",
        "台账被改动过；请从备份恢复，并查明原因。",
    ),
    "AUDIT_CHAIN": Code(
        "error",
        "An event does not follow the one before it.",
        "第 {number} 项记录与前一项不衔接（缺项、调换或重写）。",
        "台账被改动过；请从备份恢复，并查明原因。",
    ),
    "AUDIT_VERDICT": Code(
        "error",
        "Verifying the kept bytes again gives another outcome than the one recorded.",
        "第 {number} 项核验记录为 {recorded}，重新核验为 {verified}。",
        "核验记录之后程序或评分标准有变动的，请重新收取该文件；没有变动的，请查明原因。",
    ),
    "AUDIT_ISSUED": Code(
        "error",
        "An issued workbook in the folder is not the one that was issued.",
        "下发的表 {path} 与记录不同。",
        "请勿再寄出；可从邮件草稿或备份中恢复。",
    ),
}
