"""Findings about returned workbooks: package, identity and contents, agreement and readiness."""

from __future__ import annotations

from workbook.codes.entry import Code

CONTENTS: dict[str, Code] = {
    "ACTIVE_CONTENT": Code(
        "error",
        "Something in the file runs, fetches or embeds something, under whatever name.",
        "文件中有{what}（部件 {part}），不能接收。",
        "请使用下发的原文件填报，不要加入宏、控件、嵌入对象、数据连接和网页加载项。",
    ),
    "EXTERNAL_LINK": Code(
        "error",
        "The file has links to other workbooks.",
        "文件中有指向其他工作簿的外部链接（部件 {part}）。",
        "请在“数据 → 编辑链接”中断开链接；从别的文件粘贴时只粘贴数值，保存后再报送。",
    ),
    "EXTERNAL_CONTENT": Code(
        "error",
        "The file shows content that lies outside of it.",
        "文件引用了外部内容 {target}（部件 {part}），打开时会从别处读取。",
        "请删去链接的图片等外部内容，需要时改为插入图片本身。",
    ),
    "PART_UNKNOWN": Code(
        "error",
        "A part of the package that no program is known to leave there.",
        "文件中有不认识的内容（部件 {part}，{what}），不能接收。",
        "请在 Excel 或 WPS 中打开下发的原文件填报，另存为 .xlsx；仍有此提示的，请转交系统维护人员。",
    ),
    "MARKUP_UNKNOWN": Code(
        "error",
        "An element, attribute or text that the grammar of workbooks does not know at this place.",
        "部件 {part} 的 {place} 中有不认识的内容 {what}。",
        "请在 Excel 或 WPS 中打开后另存为 .xlsx；仍有此提示的，请转交系统维护人员。",
    ),
    "MARKUP_VALUE": Code(
        "error",
        "A value that is not of its attribute's kind, so that programs read it in different ways.",
        "部件 {part} 的 {place} 中 {what} 的值“{value}”不合规范，不同程序会有不同理解。",
        "请在 Excel 或 WPS 中打开后另存为 .xlsx 再报送。",
    ),
    "NOT_OURS": Code(
        "error",
        "A workbook without our identity.",
        "这不是本系统下发的评分表：找不到模板标识。",
        "请使用下发的原文件填报，不要复制到新文件。",
    ),
    "IDENTITY_MISSING": Code(
        "note",
        "One copy of the identity is missing.",
        "模板标识缺少一处（{place}）。",
        "无需处理。",
    ),
    "IDENTITY_SINGLE": Code(
        "warning",
        "Only one copy of the identity is left: online editors drop the others.",
        "模板标识只剩一处（{place}），已按它核对全部内容。",
        "内容与模板一致即可报送；建议以后用 Excel、WPS 或 LibreOffice 填报。",
    ),
    "IDENTITY_DIFFERS": Code(
        "error",
        "The copies of the identity differ.",
        "模板标识不一致：{place} 与其余不同。",
        "请使用下发的原文件重新填报。",
    ),
    "RUBRIC_NOT_KNOWN": Code(
        "error",
        "An unknown rubric.",
        "文件所用的评分标准“{rubric}”未知。",
        "{known}；自有标准请用 --rubric 指定规格文件。",
    ),
    "RUBRIC_OTHER": Code(
        "error",
        "A workbook of another rubric.",
        "该工作簿使用评分标准“{rubric}”，不是“{expected}”。",
        "请改用同一评分标准的工作簿。",
    ),
    "TEMPLATE_NOT_KNOWN": Code(
        "error",
        "An unknown template version.",
        "评分标准“{rubric}”没有第“{template}”版模板。",
        "{known}；请用下发的最新模板填报，或更新本程序。",
    ),
    "SPEC_DIFFERS": Code(
        "error",
        "The workbook was made from another spec.",
        "文件所用评分标准“{rubric}”的内容与现有规格不同。",
        "请用下发的模板重新填报，或用 --rubric 指定当时的规格。",
    ),
    "SHEET_MISSING": Code(
        "error",
        "A sheet of the template is missing.",
        "缺少工作表“{sheet_name}”。",
        "请恢复该工作表，或在下发的原文件中重新填报。",
    ),
    "SHEET_ORDER": Code(
        "error",
        "The template's sheets stand in another order.",
        "工作表顺序被改动，应为：{order}。",
        "请恢复原来的顺序。",
    ),
    "SHEET_STATE": Code(
        "error",
        "A sheet was hidden or shown.",
        "工作表“{sheet_name}”的显示状态被改动。",
        "请恢复原来的状态。",
    ),
    "CELL_CHANGED": Code(
        "error",
        "A non-input cell was changed.",
        "非填报单元格被改动：原为“{expected}”，现为“{actual}”。",
        "请恢复原内容，或在下发的原文件中重新填报。",
    ),
    "FORMULA_CHANGED": Code(
        "error",
        "A formula was changed.",
        "公式被改动：原为 {expected}，现为 {actual}。",
        "请恢复原公式，或在下发的原文件中重新填报。",
    ),
    "CELL_ADDED": Code(
        "error",
        "Content outside the template's cells.",
        "模板以外的单元格有内容“{actual}”。",
        "请移到自己新建的工作表。",
    ),
    "CELL_FAR": Code(
        "error",
        "A cell far beyond the template's, be it blank.",
        "单元格超出模板的允许范围。",
        "请删去表格以外很远处的行列（选中后右键“删除”），保存后再报送。",
    ),
    "NAME_CHANGED": Code(
        "error",
        "A defined name was changed.",
        "名称“{name}”被改动：原指 {expected}，现指 {actual}。",
        "请恢复该名称，或在下发的原文件中重新填报。",
    ),
    "NAME_MISSING": Code(
        "error",
        "A defined name is missing.",
        "名称“{name}”被删除。",
        "请在下发的原文件中重新填报。",
    ),
    "NAME_SHADOWED": Code(
        "error",
        "A sheet-local name hides ours.",
        "工作表“{sheet_name}”中的同名名称“{name}”遮住了模板的名称。",
        "请删除该工作表内的名称。",
    ),
    "LINK_CHANGED": Code(
        "error",
        "A link leads somewhere else than in the issued template.",
        "链接被改动：应指向 {expected}，实际指向 {actual}。",
        "请使用下发的原文件填报，不要改动链接。",
    ),
    "LINK_LOST": Code(
        "note",
        "Links of the template are gone: some programs drop them; nothing else shows it.",
        "工作表“{sheet_name}”的部分链接没有了（有些程序保存时会丢失）。",
        "无需处理。",
    ),
    "MERGE_CHANGED": Code(
        "error",
        "Merged cells were changed.",
        "合并单元格被改动：{ranges}。",
        "请恢复原来的合并，或在下发的原文件中重新填报。",
    ),
    "VALIDATION_CHANGED": Code(
        "note",
        "An input's validation was changed.",
        "填报单元格的有效性规则被改动（粘贴常会如此）。",
        "无需处理。",
    ),
    "LOCK_CHANGED": Code(
        "note",
        "An input cell was locked.",
        "填报单元格的锁定状态被改动（粘贴常会如此）。",
        "无需处理。",
    ),
    "FORMAT_CHANGED": Code(
        "note",
        "An input cell's number format was changed; it still shows the number.",
        "填报单元格的数字格式被改动（粘贴常会如此）。",
        "无需处理。",
    ),
    "FORMAT_MISLEADS": Code(
        "error",
        "An input cell shows another number than it holds, a date, or nothing.",
        "填报单元格的格式（{format}）会把 {value} 显示成别的样子。",
        "请把该单元格的格式改回数值（如“0.00”或“常规”），看清数字后保存再报送。",
    ),
}

