"""Findings about released versions, which are frozen."""

from __future__ import annotations

from workbook.codes.code import Code

RELEASED: dict[str, Code] = {
    "SPEC_RELEASED": Code(
        "warning",
        "The spec of a released version has been edited; a published version is never edited.",
        "评分标准 {rubric} 已经发布（第 {version} 版），不能就地修改：此处原为“{before}”，现为“{after}”。",
        "新的标准请另建文件、用新的 id；确属更正的，改好后运行 workbook release {rubric} 发布下一版，"
        "已下发的工作簿仍按原版核验；误改的请恢复原文。",
    ),
    "RELEASED_CHANGED": Code(
        "error",
        "A file that keeps a released version is not as it was released, or was not released by the command.",
        "已发布版本的文件 {path} 与发布时不同。",
        "请从版本库恢复该文件，已下发的工作簿要靠它核验；更正请用 workbook release 发布下一版。",
    ),
}
