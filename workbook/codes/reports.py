"""Findings about finished reports that are held against a workbook."""

from __future__ import annotations

from workbook.codes.code import Code

REPORTS: dict[str, Code] = {
    "REPORT_UNREADABLE": Code(
        "error",
        "The report is of a kind, or in a state, that cannot be read.",
        "报告无法读取：{problem}。",
        "{remedy}",
    ),
    "REPORT_HOSTILE": Code(
        "error",
        "The report is larger, longer or more deeply packed than any report, or links to other files.",
        "报告不予读取：{problem}。",
        "请在 Word 或 WPS 中打开，另存为不带宏、不链接外部文件的 .docx，删去无关的大图后再试。",
    ),
    "REPORT_EMPTY": Code(
        "error",
        "The report has no text: a scan, or pictures of pages.",
        "报告中没有可读取的文字（可能是扫描件）。",
        "请提供由 Word 或 WPS 直接导出的文件；扫描件请先做文字识别。",
    ),
    "REPORT_NOTHING_READ": Code(
        "error",
        "No figure of the rubric was found in the report.",
        "报告中没有找到本评分标准的任何数据。",
        "请确认报告与工作簿属于同一部门、同一年度。",
    ),
    "REPORT_DIFFERS": Code(
        "error",
        "A figure in the report is not the workbook's.",
        "{place}“{quote}”：{name}印为 {printed}，工作簿为 {expected}。",
        "请核对后改正报告；报告无误的，改正工作簿并重新核验。",
    ),
    "REPORT_YEAR": Code(
        "error",
        "A figure of the evaluated year stands in the report under another year.",
        "{place}“{quote}”：{name} {printed} 是 {expected} 年度的数，报告写作 {year} 年。",
        "请核对年份；确为另一年度的数的，请核对数值。",
    ),
    "REPORT_CONTRADICTS": Code(
        "error",
        "The report prints two different figures for the same thing.",
        "{place}“{quote}”：{name}印为 {printed}，报告{other}印为 {others}{expected}。",
        "同一数据前后应一致，请核对后统一。",
    ),
    "REPORT_ARITHMETIC": Code(
        "error",
        "Figures that stand beside each other do not add up, or a rate is not their quotient.",
        "{place}“{quote}”：{name}印为 {printed}，按{basis}计算为 {expected}。",
        "请核对所列各数；因四舍五入相差末位的，请注明或调平。",
    ),
    "REPORT_SUM_ROUNDED": Code(
        "warning",
        "Parts add up to another last digit than the printed sum, which rounding may explain.",
        "{place}“{quote}”：{name}印为 {printed}，按{basis}计算为 {expected}，相差末位。",
        "可能是四舍五入所致；请调平，或注明“因四舍五入存在尾差”。",
    ),
    "REPORT_ALIKE": Code(
        "warning",
        "Two numbers without a field stand in nearly the same words and differ.",
        "{place}“{quote}”：{printed} 与报告{other}几乎相同的话所印 {others} 不一致。",
        "如说的是同一件事，请核对后统一；不是的，可以不改。",
    ),
    "REPORT_MALFORMED": Code(
        "error",
        "A number is written in a way that is no number.",
        "{place}“{quote}”：{printed} 不是一个数。",
        "请检查小数点和千分位。",
    ),
}