AGREEMENT: dict[str, Code] = {
    "READERS_DIFFER": Code(
        "error",
        "Two independent readers see different contents in the file.",
        "两个独立的读取程序读到的内容不同：一个是{first}，另一个是{second}。",
        "请在 Excel 或 WPS 中打开原文件，核对此处后另存，再报送。",
    ),
    "READER_FAILED": Code(
        "error",
        "The second of two independent readers cannot read the file.",
        "第二个读取程序无法读取本文件：{reason}",
        "请在 Excel 或 WPS 中打开后另存，再报送。",
    ),
    "THIRD_ENGINE_DIFFERS": Code(
        "error",
        "A third engine, on the received file itself, gives another value than our recalculation.",
        "{what}：文件所存 {cached}，重新计算 {recalculated}，第三引擎按原文件计算 {third}（{agreed}）。",
        "请在 Excel 或 WPS 中打开，核对该单元格所用的数据，重新计算并保存后再报送。",
    ),
    "THIRD_ENGINE_FAILED": Code(
        "note",
        "A third calculation engine cannot calculate the received file.",
        "第三引擎无法计算本文件：{reason}",
        "其余核验不受影响；如自己的工作表内容很多，请删去与评分无关的部分。",
    ),
    "THIRD_ENGINE_NEEDED": Code(
        "error",
        "An input rests on formulas that only the third engine could have calculated, and it cannot.",
        "此处的公式用到核验时不计算的公式，而第三引擎又无法计算本文件（{reason}），该数值无从核对。",
        "请把该单元格“选择性粘贴”为数值（或直接填写数值）后保存再报送。",
    ),
    "CACHE_ABSENT": Code(
        "note",
        "The file holds no calculated values.",
        "文件中没有保存计算结果（由不计算公式的程序写出）。",
        "无需处理；核验以重新计算为准。",
    ),
    "CACHE_DIFFERS": Code(
        "error",
        "What the officer saw is not what recalculation gives.",
        "文件中显示的“{what}”是 {cached}，重新计算是 {recalculated}。",
        "请在 Excel 或 WPS 中打开，重新计算（F9），保存后再报送。",
    ),
    "ENGINES_DIFFER": Code(
        "error",
        "Recalculation and the reference scorer differ.",
        "“{what}”重新计算得 {recalculated}，标准算法得 {reference}。",
        "请把该文件转交系统维护人员。",
    ),
    "INPUT_UNUSUAL": Code(
        "warning",
        "A figure is possible, but unusual.",
        "“{label}”的 {value} 不常见。",
        "请核对数字和单位（金额单位是万元）；无误的可以报送。",
    ),
    "ROWS_PARTIAL": Code(
        "note",
        "Rows of a detail table lack figures that are counted or summed.",
        "“{title}”有 {count} 行不全，有关汇总数空缺。",
        "请补填带＊的列和标明必填的内容，或在“数据填报”直接填合计数。",
    ),
    "EVIDENCE_OPEN": Code(
        "note",
        "Indicators with full marks list no evidence.",
        "得满分的 {count} 个指标没有列佐证材料：{names}。",
        "请在“佐证材料”列出材料的名称、文号、日期和页码。",
    ),
    "TOTAL_LIMITED": Code(
        "note",
        "A limit on the total or the grade applies.",
        "“{name}”成立：{limits}。",
        "请核对该项数据；属实的无须处理。",
    ),
    "LIGHT_ON": Code(
        "note",
        "A warning light is red or yellow.",
        "“{name}”为{light}。",
        "请核对该项数据；属实的无须处理。",
    ),
    "FIELD_OPEN": Code("warning", "A field is still open.", "“{label}”待填。", "请填写该项（{unit}）。"),
    "REASON_OPEN": Code(
        "warning",
        "A deduction without its reason.",
        "指标“{name}”扣 {deduction} 分，缺少扣分原因。",
        "请在评分表填写扣分原因。",
    ),
    "CHECK_FAILED": Code(
        "warning",
        "A cross-check does not hold.",
        "勾稽不符：{title}（左 {left}，右 {right}）。",
        "{why}",
    ),
    "CHECK_BLOCKS": Code(
        "error",
        "A blocking cross-check does not hold.",
        "勾稽不符：{title}（左 {left}，右 {right}）。",
        "{why}",
    ),
}
