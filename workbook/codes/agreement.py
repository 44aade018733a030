"""Findings about agreement, readiness and what deserves a look in a returned workbook."""

from __future__ import annotations

from workbook.codes.code import RECALCULATED, Code

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
        mended=RECALCULATED,
    ),
    "CACHE_DIFFERS": Code(
        "error",
        "What the officer saw is not what recalculation gives.",
        "文件中显示的“{what}”是 {cached}，重新计算是 {recalculated}。",
        "请在 Excel 或 WPS 中打开，重新计算（F9），保存后再报送。",
        mended=RECALCULATED,
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
    "NOTHING_APPLIES": Code(
        "warning",
        "No indicator of the whole applies: there is nothing to score, no grade, and nothing to submit.",
        "全部指标都不适用，没有可以计分的内容：不定等级，也不能报送。",
        "请核对决定指标是否适用的各项填报，至少应有一个指标适用。",
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
